package server

import (
	"context"
	"fmt"
	"iter"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
	"aiolens/diagnostics/rules"
)

// showBlockingChain is a command of editors that say they have it: it shows the calls that lead from a function to what blocks, or those
// that lead to it. Its arguments are the URI, the position of the name of the function, and "outgoing" or "incoming".
const showBlockingChain = "aiolens.showBlockingChain"

// lensData tells the function of a lens again when the editor wants to show it.
type lensData struct {
	URI  uri.URI `json:"uri"`
	Name string  `json:"name"`
	What string  `json:"what"` // blocks
}

// CodeLens has a line above each coroutine function that blocks the event loop, and above each plain function that would, for users who
// want to see that. How many coroutines reach a plain one is worked out when it is shown.
func (s *server) CodeLens(ctx context.Context, params *protocol.CodeLensParams) ([]protocol.CodeLens, error) {
	lenses := []protocol.CodeLens{}
	doc := s.docs.get(params.TextDocument.URI)
	if doc == nil || doc.notebook {
		return lenses, nil
	}
	done := s.await(ctx, doc)
	if done != nil && done.file != nil && done.checker.lens != nil {
		lenses = s.lenses(doc, done)
	}
	if ctx.Err() != nil {
		return nil, protocol.ErrRequestCancelled
	}
	return lenses, nil
}

// lenses are the code lenses of a document.
func (s *server) lenses(doc *document, done *analysis) []protocol.CodeLens {
	doc.lensing.Lock()
	defer doc.lensing.Unlock()
	memo := doc.lens
	doc.lens = nil // a panic leaves it in pieces
	if memo == nil || doc.lensFor != done.memo {
		memo = newMemo(done.files)
	}
	found := done.checker.lens.Check(done.file, memo)
	doc.lens, doc.lensFor = memo, done.memo
	at := s.positions(done)
	lenses := []protocol.CodeLens{}
	seen := map[string]bool{} // of several with one name, [diagnostics.Find] finds the first
	for _, f := range found {
		r, ok := done.checker.engine.RoutineAt(diagnostics.NewView(nil), done.file, f.Span.Start, rules.Blocked)
		if !ok || seen[r.Name] {
			continue
		}
		seen[r.Name] = true
		lens := protocol.CodeLens{Range: at.span(r.Head)}
		if r.Async {
			s.command(&lens, doc, "blocks the event loop: "+f.Message, "outgoing")
		} else if data, err := protocol.Marshal(lensData{doc.key, r.Name, f.Message}); err == nil {
			lens.Data = data
		}
		lenses = append(lenses, lens)
	}
	return lenses
}

// CodeLensResolve works out how many coroutines reach a plain function.
func (s *server) CodeLensResolve(ctx context.Context, lens *protocol.CodeLens) (*protocol.CodeLens, error) {
	if lens.Command.Title != "" {
		return lens, nil
	}
	var data lensData
	if protocol.Unmarshal(lens.Data, &data) != nil {
		return nil, protocol.ErrContentModified
	}
	doc := s.docs.get(data.URI)
	if doc == nil {
		return nil, protocol.ErrContentModified
	}
	done := s.await(ctx, doc)
	if done == nil || done.file == nil || done.checker.engine == nil {
		return nil, protocol.ErrContentModified
	}
	r, ok := diagnostics.Find(done.file, data.Name)
	if !ok {
		return nil, protocol.ErrContentModified
	}
	by, all := done.checker.engine.Reached(view(done), r, s.holding(ctx, done), rules.Blocked)
	if ctx.Err() != nil {
		return nil, protocol.ErrRequestCancelled
	}
	s.command(lens, doc, "blocks: "+data.What+"; reached by "+reached(len(by), all), "incoming")
	return lens, nil
}

// command gives a lens its words, and what a click does.
func (s *server) command(lens *protocol.CodeLens, doc *document, title, direction string) {
	lens.Command.Title = title
	if !s.editor.chains {
		return
	}
	lens.Command.Command = showBlockingChain
	for _, argument := range []any{doc.uri, lens.Range.Start, protocol.String(direction)} {
		if raw, err := protocol.Marshal(argument); err == nil {
			lens.Command.Arguments = append(lens.Command.Arguments, raw)
		}
	}
}

// reached says how many coroutines there are: all of them, or at least so many.
func reached(n int, all bool) string {
	switch {
	case !all:
		return count(n, "coroutine") + " or more"
	case n == 0:
		return "no coroutine"
	}
	return count(n, "coroutine")
}

// count is a number of things: "1 call", "2 calls".
func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// holding gives the files of the workspace that hold a word; of a document without a path only itself can.
func (s *server) holding(ctx context.Context, done *analysis) func(word string) iter.Seq[*python.File] {
	return func(word string) iter.Seq[*python.File] {
		if done.files == nil {
			return func(yield func(*python.File) bool) { yield(done.file) }
		}
		return s.projectFiles(ctx, word)
	}
}
