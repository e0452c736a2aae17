package exceptions_test

import (
	"path/filepath"
	"strings"
	"testing"

	"aiolens/diagnostics"
	"aiolens/diagnostics/diagtest"
	"aiolens/diagnostics/rules/exceptions"
)

func TestFixtures(t *testing.T) {
	for _, r := range []*diagnostics.Rule{exceptions.Flattening, exceptions.Derive, exceptions.InvalidAttribute, exceptions.PytestRaises} {
		paths, _ := filepath.Glob("../../../testdata/rules/" + r.Name + "*.py")
		for _, path := range paths {
			if !strings.HasSuffix(path, ".fixed.py") {
				t.Run(strings.TrimSuffix(filepath.Base(path), ".py"), func(t *testing.T) {
					diagtest.Run(t, []*diagnostics.Rule{r}, path, diagnostics.Settings{Select: []string{r.Name}})
				})
			}
		}
	}
}
