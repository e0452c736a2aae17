package python

import (
	"slices"
	"strconv"
	"strings"
	"sync"

	"aiolens/diagnostics/shape"
)

// lowering turns expressions of a block into symbolic values, and keeps them.
type lowering struct {
	mu      sync.Mutex
	values  map[int32]*shape.Value
	binds   map[*Binding]*shape.Value
	funcs   map[int32]*shape.Func
	classes map[int32]*shape.Class
	// refs holds the bindings that are being lowered, with the reference that stands for each where it is met
	// again, if it was.
	refs  map[*Binding]*shape.Value
	depth int

	looked, narrows bool // the block has been searched for isinstance, and has one
}

// maxDepth bounds how deep expressions may nest; what is deeper is unknown. A level takes less than a kilobyte of stack.
const maxDepth = 5000

func (lo *lowering) lock() {
	lo.mu.Lock()
	if lo.values == nil {
		lo.values = map[int32]*shape.Value{}
		lo.binds = map[*Binding]*shape.Value{}
		lo.funcs = map[int32]*shape.Func{}
		lo.classes = map[int32]*shape.Class{}
		lo.refs = map[*Binding]*shape.Value{}
	}
}

// Value is the symbolic value of an expression. Names that the block binds locally are followed to where they
// come from, along the control flow of the function; others are looked up in the module later.
func (n Node) Value() *shape.Value {
	if !n.Valid() {
		return shape.Unknowable
	}
	n.b.lower.lock()
	defer n.b.lower.mu.Unlock()
	return n.b.value(n)
}

func (b *Block) value(n Node) *shape.Value {
	lo := &b.lower
	if v, ok := lo.values[n.i]; ok {
		return v
	}
	if lo.depth >= maxDepth {
		return shape.Unknowable
	}
	lo.depth++
	v := b.lowerExpr(n)
	lo.depth--
	lo.values[n.i] = v
	return v
}

func constant(class string) *shape.Value { return &shape.Value{Op: shape.Const, Str: class} }

var (
	constStr, constBytes, constInt, constFloat = constant("str"), constant("bytes"), constant("int"), constant("float")
	constBool, constComplex, constEllipsis     = constant("bool"), constant("complex"), constant("ellipsis")
)

