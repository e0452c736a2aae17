package sync_test

import (
	"testing"

	"aiolens/diagnostics"
	"aiolens/diagnostics/diagtest"
	"aiolens/diagnostics/rules/sync"
)

func TestThreads(t *testing.T) {
	diagtest.Run(t, []*diagnostics.Rule{sync.Threads}, "../../../testdata/rules/async-primitive-across-threads.py", diagnostics.Settings{})
}
