package snippets

import (
	"slices"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
)

// An Offer is a pattern as it would be written at a place of a file.
type Offer struct {
	Pattern *Pattern
	Variant *Variant
	Filter  string             // what the typed word is compared with: the prefix, or one of the pattern's words
	Span    python.Span        // what is replaced: the typed word
	Snippet string             // in snippet syntax, with the indentation and the line ends of the file
	Plain   string             // the same with the defaults of its placeholders
	Imports []diagnostics.Edit // what the file lacks
}

// A Context is a file and what is known about it.
type Context struct {
	File   *python.File
	Target diagnostics.Version // the oldest Python that the project supports; zero when that is not known
	Hangs  bool                // the editor indents the lines of a snippet like the one where it is put, so that the snippet must not
}

// Offers are the patterns that fit at a byte offset of the file, and to what has been typed there.
func (c Context) Offers(offset int) []Offer {
	place, ok := At(c.File, offset)
	if !ok {
		return nil
	}
	var s *scope
	var offers []Offer
	for _, p := range All() {
		if p.Where&place.Where == 0 {
			continue
		}
		filter := p.fits(place.Typed)
		if filter == "" {
			continue
		}
		if s == nil {
			s = c.scope(place)
		}
		v := p.variant(s.library, c.Target, s.imports, false)
		if v == nil {
			continue
		}
		offers = append(offers, c.offer(p, v, place, filter, s))
	}
	return offers
}

// fits is what a typed word is the beginning of: the prefix of the pattern or one of its words. An editor asks once for a word and goes on
// with the answer while it is typed, so words that contain the typed one behind a hyphen count as well. It is "" for nothing.
func (p *Pattern) fits(typed string) string {
	if len(typed) < len(Prefix) && strings.HasPrefix(Prefix, typed) || strings.HasPrefix(typed, Prefix) {
		for _, w := range p.Words {
			if strings.HasPrefix(Prefix+w, typed) {
				return Prefix + w
			}
		}
		if typed := strings.TrimPrefix(typed, Prefix); strings.Contains("-"+p.Name, "-"+typed) {
			return p.Prefix()
		}
		return ""
	}
	for _, w := range p.Words {
		if strings.HasPrefix(w, typed) {
			return w
		}
	}
	if strings.Contains(p.Name, "-"+typed) {
		return p.Name
	}
	return ""
}

// offer writes a variant at a place.
func (c Context) offer(p *Pattern, v *Variant, place Place, filter string, s *scope) Offer {
	o := Offer{Pattern: p, Variant: v, Filter: filter, Span: place.Word}
	names := map[string]string{}
	for _, t := range p.Names {
		if name := s.nameOf(t.Type, place); name != "" && name != t.Default {
			names[t.Default] = name
		}
	}
	newline := diagnostics.Newline(c.File.Text())
	body := v.Body.renamed(names)
	lead := place.Indent
	if c.Hangs {
		lead = ""
	}
	o.Snippet = indented(string(body), lead, place.Unit, newline)
	o.Plain = indented(body.Plain(), place.Indent, place.Unit, newline)
	var own []string // imports that would touch the word, or be in another cell
	text := c.File.Text()
	line := text.Line(text.LineAt(place.Word.Start))
	for _, statement := range v.Imports {
		if s.has(statement) {
			continue
		}
		if e := diagnostics.Import(c.File, statement); !notebook(c.File) && (e.Span.Start < line.Start || e.Span.Start > line.End) {
			o.Imports = append(o.Imports, e)
		} else {
			own = append(own, statement)
		}
	}
	slices.SortStableFunc(o.Imports, func(a, b diagnostics.Edit) int { return a.Span.Start - b.Span.Start })
	if own != nil {
		blank := newline
		if place.Indent == "" {
			own = grouped(own)
		}
		if place.Where&Module != 0 && p.Where&Module != 0 {
			blank += newline
		}
		behind := func(lead, code string) string {
			return strings.Join(own, newline+lead) + newline + blank + lead + code
		}
		o.Snippet, o.Plain = behind(lead, o.Snippet), behind(place.Indent, o.Plain)
	}
	return o
}

