package knowledge

import (
	"fmt"
	"strings"

	"aiolens/diagnostics/shape"
)

// parse reads the stub file of the package top. It returns its modules by name, and the mistakes it found as
// "line: message"; a declaration with a mistake is left out.
func parse(top, text string) (map[string]*shape.Module, []string) {
	p := &parser{modules: map[string]*shape.Module{}}
	p.top = top
	name, start, line := top, 0, 1
	for at := 0; at < len(text); {
		end := at + lineLength(text[at:])
		if next, ok := strings.CutPrefix(text[at:end], "#: module "); ok {
			p.module(name, text[start:at], line)
			line += strings.Count(text[start:at], "\n")
			name, start = strings.TrimSpace(next), at
		}
		at = end
	}
	p.module(name, text[start:], line)
	p.linkSubmodules()
	return p.modules, p.errors
}

// lineLength is the length of the first line of s, with its line feed.
func lineLength(s string) int {
	if i := strings.IndexByte(s, '\n'); i >= 0 {
		return i + 1
	}
	return len(s)
}

// A parser reads the modules of one stub file, line by line. What the lines of one module have in common is reset
// by module.
type parser struct {
	top     string
	modules map[string]*shape.Module
	errors  []string

	rest string // the lines not yet read, of the current module
	line int    // the number of the line last read, from 1

	declared    map[string]bool         // the names that the module declares or imports
	names       map[string]*shape.Value // by dotted name
	annotations map[string]*shape.Value // by text

	// Slabs: declarations live as long as the module, so they are allocated many at a time.
	values  slab[shape.Value]
	symbols slab[shape.Symbol]
	funcs   slab[shape.Func]
	facts   slab[shape.Facts]
	params  []shape.Parameter // the parameters of the function being read
	pool    []shape.Parameter // where finished parameter lists are kept
	lists   []*shape.Value    // where lists of one value are kept
}

type slab[T any] []T

func (s *slab[T]) add(v T) *T {
	if len(*s) == cap(*s) {
		*s = make([]T, 0, 64)
	}
	*s = append(*s, v)
	return &(*s)[len(*s)-1]
}

func (p *parser) value(v shape.Value) *shape.Value { return p.values.add(v) }

// one returns a list of one value.
func (p *parser) one(v *shape.Value) []*shape.Value {
	if len(p.lists) == cap(p.lists) {
		p.lists = make([]*shape.Value, 0, 64)
	}
	n := len(p.lists)
	p.lists = append(p.lists, v)
	return p.lists[n : n+1 : n+1]
}

func (p *parser) errorf(format string, args ...any) {
	p.errors = append(p.errors, fmt.Sprintf("%s.pyi:%d: ", p.top, p.line)+fmt.Sprintf(format, args...))
}

// module reads the lines of one module, the first of which has this number.
func (p *parser) module(name, text string, line int) {
	p.rest, p.line = text, line-1
	if name != p.top && !strings.HasPrefix(name, p.top+".") {
		p.errorf("module %s does not belong here", name)
		return
	}
	if p.modules[name] != nil {
		p.errorf("module %s is declared twice", name)
		return
	}
	m := &shape.Module{Name: name, Known: true, Symbols: shape.Names{Known: map[string]*shape.Symbol{}}}
	p.modules[name] = m
	p.declared = declared(text)
	p.names = make(map[string]*shape.Value, 64)
	p.annotations = make(map[string]*shape.Value, 64)
	p.body(body{module: m, symbols: m.Symbols.Known})
}

// declared returns the names that the lines at the margin declare: annotations may name what follows them.
func declared(text string) map[string]bool {
	m := make(map[string]bool, 64)
	for len(text) > 0 {
		n := lineLength(text)
		line := text[:n]
		text = text[n:]
		word := identifier(line)
		switch after := strings.TrimPrefix(line[len(word):], " "); word {
		case "":
		case "class", "def":
			m[identifier(after)] = true
		case "async":
			m[identifier(strings.TrimPrefix(after, "def "))] = true
		case "from", "import":
			for _, name := range imported(word, after) {
				m[name.as] = true
			}
		default:
			m[word] = true
		}
	}
	return m
}

