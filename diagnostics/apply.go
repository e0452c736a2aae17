package diagnostics

import (
	"cmp"
	"slices"
	"strings"
)

// Apply applies fixes to a text, in order of preference, and leaves out each fix that overlaps one already taken. The
// same insertion asked for by several fixes (an import) is made once. It returns the new text and how many fixes were applied.
func Apply(src string, fixes []Fix) (string, int) {
	var taken []Edit
	applied := 0
	for _, fix := range fixes {
		edits, ok := merge(taken, fix.Edits, len(src))
		if ok {
			taken, applied = edits, applied+1
		}
	}
	var b strings.Builder
	at := 0
	for _, e := range taken {
		b.WriteString(src[at:e.Span.Start])
		b.WriteString(e.New)
		at = e.Span.End
	}
	b.WriteString(src[at:])
	return b.String(), applied
}

// merge adds edits to taken, in order of their spans; false when they clash.
func merge(taken, edits []Edit, size int) ([]Edit, bool) {
	out := slices.Clone(taken)
	for _, e := range edits {
		if e.Span.Start < 0 || e.Span.End < e.Span.Start || e.Span.End > size {
			return nil, false
		}
		if slices.Contains(out, e) {
			continue
		}
		if slices.ContainsFunc(out, func(o Edit) bool { return clash(o, e) }) {
			return nil, false
		}
		out = append(out, e)
	}
	slices.SortStableFunc(out, func(a, b Edit) int {
		return cmp.Or(cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(a.Span.End, b.Span.End))
	})
	return out, true
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
