package rules_test

import (
	"cmp"
	"fmt"
	"os"
	"strings"
	"testing"

	"aiolens/diagnostics"
	"aiolens/hover"
	"aiolens/server/workspace"
	"aiolens/snippets"
)

const (
	readme = "../../README.md"
	golden = "../../testdata/tour.txt" // what the README's command prints; .ci/run compares it, too
)

// TestReadme checks the parts of the README that are made: the tables of rules, of pitfalls, of the everyday patterns and of the
// snippets, one of the cards, and the excerpt of what `aiolens check testdata/tour` prints.
func TestReadme(t *testing.T) {
	output, err := run(build(t), "../..", "check", "testdata/tour")
	if err != nil {
		t.Fatal(err)
	}
	generated(t, golden, output)
	data, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	text := replace(t, string(data), "excerpt", excerpt(output))
	text = replace(t, text, "pitfalls", pitfallTable(t))
	text = replace(t, text, "rules", table(t))
	text = replace(t, text, "cards", patterns(t))
	text = replace(t, text, "snippets", prefixes())
	generated(t, readme, replace(t, text, "card", card(t)))
}

// generated compares a file with what it should hold, or writes it.
func generated(t *testing.T, path, want string) {
	t.Helper()
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(path, []byte(want), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	got, err := os.ReadFile(path)
	if err != nil || string(got) != want {
		t.Errorf("%s is out of date; UPDATE=1 go test ./... writes it (%v)", path, err)
	}
}

// replace replaces what stands between <!-- name --> and <!-- /name -->.
func replace(t *testing.T, text, name, by string) string {
	t.Helper()
	start, end := "<!-- "+name+" -->\n", "<!-- /"+name+" -->\n"
	before, rest, found := strings.Cut(text, start)
	_, after, closed := strings.Cut(rest, end)
	if !found || !closed {
		t.Fatalf("the README has no part between %q and %q", start, end)
	}
	return before + start + by + end + after
}

// excerpt is the part of the output about the first file and what leads from one file to another, and its closing lines.
func excerpt(output string) string {
	const first = "testdata/tour/app.py:"
	var b strings.Builder
	b.WriteString("```console\n$ go run ./cmd/aiolens check testdata/tour\n")
	parts := strings.Split(strings.TrimSpace(output), "\n\n")
	left := 0
	for i, part := range parts {
		switch {
		case strings.HasPrefix(part, first), strings.Contains(part, " AIO207 "):
			b.WriteString(part + "\n\n")
		case i < len(parts)-1:
			left++
		default:
			fmt.Fprintf(&b, "[... %d more findings ...]\n\n%s\n", left, part)
		}
	}
	b.WriteString("```\n")
	return b.String()
}

// table is the table of all rules, family by family.
func table(t *testing.T) string {
	byName := fixtures(t)
	var b strings.Builder
	family := ""
	for _, p := range pages() {
		r := p.rules[0]
		if r.Family != family {
			family = r.Family
			fmt.Fprintf(&b, "\n### %s\n\n| code | name | severity | fix | summary |\n| --- | --- | --- | --- | --- |\n", family)
		}
		fix, err := p.fixable(byName[r.Name])
		if err != nil {
			t.Fatal(err)
		}
		var codes []string
		for _, r := range p.rules {
			codes = append(codes, r.Code)
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", strings.Join(codes, " "), r.Name, r.Level(), cmp.Or(fix, "none"), strings.ReplaceAll(r.Summary(), "|", `\|`))
	}
	b.WriteByte('\n')
	return b.String()
}

// patterns is the table of the everyday patterns: how each is written, the card of its name, its snippet, and a picture of the hover, which
// editors/vscode/test/run.sh takes.
func patterns(t *testing.T) string {
	var b strings.Builder
	b.WriteString("\n| pattern | use case | since | snippet | hover |\n| --- | --- | --- | --- | --- |\n")
	for _, p := range []struct{ written, name string }{
		{"gather(*tasks)", "asyncio.gather"},
		{"Semaphore(n)", "asyncio.Semaphore"},
		{"TaskGroup()", "asyncio.TaskGroup"},
		{"Queue()", "asyncio.Queue"},
		{"timeout(s)", "asyncio.timeout"},
		{"Lock()", "asyncio.Lock"},
	} {
		c := hover.Lookup(p.name)
		if c == nil || c.Snippet == "" {
			t.Fatalf("%s has no card, or no snippet", p.name)
		}
		picture := "hover/pictures/" + p.name + ".png"
		if _, err := os.Stat("../../" + picture); err != nil {
			t.Errorf("%s has no picture: sh editors/vscode/test/run.sh FOLDER takes it (%v)", p.name, err)
		}
		fmt.Fprintf(&b, "| [`%s`](%s) | %s | %s | `%s` | [picture](%s) |\n", p.written, c.Link, c.Summary, c.Since(), c.Snippet, picture)
	}
	b.WriteByte('\n')
	return b.String()
}

// prefixes is the table of the snippets, group by group.
func prefixes() string {
	var b strings.Builder
	b.WriteString("\n| for | `aio-` and |\n| --- | --- |")
	group := ""
	for _, p := range snippets.All() {
		if p.Group != group {
			group = p.Group
			fmt.Fprintf(&b, "\n| %s |", group)
		}
		fmt.Fprintf(&b, " [`%s`](snippets/COOKBOOK.md#%s)", p.Name, p.Prefix())
	}
	return strings.ReplaceAll(b.String()+"\n\n", ") [", "), [")
}

// card is what hover shows on asyncio.timeout in a project that supports Python 3.10.
func card(t *testing.T) string {
	c := hover.Lookup("asyncio.timeout")
	if c == nil {
		t.Fatal("asyncio.timeout has no card")
	}
	return "````markdown\n" + c.Markdown(diagnostics.Version{Major: 3, Minor: 10}) + "\n````\n"
}

// TestReadmeSettings checks that the README's table of settings has exactly the keys that there are.
func TestReadmeSettings(t *testing.T) {
	data, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(data), "\n## Settings\n")
	section, _, _ = strings.Cut(section, "\n## ")
	rows := 0
	for line := range strings.Lines(section) {
		if strings.HasPrefix(line, "| `") {
			rows++
		}
	}
	new(workspace.Options).Each(func(key string, _ any) {
		rows--
		if !strings.Contains(section, "\n| `"+key+"` |") {
			t.Errorf("the README's settings do not say what %s is", key)
		}
	})
	if rows != 0 {
		t.Errorf("the README has %d rows of settings too many (negative: too few)", rows)
	}
}
