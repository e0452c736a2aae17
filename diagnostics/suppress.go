package diagnostics

import (
	"regexp"
	"sort"
	"strings"

	"aiolens/diagnostics/python"
)

// comment is a comment that suppresses findings.
type comment struct {
	line  python.Span // the physical line that it ends, in bytes of the block
	codes []string    // what it suppresses; nil for everything
	file  bool        // it counts for the whole file
}

var (
	noqa     = regexp.MustCompile(`(?i)#\s*(flake8|ruff)?\s*(:)?\s*noqa\b\s*(?::\s*([A-Za-z][\w, \t-]*))?`)
	bracket  = regexp.MustCompile(`(?i)#\s*(?:ruff|aiolens)\s*:\s*(file-)?ignore\s*\[([^\]]*)\]`)
	aiolens  = regexp.MustCompile(`(?i)#\s*aiolens\s*:\s*off\b`)
	codeList = regexp.MustCompile(`[,\s]+`)
)

// comments finds the suppressing comments of a block.
func comments(b *python.Block) []comment {
	src := b.Text()
	if !strings.Contains(src, "#") || !suppresses(src) {
		return nil
	}
	var found []comment
	for n := range b.Root().Walk {
		if n.Kind() != python.Comment {
			continue
		}
		start := strings.LastIndexAny(src[:n.Span().Start], "\r\n") + 1
		for text := range strings.Lines(n.Text()) { // many comments below one another are one node
			c := comment{line: python.Span{Start: start, End: n.Span().End}}
			if c.read(text) {
				found = append(found, c)
			}
		}
	}
	return found
}

// read reads what a comment suppresses; it is false when that is nothing.
func (c *comment) read(text string) bool {
	switch {
	case aiolens.MatchString(text):
		c.file = true
	case bracket.MatchString(text):
		m := bracket.FindStringSubmatch(text)
		c.file = m[1] != ""
		c.codes = split(m[2])
	default:
		m := noqa.FindStringSubmatch(text)
		if m == nil {
			return false
		}
		c.file = m[1] != "" && m[2] != ""
		if m[3] != "" {
			c.codes = split(m[3])
		}
	}
	return true
}

func suppresses(src string) bool {
	for i := strings.IndexByte(src, '#'); i >= 0; {
		line := src[i:]
		if end := strings.IndexAny(line, "\r\n"); end >= 0 {
			line = line[:end]
		}
		lower := strings.ToLower(line)
		if strings.Contains(lower, "noqa") || strings.Contains(lower, "aiolens") || strings.Contains(lower, "ignore[") {
			return true
		}
		next := strings.IndexByte(src[i+len(line):], '#')
		if next < 0 {
			return false
		}
		i += len(line) + next
	}
	return false
}

func split(s string) []string {
	codes := []string{}
	for _, c := range codeList.Split(s, -1) {
		if c != "" {
			codes = append(codes, c)
		}
	}
	return codes
}

// matches says whether the comment means a rule.
func (c *comment) matches(r *Rule) bool {
	if c.codes == nil {
		return true
	}
	for _, code := range c.codes {
		if r.Matches(code) {
			return true
		}
	}
	return false
}

// suppressed says whether a comment on one of the lines of the statement around a finding means it; of a compound
// statement only the head counts. The comments are in the order of the text.
func suppressed(comments []comment, f *raw) bool {
	if len(comments) == 0 {
		return false
	}
	lines := logicalLine(f.block, f.span)
	first := sort.Search(len(comments), func(i int) bool { return comments[i].line.End >= lines.Start })
	for i := first; i < len(comments) && comments[i].line.Start <= lines.End; i++ {
		if c := &comments[i]; !c.file && c.matches(f.rule.Rule) {
			return true
		}
	}
	return false
}

// logicalLine is the part of the statement around a span that is not the body of it.
func logicalLine(b *python.Block, span python.Span) python.Span {
	n := b.At(span.Start)
	for p := n.Parent(); p.Valid() && !p.Is(python.BlockStmt, python.Module); n, p = p, p.Parent() {
	}
	lines := n.Span()
	for n.Kind() == python.DecoratedDef {
		n = n.Child(python.FieldDefinition)
		lines.End = n.Span().End
	}
	for c := range n.Walk {
		if c.Kind() == python.BlockStmt && c.Parent() == n {
			if c.Span().Start >= span.End {
				lines.End = min(lines.End, c.Span().Start)
			}
			if c.Span().Start <= span.Start { // in a later clause: "except", "else"
				return span
			}
		}
	}
	return lines
}

// Ignore is the edit that suppresses a finding by a comment at the end of its line.
func Ignore(file *python.File, f *Finding) Edit {
	text := file.Text()
	line := text.Line(NoqaLine(file, f))
	src := text.String()[line.Start:line.End]
	if m := noqa.FindStringSubmatchIndex(src); m != nil && m[6] >= 0 && m[2] < 0 {
		end := line.Start + m[0] + len(strings.TrimRight(src[m[0]:m[1]], " \t"))
		return Edit{Span: python.Span{Start: end, End: end}, New: ", " + f.Rule.Code}
	}
	end := line.Start + len(strings.TrimRight(src, " \t"))
	return Edit{Span: python.Span{Start: end, End: line.End}, New: "  # noqa: " + f.Rule.Code}
}

// IgnoreInFile is the edit that adds a comment which suppresses a rule in the whole file: behind the lines at the top that
// tell the system or Python something about the file.
func IgnoreInFile(file *python.File, r *Rule) Edit {
	text := file.Text()
	line := 0
	for line < min(2, text.Lines()-1) {
		l := text.Line(line)
		if src := text.String()[l.Start:l.End]; !strings.HasPrefix(src, "#!") && !strings.HasPrefix(src, "# In[") && !declaresEncoding.MatchString(src) {
			break
		}
		line++
	}
	at := text.Line(line).Start
	return Edit{Span: python.Span{Start: at, End: at}, New: "# aiolens: file-ignore[" + r.Code + "]" + Newline(text)}
}

// Source: docs.python.org/3/reference/lexical_analysis.html#encoding-declarations
var declaresEncoding = regexp.MustCompile(`^[ \t\f]*#.*?coding[:=][ \t]*[-\w.]+`)
