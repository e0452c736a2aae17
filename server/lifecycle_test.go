package server

import (
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
)

// code is the error code that a request is answered with; 0 without an error.
func (s *session) code(method string, params any) jsonrpc2.Code {
	s.Helper()
	_, err := s.conn.Call(s.ctx, method, params, nil)
	var wire *jsonrpc2.Error
	if err != nil && !errors.As(err, &wire) {
		s.Fatal(err)
	}
	if wire == nil {
		return 0
	}
	return wire.Code
}

func (s *session) wants(what string, got, want jsonrpc2.Code) {
	s.Helper()
	if got != want {
		s.Errorf("%s: code %d, want %d", what, got, want)
	}
}

func TestLifecycle(t *testing.T) {
	s := start(t, Options{Version: "1.2.3"})
	hover := map[string]any{"textDocument": map[string]any{"uri": app}, "position": map[string]any{"line": 0, "character": 0}}
	s.wants("before initialize", s.code(protocol.MethodTextDocumentHover, hover), -32002)
	s.wants("unknown before initialize", s.code("custom/thing", nil), -32002)
	s.ok(s.conn.Notify(s.ctx, protocol.MethodTextDocumentDidOpen, nil))
	s.wants("malformed initialize", s.code(protocol.MethodInitialize, map[string]any{"capabilities": 3}), -32602)

	result := s.initialize(&protocol.InitializeParams{})
	if v, _ := result.ServerInfo.Version.Get(); result.ServerInfo.Name != "aiolens" || v != "1.2.3" {
		t.Errorf("server info %v", result.ServerInfo)
	}
	s.wants("second initialize", s.code(protocol.MethodInitialize, &protocol.InitializeParams{}), -32600)
	s.wants("hover", s.code(protocol.MethodTextDocumentHover, hover), 0)
	s.wants("unknown", s.code("custom/thing", hover), -32601)
	s.wants("unknown without params", s.code("custom/thing", nil), -32601)
	s.wants("unknown of the protocol", s.code("$/unknown", hover), -32601)
	s.wants("not implemented", s.code(protocol.MethodTextDocumentDefinition, hover), -32601)
	s.wants("malformed", s.code(protocol.MethodTextDocumentHover, map[string]any{"position": "here"}), -32602)

	s.ok(s.srv.Shutdown(s.ctx))
	s.wants("after shutdown", s.code(protocol.MethodTextDocumentHover, hover), -32600)
	s.wants("initialize after shutdown", s.code(protocol.MethodInitialize, &protocol.InitializeParams{}), -32600)
	s.didOpen(app, "time.sleep(1)")
	s.ok(s.srv.Exit(s.ctx))
	if err := receive(s, s.done); err != nil {
		t.Errorf("after shutdown and exit: %v", err)
	}
	if len(s.published) > 0 {
		t.Error("served after shutdown")
	}
}

// TestSilentAfterShutdown: what an analysis finds that ends after the session is not said any more.
func TestSilentAfterShutdown(t *testing.T) {
	begun, end := make(chan bool), make(chan bool)
	s := start(t, Options{Rules: testRules, check: func(f *python.File, memo *diagnostics.Memo) []diagnostics.Finding {
		close(begun)
		<-end
		return find(f, memo)
	}})
	s.initialize(&protocol.InitializeParams{})
	s.didOpen(app, "time.sleep(1)")
	receive(s, begun)
	s.ok(s.srv.Shutdown(s.ctx))
	close(end)
	select {
	case p := <-s.published:
		t.Errorf("published after shutdown: %v", p)
	case <-time.After(50 * time.Millisecond):
	}
	s.ok(s.srv.Exit(s.ctx))
	if err := receive(s, s.done); err != nil {
		t.Error(err)
	}
}

func TestExitWithoutShutdown(t *testing.T) {
	for _, initialized := range []bool{false, true} {
		s := start(t, Options{})
		if initialized {
			s.initialize(&protocol.InitializeParams{})
		}
		s.ok(s.srv.Exit(s.ctx))
		if err := receive(s, s.done); !errors.Is(err, ErrExitWithoutShutdown) {
			t.Errorf("initialized %v: %v", initialized, err)
		}
	}
}

func TestEndOfInput(t *testing.T) {
	if err := Serve(t.Context(), strings.NewReader(""), io.Discard, Options{}); !errors.Is(err, ErrExitWithoutShutdown) {
		t.Errorf("end of input: %v", err)
	}
}

func TestCancelledContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	in, out := io.Pipe()
	defer out.Close()
	done := make(chan error)
	go func() { done <- Serve(ctx, in, io.Discard, Options{}) }()
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestEndsWithTheEditor(t *testing.T) {
	editor := exec.Command("sleep", "60")
	if err := editor.Start(); err != nil {
		t.Skip(err)
	}
	s := start(t, Options{poll: 5 * time.Millisecond, under: func(pid int) bool { return pid == editor.Process.Pid }})
	s.initialize(&protocol.InitializeParams{ProcessID: new(int32(editor.Process.Pid))})
	s.hover(app, 0, 0)
	select {
	case err := <-s.done:
		t.Fatalf("ended before the editor: %v", err)
	case <-time.After(50 * time.Millisecond):
	}
	s.ok(editor.Process.Kill())
	editor.Wait()
	if err := receive(s, s.done); !errors.Is(err, ErrExitWithoutShutdown) {
		t.Errorf("after the editor: %v", err)
	}
}

func TestUnknownEditorProcess(t *testing.T) {
	s := start(t, Options{poll: time.Millisecond})
	s.initialize(&protocol.InitializeParams{ProcessID: new(int32(1<<22 + 1))}) // above the largest id of Linux
	time.Sleep(20 * time.Millisecond)
	s.hover(app, 0, 0)
}

