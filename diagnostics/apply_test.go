package diagnostics

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"aiolens/diagnostics/python"
)

// TestMerge compares what is taken of random fixes with what comparing each edit with each gives.
func TestMerge(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 5))
	news := []string{"", "x", "import a\n", "import b\n"}
	taken, left := 0, 0
	for range 5000 {
		var fixes []Fix
		for range r.IntN(8) {
			var f Fix
			for range 1 + r.IntN(3) {
				start := r.IntN(14)
				f.Edits = append(f.Edits, Edit{Span: python.Span{Start: start, End: start + r.IntN(3)*r.IntN(3)}, New: news[r.IntN(len(news))]})
			}
			fixes = append(fixes, f)
		}
		edits, numbers := Merge(12, fixes)
		wantEdits, want := mergeSlowly(12, fixes)
		if !slices.Equal(numbers, want) || !slices.Equal(edits, wantEdits) {
			t.Fatalf("%v: took %v, %v, want %v, %v", fixes, numbers, edits, want, wantEdits)
		}
		taken, left = taken+len(want), left+len(fixes)-len(want)
	}
	if taken < 5000 || left < 5000 {
		t.Errorf("%d taken, %d left out", taken, left)
	}
}

func mergeSlowly(size int, fixes []Fix) (all []Edit, taken []int) {
	clash := func(x, y Edit) bool {
		a, b := x.Span, y.Span
		if a.Len() == 0 && b.Len() == 0 {
			return a.Start == b.Start && !(x.adds() && y.adds())
		}
		return a.Start < b.End && b.Start < a.End
	}
fixes:
	for i, f := range fixes {
		out := slices.Clone(all)
		for _, e := range f.Edits {
			if e.Span.End > size {
				continue fixes
			}
			if slices.Contains(out, e) {
				continue
			}
			if slices.ContainsFunc(out, func(o Edit) bool { return clash(o, e) }) {
				continue fixes
			}
			out = append(out, e)
		}
		all, taken = out, append(taken, i)
	}
	slices.SortStableFunc(all, func(a, b Edit) int {
		return cmp.Or(cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(a.Span.End, b.Span.End))
	})
	return all, taken
}

// TestMergeMany: very many fixes are merged at once.
func TestMergeMany(t *testing.T) {
	const n = 200_000
	var fixes []Fix
	for i := range n {
		fixes = append(fixes, Fix{Edits: []Edit{{New: "import a\n"}, {Span: python.Span{Start: 2 * i, End: 2 * i}, New: "x"}}})
	}
	text, applied := Apply(strings.Repeat("yz", n), fixes[1:])
	if want := "import a\nyz" + strings.Repeat("xyz", n-1); applied != n-1 || text != want {
		t.Errorf("%d applied, %d bytes", applied, len(text))
	}
}
