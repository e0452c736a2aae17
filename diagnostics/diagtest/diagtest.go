// Package diagtest runs rules over fixtures: Python files whose comments say what must be found.
//
//	time.sleep(1)  # want "blocks the event loop"
//	time.sleep(1)  # want `ASYNC251` "blocks" "another finding on this line"
//
// A line without such a comment asserts silence. Beside x.py, x.fixed.py is the text after every finding's first fix
// was applied; UPDATE=1 writes it.
package diagtest

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"aiolens/diagnostics"
	"aiolens/diagnostics/diagtest/pythons"
	"aiolens/diagnostics/python"
)

var (
	wantComment = regexp.MustCompile(`#\s*want\s+(.*)$`)
	wantPart    = regexp.MustCompile("^\\s*(?:`([^`]*)`\\s*)?(\"(?:[^\"\\\\]|\\\\.)*\")")
)

type want struct {
	line    int
	code    string
	message *regexp.Regexp
	met     bool
}

// Run checks one fixture with the rules, selected by name or family; settings may be the zero value.
func Run(t *testing.T, rules []*diagnostics.Rule, path string, settings diagnostics.Settings) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	src := string(data)
	check(t, rules, path, src, settings)
}

// Findings checks a source text.
func Findings(rules []*diagnostics.Rule, path, src string, settings diagnostics.Settings) (*python.File, []diagnostics.Finding) {
	checker, _ := diagnostics.NewChecker(rules, settings)
	file := python.NewFile(path, python.NewText(src))
	return file, checker.CheckIn(diagnostics.NewView(nil), file)
}

func check(t *testing.T, rules []*diagnostics.Rule, path, src string, settings diagnostics.Settings) {
	t.Helper()
	file, found := Findings(rules, path, src, settings)
	if file.Broken() && !strings.Contains(src, "# broken") {
		t.Errorf("%s does not parse", path)
	}
	var first []diagnostics.Fix
	for i := range found {
		if len(found[i].Fixes) > 0 {
			first = append(first, found[i].Fixes[0])
		}
	}
	match(t, path, file.Text(), parseComments(t, wantComment, path, src), found)
	Fixes(t, rules, path, src, settings)
	golden := strings.TrimSuffix(path, ".py") + ".fixed.py"
	fixed, n := diagnostics.Apply(src, first)
	fixed = wantComment.ReplaceAllString(fixed, "")
	fixed = regexp.MustCompile(`(?m)[ \t]*# want .*$|[ \t]+$`).ReplaceAllString(fixed, "")
	switch old, err := os.ReadFile(golden); {
	case n == 0:
		if err == nil {
			t.Errorf("%s is there, but nothing is fixed", golden)
		}
	case os.Getenv("UPDATE") != "":
		if err := os.WriteFile(golden, []byte(fixed), 0o644); err != nil {
			t.Error(err)
		}
	case string(old) != fixed:
		t.Errorf("%s differs; UPDATE=1 go test writes it:\n%s", golden, fixed)
	}
}

// match compares findings with what the comments want.
func match(t *testing.T, path string, text *python.Text, wants []*want, found []diagnostics.Finding) {
	t.Helper()
findings:
	for i := range found {
		f := &found[i]
		line := text.LineAt(f.Span.Start)
		for _, w := range wants {
			if w.line == line && !w.met && (w.code == "" || w.code == f.Rule.Code) && w.message.MatchString(f.Message) {
				w.met = true
				continue findings
			}
		}
		t.Errorf("%s:%d:%d: not wanted: %s %s", path, line+1, text.Position(f.Span.Start, python.UTF32).Column+1, f.Rule.Code, f.Message)
	}
	for _, w := range wants {
		if !w.met {
			t.Errorf("%s:%d: wanted and not found: %s %q", path, w.line+1, w.code, w.message)
		}
	}
}

