package python

import "strings"

// ScopeKind says what a scope belongs to.
type ScopeKind uint8

const (
	ModuleScope ScopeKind = iota
	ClassScope
	FunctionScope // of a function definition or a lambda
	ComprehensionScope
)

// Scope is a part of a block in which names are bound together.
type Scope struct {
	Kind   ScopeKind
	Node   Node // the definition, lambda or comprehension; the root of the block for the outermost scope
	Parent *Scope
	names  map[string]*Local
	yields bool  // the function contains a yield of its own
	sets   bool  // the function calls setattr
	holds  bool  // one of them is within a with statement, or a try with a finally
	graph  *flow // of a function, when asked for
}

// Local is a name in the scope that binds it.
type Local struct {
	Name     string
	Scope    *Scope
	Bindings []*Binding
	Captured bool // read in a function nested in the scope
	outer    bool // declared global or nonlocal: bound elsewhere
	global   bool
	refined  bool // tested in a way that tells more about it
}

// BindingKind says how a name is bound.
type BindingKind uint8

const (
	BindAssign  BindingKind = iota // name = Value
	BindDeclare                    // name: Annotation, without a value
	BindAugment                    // name += Value
	BindFor                        // for name in Value
	BindWith                       // with Value as name
	BindImport                     // Target is the dotted name
	BindDef                        // def name
	BindClass                      // class name
	BindParam                      // a parameter
	BindExcept                     // except Value as name
	BindMatch                      // a capture pattern
	BindType                       // a type parameter or alias
	BindDelete                     // del name
	bindRefine                     // the name as it was, after a test that tells more about it
)

// Binding is one place that binds a name.
type Binding struct {
	Kind       BindingKind
	Name       string
	Node       Node // the identifier
	Value      Node // what it is bound to: an expression, or the definition; may be no node
	Annotation Node
	Path       []int // how to unpack the value, outermost first; -1 for what a star takes
	Target     string
	Async      bool // async for, async with
	Scope      *Scope
	star       bool // *args; dstar **kw
	dstar      bool
	test       refinement
	id         int
}

// refinement is what a test tells about a name when it holds.
type refinement struct {
	kind testKind
	of   Node // the class of an isinstance
}

type testKind uint8

const (
	testNone testKind = iota
	testNotNone
	testInstance
	testNotInstance
	testOpaque // something that only reflection can tell: isawaitable, hasattr
)

// scopes is what one pass over a block finds.
type scopes struct {
	all    []*Scope
	byNode map[int32]*Scope // the scope that a node opens
	at     []*Scope         // the scope in which each node is evaluated
	bound  map[int32]*Binding
	stars  []string // from m import *
	fields []field
	global []*Binding // bindings of module names inside functions
}

// field is a binding of an attribute on the first parameter of a method.
type field struct {
	class *Scope
	*Binding
}

func (b *Block) scopeInfo() *scopes {
	b.scopeOnce.Do(func() {
		w := &scopeWalk{b: b, s: &scopes{byNode: map[int32]*Scope{}, bound: map[int32]*Binding{}}}
		root := &Scope{Node: b.Root(), names: map[string]*Local{}}
		if b.kind == member {
			root.Kind = ClassScope
		}
		w.s.all = append(w.s.all, root)
		w.s.byNode[b.tree().root] = root
		w.visit(b.Root(), root)
		w.s.place(b.tree())
		w.capture()
		b.scopes = w.s
	})
	return b.scopes
}

// Scope is the scope in which a node is evaluated. A definition's name, decorators, defaults and annotations
// belong to the scope around it, as does the first iterable of a comprehension.
func (n Node) Scope() *Scope { return n.b.scopeInfo().at[n.i] }

// Function is the function definition or lambda in whose body (not its decorators, defaults or annotations) the node
// is evaluated; no node in the body of a class and at the top. A comprehension is part of the function around it.
func (n Node) Function() Node {
	if n.b == nil {
		return Node{}
	}
	s := n.Scope()
	for s != nil && s.Kind == ComprehensionScope {
		s = s.Parent
	}
	if s == nil || s.Kind != FunctionScope {
		return Node{}
	}
	return s.Node
}

// place finds the scope of each node.
func (s *scopes) place(t *tree) {
	s.at = make([]*Scope, len(t.nodes))
	outermost := s.all[0]
	for i := range t.nodes {
		n := &t.nodes[i]
		if int32(i) <= t.root || n.parent < 0 {
			s.at[i] = outermost
			continue
		}
		p := &t.nodes[n.parent]
		around := s.at[n.parent]
		switch p.kind {
		case FunctionDef, Lambda, ClassDef:
			if inner := s.byNode[n.parent]; inner != nil && n.field == FieldBody && n.parent != t.root {
				around = inner
			}
		case ListComp, SetComp, DictComp, GeneratorExpr:
			if inner := s.byNode[n.parent]; inner != nil {
				around = inner
			}
		case ForInClause:
			if n.field == FieldRight && p.parent >= 0 && firstClause(t, n.parent) {
				around = s.at[p.parent]
			}
		}
		s.at[i] = around
	}
}

