package server

import (
	"strings"
	"testing"

	"go.lsp.dev/protocol"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
	"aiolens/diagnostics/rules"
)

func TestHover(t *testing.T) {
	s := open(t, units[0], Options{})
	s.didOpen(app, "x = '😀'; time.sleep(1)  # why\ny = 1  # noqa: E501, async251 ,blocking-http-call\n"+
		"z = 2  # type: ignore # noqa:ASYNC901\nw = 'ASYNC251'\n# aiolens: ignore[ASYNC251]\n# type: ignore[ASYNC251]\n")
	for _, c := range []struct {
		line, column uint32
		want         string // heading; "" for no hover
		span         protocol.Range
	}{
		{0, 9, "", protocol.Range{}},
		{0, 10, "# ASYNC251 blocking-sleep", between(0, 10, 0, 20)},
		{0, 20, "# ASYNC251 blocking-sleep", between(0, 10, 0, 20)},
		{0, 21, "", protocol.Range{}},
		{1, 0, "", protocol.Range{}},
		{1, 11, "", protocol.Range{}},
		{1, 16, "", protocol.Range{}}, // E501
		{1, 23, "# ASYNC251 blocking-sleep", between(1, 21, 1, 29)},
		{1, 35, "# ASYNC210 blocking-http-call", between(1, 31, 1, 49)},
		{2, 32, "# ASYNC251 blocking-sleep", between(2, 29, 2, 37)},
		{3, 8, "", protocol.Range{}},
		{4, 20, "# ASYNC251 blocking-sleep", between(4, 18, 4, 26)},
		{5, 20, "", protocol.Range{}},
		{99, 0, "", protocol.Range{}},
	} {
		h := s.hover(app, c.line, c.column)
		if h == nil {
			if c.want != "" {
				t.Errorf("%d:%d: no hover, want %s", c.line, c.column, c.want)
			}
			continue
		}
		text := h.Contents.(*protocol.MarkupContent)
		heading, _, _ := strings.Cut(text.Value, "\n")
		if heading != c.want || text.Kind != protocol.MarkupKindMarkdown || *h.Range != c.span {
			t.Errorf("%d:%d: %s %q at %v, want %q at %v", c.line, c.column, text.Kind, heading, *h.Range, c.want, c.span)
		}
	}
}

// TestHoverOfSeveralRules: each page is shown once.
func TestHoverOfSeveralRules(t *testing.T) {
	s := open(t, units[0], Options{check: func(*python.File, *diagnostics.Memo) []diagnostics.Finding {
		var found []diagnostics.Finding
		for _, rule := range []*diagnostics.Rule{sleepRule, callRule, sleepRule} {
			found = append(found, diagnostics.Finding{Rule: rule, Severity: diagnostics.Error, Span: python.Span{Start: 0, End: 4}})
		}
		return found
	}})
	s.didOpen(app, "call()")
	text := s.hover(app, 0, 2).Contents.(*protocol.MarkupContent).Value
	if strings.Count(text, "# ASYNC251 ") != 1 || strings.Count(text, "# ASYNC210 ") != 1 {
		t.Errorf("hover %s", text)
	}
}

func TestHoverInPlainText(t *testing.T) {
	s := start(t, Options{})
	s.initialize(&protocol.InitializeParams{})
	s.didOpen(app, "time.sleep(1)")
	text := s.hover(app, 0, 0).Contents.(*protocol.MarkupContent)
	want := "ASYNC251 blocking-sleep\n\n`time.sleep` stops the event loop. More.\n\ntime.sleep(1)\n\nReferences\n\n" +
		"- asyncio (https://docs.python.org/3/library/asyncio-dev.html#running-blocking-code)"
	if text.Kind != protocol.MarkupKindPlainText || text.Value != want {
		t.Errorf("%s %q", text.Kind, text.Value)
	}
}

// TestHoverOnCalls: what a call does is said across files, in front of the page of the rule that reports it.
func TestHoverOnCalls(t *testing.T) {
	f := newFolder(t, "store.py", "import time\n\n\ndef save():\n    time.sleep(1)\n")
	s := openIn(t, Options{}, nil, f.dir)
	main := f.uri("main.py")
	s.didOpen(main, "import asyncio\nfrom store import save\n\nasync def fetch(): ...\n\nasync def main():\n    save()\n    await asyncio.to_thread(save)\n    await fetch()\n    print(1)\n")
	for _, c := range []struct {
		line, column uint32
		want         []string
	}{
		{6, 5, []string{"**blocks the event loop**: `save` → `time.sleep` (store.py:5)", "---", "blocking-call-chain"}},
		{7, 29, []string{"`save` runs in a thread"}},
		{8, 11, []string{"coroutine: it runs here"}},
		{9, 5, nil},
	} {
		h := s.hover(main, c.line, c.column)
		if h == nil {
			if c.want != nil {
				t.Errorf("%d:%d: no hover", c.line, c.column)
			}
			continue
		}
		text := h.Contents.(*protocol.MarkupContent).Value
		for _, want := range c.want {
			if !strings.Contains(text, want) {
				t.Errorf("%d:%d: %q is not in %q", c.line, c.column, want, text)
			}
		}
		if c.want == nil {
			t.Errorf("%d:%d: hover %q", c.line, c.column, text)
		}
	}
}