// An importedName is `from module import name as as`, or, with no name, `import module as as`. A star has no as.
type importedName struct{ module, name, as string }

// imported reads what stands behind the word "import" or "from". It is nil when that is not well formed.
func imported(word, after string) []importedName {
	after = strings.TrimSpace(after)
	if word == "import" {
		module, as, ok := strings.Cut(after, " as ")
		if !ok {
			as = module
		}
		if module == "" || as == "" || as != identifier(as) {
			return nil
		}
		return []importedName{{module: module, as: as}}
	}
	module, list, ok := strings.Cut(after, " import ")
	if !ok || module == "" || module[0] == '.' {
		return nil
	}
	if list == "*" {
		return []importedName{{module: module, name: "*"}}
	}
	names := make([]importedName, 0, strings.Count(list, ",")+1)
	for item := range strings.SplitSeq(list, ",") {
		name, as, ok := strings.Cut(strings.TrimSpace(item), " as ")
		if !ok {
			as = name
		}
		if name == "" || name != identifier(name) || as == "" || as != identifier(as) {
			return nil
		}
		names = append(names, importedName{module, name, as})
	}
	return names
}

// linkSubmodules makes each submodule a symbol of its parent, and makes the parents that have no lines of their own.
func (p *parser) linkSubmodules() {
	names := make([]string, 0, len(p.modules))
	for name := range p.modules {
		names = append(names, name)
	}
	for _, name := range names {
		for {
			dot := strings.LastIndexByte(name, '.')
			if dot < 0 {
				break
			}
			parent, last := name[:dot], name[dot+1:]
			m := p.modules[parent]
			if m == nil {
				m = &shape.Module{Name: parent, Known: true, Symbols: shape.Names{Known: map[string]*shape.Symbol{}}}
				p.modules[parent] = m
			}
			m.Package = true
			if m.Symbols.Known[last] == nil {
				qual := p.value(shape.Value{Op: shape.Qual, Str: name})
				m.Symbols.Known[last] = p.symbols.add(shape.Symbol{Values: p.one(qual)})
			}
			name = parent
		}
	}
}

// A body is what a module or a class declares.
type body struct {
	module  *shape.Module
	class   *shape.Class // nil at the margin
	indent  int
	symbols map[string]*shape.Symbol
	facts   *shape.Facts // what `#: default` gives
}

// body reads lines up to the first that is indented less.
func (p *parser) body(b body) {
	var decorators []*shape.Value
	for len(p.rest) > 0 {
		n := lineLength(p.rest)
		line := strings.TrimRight(p.rest[:n], " \r\n")
		indent := 0
		for indent < len(line) && line[indent] == ' ' {
			indent++
		}
		if line != "" && indent < b.indent {
			return
		}
		p.rest = p.rest[n:]
		p.line++
		if line == "" {
			continue
		}
		if indent > b.indent {
			p.errorf("unexpected indent")
			continue
		}
		line = line[indent:]
		if line[0] == '#' {
			p.comment(&b, line)
			continue
		}
		if line[0] == '@' {
			decorators = append(decorators, p.annotation(line[1:]))
			continue
		}
		p.declaration(&b, line, decorators)
		decorators = nil
	}
	if decorators != nil {
		p.errorf("a decorator of nothing")
	}
}

// comment reads a line that begins with "#": `#: default ...`, or a remark.
func (p *parser) comment(b *body, line string) {
	directive, ok := strings.CutPrefix(line, "#:")
	if !ok {
		return
	}
	directive = strings.TrimSpace(directive)
	word := identifier(directive)
	switch rest := strings.TrimSpace(directive[len(word):]); {
	case word == "module" && b.class == nil: // parse has seen it
	case word == "default" && rest == "":
		b.facts = nil
	case word == "default":
		b.facts = p.readFacts(rest)
	default:
		p.errorf("unknown directive %q", line)
	}
}

