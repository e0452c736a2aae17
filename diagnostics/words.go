package diagnostics

import (
	"strings"

	"aiolens/diagnostics/python"
)

// longest is how many characters of the code a message repeats at most.
const longest = 50

// OneLine is the text of an expression as a message repeats it: on one line, and cut when it is long.
func OneLine(n python.Node) string {
	text := strings.Join(strings.Fields(n.Text()), " ")
	if r := []rune(text); len(r) > longest {
		text = string(r[:longest-3]) + "..."
	}
	return text
}

// Short is what a message calls an expression: a call without its arguments, and a long attribute by its last part.
func Short(n python.Node) string {
	n = n.Unwrap()
	suffix := ""
	if n.Kind() == python.Call {
		n, suffix = n.Child(python.FieldFunction), "()"
	}
	if text := n.Text(); n.Kind() == python.Attribute && (len(text) > longest || strings.Contains(text, "\n")) {
		n = n.Child(python.FieldAttribute)
	}
	return OneLine(n) + suffix
}

// LastName is a name, or the last part of a dotted one; "" for another expression.
func LastName(n python.Node) string {
	switch n.Kind() {
	case python.Attribute:
		return n.Child(python.FieldAttribute).Text()
	case python.Identifier:
		return n.Text()
	}
	return ""
}
