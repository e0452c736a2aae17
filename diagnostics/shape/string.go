package shape

import "strings"

// String spells the value much as Python would, for tests and traces.
func (v *Value) String() string {
	if v == nil {
		return "-"
	}
	switch v.Op {
	case Name, Qual, Const:
		if v.X != nil {
			return v.X.String() + ":" + v.Str
		}
		return [...]string{Name: "", Qual: "@", Const: "#"}[v.Op] + v.Str
	case Attr:
		return v.X.String() + "." + v.Str
	case Call:
		return v.X.String() + "(" + v.arguments() + ")"
	case Item:
		return v.X.String() + "[" + join(v.Args, ", ") + "]"
	case Elem:
		return v.X.String() + "<" + string(rune('0'+v.N%10)) + ">"
	case Await, Enter, AEnter, Iter, AIter, Rest, Annot, NotNone, Is:
		if v.Op == Is && v.N == 1 {
			return "is not{" + v.X.String() + ", " + join(v.Args, ", ") + "}"
		}
		names := map[Op]string{Await: "await", Enter: "enter", AEnter: "aenter", Iter: "iter", AIter: "aiter", Rest: "rest", Annot: "annot", NotNone: "notnone", Is: "is"}
		args := ""
		if len(v.Args) > 0 {
			args = ", " + join(v.Args, ", ")
		}
		return names[v.Op] + "{" + v.X.String() + args + "}"
	case Display:
		return v.Str + "{" + join(v.Args, ", ") + "}"
	case Union:
		return "(" + join(v.Args, " | ") + ")"
	case Function:
		return "def " + v.Func.Name
	case ClassDef:
		return "class " + v.Class.Name
	case Self, Cls, Super:
		name := v.Str
		if v.Class != nil {
			name = v.Class.Name
		}
		return map[Op]string{Self: "self", Cls: "cls", Super: "super"}[v.Op] + " " + name
	case BinOp:
		return "{" + v.X.String() + " " + v.Str + " " + v.Args[0].String() + "}"
	case Ref:
		return "~"
	case Param:
		return "param " + v.Str
	}
	return "?"
}

func (v *Value) arguments() string {
	var parts []string
	for i, a := range v.Args {
		s := a.String()
		if k := i - (len(v.Args) - len(v.Kw)); k >= 0 {
			s = v.Kw[k] + "=" + s
		}
		parts = append(parts, s)
	}
	return strings.Join(parts, ", ")
}

func join(vs []*Value, sep string) string {
	var parts []string
	for _, v := range vs {
		parts = append(parts, v.String())
	}
	return strings.Join(parts, sep)
}
