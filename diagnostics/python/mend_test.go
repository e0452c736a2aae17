package python

import (
	"strings"
	"testing"
)

// TestMend breaks one line of a function at a time and checks that the calls of keep() on the others are still there.
func TestMend(t *testing.T) {
	for _, broken := range []string{"x.", "foo(", "time.sleep(", "await", "x = ", "if x", "if x.:", "for a in", "with open(", "elif", "return await (",
		"print('abc", "@", "def", "import", "from x import", "lambda", "x = {", "a b c", "async with", "yield from", "del", "assert", "x[", "f'{x", "class"} {
		src := "async def f(a):\n    keep(1)\n    if a:\n        keep(2)\n        " + broken + "\n        keep(3)\n    else:\n        keep(4)\n    try:\n        keep(5)\n    finally:\n        keep(6)\n"
		file := NewFile("", NewText(src))
		if !file.Broken() {
			t.Errorf("%q: not broken", broken)
		}
		found := map[string]bool{}
		for b := range file.Blocks {
			for n := range b.Root().Walk {
				if n.Kind() == Call && strings.HasPrefix(n.Text(), "keep(") && n.Live() && n.Function().IsAsync() {
					found[n.Text()] = true
				}
			}
		}
		want := []string{"keep(1)", "keep(2)", "keep(4)", "keep(5)", "keep(6)"}
		for _, w := range want {
			if !found[w] {
				t.Errorf("%q: %s is lost", broken, w)
			}
		}
	}
}
