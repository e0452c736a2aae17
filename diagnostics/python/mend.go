package python

import (
	"cmp"
	"context"
	"slices"
	"strings"
)

// Half-typed code is the normal state of a buffer, and the grammar's own recovery may give up the whole function
// around it. So a block that does not parse is parsed again with each logical line that is no Python by itself
// replaced by one that does nothing, byte for byte. What such a line held is silent; the lines around it are exact.

// mendLimit is the number of logical lines up to which a broken block is mended; testing them costs up to
// 20 microseconds each.
const mendLimit = 400

// mended is a logical line that was taken out.
type mended struct {
	start int32
	blank bool     // nothing stands in its place
	words []string // in it; they may be names that it reads
}

// mend replaces the broken logical lines in text, the masked text of a block behind its prefix.
func (p *parser) mend(s *scanner, lines []line, text []byte) (out []mended) {
	for i, l := range lines {
		deeper := i+1 < len(lines) && lines[i+1].indent > l.indent
		if m, ok := p.mendLine(s, l, deeper, text[l.start:l.end]); ok {
			out = append(out, m)
		}
	}
	return out
}

// clauses are the words that begin a clause, with those that begin what it can follow.
var clauses = map[string][]string{
	"elif": {"if", "elif"}, "else": {"if", "elif", "for", "while", "except"}, "except": {"try", "except"}, "finally": {"try", "except", "else"},
}

// detached is how many lines may stand in the way of a clause: those that are being written. More are there for good.
const detached = 3

// detach blanks statements that stand between a clause and what it belongs to: one is being written behind the body of a "try",
// say, before its "except". What was mended grows by them; ok is false when there are none.
func detach(s *scanner, lines []line, text []byte, out []mended) (all []mended, ok bool) {
	type level struct {
		indent int
		head   string // of the last compound statement, or clause of one
		since  []int  // the lines of simple statements behind it
	}
	var levels []level
	for i, l := range lines {
		for len(levels) > 0 && levels[len(levels)-1].indent > l.indent {
			levels = levels[:len(levels)-1]
		}
		if len(levels) == 0 || levels[len(levels)-1].indent < l.indent {
			levels = append(levels, level{indent: l.indent})
		}
		at := &levels[len(levels)-1]
		switch follows, clause := clauses[l.word]; {
		case clause && slices.Contains(follows, at.head) && len(at.since) <= detached:
			for _, k := range at.since {
				out, ok = blankLine(s, lines[k], text, out), true
			}
			at.head, at.since = l.word, nil
		case clause:
			at.head, at.since = "", nil
		case s.simple(l):
			at.since = append(at.since, i)
		default:
			at.head, at.since = l.word, nil
			if l.word == "async" {
				at.head = word(strings.TrimLeft(s.src[l.start+len("async"):], " \t"), 0)
			}
		}
	}
	slices.SortFunc(out, func(a, b mended) int { return cmp.Compare(a.start, b.start) })
	return out, ok
}

// blankLine blanks a logical line, which may have been mended already.
func blankLine(s *scanner, l line, text []byte, out []mended) []mended {
	body := s.body(l)
	replace(text[l.start:l.start+len(body)], "")
	m := mended{int32(l.start), true, names(string(body))}
	if i := slices.IndexFunc(out, func(o mended) bool { return o.start == m.start }); i >= 0 {
		out[i] = m
		return out
	}
	return append(out, m)
}

// body is the text of a logical line.
func (s *scanner) body(l line) []byte {
	return []byte(strings.TrimRight(s.src[l.start:l.end], " \t\r\n"))
}

// mendLine replaces a logical line, which stands at the start of text, if it is broken; deeper says that a suite follows.
func (p *parser) mendLine(s *scanner, l line, deeper bool, text []byte) (m mended, ok bool) {
	body := s.body(l)
	if !s.dangles(&l) && p.remembers(l, body) {
		return m, false
	}
	replace(text[:len(body)], substitute(l, len(body), deeper))
	return mended{int32(l.start), false, names(string(body))}, true
}

// remembers is stands, asked once for each line: while somebody types, the lines around are the same.
func (p *parser) remembers(l line, text []byte) bool {
	if ok, found := p.stood[string(text)]; found {
		return ok
	}
	ok := p.stands(l, text)
	if p.stood == nil || len(p.stood) >= 4*mendLimit {
		p.stood = map[string]bool{}
	}
	p.stood[string(text)] = ok
	return ok
}

// stands says whether a logical line parses where it may stand.
func (p *parser) stands(l line, text []byte) bool {
	before, after := "", ""
	if l.suite {
		after = " pass"
	}
	switch {
	case l.word == "elif", l.word == "else":
		before = "if x: pass\n"
	case l.word == "except", l.word == "finally":
		before = "try: pass\n"
	case l.word == "case" && l.suite:
		before = "match x:\n "
	case l.word == "try" && l.suite:
		after = " pass\nfinally: pass"
	case l.word == "match" && l.suite:
		after = "\n case _: pass"
	case text[0] == '@':
		after = "\ndef f(): pass"
	}
	p.line = append(append(append(p.line[:0], before...), text...), after...)
	p.line = append(p.line, '\n')
	if p.reads(p.line) {
		return true
	}
	t, err := p.sitter.ParseCtx(context.Background(), nil, p.line)
	if err != nil {
		return false
	}
	defer t.Close()
	return !t.RootNode().HasError()
}

// substitute is a statement that does nothing in place of a broken one of n bytes; deeper says that a suite follows.
func substitute(l line, n int, deeper bool) string {
	choices := []string{"pass", "0"}
	switch {
	case !deeper && !l.suite:
	case l.word == "elif":
		choices = []string{"elif 1:", "else:"}
	case l.word == "except":
		choices = []string{"except:"}
	case l.word == "case":
		choices = []string{"case _:"}
	case l.word == "try", l.word == "else", l.word == "finally":
		choices = []string{l.word + ":"}
	default:
		choices = []string{"if 1:"}
	}
	for _, c := range choices {
		if len(c) <= n {
			return c
		}
	}
	return ""
}

// replace writes a statement over a line and blanks the rest of it, but for line ends.
func replace(line []byte, by string) {
	copy(line, by)
	for i := len(by); i < len(line); i++ {
		if line[i] != '\n' && line[i] != '\r' {
			line[i] = ' '
		}
	}
}

// names are the words of a text that may be names that it reads.
func names(src string) []string {
	var all []string
	for w := range words(src) {
		if w[0] < '0' || w[0] > '9' {
			all = append(all, w)
		}
	}
	return all
}
