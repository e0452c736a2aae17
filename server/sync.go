package server

import (
	"context"
	"strings"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"aiolens/diagnostics/python"
	"aiolens/server/workspace"
)

// schemes are those of documents that a user edits. Others show old versions (git:) or output.
var schemes = map[string]bool{"file": true, "untitled": true, "vscode-notebook-cell": true}

// DidOpen takes over a document from the disk.
func (s *server) DidOpen(ctx context.Context, params *protocol.DidOpenTextDocumentParams) error {
	item := params.TextDocument
	if isTable(&item) {
		s.tables.put(item.URI, &workspace.Snapshot{Path: pathOf(item.URI), Version: item.Version, Text: python.NewText(item.Text)})
		return nil
	}
	if !schemes[item.URI.Scheme()] || item.LanguageID != protocol.LanguageKindPython {
		s.log.Debug("document ignored", "uri", item.URI, "language", item.LanguageID)
		return nil
	}
	// The key is a copy: a piece of the message would keep the whole of it alive.
	doc := newDocument(uri.URI(strings.Clone(string(item.URI))), asWritten(ctx, item.URI), s.program.openings.Add(1))
	doc.newest.Store(&workspace.Snapshot{Path: pathOf(doc.key), Version: item.Version, Text: python.NewText(item.Text)})
	s.settings.forget()
	if old := s.docs.put(doc); old != nil {
		s.log.Warn("document opened twice", "uri", doc.uri)
		old.newest.Store(nil)
	}
	s.queue.push(doc)
	return nil
}

// DidChange follows the editor's text. It does nothing else, for the next keystroke waits behind it.
func (s *server) DidChange(_ context.Context, params *protocol.DidChangeTextDocumentParams) error {
	if table := s.tables.get(params.TextDocument.URI); table != nil {
		s.tables.put(params.TextDocument.URI, table.Edit(params.TextDocument.Version, s.editor.encoding, changesOf(params.ContentChanges)))
		return nil
	}
	doc := s.docs.get(params.TextDocument.URI)
	if doc == nil || doc.newest.Load() == nil || doc.newest.Load().Notebook {
		s.log.Debug("change of a document that is not open", "uri", params.TextDocument.URI)
		return nil
	}
	doc.newest.Store(doc.newest.Load().Edit(params.TextDocument.Version, s.editor.encoding, changesOf(params.ContentChanges)))
	s.queue.push(doc)
	return nil
}

// changesOf are changes of a text as the protocol has them.
func changesOf(events []protocol.TextDocumentContentChangeEvent) []workspace.Change {
	changes := make([]workspace.Change, 0, len(events))
	for _, c := range events {
		switch c := c.(type) {
		case *protocol.TextDocumentContentChangePartial:
			changes = append(changes, workspace.Change{Start: position(c.Range.Start), End: position(c.Range.End), Text: c.Text})
		case *protocol.TextDocumentContentChangeWholeDocument:
			changes = append(changes, workspace.Change{Whole: true, Text: c.Text})
		}
	}
	return changes
}

// DidSave is when settings on disk may have changed, and the file may be new there, in editors that do not watch files
// for us.
func (s *server) DidSave(_ context.Context, params *protocol.DidSaveTextDocumentParams) error {
	s.settingsMayDiffer(false)
	if path := pathOf(params.TextDocument.URI); isPython(path) && !s.editor.watches {
		s.background.saved(path)
	}
	return nil
}

// DidClose gives a document back to the disk. Its findings disappear.
func (s *server) DidClose(_ context.Context, params *protocol.DidCloseTextDocumentParams) error {
	if s.tables.get(params.TextDocument.URI) != nil {
		s.tables.put(params.TextDocument.URI, nil)
		return nil
	}
	doc := s.docs.remove(params.TextDocument.URI)
	if doc == nil {
		s.log.Debug("close of a document that is not open", "uri", params.TextDocument.URI)
		return nil
	}
	doc.newest.Store(nil)
	s.queue.push(doc)
	return nil
}
