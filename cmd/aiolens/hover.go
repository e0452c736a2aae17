package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"aiolens/hover"
)

func (a *app) hoverCommand() *cobra.Command {
	var flags settingsFlags
	cmd := &cobra.Command{
		Use:   "hover [NAME]",
		Short: "Print the quick reference of a name, or list the names",
		Long: "Print the card that an editor shows for a name of asyncio or of another library of asynchronous Python: a\n" +
			"qualified name, or its last part if that is unambiguous. Without an argument all names are listed.",
		Example:           "  aiolens hover\n  aiolens hover asyncio.gather\n  aiolens hover TaskGroup\n  aiolens hover Queue.get",
		Args:              cobra.MaximumNArgs(1),
		ValidArgsFunction: completeName,
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return listCards(a.out)
			}
			card, others := hover.Find(args[0])
			switch {
			case card == nil && len(others) == 0:
				return fmt.Errorf("no card about %q; `aiolens hover` lists them", args[0])
			case card == nil && strings.HasSuffix(others[0], "."+args[0]):
				return fmt.Errorf("%q may be %s; say which", args[0], either(others))
			case card == nil:
				return fmt.Errorf("no card about %q; did you mean %s?", args[0], either(others))
			}
			loader, err := flags.loader(a.rules)
			if err != nil {
				return err
			}
			config, _ := loader.Load(".")
			_, err = fmt.Fprintln(a.out, card.Markdown(config.Target))
			return err
		},
	}
	flags.registerTarget(cmd)
	return cmd
}

// listCards writes one line per card.
func listCards(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, name := range hover.Names() {
		fmt.Fprintf(t, "%s\t%s\n", name, hover.Lookup(name).Summary)
	}
	return t.Flush()
}

// either is a list of names as one says it: "a, b or c".
func either(names []string) string {
	const most = 6
	if len(names) > most {
		return strings.Join(names[:most], ", ") + fmt.Sprintf(" or one of %d others", len(names)-most)
	}
	if n := len(names); n > 1 {
		return strings.Join(names[:n-1], ", ") + " or " + names[n-1]
	}
	return names[0]
}

// completeName offers names to a shell.
func completeName(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return hover.Names(), cobra.ShellCompDirectiveNoFileComp
}
