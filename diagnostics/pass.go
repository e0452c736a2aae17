package diagnostics

import (
	"path"
	"slices"
	"strings"

	"aiolens/diagnostics/program"
	"aiolens/diagnostics/python"
	"aiolens/diagnostics/shape"
)

// Pass is what a rule sees while it checks one block of a file.
type Pass struct {
	*env
	Block     *python.Block
	Settings  *Settings
	rule      *selected
	found     *[]raw
	questions *[]*reach    // see checked.asked; nil for a pass that nobody keeps
	file      *python.File // the file as it is now, whose blocks the env knows, or knew in another place
	sought    *[]string    // see checked.sought; likewise
	once      map[any]onceResult
	local     map[*shape.Func]bool         // functions of this block that the loop calls
	flows     map[python.Node]*python.Flow // see flow
	threads   map[*shape.Func]bool         // see localThreads
	reached   [8]reached                   // see Callees
	met       map[any]bool                 // see First
	heldFor   *given                       // see holds
	held      map[python.Node]truth
}

// raw is a finding before its block is placed in a file.
type raw struct {
	rule     *selected
	severity Severity
	block    *python.Block
	span     python.Span
	message  string
	related  []rawRelated
	fixes    []Fix // edits are relative to the block
	also     string
}

type rawRelated struct {
	file    *python.File // nil for the one that is checked
	block   *python.Block
	span    python.Span
	message string
}

// Type is the type of an expression where it stands.
func (p *Pass) Type(n python.Node) program.Type { return p.Program.Eval(p.Module, n.Value()) }

// Class is the class whose head or member the block is, as the module binds it; ok is false for other blocks.
func (p *Pass) Class() (class program.Atom, ok bool) {
	if p.Block.Class() == "" {
		return program.Atom{}, false
	}
	t := p.Program.Lookup(p.Module, p.Block.Class())
	if t.Open() || len(t.Atoms()) != 1 || t.Atoms()[0].Kind != program.ClassObject {
		return program.Atom{}, false
	}
	return t.Atoms()[0], true
}

// Callee is one function or class that a call may reach.
type Callee struct {
	Atom  program.Atom
	Name  string        // qualified, as found: "requests.Session.get", "time.sleep"
	Func  *program.Func // nil when only the name is known; for a class, its __init__ if it is known
	Facts shape.Facts   // what the tables say; the zero value for functions of the program
	Class *program.Class
}

// Callees are the functions and classes that a call may reach; all is false when it may reach others as well.
func (p *Pass) Callees(call python.Node) (callees []Callee, all bool) {
	known := &p.reached[call.Index()%len(p.reached)] // many rules ask about the call where the walk is
	if known.call != call {
		callees, all = p.callees(p.Type(call.Child(python.FieldFunction)))
		if p.questions == nil { // what functions of other files mean may change while the pass is kept
			return callees, all
		}
		*known = reached{call, callees, all}
	}
	return known.callees, known.all
}

// reached is what a call may reach.
type reached struct {
	call    python.Node
	callees []Callee
	all     bool
}

func (p *Pass) callees(t program.Type) (callees []Callee, all bool) {
	for _, a := range t.Atoms() {
		c := Callee{Atom: a, Name: a.QName()}
		switch a.Kind {
		case program.Function:
			c.Func = a.Func
		case program.ClassObject:
			c.Class = a.Class
			if init, ok := p.Program.Member(a, "__init__"); ok {
				for _, x := range init.Atoms() {
					if x.Kind == program.Function {
						c.Func = x.Func
					}
				}
			}
		case program.Instance:
			if f, ok := p.Program.Member(a, "__call__"); ok {
				for _, x := range f.Atoms() {
					if x.Kind == program.Function {
						c.Func, c.Name = x.Func, a.QName()+".__call__"
					}
				}
			}
		case program.Opaque:
		case program.NoneObject:
			continue
		}
		if c.Func != nil && c.Func.Decl.Facts != nil {
			c.Facts = *c.Func.Decl.Facts
		}
		if len(p.Settings.OffloadCalls) > 0 {
			p.offloads(&c)
		}
		callees = append(callees, c)
	}
	return callees, !t.Open()
}

// offloads notes that the user says a function runs what it is given off the loop.
func (p *Pass) offloads(c *Callee) {
	if c.Func == nil || c.Facts.Offloads != "" {
		return
	}
	for _, pattern := range p.Settings.OffloadCalls {
		if ok, err := path.Match(pattern, c.Name); err != nil || !ok {
			continue
		}
		for i, q := range c.Func.Decl.Params {
			if i > 0 || c.Func.Class == nil { // not self
				c.Facts.Offloads = q.Name
				return
			}
		}
	}
}

