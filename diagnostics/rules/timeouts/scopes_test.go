package timeouts_test

import (
	"path/filepath"
	"strings"
	"testing"

	"aiolens/diagnostics"
	"aiolens/diagnostics/diagtest"
	"aiolens/diagnostics/rules/timeouts"
)

// TestScopeFixtures runs the fixtures of the rules about timeouts and cancel scopes.
func TestScopeFixtures(t *testing.T) {
	for _, r := range []*diagnostics.Rule{timeouts.NoCheckpoint, timeouts.ZeroSleep, timeouts.LongSleep, timeouts.DelayedEntry, timeouts.ConstantDeadline,
		timeouts.Parameter, timeouts.BusyWait, timeouts.SavedClass,
		timeouts.NoGuarantee, timeouts.NoGuaranteeGenerator, timeouts.NoGuaranteeScope, timeouts.NoGuaranteeLoop} {
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