func (b *Block) lowerExpr(n Node) *shape.Value {
	switch n.Kind() {
	case Identifier:
		v := b.name(n)
		if l := n.Scope().Lookup(n.Text()); l != nil && l.Scope.Kind == ComprehensionScope {
			if class := n.tested(); class.Valid() {
				return &shape.Value{Op: shape.Is, X: v, Args: []*shape.Value{b.value(class)}}
			}
		}
		return v
	case DottedName:
		return b.dotted(n)
	case Attribute:
		v := &shape.Value{Op: shape.Attr, X: b.value(n.Child(FieldObject)), Str: n.Child(FieldAttribute).Text()}
		if class := n.tested(); class.Valid() {
			return &shape.Value{Op: shape.Is, X: v, Args: []*shape.Value{b.value(class)}}
		}
		return v
	case Call:
		return b.call(n)
	case Await:
		return &shape.Value{Op: shape.Await, X: b.value(n.FirstNamed())}
	case Paren, ListSplat, ExprStmt, TypeExpr:
		return b.value(n.FirstNamed())
	case NamedExpression:
		return b.value(n.Child(FieldValue))
	case Assignment:
		return b.value(n.Child(FieldRight))
	case String:
		if strings.ContainsAny(n.Text()[:stringPrefix(n.Text())], "bB") {
			return constBytes
		}
		return constStr
	case ConcatenatedString:
		return b.value(n.FirstNamed())
	case IntLit:
		return constInt
	case FloatLit:
		if strings.HasSuffix(n.Text(), "j") {
			return constComplex
		}
		return constFloat
	case True, False, ComparisonOperator, NotOperator:
		return constBool
	case None:
		return shape.None
	case Ellipsis:
		return constEllipsis
	case ListExpr:
		return b.display("list", n)
	case TupleExpr, ExpressionList, PatternList:
		return b.display("tuple", n)
	case SetExpr:
		return b.display("set", n)
	case DictExpr:
		v := &shape.Value{Op: shape.Display, Str: "dict"}
		for c := range n.Named {
			if c.Kind() == Pair {
				v.Args = append(v.Args, b.value(c.Child(FieldValue)))
			} else {
				v.Args = append(v.Args, shape.Unknowable)
			}
		}
		return v
	case ListComp, SetComp, GeneratorExpr, DictComp:
		v := &shape.Value{Op: shape.Display, Str: map[Kind]string{ListComp: "list", SetComp: "set", DictComp: "dict", GeneratorExpr: "generator"}[n.Kind()]}
		body := n.Child(FieldBody)
		if body.Kind() == Pair {
			body = body.Child(FieldValue)
		}
		if n.Kind() == GeneratorExpr {
			for c := range n.Walk {
				if (c.Kind() == Await || c.Kind() == ForInClause && c.IsAsync()) && runsIn(c, n) {
					v.Str = "async_generator"
				}
			}
		}
		v.Args = []*shape.Value{b.value(body)}
		return v
	case Subscript:
		v := &shape.Value{Op: shape.Item, X: b.value(n.Child(FieldValue))}
		for c := range n.Named {
			if c.Field() == FieldSubscript {
				if c.Kind() == Slice {
					v.Args = append(v.Args, constant("slice"))
				} else {
					v.Args = append(v.Args, b.value(c))
					v.Str, v.N = literal(c)
				}
			}
		}
		return v
	case GenericType: // in annotations: X[A, B]
		v := &shape.Value{Op: shape.Item}
		for c := range n.Named {
			if c.Kind() == TypeParameter {
				for t := range c.Named {
					v.Args = append(v.Args, b.value(t))
				}
			} else {
				v.X = b.value(c)
			}
		}
		return v
	case MemberType:
		var object Node
		name := ""
		for c := range n.Named {
			if !object.Valid() {
				object = c
			} else {
				name = c.Text()
			}
		}
		return &shape.Value{Op: shape.Attr, X: b.value(object), Str: name}
	case UnionType:
		v := &shape.Value{Op: shape.Union}
		for c := range n.Named {
			v.Args = append(v.Args, b.value(c))
		}
		return v
	case BinaryOperator:
		return &shape.Value{Op: shape.BinOp, Str: n.Child(FieldOperator).Text(), X: b.value(n.Child(FieldLeft)), Args: []*shape.Value{b.value(n.Child(FieldRight))}}
	case UnaryOperator:
		if v := b.value(n.Child(FieldArgument)); v.Op == shape.Const {
			return v
		}
	case BooleanOperator:
		left, right := b.value(n.Child(FieldLeft)), b.value(n.Child(FieldRight))
		if n.Child(FieldOperator).Text() == "or" {
			left = notNone(left)
		}
		return union(left, right)
	case ConditionalExpression:
		var parts []*shape.Value
		i := 0
		for c := range n.Named {
			if i != 1 {
				parts = append(parts, b.value(c))
			}
			i++
		}
		return union(parts...)
	case Lambda:
		return &shape.Value{Op: shape.Function, Func: b.function(n)}
	}
	return shape.Unknowable
}

// runsIn says whether a node below a generator expression runs as part of it: not within a lambda or another generator
// expression, except for the first iterable of that, and not in the first iterable of its own.
func runsIn(n, gen Node) bool {
	child := n
	for p := n.Parent(); p.Valid(); child, p = p, p.Parent() {
		switch p.Kind() {
		case Lambda:
			return false
		case GeneratorExpr:
			first := false
			if child.Kind() == ForInClause && child != n {
				for c := range p.Named {
					if c.Kind() == ForInClause {
						first = c == child && n.Inside(child.Child(FieldRight))
						break
					}
				}
			}
			if p == gen {
				return !first
			}
			if !first {
				return false
			}
		}
	}
	return false
}

// literal is the text of a plain string, or one more than a whole number.
func literal(n Node) (text string, number int) {
	switch t := n.Text(); n.Kind() {
	case String:
		if stringPrefix(t) == 0 && !strings.Contains(t, `\\`) {
			return strings.Trim(t, `"'`), 0
		}
	case IntLit:
		if i, err := strconv.Atoi(t); err == nil && i < 1000 {
			return "", i + 1
		}
	}
	return "", 0
}

