package rules_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"aiolens/diagnostics"
	"aiolens/diagnostics/diagtest"
	"aiolens/diagnostics/rules"
)

// page is the Markdown page of one or more rules, in its parts.
type page struct {
	rules    []*diagnostics.Rule // in the order of the list; the example is about the first
	doc      string
	sections map[string]string // heading -> text
}

// pages are the pages of all rules, in the order of the list. Rules of the same name share one.
func pages() []*page {
	var all []*page
	byName := map[string]*page{}
	for _, r := range rules.All {
		if p := byName[r.Name]; p != nil {
			p.rules = append(p.rules, r)
			continue
		}
		p := &page{rules: []*diagnostics.Rule{r}, doc: r.Doc, sections: map[string]string{}}
		for _, section := range strings.Split(r.Doc, "\n## ")[1:] {
			heading, text, _ := strings.Cut(section, "\n")
			p.sections[heading] = text
		}
		byName[r.Name] = p
		all = append(all, p)
	}
	return all
}

// code is the first block of Python of a section.
func (p *page) code(section string) string {
	_, rest, _ := strings.Cut(p.sections[section], "```python\n")
	code, _, found := strings.Cut(rest, "\n```")
	if !found {
		return ""
	}
	return code + "\n"
}

// settings are what the example of a rule is checked with: the rule itself, and those that are on by default. Hints about
// something else would make every example long.
func settings(r *diagnostics.Rule) diagnostics.Settings {
	s := diagnostics.Settings{ExtendSelect: []string{r.Code}}
	switch r.Name {
	case "blocking-configured-call":
		s.BlockingCalls = map[string]string{"legacy.fetch": "legacy.afetch"}
	case "gather-leaves-siblings-running":
		s.Target = diagnostics.Version{Major: 3, Minor: 11}
	case "timeout-error-not-caught":
		s.Target = diagnostics.Version{Major: 3, Minor: 10}
	case "api-newer-than-target":
		s.Target = diagnostics.Version{Major: 3, Minor: 9}
	}
	return s
}

func TestRules(t *testing.T) {
	kebab := regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)+$`)
	code := regexp.MustCompile(`^(ASYNC|AIO)\d{3}$|^PLE1142$`)
	seen := map[string]*diagnostics.Rule{}
	for _, r := range rules.All {
		if !code.MatchString(r.Code) {
			t.Errorf("%s: not a code", r.Code)
		}
		if !kebab.MatchString(r.Name) {
			t.Errorf("%s: %q is not in kebab case", r.Code, r.Name)
		}
		if r.Severity == diagnostics.Off || len(r.On) == 0 || r.Check == nil {
			t.Errorf("%s: does nothing", r.Title())
		}
		for _, name := range append([]string{r.Code}, r.Aliases...) {
			if other := seen[name]; other != nil && (name == r.Code || name == other.Code) {
				t.Errorf("%s: %s is the name of %s already", r.Title(), name, other.Title())
			}
			seen[name] = r
		}
	}
}

// TestPages checks that each rule has a page, beside its code, of the usual form.
func TestPages(t *testing.T) {
	files := map[string]string{} // text -> path
	paths, err := filepath.Glob("*/*.md")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no pages: %v", err)
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		files[string(data)] = filepath.ToSlash(path)
	}
	used := map[string]bool{}
	for _, p := range pages() {
		for _, r := range p.rules {
			path := files[r.Doc]
			used[path] = true
			if family, _, _ := strings.Cut(path, "/"); family != r.Family {
				t.Errorf("%s: its family is %q, its page is %q", r.Title(), r.Family, path)
			}
			if r.Doc != p.doc {
				t.Errorf("%s: the page is not that of %s", r.Title(), p.rules[0].Title())
			}
		}
		name := p.rules[0].Name
		if !strings.HasPrefix(p.doc, "# "+name+"\n\n") {
			t.Errorf("%s: the page does not begin with its heading", name)
		}
		if summary := p.rules[0].Summary(); !strings.HasSuffix(summary, ".") {
			t.Errorf("%s: the summary is not a sentence on one line: %q", name, summary)
		}
		for _, section := range []string{"Example", "Use instead", "When to ignore it", "References"} {
			if strings.TrimSpace(p.sections[section]) == "" {
				t.Errorf("%s: the page has no section %q", name, section)
			}
		}
		if n := strings.Count(p.doc, "```python\n"); n != 2 || p.code("Example") == "" || p.code("Use instead") == "" {
			t.Errorf("%s: the page has %d blocks of Python; want one under Example and one under Use instead", name, n)
		}
		if !strings.Contains(p.sections["References"], "](https://") {
			t.Errorf("%s: no link in the references", name)
		}
	}
	for _, path := range files {
		if !used[path] {
			t.Errorf("%s: no rule has this page", path)
		}
	}
}

