package server

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"aiolens/diagnostics/rules"
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
	for says, want := range map[string]string{
		`{"aiolens":"all"}`:                 "aiolens: the editor's settings: aiolens: want a table",
		`{"aiolens":["all"]}`:               "aiolens: the editor's settings: aiolens: want a table",
		`{"aiolens.hover.enable":3}`:        "aiolens: the editor's settings: hover.enable: want true or false",
		`{"aiolens.lint.extendSelect":"x"}`: "aiolens: the editor's settings: extend-select: want a list of strings, not a string",
	} {
		s.ok(s.srv.DidChangeConfiguration(s.ctx, &protocol.DidChangeConfigurationParams{Settings: protocol.LSPAny(says)}))
		if m := receive(s, s.shown); m.Message != want {
			t.Errorf("shown %q, want %q", m.Message, want)
		}
	}
}

// settled waits until a document shows so many findings; seen is what its documents showed last.
func (s *session) settled(seen map[uri.URI]int, u uri.URI, n int) {
	s.Helper()
	for {
		if got, ok := seen[u]; ok && got == n && len(s.published) == 0 {
			return
		}
		p := receive(s, s.published)
		seen[p.URI] = len(p.Diagnostics)
	}
}

// TestConfiguration: an editor that can be asked for its settings is, for each folder, and again when they change.
func TestConfiguration(t *testing.T) {
	a, b := newFolder(t, "x.py", ""), newFolder(t, "y.py", "", "aiolens.toml", "ignore = [\"ASYNC251\"]\n")
	s, seen := start(t, Options{Rules: rules.All}), map[uri.URI]int{}
	s.configure("", `{"lint":{"ignore":["ASYNC251"]},"trace":{"server":"off"},"path":["aiolens"]}`)
	s.configure(b.uri(""), `{"lint.ignore":[],"configurationPreference":"editorFirst"}`)
	caps := capable(units[0])
	caps.Workspace.Configuration = new(true)
	s.initialize(&protocol.InitializeParams{Capabilities: caps, InitializationOptions: protocol.LSPAny(`{"settings":{"select":["ASYNC210"]}}`),
		WorkspaceFoldersInitializeParams: protocol.WorkspaceFoldersInitializeParams{WorkspaceFolders: protocol.NewNullable([]protocol.WorkspaceFolder{
			{URI: a.uri(""), Name: "a"}, {URI: b.uri(""), Name: "b"}})}})
	s.didOpen(a.uri("x.py"), "import time\nasync def f():\n    time.sleep(1)\n")
	s.didOpen(b.uri("y.py"), "import time\nasync def f():\n    time.sleep(1)\n")
	s.settled(seen, a.uri("x.py"), 0)
	s.settled(seen, b.uri("y.py"), 1)
	s.configure(b.uri(""), `{"lint":{"ignore":[]},"configurationPreference":"filesystemFirst"}`)
	s.configure("", `{}`)
	s.ok(s.srv.DidChangeConfiguration(s.ctx, &protocol.DidChangeConfigurationParams{}))
	s.settled(seen, a.uri("x.py"), 0) // what initialize said
	s.settled(seen, b.uri("y.py"), 0)
	s.configure("", `{"enable":true}`)
	s.configure(b.uri(""), `{"enable":false}`)
	s.ok(s.srv.DidChangeConfiguration(s.ctx, &protocol.DidChangeConfigurationParams{}))
	s.settled(seen, a.uri("x.py"), 1)
	s.settled(seen, b.uri("y.py"), 0)
	if len(s.shown) > 0 {
		t.Errorf("shown: %v", <-s.shown)
	}
	s.configure("", `{"hover":{"enabled":true},"enable":"yes","lint":3,"interpreter":["a", "-b"],"configurationPreference":"none"}`)
	s.ok(s.srv.DidChangeConfiguration(s.ctx, &protocol.DidChangeConfigurationParams{}))
	for range 4 {
		receive(s, s.shown)
	}
}