func stringPrefix(s string) int {
	i := 0
	for i < len(s) && s[i] != '"' && s[i] != '\'' {
		i++
	}
	return i
}

func (b *Block) display(class string, n Node) *shape.Value {
	v := &shape.Value{Op: shape.Display, Str: class}
	for c := range n.Named {
		if c.Is(ListSplat, ParenthesizedListSplat) {
			v.Args = append(v.Args, &shape.Value{Op: shape.Iter, X: b.value(c.FirstNamed())})
			v.N = -1 // positions behind a star are not known
		} else {
			v.Args = append(v.Args, b.value(c))
		}
	}
	return v
}

// maxUnion is how many values a name may have; of more, nothing is known.
const maxUnion = 256

// union is one of several values, each once.
func union(values ...*shape.Value) *shape.Value {
	var all []*shape.Value
	for _, v := range values {
		if v.Op == shape.Union {
			for _, x := range v.Args {
				if !slices.Contains(all, x) {
					all = append(all, x)
				}
			}
		} else if !slices.Contains(all, v) {
			all = append(all, v)
		}
		if len(all) > maxUnion {
			return shape.Unknowable
		}
	}
	if len(all) == 1 {
		return all[0]
	}
	return &shape.Value{Op: shape.Union, Args: all}
}

func (b *Block) call(n Node) *shape.Value {
	fn := n.Child(FieldFunction)
	args := n.Child(FieldArguments)
	if fn.Kind() == Identifier && fn.Text() == "super" && !args.FirstNamed().Valid() {
		if class := b.enclosingClass(n.Scope()); class != nil {
			v := *class
			v.Op = shape.Super
			return &v
		}
	}
	if fn.Kind() == Identifier && fn.Text() == "super" {
		if class := b.superOf(args); class != nil {
			return class
		}
	}
	v := &shape.Value{Op: shape.Call, X: b.value(fn)}
	if args.Kind() == GeneratorExpr {
		v.Args = []*shape.Value{b.value(args)}
		return v
	}
	var named []*shape.Value
	for a := range args.Named {
		switch a.Kind() {
		case KeywordArgument:
			v.Kw = append(v.Kw, a.Child(FieldName).Text())
			if a.Child(FieldName).Text() == "bound" {
				named = append(named, b.annotation(a.Child(FieldValue)))
				continue
			}
			named = append(named, b.value(a.Child(FieldValue)))
		case ListSplat:
			v.Kw = append(v.Kw, "*")
			named = append(named, &shape.Value{Op: shape.Iter, X: b.value(a.FirstNamed())})
		case DictionarySplat:
			v.Kw = append(v.Kw, "**")
			named = append(named, shape.Unknowable)
		default:
			if slices.Contains(v.Kw, "*") { // its position is not known
				v.Kw = append(v.Kw, "*")
				named = append(named, b.value(a))
			} else if a.Kind() == String && len(v.Args) == 0 && (fn.Text() == "cast" || fn.Text() == "typing.cast") {
				v.Args = append(v.Args, b.annotation(a))
			} else {
				v.Args = append(v.Args, b.value(a))
			}
		}
	}
	v.Args = append(v.Args, named...)
	return v
}

// superOf is super(C, self) in a method of the class C, given the arguments; nil for others.
func (b *Block) superOf(args Node) *shape.Value {
	class, self := args.FirstNamed(), Node{}
	for c := range args.Named {
		self = c
	}
	around := b.enclosingClass(args.Scope())
	fn := args.Function()
	if around == nil || class.Kind() != Identifier || self == class || self.Kind() != Identifier || fn.Kind() != FunctionDef || firstParam(fn).Text() != self.Text() {
		return nil
	}
	name := around.Str
	if around.Class != nil {
		name = around.Class.Name
	}
	if class.Text() != name {
		return nil
	}
	v := *around
	v.Op = shape.Super
	return &v
}

func (b *Block) dotted(n Node) *shape.Value {
	var v *shape.Value
	for c := range n.Named {
		if v == nil {
			v = b.name(c)
		} else {
			v = &shape.Value{Op: shape.Attr, X: v, Str: c.Text()}
		}
	}
	if v == nil {
		return shape.Unknowable
	}
	return v
}

