package server

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"aiolens/diagnostics"
	"aiolens/server/workspace"
)

// CodeAction offers what can be done about the findings of a range.
func (s *server) CodeAction(ctx context.Context, params *protocol.CodeActionParams) ([]protocol.CommandOrCodeAction, error) {
	actions := []protocol.CommandOrCodeAction{}
	// On save, editors ask every server for one kind and wait for all of them: say no before any work.
	only := params.Context.Only
	fixes, all, rewrites := asked(only, protocol.CodeActionKindQuickFix), asked(only, fixAllKind), asked(only, protocol.CodeActionKindRefactorRewrite)
	doc := s.docs.get(params.TextDocument.URI)
	if doc == nil || !fixes && !all && !rewrites {
		return actions, nil
	}
	done := s.await(ctx, doc)
	if ctx.Err() != nil {
		return nil, protocol.ErrRequestCancelled
	}
	if done == nil || done.file == nil {
		return actions, nil
	}
	concerned := s.concerned(doc, done, params)
	var offers []offer
	var fixed []*diagnostics.Finding
	if fixes {
		offers, fixed = s.quickFixes(ctx, doc, done, concerned), concerned
	}
	// Whoever asks for nothing in particular gets fix-all where a fix is, and not on every line.
	if all && (len(only) > 0 || slices.ContainsFunc(concerned, fixable)) {
		offers = s.fixAll(offers, doc, done)
	}
	// It takes a look at the whole workspace: not on every move of the cursor.
	if rewrites && (s.editor.resolves || len(only) > 0) {
		offers = s.asyncify(offers, doc, done, params)
	}
	if rewrites {
		offers = s.rewrite(ctx, offers, doc, done, s.reach(done, params.TextDocument.URI, params.Range).Start, fixed)
		offers = s.surround(offers, doc, done, s.reach(done, params.TextDocument.URI, params.Range))
	}
	return s.actions(doc, done, params.TextDocument.URI, offers), nil
}

// asked says whether a request for some kinds means this one. Kinds are hierarchical, and no kinds mean every kind.
func asked(only []protocol.CodeActionKind, kind protocol.CodeActionKind) bool {
	return len(only) == 0 || slices.ContainsFunc(only, func(k protocol.CodeActionKind) bool {
		return k == "" || k == kind || strings.HasPrefix(string(kind), string(k)+".")
	})
}

// maxConcerned is how many findings a menu is made for: the first of those that are selected.
const maxConcerned = 50

// concerned are the findings that a request is about: those that touch its range, and those that the editor
// names (Neovim names those of the whole line, wherever the cursor is in it).
func (s *server) concerned(doc *document, done *analysis, params *protocol.CodeActionParams) []*diagnostics.Finding {
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
	reach, at := s.reach(done, params.TextDocument.URI, params.Range), s.positions(done)
	var found []*diagnostics.Finding
	for i := range done.findings {
		f := &done.findings[i]
		touches := f.Span.Start <= reach.End && reach.Start <= f.Span.End
		if touches || len(named) > 0 && named[mark{f.Rule.Code, at.at(f.Span.Start)}] && (!doc.notebook || inCells(done, at, f, params.TextDocument.URI)) {
			found = append(found, f)
		}
		if len(found) == maxConcerned {
			break
		}
	}
	return found
}

// inCells says whether a finding is in the cell with a key.
func inCells(done *analysis, at *positions, f *diagnostics.Finding, key uri.URI) bool {
	c := workspace.CellAt(done.snapshot.Cells, at.text.LineAt(f.Span.Start))
	return c != nil && c.Key == string(key)
}

// unsafeNote is what editors show of a fix that is not safe, where they show such things.
const unsafeNote = "Unsafe fix: it may change what the program does"

// quickFixes offers the fixes of each finding, the same for all findings of its rule in the document, and then comments and settings
// that silence it.
func (s *server) quickFixes(ctx context.Context, doc *document, done *analysis, findings []*diagnostics.Finding) []offer {
	var offers []offer
	for _, f := range findings {
		for i, fix := range f.Fixes {
			offers = append(offers, offer{
				title: fix.Title, kind: protocol.CodeActionKindQuickFix, preferred: i == 0 && fix.Safe, mends: []*diagnostics.Finding{f},
				change: func() *protocol.WorkspaceEdit {
					p := doc.part(done, fix.Edits)
					if !fix.Safe {
						p.note = unsafeNote
					}
					return s.change(p)
				},
			})
		}
	}
	var rules []*diagnostics.Rule
	for _, f := range findings {
		if !slices.Contains(rules, f.Rule) {
			rules = append(rules, f.Rule)
		}
	}
	for _, r := range rules {
		if o, ok := s.fixRule(doc, done, r); ok {
			offers = append(offers, o)
		}
	}
	offered := map[comment]bool{} // two findings of a rule on a line share one
	for _, f := range findings {
		ignore := comment{f.Rule.Code, diagnostics.Ignore(done.file, f)}
		if ignore.edit == (diagnostics.Edit{}) || offered[ignore] {
			continue
		}
		offered[ignore] = true
		offers = append(offers, offer{
			title: "Ignore " + f.Rule.Code + " on this line", kind: protocol.CodeActionKindQuickFix, mends: []*diagnostics.Finding{f},
			change: func() *protocol.WorkspaceEdit { return s.change(doc.part(done, []diagnostics.Edit{ignore.edit})) },
		})
	}
	for _, r := range rules {
		var of []*diagnostics.Finding
		for _, f := range findings {
			if f.Rule == r {
				of = append(of, f)
			}
		}
		offers = append(offers, offer{
			title: "Ignore " + r.Code + " in this file", kind: protocol.CodeActionKindQuickFix, mends: of,
			change: func() *protocol.WorkspaceEdit {
				return s.change(doc.part(done, []diagnostics.Edit{diagnostics.IgnoreInFile(done.file, r)}))
			},
		})
		if path := done.snapshot.Path; path != "" && s.silences(ctx, path) {
			offers = append(offers, offer{
				title: "Ignore " + r.Code + " in this project", kind: protocol.CodeActionKindQuickFix, mends: of,
				change: func() *protocol.WorkspaceEdit { return s.silence(s.life, path, r.Code) },
			})
		}
	}
	return offers
}

// comment is a comment that silences a rule.
type comment struct {
	code string
	edit diagnostics.Edit
}

// fixRule offers to mend all findings of a rule in a document, where there are several: each with its first fix.
func (s *server) fixRule(doc *document, done *analysis, r *diagnostics.Rule) (offer, bool) {
	var fixes []diagnostics.Fix
	var mended []*diagnostics.Finding
	for i := range done.findings {
		if f := &done.findings[i]; f.Rule == r && len(f.Fixes) > 0 {
			fixes, mended = append(fixes, f.Fixes[0]), append(mended, f)
		}
	}
	if len(fixes) < 2 {
		return offer{}, false
	}
	return offer{
		title: fmt.Sprintf("Fix all %d findings of %s in this file", len(fixes), r.Code), kind: protocol.CodeActionKindQuickFix, mends: mended,
		change: func() *protocol.WorkspaceEdit {
			edits, taken := diagnostics.Merge(done.snapshot.Text.Len(), fixes)
			p := doc.part(done, unasked(edits))
			if slices.ContainsFunc(taken, func(i int) bool { return !fixes[i].Safe }) {
				p.note = unsafeNote
			}
			return s.change(p)
		},
	}, true
}
