package python

import (
	"slices"
	"sort"
	"strings"
)

// While somebody types in a block, all but a line of it stays the same, and so does the tree but for the nodes of that
// line. So a block that takes the place of another one begins with the other's tree: the changed logical lines are
// parsed by themselves, and what stands behind them moves. The result is what a parse of the whole gives; where that
// is not certain, the whole is parsed.

// origin is the block in whose place another one came.
type origin struct {
	src   string
	tree  *tree
	plain bool // no byte of it is read as another
}

// plain says whether the grammar reads the text of the block as it is.
func (b *Block) plain() bool {
	if len(b.masks) > 0 || strings.HasPrefix(b.src, "\ufeff") {
		return false
	}
	return b.kind != classHead && !hasLoneReturn(b.src) && !uncrowd([]byte(b.src))
}

// hasLoneReturn says whether there is a "\r" without a "\n" behind it, which ends a line, too.
func hasLoneReturn(src string) bool {
	for {
		i := strings.IndexByte(src, '\r')
		if i < 0 {
			return false
		}
		if i+1 == len(src) || src[i+1] != '\n' {
			return true
		}
		src = src[i+2:]
	}
}

// change is what became of a text: old[from:oldTo] is now new[from:newTo], and what follows is the same.
type change struct {
	from, oldTo, newTo int
}

func (c change) shift() int32 { return int32(c.newTo - c.oldTo) }

// patch is the tree of the block made from the one of the block in whose place it came; nil where that does not go.
func (p *parser) patch(b *Block) *tree {
	o := b.origin
	if o == nil || !o.plain || !o.tree.sound || !b.plain() {
		return nil
	}
	c := change{from: commonPrefix(o.src, b.src)}
	same := commonSuffix(o.src[c.from:], b.src[c.from:])
	c.oldTo, c.newTo = len(o.src)-same, len(b.src)-same
	if t := o.inComment(b.src, c); t != nil {
		return t
	}
	s := scanner{src: b.src}
	was, is := o.tree.logicalLines(o.src), s.lines()
	t := p.patchLines(b, &s, was, is, c)
	if t == nil || b.ragged && len(t.mended) == 0 {
		return nil
	}
	t.lines = is
	return t
}

// logicalLines are the logical lines of the text of the tree.
func (t *tree) logicalLines(src string) []line {
	if t.lines != nil {
		return t.lines
	}
	s := scanner{src: src}
	return s.lines()
}

// lines are all logical lines.
func (s *scanner) lines() []line {
	var lines []line
	for at := 0; ; {
		l, ok := s.next(at)
		if !ok {
			return lines
		}
		lines = append(lines, l)
		at = l.end
	}
}

// inComment is the tree after a change within a comment.
func (o *origin) inComment(src string, c change) *tree {
	nodes := o.tree.nodes
	i := sort.Search(len(nodes), func(i int) bool { return int(nodes[i].start) >= c.from }) - 1
	if i < 0 || nodes[i].kind != Comment || c.oldTo > int(nodes[i].end) || strings.ContainsAny(src[c.from:c.newTo], "\r\n\f") {
		return nil
	}
	return o.tree.moved(nodes[i].end, c.shift())
}

// moved is the tree when what stands at or behind an offset moves.
func (t *tree) moved(from, by int32) *tree {
	m := *t
	m.lines = nil
	m.nodes = slices.Clone(t.nodes)
	for i := range m.nodes {
		n := &m.nodes[i]
		if n.start >= from {
			n.start += by
		}
		if n.end >= from {
			n.end += by
		}
	}
	m.mended = slices.Clone(t.mended)
	for i := range m.mended {
		if m.mended[i].start >= from {
			m.mended[i].start += by
		}
	}
	return &m
}

// compound are the words that begin or continue a statement that may have a suite.
var compound = map[string]bool{
	"if": true, "elif": true, "else": true, "for": true, "while": true, "try": true, "except": true, "finally": true, "with": true,
	"async": true, "def": true, "class": true, "match": true, "case": true, "lazy": true,
}

// margin is what stands before a logical line in its physical line. The grammar counts tabs in it in another way.
func (s *scanner) margin(l line) string { return s.src[s.lineStart(l.start):l.start] }

// simple says whether a logical line holds simple statements, whatever stands around it.
func (s *scanner) simple(l line) bool {
	return !l.suite && !compound[l.word] && s.src[l.start] != '@'
}

