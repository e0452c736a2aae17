// Package hover knows what to say about a place in a file: the quick-reference cards of the names of asynchronous Python, and what
// other tasks may change during an await. The cards are Markdown, one file per library, embedded into the binary and indexed when a
// name of the library is first asked for.
//
// It does not know the language server protocol or the disk. What rules know about a call or a finding comes from package diagnostics.
package hover

import (
	"cmp"
	"embed"
	"maps"
	"slices"
	"strings"
	"sync"

	"aiolens/diagnostics/knowledge"
	"aiolens/diagnostics/shape"
)

//go:embed cards/*.md
var files embed.FS

// builtins is the file of the names that need no import.
const builtins = "builtins"

// A library is one file of cards.
type library struct {
	file  string // "asyncio"
	once  sync.Once
	text  string
	names []string           // in the order of the file
	cards map[string]section // by those names, and by those of the modules that declare them
}

// section is where a card is in the text of its library.
type section struct {
	name       string
	start, end int
}

// libraries are the files by top-level package. The map itself is never written to after it is made.
var libraries = sync.OnceValue(func() map[string]*library {
	entries, _ := files.ReadDir("cards")
	m := make(map[string]*library, len(entries))
	for _, e := range entries {
		name := strings.TrimSuffix(e.Name(), ".md")
		m[name] = &library{file: name}
	}
	return m
})

// libraryOf is the library of a qualified name; nil when there are no cards of it.
func libraryOf(name string) *library {
	top, _, dotted := strings.Cut(name, ".")
	if !dotted {
		top = builtins
	}
	l := libraries()[top]
	if l != nil {
		l.once.Do(l.index)
	}
	return l
}

// index finds the cards of the file.
func (l *library) index() {
	data, _ := files.ReadFile("cards/" + l.file + ".md")
	l.text = string(data)
	l.cards = map[string]section{}
	last := -1
	finish := func(end int) {
		if last < 0 {
			return
		}
		heading, rest, _ := strings.Cut(l.text[last:end], "\n")
		name := headed(heading)
		names := []string{name}
		if also, ok := strings.CutPrefix(strings.TrimLeft(rest, "\n"), "- also: "); ok {
			also, _, _ = strings.Cut(also, "\n")
			for other := range strings.SplitSeq(also, ", ") {
				names = append(names, name[:strings.LastIndexByte(name, '.')+1]+other)
			}
		}
		for _, n := range names {
			l.names = append(l.names, n)
			l.cards[n] = section{n, last, end}
		}
	}
	for at := 0; at < len(l.text); {
		if strings.HasPrefix(l.text[at:], "## `") {
			finish(at)
			last = at
		}
		next := strings.IndexByte(l.text[at:], '\n')
		if next < 0 {
			break
		}
		at += next + 1
	}
	finish(len(l.text))
	for _, n := range l.names {
		if home := homeOf(n); l.cards[home].name == "" {
			l.cards[home] = l.cards[n]
		}
	}
}

// headed is the name that the heading of a card is about: "asyncio.gather" of "## `await asyncio.gather(*aws)`". The methods of
// event loops are called loop.x in the headings, as in the documentation of Python.
func headed(heading string) string {
	text := strings.TrimPrefix(heading, "## `")
	for _, word := range []string{"await ", "async with ", "async for ", "with ", "@"} {
		if rest, ok := strings.CutPrefix(text, word); ok {
			text = rest
			if _, after, ok := strings.Cut(text, " in "); ok && word == "async for " {
				text = after
			}
			break
		}
	}
	end := strings.IndexFunc(text, func(r rune) bool {
		return r != '.' && r != '_' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
	})
	if end >= 0 {
		text = text[:end]
	}
	if method, ok := strings.CutPrefix(text, "loop."); ok {
		return "asyncio.AbstractEventLoop." + method
	}
	return text
}

// Lookup is the card of a qualified name, public or as the module that declares it has it; nil when there is none.
func Lookup(name string) *Card {
	l := libraryOf(name)
	if l == nil {
		return nil
	}
	s, ok := l.cards[name]
	if !ok {
		return nil
	}
	return parse(l.text[s.start:s.end], s.name)
}

// Names are the qualified names of all cards, library by library: asyncio first, then the others in the order of their names.
func Names() []string {
	const first = "asyncio"
	all := slices.Clone(libraryOf(first + ".").names)
	for _, file := range slices.Sorted(maps.Keys(libraries())) {
		if file != first {
			all = append(all, libraryOf(file+".").names...)
		}
	}
	return all
}

// Find is the card that a name as a user types it means: a qualified name, or its last parts if that is unambiguous. Without one,
// others are the names that may have been meant: those that end so, or those that are spelled alike.
func Find(word string) (card *Card, others []string) {
	if c := Lookup(word); c != nil {
		return c, nil
	}
	for _, name := range Names() {
		full := name
		if method, ok := strings.CutPrefix(name, "asyncio.AbstractEventLoop."); ok { // as the documentation calls it
			full = "asyncio.loop." + method
		}
		if strings.HasSuffix(name, "."+word) || strings.HasSuffix(full, "."+word) || full == word {
			others = append(others, name)
		}
	}
	if len(others) == 1 {
		return Lookup(others[0]), nil
	}
	if others == nil {
		others = alike(word)
	}
	return nil, others
}

