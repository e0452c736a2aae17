package server

import (
	"context"
	"fmt"
	"runtime/debug"

	"go.lsp.dev/protocol"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
	"aiolens/server/workspace"
)

// analysis is what is known about one version of a document. It is immutable.
type analysis struct {
	snapshot *workspace.Snapshot
	checker  *checker
	file     *python.File // nil when the analysis failed
	findings []diagnostics.Finding
}

// analyseChanges analyses what the bell announces and publishes it, until ctx ends. There is no delay before it: the
// analysis is quicker than the typing, and a version that the user typed over meanwhile is not published.
func (s *server) analyseChanges(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.queue.bell:
		}
		for doc := s.queue.pop(); doc != nil && ctx.Err() == nil; doc = s.queue.pop() {
			s.refresh(ctx, doc)
		}
	}
}

// refresh analyses and publishes a document. A panic must not end the goroutine, for nothing else would guard it.
func (s *server) refresh(ctx context.Context, doc *document) {
	defer func() {
		if r := recover(); r != nil {
			s.report(ctx, doc, r)
		}
	}()
	s.publish(ctx, doc, s.analyse(ctx, doc))
}

// analyse is the analysis of the newest version of a document, made now unless it is known; nil when the document is
// closed. Requests call it as well as the goroutine above, so that they never see an older text than the editor
// had when it asked; whoever comes first does the work.
func (s *server) analyse(ctx context.Context, doc *document) *analysis {
	doc.mu.Lock()
	defer doc.mu.Unlock()
	snapshot := doc.newest.Load()
	if snapshot == nil {
		return nil
	}
	if doc.stale.Swap(false) || doc.checker == nil {
		if c := s.settings.of(ctx, snapshot.Path); c != doc.checker {
			// What the memo holds is what the other rules found.
			doc.checker, doc.memo = c, new(diagnostics.Memo)
		}
	}
	if doc.done == nil || doc.done.snapshot != snapshot || doc.done.checker != doc.checker {
		doc.done = s.check(ctx, doc, snapshot)
	}
	return doc.done
}

// check runs the rules. A rule that panics costs the findings of this document, and the user is told once.
func (s *server) check(ctx context.Context, doc *document, snapshot *workspace.Snapshot) (done *analysis) {
	done = &analysis{snapshot: snapshot, checker: doc.checker}
	defer func() {
		if r := recover(); r != nil {
			doc.file, doc.memo = nil, new(diagnostics.Memo)
			done.file, done.findings = nil, nil
			s.report(ctx, doc, r)
		}
	}()
	if doc.file == nil {
		doc.file = python.NewFile(snapshot.Path, snapshot.Text)
	} else {
		doc.file = doc.file.Update(snapshot.Text)
	}
	done.file = doc.file
	done.findings = doc.checker.check(doc.file, doc.memo)
	return done
}

// report tells of a panic, once per document: the next keystroke is likely to meet it again.
func (s *server) report(ctx context.Context, doc *document, panicked any) {
	if doc.failed.Swap(true) {
		return
	}
	s.log.Error("analysis panicked", "uri", doc.uri, "panic", panicked, "stack", string(debug.Stack()))
	s.client.LogMessage(ctx, &protocol.LogMessageParams{
		Type:    protocol.MessageTypeError,
		Message: fmt.Sprintf("aiolens could not analyse %s, please report it: %v", doc.uri, panicked),
	})
}
