package server

import (
	"context"
	"slices"
	"strings"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"aiolens/diagnostics/python"
	"aiolens/server/workspace"
)

// notebook is an open notebook: a document whose text is what its cells of Python make, in order. Only notifications touch it,
// which come one after another.
type notebook struct {
	*document
	cells []*cell // all, in order
}

// cell is a cell of a notebook.
type cell struct {
	key     uri.URI
	name    string // as the editor spells it
	code    bool   // of Python
	version int32
	text    *python.Text
}

// notebookSync is what the server wants to be told of notebooks: the cells of Python of any.
var notebookSync = &protocol.NotebookDocumentSyncOptions{NotebookSelector: []protocol.NotebookSelector{
	&protocol.NotebookDocumentFilterWithCells{Cells: []protocol.NotebookCellLanguage{{Language: "python"}}},
}}

// snapshot is what the notebook holds now.
func (n *notebook) snapshot(version int32) *workspace.Snapshot {
	s := &workspace.Snapshot{Path: pathOf(n.key), Version: version, Notebook: true}
	var numbers []int
	var texts []string
	for i, c := range n.cells {
		if !c.code || c.text == nil {
			continue
		}
		numbers, texts = append(numbers, i+1), append(texts, c.text.String())
		s.Cells = append(s.Cells, workspace.Cell{Key: string(c.key), Name: c.name, Version: c.version, Number: i + 1})
	}
	text, lines := workspace.JoinCells(numbers, texts)
	for i := range s.Cells {
		s.Cells[i].Line = lines[i]
	}
	s.Text = python.NewText(text)
	return s
}

// of is the cell with a key, or nil.
func (n *notebook) of(key uri.URI) *cell {
	if i := slices.IndexFunc(n.cells, func(c *cell) bool { return c.key == key }); i >= 0 {
		return n.cells[i]
	}
	return nil
}

// opened takes over the texts of cells.
func (n *notebook) opened(items []protocol.TextDocumentItem, names map[uri.URI]string) {
	for _, item := range items {
		if c := n.of(item.URI); c != nil {
			c.name, c.version, c.text = names[item.URI], item.Version, python.NewText(item.Text)
			c.code = c.code && item.LanguageID == protocol.LanguageKindPython
		}
	}
}

func newCell(c protocol.NotebookCell) *cell {
	return &cell{key: uri.URI(strings.Clone(string(c.Document))), name: string(c.Document), code: c.Kind == protocol.NotebookCellKindCode}
}

// DidOpenNotebookDocument takes over a notebook from the disk.
func (s *server) DidOpenNotebookDocument(ctx context.Context, params *protocol.DidOpenNotebookDocumentParams) error {
	u := params.NotebookDocument.URI
	doc := newDocument(uri.URI(strings.Clone(string(u))), asWritten(ctx, u), s.program.openings.Add(1))
	doc.notebook = true
	n := &notebook{document: doc}
	for _, c := range params.NotebookDocument.Cells {
		n.cells = append(n.cells, newCell(c))
	}
	n.opened(params.CellTextDocuments, spellings(ctx))
	s.settings.forget()
	if s.notebooks == nil {
		s.notebooks = map[uri.URI]*notebook{}
	}
	s.notebooks[doc.key] = n
	doc.newest.Store(n.snapshot(params.NotebookDocument.Version))
	s.docs.put(doc)
	s.docs.alias(doc, n.keys())
	s.queue.push(doc)
	return nil
}

func (n *notebook) keys() []uri.URI {
	var keys []uri.URI
	for _, c := range n.cells {
		keys = append(keys, c.key)
	}
	return keys
}

// DidChangeNotebookDocument follows the editor: cells come, go and move, and their texts change.
func (s *server) DidChangeNotebookDocument(ctx context.Context, params *protocol.DidChangeNotebookDocumentParams) error {
	n := s.notebooks[params.NotebookDocument.URI]
	if n == nil || params.Change.Cells == nil {
		return nil
	}
	change := params.Change.Cells
	if structure := change.Structure; structure != nil {
		before := map[uri.URI]*cell{}
		for _, c := range n.cells {
			before[c.key] = c
		}
		start := min(int(structure.Array.Start), len(n.cells))
		end := min(start+int(structure.Array.DeleteCount), len(n.cells))
		var fresh []*cell
		for _, c := range structure.Array.Cells {
			if moved := before[c.Document]; moved != nil {
				fresh = append(fresh, moved)
			} else {
				fresh = append(fresh, newCell(c))
			}
		}
		n.cells = slices.Concat(n.cells[:start], fresh, n.cells[end:])
		n.opened(structure.DidOpen, spellings(ctx))
		s.docs.alias(n.document, n.keys())
	}
	for _, data := range change.Data {
		if c := n.of(data.Document); c != nil {
			c.code = data.Kind == protocol.NotebookCellKindCode
		}
	}
	for _, content := range change.TextContent {
		if c := n.of(content.Document.URI); c != nil && c.text != nil {
			edited := (&workspace.Snapshot{Text: c.text}).Edit(content.Document.Version, s.editor.encoding, changesOf(content.Changes))
			c.text, c.version = edited.Text, edited.Version
		}
	}
	n.newest.Store(n.snapshot(params.NotebookDocument.Version))
	s.queue.push(n.document)
	return nil
}

// DidSaveNotebookDocument is when settings on disk may have changed.
func (s *server) DidSaveNotebookDocument(context.Context, *protocol.DidSaveNotebookDocumentParams) error {
	s.settingsMayDiffer(false)
	return nil
}

// DidCloseNotebookDocument gives a notebook back to the disk. Its findings disappear.
func (s *server) DidCloseNotebookDocument(_ context.Context, params *protocol.DidCloseNotebookDocumentParams) error {
	n := s.notebooks[params.NotebookDocument.URI]
	if n == nil {
		return nil
	}
	delete(s.notebooks, n.key)
	s.docs.alias(n.document, nil)
	s.docs.remove(n.key)
	n.newest.Store(nil)
	s.queue.push(n.document)
	return nil
}