// declaration reads one line that declares something.
func (p *parser) declaration(b *body, line string, decorators []*shape.Value) {
	line, facts, hasFacts := strings.Cut(line, "#:")
	line = strings.TrimRight(line, " ")
	word := identifier(line)
	after := strings.TrimPrefix(line[len(word):], " ")
	switch word {
	case "def":
		p.function(b, after, false, decorators, facts, hasFacts)
		return
	case "async":
		after, ok := strings.CutPrefix(after, "def ")
		if !ok {
			p.errorf("bad declaration %q", line)
			return
		}
		p.function(b, after, true, decorators, facts, hasFacts)
		return
	case "class":
		if hasFacts {
			p.errorf("facts of a class stand behind its __init__")
		}
		p.class(b, after, decorators)
		return
	}
	if hasFacts || decorators != nil {
		p.errorf("only functions have facts and decorators")
	}
	switch {
	case word == "from" || word == "import":
		p.imports(b, word, after)
	case word != "" && strings.HasPrefix(after, "= ") && b.class == nil:
		p.declare(b, word, shape.Symbol{Values: p.one(p.annotation(after[2:]))})
	case word != "" && strings.HasPrefix(after, ": "):
		p.declare(b, word, shape.Symbol{Annotation: p.annotation(after[2:])})
	default:
		p.errorf("bad declaration %q", line)
	}
}

func (p *parser) declare(b *body, name string, s shape.Symbol) {
	if b.symbols[name] != nil {
		p.errorf("%s is declared twice", name)
		return
	}
	s.ClassVar = b.class != nil
	b.symbols[name] = p.symbols.add(s)
}

func (p *parser) imports(b *body, word, after string) {
	names := imported(word, after)
	if names == nil || b.class != nil {
		p.errorf("bad import %q", word+" "+after)
	}
	for _, n := range names {
		switch {
		case n.name == "*":
			b.module.Stars = append(b.module.Stars, n.module)
		case n.name == "":
			p.declare(b, n.as, shape.Symbol{Values: p.one(p.value(shape.Value{Op: shape.Qual, Str: n.module}))})
		default:
			p.declare(b, n.as, shape.Symbol{Values: p.one(p.value(shape.Value{Op: shape.Qual, Str: n.module + "." + n.name}))})
		}
	}
}

// class reads what stands behind the word "class", and the lines of its body.
func (p *parser) class(b *body, text string, decorators []*shape.Value) {
	c := &shape.Class{Name: identifier(text), Decorators: decorators}
	c.Path = b.path(c.Name)
	text = p.typeParams(text[len(c.Name):], &c.TypeParams, &c.TypeDefaults)
	if strings.HasPrefix(text, "(") {
		end := skip(text, 1, ')')
		for item := range items(text[1:end]) {
			if name := identifier(item); name != "" && strings.HasPrefix(item[len(name):], "=") {
				c.Keywords = append(c.Keywords, name)
				continue
			}
			c.Bases = append(c.Bases, p.annotation(item))
		}
		text = strings.TrimPrefix(text[end:], ")")
	}
	if c.Name == "" || text != ":" && text != ": ..." {
		p.errorf("bad class %q", text)
	}
	c.Members = shape.Names{Known: map[string]*shape.Symbol{}}
	if text == ":" {
		p.body(body{module: b.module, class: c, indent: b.indent + 4, symbols: c.Members.Known})
	}
	if c.Name != "" {
		p.declare(b, c.Name, shape.Symbol{Values: p.one(p.value(shape.Value{Op: shape.ClassDef, Class: c}))})
	}
}

// path is the dotted path of a name that the body declares.
func (b *body) path(name string) string {
	if b.class == nil {
		return name
	}
	return b.class.Path + "." + name
}

// typeParams reads [T, U], if it is there, and returns the text behind it.
func (p *parser) typeParams(text string, into *[]string, defaults *map[string]*shape.Value) string {
	if !strings.HasPrefix(text, "[") {
		return text
	}
	end := skip(text, 1, ']')
	for item := range items(text[1:end]) {
		name := identifier(strings.TrimLeft(item, "*"))
		if name == "" {
			p.errorf("bad type parameter %q", item)
		}
		*into = append(*into, name)
		if _, value, ok := strings.Cut(item, "="); ok && defaults != nil {
			if *defaults == nil {
				*defaults = map[string]*shape.Value{}
			}
			(*defaults)[name] = p.annotation(strings.TrimSpace(value))
		}
	}
	return strings.TrimPrefix(text[end:], "]")
}

