package server

import (
	"context"
	"slices"
	"strings"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"aiolens/diagnostics"
)

// CodeAction offers what can be done about the findings of a range.
func (s *server) CodeAction(ctx context.Context, params *protocol.CodeActionParams) ([]protocol.CommandOrCodeAction, error) {
	actions := []protocol.CommandOrCodeAction{}
	// On save, editors ask every server for one kind and wait for all of them: say no before any work.
	only := params.Context.Only
	fixes, all := asked(only, protocol.CodeActionKindQuickFix), asked(only, fixAllKind)
	doc := s.docs.get(params.TextDocument.URI)
	if doc == nil || !fixes && !all {
		return actions, nil
	}
	done := s.analyse(ctx, doc)
	if ctx.Err() != nil {
		return nil, protocol.ErrRequestCancelled
	}
	if done == nil || done.file == nil {
		return actions, nil
	}
	concerned := s.concerned(done, params)
	if fixes {
		actions = s.quickFixes(actions, doc, done, concerned)
	}
	// Whoever asks for nothing in particular gets fix-all where a fix is, and not on every line.
	if all && (len(only) > 0 || slices.ContainsFunc(concerned, fixable)) {
		actions = s.fixAll(actions, doc, done)
	}
	return actions, nil
}

// asked says whether a request for some kinds means this one. Kinds are hierarchical, and no kinds mean every kind.
func asked(only []protocol.CodeActionKind, kind protocol.CodeActionKind) bool {
	return len(only) == 0 || slices.ContainsFunc(only, func(k protocol.CodeActionKind) bool {
		return k == "" || k == kind || strings.HasPrefix(string(kind), string(k)+".")
	})
}

// concerned are the findings that a request is about: those that touch its range, and those that the editor
// names (Neovim names those of the whole line, wherever the cursor is in it).
func (s *server) concerned(done *analysis, params *protocol.CodeActionParams) []*diagnostics.Finding {
	type mark struct {
		code  string
		start protocol.Position
	}
	named := map[mark]bool{}
	for _, d := range params.Context.Diagnostics {
		if code, ok := d.Code.(protocol.String); ok {
			named[mark{string(code), d.Range.Start}] = true
		}
	}
	reach, at := s.reach(done, params.Range), s.positions(done)
	var found []*diagnostics.Finding
	for i := range done.findings {
		f := &done.findings[i]
		touches := f.Span.Start <= reach.End && reach.Start <= f.Span.End
		if touches || len(named) > 0 && named[mark{f.Rule.Code, at.at(f.Span.Start)}] {
			found = append(found, f)
		}
	}
	return found
}

// quickFixes appends the fixes of each finding, and then for each a comment that silences it.
func (s *server) quickFixes(actions []protocol.CommandOrCodeAction, doc *document, done *analysis, findings []*diagnostics.Finding) []protocol.CommandOrCodeAction {
	at := s.positions(done)
	for _, f := range findings {
		for i, fix := range f.Fixes {
			action := &protocol.CodeAction{
				Title:       fix.Title,
				Kind:        new(protocol.CodeActionKindQuickFix),
				Diagnostics: []protocol.Diagnostic{s.diagnostic(doc.uri, done, at, f)},
				Edit:        s.edit(doc, done, fix.Edits),
			}
			if i == 0 && fix.Safe {
				action.IsPreferred = new(true)
			}
			actions = append(actions, action)
		}
	}
	offered := map[comment]bool{} // two findings of a rule on a line share one
	for _, f := range findings {
		ignore := comment{f.Rule.Code, diagnostics.Ignore(done.file, f)}
		if ignore.edit == (diagnostics.Edit{}) || offered[ignore] {
			continue
		}
		offered[ignore] = true
		actions = append(actions, &protocol.CodeAction{
			Title:       "Ignore " + f.Rule.Code + " on this line",
			Kind:        new(protocol.CodeActionKindQuickFix),
			Diagnostics: []protocol.Diagnostic{s.diagnostic(doc.uri, done, at, f)},
			Edit:        s.edit(doc, done, []diagnostics.Edit{ignore.edit}),
		})
	}
	return actions
}

// comment is a comment that silences a rule.
type comment struct {
	code string
	edit diagnostics.Edit
}

// edit is a change of one document: tied to the version it was made for, if the editor can check that.
func (s *server) edit(doc *document, done *analysis, edits []diagnostics.Edit) *protocol.WorkspaceEdit {
	at := s.positions(done)
	if !s.editor.documentChanges {
		var plain []protocol.TextEdit
		for _, e := range edits {
			plain = append(plain, protocol.TextEdit{Range: at.span(e.Span), NewText: e.New})
		}
		return &protocol.WorkspaceEdit{Changes: map[uri.URI][]protocol.TextEdit{doc.uri: plain}}
	}
	versioned := &protocol.TextDocumentEdit{TextDocument: protocol.OptionalVersionedTextDocumentIdentifier{
		TextDocumentIdentifier: protocol.TextDocumentIdentifier{URI: doc.uri},
		Version:                new(done.snapshot.Version),
	}}
	for _, e := range edits {
		versioned.Edits = append(versioned.Edits, &protocol.TextEdit{Range: at.span(e.Span), NewText: e.New})
	}
	return &protocol.WorkspaceEdit{DocumentChanges: []protocol.DocumentChange{versioned}}
}
