package server

import (
	"log/slog"
	"testing"
	"time"

	"go.lsp.dev/protocol"
)

// TestMemoryIsGivenBack: what only a closed document imported is forgotten after a while; what others import is not.
func TestMemoryIsGivenBack(t *testing.T) {
	f := newFolder(t, "a.py", "import asyncio\nimport one\n\n\nasync def f():\n    one.g()\n", "b.py", "import asyncio\nimport two\n\n\nasync def f():\n    two.g()\n", "one.py", "x = 1\n", "two.py", "x = 2\n")
	s := newServer(protocol.UnimplementedClient{}, Options{Log: slog.New(slog.DiscardHandler), idle: time.Millisecond, quiet: time.Millisecond})
	s.program.folders = []string{f.dir}
	ctx := t.Context()
	s.initOnce.Do(func() { close(s.initialized) })
	go s.work(ctx)
	for i, name := range []string{"a.py", "b.py"} {
		params := &protocol.DidOpenTextDocumentParams{TextDocument: protocol.TextDocumentItem{
			URI: f.uri(name), LanguageID: protocol.LanguageKindPython, Version: int32(i), Text: read(t, f, name)}}
		if err := s.DidOpen(ctx, params); err != nil {
			t.Fatal(err)
		}
		s.analyse(ctx, s.docs.get(f.uri(name)))
	}
	files := s.program.files.Load()
	if files.Known(f.path("one.py")) == nil || files.Known(f.path("two.py")) == nil {
		t.Fatal("what the documents import is not known")
	}
	a := s.docs.get(f.uri("a.py"))
	if err := s.DidClose(ctx, &protocol.DidCloseTextDocumentParams{TextDocument: protocol.TextDocumentIdentifier{URI: f.uri("a.py")}}); err != nil {
		t.Fatal(err)
	}
	s.analyse(ctx, a)
	for end := time.Now().Add(patience); files.Known(f.path("one.py")) != nil; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("what only a closed document imported is kept")
		}
	}
	if files.Known(f.path("two.py")) == nil {
		t.Error("what an open document imports is forgotten")
	}
}
