package server

import (
	"context"
	"iter"
	"maps"
	"slices"
	"strings"

	"go.lsp.dev/protocol"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
	"aiolens/diagnostics/rules"
	"aiolens/server/workspace"
)

// The call hierarchy is about what blocks: what a function calls that does, and who calls that.

// itemData tells an item again when the editor asks about it.
type itemData struct {
	Path string `json:"path"` // of the file; "" for what has no source
	Name string `json:"name"`
}

// PrepareCallHierarchy is the function whose name stands at a position.
func (s *server) PrepareCallHierarchy(ctx context.Context, params *protocol.CallHierarchyPrepareParams) ([]protocol.CallHierarchyItem, error) {
	doc := s.docs.get(params.TextDocument.URI)
	if doc == nil || doc.notebook {
		return nil, nil
	}
	done := s.await(ctx, doc)
	if ctx.Err() != nil {
		return nil, protocol.ErrRequestCancelled
	}
	if done == nil || done.file == nil || done.checker.engine == nil {
		return nil, nil
	}
	offset := s.place(done, params.TextDocument.URI, params.Position)
	r, ok := done.checker.engine.RoutineAt(view(done), done.file, offset, rules.Blocked)
	if !ok {
		return nil, nil
	}
	return []protocol.CallHierarchyItem{s.item(r, done.file, python.Span{Start: offset, End: offset})}, nil
}

// view is a view of what a document imports.
func view(done *analysis) *diagnostics.View {
	if done.files == nil {
		return diagnostics.NewView(nil)
	}
	return diagnostics.NewView(done.files)
}

// item is a routine in the terms of the protocol. What has no source stands where it is called.
func (s *server) item(r diagnostics.Routine, in *python.File, at python.Span) protocol.CallHierarchyItem {
	data := itemData{Name: r.Name}
	file, span, head, kind := in, at, at, protocol.SymbolKindEvent
	detail := "blocks"
	if r.File != nil {
		file, span, head, kind = r.File, r.Span, r.Head, protocol.SymbolKindFunction
		data.Path = r.File.Path
		detail = "function"
		if r.Async {
			detail = "coroutine function"
		}
		if strings.Contains(r.Name, ".") {
			kind = protocol.SymbolKindMethod
		}
	}
	p := positions{text: file.Text(), enc: s.editor.encoding}
	raw, err := protocol.Marshal(data)
	if err != nil {
		raw = nil
	}
	item := protocol.CallHierarchyItem{Name: r.Name, Kind: kind, Detail: new(detail), URI: s.uriOf(file.Path), SelectionRange: p.span(head), Data: raw}
	p = positions{text: file.Text(), enc: s.editor.encoding}
	item.Range = p.span(span)
	return item
}

// asked is what an item means now: the routine, a view to look at it, and the checker of its file. ok is false when it is gone.
func (s *server) routine(ctx context.Context, item *protocol.CallHierarchyItem) (r diagnostics.Routine, v *diagnostics.View, c *checker, ok bool) {
	var data itemData
	if protocol.Unmarshal(item.Data, &data) != nil || data.Name == "" {
		return r, nil, nil, false
	}
	files := s.program.files.Load()
	if files == nil {
		return r, nil, nil, false
	}
	v = diagnostics.NewView(files)
	path := data.Path
	if path == "" {
		c = s.settings.of(ctx, pathOf(item.URI))
		return diagnostics.Routine{Name: data.Name}, v, c, c.engine != nil
	}
	c = s.settings.of(ctx, path)
	file := files.Open(path, "")
	if file == nil || c.engine == nil {
		return r, nil, nil, false
	}
	r, ok = diagnostics.Find(file, data.Name)
	return r, v, c, ok
}

// OutgoingCalls are the calls in a function that lead to something that blocks.
func (s *server) OutgoingCalls(ctx context.Context, params *protocol.CallHierarchyOutgoingCallsParams) ([]protocol.CallHierarchyOutgoingCall, error) {
	out := []protocol.CallHierarchyOutgoingCall{}
	r, v, c, ok := s.routine(ctx, &params.Item)
	if !ok {
		return out, nil
	}
	if r.File == nil {
		return out, nil
	}
	for _, calls := range c.engine.Outgoing(v, r, rules.Blocked) {
		item := s.item(calls.Routine, r.File, calls.Spans[0])
		out = append(out, protocol.CallHierarchyOutgoingCall{To: item, FromRanges: s.ranges(r.File, calls.Spans)})
	}
	return out, nil
}

// IncomingCalls are the calls of a function in the workspace.
func (s *server) IncomingCalls(ctx context.Context, params *protocol.CallHierarchyIncomingCallsParams) ([]protocol.CallHierarchyIncomingCall, error) {
	in := []protocol.CallHierarchyIncomingCall{}
	r, v, c, ok := s.routine(ctx, &params.Item)
	if !ok {
		return in, nil
	}
	for _, calls := range c.engine.Incoming(v, r, s.projectFiles(ctx, r.Word()), rules.Blocked) {
		item := s.item(calls.Routine, calls.Routine.File, calls.Spans[0])
		in = append(in, protocol.CallHierarchyIncomingCall{From: item, FromRanges: s.ranges(calls.Routine.File, calls.Spans)})
	}
	if ctx.Err() != nil {
		return nil, protocol.ErrRequestCancelled
	}
	return in, nil
}

// projectFiles are the files of the workspace that hold a word, in order of their paths, until ctx ends.
func (s *server) projectFiles(ctx context.Context, word string) iter.Seq[*python.File] {
	return func(yield func(*python.File) bool) {
		defer s.background.tidy()
		files := s.program.files.Load()
		paths := map[string]bool{}
		for _, path := range files.Indexes() {
			paths[path] = true
		}
		for _, doc := range s.docs.all() {
			if path := pathOf(doc.key); path != "" && !doc.notebook {
				paths[path] = true
			}
		}
		for _, path := range slices.Sorted(maps.Keys(paths)) {
			if ctx.Err() != nil {
				return
			}
			if workspace.IsNotebook(path) {
				continue
			}
			if file := files.Open(path, word); file != nil && !yield(file) {
				return
			}
		}
	}
}

func (s *server) ranges(file *python.File, spans []python.Span) []protocol.Range {
	p := positions{text: file.Text(), enc: s.editor.encoding}
	var ranges []protocol.Range
	for _, span := range spans {
		ranges = append(ranges, p.span(span))
	}
	return ranges
}
