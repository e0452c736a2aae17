package server

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// profiles are what real editors say in initialize, by name.
func profiles(t *testing.T) map[string]object {
	t.Helper()
	paths, err := filepath.Glob("../testdata/clients/*.json")
	if err != nil || len(paths) == 0 {
		t.Fatal("no profiles: ", err)
	}
	all := map[string]object{}
	for _, path := range paths {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		v, err := decodeJSON(string(raw))
		if err != nil {
			t.Fatal(path, err)
		}
		all[strings.TrimSuffix(filepath.Base(path), ".json")] = v.(object)
	}
	return all
}

// What the documents of the play hold: lines that end in \r\n, and characters that count differently in each unit.
const (
	playMain = "import asyncio\r\nimport time\r\n\r\nimport störe\r\n\r\n\r\nasync def wörk(n):\r\n" +
		"    x = \"😀é😀\"; time.sleep(1); störe.load()\r\n    \"😀\"; asyncio.sleep(1)\r\n    return x\r\n\r\n\r\n" +
		"async def main():\r\n    await wörk(2)\r\n    \"é😀\"; wörk(\"😀\"); asyncio.create_task(wörk(1))\r\n"
	playStore = "import time\r\n\r\n\r\ndef load():\r\n    '😀'; time.sleep(1)\r\n"
	playOther = "import time\nasync def f():\n    '😀'; time.sleep(1)\n"
)

// play is a session of a client that uses all that the server says it can.
type play struct {
	*strict
	root    string
	main    string // URIs
	store   string
	logged  *logBook
	profile object
}

// logBook keeps what the server logs as an error.
type logBook struct {
	mu    sync.Mutex
	lines []string
}

func (l *logBook) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.lines) < 20 {
		l.lines = append(l.lines, string(p))
	}
	return len(p), nil
}

func (l *logBook) logger() *slog.Logger {
	return slog.New(slog.NewTextHandler(l, &slog.HandlerOptions{Level: slog.LevelError}))
}

func (l *logBook) empty(t *testing.T) {
	t.Helper()
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, line := range l.lines {
		t.Error("logged: ", line)
	}
}

// fileURI spells a path as editors do.
func fileURI(path string) string {
	var b strings.Builder
	for _, part := range strings.Split(filepath.ToSlash(path), "/")[1:] {
		b.WriteString("/" + url.PathEscape(part))
	}
	return "file://" + b.String()
}