// firstClause says whether a for clause is the first of its comprehension, whose iterable is evaluated outside.
func firstClause(t *tree, clause int32) bool {
	parent := t.nodes[clause].parent
	for i := parent + 1; i < t.nodes[parent].last; i = t.nodes[i].last {
		if t.nodes[i].kind == ForInClause {
			return i == clause
		}
	}
	return false
}

type use struct {
	node  Node
	scope *Scope
}

type scopeWalk struct {
	b    *Block
	s    *scopes
	uses []use
}

func (w *scopeWalk) open(kind ScopeKind, n Node, parent *Scope) *Scope {
	s := &Scope{Kind: kind, Node: n, Parent: parent, names: map[string]*Local{}}
	w.s.all = append(w.s.all, s)
	w.s.byNode[n.i] = s
	return s
}

// local is the entry of a name in a scope, made when it is not there.
func (s *Scope) local(name string) *Local {
	l := s.names[name]
	if l == nil {
		l = &Local{Name: name, Scope: s}
		s.names[name] = l
	}
	return l
}

// Local is the entry of a name that the scope binds itself; nil when it does not.
func (s *Scope) Local(name string) *Local {
	if l := s.names[name]; l != nil && !l.outer && len(l.Bindings) > 0 {
		return l
	}
	return nil
}

// Locals calls yield for each name that the scope binds, in no order.
func (s *Scope) Locals(yield func(*Local) bool) {
	for _, l := range s.names {
		if !l.outer && len(l.Bindings) > 0 && !yield(l) {
			return
		}
	}
}

func (w *scopeWalk) bind(s *Scope, b *Binding) {
	for s.Kind == ComprehensionScope && b.Kind != BindFor {
		s = s.Parent // a walrus binds outside
	}
	b.Scope = s
	l := s.local(b.Name)
	b.id = len(l.Bindings)
	l.Bindings = append(l.Bindings, b)
	w.s.bound[b.Node.i] = b
}

