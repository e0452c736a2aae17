package workspace

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"

	"aiolens/diagnostics"
)

// parseTOML reads a document. The problem is nil when it is well formed.
func parseTOML(file string, data []byte) (map[string]any, *Problem) {
	var doc map[string]any
	err := toml.Unmarshal(data, &doc)
	if err == nil {
		return doc, nil
	}
	p := &Problem{File: file, Message: "broken TOML: " + strings.TrimPrefix(err.Error(), "toml: ")}
	if e, ok := errors.AsType[*toml.DecodeError](err); ok {
		p.Line, _ = e.Position()
	}
	return nil, p
}

// keyLines are the lines, from 1, of the keys and list items below a table of a well-formed document, by [pathOf].
func keyLines(data []byte, table ...string) map[string]int {
	lines := make(map[string]int)
	var p unstable.Parser
	p.Reset(data)
	mark := func(path []string, raw unstable.Range) {
		if len(path) <= len(table) || pathOf(path[:len(table)]...) != pathOf(table...) {
			return
		}
		if key := pathOf(path[len(table):]...); lines[key] == 0 {
			lines[key] = p.Shape(raw).Start.Line
		}
	}
	keys := func(path []string, node *unstable.Node) []string {
		path = path[:len(path):len(path)]
		for it := node.Key(); it.Next(); {
			path = append(path, string(it.Node().Data))
			mark(path, it.Node().Raw)
		}
		return path
	}
	var value func(path []string, node *unstable.Node)
	value = func(path []string, node *unstable.Node) {
		switch node.Kind {
		case unstable.InlineTable:
			for it := node.Children(); it.Next(); {
				value(keys(path, it.Node()), it.Node().Value())
			}
		case unstable.Array:
			i := 0
			for it := node.Children(); it.Next(); i++ {
				item := append(path[:len(path):len(path)], strconv.Itoa(i))
				if it.Node().Raw.Length > 0 {
					mark(item, it.Node().Raw)
				}
				value(item, it.Node())
			}
		}
	}
	var section []string
	for p.NextExpression() {
		switch e := p.Expression(); e.Kind {
		case unstable.Table, unstable.ArrayTable:
			section = keys(nil, e)
		case unstable.KeyValue:
			value(keys(section, e), e.Value())
		}
	}
	return lines
}

// lookup follows keys into a document.
func lookup(doc map[string]any, path ...string) (any, bool) {
	var v any = doc
	for _, key := range path {
		table, _ := v.(map[string]any)
		next, ok := table[key]
		if !ok {
			return nil, false
		}
		v = next
	}
	return v, true
}

var lowerBound = Regexp(`^\s*(?:>=?|~=|===?)\s*v?(\d+)(?:\.(\d+))?`)

// oldest is the lowest version that a specifier like ">=3.9,<4" admits, without its micro part; zero when it
// names none.
// Source: packaging.python.org, version specifiers.
func oldest(specifier string) diagnostics.Version {
	var v diagnostics.Version
	for clause := range strings.SplitSeq(specifier, ",") {
		if m := lowerBound().FindStringSubmatch(clause); m != nil {
			var bound diagnostics.Version
			_, _ = fmt.Sscan(m[1], &bound.Major)
			_, _ = fmt.Sscan(m[2], &bound.Minor)
			if bound.AtLeast(v.Major, v.Minor) {
				v = bound
			}
		}
	}
	return v
}
