package server

import (
	"context"
	"slices"

	"go.lsp.dev/protocol"

	"aiolens/diagnostics"
	"aiolens/diagnostics/rules"
)

// rewrite offers to say in another way what the statement at an offset does, unless that is offered as the fix of one of some findings.
func (s *server) rewrite(ctx context.Context, offers []offer, doc *document, done *analysis, offset int, fixed []*diagnostics.Finding) []offer {
	for _, fix := range rewritten(ctx, doc, done, offset) {
		if slices.ContainsFunc(fixed, func(f *diagnostics.Finding) bool {
			return slices.ContainsFunc(f.Fixes, func(other diagnostics.Fix) bool { return slices.Equal(other.Edits, fix.Edits) })
		}) {
			continue
		}
		offers = append(offers, offer{
			title: fix.Title, kind: protocol.CodeActionKindRefactorRewrite,
			change: func() *protocol.WorkspaceEdit {
				p := doc.part(done, fix.Edits)
				p.note = unsafeNote
				return s.change(p)
			},
		})
	}
	return offers
}

// rewritten are the ways to rewrite the statement at an offset.
func rewritten(ctx context.Context, doc *document, done *analysis, offset int) []diagnostics.Fix {
	if !doc.mu.enter(ctx) {
		return nil
	}
	defer doc.mu.leave()
	if done = doc.again(done); done == nil || done.checker.engine == nil {
		return nil
	}
	return done.checker.engine.Rewritten(done.file, doc.memo, offset, rules.Rewrites)
}
