package server

import (
	"iter"
	"maps"
	"slices"
	"strings"

	"go.lsp.dev/protocol"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
	"aiolens/diagnostics/rules"
)

// asyncify offers to make the plain function at the cursor a coroutine function and to have it awaited wherever it is called: at the
// name of its definition, and at an await that it may not hold yet.
func (s *server) asyncify(offers []offer, doc *document, done *analysis, params *protocol.CodeActionParams) []offer {
	if done.checker.engine == nil || done.files == nil || doc.notebook {
		return offers
	}
	fn := plainFunction(done.file, s.reach(done, params.TextDocument.URI, params.Range).Start)
	if fn == "" {
		return offers
	}
	r, ok := diagnostics.Find(done.file, fn)
	if !ok {
		return offers
	}
	change := func() *protocol.WorkspaceEdit {
		edits, ok := done.checker.engine.Asyncify(view(done), r, func(word string) iter.Seq[*python.File] {
			return s.projectFiles(s.life, word)
		}, rules.Blocked)
		if !ok {
			return nil
		}
		var parts []part
		for _, file := range slices.SortedFunc(maps.Keys(edits), func(a, b *python.File) int { return strings.Compare(a.Path, b.Path) }) {
			p := part{uri: s.uriOf(file.Path), text: file.Text(), edits: edits[file], note: unsafeNote}
			if other := s.docs.at(file.Path); other != nil {
				snapshot := other.newest.Load()
				if snapshot == nil || snapshot.Text.String() != file.Text().String() {
					return nil // it is being typed in
				}
				p.version = new(snapshot.Version)
			}
			parts = append(parts, p)
		}
		return s.change(parts...)
	}
	return append(offers, offer{
		title: "Make `" + r.Name + "` async and await it wherever it is called", kind: protocol.CodeActionKindRefactorRewrite, change: change,
	})
}

// plainFunction is the name of the plain function whose name stands at an offset, or which holds the await there; "" for none.
func plainFunction(file *python.File, offset int) string {
	b, start := file.At(offset)
	if b == nil {
		return ""
	}
	n := b.At(offset - start)
	fn := n.Parent()
	if n.Kind() != python.Identifier || fn.Kind() != python.FunctionDef || n.Field() != python.FieldName {
		await := n
		if await.Kind() != python.Await {
			await = n.Up(python.Await)
		}
		if !await.Valid() {
			return ""
		}
		fn = await.Function()
	}
	if fn.Kind() != python.FunctionDef || fn.IsAsync() || fn.Func().Path == "" {
		return ""
	}
	return fn.Func().Path
}
