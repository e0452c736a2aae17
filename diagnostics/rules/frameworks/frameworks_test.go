package frameworks_test

import (
	"path/filepath"
	"strings"
	"testing"

	"aiolens/diagnostics"
	"aiolens/diagnostics/diagtest"
	"aiolens/diagnostics/rules/frameworks"
)

var all = []*diagnostics.Rule{frameworks.Endpoint, frameworks.ORM, frameworks.Lazy, frameworks.Plain}

func TestFixtures(t *testing.T) {
	for _, r := range all {
		paths, _ := filepath.Glob("../../../testdata/rules/" + r.Name + "*.py")
		if len(paths) == 0 {
			t.Errorf("%s: no fixture", r.Name)
		}
		for _, path := range paths {
			if !strings.HasSuffix(path, ".fixed.py") {
				t.Run(strings.TrimSuffix(filepath.Base(path), ".py"), func(t *testing.T) {
					diagtest.Run(t, []*diagnostics.Rule{r}, path, diagnostics.Settings{})
				})
			}
		}
	}
}