// skip returns the index of the first of the stop bytes in s, from i on, that is outside brackets and strings, or
// len(s).
func skip(s string, i int, stops ...byte) int {
	depth := 0
	for ; i < len(s); i++ {
		c := s[i]
		if depth == 0 {
			for _, stop := range stops {
				if c == stop {
					return i
				}
			}
		}
		switch c {
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			depth--
		case '"', '\'':
			for i++; i < len(s) && s[i] != c; i++ {
			}
		}
	}
	return len(s)
}

// items splits s at the commas outside brackets and strings.
func items(s string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for len(s) > 0 {
			end := skip(s, 0, ',')
			if !yield(strings.TrimSpace(s[:end])) || end == len(s) {
				return
			}
			s = s[end+1:]
		}
	}
}

// function reads what stands behind the word "def".
func (p *parser) function(b *body, text string, async bool, decorators []*shape.Value, facts string, hasFacts bool) {
	f := shape.Func{Name: identifier(text), Async: async, Stub: true, Decorators: decorators}
	f.Path = b.path(f.Name)
	text = p.typeParams(text[len(f.Name):], &f.TypeParams, nil)
	if f.Name == "" || !strings.HasPrefix(text, "(") {
		p.errorf("bad def %q", text)
		return
	}
	end := skip(text, 1, ')')
	f.Params = p.parameters(text[1:end])
	text = strings.TrimPrefix(text[end:], ")")
	if after, ok := strings.CutPrefix(text, " -> "); ok {
		end := skip(after, 0, ':')
		f.Returns = p.annotation(after[:end])
		text = after[end:]
	}
	if text != ": ..." {
		p.errorf("def %s must end in \": ...\"", f.Name)
	}
	property := false
	for _, d := range decorators {
		property = property || d.Str == "property" || strings.HasSuffix(d.Str, "cached_property")
	}
	dunder := strings.HasPrefix(f.Name, "__") && f.Name != "__getattr__"
	switch {
	case hasFacts:
		f.Facts = p.readFacts(facts)
	case b.facts != nil && !async && !property && !dunder:
		f.Facts = b.facts
	}
	if property {
		if f.Facts == nil {
			f.Facts = p.facts.add(shape.Facts{})
		}
		f.Facts.Property = true
	}
	p.checkFacts(&f)
	p.declare(b, f.Name, shape.Symbol{Values: p.one(p.value(shape.Value{Op: shape.Function, Func: p.funcs.add(f)}))})
}

// parameters reads a parameter list.
func (p *parser) parameters(text string) []shape.Parameter {
	list := p.params[:0]
	kind := shape.Positional
	for item := range items(text) {
		switch item {
		case "/":
			for i := range list {
				list[i].Kind = shape.PositionalOnly
			}
			continue
		case "*":
			kind = shape.KeywordOnly
			continue
		}
		param := shape.Parameter{Kind: kind}
		if stars := len(item) - len(strings.TrimLeft(item, "*")); stars > 0 {
			param.Kind = shape.VarArgs
			if stars == 2 {
				param.Kind = shape.VarKw
			}
			item = item[stars:]
			kind = shape.KeywordOnly
		}
		param.Name = identifier(item)
		rest := item[len(param.Name):]
		if after, ok := strings.CutPrefix(rest, ":"); ok {
			end := skip(after, 0, '=')
			param.Annotation = p.annotation(after[:end])
			rest = after[end:]
		}
		rest = strings.TrimLeft(rest, " ")
		if after, ok := strings.CutPrefix(rest, "="); ok {
			param.Default = p.constant(strings.TrimSpace(after))
			rest = ""
		}
		if param.Name == "" || rest != "" {
			p.errorf("bad parameter %q", item)
			continue
		}
		list = append(list, param)
	}
	p.params = list
	if len(list) == 0 {
		return nil
	}
	if len(p.pool)+len(list) > cap(p.pool) {
		p.pool = make([]shape.Parameter, 0, 128+len(list))
	}
	n := len(p.pool)
	p.pool = append(p.pool, list...)
	return p.pool[n:len(p.pool):len(p.pool)]
}
