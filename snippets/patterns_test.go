package snippets_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
	"aiolens/diagnostics/rules"
	"aiolens/snippets"
)

// TestPatterns checks that each pattern has all its parts.
func TestPatterns(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range snippets.All() {
		if p.Name == "" || p.Group == "" || p.Where == 0 || len(p.Variants) == 0 {
			t.Errorf("%+v lacks something", p)
		}
		if !strings.HasSuffix(p.Summary, ".") || strings.Contains(p.Summary, "\n") {
			t.Errorf("%s: %q is no sentence on one line", p.Name, p.Summary)
		}
		for _, w := range p.Words {
			if seen[w] {
				t.Errorf("%s: the word %q means another pattern as well", p.Name, w)
			}
			seen[w] = true
			if !regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`).MatchString(w) {
				t.Errorf("%s: odd word %q", p.Name, w)
			}
		}
		for _, v := range p.Variants {
			if v.Library != "asyncio" && v.Library != "anyio" && v.Library != "trio" || v.Body == "" {
				t.Errorf("%s: odd variant %q", p.Name, v.Title())
			}
			if v.Wraps && p.Surround == "" {
				t.Errorf("%s: %q wraps, but has no title", p.Name, v.Title())
			}
			if !v.Wraps && !strings.Contains(string(v.Body), "${1") {
				t.Errorf("%s: %q has no placeholder", p.Name, v.Title())
			}
			for line := range strings.Lines(v.Body.Plain()) {
				if len(line) > 131 || strings.Contains(line, "\t") || strings.Contains(line, "$") && !v.Wraps {
					t.Errorf("%s: %q: odd line %q", p.Name, v.Title(), line)
				}
			}
		}
	}
}

// sample is a pattern as it is written into a file at one place.
type sample struct {
	name    string // "gather asyncio 3.13 coroutine"
	pattern *snippets.Pattern
	variant *snippets.Variant
	target  diagnostics.Version
	where   string
	text    string // of the file
}

// places are files with a place of each kind; the snippet goes to the @.
var places = []struct{ where, text string }{
	{"module", "%s@\n"},
	{"coroutine", "%sasync def main():\n    await prepare()\n    @\n"},
	{"function", "%sdef plain():\n    @\n"},
	{"class", "%sclass Service:\n    @\n"},
	{"nested", "%sclass Service:\n\n    async def main(self):\n        if await self.prepare():\n            @\n"},
}

// versions are the targets that variants are tried for; the zero value stands for one that is not known.
var versions = []diagnostics.Version{{}, {Major: 3, Minor: 8}, {Major: 3, Minor: 9}, {Major: 3, Minor: 10}, {Major: 3, Minor: 11}, {Major: 3, Minor: 13}}

// samples are all patterns in all variants at all places where they are offered.
func samples(t *testing.T) []sample {
	var all []sample
	for _, place := range places {
		for _, imports := range []string{"", "import asyncio\n\n\n", "import asyncio\nimport httpx\n\n\n", "import anyio\n\n\n", "import trio\n\n\n"} {
			for _, target := range versions {
				src := strings.Replace(fmt.Sprintf(place.text, imports), "@", "aio-", 1)
				at := strings.Index(src, "aio-") + len("aio-")
				file := python.NewFile("/x/app.py", python.NewText(src))
				for _, o := range (snippets.Context{File: file, Target: target}).Offers(at) {
					edits := append(slices.Clone(o.Imports), diagnostics.Edit{Span: o.Span, New: o.Plain})
					all = append(all, sample{
						name:    fmt.Sprintf("%s, %s, %s, %s", o.Pattern.Name, o.Variant.Title(), target, place.where),
						pattern: o.Pattern, variant: o.Variant, target: target, where: place.where, text: apply(src, edits),
					})
				}
			}
		}
	}
	if len(all) < 1000 {
		t.Errorf("only %d samples", len(all))
	}
	return all
}

// apply makes edits that do not overlap, the last one in the text first.
func apply(src string, edits []diagnostics.Edit) string {
	slices.SortStableFunc(edits, func(a, b diagnostics.Edit) int { return a.Span.Start - b.Span.Start })
	var b strings.Builder
	at := 0
	for _, e := range edits {
		b.WriteString(src[at:e.Span.Start] + e.New)
		at = e.Span.End
	}
	return b.String() + src[at:]
}

// TestClean: what a snippet writes has no finding of any rule, hints included, and is without syntax errors.
func TestClean(t *testing.T) {
	seen := map[string]bool{}
	checkers := map[diagnostics.Version]*diagnostics.Checker{}
	for _, s := range samples(t) {
		if key := s.text + s.target.String(); seen[key] {
			continue
		} else {
			seen[key] = true
		}
		c := checkers[s.target]
		if c == nil {
			c, _ = diagnostics.NewChecker(rules.All, diagnostics.Settings{Hints: true, Target: s.target})
			checkers[s.target] = c
		}
		file := python.NewFile("/x/app.py", python.NewText(s.text))
		if at, broken := file.SyntaxError(); broken {
			t.Errorf("%s: syntax error at %q in\n%s", s.name, s.text[at:min(at+40, len(s.text))], s.text)
		}
		for _, f := range c.Check(file, &diagnostics.Memo{}) {
			t.Errorf("%s: %s %s: %q\n%s", s.name, f.Rule.Title(), f.Message, s.text[f.Span.Start:f.Span.End], s.text)
		}
	}
}