// name follows a name that is read.
func (b *Block) name(n Node) *shape.Value {
	scope := n.Scope()
	name := n.Text()
	l := scope.Lookup(name)
	if l == nil {
		if root := b.scopeInfo().all[0]; root.Kind == ClassScope && directClass(scope, root) {
			return &shape.Value{Op: shape.Name, Str: name, X: &shape.Value{Op: shape.Cls, Str: b.class}}
		}
		return &shape.Value{Op: shape.Name, Str: name}
	}
	return b.local(l, n, scope)
}

// local is the value of a local name where it is read.
func (b *Block) local(l *Local, n Node, scope *Scope) *shape.Value {
	fn := scope
	for fn.Kind == ComprehensionScope && fn != l.Scope {
		fn = fn.Parent
	}
	if l.Scope.Kind == FunctionScope && fn == l.Scope && (len(l.Bindings) > 1 || l.refined) {
		g := l.Scope.flowOf()
		if ids, ok := g.reaching[n.i]; ok && !g.overflow {
			if len(ids) > maxUnion {
				return shape.Unknowable
			}
			var values []*shape.Value
			for _, x := range l.Bindings {
				if x.Scope != l.Scope { // a nested function may have bound it, at any time
					values = append(values, b.binding(x))
				}
			}
			for _, id := range ids {
				if x := g.bindings[id]; x.Kind != BindDelete {
					values = append(values, b.binding(x))
				}
			}
			return union(values...)
		}
	}
	if len(l.Bindings) > maxUnion {
		return shape.Unknowable
	}
	var values []*shape.Value
	for _, x := range l.Bindings {
		if x.Kind != BindDelete && x.Kind != BindDeclare || x.Annotation.Valid() {
			values = append(values, b.binding(x))
		}
	}
	return union(values...)
}

// binding is the value that a binding gives its name.
func (b *Block) binding(x *Binding) *shape.Value {
	lo := &b.lower
	if v, ok := lo.binds[x]; ok {
		return v
	}
	if ref, ok := lo.refs[x]; ok {
		if ref == nil {
			ref = &shape.Value{Op: shape.Ref}
			lo.refs[x] = ref
		}
		return ref
	}
	if lo.depth >= maxDepth {
		return shape.Unknowable
	}
	lo.depth++
	lo.refs[x] = nil
	v := b.lowerBinding(x)
	if ref := lo.refs[x]; ref != nil {
		ref.X = v
	}
	delete(lo.refs, x)
	lo.depth--
	lo.binds[x] = v
	return v
}

func (b *Block) lowerBinding(x *Binding) *shape.Value {
	var v *shape.Value
	switch x.Kind {
	case BindAssign, BindDeclare:
		if x.Annotation.Valid() && !bare(x.Annotation) {
			return annotated(b.annotation(x.Annotation))
		}
		if !x.Value.Valid() {
			return shape.Unknowable
		}
		v = b.value(x.Value)
	case BindAugment:
		prev := shape.Unknowable
		if x.Scope.Kind == FunctionScope {
			prev = b.before(x)
		}
		op := strings.TrimSuffix(x.Value.Child(FieldOperator).Text(), "=")
		return &shape.Value{Op: shape.BinOp, Str: op, X: prev, Args: []*shape.Value{b.value(x.Value.Child(FieldRight))}}
	case bindRefine:
		v = b.before(x)
		switch x.test.kind {
		case testNotNone:
			return notNone(v)
		case testInstance:
			return &shape.Value{Op: shape.Is, X: v, Args: []*shape.Value{b.value(x.test.of)}}
		case testNotInstance:
			return &shape.Value{Op: shape.Is, N: 1, X: v, Args: []*shape.Value{b.value(x.test.of)}}
		}
		return shape.Unknowable
	case BindFor:
		v = &shape.Value{Op: shape.Iter, X: b.value(x.Value)}
		if x.Async {
			v.Op = shape.AIter
		}
	case BindWith:
		v = &shape.Value{Op: shape.Enter, X: b.value(x.Value)}
		if x.Async {
			v.Op = shape.AEnter
		}
	case BindImport:
		v = &shape.Value{Op: shape.Qual, Str: x.Target}
		if neverRuns(x.Node) {
			v.N = 1
		}
	case BindDef:
		v = &shape.Value{Op: shape.Function, Func: b.function(x.Value)}
	case BindClass:
		v = &shape.Value{Op: shape.ClassDef, Class: b.classDecl(x.Value)}
	case BindParam:
		v = b.param(x)
	case BindMatch:
		if !x.Value.Valid() {
			return shape.Unknowable
		}
		return annotated(b.value(x.Value))
	case BindExcept:
		if x.Async {
			return shape.Unknowable
		}
		of := b.value(x.Value)
		if of.Op == shape.Display {
			var all []*shape.Value
			for _, a := range of.Args {
				all = append(all, annotated(a))
			}
			return union(all...)
		}
		return annotated(of)
	default:
		return shape.Unknowable
	}
	for _, i := range x.Path {
		if i < 0 {
			v = &shape.Value{Op: shape.Rest, X: v}
		} else {
			v = &shape.Value{Op: shape.Elem, X: v, N: i}
		}
	}
	return v
}