// patchLines is the tree of a block after a change of simple statements that follow one another. was are the logical lines before
// it, is and s those of the block.
func (p *parser) patchLines(b *Block, s *scanner, was, is []line, c change) *tree {
	o := b.origin
	shift := int(c.shift())
	first, last := 0, 0 // how many lines are the same at the start and at the end
	for first < min(len(was), len(is)) && was[first].end <= c.from && sameLine(was[first], is[first], 0) {
		first++
	}
	for last < min(len(was), len(is))-first {
		w, i := was[len(was)-1-last], is[len(is)-1-last]
		if w.start < c.oldTo || !sameLine(w, i, shift) {
			break
		}
		last++
	}
	before := scanner{src: o.src}
	if last > 0 && before.margin(was[len(was)-last]) != s.margin(is[len(is)-last]) {
		return nil
	}
	if len(was) == first+last && len(is) == first+last {
		return p.patchGap(o, s, was, is, first, c)
	}
	if len(was) == first+last || len(is) == first+last { // lines came or went: with the one before
		if first == 0 {
			return nil
		}
		first--
	}
	wasThere, isThere := was[first:len(was)-last], is[first:len(is)-last]
	margin, indent := s.margin(isThere[0]), isThere[0].indent
	for _, l := range wasThere {
		if before.margin(l) != margin || !before.simple(l) {
			return nil
		}
	}
	for _, l := range isThere {
		if s.margin(l) != margin || !s.simple(l) {
			return nil
		}
	}
	if margin == "" || last > 0 && is[len(is)-last].indent > indent {
		return nil
	}
	endOld, endNew := wasThere[len(wasThere)-1], isThere[len(isThere)-1]
	if strings.Contains(o.src[endOld.last:endOld.end], "#") || strings.Contains(s.src[endNew.last:endNew.end], "#") {
		return nil // it is not certain to which block a comment behind the last statement belongs
	}

	// Comments around them are as they were.
	if c.from < wasThere[0].start && (comments(o.src, was, first) || comments(s.src, is, first)) {
		return nil
	}
	if (c.oldTo > endOld.end || endOld.end+shift != endNew.end) && (comments(o.src, was, len(was)-last) || comments(s.src, is, len(is)-last)) {
		return nil
	}

	if len(wasThere) == 1 && len(isThere) == 1 {
		for k, m := range o.tree.mended {
			if m.blank && int(m.start) == wasThere[0].start && isThere[0].start == wasThere[0].start {
				if endOld.end+shift != endNew.end {
					return nil
				}
				t := o.tree.moved(int32(endOld.end), int32(shift))
				t.mended[k].words = appendWords(nil, string(s.body(endNew)))
				return t
			}
		}
	}
	if slices.ContainsFunc(o.tree.mended, func(m mended) bool { return m.blank }) {
		return nil // whether it still stands in the way is seen in the whole
	}

	// What was mended elsewhere stays so.
	t := &tree{root: o.tree.root, sound: true, tested: o.tree.tested}
	behind := false
	for _, m := range o.tree.mended {
		switch {
		case int(m.start) < wasThere[0].start:
			t.mended = append(t.mended, m)
		case int(m.start) >= endOld.end:
			behind = true
		}
	}

	// The changed lines by themselves.
	const head = "if 1:\n"
	from := s.lineStart(isThere[0].start)
	p.part = append(append(p.part[:0], head...), s.src[from:endNew.end]...)
	if !strings.HasSuffix(s.src[:endNew.end], "\n") {
		p.part = append(p.part, '\n')
	}
	// A statement behind them makes the parser choose between the readings that it has of them.
	p.part = append(append(p.part, margin...), "pass\n"...)
	offset := from - len(head)
	if !t.broken() && !behind && !slices.ContainsFunc(isThere, func(l line) bool { return s.dangles(&l) }) && p.reads(p.part) {
		// As they are.
	} else {
		if len(is) > mendLimit {
			return nil
		}
		if !t.tested {
			for i, l := range is {
				if (i < first || i >= len(is)-last) && (s.dangles(&l) || !p.remembers(l, s.body(l))) {
					return nil
				}
			}
			t.tested = true
		}
		for _, l := range isThere {
			if m, ok := p.mendLine(s, l, false, p.part[l.start-offset:l.end-offset]); ok {
				t.mended = append(t.mended, m)
			}
		}
	}
	for _, m := range o.tree.mended {
		if int(m.start) >= endOld.end {
			t.mended = append(t.mended, mended{m.start + int32(shift), m.blank, m.words})
		}
	}
	if t.broken() && !b.ragged && p.reads(p.textOf(b)) {
		return nil // the grammar reads on where a statement might have ended
	}
	parsed, ok := p.parseQuick(p.part)
	if !ok || p.chance || len(parsed) < 2 || int(parsed[1].last) != len(parsed) {
		return nil
	}
	unstar(parsed)
	suite := int32(-1)
	for i := int32(2); i < parsed[1].last; i = parsed[i].last {
		if parsed[i].kind == BlockStmt {
			suite = i
		}
	}
	if suite < 0 || int(parsed[suite].last) != len(parsed) {
		return nil
	}
	fresh := parsed[suite+1:]
	for i := int32(0); i < int32(len(fresh)); {
		next := fresh[i].last - (suite + 1)
		if next == int32(len(fresh)) {
			fresh = fresh[:i]
		}
		i = next
	}

	// They take the place of those that stood there.
	old := o.tree.nodes
	i := sort.Search(len(old), func(i int) bool { return int(old[i].start) >= wasThere[0].start })
	if i < len(old) && old[i].kind == BlockStmt {
		i++
	}
	j := i + sort.Search(len(old)-i, func(k int) bool { return int(old[i+k].start) >= endOld.end })
	if i == j || len(fresh) == 0 || int(old[i].start) != wasThere[0].start || int(fresh[0].start)+offset != isThere[0].start {
		return nil
	}
	parent := old[i].parent
	if parent < 0 || old[parent].kind != BlockStmt {
		return nil
	}
	oldLast, k := int32(0), int32(i)
	for ; k < int32(j); k = old[k].last {
		if old[k].parent != parent {
			return nil
		}
		oldLast = old[k].end
	}
	newLast := int32(0)
	for i := int32(0); i < int32(len(fresh)); i = fresh[i].last - (suite + 1) {
		newLast = fresh[i].end + int32(offset)
	}
	if k != int32(j) || (int(oldLast) == endOld.end) != (int(newLast) == endNew.end) {
		return nil
	}
	more := int32(len(fresh) - (j - i))
	t.nodes = make([]node, len(old)+int(more))
	copy(t.nodes, old[:i])
	for k := range t.nodes[:i] {
		n := &t.nodes[k]
		if n.last < int32(j) {
			continue
		}
		n.last += more
		if int(n.start) == wasThere[0].start {
			n.start = int32(isThere[0].start)
		}
		switch {
		case int(n.end) > endOld.end, n.kind == Module:
			n.end += int32(shift)
		case n.end == oldLast:
			n.end = newLast
		case int(n.end) == endOld.end:
			n.end = int32(endNew.end)
		default:
			return nil
		}
	}
	for k, n := range fresh {
		n.start += int32(offset)
		n.end += int32(offset)
		n.last += int32(i) - (suite + 1)
		if n.parent == suite {
			n.parent = parent
		} else {
			n.parent += int32(i) - (suite + 1)
		}
		t.nodes[i+k] = n
	}
	for k, n := range old[j:] {
		n.start += int32(shift)
		n.end += int32(shift)
		n.last += more
		if n.parent >= int32(j) {
			n.parent += more
		}
		t.nodes[i+len(fresh)+k] = n
	}
	return t
}

// comments says whether there may be comments right before the logical line with an index, or, behind all lines, at the end.
func comments(src string, lines []line, next int) bool {
	from, to := 0, len(src)
	if next > 0 {
		from = lines[next-1].last
	}
	if next < len(lines) {
		to = lines[next].start
	}
	return strings.ContainsAny(src[from:to], "#\\")
}

// sameLine says whether two logical lines are the same but for the place.
func sameLine(a, b line, shift int) bool {
	return a.start+shift == b.start && a.end+shift == b.end && a.last+shift == b.last && a.indent == b.indent && a.suite == b.suite
}

// patchGap is the tree after a change of nothing but blank lines and space before the logical line with an index.
func (p *parser) patchGap(o *origin, s *scanner, was, is []line, next int, c change) *tree {
	from, to := 0, len(o.src)
	if next > 0 {
		from = was[next-1].last
	}
	if next < len(was) {
		to = was[next].start
	}
	if c.from < from || c.oldTo > to || comments(o.src, was, next) || comments(s.src, is, next) {
		return nil
	}
	for _, n := range o.tree.nodes {
		if int(n.end) > from && int(n.end) < to {
			return nil
		}
	}
	return o.tree.moved(int32(to), c.shift())
}