// visit walks a node in a scope.
func (w *scopeWalk) visit(n Node, s *Scope) {
	switch n.Kind() {
	case Identifier:
		w.uses = append(w.uses, use{n, s})
	case FunctionDef:
		w.function(n, s)
	case Lambda:
		inner := w.open(FunctionScope, n, s)
		w.parameters(n.Child(FieldParameters), s, inner)
		w.visit(n.Child(FieldBody), inner)
	case ClassDef:
		if n.b.tree().root > 0 && n.i < n.b.tree().root {
			break
		}
		name := n.Child(FieldName)
		w.bind(s, &Binding{Kind: BindClass, Name: name.Text(), Node: name, Value: n})
		w.visitAll(n.Child(FieldSuperclasses), s)
		inner := w.open(ClassScope, n, s)
		w.typeParams(n, inner)
		w.visit(n.Child(FieldBody), inner)
	case DecoratedDef:
		w.visitAll(n, s)
	case ListComp, SetComp, DictComp, GeneratorExpr:
		inner := w.open(ComprehensionScope, n, s)
		first := true
		for c := range n.Children {
			if c.Kind() == ForInClause {
				w.target(c.Child(FieldLeft), &Binding{Kind: BindFor, Value: c.Child(FieldRight), Async: c.IsAsync()}, inner)
				right := c.Child(FieldRight)
				if first {
					w.visit(right, s)
				} else {
					w.visit(right, inner)
				}
				first = false
			}
		}
		for c := range n.Children {
			if c.Kind() != ForInClause {
				w.visit(c, inner)
			}
		}
	case Assignment:
		right, typ := n.Child(FieldRight), n.Child(FieldType)
		w.visit(typ, s)
		w.visit(right, s)
		value := right
		for value.Kind() == Assignment { // a = b = c
			value = value.Child(FieldRight)
		}
		kind := BindAssign
		if !value.Valid() {
			kind = BindDeclare
		}
		w.target(n.Child(FieldLeft), &Binding{Kind: kind, Value: value, Annotation: typ}, s)
	case AugmentedAssignment:
		left := n.Child(FieldLeft)
		w.visit(left, s)
		w.visit(n.Child(FieldRight), s)
		w.target(left, &Binding{Kind: BindAugment, Value: n}, s)
	case NamedExpression:
		w.visit(n.Child(FieldValue), s)
		w.target(n.Child(FieldName), &Binding{Kind: BindAssign, Value: n.Child(FieldValue)}, s)
	case ForStmt:
		w.visit(n.Child(FieldRight), s)
		w.target(n.Child(FieldLeft), &Binding{Kind: BindFor, Value: n.Child(FieldRight), Async: n.IsAsync()}, s)
		for c := range n.Named {
			if f := c.Field(); f != FieldRight && f != FieldLeft {
				w.visit(c, s)
			}
		}
	case AsPattern:
		w.asPattern(n, s)
	case CasePattern:
		if class, _ := classOf(n); class.Valid() {
			w.refined(n.Up(MatchStmt).Child(FieldSubject), s)
		}
		w.pattern(n, s)
	case ImportStmt, ImportFrom, FutureImport:
		w.imports(n, s)
	case GlobalStmt, NonlocalStmt:
		for c := range n.Named {
			l := s.local(c.Text())
			l.outer, l.global = true, n.Kind() == GlobalStmt
		}
	case DeleteStmt:
		w.visitAll(n, s)
		for c := range n.Walk {
			if c.Kind() == Identifier && c.Parent().Is(DeleteStmt, ExpressionList, TupleExpr, ListExpr) {
				w.bind(s, &Binding{Kind: BindDelete, Name: c.Text(), Node: c})
			}
		}
	case TypeAliasStmt:
		w.visitAll(n, s)
		if id := firstIdentifier(n); id.Valid() {
			w.bind(s, &Binding{Kind: BindType, Name: id.Text(), Node: id, Value: n})
		}
	case Attribute:
		w.visit(n.Child(FieldObject), s)
	case KeywordArgument:
		w.visit(n.Child(FieldValue), s)
	case Yield:
		fn := s
		for fn != nil && fn.Kind != FunctionScope {
			fn = fn.Parent
		}
		if fn != nil {
			fn.yields = true
			fn.holds = fn.holds || guarded(n)
		}
		w.visitAll(n, s)
	case Call:
		if n.Child(FieldFunction).Text() == "setattr" {
			for fn := s; fn != nil; fn = fn.Parent {
				fn.sets = true
			}
		}
		w.refines(n, s)
		w.visitAll(n, s)
	case Error:
		// Names in a broken region are read, for all we know; nothing in it is bound.
		for c := range n.Walk {
			if c.Kind() == Identifier {
				w.uses = append(w.uses, use{c, s})
			}
		}
	case Token, Comment, TypeConversion:
	default:
		w.visitAll(n, s)
	}
}

func (w *scopeWalk) visitAll(n Node, s *Scope) {
	for c := range n.Children {
		w.visit(c, s)
	}
}

// guarded says whether there is something to release when control leaves its function at a node: a with statement or a try
// with a finally is around it.
func guarded(n Node) bool {
	for child, up := n, n.Parent(); up.Valid() && !up.Is(FunctionDef, Lambda); child, up = up, up.Parent() {
		switch {
		case up.Kind() == WithStmt && child.Field() == FieldBody:
			return true
		case up.Kind() == TryStmt && child.Kind() != FinallyClause:
			for c := range up.Named {
				if c.Kind() == FinallyClause {
					return true
				}
			}
		}
	}
	return false
}

func firstIdentifier(n Node) Node {
	for c := range n.Walk {
		if c.Kind() == Identifier {
			return c
		}
	}
	return Node{}
}

func (w *scopeWalk) function(n Node, s *Scope) {
	name := n.Child(FieldName)
	w.bind(s, &Binding{Kind: BindDef, Name: name.Text(), Node: name, Value: n})
	inner := w.open(FunctionScope, n, s)
	w.typeParams(n, inner)
	w.parameters(n.Child(FieldParameters), s, inner)
	w.visit(n.Child(FieldReturnType), s)
	w.visit(n.Child(FieldBody), inner)
}

func (w *scopeWalk) typeParams(n Node, inner *Scope) {
	for c := range n.Child(FieldTypeParameters).Named {
		if id := firstIdentifier(c); id.Valid() {
			w.bind(inner, &Binding{Kind: BindType, Name: id.Text(), Node: id})
		}
	}
}

