package python

import "strings"

// mask is a replacement of one byte that makes newer Python readable for the grammar, byte for byte.
type mask struct {
	at int
	c  byte
}

// scanner finds the ends of logical lines without building a tree. It knows strings, nested replacement fields,
// comments, brackets and continuation lines, and it gives up an open bracket at a line that can only start a
// statement, so that a half-typed call does not swallow what follows.
type scanner struct {
	src   string
	masks []mask
}

// asyncWords are the words without which a file has nothing to do with asynchronous code: keywords, the libraries, methods
// of the event loop, and the exception groups that task groups raise.
var asyncWords = map[string]bool{
	"async": true, "await": true, "asynccontextmanager": true, "asyncio": true, "trio": true, "anyio": true, "uvloop": true,
	"create_task": true, "ensure_future": true, "call_soon": true, "call_soon_threadsafe": true, "call_later": true, "call_at": true,
	"add_reader": true, "add_writer": true, "add_signal_handler": true, "run_in_executor": true, "run_until_complete": true,
	"aiohttp": true, "aiofiles": true, "aiogram": true, "aiosqlite": true, "asyncpg": true, "discord": true, "httpx": true,
	"telegram": true, "websockets": true, "ExceptionGroup": true, "BaseExceptionGroup": true,
}

// line describes one logical line.
type line struct {
	start  int    // offset of its first token
	indent int    // column of its first token, tabs to multiples of eight
	end    int    // offset behind its line end
	last   int    // offset behind its last token
	word   string // its first word; "" when it does not start with a letter
	suite  bool   // it ends with a colon: an indented suite follows
	async  bool   // it holds one of asyncWords
}

// next finds the first logical line that starts at or behind offset at, which is a start of a line. ok is false
// at the end of the text.
func (s *scanner) next(at int) (l line, ok bool) {
	src := s.src
	for at < len(src) {
		i, indent := at, 0
		if i == 0 && strings.HasPrefix(src, "\ufeff") {
			i = len("\ufeff")
		}
	blank:
		for ; i < len(src); i++ {
			switch src[i] {
			case ' ':
				indent++
			case '\t':
				indent = (indent/8 + 1) * 8
			case '\f', '\r':
				indent = 0
			default:
				break blank
			}
		}
		switch {
		case i >= len(src):
			return line{}, false
		case src[i] == '\n':
			at = i + 1
			continue
		case src[i] == '#':
			at = s.lineEnd(i)
			continue
		}
		l = line{start: i, last: i, indent: indent, word: word(src, i)}
		s.logical(&l)
		return l, true
	}
	return line{}, false
}

// lineEnd is the offset behind the physical line that holds i.
func (s *scanner) lineEnd(i int) int {
	if n := strings.IndexAny(s.src[i:], "\r\n"); n >= 0 {
		i += n
		if s.src[i] == '\r' && i+1 < len(s.src) && s.src[i+1] == '\n' {
			i++
		}
		return i + 1
	}
	return len(s.src)
}

func isWord(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c >= 0x80
}

// word is the word at i; "" at the end of the text and behind it.
func word(src string, i int) string {
	i = min(i, len(src))
	j := i
	for j < len(src) && isWord(src[j]) {
		j++
	}
	return src[i:j]
}

