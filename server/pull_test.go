package server

import (
	"context"
	"errors"
	"testing"
	"time"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
)

// pulls are the parameters of an editor that asks for findings.
func pulls(p *protocol.InitializeParams) {
	p.Capabilities.TextDocument.Diagnostic = &protocol.DiagnosticClientCapabilities{}
	p.Capabilities.Workspace.Diagnostics = &protocol.DiagnosticWorkspaceClientCapabilities{RefreshSupport: new(true)}
	p.InitializationOptions = protocol.LSPAny(`{"settings":{"diagnosticModel":"pull"}}`)
}

// pull asks for the findings of a document; unchanged says that they are those of the id.
func (s *session) pull(u uri.URI, id string) (found []protocol.Diagnostic, now string, unchanged bool) {
	s.Helper()
	params := &protocol.DocumentDiagnosticParams{TextDocument: protocol.TextDocumentIdentifier{URI: u}}
	if id != "" {
		params.PreviousResultID = new(id)
	}
	report, err := s.srv.Diagnostic(s.ctx, params)
	s.ok(err)
	switch r := report.(type) {
	case *protocol.RelatedFullDocumentDiagnosticReport:
		return r.Items, *r.ResultID, false
	case *protocol.RelatedUnchangedDocumentDiagnosticReport:
		return nil, r.ResultID, true
	}
	s.Fatalf("%T", report)
	return nil, "", false
}

// TestPull: an editor that asks is told nothing unasked, but that it should ask again when another file changes.
func TestPull(t *testing.T) {
	f := newFolder(t, "store.py", blocking)
	main, store := f.uri("main.py"), f.uri("store.py")
	s := openIn(t, Options{}, pulls, f.dir)
	s.didOpen(main, caller)
	found, id, _ := s.pull(main, "")
	if codes(found) != "AIO207" || id == "" {
		t.Errorf("%v %q", found, id)
	}
	if _, now, unchanged := s.pull(main, id); !unchanged || now != id {
		t.Error("unchanged findings are sent again")
	}
	s.didChange(main, 2, replace(4, 0, 5, 0, "    pass\n"))
	if found, _, _ := s.pull(main, id); len(found) > 0 {
		t.Errorf("an outdated answer: %v", found)
	}
	s.didChange(main, 3, whole(caller))
	_, id, _ = s.pull(main, "")
	s.didOpen(store, harmless)
	receive(s, s.refreshed)
	if found, _, _ := s.pull(main, id); len(found) > 0 {
		t.Errorf("after the other file changed: %v", found)
	}
	if found, _, _ := s.pull(f.uri("closed.py"), ""); len(found) > 0 {
		t.Error("a document that is not open has findings")
	}
	if len(s.published) > 0 {
		t.Error("published as well")
	}
}

// TestPullWorkspace: the findings of closed files are told when they are known, and again when they change.
func TestPullWorkspace(t *testing.T) {
	f := newFolder(t, "aiolens.toml", "diagnostic-mode = \"workspace\"\n", "main.py", caller, "store.py", blocking)
	main := f.uri("main.py")
	s := openIn(t, Options{}, pulls, f.dir)
	ask := func(knows ...protocol.PreviousResultId) *protocol.WorkspaceFullDocumentDiagnosticReport {
		t.Helper()
		report, err := s.srv.DiagnosticWorkspace(s.ctx, &protocol.WorkspaceDiagnosticParams{PreviousResultIds: knows})
		s.ok(err)
		if len(report.Items) != 1 {
			t.Fatalf("%d items", len(report.Items))
		}
		return report.Items[0].(*protocol.WorkspaceFullDocumentDiagnosticReport)
	}
	r := ask()
	if r.URI != main || codes(r.Items) != "AIO207" || r.Version != nil {
		t.Errorf("%+v", r)
	}
	knows := protocol.PreviousResultId{URI: main, Value: *r.ResultID}
	ctx, cancel := context.WithTimeout(s.ctx, 50*time.Millisecond)
	defer cancel()
	_, err := s.srv.DiagnosticWorkspace(ctx, &protocol.WorkspaceDiagnosticParams{PreviousResultIds: []protocol.PreviousResultId{knows}})
	if err == nil {
		t.Error("nothing new is told")
	}
	go func() {
		time.Sleep(20 * time.Millisecond)
		f.write("store.py", harmless)
		_ = s.srv.DidChangeWatchedFiles(s.ctx, &protocol.DidChangeWatchedFilesParams{Changes: []protocol.FileEvent{{URI: f.uri("store.py"), Type: protocol.FileChangeTypeChanged}}})
	}()
	if r := ask(knows); r.URI != main || len(r.Items) > 0 {
		t.Errorf("after the change: %+v", r)
	}

	// With partial results the request lasts.
	ctx, cancel = context.WithCancel(s.ctx)
	done := make(chan error)
	go func() {
		params := &protocol.WorkspaceDiagnosticParams{PreviousResultIds: []protocol.PreviousResultId{knows}}
		params.PartialResultToken = protocol.String("part")
		_, err := s.srv.DiagnosticWorkspace(ctx, params)
		done <- err
	}()
	if p := receive(s, s.progress); p.Token != protocol.String("part") {
		t.Errorf("%+v", p)
	}
	cancel()
	var wire *jsonrpc2.Error
	if err := <-done; !errors.Is(err, context.Canceled) && !errors.As(err, &wire) {
		t.Error(err)
	}
}

// TestPullOnlyWhereItIsWhole: an editor that cannot be asked to ask again is told.
func TestPullOnlyWhereItIsWhole(t *testing.T) {
	s := start(t, Options{})
	params := &protocol.InitializeParams{Capabilities: capable(units[0])}
	pulls(params)
	params.Capabilities.Workspace.Diagnostics = nil
	if result := s.initialize(params); result.Capabilities.DiagnosticProvider != nil {
		t.Error("offered")
	}
	s.didOpen(app, "time.sleep(1)")
	s.version(app, 1)
}
