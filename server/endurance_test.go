package server

import (
	"encoding/json"
	"log/slog"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"
	"unicode/utf8"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
	"aiolens/diagnostics/rules"
)

// TestEndurance edits a document at random in one session, as cats do: the text is the editor's at every hundredth step, what is found
// is what a fresh analysis finds at every thousandth, memory stays, and nothing is logged. AIOLENS_ENDURANCE is how many steps it takes,
// AIOLENS_SEED which ones.
func TestEndurance(t *testing.T) {
	steps, seed := 3000, uint64(1)
	if s := os.Getenv("AIOLENS_ENDURANCE"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil {
			t.Fatal(err)
		}
		steps = n
	} else if raced {
		steps = 500
	}
	if s := os.Getenv("AIOLENS_SEED"); s != "" {
		n, err := strconv.ParseUint(s, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		seed = n
	}
	for _, unit := range []string{"utf-16", "utf-8", "utf-32"} {
		if unit != "utf-16" && os.Getenv("AIOLENS_ENDURANCE") != "" {
			continue
		}
		t.Run(unit, func(t *testing.T) { endure(t, steps, seed, unit) })
	}
}

const endured = "untitled:Endurance"

func endure(t *testing.T, steps int, seed uint64, unit string) {
	engine, _ := diagnostics.NewChecker(rules.All, diagnostics.Settings{Hints: true})
	var analysed atomic.Pointer[string] // the newest text of the document
	book := &logBook{}
	c := startStrict(t, Options{
		Log: slog.New(slog.NewTextHandler(book, &slog.HandlerOptions{Level: slog.LevelWarn})), quiet: time.Millisecond,
		check: func(file *python.File, memo *diagnostics.Memo) []diagnostics.Finding {
			analysed.Store(new(file.Text().String()))
			return engine.Check(file, memo)
		},
	})
	caps := plainCaps()
	caps["general"] = object{"positionEncodings": []any{unit}}
	c.begin(caps)
	tour, err := os.ReadFile("../testdata/tour/app.py")
	if err != nil {
		t.Fatal(err)
	}
	source := playMain + string(tour)
	c.open(endured, source)
	r := rand.New(rand.NewPCG(seed, 7))
	pieces := []string{"a", " ", "\n", "\r\n", "\r", "    ", "(", ")", "[", "'", "\"", "'''", "\"\"\"", "f'{", "}", "\\", "#", ":", "é", "😀", "日本", "\U0010ffff", "\u2028",
		"\x00", "\t", "\f", "async ", "await ", "def f(", "async def g():\n    time.sleep(1)\n", "class C:\n    async def m(self):\n        open('x')\n",
		"import time\n", "asyncio.create_task(f())\n", "asy", "awai", "time.sl", "x = [i async for i in y]\n", "try:\n", "except* E:\n", "match x:\n    case ", "lambda: ", "# noqa\n"}
	type undo struct {
		at        int
		was, came string
	}
	var done []undo
	change := func(from, to int, text string) {
		was := c.texts[endured].text
		done = append(done, undo{from, was[from:to], text})
		if len(done) > 200 {
			done = append(done[:0], done[100:]...)
		}
		c.edit(endured, from, to, text)
	}
	var early uint64
	for step := 1; step <= steps; step++ {
		text := c.texts[endured].text
		at := boundary(r, text)
		switch n := r.IntN(1000); {
		case n < 2: // a megabyte is pasted and taken back
			paste := strings.Repeat(source, 1<<20/len(source))
			change(at, at, paste)
			change(at, at+len(paste), "")
			step++
		case n < 12: // undo, undo, undo
			for range 1 + r.IntN(60) {
				if len(done) == 0 {
					break
				}
				last := done[len(done)-1]
				done = done[:len(done)-1]
				c.edit(endured, last.at, last.at+len(last.came), last.was)
			}
		case n < 15 || len(text) > 300_000: // all is replaced
			done = nil
			whole := source
			if r.IntN(2) == 0 {
				whole = strings.Repeat(source, 4)
			}
			c.mu.Lock()
			doc := c.texts[endured]
			doc.version, doc.text = doc.version+1, whole
			version := doc.version
			c.mu.Unlock()
			c.notify("textDocument/didChange", object{"textDocument": object{"uri": endured, "version": version}, "contentChanges": []any{object{"text": whole}}})
		case len(text) < 2000:
			change(at, at, source)
		case n < 400: // something is deleted, most often a little
			to := min(at+r.IntN(30), len(text))
			if n < 16 {
				to = boundary(r, text)
			}
			for to < len(text) && (!utf8.RuneStart(text[to]) || to > 0 && text[to-1] == '\r' && text[to] == '\n') {
				to++
			}
			change(min(at, to), max(at, to), "")
		case n < 450: // a piece of the text moves
			to := min(at+200, len(text))
			for to < len(text) && (!utf8.RuneStart(text[to]) || text[to-1] == '\r' && text[to] == '\n') {
				to++
			}
			piece := text[at:to]
			change(at, to, "")
			text = c.texts[endured].text
			there := boundary(r, text)
			change(there, there, piece)
		default:
			change(at, at, pieces[r.IntN(len(pieces))])
		}
		if step%100 == 0 {
			c.wantsFindings(endured)
			if got := *analysed.Load(); got != c.texts[endured].text {
				t.Fatalf("step %d: another text than the editor's, %d bytes and %d", step, len(got), len(c.texts[endured].text))
			}
		}
		if step%1000 == 0 || step == steps {
			now := c.wantsFindings(endured)
			const fresh = "untitled:Fresh"
			c.open(fresh, c.texts[endured].text)
			want := c.wantsFindings(fresh)
			c.close(fresh)
			c.until("a closed document", func() bool { return len(c.published[fresh]["diagnostics"].([]any)) == 0 })
			c.mu.Lock()
			delete(c.published, fresh)
			c.mu.Unlock()
			if a, b := plainJSON(now), plainJSON(want); a != b {
				t.Fatalf("step %d: found\n%s\nand afresh\n%s", step, a, b)
			}
		}
		if step%max(steps/10, 1) == 0 {
			used := heap()
			t.Logf("step %d: %d MB, %d bytes of text, %d told", step, used>>20, len(c.texts[endured].text), c.got("textDocument/publishDiagnostics"))
			if step >= steps/5 && early == 0 {
				early = used
			}
			if early > 0 && used > 2*early+32<<20 {
				t.Errorf("step %d: %d MB in use, and %d at the beginning", step, used>>20, early>>20)
			}
		}
	}
	c.ends(book)
}

func plainJSON(v any) string {
	raw, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(raw)
}
