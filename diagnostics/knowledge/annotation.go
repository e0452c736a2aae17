package knowledge

import (
	"strings"

	"aiolens/diagnostics/shape"
)

// typingNames are the names that annotations use without an import, and the module each is from.
var typingNames = func() map[string]string {
	m := map[string]string{
		"AbstractContextManager": "contextlib", "AbstractAsyncContextManager": "contextlib",
		"contextmanager": "contextlib", "asynccontextmanager": "contextlib",
		"abstractmethod": "abc", "cached_property": "functools", "Buffer": "collections.abc",
	}
	for name := range strings.FieldsSeq(`AbstractSet Annotated AnyStr AsyncContextManager AsyncGenerator AsyncIterable
		AsyncIterator Awaitable BinaryIO ByteString Callable ChainMap ClassVar Collection Concatenate Container
		ContextManager Coroutine Counter DefaultDict Deque Dict Final FrozenSet Generator Generic Hashable IO ItemsView
		Iterable Iterator KeysView List Literal LiteralString Mapping MappingView Match MutableMapping MutableSequence
		MutableSet NamedTuple Never NewType NoReturn NotRequired Optional OrderedDict ParamSpec Pattern Protocol
		ReadOnly Required Reversible Self Sequence Set Sized SupportsAbs SupportsBytes SupportsComplex SupportsFloat
		SupportsIndex SupportsInt SupportsRound Text TextIO Tuple Type TypeAlias TypeGuard TypeIs TypeVar TypeVarTuple
		TypedDict Union Unpack ValuesView overload final runtime_checkable`) {
		m[name] = "typing"
	}
	return m
}()

// Constants that many declarations share.
var (
	constBool     = &shape.Value{Op: shape.Const, Str: "bool"}
	constInt      = &shape.Value{Op: shape.Const, Str: "int"}
	constFloat    = &shape.Value{Op: shape.Const, Str: "float"}
	constStr      = &shape.Value{Op: shape.Const, Str: "str"}
	constBytes    = &shape.Value{Op: shape.Const, Str: "bytes"}
	constEllipsis = &shape.Value{Op: shape.Const, Str: "ellipsis"}
)

// annotation gives the value of an annotation, base class, alias or decorator. Equal texts of one module share it.
func (p *parser) annotation(text string) *shape.Value {
	text = strings.TrimSpace(text)
	if v, ok := p.annotations[text]; ok {
		return v
	}
	e := expr{p: p, s: text}
	v := e.union()
	if e.space(); e.i < len(e.s) || v == nil {
		p.errorf("bad annotation %q", text)
		v = shape.Unknowable
	}
	p.annotations[text] = v
	return v
}

// An expr reads an annotation from left to right. Its methods return nil where the text is not one.
type expr struct {
	p       *parser
	s       string
	i       int
	literal bool // inside Literal[...], where a string is a string
}

func (e *expr) space() {
	for e.i < len(e.s) && e.s[e.i] == ' ' {
		e.i++
	}
}

// eat skips spaces and then c, if it is there.
func (e *expr) eat(c byte) bool {
	e.space()
	if e.i < len(e.s) && e.s[e.i] == c {
		e.i++
		return true
	}
	return false
}

// union reads A | B | ...
func (e *expr) union() *shape.Value {
	first := e.primary()
	if first == nil || !e.eat('|') {
		return first
	}
	args := []*shape.Value{first}
	for {
		v := e.primary()
		if v == nil {
			return nil
		}
		args = append(args, v)
		if !e.eat('|') {
			return e.p.value(shape.Value{Op: shape.Union, Args: args})
		}
	}
}

// list reads expressions separated by commas, up to and including end.
func (e *expr) list(end byte) (args []*shape.Value, ok bool) {
	for !e.eat(end) {
		v := e.union()
		if v == nil {
			return nil, false
		}
		args = append(args, v)
		if !e.eat(',') {
			return args, e.eat(end)
		}
	}
	return args, true
}

