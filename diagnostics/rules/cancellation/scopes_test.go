package cancellation_test

import (
	"path/filepath"
	"strings"
	"testing"

	"aiolens/diagnostics"
	"aiolens/diagnostics/diagtest"
	"aiolens/diagnostics/rules/cancellation"
)

// TestScopeFixtures runs the fixtures of the rules about timeouts and cancel scopes.
func TestScopeFixtures(t *testing.T) {
	for _, r := range []*diagnostics.Rule{cancellation.NoCheckpoint, cancellation.ZeroSleep, cancellation.LongSleep, cancellation.DelayedEntry, cancellation.ConstantDeadline,
		cancellation.Parameter, cancellation.BusyWait, cancellation.SavedClass,
		cancellation.NoGuarantee, cancellation.NoGuaranteeGenerator, cancellation.NoGuaranteeScope, cancellation.NoGuaranteeLoop} {
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
