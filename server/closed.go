package server

import (
	"context"
	"fmt"
	"reflect"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
	"aiolens/server/workspace"
)

// closed is the checking of files that are not open, for users who want to see all of the workspace.
type closed struct {
	pending  []string        // the files to check, the first comes last
	waiting  map[string]bool // the same as a set
	view     *diagnostics.View
	files    *workspace.Files // that the view is of
	total    int              // how many files there were to check when the progress began
	progress *progress
}

// keep is how many bytes of closed files are kept, with all that is known of them, before they are forgotten.
const keep = 16 << 20

func (c *closed) idle() bool { return len(c.pending) == 0 }

// add has files checked, if they are of those that are.
func (c *closed) add(path string) {
	if c.waiting == nil {
		c.waiting = map[string]bool{}
	}
	if !c.waiting[path] {
		c.waiting[path] = true
		c.pending = append(c.pending, path)
	}
}

// enlist has the files of the workspace checked where the settings say so, all or only those that are new, and takes away
// the findings of others.
func (s *server) enlist(ctx context.Context, w *known, all bool, before map[string]*workspace.Config) {
	for path := range w.files {
		if w.checks(path) && (all || before[path] == nil) {
			w.closed.add(path)
		}
	}
	for path := range before {
		if !w.checks(path) {
			s.publishClosed(ctx, path, nil)
		}
	}
}

// checks says whether a file is one of those that are checked when they are closed.
func (w *known) checks(path string) bool {
	c := w.files[path]
	return c != nil && c.DiagnosticMode == workspace.WholeWorkspace && !workspace.IsNotebook(path)
}

// recheck has the closed files checked again that depend on some paths; those came or went, or have changed.
func (s *server) recheck(w *known, paths map[string]bool, came bool) {
	files := s.program.files.Load()
	if files == nil {
		return
	}
	w.closed.view = nil // it holds what was
	for path := range paths {
		dependents := files.Importers(path)
		if came {
			dependents = files.Seekers(path)
		}
		dependents[path] = true
		for path := range dependents {
			if w.checks(path) {
				w.closed.add(path)
			}
		}
	}
}

// rename has the files visited that call functions by names of which the project defines others now.
func (s *server) rename(w *known, changed func(name string) bool) {
	s.renamed(changed)
	for path := range w.files {
		if w.checks(path) && s.docs.at(path) == nil {
			if source, err := workspace.Read(path); err == nil && python.NewFile("", python.NewText(source.Text)).Calls(changed) {
				w.closed.add(path)
			}
		}
	}
}

// checkClosed checks one of the files that wait for it.
func (s *server) checkClosed(ctx context.Context, w *known) {
	c := &w.closed
	if c.idle() {
		return
	}
	if c.progress == nil {
		c.progress, c.total = s.progress("Checking Python files"), len(c.pending)
	}
	last := len(c.pending) - 1
	path := c.pending[last]
	c.pending = c.pending[:last]
	delete(c.waiting, path)
	s.inPause(ctx, func() { s.checkFile(ctx, w, path) })
	c.total = max(c.total, len(c.pending))
	c.progress.report(ctx, fmt.Sprintf("%d of %d", c.total-len(c.pending), c.total))
	if c.idle() {
		c.progress.end(ctx, fmt.Sprintf("%d files", c.total))
		c.progress, c.view = nil, nil
	}
}

func (s *server) checkFile(ctx context.Context, w *known, path string) {
	c := &w.closed
	if s.docs.at(path) != nil {
		return
	}
	source, err := workspace.Read(path)
	if err != nil || !w.checks(path) {
		s.publishClosed(ctx, path, nil)
		return
	}
	files := s.program.files.Load()
	if files.Trim(keep) || c.view == nil || c.files != files {
		c.view, c.files = diagnostics.NewView(files), files
	}
	file := files.Put(python.NewFile(path, python.NewText(source.Text)))
	view := c.view
	c.view = nil // a panic leaves it in pieces
	checker := s.settings.of(ctx, path)
	done := &analysis{
		snapshot: &workspace.Snapshot{Path: path, Text: file.Text()},
		checker:  checker, files: files, file: file, findings: checker.in(view, file),
	}
	c.view = view
	s.publishClosed(ctx, path, s.diagnostics(s.uriOf(path), done))
}

// told is what was published of a closed file.
type told struct {
	uri   uri.URI // as it was spelled then
	found []protocol.Diagnostic
}

// publishClosed sends the findings of a file unless it was opened meanwhile, or the editor has them.
func (s *server) publishClosed(ctx context.Context, path string, found []protocol.Diagnostic) {
	s.publishing.Lock()
	defer s.publishing.Unlock()
	was, known := s.told[path]
	if s.docs.at(path) != nil || len(found) == 0 && !known || reflect.DeepEqual(found, was.found) {
		return
	}
	u := was.uri
	if !known {
		u = s.uriOf(path)
	}
	s.told[path] = told{u, found}
	if len(found) == 0 {
		delete(s.told, path)
	}
	if s.pulling.on {
		close(s.pulling.changed)
		s.pulling.changed = make(chan struct{})
		return
	}
	if err := s.client.PublishDiagnostics(ctx, &protocol.PublishDiagnosticsParams{URI: u, Diagnostics: found}); err != nil {
		s.log.Warn("publish failed", "uri", u, "err", err)
	}
}

// takeOver has the document speak for its file, of which the editor was told while it was closed. s.publishing is held.
func (s *server) takeOver(ctx context.Context, doc *document) {
	path := pathOf(doc.key)
	was, known := s.told[path]
	if !known {
		return
	}
	delete(s.told, path)
	if was.uri != doc.uri { // not every editor knows that both mean the same
		s.client.PublishDiagnostics(ctx, &protocol.PublishDiagnosticsParams{URI: was.uri})
	}
}
