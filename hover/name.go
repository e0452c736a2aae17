package hover

import (
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/program"
	"aiolens/diagnostics/python"
)

// An Answer is what a hover shows, in Markdown, and the span that it is about: bytes from the start of the block.
type Answer struct {
	Markdown string
	Span     python.Span
	Card     *Card // nil for what is said about an await
}

// At says what there is to say about the byte offset of the block of a pass, which starts at an offset of the file; nil for nothing.
func At(p *diagnostics.Pass, file *python.File, start, offset int) *Answer {
	n := p.Block.At(offset - start)
	switch n.Kind() {
	case python.Identifier:
		card, of := cardAt(p, n)
		if card == nil {
			return nil
		}
		return &Answer{card.Markdown(p.Settings.Target), of.Span(), card}
	case python.Token:
		if n.Text() == "await" && n.Parent().Kind() == python.Await {
			if text := interleaved(p, file, start, n.Parent()); text != "" {
				return &Answer{text, n.Span(), nil}
			}
		}
	}
	return nil
}

// cardAt is the card of the name that an identifier is, or ends, and the node of that name.
func cardAt(p *diagnostics.Pass, n python.Node) (*Card, python.Node) {
	up := n.Parent()
	switch up.Kind() {
	case python.KeywordArgument:
		if n.Field() == python.FieldName {
			return nil, n
		}
	case python.Attribute:
		if n.Field() == python.FieldAttribute {
			return named(p, up, up.Child(python.FieldObject), n.Text()), up
		}
	case python.MemberType:
		if object := up.FirstNamed(); object != n {
			return named(p, up, object, n.Text()), up
		}
	case python.Parameters, python.LambdaParameters, python.ListSplatPattern, python.DictionarySplatPattern:
		return nil, n
	case python.TypedParameter, python.DefaultParameter, python.TypedDefaultParameter:
		if n == up.FirstNamed() {
			return nil, n
		}
	case python.AliasedImport, python.DottedName:
		return imported(p, n)
	}
	if n.Binding() != nil || assigned(n) {
		return nil, n
	}
	return named(p, n, python.Node{}, ""), n
}

// assigned says whether a name is a target of an assignment, of a module or a class: a name of the project's own.
func assigned(n python.Node) bool {
	for n.Parent().Is(python.PatternList, python.TuplePattern, python.ListPattern, python.ListSplatPattern) {
		n = n.Parent()
	}
	up := n.Parent()
	return n.Field() == python.FieldLeft && up.Is(python.Assignment, python.AugmentedAssignment, python.ForStmt, python.ForInClause) ||
		n.Field() == python.FieldName && up.Kind() == python.NamedExpression || up.Kind() == python.AsPatternTarget
}

// named is the card of what an expression means: a name, or an attribute of an object.
func named(p *diagnostics.Pass, expr, object python.Node, attribute string) *Card {
	if entered(expr) {
		if c := instance(p, p.Type(expr)); c != nil {
			return c
		}
	}
	if object.Valid() {
		for _, a := range p.Type(object).Atoms() {
			c, own := ofObject(p, a, attribute)
			if own {
				return nil
			}
			if c != nil {
				return c
			}
		}
	}
	return meant(p.Type(expr))
}

// meant is the card of one of the functions or classes that a value may be. What the project may have declared itself has none.
func meant(t program.Type) *Card {
	var card *Card
	for _, a := range t.Atoms() {
		switch a.Kind {
		case program.Function:
			if a.Func.Project() {
				return nil
			}
		case program.ClassObject:
			if a.Class.Project() {
				return nil
			}
		case program.Opaque:
		default:
			continue
		}
		if card == nil {
			card = Lookup(a.QName())
		}
	}
	return card
}

// ofObject is the card of an attribute of an object, of its class or of one of the bases; own says that a class of the project has the
// attribute itself.
func ofObject(p *diagnostics.Pass, a program.Atom, attribute string) (c *Card, own bool) {
	switch a.Kind {
	case program.ModuleObject:
		if a.Module.Shape.Known {
			return Lookup(a.QName() + "." + attribute), false
		}
	case program.Opaque, program.OpaqueInstance:
		return Lookup(a.QName() + "." + attribute), false
	case program.Instance, program.ClassObject:
		for _, base := range p.Program.Lineage(a) {
			decl := base.Class.Decl
			if base.Class.Project() && (decl.Members.Get(attribute) != nil || decl.Fields.Get(attribute) != nil) {
				return nil, true
			}
			if !base.Class.Project() {
				if c := ofClass(base.Class, attribute); c != nil {
					return c, false
				}
			}
		}
	}
	return nil, false
}

// ofClass is the card of a member of a class of a library.
func ofClass(c *program.Class, attribute string) *Card {
	card := Lookup(c.Name)
	if card == nil {
		return Lookup(c.Name + "." + attribute)
	}
	return Lookup(card.Name + "." + attribute)
}

// entered says whether an expression is what a with statement enters, so that its type says what happens there.
func entered(expr python.Node) bool {
	up := expr.Parent()
	if up.Kind() == python.AsPattern {
		up = up.Parent()
	}
	return up.Kind() == python.WithItem && expr.Field() != python.FieldAlias
}

// instance is the card of the class that a value is an instance of.
func instance(p *diagnostics.Pass, t program.Type) *Card {
	for _, a := range t.Atoms() {
		if a.Kind != program.Instance {
			continue
		}
		for _, base := range p.Program.Lineage(a) {
			if base.Class.Project() {
				return nil
			}
			if c := Lookup(base.Class.Name); c != nil {
				return c
			}
		}
	}
	return nil
}

// imported is the card of what an import statement imports under the name that an identifier is part of.
func imported(p *diagnostics.Pass, n python.Node) (*Card, python.Node) {
	dotted := n
	if n.Parent().Kind() == python.DottedName {
		dotted = n.Parent()
	}
	stmt := dotted.Up(python.ImportStmt, python.ImportFrom, python.BlockStmt)
	if !stmt.Is(python.ImportStmt, python.ImportFrom) { // a pattern: case asyncio.Queue():
		if last(dotted) != n || dotted == n {
			return nil, n
		}
		return meant(p.Type(dotted)), dotted
	}
	if stmt.Kind() == python.ImportStmt || dotted.Field() == python.FieldModuleName {
		return nil, n
	}
	name := dotted
	if up := dotted.Parent(); up.Kind() == python.AliasedImport {
		name = up.Child(python.FieldName)
	}
	from := strings.Join(strings.Fields(stmt.Child(python.FieldModuleName).Text()), "")
	if !strings.HasPrefix(from, ".") {
		if c := Lookup(from + "." + name.Text()); c != nil && known(p, from) {
			return c, dotted
		}
		from += "."
	} else if strings.Trim(from, ".") != "" {
		from += "."
	}
	return meant(p.Program.Import(p.Module, from+name.Text())), dotted
}

// known says whether a module is that of the library: the project may have one of its own of that name.
func known(p *diagnostics.Pass, module string) bool {
	for _, a := range p.Program.Import(p.Module, module).Atoms() {
		if a.Kind == program.ModuleObject && !a.Module.Shape.Known {
			return false
		}
	}
	return true
}

// last is the last part of a dotted name.
func last(dotted python.Node) python.Node {
	var found python.Node
	for c := range dotted.Named {
		found = c
	}
	return found
}
