package python

import (
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// samePatched compares the trees of a file that was updated with those of its text.
func samePatched(t *testing.T, f *File, what string) {
	t.Helper()
	whole := NewFile("", f.Text())
	for i := range whole.Len() {
		got, want := f.Block(i).tree(), whole.Block(i).tree()
		if got.root != want.root || got.broken() != want.broken() || got.broken() && got.errorAt() != want.errorAt() {
			t.Fatalf("%s: root %d, broken %v, want %d, %v:\n%s", what, got.root, got.broken(), want.root, want.broken(), whole.Block(i).src)
		}
		if !slices.EqualFunc(got.mended, want.mended, func(a, b mended) bool {
			return a.start == b.start && a.blank == b.blank && slices.Equal(a.words, b.words)
		}) {
			t.Fatalf("%s: mended %v, want %v:\n%s", what, got.mended, want.mended, whole.Block(i).src)
		}
		for k := range min(len(got.nodes), len(want.nodes)) {
			if got.nodes[k] != want.nodes[k] {
				t.Fatalf("%s: node %d: %+v, want %+v (%s):\n%s", what, k, got.nodes[k], want.nodes[k], want.nodes[k].kind, whole.Block(i).src)
			}
		}
		if len(got.nodes) != len(want.nodes) {
			t.Fatalf("%s: %d nodes, want %d:\n%s", what, len(got.nodes), len(want.nodes), whole.Block(i).src)
		}
		if slices.ContainsFunc(got.lines, func(l line) bool { return l.end > len(f.Block(i).src) }) {
			t.Fatalf("%s: lines", what)
		}
	}
}

// patched says whether a patch made the tree of the block that holds an offset.
func patched(f *File, at int) bool {
	b, _ := f.At(at)
	before := b.origin != nil
	return before && b.tree().lines != nil
}

const patchSample = `import time

async def work(items, lock=None):
    """What it does."""
    total = 0
    for item in items:
        total += item.price  # of one
        # of all
        if total > 3:
            time.sleep(1)
            log(f"{total!r:>{item.width}}")

        else:
            return [
                total,  # so far
                item,
            ]
    try:
        await lock.acquire(); x = 1
    finally:
        lock.release()
    # the end
    return total


class Shop:
    name: str = "shop"

    async def close(self):
        self.closed = True
        await self.session.close()
        # done

    def __del__(self):
        if not self.closed:
            print("left open")
`

// TestTypingIsPatched types statements character by character at the start of every line of a function.
func TestTypingIsPatched(t *testing.T) {
	count, all := 0, 0
	for _, end := range []string{"\n", "\r\n"} {
		src := strings.ReplaceAll(patchSample, "\n", end)
		lines := strings.SplitAfter(src, end)
		at := 0
		for _, l := range lines {
			body := strings.TrimLeft(l, " ")
			indent := l[:len(l)-len(body)]
			if indent != "" {
				text := NewText(src)
				f := NewFile("", text)
				samePatched(t, f, "before")
				at := at
				for _, typed := range slices.Concat([]string{indent + end}, strings.Split("x = await f(a, 'b')[0]; y(", "")) {
					text = text.Splice(Span{at, at}, typed)
					f = f.Update(text)
					if at += len(typed); typed == indent+end {
						at -= len(end)
					}
					all++
					if patched(f, at-1) {
						count++
					}
					samePatched(t, f, "typing "+typed)
				}
			}
			at += len(l)
		}
	}
	if count < all*3/4 {
		t.Errorf("%d of %d keystrokes were patched", count, all)
	}
	t.Logf("%d of %d keystrokes were patched", count, all)
}

// TestPatchEqualsWhole edits the fixtures at random: each a few times, or as often as AIOLENS_EDITS says.
func TestPatchEqualsWhole(t *testing.T) {
	pieces := []string{"\n", "\n    ", "\n        ", "    ", "(", ")", "[", "]", "\"", "'", "\"\"\"", "else:\n", "    else: x\n", "async ", "await ", "#", " # c", "\\", "\\\n", "x = 1\n", "x = 1; ", "\r\n", "\r", "\t", "\f",
		"def ", "é", "f'{", "t'", "if a: b\n", "    if a: b\n", "        return\n", "        pass\n", "            x.", ".", ",", "=", " ", "lambda", "match x:\n", "case", "print x", "lazy import a", "[*", "{**", " for a in b", "*", "not", ":", "@", "a", "b1", "None", "..."}
	texts := append([]string{splitSample, patchSample, strings.ReplaceAll(patchSample, "    ", "\t")}, fixtures(t)...)
	steps := 12
	if n, err := strconv.Atoi(os.Getenv("AIOLENS_EDITS")); err == nil {
		steps = n
	}
	rng := rand.New(rand.NewPCG(uint64(steps), 7))
	count := 0
	for _, src := range texts {
		text := NewText(src)
		f := NewFile("", text)
		at := rng.IntN(len(src) + 1)
		for range steps {
			if rng.IntN(4) == 0 {
				at = rng.IntN(text.Len() + 1)
			}
			at = min(at, text.Len())
			to := at
			ins := ""
			if rng.IntN(3) == 0 {
				to = min(text.Len(), at+rng.IntN(5))
			} else {
				ins = pieces[rng.IntN(len(pieces))]
			}
			for b := range f.Blocks {
				b.Root()
			}
			old := text
			text = text.Splice(Span{at, to}, ins)
			f = f.Update(text)
			if patched(f, at) {
				count++
			}
			what := "replacing " + old.String()[max(0, at-40):at] + "<" + old.String()[at:to] + ">" + " by <" + ins + ">"
			samePatched(t, f, what)
			at += len(ins)
			if rng.IntN(3) == 0 { // undo
				at = min(at, text.Len())
				text = old
				f = f.Update(text)
				samePatched(t, f, "undo of "+what)
			}
		}
	}
	if count < 100 {
		t.Errorf("%d edits were patched", count)
	}
	t.Logf("%d edits were patched", count)
}
