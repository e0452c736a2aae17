// Command aiolens finds mistakes in asynchronous Python: in an editor, as a language server, and in a terminal. It
// knows flags, output formats and exit codes; what it finds comes from the packages below it.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
	"aiolens/diagnostics/rules"
)

// app is what the commands need of the world around them.
type app struct {
	in       io.Reader
	out, err io.Writer
	color    bool // out shows colours
	rules    []*diagnostics.Rule
	checker  func(diagnostics.Settings) check
}

// check finds what is wrong with a file, with the help of what the view holds. It is safe for concurrent use.
type check func(*diagnostics.View, *python.File) []diagnostics.Finding

func main() {
	a := app{
		in: os.Stdin, out: os.Stdout, err: os.Stderr,
		color: os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" && term.IsTerminal(int(os.Stdout.Fd())),
		rules: rules.All,
	}
	a.checker = func(s diagnostics.Settings) check {
		checker, _ := diagnostics.NewChecker(a.rules, s)
		return checker.CheckIn
	}
	os.Exit(a.run(context.Background(), os.Args[1:]))
}

// The exit codes.
const (
	clean  exit = iota
	found       // findings are left, or --diff would change something
	failed      // a file could not be checked, or the command line or the settings are mistaken
)

// exit is an exit code as an error: all that there is to say has been said.
type exit int

func (e exit) Error() string { return fmt.Sprintf("exit %d", int(e)) }

// run runs a command line and returns the exit code.
func (a *app) run(ctx context.Context, args []string) int {
	root := &cobra.Command{
		Use:   "aiolens",
		Short: "Find mistakes in asynchronous Python",
		Long: "aiolens finds mistakes in asynchronous Python: coroutines that nobody awaits, calls that block the\n" +
			"event loop, lost tasks, swallowed cancellation, races across an await.",
		Version:       version(),
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.SetVersionTemplate("aiolens {{.Version}}\n")
	root.SetArgs(args)
	root.SetIn(a.in)
	root.SetOut(a.out)
	root.SetErr(a.err)
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return fmt.Errorf("%w (see `%s --help`)", err, c.CommandPath())
	})
	root.AddCommand(a.checkCommand(), a.serverCommand(), a.ruleCommand(), a.hoverCommand(), a.snippetCommand(), a.configCommand(), a.versionCommand())
	err := root.ExecuteContext(ctx)
	if err == nil {
		return int(clean)
	}
	if code, ok := errors.AsType[exit](err); ok {
		return int(code)
	}
	a.complain(err)
	return int(failed)
}

// complain writes one line about an error.
func (a *app) complain(err error) {
	text := err.Error()
	if e, ok := err.(*fs.PathError); ok { // the name of the system call says nothing to the user
		text = fmt.Sprintf("%s: %v", e.Path, e.Err)
	}
	fmt.Fprintf(a.err, "error: %s\n", strings.Join(strings.Fields(text), " "))
}

// shown is a path as the user would write it: from the working directory when it lies there.
func shown(path string) string {
	if dir, err := os.Getwd(); err == nil && filepath.IsAbs(path) {
		if rel, err := filepath.Rel(dir, path); err == nil && filepath.IsLocal(rel) {
			return rel
		}
	}
	return path
}