// parameters binds parameters in inner and evaluates defaults and annotations outside.
func (w *scopeWalk) parameters(params Node, outer, inner *Scope) {
	for p := range params.Named {
		b := &Binding{Kind: BindParam}
		id := p
		switch p.Kind() {
		case TypedParameter:
			b.Annotation = p.Child(FieldType)
			id = p.FirstNamed()
		case DefaultParameter, TypedDefaultParameter:
			b.Annotation = p.Child(FieldType)
			b.Value = p.Child(FieldValue)
			id = p.Child(FieldName)
		}
		w.visit(b.Annotation, outer)
		w.visit(b.Value, outer)
		switch id.Kind() {
		case ListSplatPattern:
			b.star, id = true, id.FirstNamed()
		case DictionarySplatPattern:
			b.dstar, id = true, id.FirstNamed()
		}
		if id.Kind() == Identifier {
			b.Name, b.Node = id.Text(), id
			w.bind(inner, b)
		}
	}
}

// target binds what an assignment target names; proto says how.
func (w *scopeWalk) target(n Node, proto *Binding, s *Scope) {
	switch n.Kind() {
	case Identifier:
		b := *proto
		b.Name, b.Node = n.Text(), n
		w.bind(s, &b)
	case PatternList, TuplePattern, ListPattern, TupleExpr, ListExpr, ExpressionList:
		i := 0
		for c := range n.Named {
			b := *proto
			b.Path = append(append([]int(nil), proto.Path...), i)
			if c.Is(ListSplatPattern, ListSplat) {
				b.Path[len(b.Path)-1] = -1
				c = c.FirstNamed()
			}
			w.target(c, &b, s)
			i++
		}
	case AsPatternTarget, Paren, CasePattern:
		for c := range n.Named {
			w.target(c, proto, s)
		}
	case Attribute:
		object := n.Child(FieldObject)
		w.visit(object, s)
		if object.Kind() != Identifier {
			return
		}
		// self.x = ... in a method: a field of the class around it.
		fn := s
		for fn != nil && fn.Kind == ComprehensionScope {
			fn = fn.Parent
		}
		for fn != nil && fn.Kind == FunctionScope && fn.Local(object.Text()) == nil {
			fn = fn.Parent
		}
		if fn == nil || fn.Kind != FunctionScope || fn.Parent.Kind != ClassScope {
			return
		}
		if first := firstParam(fn.Node); first.Valid() && first.Text() == object.Text() {
			b := *proto
			name := n.Child(FieldAttribute)
			b.Name, b.Node, b.Scope = name.Text(), name, s
			w.s.fields = append(w.s.fields, field{fn.Parent, &b})
		}
	default:
		w.visit(n, s)
	}
}

// firstParam is the identifier of the first positional parameter of a function.
func firstParam(fn Node) Node {
	for p := range fn.Child(FieldParameters).Named {
		switch p.Kind() {
		case Identifier:
			return p
		case TypedParameter:
			if id := p.FirstNamed(); id.Kind() == Identifier {
				return id
			}
		case DefaultParameter, TypedDefaultParameter:
			return p.Child(FieldName)
		}
		return Node{}
	}
	return Node{}
}

// asPattern binds the target of `with x as y`, `except E as e` and `case p as y`.
func (w *scopeWalk) asPattern(n Node, s *Scope) {
	value := n.FirstNamed()
	target := n.Child(FieldAlias)
	parent := n.Parent()
	switch {
	case parent.Is(ExceptClause, ExceptGroupClause):
		w.visit(value, s)
		w.target(target, &Binding{Kind: BindExcept, Value: value, Async: parent.HasToken("except*")}, s)
	case parent.Kind() == WithItem || parent.Kind() == TupleExpr || parent.Kind() == Paren:
		w.visit(value, s)
		with := n.Up(WithStmt)
		w.target(target, &Binding{Kind: BindWith, Value: value, Async: with.IsAsync()}, s)
	default:
		w.pattern(n, s)
	}
}

// pattern binds the captures of a case pattern.
func (w *scopeWalk) pattern(n Node, s *Scope) {
	switch n.Kind() {
	case DottedName:
		first := n.FirstNamed()
		if first.Valid() && !first.Next().Valid() && n.Parent().Kind() != ClassPattern {
			if first.Text() != "_" {
				w.bind(s, &Binding{Kind: BindMatch, Name: first.Text(), Node: first})
			}
			return
		}
		w.uses = append(w.uses, use{first, s})
	case KeywordPattern:
		skip := true
		for c := range n.Named {
			if !skip {
				w.pattern(c, s)
			}
			skip = false
		}
	case Identifier: // the target of "as", of a star
		if n.Text() != "_" {
			b := &Binding{Kind: BindMatch, Name: n.Text(), Node: n}
			if p := n.Parent(); p.Kind() == AsPattern {
				b.Value, _ = classOf(p)
			}
			w.bind(s, b)
		}
	case Token, Comment:
	default:
		for c := range n.Children {
			w.pattern(c, s)
		}
	}
}