// Callee is the one function or class that a call reaches, when there is exactly one.
func (p *Pass) Callee(call python.Node) (Callee, bool) {
	callees, all := p.Callees(call)
	if len(callees) != 1 || !all {
		return Callee{}, false
	}
	return callees[0], true
}

// OnLoop says whether the node runs on the event loop: in the body of a coroutine, or of a function or lambda of this
// file that is handed to the loop as a callback; not in a function, lambda or class nested in it.
func (p *Pass) OnLoop(n python.Node) bool {
	fn := n.Function()
	if !fn.Valid() {
		return false
	}
	if fn.IsAsync() {
		return true
	}
	if len(p.callbacks()) == 0 && !p.Block.HasCallbacks() {
		return false
	}
	f := fn.Func()
	if f.Path != "" {
		return p.callbacks()[f.Path]
	}
	if p.local == nil { // lambdas and nested functions: whoever hands them over is in the same block
		p.local = map[*shape.Func]bool{}
		for _, c := range p.Block.Callbacks() {
			p.handedOver(c, func(f *shape.Func) { p.local[f] = true })
		}
	}
	return p.local[f]
}

// InCoroutine says whether the node is in the body of a coroutine, where await is allowed. The cells of a notebook are one.
func (p *Pass) InCoroutine(n python.Node) bool {
	fn := n.Function()
	if !fn.Valid() {
		return p.Notebook() && !n.Up(python.ClassDef).Valid()
	}
	return fn.Kind() == python.FunctionDef && fn.IsAsync()
}

// Argument is the value given for a parameter of a call, by position (of the callee's parameters without self) or by
// name; no node when it is not given, or hidden in * or **.
func (p *Pass) Argument(call python.Node, position int, name string) python.Node {
	i := 0
	args := call.Child(python.FieldArguments)
	if args.Kind() == python.GeneratorExpr { // the only argument, without parentheses of its own
		if position == 0 {
			return args
		}
		return python.Node{}
	}
	for a := range args.Named {
		switch a.Kind() {
		case python.KeywordArgument:
			if name != "" && a.Child(python.FieldName).Text() == name {
				return a.Child(python.FieldValue)
			}
			continue
		case python.ListSplat:
			return python.Node{}
		case python.DictionarySplat:
			continue
		}
		if i == position {
			return a
		}
		i++
	}
	return python.Node{}
}

// ArgumentOf is the value given for a named parameter of the callee; no node when it is not given.
func (p *Pass) ArgumentOf(call python.Node, c Callee, name string) python.Node {
	position := -1
	if c.Func != nil {
		params := c.Func.Decl.Params
		if len(params) > 0 && (c.Atom.Self != nil || c.Class != nil || c.Atom.Kind == program.Instance) {
			params = params[1:]
		}
		for i, q := range params {
			if q.Kind == shape.KeywordOnly || q.Kind == shape.VarKw {
				break
			}
			if q.Name == name {
				position = i
			}
		}
	}
	return p.Argument(call, position, name)
}

// Spell is how to write a qualified name ("asyncio.sleep") in this file, and the modules that must be imported for it.
func (p *Pass) Spell(name string) (text string, imports []string) {
	for i := len(name); i > 0; i = strings.LastIndexByte(name[:i], '.') {
		if spelled, ok := p.imports()[name[:i]]; ok {
			return spelled + name[i:], nil
		}
	}
	if i := strings.LastIndexByte(name, '.'); i > 0 {
		return name, []string{name[:i]}
	}
	return name, nil
}

// Global is what the module binds a name to that the code in question does not mention; nil when it does not.
func (p *Pass) Global(name string) *shape.Symbol {
	p.asked[name] = true
	return p.Module.Shape.Symbols.Get(name)
}

// Member is what [program.Program.Member] says about a name that the code in question does not mention.
func (p *Pass) Member(a program.Atom, name string) (t program.Type, ok bool) {
	p.asked[name] = true
	return p.Program.Member(a, name)
}

// Attribute is what [program.Program.Attribute] says about a name that the code in question does not mention.
func (p *Pass) Attribute(a program.Atom, name string) program.Type {
	p.asked[name] = true
	return p.Program.Attribute(a, name)
}

// Declares says whether the body of a class binds a name, which the code in question need not mention.
func (p *Pass) Declares(c *program.Class, name string) bool {
	p.asked[name] = true
	return c.Decl.Members.Get(name) != nil
}

// A Reporter adds to a finding that was just reported.
type Reporter struct{ f *raw }

// Related adds a place in the same file that explains the finding.
func (r Reporter) Related(n python.Node, message string) Reporter {
	if r.f != nil && n.Valid() {
		r.f.related = append(r.f.related, rawRelated{nil, n.Block(), n.Span(), message})
	}
	return r
}

