package tasks

import (
	_ "embed"
	"slices"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
)

//go:embed gather-leaves-siblings-running.md
var siblingsDoc string

// Siblings reports gather where a TaskGroup would end the other coroutines when one of them fails.
var Siblings = &diagnostics.Rule{
	Code:     "AIO305",
	Name:     "gather-leaves-siblings-running",
	Family:   "tasks",
	Severity: diagnostics.Info,
	Doc:      siblingsDoc,
	On:       []python.Kind{python.Call},
	Check: func(p *diagnostics.Pass, call python.Node) {
		if !p.Settings.Target.AtLeast(3, 11) || !mayBe(p, call, "gather") || !p.InCoroutine(call) || name(p, call) != "asyncio.gather" {
			return
		}
		if flag := keyword(call, "return_exceptions"); flag.Valid() && flag.Kind() != python.False || cancels(call) || !resultOf(p, call).Valid() {
			return
		}
		given, all := gathered(p, call)
		some := false
		for _, g := range given {
			some = some || g.coroutine
		}
		if !some || len(given) == 1 && !given[0].star || !anyFails(p, call, escapes) {
			return
		}
		r := p.Report(call, "if one of the awaitables of `"+short(call)+"` fails, the others run on and nobody waits for them; `asyncio.TaskGroup` cancels them")
		if !all {
			return
		}
		if fix, ok := taskGroup(p, call, given); ok {
			r.Fix(fix)
		}
	},
}

// GatherToGroup converts the awaiting of a gather to a TaskGroup.
var GatherToGroup = &diagnostics.Rewrite{
	Title: "Convert `gather` to a `TaskGroup`",
	Of: func(p *diagnostics.Pass, stmt python.Node) (fix diagnostics.Fix, ok bool) {
		n := stmt.FirstNamed()
		if n.Kind() == python.Assignment {
			n = n.Child(python.FieldRight)
		}
		call := n.FirstNamed()
		if n.Kind() != python.Await || call.Kind() != python.Call || !mayBe(p, call, "gather") || !p.InCoroutine(call) || name(p, call) != "asyncio.gather" {
			return fix, false
		}
		if target := p.Settings.Target; target != (diagnostics.Version{}) && !target.AtLeast(3, 11) {
			return fix, false
		}
		if flag := keyword(call, "return_exceptions"); flag.Valid() && flag.Kind() != python.False {
			return fix, false
		}
		given, all := gathered(p, call)
		if !all || len(given) == 0 {
			return fix, false
		}
		return taskGroup(p, call, given)
	},
}

// awaitable is an argument of gather.
type awaitable struct {
	node      python.Node // without the star
	star      bool
	coroutine bool // certainly a coroutine, or a list of them
}

// gathered are the awaitables that a call of gather is given; all says that they are coroutines.
func gathered(p *diagnostics.Pass, call python.Node) (given []awaitable, all bool) {
	all = true
	for a := range call.Child(python.FieldArguments).Named {
		g := awaitable{node: a}
		switch a.Kind() {
		case python.KeywordArgument:
			all = all && a.Child(python.FieldName).Text() == "return_exceptions"
			continue
		case python.DictionarySplat:
			all = false
			continue
		case python.ListSplat:
			g.node, g.star = a.FirstNamed(), true
			g.coroutine = coroutine(items(p, g.node)) || filledWith(g.node, func(n python.Node) bool { return coroutine(p.Type(n)) })
		default:
			g.coroutine = coroutine(p.Type(a))
		}
		all = all && g.coroutine
		given = append(given, g)
	}
	return given, all
}

// cancels says whether a try statement around a call cancels something in one of its clauses.
func cancels(call python.Node) bool {
	for up := call.Parent(); up.Valid() && !up.Is(python.FunctionDef, python.Lambda); up = up.Parent() {
		if up.Kind() != python.TryStmt {
			continue
		}
		for c := range up.Named {
			if c.Is(python.ExceptClause, python.ExceptGroupClause, python.FinallyClause) && strings.Contains(c.Text(), "cancel") {
				return true
			}
		}
	}
	return false
}

// handled says whether an except clause of the same function, or a context manager, may catch what a node raises.
func handled(n python.Node) bool {
	child := n
	for up := n.Parent(); up.Valid() && !up.Is(python.FunctionDef, python.Lambda); child, up = up, up.Parent() {
		if up.Kind() == python.WithStmt {
			for e := range diagnostics.WithExpressions(up) {
				if strings.HasSuffix(e.Child(python.FieldFunction).Text(), "suppress") {
					return true
				}
			}
		}
		if up.Kind() != python.TryStmt || child.Field() != python.FieldBody {
			continue
		}
		for c := range up.Named {
			if c.Is(python.ExceptClause, python.ExceptGroupClause) {
				return true
			}
		}
	}
	return false
}

