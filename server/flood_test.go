package server

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"
)

// startFlood starts an initialized session of an editor that can do all.
func startFlood(t *testing.T, caps object) (*strict, *logBook) {
	t.Helper()
	book := &logBook{}
	c := startStrict(t, Options{Log: book.logger(), quiet: 5 * time.Millisecond})
	c.begin(caps)
	return c, book
}

func (c *strict) begin(caps object) {
	c.Helper()
	c.caps = caps
	result, _ := c.call("initialize", object{"processId": nil, "rootUri": nil, "capabilities": caps}).(object)
	c.mu.Lock()
	c.server, _ = result["capabilities"].(object)
	if unit, ok := c.server["positionEncoding"].(string); ok {
		c.unit = unit
	}
	c.mu.Unlock()
	c.notify("initialized", object{})
}

// ends wants the session to live, and to end well.
func (c *strict) ends(book *logBook) {
	c.Helper()
	c.open("file:///home/me/alive.py", playOther)
	if found := c.wantsFindings("file:///home/me/alive.py"); len(found) != 1 {
		c.Errorf("found %s", brief(found))
	}
	c.call("shutdown", nil)
	c.notify("exit", nil)
	select {
	case err := <-c.done:
		if err != nil {
			c.Errorf("ended with %v", err)
		}
	case <-time.After(strictPatience()):
		c.Error("exit does not end the session")
	}
	book.empty(c.T)
}

func plainCaps() object {
	return object{"textDocument": object{"publishDiagnostics": object{}, "codeAction": object{"codeActionLiteralSupport": object{"codeActionKind": object{"valueSet": []any{}}}}, "hover": object{}}}
}

const flooded = "file:///home/me/flood.py"

// TestFloodOfChanges: an editor writes 10,000 changes and reads nothing meanwhile; then it is told of the last.
func TestFloodOfChanges(t *testing.T) {
	toServer, in := io.Pipe()
	out, fromServer := io.Pipe()
	book := &logBook{}
	c := newStrict(t, in)
	go func() {
		c.done <- Serve(t.Context(), toServer, fromServer, Options{Log: book.logger()})
		fromServer.Close()
	}()
	t.Cleanup(func() {
		in.Close()
		out.Close()
	})
	send := func(id int, method string, params any) {
		m := object{"jsonrpc": "2.0", "method": method, "params": params}
		if id > 0 {
			m["id"] = id
			c.waiting[id] = question{method: method}
		}
		c.write(m)
	}
	// The answer of initialize is read, for the server writes it before it reads on.
	answered := make(chan struct{})
	goOn := make(chan struct{})
	buffered := bufio.NewReader(out)
	go func() {
		header, _ := buffered.ReadString('\n')
		var n int
		fmt.Sscanf(header, "Content-Length: %d", &n)
		io.CopyN(io.Discard, buffered, int64(n+2))
		close(answered)
		<-goOn
		c.read(buffered)
	}()
	c.caps = plainCaps()
	c.write(object{"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": object{"processId": nil, "rootUri": nil, "capabilities": c.caps}})
	<-answered
	send(0, "initialized", object{})
	text := "import time\nasync def f():\n    time.sleep(1)\n"
	send(0, "textDocument/didOpen", object{"textDocument": object{"uri": flooded, "languageId": "python", "version": 1, "text": text}})
	written := make(chan struct{})
	go func() {
		defer close(written)
		for i := range 10_000 {
			digit := fmt.Sprint(i % 10)
			end := object{"line": 2, "character": 16 + i}
			send(0, "textDocument/didChange", object{"textDocument": object{"uri": flooded, "version": i + 2},
				"contentChanges": []any{object{"range": object{"start": end, "end": end}, "text": digit}}})
			text = text[:len(text)-2] + digit + ")\n"
		}
	}()
	select {
	case <-written:
	case <-time.After(strictPatience()):
		t.Fatal("the server stops reading when nobody reads")
	}
	c.texts[flooded] = &openText{version: 10_001, text: text}
	close(goOn)
	if found := c.wantsFindings(flooded); len(found) != 1 || c.slice(flooded, found[0].(object)["range"]) != "time.sleep" {
		t.Errorf("found %s", brief(found))
	}
	c.last = 1
	c.ends(book)
}

