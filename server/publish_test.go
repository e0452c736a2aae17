package server

import (
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
)

func TestPublish(t *testing.T) {
	for enc, column := range map[protocol.PositionEncodingKind]uint32{units[0]: 15, units[1]: 18, units[2]: 14} {
		t.Run(string(enc), func(t *testing.T) {
			s := open(t, enc, Options{})
			s.didOpen(app, "import time\r\nasync def f():\r\n    x = \"é😀\"; time.sleep(2); requests.get()\r\n")
			found := s.version(app, 1)
			if len(found) != 2 {
				t.Fatalf("found %v", found)
			}
			d := found[0]
			if want := between(2, column, 2, column+10); d.Range != want {
				t.Errorf("range %v, want %v", d.Range, want)
			}
			if d.Severity != protocol.DiagnosticSeverityError || found[1].Severity != protocol.DiagnosticSeverityHint {
				t.Errorf("severities %v %v", d.Severity, found[1].Severity)
			}
			if d.Code != protocol.String("ASYNC251") || d.Message != protocol.String("time.sleep blocks the event loop") {
				t.Errorf("code %v, message %v", d.Code, d.Message)
			}
			if source, _ := d.Source.Get(); source != "aiolens" {
				t.Errorf("source %q", source)
			}
			if want := uri.URI("https://docs.python.org/3/library/asyncio-dev.html#running-blocking-code"); d.CodeDescription.Href != want {
				t.Errorf("href %q", d.CodeDescription.Href)
			}
			if found[1].CodeDescription.Href != "" {
				t.Errorf("href %q without a reference", found[1].CodeDescription.Href)
			}
			if string(d.Data) != `{"code":"ASYNC251"}` {
				t.Errorf("data %s", d.Data)
			}
			if r := d.RelatedInformation; len(r) != 1 || r[0].Location.URI != app || r[0].Location.Range != between(0, 0, 0, 1) {
				t.Errorf("related %v", r)
			}
		})
	}
}

// TestRelatedFile: a place in another file is where its text stands now, under the name that the editor has for the file.
func TestRelatedFile(t *testing.T) {
	const there = "/home/me/c:/other file.py"
	file := python.NewFile(there, python.NewText("x = 1\n'😀'; y\nz = 1\n"))
	var seen atomic.Pointer[python.File] // as it was first
	seen.Store(file)
	s := open(t, units[0], Options{check: func(f *python.File, _ *diagnostics.Memo) []diagnostics.Finding {
		if f.Path == there {
			seen.CompareAndSwap(file, f)
			return nil
		}
		related := diagnostics.Related{File: seen.Load(), Span: python.Span{Start: 14, End: 15}, Message: "here"}
		return []diagnostics.Finding{{Rule: sleepRule, Severity: diagnostics.Error, Related: []diagnostics.Related{related}}}
	}})
	s.didOpen(app, "x\n")
	version := int32(1)
	wants := func(u uri.URI, line, column uint32) {
		t.Helper()
		want := protocol.Location{URI: u, Range: between(line, column, line, column+1)}
		if r := s.version(app, version)[0].RelatedInformation; len(r) != 1 || r[0].Location != want {
			t.Errorf("related %v, want %v", r, want)
		}
		version++
	}
	wants(uri.File(there), 1, 6)

	const spelled = "file:///home/me/c:/other%20file.py"
	item := map[string]any{"text": file.Text().String(), "languageId": "python", "version": 1, "uri": spelled}
	s.ok(s.conn.Notify(s.ctx, protocol.MethodTextDocumentDidOpen, map[string]any{"textDocument": item}))
	other := uri.File(there)
	s.version(other, 1)
	edit := func(otherVersion int32, change protocol.TextDocumentContentChangeEvent) {
		t.Helper()
		s.didChange(other, otherVersion, change)
		s.hover(other, 0, 0) // it is analysed
		s.didChange(app, version)
	}
	edit(2, insert(0, 0, "\n\n"))
	// Decoding makes the URI canonical again; TestSpelling looks at the wire.
	wants(other, 3, 6)
	edit(3, insert(3, 7, ", more")) // behind the place, in the same statement
	wants(other, 3, 6)
	edit(4, insert(3, 0, "-"))
	if r := s.version(app, version)[0].RelatedInformation; r != nil {
		t.Errorf("related %v, though its statement was edited on both sides", r)
	}
	version++
	edit(5, whole(file.Text().String()))
	wants(other, 1, 6)
	s.didClose(other)
	s.didChange(app, version)
	wants(uri.File(there), 1, 6)
}