func notNone(v *shape.Value) *shape.Value {
	switch v.Op {
	case shape.Unknown, shape.NotNone:
		return v
	}
	return &shape.Value{Op: shape.NotNone, X: v}
}

func annotated(v *shape.Value) *shape.Value { return &shape.Value{Op: shape.Annot, X: v} }

// bare says whether an annotation says nothing of the type: Final, ClassVar.
func bare(annotation Node) bool {
	t := annotation.Text()
	if i := strings.LastIndexByte(t, '.'); i >= 0 {
		t = t[i+1:]
	}
	return t == "Final" || t == "ClassVar" || t == "TypeAlias" || t == "Any"
}

// before is what a name was before a binding that depends on it.
func (b *Block) before(x *Binding) *shape.Value {
	g := x.Scope.flowOf()
	prev := g.before[x]
	if prev == nil || g.overflow {
		return shape.Unknowable
	}
	var values []*shape.Value
	prev.each(func(id int) {
		if g.bindings[id].Kind != BindDelete {
			values = append(values, b.binding(g.bindings[id]))
		}
	})
	return union(values...)
}

// annotation lowers an annotation; a string in it is read as the annotation that it spells.
func (b *Block) annotation(n Node) *shape.Value {
	n = n.Unwrap()
	switch n.Kind() {
	case TypeExpr:
		return b.annotation(n.FirstNamed())
	case String:
		text := n.Text()
		p := stringPrefix(text)
		text = strings.Trim(text[p:], `"'`)
		if p > 0 || len(text) > 1000 || text == "" {
			return shape.Unknowable
		}
		inner := &Block{blockKey: blockKey{src: strings.TrimSpace(text)}}
		stmt := inner.Root().FirstNamed()
		if stmt.Kind() != ExprStmt || inner.Root().Broken() {
			return shape.Unknowable
		}
		inner.lower.lock()
		defer inner.lower.mu.Unlock()
		return inner.annotation(stmt.FirstNamed())
	case BinaryOperator:
		if n.Child(FieldOperator).Text() == "|" {
			return union(b.annotation(n.Child(FieldLeft)), b.annotation(n.Child(FieldRight)))
		}
	case UnionType:
		var all []*shape.Value
		for c := range n.Named {
			all = append(all, b.annotation(c))
		}
		return union(all...)
	case Subscript:
		v := &shape.Value{Op: shape.Item, X: b.value(n.Child(FieldValue))}
		literal := strings.HasSuffix(n.Child(FieldValue).Text(), "Literal")
		for c := range n.Named {
			if c.Field() != FieldSubscript {
				continue
			}
			if literal {
				v.Args = append(v.Args, b.value(c))
			} else {
				v.Args = append(v.Args, b.annotation(c))
			}
		}
		return v
	case GenericType:
		v := &shape.Value{Op: shape.Item}
		for c := range n.Named {
			if c.Kind() == TypeParameter {
				literal := v.X != nil && v.X.Str == "Literal"
				for t := range c.Named {
					if literal {
						v.Args = append(v.Args, b.value(t))
					} else {
						v.Args = append(v.Args, b.annotation(t))
					}
				}
			} else {
				v.X = b.value(c)
			}
		}
		if v.X == nil {
			return shape.Unknowable
		}
		return v
	case ListExpr:
		v := &shape.Value{Op: shape.Display, Str: "list"}
		for c := range n.Named {
			v.Args = append(v.Args, b.annotation(c))
		}
		return v
	}
	if !n.Valid() {
		return shape.Unknowable
	}
	return b.value(n)
}

