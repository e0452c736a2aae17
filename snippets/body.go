package snippets

import (
	"strings"

	"aiolens/diagnostics"
)

// A Body is code in the snippet syntax of the language server protocol, as far as it is needed: $1, ${1:default} and ${1|one,two|}, which are
// not nested; \$, \} and \\ stand for themselves. It is indented by four spaces, and its lines end with "\n".
type Body string

// piece is a part of a body: text, or a placeholder.
type piece struct {
	text    string // of a placeholder, its default
	number  string // of a placeholder; "" for text
	choices []string
}

// pieces calls yield for each part of the body.
func (b Body) pieces(yield func(piece) bool) {
	s := string(b)
	text := ""
	for len(s) > 0 {
		i := strings.IndexAny(s, `$\`)
		if i < 0 || i+1 == len(s) {
			text += s
			break
		}
		text += s[:i]
		if s[i] == '\\' {
			switch s[i+1] {
			case '$', '}', '\\':
				text += s[i+1 : i+2]
			default:
				text += s[i : i+2]
			}
			s = s[i+2:]
			continue
		}
		p, rest, ok := placeholder(s[i+1:])
		if !ok {
			text += "$"
			s = s[i+1:]
			continue
		}
		if text != "" && !yield(piece{text: text}) {
			return
		}
		text, s = "", rest
		if !yield(p) {
			return
		}
	}
	if text != "" {
		yield(piece{text: text})
	}
}

// placeholder reads what follows a dollar sign.
func placeholder(s string) (p piece, rest string, ok bool) {
	braces := s[0] == '{'
	if braces {
		s = s[1:]
	}
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	if n == 0 {
		return p, s, false
	}
	p.number, s = s[:n], s[n:]
	if !braces {
		return p, s, true
	}
	if inner, ok := strings.CutPrefix(s, "|"); ok {
		list, rest, ok := strings.Cut(inner, "|}")
		p.choices = strings.Split(list, ",")
		p.text = p.choices[0]
		return p, rest, ok
	}
	var text strings.Builder
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\' && i+1 < len(s) && strings.IndexByte(`$}\`, s[i+1]) >= 0:
			i++
			text.WriteByte(s[i])
		case c == '}':
			p.text = strings.TrimPrefix(text.String(), ":")
			return p, s[i+1:], true
		default:
			text.WriteByte(c)
		}
	}
	return p, s, false
}

// Plain is the body with the defaults of its placeholders.
func (b Body) Plain() string {
	defaults := map[string]string{}
	for p := range b.pieces {
		if p.number != "" && defaults[p.number] == "" {
			defaults[p.number] = p.text
		}
	}
	var out strings.Builder
	for p := range b.pieces {
		if p.number != "" {
			p.text = defaults[p.number]
		}
		out.WriteString(p.text)
	}
	return out.String()
}

// renamed is the body with other defaults for some placeholders, by the defaults that they have.
func (b Body) renamed(names map[string]string) Body {
	if len(names) == 0 {
		return b
	}
	var out strings.Builder
	for p := range b.pieces {
		switch to, ok := names[p.text]; {
		case p.number == "":
			out.WriteString(diagnostics.SnippetText(p.text))
		case p.choices != nil:
			out.WriteString("${" + p.number + "|" + strings.Join(p.choices, ",") + "|}")
		case p.text == "":
			out.WriteString("$" + p.number)
		case ok:
			out.WriteString("${" + p.number + ":" + diagnostics.SnippetText(to) + "}")
		default:
			out.WriteString("${" + p.number + ":" + diagnostics.SnippetText(p.text) + "}")
		}
	}
	return Body(out.String())
}

// indented is code, indented by four spaces a level, as it stands in a file that indents its lines by unit a level and ends them with
// newline. All lines but the first are put behind lead.
func indented(code, lead, unit, newline string) string {
	const level = "    "
	var out strings.Builder
	for i, line := range strings.Split(code, "\n") {
		if i > 0 {
			out.WriteString(newline)
		}
		if line == "" {
			continue
		}
		if i > 0 {
			out.WriteString(lead)
		}
		for strings.HasPrefix(line, level) {
			out.WriteString(unit)
			line = line[len(level):]
		}
		out.WriteString(line)
	}
	return out.String()
}