// scope is what a file offers to the patterns.
type scope struct {
	library string
	bound   map[string]string // qualified names by how the file spells them
	tops    map[string]bool   // packages that it imports something of
	names   map[string]string // see nameOf
	file    *python.File
}

func (c Context) scope(place Place) *scope {
	s := &scope{library: diagnostics.Library(c.File), bound: map[string]string{}, tops: map[string]bool{}, names: map[string]string{}, file: c.File}
	for name, v := range c.File.Imports {
		s.bound[name] = v.Str
		top, _, _ := strings.Cut(v.Str, ".")
		s.tops[top] = true
	}
	return s
}

func (s *scope) imports(pkg string) bool { return s.tops[pkg] }

// has says whether the file makes an import already.
func (s *scope) has(statement string) bool {
	if module, ok := strings.CutPrefix(statement, "import "); ok {
		return s.bound[module] == module
	}
	module, names, _ := strings.Cut(strings.TrimPrefix(statement, "from "), " import ")
	for name := range strings.SplitSeq(names, ", ") {
		if s.bound[name] != module+"."+name {
			return false
		}
	}
	return true
}

// nameOf is the name of an object of a class that can be used at a place, as the code above says in so many words: an annotation or an
// assignment of a new object. "" when there is none.
func (s *scope) nameOf(class string, place Place) string {
	if name, ok := s.names[class]; ok {
		return name
	}
	name := lastNamed(place.before, class, place.Where&Coroutine != 0 || place.Where&Function != 0)
	if name == "" {
		b, at := s.file.At(place.Word.Start)
		for o, start := range s.file.Blocks {
			if start >= at && o.Class() == "" {
				break
			}
			if o == b || !strings.Contains(o.Text(), class) {
				continue
			}
			found := lastNamed(o.Text(), class, o.Class() != "")
			attribute := strings.HasPrefix(found, "self.")
			if found != "" && attribute == (o.Class() != "") && (!attribute || b != nil && b.Class() == o.Class()) && (attribute || o.Text()[0] != ' ' && startsWith(o.Text(), found)) {
				name = found
			}
		}
	}
	s.names[class] = name
	return name
}

// startsWith says whether a block is the assignment of a name.
func startsWith(src, name string) bool {
	rest, ok := strings.CutPrefix(src, name)
	return ok && strings.HasPrefix(strings.TrimLeft(rest, " "), "=") || ok && strings.HasPrefix(rest, ":")
}

// lastNamed is the name of the last object of a class in a text: "x: Class", "x = Class(", "Class(...) as x". nested says that names of
// objects ("self.x") count.
func lastNamed(src, class string, nested bool) string {
	for end := len(src); ; {
		i := strings.LastIndex(src[:end], class)
		if i < 0 {
			return ""
		}
		end = i
		if i+len(class) < len(src) && isNameByte(src[i+len(class)]) {
			continue
		}
		before := src[:i]
		for before != "" && (isNameByte(before[len(before)-1]) || before[len(before)-1] == '.') {
			if before[len(before)-1] != '.' && len(before) == i { // the end of another name
				break
			}
			before = before[:len(before)-1]
		}
		if before != "" && isNameByte(before[len(before)-1]) && len(before) == i {
			continue
		}
		lead := strings.TrimRight(before, " \t")
		after := src[i+len(class):]
		if line := strings.IndexAny(after, "\r\n"); line >= 0 {
			after = after[:line]
		}
		switch {
		case strings.HasSuffix(lead, ":"), strings.HasSuffix(lead, "=") && !strings.HasSuffix(lead, "==") && strings.HasPrefix(after, "("):
			name := lead[:len(lead)-1]
			name = strings.TrimRight(name, " \t")
			n := len(name)
			for n > 0 && (isNameByte(name[n-1]) || name[n-1] == '.') {
				n--
			}
			if name = name[n:]; name != "" && (nested || !strings.Contains(name, ".")) {
				return name
			}
		case strings.HasPrefix(after, "("):
			if _, as, ok := strings.Cut(after, " as "); ok {
				name, _ := firstWord(as)
				if name != "" {
					return name
				}
			}
		}
	}
}

func isNameByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= '0' && c <= '9' || c >= 0x80
}