// TestFloodOfRequests: 1,000 requests at once, half of them cancelled, while the text changes. Each is answered once.
func TestFloodOfRequests(t *testing.T) {
	c, book := startFlood(t, plainCaps())
	c.open(flooded, strings.Repeat(playMain, 20))
	var ids []int
	cancelled := map[int]bool{}
	at := object{"line": 7, "character": 15}
	doc := object{"uri": flooded}
	for i := range 1000 {
		switch i % 3 {
		case 0:
			ids = append(ids, c.ask("textDocument/hover", object{"textDocument": doc, "position": at}))
		case 1:
			ids = append(ids, c.ask("textDocument/codeAction", object{"textDocument": doc, "range": object{"start": at, "end": at}, "context": object{"diagnostics": []any{}}}))
		default:
			ids = append(ids, c.ask("workspace/executeCommand", object{"command": printDebugInformation}))
		}
		if i%2 == 1 {
			c.notify("$/cancelRequest", object{"id": ids[i]})
			cancelled[ids[i]] = true
		}
		if i%10 == 0 {
			c.edit(flooded, 0, 0, "#\r\n")
		}
	}
	for _, id := range ids {
		if _, code := c.answer(id); code != 0 && !(cancelled[id] && code == -32800) {
			t.Errorf("request %d, cancelled %v: code %d", id, cancelled[id], code)
		}
	}
	c.ends(book)
}

// TestMonsters opens texts that no human writes: each is answered, and the session lives.
func TestMonsters(t *testing.T) {
	if raced {
		t.Skip("takes minutes with -race, and nothing happens at once")
	}
	sleep := "import time\nasync def f():\n    time.sleep(1)\n"
	line := "async def f(x):\n    time.sleep(x)\n    return [y for y in x if y]\n\n"
	for name, text := range map[string]string{
		"20 MB":              "import time\n" + strings.Repeat(line, 20<<20/len(line)),
		"4 MB":               "import time\n" + strings.Repeat(strings.Replace(line, "time", "await x", 1), 3<<20/len(line)),
		"20 MB on a line":    sleep + "x = [" + strings.Repeat("1, ", 20<<20/3) + "]\n",
		"20 MB of a string":  sleep + "x = '''" + strings.Repeat("é", 10<<20) + "'''\n",
		"brackets":           sleep + strings.Repeat("(", 100_000) + strings.Repeat(")", 100_000) + "\n",
		"open brackets":      sleep + "x = " + strings.Repeat("[", 100_000),
		"closing brackets":   sleep + strings.Repeat("]}) ", 100_000),
		"nested calls":       sleep + strings.Repeat("f(", 100_000) + strings.Repeat(")", 100_000) + "\n",
		"nested blocks":      sleep + deep(5000) + "\n",
		"a chain of dots":    sleep + "x" + strings.Repeat(".y", 100_000) + "\n",
		"a long sum":         sleep + "x = 1" + strings.Repeat(" + 1", 100_000) + "\n",
		"a long chain":       sleep + "x = " + strings.Repeat("not ", 100_000) + "1\n",
		"many elifs":         sleep + "if x: pass\n" + strings.Repeat("elif x: pass\n", 50_000),
		"nested lambdas":     sleep + strings.Repeat("lambda: ", 50_000) + "1\n",
		"nested f-strings":   sleep + strings.Repeat("f'{", 10_000) + strings.Repeat("}'", 10_000) + "\n",
		"NUL":                "\x00" + sleep + "\x00\x00x = '\x00'\n",
		"only NUL":           strings.Repeat("\x00", 1<<20),
		"quotes":             sleep + strings.Repeat("'", 99_999),
		"strange spaces":     sleep + strings.Repeat("\u00a0\u2028\ufeff\v\f", 10_000),
		"indented":           sleep + strings.Repeat(" ", 1<<20) + "x\n",
		"continued":          sleep + "x = 1" + strings.Repeat(" \\\n", 100_000) + "\n",
		"comments":           sleep + strings.Repeat("    # what was here before, and is not any more\n", 20_000) + "    pass\n",
		"broken comments":    sleep + strings.Repeat("    # what was here before, and is not any more\n", 10_000) + "    pass (\n",
		"elifs that bind":    sleep + "    if x: pass\n" + strings.Repeat("    elif x:\n        y = g()\n", 30_000),
		"a large class":      sleep + "class C:\n" + numbered("    async def f%d(self):\n        await self.f%d()\n", 12_000),
		"imports":            sleep + numbered("from m%d import a%d\n", 20_000) + "async def h():\n" + numbered("    a%d()\n", 20_000),
		"with items":         sleep + "    with " + numbered("a() as b%d, ", 10_000) + "c(): pass\n",
		"a ladder of bases":  sleep + "class B0: pass\nclass C0: pass\n" + ladder(28) + "async def g(): B27().x()\n",
		"a name again":       sleep + "    a = time.sleep\n" + strings.Repeat("    a = a.b(a)\n", 20_000),
		"tasks":              "import asyncio\n" + sleep + numbered("    t%d = asyncio.create_task(g())\n", 5000),
		"coroutines":         sleep + "class C:\n    async def f(self): await f()\n    async def g(self):\n" + strings.Repeat("        self.f()\n", 20_000),
		"ignored":            sleep + strings.Repeat("    time.sleep(1)  # noqa: ASYNC251\n", 20_000),
		"findings":           sleep + strings.Repeat("    time.sleep(1)\n", 20_000),
		"decorators":         sleep + strings.Repeat("@x\n", 50_000) + "def g(): pass\n",
		"surrogates and all": sleep + strings.Repeat("'\U0010ffff\U0001f600e\u0301'\n", 10_000),
	} {
		crowded := name == "findings" || name == "tasks" || name == "coroutines"
		t.Run(name, func(t *testing.T) {
			c, book := startFlood(t, plainCaps())
			start := time.Now()
			c.open(flooded, text)
			found := c.wantsFindings(flooded)
			opened := time.Since(start)
			// What cannot be checked is said, and what can is found beside the monster.
			if large := len(text) > maxChecked; (large || crowded) != (c.said() > 0) || len(found) > maxShown || large && len(found) > 0 {
				t.Errorf("%d bytes: %d findings, %d messages", len(text), len(found), c.said())
			} else if strings.HasPrefix(text, sleep) && !large && !strings.Contains(brief(found), "ASYNC251") {
				t.Errorf("found %s", brief(found))
			}
			c.edit(flooded, len(text), len(text), "\n")
			at := object{"line": 2, "character": 6}
			c.call("textDocument/hover", object{"textDocument": object{"uri": flooded}, "position": at})
			c.call("textDocument/codeAction", object{"textDocument": object{"uri": flooded}, "range": object{"start": at, "end": at}, "context": object{"diagnostics": []any{}, "only": []any{"quickfix"}}})
			c.wantsFindings(flooded)
			c.call("textDocument/codeAction", object{"textDocument": object{"uri": flooded}, "range": object{"start": at, "end": at}, "context": object{"diagnostics": []any{}, "only": []any{"source.fixAll"}}})
			t.Logf("opened in %v, all in %v", opened, time.Since(start))
			c.close(flooded)
			c.ends(book)
		})
	}
}

