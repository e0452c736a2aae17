package loop_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"aiolens/diagnostics"
	"aiolens/diagnostics/diagtest"
	"aiolens/diagnostics/rules/loop"
)

var all = []*diagnostics.Rule{loop.Get, loop.Nested, loop.Manual, loop.Removed, loop.Newer, loop.NotThreadSafe, loop.NotRunning}

// target is the comment of a fixture that says which Python is the oldest that it is for.
var target = regexp.MustCompile(`(?m)^# target (\S+)$`)

func TestFixtures(t *testing.T) {
	for _, r := range all {
		paths, _ := filepath.Glob("../../../testdata/rules/" + r.Name + "*.py")
		if len(paths) == 0 {
			t.Errorf("%s: no fixture", r.Name)
		}
		for _, path := range paths {
			if strings.HasSuffix(path, ".fixed.py") {
				continue
			}
			t.Run(strings.TrimSuffix(filepath.Base(path), ".py"), func(t *testing.T) {
				settings := diagnostics.Settings{}
				src, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				if m := target.FindStringSubmatch(string(src)); m != nil {
					settings.Target, _ = diagnostics.ParseVersion(m[1])
				}
				diagtest.Run(t, []*diagnostics.Rule{r}, path, settings)
			})
		}
	}
}
