package python

import (
	"strings"
	"testing"
)

func TestGlanceFindsEveryAsyncWord(t *testing.T) {
	for word := range asyncWords {
		for n := range 4 {
			if !asyncGlance.in(strings.Repeat("x", n) + word) {
				t.Errorf("%q is not found at offset %d", word, n)
			}
			if !asyncGlance.in(strings.Repeat("\n", n) + word + " = 1\n") {
				t.Errorf("%q is not found at offset %d before a text", word, n)
			}
		}
	}
	for _, src := range []string{"", "a", "import os\nprint(os.sep)\n", "asyn cawai t"} {
		if asyncGlance.in(src) {
			t.Errorf("found in %q", src)
		}
	}
}

func BenchmarkGlance(b *testing.B) {
	src := strings.Repeat("def visit(self, node):\n    return self.generic_visit(node) or Module(lineno=1, io=None)\n", 1000)
	b.SetBytes(int64(len(src)))
	for b.Loop() {
		asyncGlance.in(src)
	}
}
