package rules_test

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"aiolens/diagnostics"
	"aiolens/diagnostics/diagtest"
	"aiolens/diagnostics/diagtest/pythons"
	"aiolens/diagnostics/rules"
)

// byHand marks a fixed program that is not what the first fix of each finding makes of the program.
const byHand = "# Written by hand.\n"

// pitfall is a program of testdata/pitfalls, which really does harm when it is run: it prints a line that begins with HARM,
// and fails. Beside x.py, x.fixed.py does none.
type pitfall struct {
	path, src string
	fixed     string // the path of the fixed program
	text      string // the pitfall, as it is documented
	harm      string // what goes wrong
	instead   string
	wants     []pitfallWant
}

type pitfallWant struct {
	line    int
	code    string
	message *regexp.Regexp
}

var wantInPitfall = regexp.MustCompile("# want `(\\w+)` (\".*\")$")

var pitfallSettings = diagnostics.Settings{Hints: true, Ignore: []string{"ASYNC124"}, Target: diagnostics.Version{Major: 3, Minor: 11}}

// pitfalls are the programs, in the order of their names.
func pitfalls(t *testing.T) []*pitfall {
	t.Helper()
	paths, err := filepath.Glob("../../testdata/pitfalls/*.py")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no pitfalls: %v", err)
	}
	var all []*pitfall
	for _, path := range paths {
		base, fixed := strings.CutSuffix(path, ".fixed.py")
		if fixed {
			if !slices.Contains(paths, base+".py") {
				t.Errorf("%s: no program of that name", path)
			}
			continue
		}
		p := &pitfall{path: path, fixed: strings.TrimSuffix(path, ".py") + ".fixed.py"}
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		p.src = string(data)
		doc, _, _ := strings.Cut(strings.TrimPrefix(p.src, `"""`), `"""`)
		parts := strings.Split(strings.TrimSpace(doc), "\n\n")
		if len(parts) != 3 || !strings.HasPrefix(parts[2], "Instead: ") {
			t.Fatalf("%s: the docstring does not say what the pitfall is, what goes wrong, and what to do instead", path)
		}
		p.text, p.harm, p.instead = parts[0], parts[1], strings.TrimPrefix(parts[2], "Instead: ")
		for i, line := range strings.Split(p.src, "\n") {
			m := wantInPitfall.FindStringSubmatch(line)
			if m == nil {
				continue
			}
			message, err := strconv.Unquote(m[2])
			if err != nil {
				t.Fatalf("%s:%d: %v", path, i+1, err)
			}
			p.wants = append(p.wants, pitfallWant{i, m[1], regexp.MustCompile(message)})
		}
		if len(p.wants) == 0 {
			t.Errorf("%s: wants nothing", path)
		}
		all = append(all, p)
	}
	return all
}

// TestPitfalls checks that each documented pitfall is found where it is and nothing else is, and that the fixed program is silent under all
// rules. What the fixes make of the programs is kept beside them.
func TestPitfalls(t *testing.T) {
	for _, p := range pitfalls(t) {
		t.Run(strings.TrimSuffix(filepath.Base(p.path), ".py"), func(t *testing.T) {
			file, found := diagtest.Findings(rules.All, p.path, p.src, pitfallSettings)
			if file.Broken() {
				t.Fatal("does not parse")
			}
			var fixes []diagnostics.Fix
			missing := slices.Clone(p.wants)
			for _, f := range found {
				line := file.Text().LineAt(f.Span.Start)
				i := slices.IndexFunc(missing, func(w pitfallWant) bool {
					return w.line == line && w.code == f.Rule.Code && w.message.MatchString(f.Message)
				})
				if i < 0 {
					t.Errorf("line %d: not wanted: %s %s", line+1, f.Rule.Code, f.Message)
					continue
				}
				missing = slices.Delete(missing, i, i+1)
				if len(f.Fixes) > 0 {
					fixes = append(fixes, f.Fixes[0])
				}
			}
			for _, w := range missing {
				t.Errorf("line %d: wanted and not found: %s %q", w.line+1, w.code, w.message)
			}
			data, err := os.ReadFile(p.fixed)
			fixed := string(data)
			if !strings.Contains(fixed, byHand) {
				made, n := diagnostics.Apply(p.src, fixes)
				if n == 0 {
					t.Fatalf("no fix, and no %s that says it is written by hand (%v)", p.fixed, err)
				}
				fixed = regexp.MustCompile(`(?m)[ \t]*# want .*$`).ReplaceAllString(made, "")
				generated(t, p.fixed, fixed)
			}
			file, found = diagtest.Findings(rules.All, p.fixed, fixed, pitfallSettings)
			if file.Broken() {
				t.Errorf("%s does not parse", p.fixed)
			}
			for _, f := range found {
				t.Errorf("%s:%d: %s %s", p.fixed, file.Text().LineAt(f.Span.Start)+1, f.Rule.Code, f.Message)
			}
		})
	}
}

// TestPitfallsRun runs the programs: each of them does the harm that it speaks of, and does not when it is fixed.
func TestPitfallsRun(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes a while")
	}
	python3, minor := pythons.Newest()
	if minor < 11 {
		t.Skip("SKIP: no Python 3.11 or newer is installed")
	}
	for _, p := range pitfalls(t) {
		t.Run(strings.TrimSuffix(filepath.Base(p.path), ".py"), func(t *testing.T) {
			t.Parallel()
			out, err := runPython(python3, p.path)
			if harm := regexp.MustCompile(`(?m)^HARM: `).MatchString(out); !harm || err == nil {
				t.Errorf("%s does no harm (%v):\n%s", p.path, err, out)
			}
			out, err = runPython(python3, p.fixed)
			if strings.Contains(out, "HARM") || complaints.MatchString(out) || err != nil {
				t.Errorf("%s does harm (%v):\n%s", p.fixed, err, out)
			}
		})
	}
}

// complaints are what Python says about coroutines that never run, tasks that are lost, and what is left open.
var complaints = regexp.MustCompile(`ResourceWarning|RuntimeWarning|was destroyed but it is pending|was never retrieved`)

// runPython runs a program in development mode, which warns of coroutines that are never awaited and of what is left open.
func runPython(python3, path string) (output string, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	out, err := exec.CommandContext(ctx, python3, "-X", "dev", path).CombinedOutput()
	return string(out), err
}

// pitfallTable is the README's table of the documented pitfalls.
func pitfallTable(t *testing.T) string {
	var b strings.Builder
	b.WriteString("| documented pitfall | what goes wrong | found by | instead | fix |\n| --- | --- | --- | --- | --- |\n")
	last := ""
	for _, p := range pitfalls(t) {
		var codes []string
		for _, w := range p.wants {
			if !slices.Contains(codes, w.code) {
				codes = append(codes, w.code)
			}
		}
		fix := ""
		_, found := diagtest.Findings(rules.All, p.path, p.src, pitfallSettings)
		for _, f := range found {
			for _, x := range f.Fixes {
				if x.Safe {
					fix = "safe"
				}
				fix = cmp.Or(fix, "offered")
			}
		}
		text := p.text
		if text == last {
			text = ""
		}
		last = p.text
		fmt.Fprintf(&b, "| %s | [%s](testdata/pitfalls/%s) | %s | %s | %s |\n", text, strings.Join(strings.Fields(p.harm), " "), filepath.Base(p.path),
			strings.Join(codes, " "), p.instead, cmp.Or(fix, "none"))
	}
	return b.String()
}
