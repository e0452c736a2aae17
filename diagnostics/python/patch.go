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
	src  string
	tree *tree
}

// change is what became of a text: old[from:oldTo] is now new[from:newTo], and what follows is the same.
type change struct {
	from, oldTo, newTo int
}

func (c change) shift() int32 { return int32(c.newTo - c.oldTo) }

// patch is the tree of the block made from the one of the block in whose place it came; nil where that does not go.
func (p *parser) patch(b *Block) *tree {
	o := b.origin
	if o == nil || !o.tree.sound || !plain(b, p.textOf(b)) {
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

// stretch is some logical lines of a text that follow one another.
type stretch struct {
	*scanner
	all         []line
	first, last int // all[first:last] are those
}

func (x *stretch) lines() []line { return x.all[x.first:x.last] }

// start is where the first token of the lines stands.
func (x *stretch) start() int { return x.all[x.first].start }

// end is where the last of the lines ends.
func (x *stretch) end() int { return x.all[x.last-1].end }

// simple says whether the lines hold simple statements, all behind the same margin, and no comment behind the last: it is not certain to
// which block that belongs.
func (x *stretch) simple(margin string) bool {
	for _, l := range x.lines() {
		if x.margin(l) != margin || !x.scanner.simple(l) {
			return false
		}
	}
	return !strings.Contains(x.src[x.all[x.last-1].last:x.end()], "#")
}

// patchLines is the tree of a block after a change of simple statements that follow one another. was are the logical lines before
// it, is and s those of the block.
func (p *parser) patchLines(b *Block, s *scanner, was, is []line, c change) *tree {
	o, shift := b.origin, int(c.shift())
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
	before := &scanner{src: o.src}
	if last > 0 && before.margin(was[len(was)-last]) != s.margin(is[len(is)-last]) {
		return nil
	}
	if len(was) == first+last && len(is) == first+last {
		return o.patchGap(s, was, is, first, c)
	}
	if len(was) == first+last || len(is) == first+last { // lines came or went: with the one before
		if first == 0 {
			return nil
		}
		first--
	}
	gone, came := stretch{before, was, first, len(was) - last}, stretch{s, is, first, len(is) - last}
	margin := s.margin(is[first])
	if margin == "" || !gone.simple(margin) || !came.simple(margin) || last > 0 && is[len(is)-last].indent > is[first].indent {
		return nil
	}
	moved := gone.end()+shift == came.end()
	switch { // comments around them have to be as they were
	case c.from < gone.start() && (comments(o.src, was, first) || comments(s.src, is, first)):
		return nil
	case (c.oldTo > gone.end() || !moved) && (comments(o.src, was, gone.last) || comments(s.src, is, came.last)):
		return nil
	}
	if k := slices.IndexFunc(o.tree.mended, func(m mended) bool { return m.blank }); k >= 0 {
		// Only in the line itself is it certain that it still stands in the way.
		if len(gone.lines()) != 1 || len(came.lines()) != 1 || gone.start() != came.start() || int(o.tree.mended[k].start) != gone.start() || !moved {
			return nil
		}
		t := o.tree.moved(int32(gone.end()), int32(shift))
		t.mended[k].words = names(string(s.body(is[first])))
		return t
	}
	t := &tree{root: o.tree.root, sound: true, tested: o.tree.tested}
	fresh, ok := p.alone(b, t, &gone, &came)
	if !ok || !t.splice(o.tree.nodes, fresh, &gone, &came) {
		return nil
	}
	return t
}

// alone parses the lines that came by themselves, and mends them; what was mended elsewhere stays so. The nodes are as in the tree of the
// block, but for their indexes, which begin with 0; the parent of the topmost is -1. They stay until the next parse.
func (p *parser) alone(b *Block, t *tree, gone, came *stretch) (nodes []node, ok bool) {
	shift := len(came.src) - len(gone.src)
	var behind []mended
	for _, m := range b.origin.tree.mended {
		switch {
		case int(m.start) < gone.start():
			t.mended = append(t.mended, m)
		case int(m.start) >= gone.end():
			m.start += int32(shift)
			behind = append(behind, m)
		}
	}
	const head = "if 1:\n"
	from := came.lineStart(came.start())
	offset := from - len(head)
	p.part = append(append(p.part[:0], head...), came.src[from:came.end()]...)
	if !strings.HasSuffix(came.src[:came.end()], "\n") {
		p.part = append(p.part, '\n')
	}
	// A statement behind them makes the parser choose between the readings that it has of them.
	p.part = append(append(p.part, came.src[from:came.start()]...), "pass\n"...)
	if !t.broken() && len(behind) == 0 && !slices.ContainsFunc(came.lines(), func(l line) bool { return came.dangles(&l) }) {
		nodes, ok = p.parseQuick(p.part)
	}
	if !ok {
		if len(came.all) > mendLimit {
			return nil, false
		}
		for i, l := range came.all {
			if !t.tested && (i < came.first || i >= came.last) && (came.dangles(&l) || !p.remembers(l, came.body(l))) {
				return nil, false
			}
		}
		t.tested = true
		for _, l := range came.lines() {
			if m, ok := p.mendLine(came.scanner, l, false, p.part[l.start-offset:l.end-offset]); ok {
				t.mended = append(t.mended, m)
			}
		}
		t.mended = append(t.mended, behind...)
		if t.broken() && !b.ragged && p.reads(p.textOf(b)) {
			return nil, false // the grammar reads on where a statement might have ended
		}
		nodes, ok = p.parseQuick(p.part)
	}
	if !ok || p.chance || len(nodes) < 2 || int(nodes[1].last) != len(nodes) {
		return nil, false
	}
	unstar(nodes)
	suite := int32(-1)
	for i := int32(2); i < nodes[1].last; i = nodes[i].last {
		if nodes[i].kind == BlockStmt {
			suite = i
		}
	}
	if suite < 0 || int(nodes[suite].last) != len(nodes) {
		return nil, false
	}
	end := suite + 1 // of the statements that came; the last is not one of them
	for i := end; int(nodes[i].last) < len(nodes); i = end {
		end = nodes[i].last
	}
	nodes = nodes[suite+1 : end]
	for i := range nodes {
		n := &nodes[i]
		n.start += int32(offset)
		n.end += int32(offset)
		n.last -= suite + 1
		n.parent = max(n.parent-(suite+1), -1)
	}
	return nodes, len(nodes) > 0 && int(nodes[0].start) == came.start()
}

// splice gives the tree the nodes of old, with fresh in the place of those of the lines that are gone; false where that does not go.
func (t *tree) splice(old, fresh []node, gone, came *stretch) bool {
	shift := int32(len(came.src) - len(gone.src))
	i := sort.Search(len(old), func(i int) bool { return int(old[i].start) >= gone.start() })
	if i < len(old) && old[i].kind == BlockStmt {
		i++
	}
	j := i + sort.Search(len(old)-i, func(k int) bool { return int(old[i+k].start) >= gone.end() })
	if i == j || int(old[i].start) != gone.start() {
		return false
	}
	parent := old[i].parent
	if parent < 0 || old[parent].kind != BlockStmt {
		return false
	}
	oldLast, k := int32(0), int32(i) // where the last statement ends
	for ; k < int32(j); k = old[k].last {
		if old[k].parent != parent {
			return false
		}
		oldLast = old[k].end
	}
	newLast := int32(0)
	for k := 0; k < len(fresh); k = int(fresh[k].last) {
		newLast = fresh[k].end
	}
	if k != int32(j) || (int(oldLast) == gone.end()) != (int(newLast) == came.end()) {
		return false
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
		if int(n.start) == gone.start() {
			n.start = int32(came.start())
		}
		switch {
		case int(n.end) > gone.end(), n.kind == Module:
			n.end += shift
		case n.end == oldLast:
			n.end = newLast
		case int(n.end) == gone.end():
			n.end = int32(came.end())
		default:
			return false
		}
	}
	for k, n := range fresh {
		n.last += int32(i)
		if n.parent < 0 {
			n.parent = parent
		} else {
			n.parent += int32(i)
		}
		t.nodes[i+k] = n
	}
	for k, n := range old[j:] {
		n.start += shift
		n.end += shift
		n.last += more
		if n.parent >= int32(j) {
			n.parent += more
		}
		t.nodes[i+len(fresh)+k] = n
	}
	return true
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
func (o *origin) patchGap(s *scanner, was, is []line, next int, c change) *tree {
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
