package tasks_test

import (
	"testing"

	"aiolens/diagnostics"
	"aiolens/diagnostics/diagtest"
	"aiolens/diagnostics/rules/tasks"
)

func TestReference(t *testing.T) {
	diagtest.Run(t, []*diagnostics.Rule{tasks.Reference}, "../../../testdata/rules/create-task-no-reference.py",
		diagnostics.Settings{Select: []string{"create-task-no-reference"}})
}
