package knowledge

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"aiolens/diagnostics/shape"
)

// text writes a value down, so that tests can compare it.
func text(v *shape.Value) string {
	if v == nil {
		return "-"
	}
	var args []string
	for _, a := range v.Args {
		args = append(args, text(a))
	}
	list := strings.Join(args, " ")
	switch v.Op {
	case shape.Unknown:
		return "?"
	case shape.Name:
		return v.Str
	case shape.Qual:
		return "/" + v.Str
	case shape.Attr:
		return text(v.X) + "." + v.Str
	case shape.Const:
		return "<" + v.Str + ">"
	case shape.Item:
		return text(v.X) + "[" + list + "]"
	case shape.Union:
		return "(" + strings.Join(args, "|") + ")"
	case shape.Display:
		return v.Str + "{" + list + "}"
	case shape.Function:
		return "def " + v.Func.Path
	case shape.ClassDef:
		return "class " + v.Class.Path
	}
	return fmt.Sprintf("op%d", v.Op)
}

func parseOne(t *testing.T, source string) map[string]*shape.Module {
	t.Helper()
	modules, errors := parse("pkg", source)
	for _, e := range errors {
		t.Error(e)
	}
	return modules
}

func function(t *testing.T, symbols map[string]*shape.Symbol, name string) *shape.Func {
	t.Helper()
	s := symbols[name]
	if s == nil || len(s.Values) != 1 || s.Values[0].Op != shape.Function {
		t.Fatalf("%s is not a function", name)
	}
	return s.Values[0].Func
}

func class(t *testing.T, symbols map[string]*shape.Symbol, name string) *shape.Class {
	t.Helper()
	s := symbols[name]
	if s == nil || len(s.Values) != 1 || s.Values[0].Op != shape.ClassDef {
		t.Fatalf("%s is not a class", name)
	}
	return s.Values[0].Class
}

func TestAnnotations(t *testing.T) {
	for _, c := range []struct{ annotation, want string }{
		{"str", "str"},
		{"C", "C"},
		{"None", "<None>"},
		{"Any", "?"},
		{"...", "<ellipsis>"},
		{"Awaitable[C]", "/typing.Awaitable[C]"},
		{"AbstractAsyncContextManager[C]", "/contextlib.AbstractAsyncContextManager[C]"},
		{"dict[str, int]", "dict[str int]"},
		{"tuple[int, ...]", "tuple[int <ellipsis>]"},
		{"int | C | None", "(int|C|<None>)"},
		{"Optional[C]", "(C|<None>)"},
		{"Union[C, 'int']", "(C|int)"},
		{`"C | None"`, "(C|<None>)"},
		{"Callable[[int, C], str]", "/typing.Callable[list{int C} str]"},
		{"Callable[..., Any]", "/typing.Callable[<ellipsis> ?]"},
		{`Literal["C", 1, True]`, "/typing.Literal[<str> <int> <bool>]"},
		{"pathlib.Path", "/pathlib.Path"},
		{"aio.Future[int]", "aio.Future[int]"},
		{"aio.a.b", "aio.a.b"},
		{"list[C][int]", "list[C][int]"},
		{"Self", "/typing.Self"},
		{"Iterator", "Iterator"}, // declared below
	} {
		m := parseOne(t, "import asyncio as aio\nv: "+c.annotation+"\nclass C: ...\nclass Iterator: ...\n")["pkg"]
		if got := text(m.Symbols.Known["v"].Annotation); got != c.want {
			t.Errorf("%s: got %s, want %s", c.annotation, got, c.want)
		}
	}
	m := parseOne(t, "a: Any\nb: None\n")["pkg"]
	if m.Symbols.Known["a"].Annotation != shape.Unknowable || m.Symbols.Known["b"].Annotation != shape.None {
		t.Error("Any and None are not the shared values")
	}
}

func TestFunction(t *testing.T) {
	m := parseOne(t, `
def plain(): ...
async def f[T](a, b: int = ..., /, c: str = None, *args: T, d=True, e: float = 1.5, g='x,)', h: list[int] = -3, **kw) -> dict[str, T]: ...
def only(*, key=b'') -> None: ...
`)["pkg"]
	if f := function(t, m.Symbols.Known, "plain"); f.Async || !f.Stub || f.Returns != nil || f.Params != nil || f.Facts != nil || f.Result != nil || f.Path != "plain" {
		t.Errorf("plain: %+v", f)
	}
	f := function(t, m.Symbols.Known, "f")
	if !f.Async || f.Name != "f" || !reflect.DeepEqual(f.TypeParams, []string{"T"}) || text(f.Returns) != "dict[str T]" {
		t.Errorf("f: %+v", f)
	}
	var got []string
	for _, p := range f.Params {
		got = append(got, fmt.Sprintf("%s/%d:%s=%s", p.Name, p.Kind, text(p.Annotation), text(p.Default)))
	}
	want := "a/1:-=- b/1:int=<ellipsis> c/0:str=<None> args/3:T=- d/2:-=<bool> e/2:float=<float> g/2:-=<str> h/2:list[int]=<int> kw/4:-=-"
	if strings.Join(got, " ") != want {
		t.Errorf("got  %s\nwant %s", strings.Join(got, " "), want)
	}
	if only := function(t, m.Symbols.Known, "only"); only.Returns != shape.None || only.Params[0].Kind != shape.KeywordOnly || text(only.Params[0].Default) != "<bytes>" {
		t.Errorf("only: %+v", only)
	}
}

