package server

import (
	"os"
	"strings"
	"testing"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"aiolens/diagnostics/python"
)

// offered are the actions at a line of a document.
func (s *session) offered(u uri.URI, line, column uint32, only ...protocol.CodeActionKind) map[string]*protocol.CodeAction {
	s.Helper()
	params := &protocol.CodeActionParams{Range: between(line, column, line, column), Context: protocol.CodeActionContext{Only: only}}
	params.TextDocument.URI = u
	answer, err := s.srv.CodeAction(s.ctx, params)
	s.ok(err)
	actions := map[string]*protocol.CodeAction{}
	for _, a := range answer {
		a := a.(*protocol.CodeAction)
		actions[a.Title] = a
	}
	return actions
}

// edited is a text after the edits of a workspace edit in a document.
func edited(u uri.URI, text string, edit *protocol.WorkspaceEdit) string {
	t := python.NewText(text)
	type change struct {
		span python.Span
		text string
	}
	var changes []change
	add := func(e protocol.TextEdit) {
		changes = append(changes, change{span(t, e.Range, python.UTF16), e.NewText})
	}
	for _, c := range edit.DocumentChanges {
		if c, ok := c.(*protocol.TextDocumentEdit); ok && c.TextDocument.URI == u {
			for _, e := range c.Edits {
				switch e := e.(type) {
				case *protocol.TextEdit:
					add(*e)
				case *protocol.AnnotatedTextEdit:
					add(e.TextEdit)
				}
			}
		}
	}
	for _, e := range edit.Changes[u] {
		add(e)
	}
	for i := len(changes) - 1; i >= 0; i-- { // they are in order
		text = text[:changes[i].span.Start] + changes[i].text + text[changes[i].span.End:]
	}
	return text
}

const sleepy = "#!/usr/bin/python\nimport asyncio\nimport time\n\n\nasync def f():\n    time.sleep(1)\n    time.sleep(2)\n    open('x')\n"

// TestOffers: what can be done about a finding beyond its own fix.
func TestOffers(t *testing.T) {
	f := newFolder(t, "app.py", sleepy)
	u := f.uri("app.py")
	s := openIn(t, Options{}, func(p *protocol.InitializeParams) {
		p.Capabilities.Workspace.WorkspaceEdit.ResourceOperations = []protocol.ResourceOperationKind{protocol.ResourceOperationKindCreate}
		p.Capabilities.Workspace.WorkspaceEdit.ChangeAnnotationSupport = &protocol.ChangeAnnotationsSupportOptions{}
		p.Capabilities.TextDocument.CodeAction.HonorsChangeAnnotations = new(true)
	}, f.dir)
	s.didOpen(u, sleepy)
	at := s.offered(u, 6, 6)
	all := at["Fix all 2 findings of ASYNC251 in this file"]
	if got, want := edited(u, sleepy, all.Edit), strings.ReplaceAll(sleepy, "time.sleep", "await asyncio.sleep"); got != want {
		t.Errorf("%s", got)
	}
	if got := edited(u, sleepy, at["Ignore ASYNC251 in this file"].Edit); !strings.HasPrefix(got, "#!/usr/bin/python\n# aiolens: file-ignore[ASYNC251]\n") {
		t.Errorf("%s", got)
	}
	project := at["Ignore ASYNC251 in this project"].Edit
	if c := project.DocumentChanges[0].(*protocol.CreateFile); c.URI != f.uri("aiolens.toml") {
		t.Errorf("makes %s", c.URI)
	}
	if got := edited(f.uri("aiolens.toml"), "", project); got != "ignore = [\"ASYNC251\"]\n" {
		t.Errorf("%s", got)
	}
	f.write("aiolens.toml", "ignore = ['AIO101']\n")
	s.didSave(u)
	if got := edited(f.uri("aiolens.toml"), "ignore = ['AIO101']\n", s.offered(u, 6, 6)["Ignore ASYNC251 in this project"].Edit); got != "ignore = ['AIO101', \"ASYNC251\"]\n" {
		t.Errorf("%s", got)
	}
	for title, a := range s.offered(u, 8, 5) { // open() can be mended in a way that changes what happens
		for _, c := range a.Edit.DocumentChanges {
			c, ok := c.(*protocol.TextDocumentEdit)
			if _, annotated := c.Edits[0].(*protocol.AnnotatedTextEdit); ok && annotated == strings.HasPrefix(title, "Ignore") {
				t.Errorf("%s: annotated %v", title, annotated)
			}
		}
	}
}

