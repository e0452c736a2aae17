package hover

import (
	"strings"

	"aiolens/diagnostics"
)

// A Card is the quick reference of one name, or of a few that are used alike.
type Card struct {
	Name      string // qualified, as one would import it: "asyncio.Queue.get"
	Signature string // as it is used: "await asyncio.Queue.get()"
	Summary   string // the first paragraph, in Markdown: what it is for
	Pitfall   string // what goes wrong most often, in Markdown
	Example   string // Python
	Snippet   string // the prefix of the snippet that writes it: "aio-gather"; "" for none
	Title     string // of the link
	Link      string // to the official page

	parameters []newer
	library    string // the version of the library that added it: "aiohttp 3.11"
	outdated   string // the version of the library that deprecated it
}

func lastPart(name string) string { return name[strings.LastIndexByte(name, '.')+1:] }

// newer is a parameter that is newer than the function.
type newer struct{ name, since string }

// parse reads the section of a card, of which the heading may be about several names, for one of them.
func parse(section, name string) *Card {
	c := &Card{Name: name}
	heading, rest, _ := strings.Cut(section, "\n")
	own := headed(heading)
	c.Signature = strings.Trim(strings.TrimPrefix(heading, "## "), "`")
	fence := false
	for part := range strings.SplitSeq(strings.TrimSpace(rest), "\n\n") {
		code := strings.HasPrefix(part, "```")
		switch {
		case fence || code:
			c.Example += "\n\n" + part
			fence = fence || code
			if strings.HasSuffix(part, "\n```") {
				fence = false
			}
		case strings.HasPrefix(part, "- "):
			for line := range strings.Lines(part) {
				c.fact(strings.TrimSpace(line))
			}
		case strings.HasPrefix(part, "**Pitfall:** "):
			c.Pitfall = strings.TrimPrefix(part, "**Pitfall:** ")
		case c.Summary == "":
			c.Summary = part
		default:
			c.closing(part)
		}
	}
	c.Example = strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(c.Example), "```python\n"), "\n```")
	if last, first := lastPart(name), lastPart(own); last != first {
		c.Signature = strings.Replace(c.Signature, "."+first, "."+last, 1)
		for _, s := range []*string{&c.Title, &c.Link} {
			if head, ok := strings.CutSuffix(*s, "."+first); ok {
				*s = head + "." + last
			}
		}
	}
	return c
}

// fact reads a line of the list under a heading.
func (c *Card) fact(line string) {
	key, value, _ := strings.Cut(strings.TrimPrefix(line, "- "), ": ")
	switch key {
	case "since":
		c.library = value
	case "deprecated":
		c.outdated = value
	case "parameters":
		for item := range strings.SplitSeq(value, ", ") {
			name, since, _ := strings.Cut(item, " ")
			c.parameters = append(c.parameters, newer{name, since})
		}
	}
}

// closing reads the last line: "Snippet `aio-gather` · [asyncio.gather](https://...)".
func (c *Card) closing(line string) {
	if rest, ok := strings.CutPrefix(line, "Snippet `"); ok {
		c.Snippet, line, _ = strings.Cut(rest, "` · ")
	}
	title, link, _ := strings.Cut(strings.TrimPrefix(line, "["), "](")
	c.Title, c.Link = title, strings.TrimSuffix(link, ")")
}

// Markdown is the card as it is shown: signature, versions, use, pitfall, example, snippet and link. target is the oldest Python that
// the project supports.
func (c *Card) Markdown(target diagnostics.Version) string {
	var b strings.Builder
	b.WriteString("```python\n" + c.Signature)
	if since := c.since(target); since != "" {
		b.WriteString("  # since " + since)
	}
	b.WriteString("\n```\n")
	if versions := c.versions(target); versions != "" {
		b.WriteString(versions + "\n")
	}
	b.WriteString("\n" + c.Summary + "\n")
	if c.Pitfall != "" {
		b.WriteString("\n**Pitfall:** " + c.Pitfall + "\n")
	}
	b.WriteString("\n```python\n" + c.Example + "\n```\n\n")
	if c.Snippet != "" {
		b.WriteString("Snippet `" + c.Snippet + "` · ")
	}
	b.WriteString("[" + c.Title + "](" + c.Link + ")")
	return b.String()
}

// Since is the version of Python that added the name: "3.11"; "" when every version that matters has it.
func (c *Card) Since() string { return factsOf(c.Name).Since }

// basis is a Python that nobody goes below: that it or an older one added something is not worth saying.
var basis = diagnostics.Version{Major: 3, Minor: 9}

// since is the version that added the name, where the project need not care.
func (c *Card) since(target diagnostics.Version) string {
	since := factsOf(c.Name).Since
	switch {
	case since == "":
		return c.library
	case lacks(target, since) || !lacks(basis, since):
		return ""
	}
	return "Python " + since
}

// versions warns of what the target does not have, and of what is deprecated or gone.
func (c *Card) versions(target diagnostics.Version) string {
	var parts []string
	facts := factsOf(c.Name)
	if lacks(target, facts.Since) {
		parts = append(parts, "**Since Python "+facts.Since+", newer than this project's "+target.String()+".**")
	}
	if text := c.newer(target); text != "" {
		parts = append(parts, text)
	}
	gone := ""
	switch {
	case facts.Deprecated != "" && facts.Dropped != "":
		gone = "Deprecated since Python " + facts.Deprecated + ", removed in " + facts.Dropped
	case facts.Deprecated != "":
		gone = "Deprecated since Python " + facts.Deprecated
	case c.outdated != "":
		gone = "Deprecated since " + c.outdated
	case facts.Dropped != "":
		gone = "Removed in Python " + facts.Dropped
	}
	if gone != "" {
		if facts.Instead != "" && facts.Blocks == "" {
			gone += ": use `" + facts.Instead + "`"
		}
		parts = append(parts, "**"+gone+".**")
	}
	return strings.Join(parts, " ")
}

// newer says which parameters are newer than the target.
func (c *Card) newer(target diagnostics.Version) string {
	var names []string
	for _, p := range c.parameters {
		if target == (diagnostics.Version{}) || lacks(target, p.since) {
			names = append(names, "`"+p.name+"` since "+p.since)
		}
	}
	switch {
	case names == nil:
		return ""
	case target == (diagnostics.Version{}):
		return strings.Join(names, ", ") + "."
	}
	return "**" + strings.Join(names, ", ") + ": newer than this project's " + target.String() + ".**"
}

// lacks says whether a project that supports the target cannot rely on what a version added.
func lacks(target diagnostics.Version, version string) bool {
	v, ok := diagnostics.ParseVersion(version)
	return ok && target != (diagnostics.Version{}) && !target.AtLeast(v.Major, v.Minor)
}
