package server

import (
	"context"
	"sync"
	"time"

	"aiolens/diagnostics/python"
	"aiolens/server/workspace"
)

// tell lets the other open documents know that they see something else in a document now, from the next analysis of theirs
// on. No lock of theirs is needed: nobody waits for a document that is being analysed.
func (s *server) tell(files *workspace.Files, doc *document) {
	doc.spread.Store(true)
	importers := files.Importers(pathOf(doc.key))
	delete(importers, pathOf(doc.key)) // through others: its own analysis knows
	s.outdate(importers)
}

// spread has the documents visited that were told of a document, once that is published itself; done is nil when it is
// closed. The names that it defines are learnt here, for that takes as long as reading the text.
func (s *server) spread(doc *document, done *analysis) {
	path := pathOf(doc.key)
	if path == "" {
		return
	}
	if done != nil && done.files.Indexed(path) {
		s.background.rename(done.files.Index(path, done.snapshot.Text.String()))
	}
	if done == nil {
		s.background.changed(path, false) // the disk counts again
	}
	s.background.touch(path)
	s.visit()
}

// renamed lets the open documents know that call functions by names of which the project defines others now.
func (s *server) renamed(changed func(name string) bool) {
	for _, doc := range s.docs.all() {
		if snapshot := doc.newest.Load(); snapshot != nil && snapshot.Path != "" && python.NewFile("", snapshot.Text).Calls(changed) {
			doc.outdated.Store(true)
		}
	}
}

// outdate lets open documents know that what they import may be something else now: those at some paths, or all when
// paths is nil.
func (s *server) outdate(paths map[string]bool) {
	for _, doc := range s.docs.all() {
		if path := pathOf(doc.key); path != "" && (paths == nil || paths[path]) {
			doc.outdated.Store(true)
		}
	}
}

// visit has the documents analysed in the background that have been told something.
func (s *server) visit() {
	var told []*document
	for _, doc := range s.docs.all() {
		if doc.outdated.Load() {
			told = append(told, doc)
		}
	}
	if len(told) > 0 {
		s.visits.push(told...)
	}
}

// revisit analyses and publishes what the other bell announces, whenever nobody types, until ctx ends.
func (s *server) revisit(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.visits.bell:
		}
		for doc := s.visits.pop(); doc != nil; doc = s.visits.pop() {
			if !s.inPause(ctx, func() { s.refresh(ctx, doc) }) {
				return
			}
		}
	}
}

// typing tells whether somebody waits for an analysis.
type typing struct {
	mu    sync.Mutex
	busy  int
	ended time.Time // when it was not busy any more
}

func (t *typing) begin() {
	t.mu.Lock()
	t.busy++
	t.mu.Unlock()
}

func (t *typing) end() {
	t.mu.Lock()
	t.busy--
	t.ended = time.Now()
	t.mu.Unlock()
}

// rest is how long to wait until it has been quiet for a while; not above 0 when it has.
func (t *typing) rest(quiet time.Duration) time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.busy > 0 {
		return quiet
	}
	return quiet - time.Since(t.ended)
}

// inPause works in the background when the typing pauses, so that it is not slowed down; it does not when ctx ends first,
// which it says. Pieces of work are done one after another, whoever has them: one core is left to the rest.
func (s *server) inPause(ctx context.Context, work func()) bool {
	for {
		rest := s.typing.rest(s.opts.quiet)
		if rest <= 0 {
			break
		}
		select {
		case <-ctx.Done():
		case <-time.After(rest):
		}
		if ctx.Err() != nil {
			return false
		}
	}
	if ctx.Err() != nil {
		return false
	}
	s.spare.Lock()
	defer s.spare.Unlock()
	work()
	return true
}
