package cancellation_test

import (
	"testing"

	"aiolens/diagnostics"
	"aiolens/diagnostics/diagtest"
	"aiolens/diagnostics/rules/cancellation"
)

func TestAwaited(t *testing.T) {
	diagtest.Run(t, []*diagnostics.Rule{cancellation.Awaited}, "../../../testdata/rules/wait-for-of-awaited-value.py",
		diagnostics.Settings{Select: []string{"wait-for-of-awaited-value"}})
}