// logical scans the rest of a logical line.
func (s *scanner) logical(l *line) {
	src := s.src
	depth := 0
	var open []unpacking // PEP 798: "[*x for x in all]" reads as "[~x for x in all]": of what, is not known
	unpacks := func() bool { n := len(open); return n > 0 && open[n-1].depth == depth }
	i := l.start
	if l.word == "lazy" { // PEP 810: "lazy import m" reads as "if 1:import m"
		if w := strings.TrimLeft(src[i+4:min(len(src), i+24)], " "); strings.HasPrefix(w, "import ") || strings.HasPrefix(w, "from ") {
			for k, c := range []byte("if 1:") {
				s.masks = append(s.masks, mask{i + k, c})
			}
		}
	}
	for i < len(src) {
		switch c := src[i]; c {
		case '(', '[', '{':
			depth++
			l.suite = false
			i++
			l.last = i
			if at := s.star(i); at > 0 {
				open = append(open, unpacking{at, depth})
			}
		case ')', ']', '}':
			if unpacks() {
				open = open[:len(open)-1]
			}
			depth = max(depth-1, 0)
			l.suite = false
			i++
			l.last = i
		case '"', '\'':
			i = s.str(i, i)
			l.suite = false
			l.last = i
		case '#':
			if n := strings.IndexAny(src[i:], "\r\n"); n >= 0 {
				i += n
			} else {
				i = len(src)
			}
		case '\\':
			if e := i + 1; e < len(src) && (src[e] == '\n' || src[e] == '\r') {
				i = s.lineEnd(e)
			} else {
				i++
			}
		case '\n', '\r':
			i = s.lineEnd(i)
			if depth == 0 {
				l.end = i
				return
			}
			if s.startsStatement(i) {
				l.end, l.suite = i, false
				return
			}
		case ',', ':':
			if unpacks() {
				open = open[:len(open)-1]
			}
			l.suite = c == ':' && depth == 0
			i++
			l.last = i
		case ' ', '\t', '\f':
			i++
		case '=':
			if depth > 0 && i+1 < len(src) && src[i+1] != '=' {
				s.typeDefault(l, i, depth)
			}
			l.suite = false
			i++
			l.last = i
		default:
			l.suite = false
			if !isWord(c) {
				i++
				l.last = i
				continue
			}
			j := i + 1
			for j < len(src) && isWord(src[j]) {
				j++
			}
			if j < len(src) && (src[j] == '"' || src[j] == '\'') && j-i <= 3 {
				start := i
				i = s.str(j, i)
				l.async = l.async || strings.Contains(src[start:i], "await") // in a replacement field
			} else {
				l.async = l.async || asyncWords[src[i:j]]
				if unpacks() && src[i:j] == "for" {
					for at := open[len(open)-1].at; src[at] == '*'; at++ {
						s.masks = append(s.masks, mask{at, '~'})
					}
					open = open[:len(open)-1]
				}
				i = j
			}
			l.last = i
		}
	}
	l.end = len(src)
}

// unpacking is a star that brackets of a depth begin with.
type unpacking struct{ at, depth int }

// star is where the star stands with which the text goes on at i; 0 without.
func (s *scanner) star(i int) int {
	for ; i < len(s.src); i++ {
		switch s.src[i] {
		case ' ', '\t', '\r', '\n':
		case '#':
			i = s.lineEnd(i) - 1
		case '*':
			return i
		default:
			return 0
		}
	}
	return 0
}

// typeDefault masks the default of a type parameter (PEP 696), "def f[T = int]", if the "=" at i is one.
func (s *scanner) typeDefault(l *line, i, depth int) {
	if depth != 1 {
		return
	}
	rest := s.src[l.start:i]
	switch l.word {
	case "def", "class", "type":
	case "async":
		rest = strings.TrimLeft(strings.TrimPrefix(rest, "async"), " \t")
	default:
		return
	}
	rest = strings.TrimLeft(rest[len(word(rest, 0)):], " \t")
	rest = strings.TrimLeft(rest[len(word(rest, 0)):], " \t")
	if !strings.HasPrefix(rest, "[") || strings.ContainsAny(rest, "(]") && strings.Count(rest, "[") == strings.Count(rest, "]") {
		return
	}
	nested := 0
	for j := i; j < len(s.src); j++ {
		switch s.src[j] {
		case '[', '(':
			nested++
		case ')':
			nested--
		case ']':
			if nested == 0 {
				return
			}
			nested--
		case ',':
			if nested == 0 {
				return
			}
		case '\n', '\r', '"', '\'':
			return
		}
		s.masks = append(s.masks, mask{j, ' '})
	}
}

// startsStatement says whether the physical line at i begins with what cannot stand inside brackets.
func (s *scanner) startsStatement(i int) bool {
	for i < len(s.src) && (s.src[i] == ' ' || s.src[i] == '\t') {
		i++
	}
	if i+1 < len(s.src) && s.src[i] == '@' && isWord(s.src[i+1]) {
		return true // a decorator: an operator at the start of a line has a space behind it
	}
	w := word(s.src, i)
	switch w {
	case "def", "class", "import", "return", "while", "pass", "break", "continue", "raise", "del", "global", "nonlocal",
		"try", "assert", "elif", "except", "finally":
		// A word followed by "=" is a keyword argument's name half typed: still not legal, but leave it.
		return true
	case "async":
		next := word(s.src, i+6)
		return i+6 < len(s.src) && (next == "def" || next == "with")
	case "from":
		return strings.Contains(s.rest(i), " import ")
	case "else":
		return strings.HasPrefix(strings.TrimLeft(s.src[i+4:min(len(s.src), i+8)], " "), ":")
	case "if", "for", "with":
		return strings.HasSuffix(strings.TrimRight(s.rest(i), " \t"), ":")
	}
	return false
}

