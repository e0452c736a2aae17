package snippets

import (
	"strings"

	"aiolens/diagnostics/python"
)

// Place is where a statement can be typed.
type Place struct {
	Where  Where
	Word   python.Span // what has been typed of it, in bytes of the file
	Typed  string      // the same as text, up to the cursor
	Indent string      // of the line
	Unit   string      // one level of indentation of the file
	before string      // the text of the block up to the line
}

// At is the place at a byte offset of a file: ok is false unless a statement can begin there, that is where nothing but a word stands on
// the line, outside strings, brackets and continued lines, and not below a decorator. It takes half-typed code as it is: indentation alone
// says which function or class the place is in.
func At(file *python.File, offset int) (p Place, ok bool) {
	text := file.Text()
	src := text.String()
	line := text.Line(text.LineAt(offset))
	rest := src[line.Start:line.End]
	word := strings.TrimLeft(rest, " \t")
	p.Indent = rest[:len(rest)-len(word)]
	word = strings.TrimRight(word, " \t")
	start := line.Start + len(p.Indent)
	if offset < start || offset > start+len(word) || !isWord(word) {
		return p, false
	}
	if word == "" && offset < line.End { // the cursor is in front of blanks that the editor may have put there
		p.Indent = rest
		start = line.End
	}
	p.Word = python.Span{Start: start, End: start + len(word)}
	p.Typed = src[min(start, offset):offset]
	b, at := file.At(line.Start)
	if b == nil {
		p.Where, p.Unit = Module, unitOf(src)
		return p, true
	}
	at = text.Line(text.LineAt(at)).Start
	at = min(at, line.Start)
	p.before = src[at:line.Start]
	var s scan
	if b.Class() != "" && p.Indent != "" {
		s.open = append(s.open, header{where: Class})
	}
	if !s.run(p.before) {
		return p, false
	}
	s.leave(p.Indent)
	p.Where = Module
	for i := len(s.open) - 1; i >= 0; i-- {
		if h := s.open[i]; h.where != 0 {
			p.Where = h.where
			break
		}
	}
	if n := len(s.open); n > 0 && s.open[n-1].match {
		return p, false
	}
	if notebook(file) && p.Where == Module {
		p.Where = Module | Coroutine
	}
	if n := len(s.open); n > 0 && len(p.Indent) > len(s.open[n-1].indent) && strings.HasPrefix(p.Indent, s.open[n-1].indent) {
		p.Unit = p.Indent[len(s.open[n-1].indent):]
	} else {
		p.Unit = unitOf(src)
	}
	return p, true
}

// notebook says whether a file is a notebook, whose cells run in a coroutine; see [diagnostics.Pass.InCoroutine].
func notebook(file *python.File) bool { return strings.HasSuffix(file.Path, ".ipynb") }

// isWord says whether a text can be the beginning of a prefix; an empty one can.
func isWord(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c == '_', i > 0 && (c == '-' || c >= '0' && c <= '9'):
		default:
			return false
		}
	}
	return true
}

// header is a compound statement that is open at a place.
type header struct {
	indent string
	where  Where // zero for those that are neither a function nor a class
	match  bool
}

// scan reads statements as far as their indentation and first words go.
type scan struct {
	open      []header
	decorated bool // the last statement is a decorator
}

// run reads a text that ends where a line begins; false when no statement can begin there.
func (s *scan) run(src string) bool {
	for len(src) > 0 {
		indent := src[:len(src)-len(strings.TrimLeft(src, " \t\f"))]
		stmt := src[len(indent):]
		if stmt == "" {
			break
		}
		if c := stmt[0]; c == '\n' || c == '\r' || c == '#' {
			src = behindLine(stmt)
			continue
		}
		n, closed := logical(stmt)
		if !closed {
			return false
		}
		s.leave(indent)
		s.enter(indent, stmt[:n])
		src = stmt[n:]
	}
	return !s.decorated
}

// leave closes what a line with an indentation is not in.
func (s *scan) leave(indent string) {
	n := len(s.open)
	for n > 0 && len(s.open[n-1].indent) >= len(indent) {
		n--
	}
	s.open = s.open[:n]
}

// enter opens the statement if it is a compound one.
func (s *scan) enter(indent, stmt string) {
	s.decorated = stmt[0] == '@'
	first, rest := firstWord(stmt)
	h := header{indent: indent}
	switch first {
	case "async":
		if second, _ := firstWord(rest); second == "def" {
			h.where = Coroutine
		}
	case "def":
		h.where = Function
	case "class":
		h.where = Class
	case "match":
		if !strings.HasSuffix(strings.TrimRight(stmt, " \t\r\n"), ":") {
			return
		}
		h.match = true
	case "if", "elif", "else", "for", "while", "with", "try", "except", "finally", "case":
	default:
		return
	}
	s.open = append(s.open, h)
}

func firstWord(s string) (word, rest string) {
	s = strings.TrimLeft(s, " \t")
	n := 0
	for n < len(s) && (s[n] >= 'a' && s[n] <= 'z' || s[n] >= 'A' && s[n] <= 'Z' || s[n] == '_' || n > 0 && s[n] >= '0' && s[n] <= '9') {
		n++
	}
	return s[:n], s[n:]
}

func behindLine(s string) string {
	i := strings.IndexAny(s, "\r\n")
	if i < 0 {
		return ""
	}
	if strings.HasPrefix(s[i:], "\r\n") {
		i++
	}
	return s[i+1:]
}

// logical is the length of the logical line at the start of a text, with its line end; closed is false when the text ends within it.
func logical(s string) (n int, closed bool) {
	depth := 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; c {
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			depth = max(depth-1, 0)
		case '#':
			i += len(s[i:]) - len(behindLine(s[i:])) - 1
			if depth == 0 {
				return i + 1, true
			}
		case '\\':
			if strings.HasPrefix(s[i+1:], "\r\n") {
				i++
			}
			i++
		case '"', '\'':
			n := quoted(s[i:])
			if n < 0 {
				return len(s), false
			}
			i += n - 1
		case '\r':
			if depth == 0 && !strings.HasPrefix(s[i:], "\r\n") {
				return i + 1, true
			}
		case '\n':
			if depth == 0 {
				return i + 1, true
			}
		}
	}
	return len(s), false
}

// quoted is the length of the string literal at the start of a text; that of one in single quotes ends with its line at the latest. It is
// negative when the text ends within it.
func quoted(s string) int {
	quote := s[:1]
	if strings.HasPrefix(s, quote+quote+quote) {
		quote = s[:3]
	}
	for i := len(quote); i < len(s); i++ {
		switch {
		case s[i] == '\\':
			if strings.HasPrefix(s[i+1:], "\r\n") {
				i++
			}
			i++
		case strings.HasPrefix(s[i:], quote):
			return i + len(quote)
		case len(quote) == 1 && (s[i] == '\n' || s[i] == '\r'):
			return i
		}
	}
	return -1
}

// unitOf is one level of indentation of a text: that of the first line behind a colon.
func unitOf(src string) string {
	colon := false
	for line := range strings.Lines(src) {
		trimmed := strings.TrimSpace(line)
		if trimmed == "" {
			continue
		}
		if colon {
			if indent := line[:len(line)-len(strings.TrimLeft(line, " \t"))]; indent != "" {
				if indent[0] == '\t' {
					return "\t"
				}
				return indent
			}
		}
		colon = strings.HasSuffix(trimmed, ":") && line[0] != ' ' && line[0] != '\t'
	}
	return "    "
}