// Step adds a step of a chain, which may be in another file.
func (r Reporter) Step(s Step, message string) Reporter {
	if r.f != nil {
		r.f.related = append(r.f.related, rawRelated{s.file, s.Node.Block(), s.Node.Span(), message})
	}
	return r
}

// Fix adds a fix. Its edits are relative to the block; those for the imports it needs are added when it is placed.
func (r Reporter) Fix(fix Fix) Reporter {
	if r.f != nil {
		r.f.fixes = append(r.f.fixes, fix)
	}
	return r
}

// Also says that type checkers are sure to report the same at the same place, and under which name.
func (r Reporter) Also(name string) Reporter {
	if r.f != nil {
		r.f.also = name
	}
	return r
}

// Severity changes the severity of the finding.
func (r Reporter) Severity(s Severity) Reporter {
	if r.f != nil && r.f.severity < s { // only downwards: the user's setting is the upper bound
		r.f.severity = s
	}
	return r
}

// Report reports a finding at a node. Nodes in regions that could not be parsed, in code that is never reached and
// under TYPE_CHECKING are passed over.
func (p *Pass) Report(n python.Node, message string) Reporter {
	return p.ReportSpan(n, n.Span(), message)
}

// ReportSpan reports a finding at a span of the block, which belongs to a node.
func (p *Pass) ReportSpan(n python.Node, span python.Span, message string) Reporter {
	if !n.Live() || strings.HasSuffix(p.file.Path, ".pyi") && n.Function().Valid() { // what stands in functions of a stub never runs
		return Reporter{}
	}
	*p.found = append(*p.found, raw{rule: p.rule, severity: p.rule.severity, block: p.Block, span: span, message: message})
	return Reporter{&(*p.found)[len(*p.found)-1]}
}

// Replace is the edit that replaces a node.
func Replace(n python.Node, text string) Edit { return Edit{Span: n.Span(), New: text} }

// Insert is the edit that inserts text before the node.
func Insert(n python.Node, text string) Edit {
	return Edit{Span: python.Span{Start: n.Span().Start, End: n.Span().Start}, New: text}
}

// Append is the edit that inserts text behind the node.
func Append(n python.Node, text string) Edit {
	return Edit{Span: python.Span{Start: n.Span().End, End: n.Span().End}, New: text}
}

// Await is the edit that puts await before an expression, with parentheses where the expression around it needs them.
func Await(n python.Node) []Edit {
	if NeedsParens(n) {
		return []Edit{Insert(n, "(await "), Append(n, ")")}
	}
	return []Edit{Insert(n, "await ")}
}

// NeedsParens says whether an await put before the expression would bind to more or less than the expression.
func NeedsParens(n python.Node) bool {
	switch n.Parent().Kind() {
	case python.Attribute, python.Subscript:
		return n.Field() == python.FieldObject || n.Field() == python.FieldValue
	case python.Call:
		return n.Field() == python.FieldFunction
	case python.BinaryOperator:
		return n.Parent().Child(python.FieldOperator).Text() == "**" && n.Field() == python.FieldLeft
	case python.Await:
		return true
	}
	return false
}

// Offload is how to call a blocking function off the loop in the file's library: "asyncio.to_thread".
func (p *Pass) Offload() string {
	switch p.Library() {
	case "trio":
		return "trio.to_thread.run_sync"
	case "anyio":
		return "anyio.to_thread.run_sync"
	}
	return "asyncio.to_thread"
}

// sortFindings orders findings by place, then by code.
func sortFindings(fs []Finding) {
	slices.SortStableFunc(fs, func(a, b Finding) int {
		if a.Span.Start != b.Span.Start {
			return a.Span.Start - b.Span.Start
		}
		if a.Span.End != b.Span.End {
			return a.Span.End - b.Span.End
		}
		return strings.Compare(a.Rule.Code, b.Rule.Code)
	})
}

// Once is work done once for a node, however many rules ask for it while the walk is there.
func Once[K comparable, T any](p *Pass, key K, n python.Node, work func() T) T {
	if p.once == nil {
		p.once = map[any]onceResult{}
	}
	if got, ok := p.once[key]; ok && got.node == n {
		return got.result.(T)
	}
	result := work()
	p.once[key] = onceResult{n, result}
	return result
}

// First says whether a rule asks with a key for the first time in this block. What a comment silences where the node stands does
// not count.
func (p *Pass) First(key any, n python.Node) bool {
	if silenced(comments(p.Block), p.Block, n, p.rule.Rule) {
		return true
	}
	if p.met == nil {
		p.met = map[any]bool{}
	}
	again := p.met[key]
	p.met[key] = true
	return !again
}

type onceResult struct {
	node   python.Node
	result any
}
