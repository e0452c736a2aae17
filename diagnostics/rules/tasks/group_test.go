package tasks_test

import (
	"path/filepath"
	"strings"
	"testing"

	"aiolens/diagnostics"
	"aiolens/diagnostics/diagtest"
	"aiolens/diagnostics/rules/tasks"
)

// TestGroupFixtures runs the fixtures of the rules about task groups and nurseries.
func TestGroupFixtures(t *testing.T) {
	for _, r := range []*diagnostics.Rule{tasks.ClosedTooSoon, tasks.UselessGroup, tasks.StartSoon, tasks.LeavingGroup, tasks.NeverStarted} {
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