// parseComments reads the comments of a form; another form may follow on the same line.
func parseComments(t *testing.T, form *regexp.Regexp, path, src string) []*want {
	var wants []*want
	for i, line := range strings.Split(src, "\n") {
		m := form.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		rest := strings.TrimSpace(m[1])
		for rest != "" && rest[0] != '#' {
			p := wantPart.FindStringSubmatch(rest)
			if p == nil {
				t.Fatalf("%s:%d: cannot read %q", path, i+1, rest)
			}
			var message string
			if _, err := fmt.Sscanf(p[2], "%q", &message); err != nil {
				t.Fatalf("%s:%d: %v", path, i+1, err)
			}
			re, err := regexp.Compile(message)
			if err != nil {
				t.Fatalf("%s:%d: %v", path, i+1, err)
			}
			wants = append(wants, &want{line: i, code: p[1], message: re})
			rest = strings.TrimSpace(rest[len(p[0]):])
		}
	}
	return wants
}

// Fixes applies each fix of each finding by itself and checks that the result parses, that the finding is gone and that
// no other came.
func Fixes(t *testing.T, rules []*diagnostics.Rule, path, src string, settings diagnostics.Settings) {
	t.Helper()
	_, found := Findings(rules, path, src, settings)
	fixes(t, path, src, found, func(src string) (*python.File, []diagnostics.Finding) { return Findings(rules, path, src, settings) })
}

func fixes(t *testing.T, path, src string, found []diagnostics.Finding, again func(src string) (*python.File, []diagnostics.Finding)) {
	t.Helper()
	before := count(found)
	for _, f := range found {
		for _, fix := range f.Fixes {
			fixed, n := diagnostics.Apply(src, []diagnostics.Fix{fix})
			where := fmt.Sprintf("%s: %s at byte %d, fix %q", path, f.Rule.Code, f.Span.Start, fix.Title)
			if n == 0 {
				t.Errorf("%s: does not apply: %v", where, fix.Edits)
				continue
			}
			file, after := again(fixed)
			if file.Broken() {
				t.Errorf("%s: the result does not parse:\n%s", where, fixed)
			}
			now := count(after)
			if now[f.Rule.Code] >= before[f.Rule.Code] {
				t.Errorf("%s: the finding is still there:\n%s", where, fixed)
			}
			for code, k := range now {
				if code != f.Rule.Code && k > before[code] {
					t.Errorf("%s: brings %s", where, code)
				}
			}
		}
	}
}

func count(found []diagnostics.Finding) map[string]int {
	n := map[string]int{}
	for _, f := range found {
		n[f.Rule.Code]++
	}
	return n
}

// Compiles checks that Python itself compiles the files that match a pattern; the test is skipped, with a line that says so, when there
// is no Python.
func Compiles(t *testing.T, pattern string) {
	t.Helper()
	paths, err := filepath.Glob(pattern)
	if err != nil || len(paths) == 0 {
		t.Fatalf("no files %s: %v", pattern, err)
	}
	Compile(t, paths)
}

// Compile checks that Python itself compiles files, as Compiles does.
func Compile(t *testing.T, paths []string) {
	t.Helper()
	python3, _ := pythons.Newest()
	if python3 == "" {
		t.Skip("SKIP: no Python is installed")
	}
	script := `
import sys
for path in sys.argv[1:]:
    src = open(path, encoding="utf-8").read()
    first = src.split("\n", 1)[0]
    if first.startswith("# python ") and sys.version_info < tuple(map(int, first.split()[2].split("."))):
        print("SKIP", path, "needs", first)
        continue
    try:
        compile(src, path, "exec", dont_inherit=True)
    except SyntaxError as e:
        print("FAIL", path, e)
`
	out, err := exec.Command(python3, append([]string{"-W", "ignore", "-c", script}, paths...)...).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for line := range strings.Lines(string(out)) {
		if strings.HasPrefix(line, "SKIP") {
			t.Log(strings.TrimSpace(line))
		} else {
			t.Error(strings.TrimSpace(line))
		}
	}
}