// TestExamples checks the code of the pages: the example is flagged, its fixes mend it, and what to use instead is
// silent under all rules.
func TestExamples(t *testing.T) {
	dir := t.TempDir()
	for _, p := range pages() {
		name := p.rules[0].Name
		t.Run(name, func(t *testing.T) {
			s := settings(p.rules[0])
			bad, good := p.code("Example"), p.code("Use instead")
			for variant, src := range map[string]string{"bad": bad, "good": good} {
				if err := os.WriteFile(filepath.Join(dir, name+"_"+variant+".py"), []byte(src), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			file, found := diagtest.Findings(rules.All, "example.py", bad, s)
			if file.Broken() {
				t.Errorf("the example does not parse")
			}
			if !slices.ContainsFunc(found, func(f diagnostics.Finding) bool { return f.Rule == p.rules[0] }) {
				t.Errorf("%s does not flag the example, but %v does", p.rules[0].Code, codes(found))
			}
			diagtest.Fixes(t, rules.All, "example.py", bad, s)
			file, found = diagtest.Findings(rules.All, "instead.py", good, s)
			if file.Broken() {
				t.Errorf("what to use instead does not parse")
			}
			for _, f := range found {
				t.Errorf("what to use instead is flagged by %s: %s", f.Rule.Code, f.Message)
			}
		})
	}
	t.Run("compile", func(t *testing.T) { diagtest.Compiles(t, filepath.Join(dir, "*.py")) })
}

func codes(found []diagnostics.Finding) []string {
	var list []string
	for _, f := range found {
		list = append(list, f.Rule.Code)
	}
	return list
}

// TestLineEnds checks that fixes write the line ends of the file, whichever those are.
func TestLineEnds(t *testing.T) {
	fixes := 0
	for _, paths := range fixtures(t) {
		for _, path := range paths {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			src := strings.ReplaceAll(string(data), "\n", "\r\n")
			_, found := diagtest.Findings(rules.All, path, src, diagnostics.Settings{Hints: true})
			for _, f := range found {
				for _, fix := range f.Fixes {
					fixed, n := diagnostics.Apply(src, []diagnostics.Fix{fix})
					fixes += n
					if strings.Contains(strings.ReplaceAll(fixed, "\r\n", ""), "\n") || strings.Contains(strings.ReplaceAll(fixed, "\r\n", ""), "\r") {
						t.Errorf("%s: %s, %q: line ends are mixed", path, f.Rule.Code, fix.Title)
					}
				}
			}
		}
	}
	if fixes < 100 {
		t.Errorf("only %d fixes", fixes)
	}
}

// fixtures are the files of testdata/rules by the name of the rule that they are about. A file is called
// <name>.py, or <name>-<what>.py or <name>_<what>.py where a rule has several; "" has those that no rule has the name of.
func fixtures(t *testing.T) map[string][]string {
	t.Helper()
	paths, err := filepath.Glob("../../testdata/rules/*.py")
	if err != nil {
		t.Fatal(err)
	}
	byName := map[string][]string{}
	for _, path := range paths {
		if strings.HasSuffix(path, ".fixed.py") {
			continue
		}
		base, best := strings.TrimSuffix(filepath.Base(path), ".py"), ""
		for _, r := range rules.All {
			rest, ok := strings.CutPrefix(base, r.Name)
			if ok && (rest == "" || rest[0] == '-' || rest[0] == '_') && len(r.Name) > len(best) {
				best = r.Name
			}
		}
		byName[best] = append(byName[best], path)
	}
	return byName
}

// TestFixtures checks that each rule has a fixture and that each fixture is about a rule. The tests of the families run
// them.
func TestFixtures(t *testing.T) {
	byName := fixtures(t)
	for _, p := range pages() {
		if name := p.rules[0].Name; len(byName[name]) == 0 {
			t.Errorf("%s: there is no testdata/rules/%s.py", p.rules[0].Title(), name)
		}
	}
	for _, path := range byName[""] {
		t.Errorf("%s: no rule has this name", path)
	}
}

// fixable says which fix the rules of a page offer somewhere in their example or fixtures: "safe", "offered" or "".
func (p *page) fixable(paths []string) (string, error) {
	sources := []string{p.code("Example")}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			return "", err
		}
		sources = append(sources, string(data))
	}
	best := ""
	for i, src := range sources {
		_, found := diagtest.Findings(p.rules, fmt.Sprintf("%d.py", i), src, settings(p.rules[0]))
		for _, f := range found {
			for _, fix := range f.Fixes {
				if fix.Safe {
					return "safe", nil
				}
				best = "offered"
			}
		}
	}
	return best, nil
}

// TestStubFiles checks that what stands in the functions of a stub file, which never run, is left alone.
func TestStubFiles(t *testing.T) {
	const src = "import time\n\nasync def f():\n    time.sleep(1)\n\nclass C:\n    async def __len__(self): ...\n"
	for path, want := range map[string]string{"m.py": "[ASYNC251 AIO113]", "m.pyi": "[AIO113]"} {
		if _, found := diagtest.Findings(rules.All, path, src, diagnostics.Settings{}); fmt.Sprint(codes(found)) != want {
			t.Errorf("%s: %v, want %s", path, codes(found), want)
		}
	}
}
