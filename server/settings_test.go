package server

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
)

func TestSettings(t *testing.T) {
	dir := t.TempDir()
	u := uri.File(filepath.Join(dir, "app.py"))
	write := func(toml string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, "aiolens.toml"), []byte(toml), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	s := open(t, units[0], Options{})
	write("selekt = []\n")
	s.didOpen(u, "x")
	s.version(u, 1)
	if m := receive(s, s.shown); !strings.Contains(m.Message, "aiolens.toml:1:") || !strings.Contains(m.Message, "selekt") {
		t.Errorf("shown %q", m.Message)
	}
	s.didSave(u) // nothing changed: nothing is shown or published again
	s.didChange(u, 2)
	s.hover(u, 0, 0)
	if len(s.shown) > 0 {
		t.Error("shown again")
	}
	s.version(u, 2)
	write("select = [\"ASYNC251\"]\n")
	s.didSave(u) // other settings: the document is checked again
	s.version(u, 2)
}

// TestSettingsOfTheEditor: mistakes in what the editor says are told like those in a file.
func TestSettingsOfTheEditor(t *testing.T) {
	s := start(t, Options{})
	s.initialize(&protocol.InitializeParams{InitializationOptions: protocol.LSPAny(`{"settings":{"selekt":[]},"other":1}`)})
	s.didOpen(app, "x")
	if m := receive(s, s.shown); !strings.Contains(m.Message, "selekt") {
		t.Errorf("shown %q", m.Message)
	}
	s.ok(s.srv.DidChangeConfiguration(s.ctx, &protocol.DidChangeConfigurationParams{Settings: protocol.LSPAny(`{"aiolens":{"ignor":[]}}`)}))
	if m := receive(s, s.shown); !strings.Contains(m.Message, "ignor") {
		t.Errorf("shown %q", m.Message)
	}
	for _, odd := range []string{`null`, `3`, `{"aiolens":null}`, `{"aiolens":[]}`} {
		s.ok(s.srv.DidChangeConfiguration(s.ctx, &protocol.DidChangeConfigurationParams{Settings: protocol.LSPAny(odd)}))
	}
	s.hover(app, 0, 0)
	if len(s.shown) > 0 {
		t.Error("shown again")
	}
}