// numbered repeats a line with the numbers from 0 on in it.
func numbered(line string, n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.ReplaceAll(line, "%d", strconv.Itoa(i)))
	}
	return b.String()
}

// ladder is classes with 2^n ways to the first.
func ladder(n int) string {
	var b strings.Builder
	for i := 1; i < n; i++ {
		fmt.Fprintf(&b, "class B%d(B%d, C%d): pass\nclass C%d(B%d, C%d): pass\n", i, i-1, i-1, i, i-1, i-1)
	}
	return b.String()
}

// TestMemoryOfClosed: what was known about documents goes when they are closed, even if their fixes were offered.
func TestMemoryOfClosed(t *testing.T) {
	caps := plainCaps()
	caps["textDocument"].(object)["codeAction"].(object)["resolveSupport"] = object{"properties": []any{"edit"}}
	caps["textDocument"].(object)["codeAction"].(object)["dataSupport"] = true
	c, book := startFlood(t, caps)
	work := func(n int) {
		text := strings.Repeat(playMain, 200)
		for i := range n {
			u := fmt.Sprintf("file:///home/me/closed%d.py", i)
			c.open(u, text)
			c.wantsFindings(u)
			everything := object{"start": object{"line": 0, "character": 0}, "end": object{"line": 99, "character": 0}}
			if offered, _ := c.call("textDocument/codeAction", object{"textDocument": object{"uri": u}, "range": everything, "context": object{"diagnostics": []any{}, "only": []any{"source.fixAll"}}}).([]any); len(offered) == 0 {
				t.Error("nothing is offered")
			}
			c.close(u)
		}
		c.call("textDocument/hover", object{"textDocument": object{"uri": flooded}, "position": object{"line": 0, "character": 0}})
	}
	work(5)
	before := heap()
	work(30)
	c.until("memory is free again", func() bool { return heap() < before+8<<20 })
	t.Logf("%d kB, then %d kB", before>>10, heap()>>10)
	c.ends(book)
}

