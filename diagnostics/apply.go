package diagnostics

import (
	"cmp"
	"slices"
	"strings"
)

// Apply applies fixes to a text, in order of preference, and leaves out each fix that overlaps one already taken. The
// same insertion asked for by several fixes (an import) is made once. It returns the new text and how many fixes were applied.
func Apply(src string, fixes []Fix) (string, int) {
	edits, taken := compatible(len(src), fixes)
	var b strings.Builder
	at := 0
	for _, e := range edits {
		b.WriteString(src[at:e.Span.Start])
		b.WriteString(e.New)
		at = e.Span.End
	}
	b.WriteString(src[at:])
	return b.String(), len(taken)
}

// Compatible are the numbers of the fixes that [Apply] applies to a text of so many bytes.
func Compatible(size int, fixes []Fix) []int {
	_, taken := compatible(size, fixes)
	return taken
}

func compatible(size int, fixes []Fix) (edits []Edit, taken []int) {
	for i, fix := range fixes {
		var ok bool
		if edits, ok = merge(edits, fix.Edits, size); ok {
			taken = append(taken, i)
		}
	}
	slices.SortStableFunc(edits, func(a, b Edit) int {
		return cmp.Or(cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(a.Span.End, b.Span.End))
	})
	return edits, taken
}

// merge adds edits to taken; false when they clash, and nothing is added.
func merge(taken, edits []Edit, size int) ([]Edit, bool) {
	all := taken
	for _, e := range edits {
		if e.Span.Start < 0 || e.Span.End < e.Span.Start || e.Span.End > size {
			return taken, false
		}
		if slices.Contains(all, e) {
			continue
		}
		if slices.ContainsFunc(all, func(o Edit) bool { return clash(o, e) }) {
			return taken, false
		}
		all = append(all, e)
	}
	return all, true
}

// order is that of the edits in the text; imports that are added at one place are sorted.
func order(a, b Edit) int {
	if a.adds() && b.adds() && a.Span == b.Span {
		return cmp.Compare(a.New, b.New)
	}
	return cmp.Compare(a.Span.Start, b.Span.Start)
}

// adds says whether the edit adds an import.
func (e Edit) adds() bool { return e.Span.Len() == 0 && strings.HasPrefix(e.New, "import ") }

// clash says whether two edits touch the same bytes; two insertions at one place clash, their order being unknown, unless
// they add imports.
func clash(x, y Edit) bool {
	a, b := x.Span, y.Span
	if a.Len() == 0 && b.Len() == 0 {
		return a.Start == b.Start && !(x.adds() && y.adds())
	}
	return a.Start < b.End && b.Start < a.End || a.Len() == 0 && b.Start < a.Start && a.Start < b.End
}
