package python

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// TestCrowd: what stands among many comments and continuation lines is read as if they were few.
func TestCrowd(t *testing.T) {
	pieces := []string{"# a\n", "    # b '''\n", "  # c\\\n", "\n", "  \n", "\\\n", " \\\r\n", "# d\r\n"}
	around := [][2]string{
		{"async def f():\n    await g()\n", "    await h()\n# end\nx = 1\n"},
		{"x = [1,\n", "2]\n"},
		{"x = 1 + \\\n", "2\n"},
		{"x = '''\n", "''' + y # z\n"},
		{"x = f'''{a}\n", "{b}''' + y\n"},
		{"class C:\n  def f(self): pass\n", "  def g(self): pass\n"},
	}
	r := rand.New(rand.NewPCG(1, 3))
	p := parsers.take()
	defer parsers.give(p)
	compared := 0
	for range 2000 {
		var b strings.Builder
		pair := around[r.IntN(len(around))]
		b.WriteString(pair[0])
		some := []string{pieces[r.IntN(len(pieces))], pieces[r.IntN(len(pieces))]}
		for range 30 + r.IntN(20) {
			b.WriteString(some[r.IntN(2)])
		}
		b.WriteString(pair[1])
		text := []byte(b.String())
		plain, ok := p.parseQuick(text)
		if !ok {
			continue
		}
		want := notComments(plain)
		uncrowd(text)
		nodes, ok := p.parseQuick(text)
		if got := notComments(nodes); !ok || !slices.Equal(got, want) {
			t.Fatalf("%q: read %v\n%v\nnot as\n%v", b.String(), ok, got, want)
		}
		compared++
	}
	if compared < 500 {
		t.Errorf("only %d texts were compared", compared)
	}
	if nodes, ok := p.parseQuick([]byte(strings.Repeat("# a\n", 100))); !ok || len(nodes) != 101 {
		t.Errorf("%d nodes", len(nodes))
	}
}

// notComments are the nodes that are not comments, without their numbers and without where suites end, which comments behind them
// belong to or not.
func notComments(nodes []node) []node {
	var kept []node
	for _, n := range nodes {
		if n.kind != Comment {
			n.last, n.parent, n.end = 0, 0, 0
			kept = append(kept, n)
		}
	}
	return kept
}

// TestCrowdGrows: typing in and around a crowd of comments, while it becomes one, gives the trees of the whole text.
func TestCrowdGrows(t *testing.T) {
	src := "async def f():\n    await g()\n" + strings.Repeat("    # a\n", crowd-2) + "    x = 1\n" + strings.Repeat("    # b\n", 12*crowd) + "    await h()\n"
	f := NewFile("", NewText(src))
	f.Broken()
	r := rand.New(rand.NewPCG(2, 3))
	for range 300 {
		text := f.Text()
		at := text.Line(r.IntN(text.Lines())).End
		switch edit := []string{"\n    # c", "x", " + 1", "#", "\n    y", "", "uncomment"}[r.IntN(7)]; edit {
		case "uncomment":
			if i := strings.IndexByte(text.String()[at:], '#'); i >= 0 {
				text = text.Splice(Span{at + i, at + i + 2}, "")
			}
		case "": // the line before goes
			span := text.Line(max(text.LineAt(at)-1, 2))
			text = text.Splice(Span{span.Start, min(span.End+1, text.Len())}, "")
		default:
			text = text.Splice(Span{at, at}, edit)
		}
		f = f.Update(text)
		f.Broken()
		samePatched(t, f, "a crowd")
	}
}
