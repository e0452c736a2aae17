package main

import (
	"cmp"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"
)

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Args:  cobra.NoArgs,
		Run:   func(*cobra.Command, []string) { fmt.Fprintln(a.out, "aiolens", version()) },
	}
}

// release is set when a release is linked (-ldflags "-X main.release=1.2.3").
var release string

// version is the version of the release or of the module with the commit it was built from, where the build knows them, and
// that of Go.
func version() string {
	info, ok := debug.ReadBuildInfo()
	v := release
	if ok {
		v = cmp.Or(v, info.Main.Version)
	}
	v = cmp.Or(v, "(devel)")
	if ok {
		for _, s := range info.Settings {
			if commit := s.Value[:min(12, len(s.Value))]; s.Key == "vcs.revision" && !strings.Contains(v, commit) {
				v += " " + commit
			}
		}
	}
	return fmt.Sprintf("%s (%s %s/%s)", v, runtime.Version(), runtime.GOOS, runtime.GOARCH)
}
