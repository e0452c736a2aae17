package server

import (
	"math/rand/v2"
	"strings"
	"sync/atomic"
	"testing"
	"unicode/utf16"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
)

// seen keeps the text that was analysed last.
type seen struct{ atomic.Pointer[string] }

func (s *seen) check(file *python.File, _ *diagnostics.Memo) []diagnostics.Finding {
	s.Store(new(file.Text().String()))
	return nil
}

func (s *seen) wants(t *testing.T, want string) {
	t.Helper()
	if got := *s.Load(); got != want {
		t.Errorf("text %q, want %q", got, want)
	}
}

var units = []protocol.PositionEncodingKind{protocol.PositionEncodingKindUTF16, protocol.PositionEncodingKindUTF8, protocol.PositionEncodingKindUTF32}

func TestIncrementalSync(t *testing.T) {
	// Columns behind "é😀" in each unit.
	for enc, column := range map[protocol.PositionEncodingKind]uint32{units[0]: 3, units[1]: 6, units[2]: 2} {
		t.Run(string(enc), func(t *testing.T) {
			var text seen
			s := open(t, enc, Options{check: text.check})
			s.didOpen(app, "a\r\né😀b\rc\n")
			s.version(app, 1)
			text.wants(t, "a\r\né😀b\rc\n")

			s.didChange(app, 2, insert(1, column, "X"))
			s.version(app, 2)
			text.wants(t, "a\r\né😀Xb\rc\n")

			// Each change is made to what the one before it left.
			s.didChange(app, 3, replace(1, column, 1, column+1, ""), insert(2, 1, "\n"), insert(3, 0, "Y"))
			s.version(app, 3)
			text.wants(t, "a\r\né😀b\rc\nY\n")

			s.didChange(app, 4, insert(99, 99, "end"), insert(0, 99, "!"), replace(2, 1, 2, 0, "C"))
			s.version(app, 4)
			text.wants(t, "a!\r\né😀b\rC\nY\nend")

			s.didChange(app, 5, whole("new\n"), insert(0, 3, "er"))
			s.version(app, 5)
			text.wants(t, "newer\n")

			s.didChange(app, 6)
			s.version(app, 6)
			text.wants(t, "newer\n")
		})
	}
}

func TestPositionInsideCharacter(t *testing.T) {
	var text seen
	s := open(t, units[0], Options{check: text.check})
	s.didOpen(app, "😀\n")
	s.didChange(app, 2, insert(0, 1, "x"))
	s.version(app, 2)
	text.wants(t, "x😀\n")
}

func TestStrangeDocuments(t *testing.T) {
	s := open(t, units[0], Options{})
	s.didChange("file:///never/opened.py", 2, whole("x"))
	s.didClose("file:///never/opened.py")
	s.didSave("file:///never/opened.py")
	s.didOpen("git:/home/me/app.py", "time.sleep(1)")
	s.didOpen("output:log", "time.sleep(1)")
	s.ok(s.srv.DidOpen(s.ctx, &protocol.DidOpenTextDocumentParams{TextDocument: protocol.TextDocumentItem{
		URI: "file:///home/me/readme.md", LanguageID: protocol.LanguageKindMarkdown, Text: "time.sleep(1)"}}))
	if h := s.hover("git:/home/me/app.py", 0, 3); h != nil {
		t.Error("hover in a document of git")
	}
	for _, u := range []uri.URI{"untitled:Untitled-1", "vscode-notebook-cell:/home/me/n.ipynb#W0sZmlsZQ%3D%3D"} {
		s.didOpen(u, "time.sleep(1)")
		if p := receive(s, s.published); p.URI != u || len(p.Diagnostics) != 1 {
			t.Errorf("%s: published %v", u, p)
		}
	}
	s.didOpen(app, "pass")
	s.version(app, 1)
	s.didOpen(app, "time.sleep(1)") // twice
	if p := receive(s, s.published); p.URI != app || len(p.Diagnostics) != 1 {
		t.Errorf("opened twice: published %v", p)
	}
}

// TestSpelling: the editor recognises only the URI that it wrote itself.
func TestSpelling(t *testing.T) {
	s := open(t, units[0], Options{})
	for _, raw := range []string{"file:///c:/my dir/ä.py", "file:///c%3a/A.py", "file:///home/me/%C3%A9%20b.py", "file:///home/me/plus+.py"} {
		item := map[string]any{"text": "time.sleep(1)", "languageId": "python", "version": 1, "uri": raw}
		s.ok(s.conn.Notify(s.ctx, protocol.MethodTextDocumentDidOpen, map[string]any{"textDocument": item}))
		receive(s, s.published)
		if got := receive(s, s.uris); got != raw {
			t.Errorf("published %s for %s", got, raw)
		}
	}
	for params, want := range map[string]string{
		`{"textDocument":{"text":"{\"uri\":1}","uri":"file:///c:/x y"}}`:              "file:///c:/x y",
		`{"a":{"uri":"no"},"textDocument":{"b":[{"uri":"no"}],"uri":"yes","uri":""}}`: "yes",
		`{"textDocument":{}}`:        "",
		`{"textDocument":{"uri":1}}`: "",
		`[]`:                         "",
		``:                           "",
	} {
		if got := uriOfDocument([]byte(params)); got != want {
			t.Errorf("uriOfDocument(%s) = %q, want %q", params, got, want)
		}
	}
}

