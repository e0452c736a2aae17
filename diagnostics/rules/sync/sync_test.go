package sync_test

import (
	"path/filepath"
	"strings"
	"testing"

	"aiolens/diagnostics"
	"aiolens/diagnostics/diagtest"
	"aiolens/diagnostics/rules"
)

const fixtures = "../../../testdata/rules/"

// TestFixtures checks each fixture with the rule that it is named after.
func TestFixtures(t *testing.T) {
	for _, r := range rules.All {
		if r.Family != "sync" {
			continue
		}
		paths, err := filepath.Glob(fixtures + r.Name + "*.py")
		if err != nil || len(paths) == 0 {
			t.Errorf("%s: no fixture: %v", r.Name, err)
			continue
		}
		diagtest.Compile(t, paths)
		for _, path := range paths {
			if strings.HasSuffix(path, ".fixed.py") {
				continue
			}
			t.Run(strings.TrimSuffix(filepath.Base(path), ".py"), func(t *testing.T) {
				t.Parallel()
				s := diagnostics.Settings{Hints: strings.HasSuffix(path, "-hints.py")}
				if strings.Contains(path, "-py39") {
					s.Target = diagnostics.Version{Major: 3, Minor: 9}
				}
				diagtest.Run(t, []*diagnostics.Rule{r}, path, s)
			})
		}
	}
}
