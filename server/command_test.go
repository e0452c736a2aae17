package server

import (
	"strings"
	"testing"

	"go.lsp.dev/protocol"
)

func TestDebugInformation(t *testing.T) {
	f := newFolder(t, "aiolens.toml", "ignore = []\n")
	s := openIn(t, Options{Version: "1.2.3"}, nil, f.dir)
	s.didOpen(f.uri("app.py"), "x\ny\n")
	raw, err := s.srv.ExecuteCommand(s.ctx, &protocol.ExecuteCommandParams{Command: printDebugInformation})
	s.ok(err)
	for _, want := range []string{"1.2.3", f.dir, "aiolens.toml", "push", "utf-16", "1 with 3 lines"} {
		if !strings.Contains(string(raw), want) {
			t.Errorf("%q is not in %s", want, raw)
		}
	}
	if m := receive(s, s.logged); !strings.Contains(m.Message, "1.2.3") {
		t.Errorf("logged %s", m.Message)
	}
	if _, err := s.srv.ExecuteCommand(s.ctx, &protocol.ExecuteCommandParams{Command: "other"}); err == nil {
		t.Error("an unknown command is known")
	}
}

func TestTrace(t *testing.T) {
	s := open(t, units[0], Options{})
	s.didOpen(app, "x")
	s.ok(s.srv.SetTrace(s.ctx, &protocol.SetTraceParams{Value: protocol.TraceValueMessages}))
	s.hover(app, 0, 0)
	if m := receive(s, s.traced); !strings.HasPrefix(m.Message, "textDocument/hover took ") || m.Verbose != nil {
		t.Errorf("%+v", m)
	}
	s.ok(s.srv.SetTrace(s.ctx, &protocol.SetTraceParams{Value: protocol.TraceValueVerbose}))
	receive(s, s.traced) // of SetTrace itself
	s.hover(app, 0, 0)
	if m := receive(s, s.traced); m.Verbose == nil || !strings.Contains(*m.Verbose, "app.py") {
		t.Errorf("%+v", m)
	}
	s.ok(s.srv.SetTrace(s.ctx, &protocol.SetTraceParams{Value: protocol.TraceValueOff}))
	receive(s, s.traced)
	s.hover(app, 0, 0)
	if len(s.traced) > 0 {
		t.Error("traced when off")
	}
}