// TestPlainEditor: what the editor did not say it understands is not sent.
func TestPlainEditor(t *testing.T) {
	s := start(t, Options{})
	s.initialize(&protocol.InitializeParams{})
	s.didOpen(app, "time.sleep(2)")
	d := s.version(app, 1)[0]
	if d.CodeDescription.Href != "" || d.Data != nil || d.RelatedInformation != nil {
		t.Errorf("diagnostic %+v", d)
	}
}

func TestEveryVersionIsConfirmed(t *testing.T) {
	s := open(t, units[0], Options{})
	s.didOpen(app, "time.sleep(1)\n")
	s.version(app, 1)
	for version := int32(2); version < 10; version++ {
		s.didChange(app, version, insert(1, 0, "x")) // the findings stay the same
		p := receive(s, s.published)
		if v, ok := p.Version.Get(); !ok || v != version || len(p.Diagnostics) != 1 {
			t.Fatalf("published %v after version %d", p, version)
		}
	}
}

func TestClose(t *testing.T) {
	s := open(t, units[0], Options{})
	s.didOpen(app, "time.sleep(1)")
	s.version(app, 1)
	s.didClose(app)
	p := receive(s, s.published)
	if _, ok := p.Version.Get(); p.URI != app || ok || len(p.Diagnostics) != 0 {
		t.Errorf("published %v after close", p)
	}
	s.didOpen(app, "time.sleep(1); time.sleep(1)")
	if found := s.version(app, 1); len(found) != 2 {
		t.Errorf("found %v after opening again", found)
	}
}

// TestCloseWhileAnalysing: whatever comes between, the last word on a closed document is that nothing is wrong with it.
func TestCloseWhileAnalysing(t *testing.T) {
	begun, goOn := make(chan bool), make(chan bool)
	s := open(t, units[0], Options{check: func(f *python.File, m *diagnostics.Memo) []diagnostics.Finding {
		begun <- true
		<-goOn
		return find(f, m)
	}})
	s.didOpen(app, "time.sleep(1)")
	<-begun
	s.didClose(app)
	s.hover(app, 0, 0) // the server has seen the close
	goOn <- true
	if p := receive(s, s.published); len(p.Diagnostics) != 0 {
		t.Errorf("published %v after close", p)
	}
	if len(s.published) > 0 {
		t.Errorf("published again")
	}
}

// TestSupersededVersions: a version that was typed over while it was analysed is not published.
func TestSupersededVersions(t *testing.T) {
	begun, goOn := make(chan bool), make(chan bool)
	s := open(t, units[0], Options{check: func(f *python.File, m *diagnostics.Memo) []diagnostics.Finding {
		begun <- true
		<-goOn
		return find(f, m)
	}})
	s.didOpen(app, "time.sleep(1)\n")
	<-begun
	for version := int32(2); version <= 50; version++ {
		s.didChange(app, version, insert(0, 0, "\n"))
	}
	s.hover("file:///other.py", 0, 0) // the server has seen all of them
	goOn <- true
	<-begun
	goOn <- true
	p := receive(s, s.published)
	if v, _ := p.Version.Get(); v != 50 || p.Diagnostics[0].Range.Start.Line != 49 {
		t.Errorf("published %v", p)
	}
}

func TestPanic(t *testing.T) {
	s := open(t, units[0], Options{})
	s.didOpen(app, "time.sleep(1)\n")
	if found := s.version(app, 1); len(found) != 1 {
		t.Fatalf("found %v", found)
	}
	for version := int32(2); version < 5; version++ {
		s.didChange(app, version, insert(1, 0, "PANIC"))
		if found := s.version(app, version); len(found) != 0 {
			t.Errorf("found %v after a panic", found)
		}
	}
	if h := s.hover(app, 0, 3); h != nil {
		t.Errorf("hover %v after a panic", h)
	}
	if actions := s.actions(between(0, 0, 1, 0)); len(actions) != 0 {
		t.Errorf("actions %v after a panic", actions)
	}
	if m := receive(s, s.logged); m.Type != protocol.MessageTypeError || !strings.Contains(m.Message, "the rule is broken") {
		t.Errorf("logged %v", m)
	}
	if len(s.logged) > 0 {
		t.Error("logged again")
	}
	s.didChange(app, 5, whole("time.sleep(1)\n"))
	if found := s.version(app, 5); len(found) != 1 {
		t.Errorf("found %v after the mistake was gone", found)
	}
}