// TestOrder sends changes as fast as it can, each of which means something else in another order.
func TestOrder(t *testing.T) {
	var text seen
	s := open(t, units[0], Options{check: text.check})
	s.didOpen(app, "")
	want := ""
	for i := range 2000 {
		digit := string(rune('0' + i%10))
		at := (i * 7919) % (len(want) + 1)
		s.didChange(app, int32(i+2), insert(0, uint32(at), digit))
		want = want[:at] + digit + want[at:]
	}
	last := int32(0)
	for last != 2001 {
		version, _ := receive(s, s.published).Version.Get()
		if version <= last {
			t.Fatalf("version %d published after %d", version, last)
		}
		last = version
	}
	text.wants(t, want)
}

// TestRandomEdits compares the server's text with that of an editor that keeps it as lines of code units.
func TestRandomEdits(t *testing.T) {
	pieces := []string{"a", "é", "😀", "\t", "\n", "\r\n", "\r", "time.sleep(1)", "", "日本", "x = 1\ny = 2\n"}
	for _, enc := range units {
		t.Run(string(enc), func(t *testing.T) {
			random := rand.New(rand.NewPCG(1, 2))
			var text seen
			s := open(t, enc, Options{check: text.check})
			want := "async def f():\r\n    é = '😀'\n"
			s.didOpen(app, want)
			for version := int32(2); version < 600; version++ {
				var changes []protocol.TextDocumentContentChangeEvent
				for range 1 + random.IntN(3) {
					if len(want) > 400 {
						want = pieces[random.IntN(len(pieces))]
						changes = append(changes, whole(want))
						continue
					}
					from, to := boundary(random, want), boundary(random, want)
					from, to = min(from, to), max(from, to)
					piece := pieces[random.IntN(len(pieces))]
					l1, c1 := naive(want[:from], enc)
					l2, c2 := naive(want[:to], enc)
					changes = append(changes, replace(l1, c1, l2, c2, piece))
					want = want[:from] + piece + want[to:]
				}
				s.didChange(app, version, changes...)
				if version%5 == 0 {
					s.version(app, version)
					if got := *text.Load(); got != want {
						t.Fatalf("version %d: text %q, want %q", version, got, want)
					}
				}
			}
		})
	}
}

// boundary is a random place of a text that a position can name: not inside a character or a pair \r\n.
func boundary(random *rand.Rand, s string) int {
	for {
		i := random.IntN(len(s) + 1)
		if (i == len(s) || s[i]&0xC0 != 0x80) && (i == 0 || i == len(s) || s[i-1] != '\r' || s[i] != '\n') {
			return i
		}
	}
}

// naive is the position behind a text, counted in the plainest way.
func naive(before string, enc protocol.PositionEncodingKind) (line, column uint32) {
	lines := strings.Split(strings.ReplaceAll(strings.ReplaceAll(before, "\r\n", "\n"), "\r", "\n"), "\n")
	last := lines[len(lines)-1]
	switch enc {
	case protocol.PositionEncodingKindUTF8:
		column = uint32(len(last))
	case protocol.PositionEncodingKindUTF32:
		column = uint32(len([]rune(last)))
	default:
		column = uint32(len(utf16.Encode([]rune(last))))
	}
	return uint32(len(lines) - 1), column
}

func TestPositions(t *testing.T) {
	src := "a\r\né😀b\rc\n\n" + strings.Repeat("😀é", 50) + "\xff"
	text := python.NewText(src)
	random := rand.New(rand.NewPCG(3, 4))
	for _, enc := range []python.Encoding{python.UTF16, python.UTF8, python.UTF32} {
		at := &positions{text: text, enc: enc}
		for range 2000 {
			offset := random.IntN(len(src)+10) - 5
			want := text.Position(offset, enc)
			if got := position(at.at(offset)); got != want {
				t.Fatalf("offset %d: %v, want %v", offset, got, want)
			}
		}
	}
}

func BenchmarkPositionsOfALongLine(b *testing.B) {
	text := python.NewText(strings.Repeat("é = 1; ", 100_000))
	for b.Loop() {
		at := &positions{text: text, enc: python.UTF16}
		for offset := 0; offset < text.Len(); offset += 100 {
			at.span(python.Span{Start: offset, End: offset + 10})
		}
	}
}
