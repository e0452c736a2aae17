package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// checkFlags are the flags of `aiolens check`.
type checkFlags struct {
	settings   settingsFlags
	fix        bool
	unsafe     bool // fixes that need a look count as well
	diff       bool
	statistics bool
	format     string // a key of formats
	stdinName  string
	exitZero   bool
	quiet      bool
	noColor    bool
}

func (a *app) checkCommand() *cobra.Command {
	var f checkFlags
	cmd := &cobra.Command{
		Use:   "check [PATH...]",
		Short: "Check files and folders",
		Long: "Check files and folders, by default the working directory; - reads standard input.\n\n" +
			"In folders, *.py and *.pyi are checked, but for what git ignores, what the settings exclude and virtual\n" +
			"environments. A path that is named is always checked.\n\n" +
			"Exit codes: 0 nothing found, 1 findings, 2 a file could not be checked or the settings are mistaken.",
		Example: "  aiolens check\n  aiolens check --select blocking,AIO1 src\n  aiolens check --fix\n" +
			"  aiolens check --output-format json - --stdin-filename src/app.py < src/app.py",
		RunE: func(_ *cobra.Command, args []string) error {
			if _, ok := formats[f.format]; !ok {
				return fmt.Errorf("--output-format: want %s, not %q", strings.Join(slices.Sorted(maps.Keys(formats)), ", "), f.format)
			}
			if slices.Contains(args, stdin) && len(args) > 1 {
				return fmt.Errorf("%s reads standard input and stands alone", stdin)
			}
			return a.check(f, args)
		},
	}
	f.settings.register(cmd, a)
	flags := cmd.Flags()
	flags.BoolVar(&f.fix, "fix", false, "apply the safe fixes")
	flags.BoolVar(&f.unsafe, "unsafe-fixes", false, "count fixes that may change behaviour as applicable, too")
	flags.BoolVar(&f.diff, "diff", false, "print what --fix would change, and write nothing")
	flags.BoolVar(&f.statistics, "statistics", false, "print how often each rule found something")
	flags.StringVar(&f.format, "output-format", "full", "`format` of the findings: "+strings.Join(slices.Sorted(maps.Keys(formats)), ", "))
	flags.StringVar(&f.stdinName, "stdin-filename", "", "the `path` that standard input stands for")
	flags.BoolVar(&f.exitZero, "exit-zero", false, "exit with 0 even when there are findings")
	flags.BoolVarP(&f.quiet, "quiet", "q", false, "print findings and nothing else")
	flags.BoolVar(&f.noColor, "no-color", false, "print without colours, as with NO_COLOR in the environment")
	_ = cmd.RegisterFlagCompletionFunc("output-format", cobra.FixedCompletions(slices.Sorted(maps.Keys(formats)), cobra.ShellCompDirectiveNoFileComp))
	return cmd
}