// enclosingClass is the value Self of the class whose method the scope is in; nil outside classes.
func (b *Block) enclosingClass(s *Scope) *shape.Value {
	for ; s != nil; s = s.Parent {
		if s.Kind == ClassScope {
			if s.Parent == nil {
				return &shape.Value{Op: shape.Self, Str: b.class}
			}
			return &shape.Value{Op: shape.Self, Class: b.classDecl(s.Node)}
		}
	}
	return nil
}

// param is the value of a parameter inside its function.
func (b *Block) param(x *Binding) *shape.Value {
	fn := x.Scope
	if x.Annotation.Valid() && !bare(x.Annotation) {
		v := annotated(b.annotation(x.Annotation))
		v.Str = x.Name
		switch {
		case x.star:
			return &shape.Value{Op: shape.Display, Str: "tuple", N: -1, Args: []*shape.Value{v}}
		case x.dstar:
			return &shape.Value{Op: shape.Display, Str: "dict", Args: []*shape.Value{v}}
		}
		return v
	}
	switch {
	case x.star:
		return &shape.Value{Op: shape.Display, Str: "tuple", N: -1, Args: []*shape.Value{shape.Unknowable}}
	case x.dstar:
		return &shape.Value{Op: shape.Display, Str: "dict", Args: []*shape.Value{shape.Unknowable}}
	}
	v := &shape.Value{Op: shape.Param, Str: x.Name}
	if x.Value.Valid() {
		v.X = b.value(x.Value)
	}
	if fn.Node.Kind() != FunctionDef {
		return v
	}
	var self *shape.Value
	if fn.Parent != nil && fn.Parent.Kind == ClassScope {
		self = b.enclosingClass(fn.Parent)
		switch kind := b.methodKind(fn.Node); {
		case kind == "staticmethod":
			self = nil
		case firstParam(fn.Node) != x.Node:
		case kind == "classmethod":
			v := *self
			v.Op = shape.Cls
			return &v
		default:
			return self
		}
	}
	if f := b.function(fn.Node); v.X == nil && (self != nil || f.Decorators != nil) {
		// Types that are kept must not keep the text alive.
		v.Func = &shape.Func{Name: f.Name, Decorators: f.Decorators, Params: f.Params}
		if self != nil {
			v.Args = []*shape.Value{self}
		}
	}
	return v
}

// methodKind is "staticmethod", "classmethod" or "".
func (b *Block) methodKind(fn Node) string {
	switch name := fn.Child(FieldName).Text(); name {
	case "__new__", "__init_subclass__", "__class_getitem__":
		return "classmethod"
	}
	for d := range Decorators(fn) {
		if t := d.Text(); t == "staticmethod" || t == "classmethod" {
			return t
		}
	}
	return ""
}

// Decorators calls yield for the expression of each decorator of a definition.
func Decorators(def Node) func(yield func(Node) bool) {
	return func(yield func(Node) bool) {
		parent := def.Parent()
		if parent.Kind() != DecoratedDef {
			return
		}
		for c := range parent.Named {
			if c.Kind() == Decorator && !yield(c.FirstNamed()) {
				return
			}
		}
	}
}

// Func is the declaration of a function definition or lambda.
func (n Node) Func() *shape.Func {
	n.b.lower.lock()
	defer n.b.lower.mu.Unlock()
	return n.b.function(n)
}

