package server

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"go.lsp.dev/protocol"
)

// TestCallHierarchy: what a coroutine calls that blocks, through files, and who calls that.
func TestCallHierarchy(t *testing.T) {
	f := newFolder(t,
		"main.py", "import asyncio\nimport store\n\n\nasync def handle():\n    store.load()\n    print('fine')\n    await inner()\n    await asyncio.sleep(1)\n\n\nasync def inner():\n    store.Store('x')\n",
		"store.py", "import time\n\n\ndef load():\n    read()\n\n\ndef read():\n    time.sleep(1)\n    open('x')\n\n\nclass Store:\n    def __init__(self, x):\n        time.sleep(1)\n",
		"other.py", "from store import load as fetch\nfrom store import load\n\n\ndef sync():\n    return [fetch(), load()]\n",
	)
	s := openIn(t, Options{}, func(p *protocol.InitializeParams) {
		p.Capabilities.TextDocument.CallHierarchy = &protocol.CallHierarchyClientCapabilities{}
		showProgress(p)
	}, f.dir)
	main := f.uri("main.py")
	s.didOpen(main, read(t, f, "main.py"))
	s.version(main, 1)
	prepare := func(line, column uint32) protocol.CallHierarchyItem {
		t.Helper()
		params := &protocol.CallHierarchyPrepareParams{}
		params.TextDocument.URI, params.Position = main, protocol.Position{Line: line, Character: column}
		items, err := s.srv.PrepareCallHierarchy(s.ctx, params)
		s.ok(err)
		if len(items) != 1 {
			t.Fatalf("%d items", len(items))
		}
		return items[0]
	}
	outgoing := func(item protocol.CallHierarchyItem) (items map[string]protocol.CallHierarchyItem, text string) {
		t.Helper()
		calls, err := s.srv.OutgoingCalls(s.ctx, &protocol.CallHierarchyOutgoingCallsParams{Item: item})
		s.ok(err)
		items = map[string]protocol.CallHierarchyItem{}
		var list []string
		for _, c := range calls {
			items[c.To.Name] = c.To
			list = append(list, fmt.Sprintf("%s@%d", c.To.Name, c.FromRanges[0].Start.Line))
		}
		return items, strings.Join(list, " ")
	}
	incoming := func(item protocol.CallHierarchyItem) string {
		t.Helper()
		calls, err := s.srv.IncomingCalls(s.ctx, &protocol.CallHierarchyIncomingCallsParams{Item: item})
		s.ok(err)
		var list []string
		for _, c := range calls {
			list = append(list, fmt.Sprintf("%s(%s)%d", c.From.Name, *c.From.Detail, len(c.FromRanges)))
		}
		slices.Sort(list)
		return strings.Join(list, " ")
	}
	handle := prepare(4, 12)
	if handle.Name != "handle" || handle.URI != main || handle.SelectionRange != between(4, 10, 4, 16) || *handle.Detail != "coroutine function" {
		t.Errorf("%+v", handle)
	}
	items, text := outgoing(handle)
	if text != "load@5 inner@7" {
		t.Errorf("handle: %s", text)
	}
	load := items["load"]
	if load.URI != f.uri("store.py") || load.SelectionRange != between(3, 4, 3, 8) {
		t.Errorf("%+v", load)
	}
	items, _ = outgoing(load)
	items, text = outgoing(items["read"])
	if text != "time.sleep@8 open@9" {
		t.Errorf("read: %s", text)
	}
	if _, text = outgoing(prepare(11, 12)); text != "Store.__init__@12" {
		t.Errorf("inner: %s", text)
	}
	waitFor(s, func() bool { return strings.Contains(incoming(load), "sync") }) // the workspace has been read
	if got := incoming(load); got != "handle(coroutine function)1 sync(function)1" && got != "handle(coroutine function)1 sync(function)2" {
		t.Errorf("load is called by %s", got)
	}
	if got := incoming(items["time.sleep"]); got != "Store.__init__(function)1 read(function)1" {
		t.Errorf("time.sleep is called by %s", got)
	}
	if at := prepare(5, 11); at.Name != "load" || at.URI != f.uri("store.py") {
		t.Errorf("at a call: %+v", at)
	}
	load.Data = protocol.LSPAny(`{"path":"/nowhere.py","name":"load"}`)
	if got := incoming(load); got != "" {
		t.Errorf("of nothing: %s", got)
	}
}

func read(t *testing.T, f folder, name string) string {
	t.Helper()
	data, err := os.ReadFile(f.path(name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestInlayHints(t *testing.T) {
	f := newFolder(t, "store.py", "import time\n\n\ndef load():\n    read()\n\n\ndef read():\n    time.sleep(1)\n")
	src := "import asyncio\nimport store\n\n\nasync def handle():\n    store.load()\n    store.read()\n    asyncio.sleep(1)\n    await asyncio.sleep(1)\n"
	for _, on := range []bool{false, true} {
		s := openIn(t, Options{}, func(p *protocol.InitializeParams) {
			p.Capabilities.TextDocument.InlayHint = &protocol.InlayHintClientCapabilities{}
			p.InitializationOptions = protocol.LSPAny(fmt.Sprintf(`{"settings":{"inlayHints":{"enable":%v}}}`, on))
		}, f.dir)
		s.didOpen(f.uri("main.py"), src)
		params := &protocol.InlayHintParams{Range: between(0, 0, 7, 20)}
		params.TextDocument.URI = f.uri("main.py")
		hints, err := s.srv.InlayHint(s.ctx, params)
		s.ok(err)
		var got []string
		for _, h := range hints {
			got = append(got, fmt.Sprintf("%d:%d %s", h.Position.Line, h.Position.Character, h.Label))
		}
		want := ""
		if on {
			want = "5:14 blocks 2 calls down, 6:14 blocks, 7:20 not awaited"
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("%v: %s", on, got)
		}
	}
}
