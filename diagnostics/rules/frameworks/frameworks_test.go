package frameworks_test

import (
	"testing"

	"aiolens/diagnostics"
	"aiolens/diagnostics/diagtest"
	"aiolens/diagnostics/rules/frameworks"
)

func TestFixtures(t *testing.T) {
	diagtest.Run(t, []*diagnostics.Rule{frameworks.Endpoint}, "../../../testdata/rules/blocking-endpoint.py", diagnostics.Settings{})
}
