package main

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"aiolens/diagnostics"
	"aiolens/server/workspace"
)

func (a *app) configCommand() *cobra.Command {
	var flags settingsFlags
	cmd := &cobra.Command{
		Use:   "config [PATH]",
		Short: "Show the settings in force, and where each came from",
		Long: "Show the settings in force for a file or folder, by default the working directory, as TOML, each with the\n" +
			"file and line that it came from. Mistakes in the settings are listed on standard error; then the exit code is 2.",
		Example: "  aiolens config\n  aiolens config src/app.py",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			loader, err := flags.loader(a.rules)
			if err != nil {
				return err
			}
			path := "."
			if len(args) > 0 {
				path = args[0]
			}
			c, problems := loader.Load(path)
			a.showConfig(c, path)
			for _, p := range problems {
				p.File = shown(p.File)
				a.complain(errors.New(p.String()))
			}
			if len(problems) > 0 {
				return failed
			}
			return nil
		},
	}
	flags.register(cmd, a)
	return cmd
}

// showConfig writes the settings as TOML, each with where it came from as a comment.
func (a *app) showConfig(c *workspace.Config, path string) {
	fmt.Fprintf(a.out, "# settings for %s\n", path)
	c.Each(func(key string, value any) {
		from, ok := c.From[key]
		switch unset := value == (diagnostics.Version{}) || value == "" || key == "select" && c.Select == nil; {
		case unset:
			fmt.Fprintf(a.out, "# %s is not set\n", key) // TOML has no null
		case !ok:
			fmt.Fprintf(a.out, "%s = %s  # default\n", key, inline(value))
		default:
			fmt.Fprintf(a.out, "%s = %s  # %s\n", key, inline(value), shown(from))
		}
	})
}

// inline is a value of the settings as TOML on one line.
func inline(value any) string {
	switch v := value.(type) {
	case diagnostics.Version:
		return strconv.Quote(v.String())
	case diagnostics.Severity:
		return strconv.Quote(v.String())
	case string:
		return strconv.Quote(v)
	case []string:
		items := make([]string, len(v))
		for i, s := range v {
			items[i] = strconv.Quote(s)
		}
		return "[" + strings.Join(items, ", ") + "]"
	case map[string]string:
		return inlineTable(v)
	case map[string][]string:
		return inlineTable(v)
	case map[string]diagnostics.Severity:
		return inlineTable(v)
	}
	return fmt.Sprint(value)
}

func inlineTable[V any](table map[string]V) string {
	items := make([]string, 0, len(table))
	for _, key := range slices.Sorted(maps.Keys(table)) {
		items = append(items, strconv.Quote(key)+" = "+inline(table[key]))
	}
	if len(items) == 0 {
		return "{}"
	}
	return "{ " + strings.Join(items, ", ") + " }"
}