// alike are the names that are spelled most like a word.
func alike(word string) []string {
	type near struct {
		name string
		far  int
	}
	limit := min(3, 1+len(word)/6) // mistakes in the spelling
	var found []near
	for _, name := range Names() {
		end := name
		for at := len(name); ; { // as many parts as the word has
			at = strings.LastIndexByte(name[:at], '.')
			end = name[at+1:]
			if at < 0 || strings.Count(end, ".") == strings.Count(word, ".") {
				break
			}
		}
		if far := distance(strings.ToLower(word), strings.ToLower(end), limit); far <= limit {
			found = append(found, near{name, far})
		}
	}
	slices.SortStableFunc(found, func(a, b near) int { return cmp.Compare(a.far, b.far) })
	var names []string
	for i, n := range found {
		if i == 5 || n.far > found[0].far {
			break
		}
		names = append(names, n.name)
	}
	return names
}

// distance is how many characters must be inserted, deleted or replaced to make b of a; more than limit when it is more.
func distance(a, b string, limit int) int {
	if d := len(a) - len(b); d > limit || d < -limit {
		return limit + 1
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		before := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := before
			if a[i] != b[j] {
				cost = min(before, row[j], row[j+1]) + 1
			}
			before, row[j+1] = row[j+1], cost
		}
	}
	return row[len(b)]
}

// declared finds a public name in the tables: the module that declares it, what the module binds it to, and what is left of the name
// behind it. The symbol is nil when the tables do not have it.
func declared(name string) (m *shape.Module, symbol *shape.Symbol, rest string) {
	for range 5 { // re-exports lead on
		at := len(name)
		for m = nil; m == nil; {
			at = strings.LastIndexByte(name[:at], '.')
			if at < 0 {
				if m = knowledge.Module(builtins); m == nil {
					return nil, nil, ""
				}
				break
			}
			m = knowledge.Module(name[:at])
		}
		first, behind, dotted := strings.Cut(name[at+1:], ".")
		symbol = m.Symbols.Known[first]
		if symbol == nil || len(symbol.Values) != 1 || symbol.Values[0].Op != shape.Qual {
			if dotted {
				rest = behind
			}
			return m, symbol, rest
		}
		name = symbol.Values[0].Str
		if dotted {
			name += "." + behind
		}
	}
	return nil, nil, ""
}

// homeOf is a public name as the module that declares it has it: "aiohttp.client.ClientSession" of "aiohttp.ClientSession".
func homeOf(name string) string {
	m, symbol, rest := declared(name)
	if symbol == nil || len(symbol.Values) != 1 {
		return name
	}
	home := ""
	switch v := symbol.Values[0]; v.Op {
	case shape.ClassDef:
		home = v.Class.Name
	case shape.Function:
		home = v.Func.Name
	default:
		return name
	}
	if m.Name != builtins {
		home = m.Name + "." + home
	}
	if rest != "" {
		home += "." + rest
	}
	return home
}

// factsOf is what the tables know of a public name. What they know of a class counts for its methods.
func factsOf(name string) shape.Facts {
	m, symbol, rest := declared(name)
	if symbol == nil || len(symbol.Values) != 1 {
		return shape.Facts{}
	}
	switch v := symbol.Values[0]; v.Op {
	case shape.Function:
		return facts(v.Func)
	case shape.ClassDef:
		var of shape.Facts
		if init := constructor(m, v.Class); init != nil {
			of = facts(init)
		}
		if rest == "" {
			return of
		}
		if method := member(v.Class, rest); method != nil {
			own := facts(method)
			own.Since = cmp.Or(own.Since, of.Since)
			own.Deprecated, own.Dropped = cmp.Or(own.Deprecated, of.Deprecated), cmp.Or(own.Dropped, of.Dropped)
			return own
		}
		of.Blocks, of.Instead = "", ""
		return of
	}
	return shape.Facts{}
}

func facts(f *shape.Func) shape.Facts {
	if f.Facts == nil {
		return shape.Facts{}
	}
	return *f.Facts
}

// constructor is what makes objects of a class of the tables: its own, or that of a base in the same module.
func constructor(m *shape.Module, c *shape.Class) *shape.Func {
	if init := member(c, "__init__"); init != nil {
		return init
	}
	for _, b := range c.Bases {
		if b.Op != shape.Name {
			continue
		}
		if s := m.Symbols.Known[b.Str]; s != nil && len(s.Values) == 1 && s.Values[0].Op == shape.ClassDef && s.Values[0].Class != c {
			if init := constructor(m, s.Values[0].Class); init != nil {
				return init
			}
		}
	}
	return nil
}

// member is a method of a class of the tables, not one of its bases; nil when there is none.
func member(c *shape.Class, name string) *shape.Func {
	s := c.Members.Known[name]
	if s == nil || len(s.Values) != 1 || s.Values[0].Op != shape.Function {
		return nil
	}
	return s.Values[0].Func
}