// startPlay starts a session of a profile in a folder with a few files. change may change what the profile says.
func startPlay(t *testing.T, profile object, change func(object)) *play {
	raw, err := json.Marshal(profile)
	if err != nil {
		t.Fatal(err)
	}
	root := filepath.Join(t.TempDir(), "my wörk+space")
	if err := os.MkdirAll(root, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"main.py": playMain, "störe.py": playStore, "closed one.py": playOther, "pyproject.toml": "[project]\nname = 'x'\n",
	} {
		if err := os.WriteFile(filepath.Join(root, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	text := strings.ReplaceAll(string(raw), "file:///workspace/demo", fileURI(root))
	quoted, _ := json.Marshal(root)
	text = strings.ReplaceAll(text, "/workspace/demo", strings.Trim(string(quoted), `"`))
	v, err := decodeJSON(text)
	if err != nil {
		t.Fatal(err)
	}
	p := &play{root: root, logged: &logBook{}, profile: v.(object)}
	if change != nil {
		change(p.profile)
	}
	p.strict = startStrict(t, Options{Log: p.logged.logger(), Version: "1.2.3", quiet: 5 * time.Millisecond})
	p.main, p.store = fileURI(filepath.Join(root, "main.py")), fileURI(filepath.Join(root, "störe.py"))
	p.caps, _ = p.profile["capabilities"].(object)
	p.settings = object{"inlayHints": object{"enable": true}, "codeLens": object{"enable": true}, "diagnosticMode": "workspace"}
	p.traces = true
	p.files = func(u string) (string, bool) {
		parsed, err := url.Parse(u)
		if err != nil || parsed.Scheme != "file" || fileURI(parsed.Path) != u { // it is not known in another spelling
			return "", false
		}
		text, err := os.ReadFile(parsed.Path)
		return string(text), err == nil
	}
	return p
}

func (p *play) initialize() {
	p.Helper()
	p.fails("textDocument/hover", p.at("hover", p.main, 0), -32002)
	p.fails("custom/thing", object{}, -32002)
	p.fails("shutdown", nil, -32002)
	if token, ok := p.profile["workDoneToken"].(string); ok {
		p.mu.Lock()
		p.tokens[token] = false
		p.mu.Unlock()
	}
	result, _ := p.call("initialize", p.profile).(object)
	p.mu.Lock()
	p.server, _ = result["capabilities"].(object)
	if unit, ok := p.server["positionEncoding"].(string); ok {
		p.unit = unit
	}
	p.mu.Unlock()
	if p.unit != "utf-16" && !p.has(p.unit, "general", "positionEncodings") {
		p.Errorf("positions in %s, which was not offered", p.unit)
	}
	p.fails("initialize", p.profile, -32600)
	p.notify("initialized", object{})
}

// at are the parameters of a request about a place in a document.
func (p *play) at(_, u string, offset int) object {
	text := ""
	if doc := p.texts[u]; doc != nil {
		text = doc.text
	}
	return object{"textDocument": object{"uri": u}, "position": positionIn(text, offset, p.unit)}
}

// in is a range of a document.
func (p *play) in(u string, from, to int) object {
	text := p.texts[u].text
	return object{"start": positionIn(text, from, p.unit), "end": positionIn(text, to, p.unit)}
}

func (p *play) all(u string) object { return p.in(u, 0, len(p.texts[u].text)) }

// steps say how the play uses what a server can do. What has no step here fails the play: it must get one with the feature.
var steps = map[string]func(*play, any){
	"positionEncoding":       func(*play, any) {},
	"textDocumentSync":       (*play).synchronize,
	"diagnosticProvider":     (*play).pull,
	"hoverProvider":          (*play).hovers,
	"codeActionProvider":     (*play).actions,
	"callHierarchyProvider":  (*play).hierarchy,
	"inlayHintProvider":      (*play).hints,
	"codeLensProvider":       (*play).lenses,
	"completionProvider":     (*play).completions,
	"executeCommandProvider": (*play).commands,
	"notebookDocumentSync":   (*play).notebook,
	"workspace":              (*play).workspace,
}

// order is that in which the steps are taken.
var order = []string{"positionEncoding", "diagnosticProvider", "hoverProvider", "codeActionProvider", "callHierarchyProvider", "inlayHintProvider",
	"codeLensProvider", "completionProvider", "executeCommandProvider", "notebookDocumentSync", "workspace", "textDocumentSync"}

// perform plays all, and returns what does not depend on the client: what was found, and the text behind each fix.
func (p *play) perform() (outcome []string) {
	p.Helper()
	p.initialize()
	p.open(p.main, playMain)
	for _, d := range p.wantsFindings(p.main) {
		d := d.(object)
		outcome = append(outcome, fmt.Sprintf("%s %q %v", d["code"], p.slice(p.main, d["range"]), d["message"]))
		actions, _ := p.call("textDocument/codeAction", object{"textDocument": object{"uri": p.main}, "range": d["range"],
			"context": object{"diagnostics": []any{d}, "triggerKind": 1, "only": []any{"quickfix"}}}).([]any)
		for _, a := range actions {
			a := p.resolved(a.(object))
			if title := a["title"].(string); a["edit"] != nil && !strings.HasSuffix(title, "in this project") {
				outcome = append(outcome, title+"\n"+p.applied(p.main, a["edit"]))
			}
		}
	}
	for _, name := range order {
		if options := p.server[name]; options != nil && options != false {
			steps[name](p, options)
		}
	}
	for name := range p.server {
		if steps[name] == nil {
			p.Errorf("the server says %s, which no step of the play uses", name)
		}
	}
	p.others()
	p.call("shutdown", nil)
	p.fails("textDocument/hover", p.at("hover", p.main, 0), -32600)
	p.notify("exit", nil)
	select {
	case err := <-p.done:
		if err != nil {
			p.Errorf("the session ended with %v", err)
		}
	case <-time.After(strictPatience()):
		p.Fatal("exit does not end the session")
	}
	p.logged.empty(p.T)
	p.mu.Lock()
	defer p.mu.Unlock()
	for token, running := range p.tokens {
		if running {
			p.Errorf("progress never ends: %s", token)
		}
	}
	if pushes := p.counts["textDocument/publishDiagnostics"] > 0; pushes == (p.server["diagnosticProvider"] != nil) {
		p.Errorf("findings are published: %v, and asked for: %v", pushes, !pushes)
	}
	return outcome
}

// resolved asks for the edit of an action that comes without.
func (p *play) resolved(a object) object {
	p.Helper()
	if a["edit"] != nil || a["command"] != nil {
		return a
	}
	id := p.ask("codeAction/resolve", a)
	full, code := p.answer(id)
	if code != 0 {
		p.Errorf("codeAction/resolve of %v: error %d", a["title"], code)
		return a
	}
	for key, was := range a {
		if now := full.(object)[key]; brief(now) != brief(was) {
			p.Errorf("codeAction/resolve changes %s from %s to %s", key, brief(was), brief(now))
		}
	}
	return full.(object)
}

// pull asks for findings: again without a change, and for those of all files.
func (p *play) pull(options any) {
	ask := object{"textDocument": object{"uri": p.main}}
	if id := options.(object)["identifier"]; id != nil {
		ask["identifier"] = id
	}
	report, _ := p.call("textDocument/diagnostic", ask).(object)
	if id := report["resultId"]; id != nil {
		ask["previousResultId"] = id
		if again := p.call("textDocument/diagnostic", ask).(object); again["kind"] != "unchanged" {
			p.Errorf("nothing has changed: %s", brief(again))
		}
	}
	if options.(object)["workspaceDiagnostics"] != true {
		return
	}
	id := p.ask("workspace/diagnostic", object{"previousResultIds": []any{}, "partialResultToken": "parts"})
	if p.profile["rootUri"] != nil {
		p.until("findings of closed files", func() bool { return len(p.partials["parts"]) > 0 })
	}
	p.notify("$/cancelRequest", object{"id": id})
	if _, code := p.answer(id); code != -32800 && code != -32802 {
		p.Errorf("a cancelled request: code %d", code)
	}
}

func (p *play) hovers(any) {
	cards := 0
	for offset := 0; offset < len(playMain); offset += 5 {
		for offset > 0 && offset < len(playMain) && playMain[offset]&0xC0 == 0x80 {
			offset++
		}
		if p.call("textDocument/hover", p.at("", p.main, offset)) != nil {
			cards++
		}
	}
	if cards == 0 {
		p.Error("no hover anywhere")
	}
}

func (p *play) actions(options any) {
	seen := map[string]int{}
	for _, only := range [][]any{nil, {"quickfix"}, {"source"}, {"source.fixAll"}, {"source.fixAll.aiolens"}, {"refactor"}, {"refactor.rewrite"}, {"source.organizeImports"}, {""}} {
		context := object{"diagnostics": []any{}}
		if only != nil {
			context["only"] = only
		}
		for _, r := range []object{p.all(p.main), p.in(p.main, strings.Index(playMain, "load"), strings.Index(playMain, "load"))} {
			actions, _ := p.call("textDocument/codeAction", object{"textDocument": object{"uri": p.main}, "range": r, "context": context}).([]any)
			for _, a := range actions {
				a := a.(object)
				kind, _ := a["kind"].(string)
				seen[kind]++
				if only != nil && only[0] != "" && kind != only[0] && !strings.HasPrefix(kind, only[0].(string)+".") {
					p.Errorf("asked only for %v: %s", only, brief(a))
				}
				if kinds, _ := options.(object)["codeActionKinds"].([]any); !slices.Contains(kinds, any(kind)) {
					p.Errorf("a kind that was not announced: %s", kind)
				}
				p.resolved(a)
			}
		}
	}
	if seen["quickfix"] == 0 || seen["source.fixAll.aiolens"] == 0 {
		p.Errorf("actions: %v", seen)
	}
	p.fails("codeAction/resolve", object{"title": "of nobody", "data": 123456}, -32801)
	p.fails("codeAction/resolve", object{"title": "of nobody"}, -32801)
}

func (p *play) hierarchy(any) {
	items, _ := p.call("textDocument/prepareCallHierarchy", p.at("", p.main, strings.Index(playMain, "wörk"))).([]any)
	if len(items) != 1 {
		p.Errorf("call hierarchy: %s", brief(items))
		return
	}
	calls := 0
	for range 3 {
		var next []any
		for _, item := range items {
			out, _ := p.call("callHierarchy/outgoingCalls", object{"item": item}).([]any)
			in, _ := p.call("callHierarchy/incomingCalls", object{"item": item}).([]any)
			for _, o := range out {
				next = append(next, o.(object)["to"])
			}
			calls += len(in) + len(out)
		}
		items = next
	}
	if calls < 3 {
		p.Errorf("%d calls in the hierarchy", calls)
	}
}

func (p *play) hints(any) {
	hints, _ := p.call("textDocument/inlayHint", object{"textDocument": object{"uri": p.main}, "range": p.all(p.main)}).([]any)
	if len(hints) == 0 && p.can("workspace", "configuration") {
		p.Error("no inlay hints")
	}
	for _, h := range hints {
		if options, ok := p.server["inlayHintProvider"].(object); ok && options["resolveProvider"] == true {
			p.call("inlayHint/resolve", h)
		}
	}
}

func (p *play) lenses(options any) {
	lenses, _ := p.call("textDocument/codeLens", object{"textDocument": object{"uri": p.main}}).([]any)
	if len(lenses) == 0 && p.can("workspace", "configuration") {
		p.Error("no code lenses")
	}
	for _, l := range lenses {
		if l.(object)["command"] == nil {
			if o, ok := options.(object); !ok || o["resolveProvider"] != true {
				p.Errorf("a lens without a command: %s", brief(l))
				continue
			}
			if l = p.call("codeLens/resolve", l); l.(object)["command"] == nil {
				p.Errorf("a lens without a command: %s", brief(l))
			}
		}
	}
}

// completions completes what people type, character by character.
func (p *play) completions(options any) {
	o, _ := options.(object)
	for _, typed := range []string{"as", "\r\n    task", "\r\nasyncio.T", "\r\n# aiolens: ig", "\r\n    x = 1  # noqa: A", "\r\n    await asyncio.g", "\r\n'😀'; aio"} {
		at := len(p.texts[p.main].text)
		for i, r := range typed {
			p.edit(p.main, at+i, at+i, string(r))
			params := p.at("", p.main, at+i+len(string(r)))
			if p.can("textDocument", "completion", "contextSupport") {
				params["context"] = object{"triggerKind": 1}
			}
			result := p.call("textDocument/completion", params)
			items, _ := result.([]any)
			if list, ok := result.(object); ok {
				items, _ = list["items"].([]any)
			}
			for i, item := range items {
				if o["resolveProvider"] == true && i < 20 {
					p.call("completionItem/resolve", item)
				}
			}
		}
		p.edit(p.main, at, len(p.texts[p.main].text), "")
	}
}

func (p *play) commands(options any) {
	for _, name := range options.(object)["commands"].([]any) {
		p.call("workspace/executeCommand", object{"command": name})
	}
	p.fails("workspace/executeCommand", object{"command": "of.others"}, -32602)
}

func (p *play) notebook(any) {
	book := fileURI(filepath.Join(p.root, "book.ipynb"))
	cell := func(name string) string {
		return strings.Replace(book, "file://", "vscode-notebook-cell:", 1) + "#" + name + "sZmlsZQ%3D%3D"
	}
	texts := map[string]string{cell("a"): "'😀'\r\nimport asyncio\nasync def f():\n    '😀'; asyncio.sleep(1)\n", cell("b"): "'😀'; f()\n"}
	var cells, documents []any
	p.mu.Lock()
	for _, u := range slices.Sorted(maps.Keys(texts)) {
		p.texts[u] = &openText{version: 1, text: texts[u]}
		cells = append(cells, object{"kind": 2, "document": u})
		documents = append(documents, object{"uri": u, "languageId": "python", "version": 1, "text": texts[u]})
	}
	p.mu.Unlock()
	p.notify("notebookDocument/didOpen", object{"notebookDocument": object{"uri": book, "notebookType": "jupyter-notebook", "version": 1, "cells": cells}, "cellTextDocuments": documents})
	for u, want := range map[string]string{cell("a"): "asyncio.sleep(1)", cell("b"): "f()"} {
		if found := p.wantsFindings(u); p.server["diagnosticProvider"] != nil && len(found) == 0 {
			p.Errorf("no findings of %s", u)
		} else if len(found) != 1 || p.slice(u, found[0].(object)["range"]) != want {
			p.Errorf("%s: %s", u, brief(found))
		} else {
			at := strings.Index(texts[u], want)
			p.call("textDocument/hover", p.at("", u, at))
			actions, _ := p.call("textDocument/codeAction", object{"textDocument": object{"uri": u}, "range": p.in(u, at, at), "context": object{"diagnostics": []any{}}}).([]any)
			for _, a := range actions {
				p.resolved(a.(object))
			}
			p.call("textDocument/inlayHint", object{"textDocument": object{"uri": u}, "range": p.all(u)})
		}
	}
	// The first cell loses a line.
	a := cell("a")
	p.mu.Lock()
	gone := p.in(a, 0, len("'😀'\r\n"))
	p.texts[a] = &openText{version: 2, text: texts[a][len("'😀'\r\n"):]}
	p.mu.Unlock()
	p.notify("notebookDocument/didChange", object{"notebookDocument": object{"uri": book, "version": 2}, "change": object{"cells": object{"textContent": []any{
		object{"document": object{"uri": a, "version": 2}, "changes": []any{object{"range": gone, "text": ""}}}}}}})
	if found := p.wantsFindings(a); len(found) != 1 || p.slice(a, found[0].(object)["range"]) != "asyncio.sleep(1)" {
		p.Errorf("%s: %s", a, brief(found))
	}
	p.notify("notebookDocument/didSave", object{"notebookDocument": object{"uri": book}})
	p.mu.Lock()
	for u := range texts {
		delete(p.texts, u)
	}
	p.mu.Unlock()
	p.notify("notebookDocument/didClose", object{"notebookDocument": object{"uri": book}, "cellTextDocuments": []any{object{"uri": cell("a")}, object{"uri": cell("b")}}})
}

func (p *play) workspace(any) {
	dir := filepath.Join(p.root, "ander's")
	path := filepath.Join(dir, "néw.py")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		p.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(playOther), 0o644); err != nil {
		p.Fatal(err)
	}
	folder := object{"uri": fileURI(dir), "name": "ander's"}
	p.notify("workspace/didChangeWorkspaceFolders", object{"event": object{"added": []any{folder}, "removed": []any{}}})
	p.notify("workspace/didChangeWatchedFiles", object{"changes": []any{object{"uri": fileURI(path), "type": 1}, object{"uri": p.store, "type": 2}}})
	p.call("textDocument/hover", p.at("", p.main, 0))
	p.notify("workspace/didChangeWorkspaceFolders", object{"event": object{"added": []any{}, "removed": []any{folder}}})
	operations, _ := p.server["workspace"].(object)["fileOperations"].(object)
	for name := range operations {
		if !p.can("workspace", "fileOperations", name) {
			p.Errorf("the client does not tell of %s", name)
		}
		files := []any{object{"uri": fileURI(dir)}}
		if name == "didRename" {
			files = []any{object{"oldUri": fileURI(dir), "newUri": fileURI(dir + "2")}}
		}
		p.notify("workspace/"+name+"Files", object{"files": files})
	}
	p.notify("workspace/didChangeWatchedFiles", object{"changes": []any{object{"uri": fileURI(path), "type": 3}}})
}

// synchronize edits and saves documents, and opens others in the spellings that editors have for them.
func (p *play) synchronize(any) {
	found := len(p.wantsFindings(p.main))
	at := strings.Index(playMain, "time.sleep(1)")
	p.edit(p.main, at, at, "'😀é'; ")
	for _, d := range p.wantsFindings(p.main) {
		if d := d.(object); d["code"] == "ASYNC251" && p.slice(p.main, d["range"]) != "time.sleep" {
			p.Errorf("%s is at %q", brief(d), p.slice(p.main, d["range"]))
		}
	}
	p.edit(p.main, at, at+len("'😀é'; "), "")
	if now := len(p.wantsFindings(p.main)); now != found {
		p.Errorf("%d findings, and %d after an edit was undone", found, now)
	}
	p.notify("textDocument/didSave", object{"textDocument": object{"uri": p.main}})
	p.open(p.store, playStore)
	p.wantsFindings(p.store)
	p.edit(p.store, 0, 0, "'😀'\r\n") // places in it, which findings of others name, move
	p.edit(p.main, 0, 0, "\r\n")
	p.wantsFindings(p.main)
	for _, u := range []string{"file:///c:/my dir/ä.py", "file:///c%3a/A.py", "file:///home/me/%C3%A9%20b+c.py", "untitled:Untitled-1"} {
		p.open(u, playOther)
		found := p.wantsFindings(u)
		if len(found) != 1 || p.slice(u, found[0].(object)["range"]) != "time.sleep" {
			p.Errorf("%s: %s", u, brief(found))
			continue
		}
		actions, _ := p.call("textDocument/codeAction", object{"textDocument": object{"uri": u}, "range": found[0].(object)["range"], "context": object{"diagnostics": found}}).([]any)
		for _, a := range actions {
			p.resolved(a.(object))
		}
		p.close(u)
	}
	p.open("git:/home/me/app.py?ref", playOther)
	p.notify("textDocument/didChange", object{"textDocument": object{"uri": "file:///never/opened.py", "version": 2}, "contentChanges": []any{object{"text": "x"}}})
	p.call("textDocument/hover", object{"textDocument": object{"uri": "file:///never/opened.py"}, "position": object{"line": 0, "character": 0}})
	p.mu.Lock()
	if p.published["git:/home/me/app.py?ref"] != nil {
		p.Error("findings in an old version")
	}
	p.mu.Unlock()
	p.close("git:/home/me/app.py?ref")
	p.close(p.store)
	if p.server["diagnosticProvider"] == nil {
		p.until("no findings of a closed document", func() bool {
			return len(p.published["untitled:Untitled-1"]["diagnostics"].([]any)) == 0
		})
	}
}

// others are messages that need no capability, or that no server understands.
func (p *play) others() {
	p.notify("$/setTrace", object{"value": "verbose"})
	p.call("textDocument/hover", p.at("", p.main, 0))
	p.until("a trace", func() bool { return p.counts["$/logTrace"] > 0 })
	p.notify("$/setTrace", object{"value": "off"})
	p.notify("workspace/didChangeConfiguration", object{"settings": object{"aiolens": object{"hover": object{"enable": false}}}})
	p.notify("workspace/didChangeConfiguration", object{"settings": nil})
	p.notify("$/unknown", object{"x": 1})
	p.notify("custom/unknown", []any{1, 2})
	p.notify("$/cancelRequest", object{"id": 99999})
	p.notify("$/cancelRequest", object{"id": "text"})
	p.fails("custom/unknown", object{"x": 1}, -32601)
	p.fails("$/unknown", nil, -32601)
	p.fails("textDocument/hover", object{"textDocument": "x"}, -32602)
	for method, r := range p.model.requests {
		if r.MessageDirection == "serverToClient" || r.ServerCapability == "" || strings.Contains(r.ServerCapability, ".") || p.server[r.ServerCapability] != nil {
			continue
		}
		// It was not announced: not known, or answered as if it had been, but never silence.
		p.mu.Lock()
		p.last++
		id := p.last
		p.waiting[id] = question{method: method, uri: p.main}
		p.mu.Unlock()
		p.write(object{"jsonrpc": "2.0", "id": id, "method": method, "params": object{}})
		if _, code := p.answer(id); code != -32601 && code != -32602 && code != 0 && code != -32801 {
			p.Errorf("%s: code %d", method, code)
		}
	}
}

// TestConformance plays every profile as it is, with findings pushed and pulled, and with each unit of columns alone. What was found and
// what a fix makes of the text is the same for all.
func TestConformance(t *testing.T) {
	var mu sync.Mutex
	outcomes := map[string][]string{}
	variants := map[string]func(object){
		"push": nil,
		"pull": func(p object) {
			if says, ok := p["initializationOptions"].(object); !ok || says["demoAsync"] == nil {
				p["initializationOptions"] = object{}
			}
			p["initializationOptions"].(object)["aiolens"] = object{"diagnosticModel": "pull"}
			delete(p["initializationOptions"].(object), "demoAsync")
		},
	}
	for _, unit := range []string{"utf-8", "utf-16", "utf-32"} {
		variants[unit] = func(p object) {
			caps := p["capabilities"].(object)
			general, _ := caps["general"].(object)
			general = maps.Clone(general)
			if general == nil {
				general = object{}
			}
			general["positionEncodings"] = []any{unit}
			caps["general"] = general
		}
	}
	t.Run("all", func(t *testing.T) {
		for name, profile := range profiles(t) {
			for variant, change := range variants {
				if testing.Short() && variant != "push" {
					continue
				}
				t.Run(name+"/"+variant, func(t *testing.T) {
					t.Parallel()
					p := startPlay(t, profile, change)
					if variant == "utf-32" { // settings would be in a new file
						if err := os.Remove(filepath.Join(p.root, "pyproject.toml")); err != nil {
							t.Fatal(err)
						}
					}
					outcome := p.perform()
					if strings.HasPrefix(variant, "utf") && p.unit != variant {
						t.Errorf("only %s is offered, and %s is spoken", variant, p.unit)
					}
					if can := p.can("textDocument", "diagnostic") && p.can("workspace", "diagnostics", "refreshSupport"); variant == "pull" && (p.server["diagnosticProvider"] != nil) != can {
						t.Errorf("findings can be asked for: %v", !can)
					}
					mu.Lock()
					outcomes[name+"/"+variant] = outcome
					mu.Unlock()
				})
			}
		}
	})
	want := outcomes["vscode-1.139.1-languageclient-11.0.0/push"]
	if len(want) < 10 {
		t.Errorf("found only %q", want)
	}
	for name, got := range outcomes {
		// Not every editor can do every action; what it can has the same result.
		for _, line := range got {
			if !slices.Contains(want, line) {
				t.Errorf("%s: %q is not in %q", name, line, want)
				break
			}
		}
	}
}