// TestHoverOnNames: the quick reference of what a name means across files, against the project's oldest Python, behind what is known
// of the call; none where a rule has its page, and what may change during an await.
func TestHoverOnNames(t *testing.T) {
	f := newFolder(t, "pyproject.toml", "[project]\nname = \"x\"\nrequires-python = \">=3.9\"\n",
		"tools.py", "from asyncio import gather as together, TaskGroup\n\n\nasync def sleep(seconds): ...\n")
	s := openIn(t, Options{}, nil, f.dir)
	main := f.uri("main.py")
	s.didOpen(main, `import asyncio, httpx
from tools import together, sleep, TaskGroup

class Counter:
    async def add(self):
        old = self.count
        await sleep(1)
        self.count = old + 1

async def main():
    await together(sleep(1))
    async with TaskGroup() as tg:
        tg.create_task(sleep(1)); tg.create_task(sleep(2))
    asyncio.create_task(sleep(1))
    print('asyncio.gather')

def plain():
    httpx.get('/')
`)
	for _, c := range []struct {
		line, column uint32
		want         []string
		unwanted     string
		span         protocol.Range
	}{
		{10, 12, []string{"await asyncio.gather(", "**Pitfall:**", "Snippet `aio-gather` · [asyncio.gather](https://docs.python.org/"}, "# ", between(10, 10, 10, 18)},
		{10, 20, []string{"coroutine: it runs only when"}, "asyncio.sleep", between(10, 19, 10, 24)},
		{11, 17, []string{"**Since Python 3.11, newer than this project's 3.9.**"}, "# ", between(11, 15, 11, 24)},
		{12, 13, []string{"asyncio.TaskGroup.create_task(coro"}, "# ", between(12, 8, 12, 22)},
		{13, 13, []string{"create-task-no-reference"}, "**Pitfall:**", between(13, 4, 13, 33)},
		{6, 9, []string{"Other tasks may run during this `await`.", "`self.count`, read on line 6 and written on line 8"}, "**Pitfall:**", between(6, 8, 6, 13)},
		{6, 15, []string{"coroutine"}, "asyncio.sleep", between(6, 14, 6, 19)},
		{17, 11, []string{"**blocks whatever thread calls it**", "---", "httpx.get(url"}, "# ", between(17, 4, 17, 13)},
		{10, 5, nil, "", protocol.Range{}},
		{14, 14, nil, "", protocol.Range{}},
	} {
		h := s.hover(main, c.line, c.column)
		if h == nil || c.want == nil {
			if h != nil || c.want != nil {
				t.Errorf("%d:%d: hover %v", c.line, c.column, h)
			}
			continue
		}
		text := h.Contents.(*protocol.MarkupContent).Value
		for _, want := range c.want {
			if !strings.Contains(text, want) {
				t.Errorf("%d:%d: %q is not in %q", c.line, c.column, want, text)
			}
		}
		if strings.Contains(text, c.unwanted) || *h.Range != c.span {
			t.Errorf("%d:%d: %q at %v, want it at %v without %q", c.line, c.column, text, *h.Range, c.span, c.unwanted)
		}
	}
}

// TestHoverOnNamesInPlainText: a card has no marks of Markdown but those of names.
func TestHoverOnNamesInPlainText(t *testing.T) {
	s := start(t, Options{Rules: rules.All})
	s.initialize(&protocol.InitializeParams{})
	s.didOpen(app, "import asyncio\nlock = asyncio.Lock()\n")
	text := s.hover(app, 1, 17).Contents.(*protocol.MarkupContent)
	if text.Kind != protocol.MarkupKindPlainText || !strings.HasPrefix(text.Value, "asyncio.Lock()\n\nGuards shared mutable state: ") || strings.Contains(text.Value, "**") || strings.Contains(text.Value, "```") ||
		!strings.HasSuffix(text.Value, " · asyncio.Lock (https://docs.python.org/3/library/asyncio-sync.html#asyncio.Lock)") {
		t.Errorf("%s %q", text.Kind, text.Value)
	}
}
