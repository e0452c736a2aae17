// Package shape describes what a Python module looks like from outside: its declarations, and the symbolic
// values of its expressions with every local name already followed to where it comes from.
//
// It is the one language in which the syntax layer (package python), the tables (package knowledge) and the
// analysis of whole programs (package program) speak to one another. It knows no text, no syntax tree, no
// offsets and no files: two files with the same shape mean the same to everybody else.
package shape

import (
	"slices"
	"strings"
)

// Op says how a [Value] comes about.
type Op uint8

const (
	// Unknown is a value of which nothing is known.
	Unknown Op = iota
	// Name is a name that is looked up in the body of the class X, if there is one, then in the module's globals
	// and then in builtins. Str is the name.
	Name
	// Qual is an absolute dotted name, as an import gives it. Str is the dotted name; N is 1 for an import that is never
	// executed, such as one under TYPE_CHECKING.
	Qual
	// Attr is the attribute Str of X.
	Attr
	// Call is a call of X. Args are the arguments in source order.
	Call
	// Await is the result of awaiting X.
	Await
	// Enter is what `with X as v` binds; AEnter is what `async with X as v` binds.
	Enter
	AEnter
	// Iter is an item of `for v in X`; AIter is an item of `async for v in X`.
	Iter
	AIter
	// Item is X[Args[0]]. Str is the text of Args[0] if that is a plain string, N is one more than it if it is a number.
	Item
	// Elem is the element number N of X unpacked; a negative N means "some element" (after a star).
	Elem
	// Rest is the list that a starred target takes from X.
	Rest
	// Const is an instance of the builtin class Str: "int", "str", "bytes", "float", "complex", "bool", "None", "ellipsis".
	Const
	// Display is a container display or comprehension of the class Str ("list", "tuple", "set", "dict",
	// "generator", "async_generator"). Args are its elements; for a dict, its values.
	Display
	// Union is one of Args, unknown which.
	Union
	// Function is the function Func; Class is the class Class. Both are declared where the value stands.
	Function
	ClassDef
	// Self is an instance of the class whose path within the module is Str (or of Class, when the class is
	// local to a function); Cls is that class itself.
	Self
	Cls
	// Super is super() inside the class whose path is Str (or Class).
	Super
	// Annot is an instance of what the annotation X names. Str is the name of the parameter that is annotated, if it is one.
	Annot
	// BinOp is X Str Args[0], where Str is the operator.
	BinOp
	// NotNone is X without None.
	NotNone
	// Is is X narrowed to an instance of Args[0] by isinstance; to what is none when N is 1.
	Is
	// Ref is X, which leads back to the value that holds the Ref: what a name is in a loop that assigns it anew.
	Ref
	// Param is the parameter Str of an enclosing function, of which no annotation tells more. X is its default. Where there is
	// none, and the function is decorated or a method, Func is its name, decorators and parameters, and Args[0] the object whose
	// method it is.
	Param
)

// A Value is a symbolic expression: what is known of a value without running anything. Values are immutable and
// may share parts.
type Value struct {
	Op    Op
	N     int
	Str   string
	X     *Value
	Args  []*Value
	Kw    []string // the names of the last len(Kw) of Args; "*" and "**" for unpacked ones
	Func  *Func
	Class *Class
}

// None is the value None; Unknowable is a value of which nothing is known.
var (
	None       = &Value{Op: Const, Str: "None"}
	Unknowable = &Value{Op: Unknown}
)

// Parameter is the name of the parameter of a function that the value is as it was given; "" for others.
func (v *Value) Parameter() string {
	if v.Op == Param || v.Op == Annot {
		return v.Str
	}
	return ""
}

// ParamKind says how a parameter takes arguments.
type ParamKind uint8

const (
	Positional     ParamKind = iota // positional or keyword
	PositionalOnly                  // before a "/"
	KeywordOnly                     // after a "*"
	VarArgs                         // *args
	VarKw                           // **kw
)

// A Parameter of a function.
type Parameter struct {
	Name       string
	Kind       ParamKind
	Annotation *Value // as written, or nil
	Default    *Value // nil when there is none
}

// A Func is the declaration of a function.
type Func struct {
	Name       string
	Path       string // the dotted path within the module: "Class.method"; "" for a local function or lambda
	Async      bool
	Generator  bool // contains a yield of its own
	Holds      bool // one of them is within a with statement, or a try with a finally
	Sets       bool // calls setattr
	Lambda     bool
	Stub       bool // the body is only docstring, "...", pass or raise NotImplementedError
	Decorators []*Value
	Params     []Parameter
	Returns    *Value // the annotation as written, or nil
	TypeParams []string

	// Result is the value that its return statements give (what awaiting the coroutine gives, for an async
	// function), or nil where that is not known. It is worked out on first use.
	Result func() *Value

	// Facts is what the tables tell beyond the signature; nil for functions of a program.
	Facts *Facts

	// Origin is where the function is declared, for whoever made the shape; nil for the tables.
	Origin any
}

