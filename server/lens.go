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
}

// CodeLens has a line above each coroutine function that blocks the event loop, and above each plain function that would, for users who
// want to see that. What it says is worked out when it is shown.
func (s *server) CodeLens(ctx context.Context, params *protocol.CodeLensParams) ([]protocol.CodeLens, error) {
	lenses := []protocol.CodeLens{}
	doc := s.docs.get(params.TextDocument.URI)
	if doc == nil || doc.notebook {
		return lenses, nil
	}
	done := s.analyse(ctx, doc)
	if ctx.Err() != nil {
		return nil, protocol.ErrRequestCancelled
	}
	if done == nil || done.file == nil || done.checker.engine == nil || !done.checker.preferences.codeLens {
		return lenses, nil
	}
	v, at := view(done), s.positions(done)
	seen := map[string]bool{} // of several with one name, [diagnostics.Find] finds the first
	for r := range diagnostics.Routines(done.file) {
		if ctx.Err() != nil {
			return nil, protocol.ErrRequestCancelled
		}
		if _, _, ok := done.checker.engine.Leads(v, r, rules.Blocked); !ok || seen[r.Name] {
			continue
		}
		seen[r.Name] = true
		data, err := protocol.Marshal(lensData{doc.key, r.Name})
		if err != nil {
			continue
		}
		lenses = append(lenses, protocol.CodeLens{Range: at.span(r.Head), Data: data})
	}
	return lenses, nil
}

// CodeLensResolve works out what a lens says: of a coroutine function what blocks and how far down, of a plain one how many coroutines
// reach it.
func (s *server) CodeLensResolve(ctx context.Context, lens *protocol.CodeLens) (*protocol.CodeLens, error) {
	var data lensData
	if protocol.Unmarshal(lens.Data, &data) != nil {
		return nil, protocol.ErrContentModified
	}
	doc := s.docs.get(data.URI)
	if doc == nil {
		return nil, protocol.ErrContentModified
	}
	done := s.analyse(ctx, doc)
	if ctx.Err() != nil {
		return nil, protocol.ErrRequestCancelled
	}
	if done == nil || done.file == nil || done.checker.engine == nil {
		return nil, protocol.ErrContentModified
	}
	r, ok := diagnostics.Find(done.file, data.Name)
	if !ok {
		return nil, protocol.ErrContentModified
	}
	what, calls, ok := done.checker.engine.Leads(view(done), r, rules.Blocked)
	if !ok {
		return nil, protocol.ErrContentModified
	}
	if calls > 0 {
		what += ", " + count(calls, "call") + " down"
	}
	direction := "outgoing"
	if r.Async {
		lens.Command.Title = "blocks the event loop: " + what
	} else {
		direction = "incoming"
		by, all := done.checker.engine.Reached(view(done), r, s.holding(ctx, done), rules.Blocked)
		if ctx.Err() != nil {
			return nil, protocol.ErrRequestCancelled
		}
		lens.Command.Title = "blocks: " + what + "; reached by " + reached(len(by), all)
	}
	if s.editor.chains {
		lens.Command.Command = showBlockingChain
		for _, argument := range []any{doc.uri, lens.Range.Start, protocol.String(direction)} {
			raw, err := protocol.Marshal(argument)
			if err != nil {
				return nil, err
			}
			lens.Command.Arguments = append(lens.Command.Arguments, raw)
		}
	}
	return lens, nil
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