// TestBrokenFinding: a panic behind the analysis does not end the server either.
func TestBrokenFinding(t *testing.T) {
	s := open(t, units[0], Options{check: func(f *python.File, m *diagnostics.Memo) []diagnostics.Finding {
		if f.Text().Len() == 0 {
			return []diagnostics.Finding{{}} // without a rule
		}
		return find(f, m)
	}})
	s.didOpen(app, "")
	receive(s, s.logged)
	s.didChange(app, 2, whole("time.sleep(1)"))
	if found := s.version(app, 2); len(found) != 1 {
		t.Errorf("found %v", found)
	}
}

// TestNeverStale: a request that comes right behind a change sees the change, and does not wait for its publishing.
func TestNeverStale(t *testing.T) {
	s := open(t, units[0], Options{check: func(f *python.File, m *diagnostics.Memo) []diagnostics.Finding {
		time.Sleep(time.Millisecond)
		return find(f, m)
	}})
	s.didOpen(app, "")
	for version := int32(2); version < 100; version++ {
		if version%2 == 0 {
			s.didChange(app, version, insert(0, 0, "time.sleep(1)"))
		} else {
			s.didChange(app, version, whole(""))
		}
		if found := s.hover(app, 0, 1) != nil; found != (version%2 == 0) {
			t.Fatalf("version %d: hover %v", version, found)
		}
	}
}

// TestManyAtOnce runs requests and changes of several documents against each other, for the race detector.
func TestManyAtOnce(t *testing.T) {
	s := open(t, units[0], Options{})
	var wg sync.WaitGroup
	for _, u := range []uri.URI{"file:///home/me/a.py", "file:///home/me/b.py", "file:///home/me/c.py"} {
		wg.Go(func() {
			for round := range 20 {
				s.didOpen(u, "import time\n")
				for version := int32(2); version < 10; version++ {
					s.didChange(u, version, insert(0, 0, "time.sleep(1)\n"))
					if round%2 == 0 {
						s.hover(u, 0, 1)
					}
				}
				s.didSave(u)
				s.didClose(u)
			}
		})
	}
	wg.Wait()
	s.hover(app, 0, 0)
	s.ok(s.srv.Shutdown(s.ctx))
}

func TestReference(t *testing.T) {
	for doc, want := range map[string]string{
		"":                                       "",
		"see https://a.b":                        "",
		"# X\n## References\n- none":             "",
		"# X\n## References\n- https://a.b/c.":   "https://a.b/c",
		"## References\n\n- [x](https://a.b/#c)": "https://a.b/#c",
		"## References\n<https://a.b> https://d": "https://a.b",
	} {
		if got := reference(doc); got != want {
			t.Errorf("reference(%q) = %q, want %q", doc, got, want)
		}
	}
}

// TestTags: editors that can are told what is deprecated, and what does nothing.
func TestTags(t *testing.T) {
	for _, can := range []bool{false, true} {
		s := openIn(t, Options{}, func(p *protocol.InitializeParams) {
			if can {
				p.Capabilities.TextDocument.PublishDiagnostics.TagSupport.ValueSet = []protocol.DiagnosticTag{protocol.DiagnosticTagDeprecated, protocol.DiagnosticTagUnnecessary}
			}
		})
		s.didOpen(app, "import asyncio\nasync def f():\n    asyncio.iscoroutinefunction(f)\n    async with asyncio.timeout(1):\n        print()\n    await asyncio.sleep(1)\n")
		tags := map[string]string{}
		for _, d := range s.version(app, 1) {
			tags[string(d.Code.(protocol.String))] = fmt.Sprint(d.Tags.Slice())
		}
		want := map[string]string{"AIO604": "[]", "ASYNC100": "[]"}
		if can {
			want = map[string]string{"AIO604": "[2]", "ASYNC100": "[1]"}
		}
		for code, tag := range want {
			if tags[code] != tag {
				t.Errorf("%v: %s has %s, want %s", can, code, tags[code], tag)
			}
		}
	}
}