// Facts are what the tables know of a function beyond its signature.
type Facts struct {
	Blocks     string    // the code of the rule that reports a call on the loop: "ASYNC251"; "" when it does not block
	Unless     []Default // it does not block when one of these arguments is given so
	Instead    string    // what to use instead, as one would write it: "asyncio.sleep"
	Waits      bool      // exists only to be waited for: without await nothing is waited for
	Runs       bool      // starts an event loop, and fails where one is running
	Spawns     bool      // starts a task of which the loop keeps only a weak reference
	Offloads   string    // the parameter that is called in a thread or a process
	Threads    bool      // the plain functions that it decorates are called in threads
	Passes     []Passed  // what the functions that it decorates are called with
	Plays      string    // the class whose method of the same name a function that it decorates stands for
	Callback   string    // the parameter that the event loop calls
	Takes      string    // the parameter that is called later, and awaited if it is a coroutine function
	Scope      string    // what it may do, as a context manager, to the code in it: "timeout", "cancel" or "group"
	Calls      string    // the parameter that is called synchronously, then and there or later
	Opens      []string  // the methods any of which closes what it gives; nil when nothing stays open
	Part       int       // the item of the tuple that it gives which stays open, counted from 1; 0 when it gives no tuple
	Pools      bool      // what it gives keeps connections, to use them again
	Borrows    []string  // what it gives belongs to somebody else when one of these parameters is given
	Since      string    // the Python version that added it: "3.11"
	Deprecated string    // the Python version that deprecated it
	Dropped    string    // the Python version that removed it
	Property   bool      // read without a call
	Params     []Aged    // parameters that not every version of Python has
}

// Aged says which versions of Python have a parameter, as Since, Deprecated and Dropped of Facts do for the function.
type Aged struct{ Param, Since, Deprecated, Dropped string }

// Passed is the type of an argument; Param is "" for a positional one.
type Passed struct {
	Param string
	Type  *Value
}

// Default is a parameter and the source text of an argument, as in "blocking=False".
type Default struct{ Param, Text string }

// A Class is the declaration of a class.
type Class struct {
	Name         string
	Path         string // the dotted path within the module; "" for a class local to a function
	Bases        []*Value
	Keywords     []string // the names of keyword arguments of the class statement, such as "metaclass"
	Decorators   []*Value
	TypeParams   []string
	TypeDefaults map[string]*Value // the defaults of type parameters (PEP 696), of those that have one
	Members      Names             // what the class body binds
	Fields       Names             // what methods bind on self
}

// A Symbol is what a name is bound to. A name bound several times has several values.
type Symbol struct {
	Values     []*Value // what is assigned, in source order
	Annotation *Value   // what it is declared as, or nil
	ClassVar   bool     // declared or bound in the class body (not on self)
}

// Names are what the names of a module or of a class are bound to. Where Find is set, each is worked out when it is first
// asked for; a module that is used from several goroutines has none.
type Names struct {
	Known map[string]*Symbol
	Find  func(name string) *Symbol // nil when Known holds them all
}

// Get is what a name is bound to; nil when it is not.
func (n *Names) Get(name string) *Symbol {
	s, ok := n.Known[name]
	if !ok && n.Find != nil {
		s = n.Find(name)
		if n.Known == nil {
			n.Known = map[string]*Symbol{}
		}
		n.Known[name] = s
	}
	return s
}

// A Module is everything other modules can see of a module.
type Module struct {
	Name    string // dotted; "" when unknown
	Package bool   // an __init__ file
	Symbols Names
	Stars   []string // the names, as written, of the modules of `from m import *`
	Known   bool     // from the tables

	// All is what __all__ lists, nil when the module has none; it is worked out on first use, and nil for the tables.
	All func() *Exports

	// Origin is what the module was made of, for whoever made it; nil for the tables.
	Origin any
}

// Exported is what `from m import *` gives of the module; nil when that is what has no underscore in front.
func (m *Module) Exported() *Exports {
	if m.All == nil {
		return nil
	}
	return m.All()
}

// Exports are the names that __all__ lists.
type Exports struct {
	Names []string
	More  bool // there are others, which cannot be told
}

// Has says whether a name is, or may be, among those that are exported.
func (e *Exports) Has(name string) bool {
	if e != nil && slices.Contains(e.Names, name) {
		return true
	}
	return (e == nil || e.More) && !strings.HasPrefix(name, "_")
}