// TestPlainOffers: an editor that knows only plain edits is offered what they can do.
func TestPlainOffers(t *testing.T) {
	f := newFolder(t, "app.py", sleepy)
	u := f.uri("app.py")
	s := openIn(t, Options{}, func(p *protocol.InitializeParams) { p.Capabilities.Workspace = nil }, f.dir)
	s.didOpen(u, sleepy)
	at := s.offered(u, 6, 6)
	if at["Ignore ASYNC251 in this project"] != nil {
		t.Error("a file is made by an edit")
	}
	if got := edited(u, sleepy, at["Fix all 2 findings of ASYNC251 in this file"].Edit); strings.Contains(got, "time.sleep") {
		t.Errorf("%s", got)
	}
}

// TestResolve: an editor that asks for the edit of the action that was chosen gets it then, if the text is still the same.
func TestResolve(t *testing.T) {
	f := newFolder(t)
	u := f.uri("app.py")
	s := openIn(t, Options{}, func(p *protocol.InitializeParams) {
		p.Capabilities.TextDocument.CodeAction = &protocol.CodeActionClientCapabilities{DataSupport: new(true),
			ResolveSupport: protocol.ClientCodeActionResolveOptions{Properties: []string{"edit"}}}
	}, f.dir)
	s.didOpen(u, sleepy)
	a := s.offered(u, 6, 6)["Ignore ASYNC251 on this line"]
	if a.Edit != nil {
		t.Error("not lazy")
	}
	resolved, err := s.srv.CodeActionResolve(s.ctx, a)
	s.ok(err)
	if got := edited(u, sleepy, resolved.Edit); !strings.Contains(got, "time.sleep(1)  # noqa: ASYNC251\n") {
		t.Errorf("%s", got)
	}
	s.didChange(u, 2, whole(sleepy+"\n"))
	s.hover(u, 0, 0)
	if _, err := s.srv.CodeActionResolve(s.ctx, a); err == nil {
		t.Error("an edit of another version")
	}
	a.Data = protocol.LSPAny(`"none"`)
	if _, err := s.srv.CodeActionResolve(s.ctx, a); err == nil {
		t.Error("an action that was never offered")
	}
	if _, err := os.Stat(f.path("aiolens.toml")); err == nil {
		t.Error("a file was written")
	}
}

// TestManyOffers: all that is offered for a long selection can be had, and nothing of a document that is closed is kept.
func TestManyOffers(t *testing.T) {
	s := start(t, Options{})
	params := &protocol.InitializeParams{Capabilities: capable(units[0])}
	params.Capabilities.TextDocument.CodeAction.DataSupport = new(true)
	params.Capabilities.TextDocument.CodeAction.ResolveSupport = protocol.ClientCodeActionResolveOptions{Properties: []string{"edit"}}
	s.initialize(params)
	s.didOpen(app, strings.Repeat("time.sleep(1)\n", 300))
	all := s.actions(between(0, 0, 300, 0))
	if len(all) < 2*maxConcerned {
		t.Fatalf("%d actions", len(all))
	}
	for _, a := range all {
		full, err := s.srv.CodeActionResolve(s.ctx, a)
		s.ok(err)
		if full.Edit == nil {
			t.Fatalf("%s changes nothing", a.Title)
		}
	}
	s.didClose(app)
	s.didOpen(app, "time.sleep(1)\n")
	for range maxOffers + 5 {
		s.actions(between(0, 0, 0, 0))
	}
	if _, err := s.srv.CodeActionResolve(s.ctx, all[0]); err == nil {
		t.Error("an offer of a closed document")
	}
}
