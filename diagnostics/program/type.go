package program

import (
	"slices"
	"strconv"
	"strings"

	"aiolens/diagnostics/shape"
)

// AtomKind says what a possible value is.
type AtomKind uint8

const (
	NoneObject     AtomKind = iota
	Instance                // an instance of Class, with type arguments Args
	ClassObject             // the class Class itself
	Function                // the function Func, bound to Self if that is not nil
	ModuleObject            // the module Module
	Opaque                  // something of which only the qualified Name is known
	OpaqueInstance          // what calling the opaque Name gives
	SuperObject             // super() in Class
)

// Atom is one possibility of what a value is.
type Atom struct {
	Kind   AtomKind
	Class  *Class
	Func   *Func
	Module *Module
	Args   []Type
	Self   *Atom
	Name   string
	// From is the function whose call gave this coroutine or awaitable; nil for others.
	From *Func
}

// Type is a set of possibilities. The zero value has none: it is the type of what is never reached. An open type
// may also be anything else.
type Type struct {
	atoms []Atom
	open  bool
}

// Unknown is the type of a value of which nothing is known.
var Unknown = Type{open: true}

func atom(a Atom) Type { return Type{atoms: []Atom{a}} }

// Atoms are the known possibilities.
func (t Type) Atoms() []Atom { return t.atoms }

// Open says whether the value may be something that is not among the atoms.
func (t Type) Open() bool { return t.open }

// IsUnknown says whether nothing is known.
func (t Type) IsUnknown() bool { return t.open && len(t.atoms) == 0 }

// is says whether the type is what has a qualified name, and nothing else.
func (t Type) is(name string) bool { return !t.open && len(t.atoms) == 1 && t.atoms[0].QName() == name }

// opaque says whether at most a name is known.
func (t Type) opaque() bool {
	for _, a := range t.atoms {
		if a.Kind != Opaque {
			return false
		}
	}
	return t.open
}

const maxAtoms = 12

// or is a value of either type.
func (t Type) or(o Type) Type {
	r := Type{atoms: t.atoms, open: t.open || o.open}
	for _, a := range o.atoms {
		if !slices.ContainsFunc(r.atoms, a.same) {
			r.atoms = append(slices.Clip(r.atoms), a)
		}
	}
	if len(r.atoms) > maxAtoms {
		return Unknown
	}
	return r
}

func (a Atom) same(b Atom) bool {
	if a.Kind != b.Kind || !a.Class.is(b.Class) || !a.Func.is(b.Func) || a.Module != b.Module || a.Name != b.Name || !a.From.is(b.From) || len(a.Args) != len(b.Args) {
		return false
	}
	if (a.Self == nil) != (b.Self == nil) || a.Self != nil && !a.Self.same(*b.Self) {
		return false
	}
	for i := range a.Args {
		if !a.Args[i].same(b.Args[i]) {
			return false
		}
	}
	return true
}

// is says whether both are the same class of the program: a module may be known twice, as the one that is looked at and as
// one that others import. Within a module, what is defined twice under a name are two.
func (c *Class) is(o *Class) bool {
	return c == o || c != nil && o != nil && c.Module != o.Module && c.Decl.Path != "" && c.Name == o.Name && c.Decl.Path == o.Decl.Path && c.Module.Name() != "" && c.Module.Name() == o.Module.Name()
}

// is says whether both are the same function of the program; see [Class.is].
func (f *Func) is(o *Func) bool {
	return f == o || f != nil && o != nil && f.Module != o.Module && f.Decl.Path != "" && f.Name == o.Name && f.Decl.Path == o.Decl.Path && f.Module.Name() != "" && f.Module.Name() == o.Module.Name()
}

func (t Type) same(o Type) bool {
	if t.open != o.open || len(t.atoms) != len(o.atoms) {
		return false
	}
	for i := range t.atoms {
		if !t.atoms[i].same(o.atoms[i]) {
			return false
		}
	}
	return true
}

// Never says whether there is no such value.
func (t Type) Never() bool { return !t.open && len(t.atoms) == 0 }

// NotNone is the type without None.
func (t Type) NotNone() Type {
	r := Type{open: t.open}
	for _, a := range t.atoms {
		if a.Kind != NoneObject {
			r.atoms = append(r.atoms, a)
		}
	}
	return r
}

// Every says whether the value is known, is not only None, and every possibility but None satisfies is.
func (t Type) Every(is func(Atom) bool) bool {
	if t.open {
		return false
	}
	found := false
	for _, a := range t.atoms {
		if a.Kind == NoneObject {
			continue
		}
		if !is(a) {
			return false
		}
		found = true
	}
	return found
}

// every says whether the value is known and every possibility satisfies is.
func (t Type) every(is func(Atom) bool) bool {
	return !t.open && len(t.atoms) > 0 && !slices.ContainsFunc(t.atoms, func(a Atom) bool { return !is(a) })
}

// each applies f to each possibility and joins the results; an open type stays open.
func (t Type) each(f func(Atom) Type) Type {
	r := Type{open: t.open}
	for _, a := range t.atoms {
		r = r.or(f(a))
	}
	return r
}

// QName is the qualified name of what the atom is or is an instance of.
func (a Atom) QName() string {
	switch a.Kind {
	case NoneObject:
		return "None"
	case Instance, ClassObject, SuperObject:
		return a.Class.Name
	case Function:
		return a.Func.Name
	case ModuleObject:
		return a.Module.Name()
	}
	return a.Name
}

// String spells the type, for tests, traces and hover.
func (t Type) String() string {
	var parts []string
	for _, a := range t.atoms {
		parts = append(parts, a.String())
	}
	if t.open {
		parts = append(parts, "?")
	}
	if parts == nil {
		return "Never"
	}
	return strings.Join(parts, " | ")
}

// String spells the atom.
func (a Atom) String() string {
	args := ""
	if len(a.Args) > 0 {
		var parts []string
		for _, t := range a.Args {
			parts = append(parts, t.String())
		}
		args = "[" + strings.Join(parts, ", ") + "]"
	}
	switch a.Kind {
	case ClassObject:
		return "type[" + a.QName() + args + "]"
	case Function:
		return "def " + a.QName()
	case ModuleObject:
		return "module " + a.QName()
	case Opaque:
		return "~" + a.Name
	case OpaqueInstance:
		return "~" + a.Name + "()"
	case SuperObject:
		return "super " + a.QName()
	}
	return a.QName() + args
}

// Returns spells what the body of a function is found to return. Two equal spellings mean the same to every caller;
// what is local to a function is spelled by its hash.
func (p *Program) Returns(m *Module, f *shape.Func) string {
	if f.Result == nil {
		return ""
	}
	t := p.Eval(m, f.Result())
	h := shape.NewHash()

	var visit func(t Type, depth int)
	visit = func(t Type, depth int) {
		for _, a := range t.atoms {
			if a.Func != nil && a.Func.Decl.Path == "" {

				h.Func(a.Func.Decl)
			}
			if a.Class != nil && a.Class.Decl.Path == "" {

				h.Class(a.Class.Decl)
			}
			if a.From != nil {
				h.String(a.From.Name)
			}
			if a.Self != nil && depth < 4 {
				visit(atom(*a.Self), depth+1)
			}
			for _, x := range a.Args {
				if depth < 4 {
					visit(x, depth+1)
				}
			}
		}
	}
	visit(t, 0)
	return t.String() + strconv.FormatUint(h.Sum(), 36)
}