// rest is the physical line from i on, or the beginning of it.
func (s *scanner) rest(i int) string {
	rest := s.src[i:min(len(s.src), i+200)]
	if n := strings.IndexAny(rest, "\r\n"); n >= 0 {
		rest = rest[:n]
	}
	return rest
}

// dangles says whether a logical line ends where the grammar would read on in the next one: after an operator, or after
// a keyword that wants an expression.
func (s *scanner) dangles(l *line) bool {
	text := strings.TrimRight(s.src[l.start:l.last], " \t\f\r\n\\")
	if text == "" {
		return false
	}
	switch text[len(text)-1] {
	case '*':
		return l.word != "from"
	case '.':
		return !strings.HasSuffix(text, "...")
	case '=', '+', '-', '/', '%', '&', '|', '^', '<', '>', '~', '@', '!':
		return true
	}
	i := len(text)
	for i > 0 && isWord(text[i-1]) {
		i--
	}
	switch text[i:] {
	case "await", "not", "and", "or", "in", "is", "lambda", "if", "del", "assert", "from", "import", "async", "as", "with", "for",
		"while", "elif", "class", "def", "global", "nonlocal":
		return true
	case "else", "try", "finally":
		return true
	}
	return false
}

// str scans a string whose quote stands at i and whose prefix starts at from, and returns the offset behind it. A
// string in single quotes ends at the end of its line at the latest.
func (s *scanner) str(i, from int) int {
	src := s.src
	format := false
	for k := from; k < i; k++ {
		switch src[k] {
		case 'f', 'F':
			format = true
		case 't', 'T': // PEP 750: t"" reads as f""
			format = true
			s.masks = append(s.masks, mask{k, 'f'})
		case 'r', 'R', 'b', 'B', 'u', 'U':
		default: // an ordinary word before a quote
			format = false
			if n := len(s.masks); n > 0 && s.masks[n-1].at >= from {
				s.masks = s.masks[:n-1]
			}
			from = i
		}
	}
	q := src[i]
	triple := i+2 < len(src) && src[i+1] == q && src[i+2] == q
	if triple {
		i += 3
	} else {
		i++
	}
	for i < len(src) {
		switch c := src[i]; {
		case c == '\\':
			i++
			if i < len(src) && src[i] == '\r' && i+1 < len(src) && src[i+1] == '\n' {
				i++
			}
			i++
		case c == q:
			if !triple {
				return i + 1
			}
			if i+2 < len(src) && src[i+1] == q && src[i+2] == q {
				return i + 3
			}
			i++
		case (c == '\n' || c == '\r') && !triple:
			return i
		case c == '{' && format:
			if i+1 < len(src) && src[i+1] == '{' {
				i += 2
			} else {
				i = s.field(i+1, q, triple)
			}
		default:
			i++
		}
	}
	return len(src)
}

// field scans a replacement field that starts at i, behind its "{", and returns the offset behind its "}", or of what
// ends it too early.
func (s *scanner) field(i int, q byte, triple bool) int {
	src := s.src
	depth := 0
	spec := false
	for i < len(src) {
		switch c := src[i]; {
		case c == '}' && depth == 0:
			return i + 1
		case c == '{' && spec:
			i = s.field(i+1, q, triple)
		case spec && c == q:
			return i
		case c == '\n' || c == '\r':
			if !triple && (depth == 0 || spec) {
				return i
			}
			i++
		case spec:
			i++
		case c == '(' || c == '[' || c == '{':
			depth++
			i++
		case c == ')' || c == ']' || c == '}':
			depth = max(depth-1, 0)
			i++
		case c == ':' && depth == 0:
			spec = true
			i++
		case c == '"' || c == '\'':
			if c == q && !triple && closes(src[i:]) {
				return i // the string ends within the field: half typed
			}
			if triple && c == q && strings.HasPrefix(src[i+1:], string([]byte{q, q})) {
				return i
			}
			k := i
			for k > 0 && isWord(src[k-1]) && i-k < 2 {
				k--
			}
			i = s.str(i, k)
		default:
			i++
		}
	}
	return len(src)
}

