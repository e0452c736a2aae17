// Package rules is the list of all rules.
package rules

import (
	"aiolens/diagnostics"
	"aiolens/diagnostics/rules/awaits"
	"aiolens/diagnostics/rules/blocking"
	"aiolens/diagnostics/rules/cancellation"
	"aiolens/diagnostics/rules/frameworks"
	"aiolens/diagnostics/rules/loop"
	"aiolens/diagnostics/rules/tasks"
)

// All are the rules, in order of their codes within each family.
var All = []*diagnostics.Rule{
	awaits.NeverAwaited,
	awaits.Dropped,
	awaits.Variable,
	awaits.Value,
	awaits.Condition,
	awaits.Twice,
	awaits.NonAwaitable,
	awaits.Sink,
	awaits.NotCalled,
	awaits.With,
	awaits.For,
	awaits.SyncExpected,
	awaits.Outside,
	blocking.Configured,
	blocking.HTTPCall,
	blocking.HTTPClient,
	blocking.Process,
	blocking.ProcessRun,
	blocking.ProcessWait,
	blocking.File,
	blocking.FileFD,
	blocking.FileObject,
	blocking.Path,
	blocking.Input,
	blocking.Sleep,
	blocking.Database,
	blocking.Socket,
	blocking.ThreadWait,
	blocking.SDK,
	blocking.Filesystem,
	blocking.CPU,
	blocking.Chain,
	blocking.Checkpoint,
	tasks.Reference,
	cancellation.AwaitInFinally,
	cancellation.Swallowed,
	cancellation.NotRaised,
	cancellation.AwaitInExcept,
	cancellation.Suppressed,
	cancellation.Unawaited,
	cancellation.FinallyReturn,
	cancellation.TimeoutError,
	cancellation.Network,
	cancellation.Retry,
	cancellation.Cleanup,
	loop.Nested,
	frameworks.Endpoint,
}

// Find returns the rules that a code, a name or an alias means; several rules may share a name.
func Find(name string) []*diagnostics.Rule {
	var found []*diagnostics.Rule
	for _, r := range All {
		if r.Matches(name) {
			found = append(found, r)
		}
	}
	return found
}
