package server

import (
	"testing"

	"go.lsp.dev/protocol"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
)

// TestCompletionDoesNotWait: completions do not need the analysis that takes its time.
func TestCompletionDoesNotWait(t *testing.T) {
	busy, free := make(chan bool, 10), make(chan bool)
	s := start(t, Options{check: func(*python.File, *diagnostics.Memo) []diagnostics.Finding {
		busy <- true
		<-free
		return nil
	}})
	s.initialize(completing(true, protocol.InsertTextModeAsIs))
	s.didOpen(app, "import asyncio\n\n\nasync def main():\n    aio-gath\n")
	receive(s, busy)
	if item := itemOf(s.complete(app, 4, 12), "aio-gather"); item == nil {
		t.Error("no completion during the analysis")
	}
	close(free)
	s.version(app, 1)
}

// TestCancelled: what is cancelled is answered at once, however long the analysis takes that it waits for.
func TestCancelled(t *testing.T) {
	busy, free := make(chan bool, 10), make(chan bool)
	c := startStrict(t, Options{Rules: testRules, check: func(*python.File, *diagnostics.Memo) []diagnostics.Finding {
		busy <- true
		<-free
		return nil
	}})
	defer close(free)
	c.call("initialize", object{"processId": nil, "rootUri": nil, "capabilities": object{}})
	c.notify("initialized", object{})
	u, at := string(app), object{"line": 0, "character": 0}
	c.open(u, "x = 1\n")
	<-busy
	doc := object{"uri": u}
	for method, params := range map[string]object{
		"textDocument/hover":      {"textDocument": doc, "position": at},
		"textDocument/codeAction": {"textDocument": doc, "range": object{"start": at, "end": at}, "context": object{"diagnostics": []any{}}},
		"textDocument/inlayHint":  {"textDocument": doc, "range": object{"start": at, "end": at}},
		"textDocument/codeLens":   {"textDocument": doc},
		"textDocument/diagnostic": {"textDocument": doc},
	} {
		id := c.ask(method, params)
		c.notify("$/cancelRequest", object{"id": id})
		if _, code := c.answer(id); code != -32800 {
			t.Errorf("%s: code %d", method, code)
		}
	}
}