// imports binds what an import statement names.
func (w *scopeWalk) imports(n Node, s *Scope) {
	module := ""
	if n.Kind() == ImportFrom {
		m := n.Child(FieldModuleName)
		module = strings.Join(strings.Fields(m.Text()), "")
	}
	for c := range n.Named {
		if c.Field() == FieldModuleName {
			continue
		}
		switch c.Kind() {
		case WildcardImport:
			w.s.stars = append(w.s.stars, module)
		case AliasedImport:
			name, alias := c.Child(FieldName), c.Child(FieldAlias)
			w.bind(s, &Binding{Kind: BindImport, Name: alias.Text(), Node: alias, Value: n, Target: join(module, name.Text())})
		case DottedName:
			if n.Kind() == ImportStmt {
				first := c.FirstNamed()
				w.bind(s, &Binding{Kind: BindImport, Name: first.Text(), Node: first, Value: n, Target: first.Text()})
				continue
			}
			if n.Kind() == FutureImport {
				module = "__future__"
			}
			w.bind(s, &Binding{Kind: BindImport, Name: c.Text(), Node: c, Value: n, Target: join(module, c.Text())})
		}
	}
}

// join is the dotted name of a name in a module, which may be relative: "..a" and "b" give "..a.b", "." and "b" give ".b".
func join(module, name string) string {
	if module == "" || strings.HasSuffix(module, ".") {
		return module + name
	}
	return module + "." + name
}

// refines notes the names that a test tells more about.
func (w *scopeWalk) refines(call Node, s *Scope) {
	fn := call.Child(FieldFunction)
	name := fn
	if fn.Kind() == Attribute {
		name = fn.Child(FieldAttribute)
	}
	if kind := testOf(name.Text()); kind != testNone {
		w.refined(call.Child(FieldArguments).FirstNamed(), s)
	}
}

// refined notes that a test tells more about a name.
func (w *scopeWalk) refined(n Node, s *Scope) {
	if n.Kind() != Identifier {
		return
	}
	for ; s != nil; s = s.Parent {
		if s.Kind == FunctionScope {
			s.local(n.Text()).refined = true
			break
		}
	}
}

// testOf is what a call of a function of this name tells about its first argument.
func testOf(name string) testKind {
	switch name {
	case "isinstance", "issubclass":
		return testInstance
	case "isawaitable", "iscoroutine", "isfuture", "iscoroutinefunction", "isasyncgen", "isasyncgenfunction", "isgenerator",
		"isgeneratorfunction", "hasattr", "callable", "type":
		return testOpaque
	}
	return testNone
}

// capture marks names that nested functions read, and moves what is bound by global and nonlocal declarations to
// where it belongs.
func (w *scopeWalk) capture() {
	for _, s := range w.s.all {
		for _, l := range s.names {
			if !l.outer || len(l.Bindings) == 0 {
				continue
			}
			if l.global {
				w.s.global = append(w.s.global, l.Bindings...)
				continue
			}
			for p := s.Parent; p != nil; p = p.Parent {
				if p.Kind != FunctionScope {
					continue
				}
				if o := p.names[l.Name]; o != nil && !o.outer {
					o.Bindings = append(o.Bindings, l.Bindings...)
					o.Captured = true
					break
				}
			}
		}
	}
	for _, m := range w.b.tree().mended {
		for _, name := range m.words { // read, for all we know
			for _, s := range w.s.all {
				if l := s.names[name]; l != nil {
					l.Captured = true
				}
			}
		}
	}
	for _, u := range w.uses {
		if l := u.scope.Lookup(u.node.Text()); l != nil {
			for s := u.scope; s != nil && s != l.Scope; s = s.Parent {
				if s.Kind == FunctionScope || s.Kind == ClassScope {
					l.Captured = true
				}
			}
		}
	}
}

// Lookup finds the entry of a name that is read in the scope: nil for a name of the module, of builtins, or of nobody.
func (s *Scope) Lookup(name string) *Local {
	for p := s; p != nil && p.Parent != nil; p = p.Parent {
		if p.Kind == ClassScope && p != s && !directClass(s, p) {
			continue
		}
		l := p.names[name]
		if l == nil {
			continue
		}
		if l.outer {
			if l.global {
				return nil
			}
			continue
		}
		if len(l.Bindings) > 0 {
			return l
		}
	}
	return nil
}

// directClass says whether code in scope s runs in the body of the class scope c: only comprehensions are between.
func directClass(s, c *Scope) bool {
	for ; s != c; s = s.Parent {
		if s.Kind != ComprehensionScope {
			return false
		}
	}
	return true
}