func (b *Block) function(n Node) *shape.Func {
	if f := b.lower.funcs[n.i]; f != nil {
		return f
	}
	f := &shape.Func{Name: n.Child(FieldName).Text(), Async: n.IsAsync(), Lambda: n.Kind() == Lambda}
	f.Origin = n
	b.lower.funcs[n.i] = f
	scope := b.scopeInfo().byNode[n.i]
	f.Generator = scope != nil && scope.yields
	f.Sets = scope != nil && scope.sets
	f.Holds = scope != nil && scope.holds
	if scope != nil && scope.Parent != nil && scope.Parent.Parent == nil {
		f.Path = f.Name
		if b.kind == member {
			f.Path = b.class + "." + f.Name
		}
	}
	for d := range Decorators(n) {
		f.Decorators = append(f.Decorators, b.value(d))
	}
	kind := shape.Positional
	for p := range n.Child(FieldParameters).Named {
		var q shape.Parameter
		id := p
		switch p.Kind() {
		case PositionalSeparator:
			for i := range f.Params {
				f.Params[i].Kind = shape.PositionalOnly
			}
			continue
		case KeywordSeparator:
			kind = shape.KeywordOnly
			continue
		case TypedParameter:
			id = p.FirstNamed()
		case DefaultParameter, TypedDefaultParameter:
			id = p.Child(FieldName)
			q.Default = b.value(p.Child(FieldValue))
		}
		q.Kind = kind
		switch id.Kind() {
		case ListSplatPattern:
			q.Kind, kind, id = shape.VarArgs, shape.KeywordOnly, id.FirstNamed()
		case DictionarySplatPattern:
			q.Kind, id = shape.VarKw, id.FirstNamed()
		}
		q.Name = id.Text()
		if t := p.Child(FieldType); t.Valid() {
			q.Annotation = b.annotation(t)
		}
		f.Params = append(f.Params, q)
	}
	if r := n.Child(FieldReturnType); r.Valid() {
		f.Returns = b.annotation(r)
	}
	for c := range n.Child(FieldTypeParameters).Named {
		f.TypeParams = append(f.TypeParams, firstIdentifier(c).Text())
	}
	f.Stub = stub(n)
	var once sync.Once
	var result *shape.Value
	f.Result = func() *shape.Value {
		once.Do(func() {
			b.lower.lock()
			defer b.lower.mu.Unlock()
			result = b.result(n, f)
		})
		return result
	}
	return f
}

// stub says whether the body of a function is only a docstring, "...", pass, or a raise of NotImplementedError.
func stub(fn Node) bool {
	if fn.Kind() != FunctionDef {
		return false
	}
	for s := range fn.Child(FieldBody).Named {
		switch s.Kind() {
		case PassStmt:
		case ExprStmt:
			if !s.FirstNamed().Is(String, Ellipsis, ConcatenatedString) {
				return false
			}
		case RaiseStmt:
			if !strings.Contains(s.Text(), "NotImplementedError") {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// result is what a function returns, or yields.
func (b *Block) result(n Node, f *shape.Func) *shape.Value {
	body := n.Child(FieldBody)
	if n.Kind() == Lambda {
		return b.value(body)
	}
	var values []*shape.Value
	for c := range body.Walk {
		switch c.Kind() {
		case ReturnStmt:
			if f.Generator || c.Function() != n {
				continue
			}
			if e := c.FirstNamed(); e.Valid() {
				values = append(values, b.value(e))
			} else {
				values = append(values, shape.None)
			}
		case Yield:
			if !f.Generator || c.Function() != n {
				continue
			}
			e := c.FirstNamed()
			switch {
			case c.HasToken("from"):
				values = append(values, &shape.Value{Op: shape.Iter, X: b.value(e)})
			case e.Valid():
				values = append(values, b.value(e))
			default:
				values = append(values, shape.None)
			}
		}
	}
	if f.Generator {
		class := "generator"
		if f.Async {
			class = "async_generator"
		}
		return &shape.Value{Op: shape.Display, Str: class, Args: values}
	}
	if b.fallsThrough(n) {
		values = append(values, shape.None)
	}
	return union(values...)
}

// fallsThrough says whether control can reach the end of the body of a function.
func (b *Block) fallsThrough(fn Node) bool {
	s := b.scopeInfo().byNode[fn.i]
	if s == nil {
		return true
	}
	g := s.flowOf()
	return g.overflow || g.falls
}