// TestOutlivesAnotherEditor: who did not start the server shares it with others.
func TestOutlivesAnotherEditor(t *testing.T) {
	editor := exec.Command("sleep", "60")
	if err := editor.Start(); err != nil {
		t.Skip(err)
	}
	s := start(t, Options{poll: time.Millisecond})
	s.initialize(&protocol.InitializeParams{ProcessID: new(int32(editor.Process.Pid))})
	s.hover(app, 0, 0)
	s.ok(editor.Process.Kill())
	editor.Wait()
	select {
	case err := <-s.done:
		t.Fatalf("ended with the first editor: %v", err)
	case <-time.After(50 * time.Millisecond):
	}
	s.hover(app, 0, 0)
}

func TestUnder(t *testing.T) {
	parent := os.Getppid()
	if !under(parent) {
		t.Error("not under its parent")
	}
	if up := parentOf(parent); up == 0 {
		t.Skip("the system does not tell of parents")
	} else if !under(up) {
		t.Error("not under its parent's parent")
	}
	if got := parentOf(os.Getpid()); got != parent {
		t.Errorf("the parent is %d, want %d", got, parent)
	}
	if under(os.Getpid()) {
		t.Error("under itself")
	}
}

func TestNegotiation(t *testing.T) {
	const u8, u16, u32 = protocol.PositionEncodingKindUTF8, protocol.PositionEncodingKindUTF16, protocol.PositionEncodingKindUTF32
	for _, c := range []struct {
		offered []protocol.PositionEncodingKind
		want    protocol.PositionEncodingKind
	}{
		{nil, u16},
		{[]protocol.PositionEncodingKind{u16}, u16},
		{[]protocol.PositionEncodingKind{u8, u16}, u16},
		{[]protocol.PositionEncodingKind{u32, u8}, u8},
		{[]protocol.PositionEncodingKind{u32}, u32},
		{[]protocol.PositionEncodingKind{"utf-7"}, u16},
	} {
		s := start(t, Options{})
		result := s.initialize(&protocol.InitializeParams{Capabilities: capable(c.offered...)})
		if got := result.Capabilities.PositionEncoding; got != c.want {
			t.Errorf("offered %v: %s, want %s", c.offered, got, c.want)
		}
	}
}

// TestMalformed sends what is no message of the protocol, and the session goes on.
func TestMalformed(t *testing.T) {
	r := startRaw(t)
	r.send(`{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"processId":null,"rootUri":null,"capabilities":{}}}`)
	r.wants("initialize", 1.0, 0)
	r.send(`{"jsonrpc":"2.0"`)
	r.wants("broken JSON", nil, -32700)
	r.send(`[]`)
	r.wants("batch", nil, -32600)
	r.send(`"text"`)
	r.wants("no object", nil, -32700)
	r.send(`{"jsonrpc":"1.0","id":2,"method":"shutdown"}`)
	r.wants("other version", nil, -32600)
	io.WriteString(r.in, "what is this\r\nContent-Length: no number\r\n\r\n")
	for _, method := range []string{"textDocument/didOpen", "textDocument/didChange", "textDocument/didClose", "textDocument/didSave", "$/cancelRequest"} {
		for _, params := range []string{`null`, `[]`, `{}`, `3`, `{"textDocument":null}`, `{"textDocument":{"uri":"no uri"},"contentChanges":null}`, `{"id":{}}`} {
			r.send(`{"jsonrpc":"2.0","method":"` + method + `","params":` + params + `}`)
		}
		r.send(`{"jsonrpc":"2.0","method":"` + method + `"}`)
	}
	r.send(`{"jsonrpc":"2.0","method":"$/unknown"}`)
	r.send(`{"jsonrpc":"2.0","method":"custom/unknown","params":{"x":1}}`)
	r.send(`{"jsonrpc":"2.0","method":"initialize"}`)
	r.send(`{"jsonrpc":"2.0","method":"textDocument/hover","params":{}}`) // a request without an id is a notification
	r.send(`{"jsonrpc":"2.0","id":"three","method":"textDocument/hover"}`)
	r.wants("no params", "three", -32602)
	r.send(`{"jsonrpc":"2.0","id":4,"result":null}`) // an answer that nobody asked for
	r.send(`{"jsonrpc":"2.0","id":5,"method":"shutdown"}`)
	r.wants("shutdown", 5.0, 0)
	r.send(`{"jsonrpc":"2.0","method":"exit"}`)
	if err := <-r.done; err != nil {
		t.Error(err)
	}
}

// TestPipelined: an editor that does not wait for the answers finds the same order.
func TestPipelined(t *testing.T) {
	r := startRaw(t)
	go func() {
		r.send(`{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"processId":null,"rootUri":"","capabilities":{"general":{"positionEncodings":["utf-8"]}}}}`)
		r.send(`{"jsonrpc":"2.0","method":"initialized","params":{}}`)
		r.send(`{"jsonrpc":"2.0","id":2,"method":"shutdown"}`)
		r.send(`{"jsonrpc":"2.0","id":3,"method":"textDocument/hover","params":{"textDocument":{"uri":"file:///a"},"position":{"line":0,"character":0}}}`)
	}()
	r.wants("initialize", 1.0, 0)
	r.wants("shutdown", 2.0, 0)
	r.wants("hover", 3.0, -32600)
	r.send(`{"jsonrpc":"2.0","method":"exit"}`)
	if err := <-r.done; err != nil {
		t.Error(err)
	}
}
