package snippets_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
	"aiolens/snippets"
)

// TestPlaces reads the fixtures: in testdata/snippets, the line behind "# place: coroutine" is one where the cursor is at the end, and says in
// which kind of place that is; "# place: none" where nothing is offered.
func TestPlaces(t *testing.T) {
	paths, err := filepath.Glob("../testdata/snippets/*.py")
	if err != nil || len(paths) == 0 {
		t.Fatal("no fixtures", err)
	}
	names := map[string]snippets.Where{"module": snippets.Module, "class": snippets.Class, "function": snippets.Function, "coroutine": snippets.Coroutine}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, end := range []string{"\n", "\r\n", "\r"} {
			src := strings.ReplaceAll(string(data), "\n", end)
			file := python.NewFile("/x/app.py", python.NewText(src))
			places := 0
			lines := file.Text().Lines()
			for i := range lines {
				line := file.Text().Line(i)
				_, want, ok := strings.Cut(src[line.Start:line.End], "# place: ")
				if !ok {
					continue
				}
				places++
				at := file.Text().Line(i + 1).End
				place, ok := snippets.At(file, at)
				if ok != (want != "none") || ok && place.Where != names[want] {
					t.Errorf("%s:%d: place %v, %v; want %s", filepath.Base(path), i+2, place.Where, ok, want)
				}
				if offers := (snippets.Context{File: file}).Offers(at); want == "none" && offers != nil {
					t.Errorf("%s:%d: %d offers", filepath.Base(path), i+2, len(offers))
				}
			}
			if places == 0 {
				t.Errorf("%s: no places", path)
			}
		}
	}
}

// offer is what is offered under a prefix at the | of a text, with the text that it makes.
func offer(t *testing.T, c snippets.Context, src, prefix string) (snippets.Offer, string) {
	t.Helper()
	at := strings.Index(src, "|")
	src = src[:at] + src[at+1:]
	c.File = python.NewFile("/x/app.py", python.NewText(src))
	for _, o := range c.Offers(at) {
		if o.Pattern.Prefix() == prefix {
			return o, apply(src, append([]diagnostics.Edit{{Span: o.Span, New: o.Plain}}, o.Imports...))
		}
	}
	t.Fatalf("%s is not offered in\n%s", prefix, src)
	panic("unreachable")
}

