package server

import (
	"strings"
	"testing"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
)

const book = "file:///home/me/book.ipynb"

func cellURI(name string) string { return "vscode-notebook-cell:/home/me/book.ipynb#" + name + "%3D" }

// notify sends a notification by hand, with URIs as an editor spells them.
func (s *session) notify(method, params string) {
	s.Helper()
	s.ok(s.conn.Notify(s.ctx, method, protocol.LSPAny(params)))
}

// cellShows waits until a cell is told to have these findings.
func (s *session) cellShows(name, want string) []protocol.Diagnostic {
	s.Helper()
	for {
		u := receive(s, s.uris)
		p := receive(s, s.published)
		if u == cellURI(name) && codes(p.Diagnostics) == want {
			return p.Diagnostics
		}
	}
}

// TestNotebook: the cells of a notebook share their names, in order; each is told of its own findings, in its own lines and under
// its own URI as the editor spells it.
func TestNotebook(t *testing.T) {
	s := openIn(t, Options{}, func(p *protocol.InitializeParams) {
		p.Capabilities.NotebookDocument = &protocol.NotebookDocumentClientCapabilities{}
	})
	cell := func(name string) string { return `{"kind":2,"document":"` + cellURI(name) + `"}` }
	text := func(name, text string) string {
		return `{"uri":"` + cellURI(name) + `","languageId":"python","version":1,"text":"` + text + `"}`
	}
	s.notify("notebookDocument/didOpen", `{"notebookDocument":{"uri":"`+book+`","notebookType":"jupyter-notebook","version":1,"cells":[
		{"kind":1,"document":"vscode-notebook-cell:/home/me/book.ipynb#text"},`+cell("a")+`,`+cell("b")+`]},"cellTextDocuments":[`+
		text("a", `%matplotlib inline\nimport asyncio\nasync def f():\n    return 1\n`)+`,`+text("b", `\nawait f()\nf()`)+`]}`)
	found := s.cellShows("b", "AIO101")
	if found[0].Range != between(2, 0, 2, 3) {
		t.Errorf("range %v", found[0].Range)
	}
	b := uri.URI(cellURI("b"))
	var canonical uri.URI
	s.ok(protocol.Unmarshal([]byte(`"`+cellURI("b")+`"`), &canonical))
	at := s.offered(b, 2, 1)
	edit := at["Await `f()`"]
	if edit == nil {
		for title := range at {
			if strings.Contains(strings.ToLower(title), "await") {
				edit = at[title]
			}
		}
	}
	if edit == nil {
		t.Fatalf("actions %v", at)
	}
	change := edit.Edit.DocumentChanges[0].(*protocol.TextDocumentEdit)
	if change.TextDocument.URI != canonical || *change.TextDocument.Version != 1 || change.Edits[0].(*protocol.TextEdit).Range != between(2, 0, 2, 0) {
		t.Errorf("%+v", change)
	}
	if h := s.hover(b, 2, 1); h == nil || h.Range.Start.Line != 2 {
		t.Errorf("hover %v", h)
	}
	// The definition changes in its own cell.
	s.notify("notebookDocument/didChange", `{"notebookDocument":{"uri":"`+book+`","version":2},"change":{"cells":{"textContent":[{"document":{"uri":"`+cellURI("a")+
		`","version":2},"changes":[{"range":{"start":{"line":2,"character":0},"end":{"line":2,"character":6}},"text":""}]}]}}}`)
	s.cellShows("b", "AIO107")
	// A cell comes between, and another goes.
	s.notify("notebookDocument/didChange", `{"notebookDocument":{"uri":"`+book+`","version":3},"change":{"cells":{"structure":{"array":{"start":2,"deleteCount":1,"cells":[`+cell("c")+`,`+cell("b")+
		`]},"didOpen":[`+text("c", `asyncio.sleep(1)`)+`]}}}}`)
	s.cellShows("c", "AIO102")
	s.notify("notebookDocument/didChange", `{"notebookDocument":{"uri":"`+book+`","version":4},"change":{"cells":{"structure":{"array":{"start":3,"deleteCount":1},"didClose":[{"uri":"`+cellURI("b")+`"}]}}}}`)
	s.cellShows("b", "")
	s.notify("notebookDocument/didClose", `{"notebookDocument":{"uri":"`+book+`"},"cellTextDocuments":[]}`)
	s.hover(app, 0, 0)
}

// TestNotebookOffered: only editors that know notebooks are told that the server does.
func TestNotebookOffered(t *testing.T) {
	s := start(t, Options{})
	if result := s.initialize(&protocol.InitializeParams{}); result.Capabilities.NotebookDocumentSync != nil {
		t.Error("offered")
	}
	for _, m := range []string{"notebookDocument/didOpen", "notebookDocument/didChange", "notebookDocument/didClose", "notebookDocument/didSave"} {
		for _, params := range []string{`{}`, `{"notebookDocument":{"uri":"file:///x.ipynb","version":1},"change":{"cells":{"structure":{"array":{"start":9,"deleteCount":9}}}}}`} {
			s.notify(m, params)
		}
	}
	s.hover(app, 0, 0)
}
