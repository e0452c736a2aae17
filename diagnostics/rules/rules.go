// Package rules is the list of all rules.
package rules

import (
	"aiolens/diagnostics"
	"aiolens/diagnostics/rules/awaits"
	"aiolens/diagnostics/rules/blocking"
	"aiolens/diagnostics/rules/cancellation"
	"aiolens/diagnostics/rules/exceptions"
	"aiolens/diagnostics/rules/frameworks"
	"aiolens/diagnostics/rules/generators"
	"aiolens/diagnostics/rules/loop"
	"aiolens/diagnostics/rules/resources"
	"aiolens/diagnostics/rules/sync"
	"aiolens/diagnostics/rules/tasks"
	"aiolens/diagnostics/rules/timeouts"
)

// Blocked is what blocks the thread that runs it.
var Blocked = blocking.Blocked

// Lens is what editors may show above functions.
var Lens = blocking.Lens

// Rewrites are the other ways to say something that are offered, whether a rule has anything against it or not.
var Rewrites = []*diagnostics.Rewrite{tasks.GatherToGroup}

// All are the rules, in order of their codes within each family.
var All = []*diagnostics.Rule{
	awaits.NeverAwaited,
	awaits.MissingAwait,
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
	awaits.Test,
	awaits.SyncExpected,
	awaits.CouldBeSync,
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
	tasks.Retrieved,
	tasks.Dropped,
	tasks.Unbounded,
	tasks.Ignored,
	tasks.Siblings,
	tasks.Overwritten,
	tasks.Wait,
	tasks.Sequential,
	tasks.ClosedTooSoon,
	tasks.UselessGroup,
	tasks.StartSoon,
	tasks.LeavingGroup,
	tasks.NeverStarted,
	cancellation.Awaited,
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
	timeouts.NoCheckpoint,
	timeouts.Parameter,
	timeouts.BusyWait,
	timeouts.ZeroSleep,
	timeouts.LongSleep,
	timeouts.SavedClass,
	timeouts.DelayedEntry,
	timeouts.ConstantDeadline,
	timeouts.NoGuarantee,
	timeouts.NoGuaranteeGenerator,
	timeouts.NoGuaranteeScope,
	timeouts.NoGuaranteeLoop,
	sync.DoneMissing,
	sync.DoneSkipped,
	sync.LostUpdate,
	sync.CheckThenAct,
	sync.ThreadLock,
	sync.Deadlock,
	sync.LockPerCall,
	sync.Release,
	sync.OutsideLoop,
	sync.Predicate,
	sync.SharedIteration,
	sync.Threads,
	loop.Nested,
	loop.Get,
	loop.Manual,
	loop.Removed,
	loop.Newer,
	loop.NotThreadSafe,
	loop.NotRunning,
	resources.Open,
	resources.Session,
	resources.Manager,
	resources.Generator,
	resources.Writer,
	generators.InScope,
	generators.InManager,
	generators.Unsafe,
	exceptions.Flattening,
	exceptions.Derive,
	exceptions.InvalidAttribute,
	exceptions.PytestRaises,
	frameworks.Endpoint,
	frameworks.ORM,
	frameworks.Lazy,
	frameworks.Plain,
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
