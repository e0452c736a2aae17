package server

import (
	"go.lsp.dev/protocol"

	"aiolens/diagnostics/python"
	"aiolens/snippets"
)

// surround offers to put the selected statements of a coroutine into something: a timeout, a task group, a lock.
func (s *server) surround(offers []offer, doc *document, done *analysis, selected python.Span) []offer {
	if selected.Len() == 0 || !done.checker.preferences.snippets {
		return offers
	}
	c := snippets.Context{File: done.file, Target: done.checker.settings.Target}
	for _, w := range c.Surround(selected) {
		offers = append(offers, offer{
			title: w.Title, kind: protocol.CodeActionKindRefactorRewrite,
			change: func() *protocol.WorkspaceEdit { return s.change(doc.part(done, w.Edits)) },
		})
	}
	return offers
}
