package server

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"aiolens/diagnostics/rules"
)

// lenses are the lines of the code lenses of a document, with what they say when they are shown.
func (s *session) lenses(u uri.URI) []string {
	s.Helper()
	params := &protocol.CodeLensParams{}
	params.TextDocument.URI = u
	lenses, err := s.srv.CodeLens(s.ctx, params)
	s.ok(err)
	var said []string
	for i := range lenses {
		if reached := strings.Contains(lenses[i].Command.Title, "reached"); reached {
			s.Error("the callers are looked for before the lens is shown")
		}
		shown, err := s.srv.CodeLensResolve(s.ctx, &lenses[i])
		s.ok(err)
		said = append(said, fmt.Sprintf("%d %s", shown.Range.Start.Line, shown.Command.Title))
		if shown.Command.Command != "" {
			said[len(said)-1] += fmt.Sprintf(" %s%s", shown.Command.Command, shown.Command.Arguments)
		}
	}
	return said
}

func lensed(p *protocol.InitializeParams) {
	p.Capabilities.TextDocument.CodeLens = &protocol.CodeLensClientCapabilities{}
	p.InitializationOptions = protocol.LSPAny(`{"settings":{"codeLens":{"enable":true}}}`)
}

func TestCodeLenses(t *testing.T) {
	f := newFolder(t,
		"main.py", "import asyncio, time\nimport store\n\n\nasync def handle():\n    store.load()\n    print('fine')\n    await inner()\n\n\nasync def inner():\n    store.read()\n    time.sleep(1)\n\n\n"+
			"async def fine():\n    await asyncio.to_thread(store.load)\n    time.sleep(1)  # noqa: ASYNC251\n\n\nasync def lazy():\n    def now():\n        time.sleep(1)\n    await asyncio.to_thread(now)\n",
		"store.py", "import time\n\n\ndef load():\n    read()\n\n\ndef read():\n    time.sleep(1)\n    open('x')\n\n\ndef mend():\n    return 1\n\n\nclass Store:\n    def __init__(self, x):\n        time.sleep(1)\n",
	)
	s := openIn(t, Options{}, func(p *protocol.InitializeParams) { lensed(p); showProgress(p) }, f.dir)
	main, store := f.uri("main.py"), f.uri("store.py")
	s.didOpen(main, read(t, f, "main.py"))
	s.didOpen(store, read(t, f, "store.py"))
	s.version(main, 1)
	want := []string{"4 blocks the event loop: time.sleep, 2 calls down", "10 blocks the event loop: time.sleep"}
	if got := s.lenses(main); !slices.Equal(got, want) {
		t.Errorf("coroutines: %q, want %q", got, want)
	}
	want = []string{"3 blocks: time.sleep, 1 call down; reached by 1 coroutine", "7 blocks: time.sleep; reached by 2 coroutines", "17 blocks: time.sleep; reached by no coroutine"}
	waitFor(s, func() bool { return slices.Equal(s.lenses(store), want) }) // when the workspace has been read
	// What another file does counts as the editor shows it, and a helper that is gone has no lens any more.
	params := &protocol.CodeLensParams{}
	params.TextDocument.URI = store
	lenses, err := s.srv.CodeLens(s.ctx, params)
	s.ok(err)
	s.didChange(store, 2, whole("def load():\n    return 1\n\n\ndef read():\n    open('x')\n"))
	if _, err := s.srv.CodeLensResolve(s.ctx, &lenses[2]); err == nil {
		t.Error("a lens of a function that is gone")
	}
	s.version(store, 2)
	want = []string{"10 blocks the event loop: time.sleep"}
	waitFor(s, func() bool { return slices.Equal(s.lenses(main), want) })
	s.didChange(main, 2, replace(4, 0, 9, 0, ""))
	want = []string{"5 blocks the event loop: time.sleep"}
	if got := s.lenses(main); !slices.Equal(got, want) {
		t.Errorf("after an edit: %q, want %q", got, want)
	}
}

// TestCodeLensCommand: editors that can show the chain are told how; others get text. Without the setting there is nothing, and the editor
// asks again when that changes.
func TestCodeLensCommand(t *testing.T) {
	const src = "import asyncio, time\n\n\ndef work():\n    time.sleep(1)\n\n\nasync def main():\n    work()\n"
	s := start(t, Options{Rules: rules.All})
	params := &protocol.InitializeParams{Capabilities: capable(units[0])}
	lensed(params)
	params.Capabilities.Experimental = protocol.LSPAny(`{"commands":["other","aiolens.showBlockingChain"]}`)
	params.Capabilities.Workspace.CodeLens = &protocol.CodeLensWorkspaceClientCapabilities{RefreshSupport: new(true)}
	params.Capabilities.Workspace.InlayHint = &protocol.InlayHintWorkspaceClientCapabilities{RefreshSupport: new(true)}
	if can := s.initialize(params).Capabilities.CodeLensProvider; can == nil || !is(can.ResolveProvider) {
		t.Fatalf("announced %+v", can)
	}
	u := uri.URI("untitled:Untitled-1")
	s.didOpen(u, src)
	s.version(u, 1)
	want := []string{
		`3 blocks: time.sleep; reached by 1 coroutine aiolens.showBlockingChain["untitled:Untitled-1" {"line":3,"character":4} "incoming"]`,
		`7 blocks the event loop: time.sleep, 1 call down aiolens.showBlockingChain["untitled:Untitled-1" {"line":7,"character":10} "outgoing"]`,
	}
	if got := s.lenses(u); !slices.Equal(got, want) {
		t.Errorf("lenses %q, want %q", got, want)
	}
	s.ok(s.srv.DidChangeConfiguration(s.ctx, &protocol.DidChangeConfigurationParams{Settings: protocol.LSPAny(`{"aiolens":{"codeLens":{"enable":false}}}`)}))
	if first, second := receive(s, s.refreshed), receive(s, s.refreshed); !strings.Contains("hints lenses", first) || first == second {
		t.Errorf("asked again for %s and %s", first, second)
	}
	if got := s.lenses(u); got != nil {
		t.Errorf("not wanted: %q", got)
	}
}
