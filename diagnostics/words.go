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

// Indefinite is a name in code, behind the article that it takes: an `asyncio.Lock`, a `trio.Lock`.
func Indefinite(name string) string {
	if strings.ContainsRune("aeiou", rune(name[0])) {
		return "an `" + name + "`"
	}
	return "a `" + name + "`"
}

// EndsProgram says whether a call ends the program.
func EndsProgram(call python.Node) bool {
	switch call.Child(python.FieldFunction).Text() {
	case "sys.exit", "os._exit", "exit", "quit", "os.abort":
		return true
	}
	return false
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