// closes guesses whether the quote at the start of rest closes the string around a field rather than opening one inside
// it: nothing on the line closes the field behind it.
func closes(rest string) bool {
	rest = rest[:min(len(rest), 400)] // fields are short
	if n := strings.IndexAny(rest, "\r\n"); n >= 0 {
		rest = rest[:n]
	}
	return !strings.Contains(rest, "}")
}

// piece is a stretch of the text that is parsed by itself: a top-level statement, the head of a top-level class, or a
// statement in the body of one. Blank lines and comments belong to the piece before them.
type piece struct {
	start  int
	kind   blockKind
	owner  int    // number of the piece of the class head, for members; else -1
	name   string // the name of the class, for heads and members
	indent int    // the indentation of the class body, for members
	ragged bool   // a logical line in it ends where the grammar would read on
	async  bool   // there is one of asyncWords in it
	binds  string // the name of the function or class that it defines; "" for any other statement
	masks  int    // how many masks there are before the piece
}

type blockKind uint8

const (
	statement blockKind = iota
	classHead
	member
)

// splitter cuts a text into pieces. Between two pieces its state is only the last piece, so that it can start and
// stop at any boundary.
type splitter struct {
	scanner
	pieces    []piece
	base      int  // the number of pieces[0] in the file
	decorated bool // the last logical line was a decorator of the current piece
}

// class is the number of the head that an indented line at this place belongs to; -1 outside classes.
func (s *splitter) class() int {
	if n := len(s.pieces); n > 0 {
		switch p := s.pieces[n-1]; p.kind {
		case classHead:
			return s.base + n - 1
		case member:
			return p.owner
		}
	}
	return -1
}

// add takes the next logical line and says whether a new piece starts with it.
func (s *splitter) add(l line, masks int) bool {
	class := s.class()
	decorated := s.decorated
	if len(s.pieces) > 0 {
		last := &s.pieces[len(s.pieces)-1]
		indent := 0 // of the statements among which this one may start a piece
		if class >= 0 && l.indent > 0 {
			indent = last.indent
			if last.kind == classHead {
				indent = l.indent
			}
		}
		sibling := (l.indent > 0) == (last.kind == member) && last.kind != classHead
		if l.indent != indent || decorated || sibling && continues(l.word) {
			if decorated && l.indent == indent {
				last.binds = s.defines(l)
				if last.kind == statement && l.indent == 0 {
					s.open(last, l)
				}
			}
			s.decorated = l.indent == indent && s.src[l.start] == '@'
			return false
		}
	}
	p := piece{start: s.lineStart(l.start), owner: -1, masks: masks, binds: s.defines(l)}
	if class >= 0 && l.indent > 0 {
		p.kind, p.owner, p.name, p.indent = member, class, s.pieces[len(s.pieces)-1].name, l.indent
	}
	if len(s.pieces) == 0 {
		p.start = 0
	}
	s.pieces = append(s.pieces, p)
	s.decorated = s.src[l.start] == '@'
	if p.kind == statement && l.indent == 0 {
		s.open(&s.pieces[len(s.pieces)-1], l)
	}
	return true
}

// defines is the name of the function or class that a logical line defines; "" when it does not.
func (s *splitter) defines(l line) string {
	i := l.start
	next := func() string {
		for i < len(s.src) && (s.src[i] == ' ' || s.src[i] == '\t') {
			i++
		}
		w := word(s.src, i)
		i += len(w)
		return w
	}
	switch w := next(); w {
	case "async":
		if next() != "def" {
			return ""
		}
	case "def", "class":
	default:
		return ""
	}
	return next()
}

// open turns a piece into the head of a class if the logical line is one that opens a suite.
func (s *splitter) open(p *piece, l line) {
	if l.word == "class" && l.suite {
		i := l.start + len("class")
		for i < len(s.src) && (s.src[i] == ' ' || s.src[i] == '\t') {
			i++
		}
		p.kind, p.name = classHead, word(s.src, i)
	}
}

func (s *scanner) lineStart(i int) int {
	for i > 0 && s.src[i-1] != '\n' && s.src[i-1] != '\r' {
		i--
	}
	return i
}

// continues says whether a word continues the compound statement before it.
func continues(word string) bool {
	switch word {
	case "elif", "else", "except", "finally":
		return true
	}
	return false
}
