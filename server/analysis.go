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
	number   int // rises from one analysis of a document to the next
	snapshot *workspace.Snapshot
	checker  *checker
	files    *workspace.Files // where the files of related places are; nil for a document without a path
	file     *python.File     // nil when the analysis failed
	findings []diagnostics.Finding
	memo     *diagnostics.Memo // another one when other files, or the settings, are not what they were
}

// analyseChanges analyses what the bell announces and publishes it, until ctx ends. There is no delay before it: the
// analysis is quicker than the typing, and a version that the user typed over meanwhile is not published.
func (s *server) analyseChanges(ctx context.Context) {
	for first := true; ; first = false {
		select {
		case <-ctx.Done():
			return
		case <-s.queue.bell:
		}
		if first {
			s.settled(ctx)
		}
		s.typing.begin()
		for doc := s.queue.pop(); doc != nil && ctx.Err() == nil; doc = s.queue.pop() {
			s.refresh(ctx, doc)
		}
		s.typing.end()
	}
}

// refresh analyses and publishes a document, and then has those visited that see something else in it now. A panic must
// not end the goroutine, for nothing else would guard it.
func (s *server) refresh(ctx context.Context, doc *document) {
	defer func() {
		if r := recover(); r != nil {
			s.report(ctx, doc, r)
		}
	}()
	done := s.analyse(ctx, doc)
	s.publish(ctx, doc, done)
	if doc.spread.Swap(false) {
		s.spread(doc, done)
	}
}

// analyse is the analysis of the newest version of a document, made now unless it is known; nil when the document is
// closed, or ctx ends while somebody else analyses it. Requests have it made as well as the goroutines that publish, so that
// they never see an older text than the editor had when it asked; whoever comes first does the work. What has changed in other
// documents meanwhile counts as soon as those have been analysed.
func (s *server) analyse(ctx context.Context, doc *document) *analysis {
	if !doc.mu.enter(ctx) {
		return nil
	}
	defer doc.mu.leave()
	snapshot := doc.newest.Load()
	if snapshot == nil {
		s.offers.forget(doc, snapshot)
		s.release(doc)
		return nil
	}
	if doc.stale.Swap(false) || doc.checker == nil {
		if snapshot.Path != "" {
			s.renew(ctx)
		}
		if c := s.settings.of(ctx, snapshot.Path); c != doc.checker {
			doc.checker, doc.memo = c, nil // what the memo holds is what the other rules found
		}
	}
	if files := s.program.files.Load(); snapshot.Path != "" && files != doc.files {
		doc.files, doc.memo = files, nil
	}
	if doc.outdated.Swap(false) {
		doc.memo = nil
	}
	if doc.memo == nil {
		doc.memo, doc.done = newMemo(doc.files), nil
	}
	if doc.done == nil || doc.done.snapshot != snapshot {
		s.offers.forget(doc, snapshot)
		doc.done = s.check(ctx, doc, snapshot)
		doc.last.Store(doc.done)
	}
	return doc.done
}

// again is the newest analysis of the text of an analysis, which the memo belongs to: other files may have been read since. nil when
// the text is an old one. doc.mu is held.
func (doc *document) again(done *analysis) *analysis {
	if now := doc.done; now != nil && now.snapshot == done.snapshot {
		return now
	}
	return nil
}

// await is the same for a request: it does not wait for the end of an analysis when it is cancelled. The analysis goes on, for who asks next.
func (s *server) await(ctx context.Context, doc *document) *analysis {
	made := make(chan *analysis, 1)
	go func() { // the context of a request must not be used when that is answered
		var done *analysis
		defer func() {
			if r := recover(); r != nil {
				s.report(s.life, doc, r)
			}
			made <- done
		}()
		done = s.analyse(s.life, doc)
	}()
	select {
	case done := <-made:
		return done
	case <-ctx.Done():
		return nil
	}
}

// glance is what can be known of the newest version of a document without its analysis, so that nobody waits for one: its text and, maybe
// those of a moment ago, its settings. There are no findings. nil when the document is closed, or too large.
func (s *server) glance(ctx context.Context, doc *document) *analysis {
	snapshot, last := doc.newest.Load(), doc.last.Load()
	switch {
	case snapshot == nil || snapshot.Text.Len() > maxChecked:
		return nil
	case last == nil || last.file == nil:
		return &analysis{snapshot: snapshot, checker: s.settings.of(ctx, snapshot.Path), file: python.NewFile(snapshot.File(), snapshot.Text)}
	case last.snapshot == snapshot:
		return last
	}
	return &analysis{snapshot: snapshot, checker: last.checker, file: last.file.Update(snapshot.Text)}
}

// newMemo is an empty memo; nil files find no modules.
func newMemo(files *workspace.Files) *diagnostics.Memo {
	if files == nil {
		return &diagnostics.Memo{}
	}
	return &diagnostics.Memo{Files: files}
}

// check runs the rules. A rule that panics costs the findings of this document, and the user is told once.
func (s *server) check(ctx context.Context, doc *document, snapshot *workspace.Snapshot) (done *analysis) {
	doc.analyses++
	done = &analysis{number: doc.analyses, snapshot: snapshot, checker: doc.checker, files: doc.files, memo: doc.memo}
	defer func() {
		if r := recover(); r != nil {
			doc.file, doc.memo = nil, newMemo(doc.files)
			done.file, done.findings = nil, nil
			s.report(ctx, doc, r)
		}
	}()
	if snapshot.Text.Len() > maxChecked {
		s.tooLarge(ctx, doc)
		return done
	}
	doc.file = s.take(doc, snapshot)
	done.file = doc.file
	done.findings = doc.checker.check(doc.file, doc.memo)
	if n := len(done.findings); n > maxShown && !doc.crowded.Swap(true) {
		s.note(ctx, protocol.MessageTypeWarning, fmt.Sprintf("of %d findings in %s, the first %d are shown; `aiolens check` shows them all", n, doc.uri, maxShown))
	}
	return done
}

// maxChecked is how large a document may be that is analysed, in bytes: it takes a second or two then. What is larger was not written by
// hand.
const maxChecked = 4 << 20

// tooLarge says why there are no findings, once per document.
func (s *server) tooLarge(ctx context.Context, doc *document) {
	if !doc.failed.Swap(true) {
		s.note(ctx, protocol.MessageTypeWarning, fmt.Sprintf("%s is not checked: it is larger than %d MB", doc.uri, maxChecked>>20))
	}
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
