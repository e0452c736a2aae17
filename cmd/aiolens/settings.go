package main

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"aiolens/diagnostics"
	"aiolens/server/workspace"
)

// settingsFlags are the flags that change the settings.
type settingsFlags struct {
	selected, extended, ignored []string
	target                      string
	config                      string
	isolated                    bool
}

func (f *settingsFlags) register(cmd *cobra.Command, a *app) {
	flags := cmd.Flags()
	flags.StringSliceVar(&f.selected, "select", nil, "run these `rules` and no others: codes, prefixes, names, families or ALL, separated by commas")
	flags.StringSliceVar(&f.extended, "extend-select", nil, "run these `rules` as well")
	flags.StringSliceVar(&f.ignored, "ignore", nil, "do not run these `rules`")
	flags.StringVar(&f.config, "config", "", "take the settings from this `file`, not from the nearest aiolens.toml or pyproject.toml")
	flags.BoolVar(&f.isolated, "isolated", false, "read no settings file")
	for _, name := range []string{"select", "extend-select", "ignore"} {
		_ = cmd.RegisterFlagCompletionFunc(name, a.completeSelector)
	}
	_ = cmd.MarkFlagFilename("config", "toml")
	f.registerTarget(cmd)
}

func (f *settingsFlags) registerTarget(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.target, "target-version", "", "the oldest `version` of Python that the project supports, such as 3.11 or py311")
	_ = cmd.RegisterFlagCompletionFunc("target-version", cobra.FixedCompletions(
		[]string{"3.9", "3.10", "3.11", "3.12", "3.13", "3.14", "3.15"}, cobra.ShellCompDirectiveNoFileComp))
}

// loader finds settings as the flags want them. A mistaken flag is an error.
func (f *settingsFlags) loader(rules []*diagnostics.Rule) (*workspace.Loader, error) {
	for _, flag := range []struct {
		name      string
		selectors []string
	}{{"select", f.selected}, {"extend-select", f.extended}, {"ignore", f.ignored}} {
		for i, s := range flag.selectors {
			flag.selectors[i] = strings.TrimSpace(s)
			if message := workspace.CheckSelector(flag.selectors[i], rules); message != "" {
				return nil, fmt.Errorf("--%s: %s", flag.name, message)
			}
		}
	}
	target, ok := diagnostics.ParseVersion(f.target)
	if f.target != "" && !ok {
		return nil, fmt.Errorf("--target-version: want a version like 3.11 or py311, not %q", f.target)
	}
	if f.config != "" && f.isolated {
		return nil, errors.New("--config and --isolated exclude each other")
	}
	if f.config != "" {
		if _, err := os.Stat(f.config); err != nil {
			return nil, err
		}
	}
	override := func(c *workspace.Config) {
		c.Merge(workspace.Options{Target: target}, "--target-version")
		if f.selected != nil { // in place of all that the settings say about which rules run
			c.Merge(workspace.Options{Select: f.selected, ExtendSelect: []string{}, Ignore: []string{}}, "--select")
		}
		if f.extended != nil {
			c.Merge(workspace.Options{ExtendSelect: slices.Concat(c.ExtendSelect, f.extended)}, "--extend-select")
		}
		if f.ignored != nil {
			c.Merge(workspace.Options{Ignore: slices.Concat(c.Ignore, f.ignored)}, "--ignore")
		}
	}
	return &workspace.Loader{Rules: rules, Isolated: f.isolated, File: f.config, Override: override}, nil
}
