package python

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

func TestSpliceKeepsLines(t *testing.T) {
	pieces := []string{"\n", "\r", "\r\n", "a", "é", "😀", "\t", "", "xyz\n", "\n\r", "\xff"}
	rng := rand.New(rand.NewPCG(1, 2))
	text := NewText("")
	for i := range 20000 {
		a, b := rng.IntN(text.Len()+1), rng.IntN(text.Len()+1)
		if a > b {
			a, b = b, a
		}
		if b-a > 8 && text.Len() < 300 {
			b = a + 8
		}
		var s strings.Builder
		for range rng.IntN(4) {
			s.WriteString(pieces[rng.IntN(len(pieces))])
		}
		before := text
		text = text.Splice(Span{a, b}, s.String())
		if want := NewText(text.src); !slices.Equal(text.lines(), want.lines()) {
			t.Fatalf("step %d: splice %q [%d:%d] %q: lines %v, want %v", i, before.src, a, b, s.String(), text.lines(), want.lines())
		}
	}
}

func TestPositions(t *testing.T) {
	text := NewText("x😀é = 1\r\nb\rc\n\xf0\x9f\nlast")
	for _, c := range []struct {
		offset int
		enc    Encoding
		want   Position
	}{
		{0, UTF16, Position{0, 0}}, {5, UTF16, Position{0, 3}}, {5, UTF32, Position{0, 2}}, {5, UTF8, Position{0, 5}},
		{7, UTF16, Position{0, 4}}, {3, UTF16, Position{0, 1}}, {13, UTF8, Position{1, 0}}, {15, UTF16, Position{2, 0}},
		{999, UTF32, Position{4, 4}},
	} {
		if got := text.Position(c.offset, c.enc); got != c.want {
			t.Errorf("Position(%d, %d) = %v, want %v", c.offset, c.enc, got, c.want)
		}
	}
	for _, c := range []struct {
		pos  Position
		enc  Encoding
		want int
	}{
		{Position{0, 2}, UTF16, 1}, {Position{0, 3}, UTF16, 5}, {Position{0, 99}, UTF16, 11}, {Position{1, 5}, UTF8, 14},
		{Position{99, 0}, UTF8, 24}, {Position{3, 1}, UTF32, 18},
	} {
		if got := text.Offset(c.pos, c.enc); got != c.want {
			t.Errorf("Offset(%v, %d) = %d, want %d", c.pos, c.enc, got, c.want)
		}
	}
}

func FuzzPositions(f *testing.F) {
	f.Add("a😀b\r\nc\rd", 3)
	f.Add("\xff\xf0\x9f\x98", 2)
	f.Fuzz(func(t *testing.T, s string, offset int) {
		text := NewText(s)
		for _, enc := range []Encoding{UTF8, UTF16, UTF32} {
			p := text.Position(offset, enc)
			back := text.Offset(p, enc)
			if again := text.Position(back, enc); again != p && back != text.Line(p.Line).End {
				t.Fatalf("%q: offset %d -> %v -> %d -> %v", s, offset, p, back, again)
			}
		}
	})
}