func TestClass(t *testing.T) {
	m := parseOne(t, `
class Empty: ...
class C[K, V](Empty, dict[K, V], metaclass=abc.ABCMeta):
    attr: int | None

    @property
    def name(self) -> str: ...  #: since 3.9
    @staticmethod
    def make() -> C: ...
    async def __aenter__(self) -> Self: ...
    class Inner(Empty):
        def deep(self): ...
    @asynccontextmanager
    def cm(self) -> AbstractAsyncContextManager[K]: ...
after: C
`)["pkg"]
	c := class(t, m.Symbols.Known, "C")
	if c.Name != "C" || c.Path != "C" || !reflect.DeepEqual(c.TypeParams, []string{"K", "V"}) || !reflect.DeepEqual(c.Keywords, []string{"metaclass"}) {
		t.Errorf("C: %+v", c)
	}
	if len(c.Bases) != 2 || text(c.Bases[0]) != "Empty" || text(c.Bases[1]) != "dict[K V]" {
		t.Errorf("bases: %v", c.Bases)
	}
	if a := c.Members.Known["attr"]; text(a.Annotation) != "(int|<None>)" || !a.ClassVar {
		t.Errorf("attr: %+v", a)
	}
	name := function(t, c.Members.Known, "name")
	if name.Path != "C.name" || !name.Facts.Property || name.Facts.Since != "3.9" || text(name.Decorators[0]) != "property" {
		t.Errorf("name: %+v", name)
	}
	if f := function(t, c.Members.Known, "make"); text(f.Decorators[0]) != "staticmethod" || f.Facts != nil {
		t.Errorf("make: %+v", f)
	}
	if f := function(t, c.Members.Known, "__aenter__"); !f.Async || text(f.Returns) != "/typing.Self" {
		t.Errorf("__aenter__: %+v", f)
	}
	if f := function(t, c.Members.Known, "cm"); text(f.Decorators[0]) != "/contextlib.asynccontextmanager" {
		t.Errorf("cm: %+v", f)
	}
	if f := function(t, class(t, c.Members.Known, "Inner").Members.Known, "deep"); f.Path != "C.Inner.deep" {
		t.Errorf("deep: %+v", f)
	}
	if len(class(t, m.Symbols.Known, "Empty").Members.Known) != 0 || m.Symbols.Known["after"] == nil {
		t.Error("a body does not end where it should")
	}
}

func TestModules(t *testing.T) {
	modules := parseOne(t, `
import os.path as p
import sys
from a.b import c, d as e
from star import *
Alias = e.X
Far = other.Y
#: module pkg.sub
def f(): ...
#: module pkg.deep.er
x: f
#: module pkg.taken
#: module pkg.taken.sub
`)
	m := modules["pkg"]
	for name, want := range map[string]string{
		"p": "/os.path", "sys": "/sys", "c": "/a.b.c", "e": "/a.b.d", "Alias": "e.X", "Far": "/other.Y", "sub": "/pkg.sub", "deep": "/pkg.deep", "taken": "/pkg.taken",
	} {
		if s := m.Symbols.Known[name]; s == nil || len(s.Values) != 1 || text(s.Values[0]) != want {
			t.Errorf("%s: %+v, want %s", name, s, want)
		}
	}
	if !m.Known || !m.Package || m.Name != "pkg" || !reflect.DeepEqual(m.Stars, []string{"star"}) {
		t.Errorf("pkg: %+v", m.Name)
	}
	if function(t, modules["pkg.sub"].Symbols.Known, "f").Path != "f" || modules["pkg.sub"].Package {
		t.Error("pkg.sub")
	}
	if s := modules["pkg.deep"].Symbols.Known["er"]; s == nil || text(s.Values[0]) != "/pkg.deep.er" {
		t.Error("pkg.deep is not made for its submodule")
	}
}

