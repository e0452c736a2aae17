// Package snippets holds the patterns of asynchronous Python, one Markdown file each, and knows where in a file each of them fits: in
// which kind of place, for which library and which version of Python.
//
// It does not know the language server protocol or the disk. The files are embedded, and parsed when somebody first asks for one.
package snippets

import (
	"embed"
	"slices"
	"strings"
	"sync"

	"aiolens/diagnostics"
	"aiolens/diagnostics/knowledge"
)

//go:embed patterns/*.md
var files embed.FS

// Prefix is what the prefixes of all patterns begin with.
const Prefix = "aio-"

// A Where is a kind of place for statements; several make a set.
type Where uint8

const (
	Module    Where = 1 << iota
	Class           // the body of a class
	Function        // of a plain function
	Coroutine       // the body of a coroutine function
)

var wheres = map[string]Where{"module": Module, "class": Class, "function": Function, "coroutine": Coroutine}

// A Pattern is one thing to write, in a few variants.
type Pattern struct {
	Name     string   // "gather"
	Group    string   // of the cookbook: "Core"
	Summary  string   // one sentence, in Markdown
	Words    []string // what one may type instead of the prefix: the name first
	Where    Where
	Since    diagnostics.Version // the first version of Python that has what it needs; zero for all that are supported
	Names    []Taken
	Surround string // the title of the action that wraps statements; "" for none
	Use      string // statements of a coroutine that use what the pattern defines; "" where it defines nothing
	Variants []Variant

	notes string // why it is written so, in Markdown
}

// Taken says that a placeholder takes the name of something in scope.
type Taken struct {
	Default string // of the placeholder: "session"
	Type    string // what it must be an object of: "ClientSession"
}

// A Variant is the code of a pattern for a library.
type Variant struct {
	Library string              // the event loop's: "asyncio", "anyio" or "trio"
	Before  diagnostics.Version // it is for older versions of Python; zero for all others
	With    string              // it is for files that import this package; "" for all others
	Wraps   bool                // it wraps statements, see [Pattern.Surround]
	Imports []string            // statements
	Body    Body
}

// Title is the heading of the variant: "asyncio before 3.11".
func (v *Variant) Title() string {
	title := v.Library
	if v.With != "" {
		title += " with " + v.With
	}
	if v.Before != (diagnostics.Version{}) {
		title += " before " + v.Before.String()
	}
	return title
}

// Prefix is what one types to get the pattern: "aio-gather".
func (p *Pattern) Prefix() string { return Prefix + p.Name }

// groups are those of the cookbook, in order.
var groups = []string{
	"Core", "Context and iteration", "Synchronisation", "Queues", "Threads, processes and plain functions", "HTTP", "Error handling",
	"Production", "Performance", "Debugging and tests", "Whole files",
}

var patterns = sync.OnceValue(func() []*Pattern {
	entries, _ := files.ReadDir("patterns")
	all := make([]*Pattern, 0, len(entries))
	for _, e := range entries {
		data, _ := files.ReadFile("patterns/" + e.Name())
		all = append(all, parse(string(data)))
	}
	slices.SortStableFunc(all, func(a, b *Pattern) int { return slices.Index(groups, a.Group) - slices.Index(groups, b.Group) })
	return all
})

// All are the patterns, group by group, each group in the order of the names.
func All() []*Pattern { return patterns() }

// Find is the pattern with a prefix, or with that without "aio-"; nil when there is none.
func Find(name string) *Pattern {
	name = strings.TrimPrefix(name, Prefix)
	for _, p := range All() {
		if p.Name == name {
			return p
		}
	}
	return nil
}