func TestOffers(t *testing.T) {
	for _, c := range []struct{ name, src, prefix, want string }{
		{"imports", "import os\n\n\nasync def main():\n    aio-gat|\n", "aio-gather",
			"import asyncio\nimport os\n\n\nasync def main():\n    first, second = await asyncio.gather(fetch(\"a\"), fetch(\"b\"))\n"},
		{"imports are there", "import asyncio\n\n\nasync def main():\n    gat|\n", "aio-gather",
			"import asyncio\n\n\nasync def main():\n    first, second = await asyncio.gather(fetch(\"a\"), fetch(\"b\"))\n"},
		{"the only line", "aclo|", "aio-timer", ""},
		{"tabs and line ends", "import asyncio\r\n\r\n\r\nasync def main():\r\n\tif 1:\r\n\t\ttimeou|\r\n", "aio-timeout",
			"import asyncio\r\n\r\n\r\nasync def main():\r\n\tif 1:\r\n\t\ttry:\r\n\t\t\tasync with asyncio.timeout(5):\r\n\t\t\t\tresult = await work()\r\n" +
				"\t\texcept TimeoutError:\r\n\t\t\tresult = None\r\n"},
		{"two spaces", "import trio\n\nasync def main():\n  shie|\n", "aio-shield",
			"import trio\n\nasync def main():\n  with trio.CancelScope(shield=True):\n    await work()\n"},
		{"a parameter", "import anyio\n\nasync def main(guard: anyio.Lock):\n    lock|\n", "aio-lock",
			"import anyio\n\nasync def main(guard: anyio.Lock):\n    async with guard:\n        result = await work()\n"},
		{"an attribute", "import asyncio\n\nclass A:\n    def __init__(self):\n        self.guard = asyncio.Lock()\n\n    async def main(self):\n        lock|\n", "aio-lock",
			"import asyncio\n\nclass A:\n    def __init__(self):\n        self.guard = asyncio.Lock()\n\n    async def main(self):\n        async with self.guard:\n            result = await work()\n"},
		{"a global", "import asyncio\n\nguard = asyncio.Lock()\n\nasync def main():\n    lock|\n", "aio-lock",
			"import asyncio\n\nguard = asyncio.Lock()\n\nasync def main():\n    async with guard:\n        result = await work()\n"},
		{"a local", "import aiohttp, asyncio\n\nasync def main():\n    async with aiohttp.ClientSession() as http:\n        websock|\n", "aio-websocket", ""},
	} {
		if c.want == "" {
			continue
		}
		if _, got := offer(t, snippets.Context{}, c.src, c.prefix); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
	o, _ := offer(t, snippets.Context{}, "import aiohttp\n\nasync def main():\n    async with aiohttp.ClientSession() as http:\n        ws|\n", "aio-websocket")
	if !strings.HasPrefix(o.Snippet, "async with ${1:http}.ws_connect(") {
		t.Errorf("websocket: %s", o.Snippet)
	}
	o, _ = offer(t, snippets.Context{}, "import asyncio\n\nasync def main(jobs: asyncio.Queue[str], n: int):\n    aio-con|\n", "aio-consumer")
	if !strings.Contains(o.Snippet, "await ${2:jobs}.get()") || !strings.Contains(o.Plain, "    jobs.task_done()") {
		t.Errorf("consumer: %s", o.Snippet)
	}
	if o, _ := offer(t, snippets.Context{}, "aio-timer|", "aio-timer"); len(o.Imports) > 0 || !strings.HasPrefix(o.Snippet, "import time\nfrom collections.abc") {
		t.Errorf("imports touch the word: %+v", o)
	}
	if o, _ := offer(t, snippets.Context{Hangs: true}, "async def f():\n    if x:\n        shie|", "aio-shield"); !strings.Contains(o.Snippet, "\ntry:\n    $") {
		t.Errorf("with an editor that indents: %q", o.Snippet)
	}
	if o, _ := offer(t, snippets.Context{Target: diagnostics.Version{Major: 3, Minor: 10}}, "async def f():\n    timeou|", "aio-timeout"); o.Variant.Title() != "asyncio before 3.11" {
		t.Errorf("variant %s", o.Variant.Title())
	}
}

// TestNotebook: a cell may await, and imports cannot be added to another one.
func TestNotebook(t *testing.T) {
	src := "import os\n\nasync def main():\n    timeou\ngath"
	c := snippets.Context{File: python.NewFile("/x/a.ipynb", python.NewText(src))}
	offers := c.Offers(len(src))
	i := slices.IndexFunc(offers, func(o snippets.Offer) bool { return o.Pattern.Name == "gather" })
	if i < 0 || offers[i].Imports != nil || !strings.HasPrefix(offers[i].Plain, "import asyncio\n\nfirst, second = await") {
		t.Fatalf("%d offers, %+v", len(offers), offers)
	}
	offers = c.Offers(strings.Index(src, "\ngath"))
	i = slices.IndexFunc(offers, func(o snippets.Offer) bool { return o.Pattern.Name == "timeout" })
	if i < 0 || !strings.HasPrefix(offers[i].Plain, "import asyncio\n\n    try:\n        async with") {
		t.Fatalf("%d offers, %+v", len(offers), offers)
	}
}

// TestFew: a word that nobody means as a snippet brings few or none.
func TestFew(t *testing.T) {
	for word, most := range map[string]int{"": 60, "a": 60, "aio-": 60, "x": 1, "i": 3, "re": 3, "self": 0, "return": 0, "await": 0, "aio-gather": 2} {
		src := "async def main():\n    " + word
		file := python.NewFile("", python.NewText(src))
		if offers := (snippets.Context{File: file}).Offers(len(src)); len(offers) > most {
			t.Errorf("%q: %d offers", word, len(offers))
		}
	}
}

func TestSurround(t *testing.T) {
	for _, c := range []struct{ name, src, title, want string }{
		{"timeout", "import asyncio\n\nasync def f():\n    «await g()\n    x = '''\nno\n'''»  # c\n    return x\n", "Surround with a timeout",
			"import asyncio\n\nasync def f():\n    async with asyncio.timeout(5):\n        await g()\n        x = '''\nno\n'''  # c\n    return x\n"},
		{"lines", "import anyio\n\nasync def f():\n\tif x:\n«\t\tawait g()\n»\treturn x\n", "Surround with a timeout",
			"import anyio\n\nasync def f():\n\tif x:\n\t\twith anyio.fail_after(5):\n\t\t\tawait g()\n\treturn x\n"},
		{"import", "import os\n\nasync def f():\n    «await g()»\n", "Surround with try and except for a cancellation",
			"import asyncio\nimport os\n\nasync def f():\n    try:\n        await g()\n    except asyncio.CancelledError:\n        print(\"cancelled\")\n        raise\n"},
		{"lock", "import asyncio\n\nasync def f(guard: asyncio.Lock):\n    «await g()»\n", "Surround with a lock",
			"import asyncio\n\nasync def f(guard: asyncio.Lock):\n    async with guard:\n        await g()\n"},
		{"no lock", "import asyncio\n\nasync def f():\n    «await g()»\n", "Surround with a lock", ""},
		{"call", "import asyncio\n\nasync def f():\n    «x = load(1, b=2)»\n", "Run the call in a thread", "import asyncio\n\nasync def f():\n    x = await asyncio.to_thread(load, 1, b=2)\n"},
		{"call without arguments", "import trio\n\nasync def f():\n    «a.load()»\n", "Run the call in a thread", "import trio\n\nasync def f():\n    await trio.to_thread.run_sync(a.load)\n"},
		{"call with anyio", "import anyio\n\nasync def f():\n    x = load(1)\n    «load(x)»\n", "Run the call in a thread", "from anyio import to_thread\nimport anyio\n\nasync def f():\n    x = load(1)\n    await to_thread.run_sync(load, x)\n"},
		{"keywords with anyio", "import anyio\n\nasync def f():\n    «load(x=1)»\n", "Run the call in a thread", ""},
		{"nothing awaited", "import asyncio\n\nasync def f():\n    «g()»\n", "Surround with a timeout", ""},
		{"half a statement", "import asyncio\n\nasync def f():\n    x = «await g()»\n", "Surround with a timeout", ""},
		{"plain function", "import asyncio\n\ndef f():\n    «g()»\n", "Run the call in a thread", ""},
		{"across", "import asyncio\n\nasync def f():\n    if x:\n        «await g()\n    await h()»\n", "Surround with a timeout", ""},
		{"two", "import asyncio\n\nasync def f():\n    if x:\n        «await g()\n        await h()»\n", "Surround with a task group",
			"import asyncio\n\nasync def f():\n    if x:\n        async with asyncio.TaskGroup() as tg:\n            await g()\n            await h()\n"},
		{"generator", "import asyncio\n\nasync def f():\n    «yield await g()»\n", "Surround with a timeout", ""},
	} {
		start, end := strings.Index(c.src, "«"), strings.Index(c.src, "»")-len("«")
		src := strings.NewReplacer("«", "", "»", "").Replace(c.src)
		ctx := snippets.Context{File: python.NewFile("", python.NewText(src))}
		got := ""
		for _, w := range ctx.Surround(python.Span{Start: start, End: end}) {
			if w.Title == c.title {
				got = apply(src, w.Edits)
			}
		}
		if got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

func BenchmarkOffers(b *testing.B) {
	var src strings.Builder
	src.WriteString("import asyncio\n\n")
	for range 2000 {
		src.WriteString("\nasync def f(session):\n    async with session.get(1) as r:\n        return await r.json()\n\n")
	}
	src.WriteString("async def main():\n    g")
	file := python.NewFile("", python.NewText(src.String()))
	c := snippets.Context{File: file}
	c.Offers(src.Len())
	for b.Loop() {
		if len(c.Offers(src.Len())) == 0 {
			b.Fatal("none")
		}
	}
}
