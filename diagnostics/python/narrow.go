package python

import "strings"

// tested is the class that a test around an attribute, or around a name that a comprehension binds, says it is an instance of, as in "if isinstance(self.x, C):", where
// what is below the test does not assign it; no node when there is none.
func (n Node) tested() Node {
	lo := &n.b.lower
	if !lo.looked {
		lo.looked, lo.narrows = true, strings.Contains(n.b.src, "isinstance(")
	}
	if !lo.narrows {
		return Node{}
	}
	text := ""
	for child, up := n, n.Parent(); up.Valid() && !up.Is(FunctionDef, Lambda, ClassDef); child, up = up, up.Parent() {
		var cond Node
		switch up.Kind() {
		case IfStmt, ElifClause:
			if child.Field() == FieldConsequence {
				cond = up.Child(FieldCondition)
			}
		case ConditionalExpression:
			if first := up.FirstNamed(); first == child {
				for c := range up.Named {
					if c != first {
						cond = c
						break
					}
				}
			}
		case BooleanOperator:
			if child.Field() == FieldRight && up.Child(FieldOperator).Text() == "and" {
				cond = up.Child(FieldLeft)
			}
		case ListComp, SetComp, DictComp, GeneratorExpr:
			if child.Field() == FieldBody {
				for c := range up.Named {
					if c.Kind() == IfClause && !cond.Valid() {
						cond = c.FirstNamed()
					}
				}
			}
		}
		if !cond.Valid() {
			continue
		}
		if text == "" {
			if text = n.Text(); !dottedText(n) {
				return Node{}
			}
		}
		if class := tests(cond, text); class.Valid() && !assigns(child, text) {
			return class
		}
	}
	return Node{}
}

// dottedText says whether an attribute is one of a name, or of an attribute of a name, and so on.
func dottedText(n Node) bool {
	for n.Kind() == Attribute {
		n = n.Child(FieldObject)
	}
	return n.Kind() == Identifier
}

// tests is the class in a condition that holds only where isinstance holds for an expression.
func tests(cond Node, text string) Node {
	switch cond = cond.Unwrap(); cond.Kind() {
	case BooleanOperator:
		if cond.Child(FieldOperator).Text() != "and" {
			return Node{}
		}
		if class := tests(cond.Child(FieldLeft), text); class.Valid() {
			return class
		}
		return tests(cond.Child(FieldRight), text)
	case Call:
		if cond.Child(FieldFunction).Text() != "isinstance" {
			return Node{}
		}
		first, last := cond.Child(FieldArguments).FirstNamed(), Node{}
		for c := range cond.Child(FieldArguments).Named {
			last = c
		}
		if first != last && first.Text() == text {
			return last
		}
	}
	return Node{}
}

// assigns says whether something below a node assigns to an attribute, or to the name in front of it.
func assigns(below Node, text string) bool {
	name, _, _ := strings.Cut(text, ".")
	for c := range below.Walk {
		if c.Is(Assignment, NamedExpression, ForStmt, WithItem) {
			left := c.Child(FieldLeft)
			if c.Kind() == NamedExpression {
				left = c.Child(FieldName)
			}
			if t := left.Text(); t == text || t == name {
				return true
			}
		}
	}
	return false
}

// classOf is the class that a pattern of a case asks for, and whether it asks for nothing else; no node when it does not ask for one.
func classOf(pattern Node) (class Node, only bool) {
	for pattern.Is(CasePattern, AsPattern) {
		pattern = pattern.FirstNamed()
	}
	if pattern.Kind() != ClassPattern {
		return Node{}, false
	}
	class, only = pattern.FirstNamed(), true
	for c := range pattern.Named {
		only = only && c == class
	}
	return class, only
}