func TestFacts(t *testing.T) {
	m := parseOne(t, `
def sleep(secs) -> None: ...  #: blocks ASYNC251; instead asyncio.sleep
def get(block=True, timeout=None): ...  #: blocks AIO203; unless block=False, timeout=0
def old(): ...  #: since 3.7; deprecated 3.12; removed 3.14; instead new
def spawn(coro): ...  #: spawns; waits
def submit(fn, *args): ...  #: offloads fn
def later(callback): ...  #: callback callback
def each(func): ...  #: calls func
def connect(pool=None): ...  #: opens close, aclose; borrows pool; pools
async def open_connection(): ...  #: opens 1.close, 1.abort
#: default blocks AIO201; instead asyncpg
def query(): ...
def quiet(): ...  #:
async def coro(): ...
class C:
    def m(self): ...
    #: default blocks AIO202
    def n(self): ...
    @property
    def prop(self): ...
    def __init__(self): ...
    def __getattr__(self, name) -> Any: ...
    async def o(self): ...
    #: default
    def q(self): ...
def again(): ...
#: default
def plain(): ...
`)["pkg"]
	for name, want := range map[string]*shape.Facts{
		"sleep":           {Blocks: "ASYNC251", Instead: "asyncio.sleep"},
		"get":             {Blocks: "AIO203", Unless: []shape.Default{{Param: "block", Text: "False"}, {Param: "timeout", Text: "0"}}},
		"old":             {Since: "3.7", Deprecated: "3.12", Dropped: "3.14", Instead: "new"},
		"spawn":           {Spawns: true, Waits: true},
		"submit":          {Offloads: "fn"},
		"later":           {Callback: "callback"},
		"each":            {Calls: "func"},
		"connect":         {Opens: []string{"close", "aclose"}, Borrows: []string{"pool"}, Pools: true},
		"open_connection": {Opens: []string{"close", "abort"}, Part: 2},
		"query":           {Blocks: "AIO201", Instead: "asyncpg"},
		"again":           {Blocks: "AIO201", Instead: "asyncpg"},
		"quiet":           nil, "coro": nil, "plain": nil,
	} {
		if got := function(t, m.Symbols.Known, name).Facts; !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v", name, got)
		}
	}
	c := class(t, m.Symbols.Known, "C")
	for name, want := range map[string]*shape.Facts{
		"n": {Blocks: "AIO202"}, "__getattr__": {Blocks: "AIO202"}, "prop": {Property: true},
		"m": nil, "__init__": nil, "o": nil, "q": nil,
	} {
		if got := function(t, c.Members.Known, name).Facts; !reflect.DeepEqual(got, want) {
			t.Errorf("C.%s: %+v", name, got)
		}
	}
}

func TestMistakes(t *testing.T) {
	for source, want := range map[string]string{
		"def f(: ...":                      "must end",
		"def f()":                          "must end",
		"def f() -> : ...":                 "bad annotation",
		"def f(a b): ...":                  "bad parameter",
		"def f(a=): ...":                   "default is missing",
		"class : ...":                      "bad class",
		"class C(object)":                  "bad class",
		"class C:\n        x: int":         "unexpected indent",
		"x: list[int":                      "bad annotation",
		"x: int int":                       "bad annotation",
		"x = ":                             "bad declaration",
		"x":                                "bad declaration",
		"from . import x":                  "bad import",
		"import a.b":                       "bad import",
		"def f(): ...\ndef f(): ...":       "declared twice",
		"class C: ...\nC: int":             "declared twice",
		"#: nonsense":                      "unknown directive",
		"#: module other":                  "does not belong",
		"#: module pkg.a\n#: module pkg.a": "declared twice",
		"def f(): ...  #: blocks ASYNC999": "unknown code",
		"def f(): ...  #: blcks AIO201":    "unknown fact",
		"def f(): ...  #: blocks AIO201; blocks AIO202":         "says it again",
		"def f(): ...  #: blocks AIO201; unless wait":           "bad argument",
		"def f(): ...  #: blocks AIO201; unless wait=False":     "no parameter wait",
		"def f(): ...  #: offloads func":                        "no parameter func",
		"def f(): ...  #: opens close; borrows pool":            "no parameter pool",
		"def f(pool): ...  #: borrows pool":                     "opens nothing",
		"def f(): ...  #: opens":                                "bad name",
		"def f(): ...  #: opens a.close":                        "bad item",
		"def f(): ...  #: opens 1.close, 0.close":               "bad item",
		"def f(): ...  #: unless f=1":                           "does not block",
		"def f(): ...  #: since 2.7":                            "bad version",
		"def f(): ...  #: waits long":                           "unexpected",
		"x: int  #: since 3.8":                                  "only functions",
		"class C: ...  #: since 3.8":                            "behind its __init__",
		"@property\n":                                           "decorator of nothing",
		"#: default blocks AIO203; unless wait=0\ndef f(): ...": "no parameter wait",
	} {
		_, errors := parse("pkg", source+"\n")
		if got := strings.Join(errors, "\n"); !strings.Contains(got, want) {
			t.Errorf("%q: got %q, want %q", source, got, want)
		}
	}
	_, errors := parse("pkg", "a: int\n\n#: module pkg.b\n# a remark\nb\n")
	if len(errors) != 1 || !strings.HasPrefix(errors[0], "pkg.pyi:5: ") {
		t.Errorf("line numbers: %q", errors)
	}
}