// parse reads the file of a pattern.
func parse(text string) *Pattern {
	p := &Pattern{}
	head, rest, _ := strings.Cut(text, "\n## ")
	for part := range strings.SplitSeq(strings.TrimSpace(head), "\n\n") {
		switch {
		case strings.HasPrefix(part, "# "):
			p.Name = strings.TrimPrefix(part, "# ")
			p.Words = append(p.Words, p.Name)
		case strings.HasPrefix(part, "- "):
			for line := range strings.Lines(part) {
				p.fact(strings.TrimSpace(line))
			}
		case p.Summary == "":
			p.Summary = part
		default:
			p.notes = strings.TrimPrefix(p.notes+"\n\n"+part, "\n\n")
		}
	}
	for section := range strings.SplitSeq(rest, "\n## ") {
		heading, body, _ := strings.Cut(section, "\n")
		_, code, _ := strings.Cut(body, "```python\n")
		code, _, _ = strings.Cut(code, "\n```")
		if heading == "Use" {
			p.Use = code
			continue
		}
		v := Variant{}
		heading, v.Wraps = strings.CutSuffix(heading, ": surround")
		heading, before, _ := strings.Cut(heading, " before ")
		v.Before, _ = diagnostics.ParseVersion(before)
		v.Library, v.With, _ = strings.Cut(heading, " with ")
		v.Imports, v.Body = split(code)
		p.Variants = append(p.Variants, v)
	}
	return p
}

// fact reads a line of the list at the top.
func (p *Pattern) fact(line string) {
	key, value, _ := strings.Cut(strings.TrimPrefix(line, "- "), ": ")
	switch key {
	case "group":
		p.Group = value
	case "words":
		p.Words = append(p.Words, strings.Split(value, ", ")...)
	case "where":
		for word := range strings.SplitSeq(value, ", ") {
			p.Where |= wheres[word]
		}
	case "since":
		p.Since, _ = diagnostics.ParseVersion(value)
	case "surround":
		p.Surround = value
	case "names":
		for item := range strings.SplitSeq(value, ", ") {
			name, of, _ := strings.Cut(item, " of ")
			p.Names = append(p.Names, Taken{name, of})
		}
	}
}

// split takes the imports off the top of a piece of code.
func split(code string) (imports []string, body Body) {
	for {
		line, rest, _ := strings.Cut(code, "\n")
		switch {
		case strings.HasPrefix(line, "import "), strings.HasPrefix(line, "from "):
			imports = append(imports, line)
		case line == "" && rest != "":
		default:
			return imports, Body(code)
		}
		code = rest
	}
}

// variant is the one for a library, a version of Python (zero when that is not known) and the packages that the file imports; nil when there
// is none. The more it asks for, the better it fits.
func (p *Pattern) variant(library string, target diagnostics.Version, imports func(string) bool, wraps bool) *Variant {
	known := target != diagnostics.Version{}
	if known && !target.AtLeast(p.Since.Major, p.Since.Minor) {
		return nil
	}
	var best *Variant
	rank := -1
	for i := range p.Variants {
		v := &p.Variants[i]
		r := 0
		if v.Before != (diagnostics.Version{}) {
			if !known || target.AtLeast(v.Before.Major, v.Before.Minor) {
				continue
			}
			r++
		}
		if v.With != "" {
			if !imports(v.With) {
				continue
			}
			r += 2
		}
		if v.Library == library && v.Wraps == wraps && r > rank {
			best, rank = v, r
		}
	}
	return best
}

// Variant is the one for a library and a version of Python, the zero value standing for a new one; nil when there is none.
func (p *Pattern) Variant(library string, target diagnostics.Version) *Variant {
	return p.variant(library, target, func(string) bool { return false }, false)
}

// Code is the variant as a whole, imports first, with the defaults of its placeholders.
func (v *Variant) Code() string {
	code := v.Body.Plain()
	if len(v.Imports) == 0 {
		return code
	}
	between := "\n\n"
	if first, _, _ := strings.Cut(code, "\n"); strings.HasPrefix(first, "async def ") || strings.HasPrefix(first, "def ") || strings.HasPrefix(first, "class ") || strings.HasPrefix(first, "@") {
		between = "\n\n\n"
	}
	return strings.Join(grouped(v.Imports), "\n") + between + code
}

// grouped are the lines of import statements, with an empty one between those of the standard library and the others.
func grouped(imports []string) []string {
	var lines []string
	for i, statement := range imports {
		if i > 0 && standard(imports[i-1]) != standard(statement) {
			lines = append(lines, "")
		}
		lines = append(lines, statement)
	}
	return lines
}

// standard says whether an import statement is about the standard library.
func standard(statement string) bool {
	module := strings.Fields(statement)[1]
	top, _, _ := strings.Cut(module, ".")
	return knowledge.Standard(top)
}
