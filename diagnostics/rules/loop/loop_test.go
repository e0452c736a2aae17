package loop_test

import (
	"testing"

	"aiolens/diagnostics"
	"aiolens/diagnostics/diagtest"
	"aiolens/diagnostics/rules/loop"
)

func TestFixtures(t *testing.T) {
	diagtest.Run(t, []*diagnostics.Rule{loop.Nested}, "../../../testdata/rules/nested-event-loop.py", diagnostics.Settings{})
}
