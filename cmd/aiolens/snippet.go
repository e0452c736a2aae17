package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"aiolens/diagnostics"
	"aiolens/snippets"
)

func (a *app) snippetCommand() *cobra.Command {
	var flags settingsFlags
	var library string
	cmd := &cobra.Command{
		Use:   "snippet [NAME]",
		Short: "Print the code of a pattern, or list the patterns",
		Long: "Print the code of a pattern of asynchronous Python, with its imports, for the oldest Python that the project\n" +
			"supports: the same code that an editor completes. Without an argument all patterns are listed.",
		Example:           "  aiolens snippet\n  aiolens snippet aio-gather\n  aiolens snippet timeout --library anyio\n  aiolens snippet aio-app > app.py",
		Args:              cobra.MaximumNArgs(1),
		ValidArgsFunction: completeSnippet,
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return listSnippets(a.out)
			}
			p, err := findSnippet(args[0])
			if err != nil {
				return err
			}
			loader, err := flags.loader(a.rules)
			if err != nil {
				return err
			}
			config, _ := loader.Load(".")
			v := p.Variant(library, config.Target)
			switch {
			case v != nil:
			case config.Target != (diagnostics.Version{}) && !config.Target.AtLeast(p.Since.Major, p.Since.Minor):
				return fmt.Errorf("%s needs Python %s, but the project supports %s (see --target-version)", p.Prefix(), p.Since, config.Target)
			case !slices.Contains(libraries, library):
				return fmt.Errorf("unknown library %q; known are %s", library, strings.Join(libraries, ", "))
			default:
				return fmt.Errorf("%s is not there for %s", p.Prefix(), library)
			}
			_, err = fmt.Fprintln(a.out, v.Code())
			return err
		},
	}
	flags.registerTarget(cmd)
	cmd.Flags().StringVar(&library, "library", libraries[0], "the `library` of the event loop: "+strings.Join(libraries, ", "))
	_ = cmd.RegisterFlagCompletionFunc("library", cobra.FixedCompletions(libraries, cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

var libraries = []string{"asyncio", "anyio", "trio"}

// findSnippet is the pattern that a name as a user types it means: its name with or without "aio-", or one of its words.
func findSnippet(name string) (*snippets.Pattern, error) {
	if p := snippets.Find(name); p != nil {
		return p, nil
	}
	word := strings.ToLower(strings.TrimPrefix(name, snippets.Prefix))
	var near []string
	for _, p := range snippets.All() {
		if slices.Contains(p.Words, word) {
			return p, nil
		}
		if word != "" && slices.ContainsFunc(p.Words, func(w string) bool { return strings.Contains(w, word) || strings.Contains(word, w) }) {
			near = append(near, p.Prefix())
		}
	}
	if near != nil {
		return nil, fmt.Errorf("no snippet %q; did you mean %s?", name, either(near))
	}
	return nil, fmt.Errorf("no snippet %q; `aiolens snippet` lists them", name)
}

// listSnippets writes one line per pattern, group by group.
func listSnippets(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	group := ""
	for _, p := range snippets.All() {
		if p.Group != group {
			if group != "" {
				fmt.Fprintln(t)
			}
			group = p.Group
			fmt.Fprintf(t, "%s\n", group)
		}
		fmt.Fprintf(t, "  %s\t%s\n", p.Prefix(), p.Summary)
	}
	return t.Flush()
}

// completeSnippet offers the names of the patterns to a shell.
func completeSnippet(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	var names []string
	for _, p := range snippets.All() {
		names = append(names, p.Prefix()+"\t"+p.Summary)
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}
