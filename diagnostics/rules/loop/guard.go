package loop

import (
	"regexp"
	"slices"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
	"aiolens/diagnostics/shape"
)

// missing are the exceptions that say a name, a module or an argument is not there.
var missing = []string{"ImportError", "ModuleNotFoundError", "AttributeError", "NameError", "TypeError"}

// conditional says whether code is meant for some versions of Python only: it is behind a test of the version or of what is
// there, or the error where something is missing is handled.
func conditional(p *diagnostics.Pass, n python.Node) bool {
	return tried(n, missing) || tested(n) || skipped(p, n) || warned(n)
}

// tried says whether one of the exceptions that code may raise is caught, or code is what is done when it is.
func tried(n python.Node, exceptions []string) bool {
	child := n
	for up := n.Parent(); up.Valid(); child, up = up, up.Parent() {
		switch up.Kind() {
		case python.FunctionDef, python.Lambda, python.ClassDef:
			if n.Function() == up {
				return false // what is around the definition is not around the call
			}
		case python.TryStmt:
			if child.Is(python.FinallyClause) {
				continue
			}
			for c := range up.Named {
				if c.Kind() == python.ExceptClause && catches(c, exceptions) && (child.Field() == python.FieldBody || child == c) {
					return true
				}
			}
		case python.WithStmt:
			for e := range diagnostics.WithExpressions(up) {
				if e.Kind() != python.Call || !child.Is(python.BlockStmt) {
					continue
				}
				switch name := diagnostics.LastName(e.Child(python.FieldFunction)); {
				case name == "suppress", name == "raises", strings.HasPrefix(name, "assertRaises"):
					for _, x := range exceptions {
						if names(e.Child(python.FieldArguments), x) {
							return true
						}
					}
				}
			}
		}
	}
	return false
}

// catches says whether an except clause catches one of the exceptions.
func catches(clause python.Node, exceptions []string) bool {
	caught := false
	bare := true
	for c := range clause.Named {
		if c.Is(python.BlockStmt) {
			break
		}
		bare = false
		for _, x := range slices.Concat(exceptions, []string{"Exception", "BaseException"}) {
			caught = caught || names(c, x)
		}
	}
	return bare || caught
}

// names says whether an identifier below the node, or the last part of a dotted name, is the name.
func names(n python.Node, name string) bool {
	for c := range n.Walk {
		if c.Kind() == python.Identifier && c.Text() == name {
			return true
		}
	}
	return false
}

var (
	// ofVersions finds conditions that are about versions, or about what is there. Constants that say so are in capitals.
	ofVersions = regexp.MustCompile(`(?i:version|hasattr|getattr|find_spec|py_?[23]|python|compat)|HAS_|SUPPORT|AVAILABLE`)
	// forVersions finds names of functions and classes that are made for some versions.
	forVersions = regexp.MustCompile(`(?i)py_?[23]|python_?[23]|compat|version`)
)

// tested says whether code is reached only where a test of the version, or of what is there, allows it.
func tested(n python.Node) bool {
	child := n
	for up := n.Parent(); up.Valid(); child, up = up, up.Parent() {
		switch up.Kind() {
		case python.IfStmt:
			if child == condition(up) {
				continue
			}
			for c := range up.Named {
				if c == child && c.Kind() != python.ElseClause {
					break
				}
				if c.Kind() == python.ElifClause && aboutVersions(condition(c)) {
					return true
				}
			}
			if aboutVersions(condition(up)) {
				return true
			}
		case python.ElifClause, python.WhileStmt, python.ConditionalExpression:
			if child != condition(up) && aboutVersions(condition(up)) {
				return true
			}
		case python.BooleanOperator:
			if child.Field() == python.FieldRight && aboutVersions(up.Child(python.FieldLeft)) {
				return true
			}
		case python.BlockStmt:
			for s := range up.Named {
				if s == child {
					break
				}
				if leaves(s) && aboutVersions(condition(s)) || s.Kind() == python.AssertStmt && aboutVersions(s) {
					return true
				}
			}
		case python.DecoratedDef:
			if child.Kind() == python.Decorator { // evaluated whatever the others are
				continue
			}
			for d := range python.Decorators(child) {
				if aboutVersions(d) || strings.Contains(strings.ToLower(d.Text()), "skip") {
					return true
				}
			}
		case python.FunctionDef, python.ClassDef:
			if forVersions.MatchString(up.Child(python.FieldName).Text()) {
				return true
			}
		}
	}
	return false
}

func aboutVersions(n python.Node) bool { return n.Valid() && ofVersions.MatchString(n.Text()) }

// condition is what an if statement, a clause of it, a loop or a conditional expression tests.
func condition(n python.Node) python.Node {
	if n.Kind() != python.ConditionalExpression {
		return n.Child(python.FieldCondition)
	}
	i := 0
	for c := range n.Named {
		if i == 1 {
			return c
		}
		i++
	}
	return python.Node{}
}

// leaves says whether a statement is an if whose body leaves the function or loop around it.
func leaves(s python.Node) bool {
	if s.Kind() != python.IfStmt {
		return false
	}
	last := python.Node{}
	for c := range s.Child(python.FieldConsequence).Named {
		last = c
	}
	return last.Is(python.ReturnStmt, python.RaiseStmt, python.ContinueStmt, python.BreakStmt)
}

// skipped says whether the class around a test, or its module, is marked: perhaps as one that some versions of Python skip.
func skipped(p *diagnostics.Pass, n python.Node) bool {
	if class := n.Block().Class(); class != "" {
		if s := p.Global(class); s != nil {
			for _, v := range s.Values {
				if v.Op == shape.ClassDef && slices.ContainsFunc(v.Class.Decorators, skips) {
					return true
				}
			}
		}
	}
	return p.Global("pytestmark") != nil
}

// skips says whether a decorator is one of those that skip tests.
func skips(v *shape.Value) bool {
	if v.Op == shape.Call {
		v = v.X
	}
	return strings.HasPrefix(strings.ToLower(v.Str[strings.LastIndexByte(v.Str, '.')+1:]), "skip")
}

// warned says whether warnings, or errors, are expected around the code.
func warned(n python.Node) bool {
	for w := n.Up(python.WithStmt); w.Valid(); w = w.Up(python.WithStmt) {
		for e := range diagnostics.WithExpressions(w) {
			switch name := diagnostics.LastName(e.Child(python.FieldFunction)); {
			case name == "warns", name == "deprecated_call", name == "catch_warnings", name == "raises",
				strings.HasPrefix(name, "assertWarns"), strings.HasPrefix(name, "assertRaises"):
				return true
			}
		}
	}
	return false
}
