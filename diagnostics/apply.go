package diagnostics

import (
	"cmp"
	"slices"
	"sort"
	"strings"
)

// Apply applies fixes to a text as [Merge] has them. It returns the new text and how many fixes were applied.
func Apply(src string, fixes []Fix) (string, int) {
	edits, taken := Merge(len(src), fixes)
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

// Merge takes fixes of a text of so many bytes, in order of preference, and leaves out each that overlaps one already taken. The
// same insertion asked for by several fixes (an import) is made once. It returns the edits, in the order of the text, and the
// numbers of the fixes that were taken.
func Merge(size int, fixes []Fix) (edits []Edit, taken []int) {
	var m merged
	for i, fix := range fixes {
		var added []Edit
		ok := true
		for _, e := range fix.Edits {
			if e.Span.Start < 0 || e.Span.End < e.Span.Start || e.Span.End > size || m.clashes(e) {
				ok = false
				break
			}
			if list, at, found := m.find(e); !found {
				*list = slices.Insert(*list, at, e)
				added = append(added, e)
			}
		}
		if ok {
			taken = append(taken, i)
			continue
		}
		for _, e := range added {
			list, at, _ := m.find(e)
			*list = slices.Delete(*list, at, at+1)
		}
	}
	edits = slices.Concat(m.insertions, m.replacements)
	slices.SortStableFunc(edits, func(a, b Edit) int {
		return cmp.Or(cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(a.Span.End, b.Span.End))
	})
	return edits, taken
}

// merged are edits that do not clash, in the order of the text.
type merged struct {
	insertions   []Edit
	replacements []Edit
}

// behind is the number of the first of the edits that starts behind an offset.
func behind(edits []Edit, offset int) int {
	return sort.Search(len(edits), func(i int) bool { return edits[i].Span.Start > offset })
}

// find is where an edit stands, or would have to.
func (m *merged) find(e Edit) (list *[]Edit, at int, found bool) {
	list = &m.replacements
	if e.Span.Len() == 0 {
		list = &m.insertions
	}
	end := behind(*list, e.Span.Start)
	for i := end - 1; i >= 0 && (*list)[i].Span.Start == e.Span.Start; i-- {
		if (*list)[i] == e {
			return list, i, true
		}
	}
	return list, end, false
}

// clashes says whether an edit touches the same bytes as another; two insertions at one place clash, their order being unknown, unless
// they add imports.
func (m *merged) clashes(e Edit) bool {
	if _, _, found := m.find(e); found {
		return false
	}
	if e.Span.Len() == 0 {
		for i := behind(m.insertions, e.Span.Start) - 1; i >= 0 && m.insertions[i].Span.Start == e.Span.Start; i-- {
			if !m.insertions[i].adds() || !e.adds() {
				return true
			}
		}
		before := behind(m.replacements, e.Span.Start-1)
		return before > 0 && m.replacements[before-1].Span.End > e.Span.Start
	}
	if i := behind(m.insertions, e.Span.Start); i < len(m.insertions) && m.insertions[i].Span.Start < e.Span.End {
		return true
	}
	before := behind(m.replacements, e.Span.Start)
	return before > 0 && m.replacements[before-1].Span.End > e.Span.Start ||
		before < len(m.replacements) && m.replacements[before].Span.Start < e.Span.End
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
