package main

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"aiolens/diagnostics"
	"aiolens/server/workspace"
)

func (a *app) ruleCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "rule [CODE|NAME]",
		Short: "Explain a rule, or list the rules",
		Long: "Explain a rule: its page, the same as in the editor. A prefix of codes or a family lists the rules that it\n" +
			"means; without an argument all rules are listed.",
		Example:           "  aiolens rule\n  aiolens rule ASYNC251\n  aiolens rule blocking-sleep\n  aiolens rule blocking",
		Args:              cobra.MaximumNArgs(1),
		ValidArgsFunction: a.completeSelector,
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return list(a.out, a.rules)
			}
			return a.explain(args[0])
		},
	}
}

// explain writes the page of the rules that share one, or the list of those that do not.
func (a *app) explain(selector string) error {
	var meant []*diagnostics.Rule
	pages := make(map[string]bool)
	for _, r := range a.rules {
		if r.Matches(selector) {
			meant = append(meant, r)
			pages[r.Doc] = true
		}
	}
	switch len(pages) {
	case 0:
		if message := workspace.CheckSelector(selector, a.rules); message != "" {
			return errors.New(message)
		}
		return fmt.Errorf("unknown rule %q", selector)
	case 1:
		for _, r := range meant {
			fmt.Fprintf(a.out, "%s (%s, %s%s)\n", r.Title(), r.Family, r.Level(), also(r.Aliases))
		}
		_, err := fmt.Fprintf(a.out, "\n%s\n", strings.TrimSpace(meant[0].Doc))
		return err
	}
	return list(a.out, meant)
}

func also(aliases []string) string {
	if len(aliases) == 0 {
		return ""
	}
	return "; also known as " + strings.Join(aliases, ", ")
}

// list writes one line per rule.
func list(w io.Writer, rules []*diagnostics.Rule) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, r := range rules {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\n", r.Code, r.Name, r.Level(), r.Summary())
	}
	return t.Flush()
}

// completeSelector offers codes, names and families to a shell.
func (a *app) completeSelector(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	var words []string
	families := make(map[string]bool)
	for _, r := range a.rules {
		words = append(words, r.Code+"\t"+r.Name, r.Name+"\t"+r.Code)
		if !families[r.Family] {
			families[r.Family] = true
			words = append(words, r.Family+"\tfamily")
		}
	}
	return words, cobra.ShellCompDirectiveNoFileComp
}