// TestLostInTheStream: where a message was longer than it said, no header is found any more, and the session ends instead of being
// silent for ever.
func TestLostInTheStream(t *testing.T) {
	in, out := io.Pipe()
	done := make(chan error, 1)
	go func() { done <- Serve(t.Context(), in, io.Discard, Options{}) }()
	message := `{"jsonrpc":"2.0","method":"x"}`
	fmt.Fprintf(out, "Content-Length: %d\r\n\r\n%s", len(message)-5, message)
	go func() {
		for {
			if _, err := fmt.Fprintf(out, "Content-Length: %d\r\n\r\n%s", len(message), message); err != nil {
				return
			}
		}
	}()
	select {
	case err := <-done:
		if err == nil {
			t.Error("ended well")
		}
	case <-time.After(patience):
		t.Error("reads on for ever")
	}
	in.Close()
}

func deep(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "%sif x:\n", strings.Repeat(" ", i))
	}
	return b.String() + strings.Repeat(" ", n) + "pass"
}

// TestNotUTF8: bytes that are no UTF-8 are read as the character for that, and never sent back.
func TestNotUTF8(t *testing.T) {
	book := &logBook{}
	c := startStrict(t, Options{Log: book.logger()})
	var refused []string
	c.complaining = func(format string, args ...any) { refused = append(refused, fmt.Sprintf(format, args...)) }
	c.begin(plainCaps())
	for _, text := range []string{"x = '\xff\xfe'", "\xc3", "\xed\xa0\x80", "\xf8\x88\x80\x80\x80"} {
		c.writeRaw([]byte(`{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"file:///home/me/bytes.py","languageId":"python","version":1,"text":"` + text + `"}}}`))
		c.writeRaw([]byte(`{"jsonrpc":"2.0","id":"x","method":"textDocument/hover","params":{"textDocument":{"uri":"` + text + `"},"position":{"line":0,"character":0}}}`))
	}
	// Names that a message about them repeats.
	c.mu.Lock()
	c.texts["file:///home/me/names.py"] = &openText{version: 1, text: "import time\nasync def f\ufffd(): pass\nasync def g():\n    f\ufffd()\n    time.sleep('\ufffd')\n"}
	c.mu.Unlock()
	c.writeRaw([]byte(`{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"file:///home/me/names.py","languageId":"python","version":1,"text":"import time\nasync def f` + "\xff" + `(): pass\nasync def g():\n    f` + "\xff" + `()\n    time.sleep('` + "\xff" + `')\n"}}}`))
	if found := c.wantsFindings("file:///home/me/names.py"); len(found) != 1 {
		t.Errorf("found %s", brief(found))
	}
	// Half a pair of surrogates, as JavaScript sends it.
	c.writeRaw([]byte(`{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"file:///home/me/half.py","languageId":"python","version":1,"text":"x = '\ud83d'\n"}}}`))
	c.call("textDocument/hover", object{"textDocument": object{"uri": flooded}, "position": object{"line": 0, "character": 0}})
	c.mu.Lock()
	for _, complaint := range refused {
		if !strings.Contains(complaint, `"id":"x"`) { // the strict client gives its requests numbers
			t.Error(complaint)
		}
	}
	c.complaining = t.Errorf
	c.mu.Unlock()
	c.ends(book)
}

// TestHugeNumbers: positions far outside, and versions at the limits.
func TestHugeNumbers(t *testing.T) {
	c, book := startFlood(t, plainCaps())
	c.open(flooded, playOther)
	far := object{"line": 2147483647, "character": 2147483647}
	for _, method := range []string{"textDocument/hover"} {
		c.call(method, object{"textDocument": object{"uri": flooded}, "position": far})
	}
	c.call("textDocument/codeAction", object{"textDocument": object{"uri": flooded}, "range": object{"start": far, "end": object{"line": 0, "character": 0}}, "context": object{"diagnostics": []any{}}})
	for _, raw := range []string{
		`{"textDocument":{"uri":"` + flooded + `"},"position":{"line":4294967295,"character":4294967295}}`,
		`{"textDocument":{"uri":"` + flooded + `"},"position":{"line":-1,"character":0}}`,
		`{"textDocument":{"uri":"` + flooded + `"},"position":{"line":1e300,"character":0.5}}`,
	} {
		c.mu.Lock()
		c.last++
		id := c.last
		c.waiting[id] = question{method: "textDocument/hover", uri: flooded}
		c.mu.Unlock()
		c.write(object{"jsonrpc": "2.0", "id": id, "method": "textDocument/hover", "params": json.RawMessage(raw)})
		if _, code := c.answer(id); code != 0 && code != -32602 {
			t.Errorf("%s: code %d", raw, code)
		}
	}
	c.ends(book)
}

// said is how many messages there were for the user's log.
func (c *strict) said() int { return c.got("window/logMessage") }

// got is how many messages of a method have come.
func (c *strict) got(method string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.counts[method]
}

// heap is how much memory is in use after a collection.
func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