// primary reads a name, a dotted name, X[...], a list, a tuple, a string or a constant.
func (e *expr) primary() *shape.Value {
	e.space()
	if e.i >= len(e.s) {
		return nil
	}
	switch c := e.s[e.i]; {
	case c == '"' || c == '\'':
		end := strings.IndexByte(e.s[e.i+1:], c)
		if end < 0 {
			return nil
		}
		text := e.s[e.i+1 : e.i+1+end]
		e.i += end + 2
		if e.literal {
			return constStr
		}
		return e.p.annotation(text)
	case strings.HasPrefix(e.s[e.i:], "..."):
		e.i += 3
		return constEllipsis
	case c == '[' || c == '(':
		e.i++
		class, end := "list", byte(']')
		if c == '(' {
			class, end = "tuple", ')'
		}
		args, ok := e.list(end)
		if !ok {
			return nil
		}
		return e.p.value(shape.Value{Op: shape.Display, Str: class, Args: args})
	case '0' <= c && c <= '9' || c == '-':
		for e.i++; e.i < len(e.s) && '0' <= e.s[e.i] && e.s[e.i] <= '9'; e.i++ {
		}
		return constInt
	}
	name := identifier(e.s[e.i:])
	if name == "" {
		return nil
	}
	start := e.i
	e.i += len(name)
	switch name {
	case "None":
		return shape.None
	case "Any":
		return shape.Unknowable
	case "True", "False":
		return constBool
	}
	for e.i < len(e.s) && e.s[e.i] == '.' {
		more := identifier(e.s[e.i+1:])
		if more == "" {
			return nil
		}
		e.i += 1 + len(more)
	}
	v := e.p.name(e.s[start:e.i])
	for e.eat('[') {
		special := ""
		if v.Op == shape.Qual {
			special = strings.TrimPrefix(v.Str, "typing.")
		}
		literal := e.literal
		e.literal = special == "Literal"
		args, ok := e.list(']')
		e.literal = literal
		if !ok || len(args) == 0 {
			return nil
		}
		switch special {
		case "Optional":
			v = e.p.value(shape.Value{Op: shape.Union, Args: append(args, shape.None)})
		case "Union":
			v = e.p.value(shape.Value{Op: shape.Union, Args: args})
		default:
			v = e.p.value(shape.Value{Op: shape.Item, X: v, Args: args})
		}
	}
	return v
}

// name gives the value of a simple or dotted name.
func (p *parser) name(dotted string) *shape.Value {
	if v, ok := p.names[dotted]; ok {
		return v
	}
	var v *shape.Value
	first, _, isDotted := strings.Cut(dotted, ".")
	switch {
	case isDotted && !p.declared[first]:
		v = p.value(shape.Value{Op: shape.Qual, Str: dotted})
	case isDotted:
		dot := strings.LastIndexByte(dotted, '.')
		v = p.value(shape.Value{Op: shape.Attr, Str: dotted[dot+1:], X: p.name(dotted[:dot])})
	case typingNames[dotted] != "" && !p.declared[dotted]:
		v = p.value(shape.Value{Op: shape.Qual, Str: typingNames[dotted] + "." + dotted})
	default:
		v = p.value(shape.Value{Op: shape.Name, Str: dotted})
	}
	p.names[dotted] = v
	return v
}

// constant gives the value of a parameter's default.
func (p *parser) constant(text string) *shape.Value {
	switch {
	case text == "":
		p.errorf("a default is missing")
	case text == "None":
		return shape.None
	case text == "...":
		return constEllipsis
	case text == "True" || text == "False":
		return constBool
	case text[0] == '"' || text[0] == '\'':
		return constStr
	case strings.HasPrefix(text, `b"`) || strings.HasPrefix(text, "b'"):
		return constBytes
	case '0' <= text[0] && text[0] <= '9' || text[0] == '-':
		if strings.ContainsRune(text, '.') && !strings.HasPrefix(text, "0x") {
			return constFloat
		}
		return constInt
	}
	return shape.Unknowable
}

// identifier returns the identifier that s begins with, or "".
func identifier(s string) string {
	i := 0
	for i < len(s) && (s[i] == '_' || 'a' <= s[i] && s[i] <= 'z' || 'A' <= s[i] && s[i] <= 'Z' || i > 0 && '0' <= s[i] && s[i] <= '9') {
		i++
	}
	return s[:i]
}
