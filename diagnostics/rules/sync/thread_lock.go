package sync

import (
	_ "embed"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
)

//go:embed thread-lock-across-await.md
var threadLockDoc string

// ThreadLock reports locks of threads that a task holds while it waits.
var ThreadLock = &diagnostics.Rule{
	Code:     "AIO505",
	Name:     "thread-lock-across-await",
	Family:   "sync",
	Severity: diagnostics.Error,
	Doc:      threadLockDoc,
	On:       []python.Kind{python.WithStmt},
	Check: func(p *diagnostics.Pass, with python.Node) {
		if with.IsAsync() || !p.InCoroutine(with) {
			return
		}
		body := with.Child(python.FieldBody)
		wait := suspends(body)
		if !wait.Valid() {
			return
		}
		for item := range diagnostics.WithExpressions(with) {
			x := primitiveOf(p, p.Type(item))
			if !x.threads {
				continue
			}
			r := p.Report(item, threadLockMessage(p, item, x)).Related(wait, "the task gives way to others here")
			if strings.HasPrefix(x.name, "threading.") && (x.role == lock || x.role == reentrant) {
				ofTasks(p, r, item)
			}
		}
	},
}

func threadLockMessage(p *diagnostics.Pass, n python.Node, x primitive) string {
	name := x.name[strings.LastIndexByte(x.name, '.')+1:]
	instead := p.Library() + "." + strings.TrimPrefix(name, "_R")
	if x.role == reentrant {
		instead = p.Library() + ".Lock"
		return "`" + diagnostics.OneLine(n) + "` (`" + display(x) + "`) is held over an await, and lets in every other task of this thread meanwhile; use `" + instead + "`"
	}
	if name == "BoundedSemaphore" && p.Library() != "asyncio" {
		instead = p.Library() + ".Semaphore"
	}
	return "`" + diagnostics.OneLine(n) + "` (`" + display(x) + "`) is held over an await: another task that wants it stops the event loop, and with it the holder, for ever; use `" + instead + "`"
}

// display is the name of a primitive as its users write it.
func display(x primitive) string {
	switch {
	case x.name == "threading._RLock":
		return "threading.RLock"
	case strings.HasPrefix(x.name, "multiprocessing.synchronize."):
		return strings.Replace(x.name, "synchronize.", "", 1)
	}
	return x.name
}