// taskGroup offers a TaskGroup in place of a statement that awaits a call of gather. What it raises is a group of exceptions, so there
// is none where an except clause expects the exception itself.
func taskGroup(p *diagnostics.Pass, call python.Node, given []awaitable) (diagnostics.Fix, bool) {
	fix := diagnostics.Fix{Title: "Use `asyncio.TaskGroup`"}
	whole := call.Parent()
	if whole.Kind() != python.Await || handled(call) || expected(call) {
		return fix, false
	}
	stmt, left, annotation := whole.Parent(), python.Node{}, ""
	switch stmt.Kind() {
	case python.ExprStmt, python.ReturnStmt:
	case python.Assignment:
		left = stmt.Child(python.FieldLeft)
		if t := stmt.Child(python.FieldType); t.Valid() {
			annotation = ": " + t.Text()
		}
		if stmt.Parent().Kind() != python.ExprStmt || stmt.Child(python.FieldRight) != whole {
			return fix, false
		}
		stmt = stmt.Parent()
	default:
		return fix, false
	}
	indent, ok := indentOf(stmt)
	if !ok {
		return fix, false
	}
	for n := range stmt.Walk {
		if n.Kind() == python.Comment {
			return fix, false
		}
	}
	taken := func(name string) bool {
		return call.Scope().Lookup(name) != nil || p.Global(name) != nil
	}
	group := free(taken, "group", "task_group")
	text, imports := p.Spell("asyncio.TaskGroup")
	fix.Imports = imports
	lines := []string{"async with " + text + "() as " + group + ":"}
	in := step(indent)
	add := func(line string) { lines = append(lines, indent+line) }
	start := func(coro string) string { return group + ".create_task(" + coro + ")" }
	names, several := targets(left)
	switch {
	case stmt.Kind() == python.ExprStmt && !left.Valid():
		for _, g := range given {
			if !g.star {
				add(in + start(g.node.Text()))
				continue
			}
			made, ok := loop(g.node, free(taken, "coro", "coroutine"), in, start)
			if !ok || !loopable(p, g.node) {
				return fix, false
			}
			for _, line := range made {
				add(in + line)
			}
		}
	case several:
		var to, from []string
		if len(names) != len(given) {
			return fix, false
		}
		for i, g := range given {
			task := names[i] + "_task"
			switch {
			case g.star || taken(task):
				return fix, false
			case names[i] == "_":
				add(in + start(g.node.Text()))
				continue
			}
			to, from = append(to, names[i]), append(from, task+".result()")
			add(in + task + " = " + start(g.node.Text()))
		}
		if len(to) == 0 {
			return fix, false
		}
		add(strings.Join(to, ", ") + " = " + strings.Join(from, ", "))
	default:
		tasks := free(taken, "tasks", "running")
		add(in + tasks + " = " + list(given, free(taken, "coro", "coroutine"), start))
		results := "[task.result() for task in " + tasks + "]"
		if left.Valid() {
			add(left.Text() + annotation + " = " + results)
		} else {
			add("return " + results)
		}
	}
	lines[0] = strings.TrimPrefix(lines[0], indent)
	fix.Edits = []diagnostics.Edit{diagnostics.Replace(stmt, strings.Join(lines, "\n"))}
	return fix, true
}

// free is the first of some names that is not taken; where all are, the last one with underscores.
func free(taken func(string) bool, names ...string) string {
	for _, n := range names {
		if !taken(n) {
			return n
		}
	}
	return free(taken, names[len(names)-1]+"_")
}

// loopable says whether a comprehension can become a loop: the names that it binds are then bound in the function, where nothing else may
// use them.
func loopable(p *diagnostics.Pass, n python.Node) bool {
	around := n.Scope()
	for c := range n.Unwrap().Named {
		if c.Kind() != python.ForInClause {
			continue
		}
		for t := range c.Child(python.FieldLeft).Walk {
			if t.Kind() != python.Identifier {
				continue
			}
			l := around.Lookup(t.Text())
			if l == nil && p.Global(t.Text()) != nil {
				return false
			}
			if l == nil {
				continue
			}
			for _, b := range l.Bindings {
				loop := b.Node.Up(python.ForStmt, python.FunctionDef)
				reads, sure := b.Reads()
				if b.Kind != python.BindFor || l.Captured || !sure || slices.ContainsFunc(reads, func(r python.Node) bool { return !r.Inside(loop) }) {
					return false
				}
			}
		}
	}
	return true
}

// targets are the names that an assignment unpacks into; ok is false when it does not, or into something else.
func targets(left python.Node) (names []string, ok bool) {
	if !left.Is(python.PatternList, python.TuplePattern) {
		return nil, false
	}
	for c := range left.Named {
		if c.Kind() != python.Identifier {
			return nil, false
		}
		names = append(names, c.Text())
	}
	return names, true
}

// loop is a statement that does to each item of what a star unpacks, which is called by a name where it has none.
func loop(n python.Node, item, in string, do func(string) string) (lines []string, ok bool) {
	n = n.Unwrap()
	if !n.Is(python.ListComp, python.GeneratorExpr, python.SetComp) {
		if strings.Contains(n.Text(), "\n") {
			return nil, false
		}
		return []string{"for " + item + " in " + n.Text() + ":", in + do(item)}, true
	}
	depth := ""
	for c := range n.Named {
		if !c.Is(python.ForInClause, python.IfClause) {
			continue
		}
		if strings.Contains(c.Text(), "\n") {
			return nil, false
		}
		lines = append(lines, depth+c.Text()+":")
		depth += in
	}
	return append(lines, depth+do(n.Child(python.FieldBody).Text())), true
}

// list is a list of what is done to each of the awaitables.
func list(given []awaitable, item string, do func(string) string) string {
	var parts []string
	for _, g := range given {
		n := g.node.Unwrap()
		switch {
		case !g.star:
			parts = append(parts, do(g.node.Text()))
			continue
		case n.Is(python.ListComp, python.GeneratorExpr, python.SetComp):
			body, text := n.Child(python.FieldBody), n.Text()
			rest := text[body.Span().End-n.Span().Start : len(text)-1]
			parts = append(parts, "*["+do(body.Text())+rest+"]")
		default:
			parts = append(parts, "*["+do(item)+" for "+item+" in "+n.Text()+"]")
		}
	}
	if len(parts) == 1 && given[0].star {
		return strings.TrimPrefix(parts[0], "*")
	}
	return "[" + strings.Join(parts, ", ") + "]"
}