// TestConfigurationFirst: nothing is shown that the editor's settings ignore, not even until it has told them.
func TestConfigurationFirst(t *testing.T) {
	for _, pull := range []bool{false, true} {
		s := start(t, Options{Rules: rules.All})
		s.slow = 50 * time.Millisecond
		s.configure("", `{"ignore":["ASYNC251"]}`)
		caps := capable(units[0])
		caps.Workspace.Configuration = new(true)
		params := &protocol.InitializeParams{Capabilities: caps}
		if pull {
			pulls(params)
		}
		s.initialize(params)
		s.didOpen(app, "import time\nasync def f():\n    time.sleep(1)\n")
		if !pull {
			if found := s.version(app, 1); len(found) > 0 {
				t.Errorf("%v", found)
			}
			continue
		}
		if found, _, _ := s.pull(app, ""); len(found) > 0 {
			t.Errorf("%v", found)
		}
	}
}

// TestConfigurationLate: an editor that is not there yet when it is asked is asked again.
func TestConfigurationLate(t *testing.T) {
	s, seen := start(t, Options{Rules: rules.All}), map[uri.URI]int{}
	s.deaf = 1
	s.configure("", `{"ignore":["ASYNC251"]}`)
	caps := capable(units[0])
	caps.Workspace.Configuration = new(true)
	s.initialize(&protocol.InitializeParams{Capabilities: caps})
	s.didOpen(app, "import time\nasync def f():\n    time.sleep(1)\n")
	s.settled(seen, app, 1)
	begin := time.Now()
	s.settled(seen, app, 0)
	if took := time.Since(begin); took > answerTime/2 {
		t.Errorf("after %v", took)
	}
}

// TestOverlap: what ruff shows is not shown again, and is mended nevertheless.
func TestOverlap(t *testing.T) {
	f := newFolder(t, "app.py", "", "ruff.toml", "")
	s := open(t, units[0], Options{Rules: rules.All})
	u := f.uri("app.py")
	s.didOpen(u, "import asyncio, time\nasync def f():\n    time.sleep(1)\n    asyncio.sleep(1)\n")
	found := s.version(u, 1)
	if len(found) != 1 || found[0].Code != protocol.String("AIO102") {
		t.Errorf("%v", found)
	}
	if h := s.hover(u, 2, 6); h == nil || !strings.Contains(h.Contents.(*protocol.MarkupContent).Value, "ASYNC251") {
		t.Errorf("hover %v", h)
	}
	params := &protocol.CodeActionParams{Range: between(2, 6, 2, 6)}
	params.TextDocument.URI = u
	actions, err := s.srv.CodeAction(s.ctx, params)
	s.ok(err)
	if len(actions) == 0 || !strings.Contains(actions[0].(*protocol.CodeAction).Title, "asyncio.sleep") {
		t.Errorf("actions %v", actions)
	}
}

// TestOverlapOfTypeCheckers: what pyright is sure to show is not shown again, and is mended nevertheless. What it may not know is shown.
func TestOverlapOfTypeCheckers(t *testing.T) {
	const text = "import aiohttp, asyncio\nclass A:\n    async def a(self): ...\nasync def f(a: A, s: aiohttp.ClientSession, x):\n" +
		"    a.a()\n    (a.a())\n    asyncio.sleep(1)\n" + // lines 4 to 6: as pyright
		"    _ = a.a()\n    [a.a()]\n    a.a() if x else None\n    s.close()\n    asyncio.wait([])\n    asyncio.gather()\n"
	for settings, want := range map[string]string{
		`{}`:                                   "4 5 6 7 8 9 10 11 12",
		`{"typeCheckingMode": "standard"}`:     "7 8 9 10 12",
		`{"reportUnusedCoroutine": "warning"}`: "7 8 9 10 12",
	} {
		f := newFolder(t, "app.py", "", "pyrightconfig.json", settings)
		s := open(t, units[0], Options{Rules: rules.All})
		u := f.uri("app.py")
		s.didOpen(u, text)
		var lines []string
		for _, d := range s.version(u, 1) {
			if strings.HasPrefix(string(d.Code.(protocol.String)), "AIO10") {
				lines = append(lines, fmt.Sprint(d.Range.Start.Line))
			}
		}
		if got := strings.Join(lines, " "); got != want {
			t.Errorf("%s: lines %s, want %s", settings, got, want)
		}
		params := &protocol.CodeActionParams{Range: between(4, 6, 4, 6)}
		params.TextDocument.URI = u
		actions, err := s.srv.CodeAction(s.ctx, params)
		s.ok(err)
		if len(actions) == 0 || actions[0].(*protocol.CodeAction).Title != "Await `a.a()`" {
			t.Errorf("actions %v", actions)
		}
	}
}
