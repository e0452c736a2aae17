package rules_test

import (
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"aiolens/diagnostics"
	"aiolens/diagnostics/diagtest"
	"aiolens/diagnostics/rules"
)

// planted are the mistakes of the tour: file, code, and what the finding's text begins with; and whether the fix that
// comes first is a safe one. Everything else in the tour is correct, or looks like a mistake and is none.
var planted = []struct {
	file, code, text string
	fix              string // "safe", "offered" or ""
}{
	{"app.py", "AIO105", "is_watched(sku)", "safe"},
	{"app.py", "AIO109", "[latest(sku) for sku in names]", "safe"},
	{"app.py", "ASYNC251", "time.sleep", "safe"},
	{"app.py", "AIO801", "refresh", "offered"},
	{"feeds.py", "ASYNC212", "self.session.get", "offered"},
	{"feeds.py", "AIO107", "await self._parse(answer.text)", "safe"},
	{"feeds.py", "ASYNC210", "requests.get", "offered"},
	{"notify.py", "ASYNC221", "subprocess.run", "offered"},
	{"notify.py", "AIO101", "self.record(alert)", "safe"},
	{"notify.py", "ASYNC300", "asyncio.create_task(notifier.send(alert))", "safe"},
	{"store.py", "ASYNC240", `(self.root / "watched.json").read_text`, "offered"},
	{"store.py", "AIO110", "self.lock", "safe"},
	{"store.py", "AIO201", "self.db.execute", "offered"},
	{"store.py", "AIO104", "self.count()", "safe"},
	{"worker.py", "ASYNC200", "erp.stock", "offered"},
	{"worker.py", "ASYNC230", "open", "offered"},
	{"worker.py", "ASYNC232", "f.read", "offered"},
	{"worker.py", "AIO207", "self.store.snapshot", "offered"},
}

const tour = "../../testdata/tour"

// TestTour checks that each mistake that was planted is found, at its place and with its fix, and nothing else.
func TestTour(t *testing.T) {
	diagtest.Compiles(t, tour+"/*.py")
	paths, err := filepath.Glob(tour + "/*.py")
	if err != nil {
		t.Fatal(err)
	}
	s := diagnostics.Settings{Target: diagnostics.Version{Major: 3, Minor: 11}, BlockingCalls: map[string]string{"erp.stock": ""}}
	missing := slices.Clone(planted)
	tree := diagtest.Load(t, tour)
	checker, _ := diagnostics.NewChecker(rules.All, s)
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		src := string(data)
		file := tree.File(path)
		found := checker.CheckIn(diagnostics.NewView(tree), file)
		for _, f := range found {
			fix := ""
			if len(f.Fixes) > 0 {
				fix = map[bool]string{true: "safe", false: "offered"}[f.Fixes[0].Safe]
			}
			i := slices.IndexFunc(missing, func(p struct{ file, code, text, fix string }) bool {
				return p.file == filepath.Base(path) && p.code == f.Rule.Code && strings.HasPrefix(src[f.Span.Start:], p.text)
			})
			if i < 0 {
				t.Errorf("%s:%d: not planted: %s %s", path, file.Text().LineAt(f.Span.Start)+1, f.Rule.Code, f.Message)
				continue
			}
			if missing[i].fix != fix {
				t.Errorf("%s: %s %s: its fix is %q, want %q", path, f.Rule.Code, missing[i].text, fix, missing[i].fix)
			}
			missing = slices.Delete(missing, i, i+1)
		}
		t.Run(filepath.Base(path), func(t *testing.T) { diagtest.Fixes(t, rules.All, path, src, s) })
	}
	for _, p := range missing {
		t.Errorf("%s: not found: %s %s", p.file, p.code, p.text)
	}
}

// TestTourFix runs `aiolens check --fix` on a copy of the tour: what is left compiles and has no safe fix any more.
func TestTourFix(t *testing.T) {
	binary := build(t)
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(tour)); err != nil {
		t.Fatal(err)
	}
	if _, err := run(binary, dir, "check", "--fix", "--exit-zero"); err != nil {
		t.Fatal(err)
	}
	diagtest.Compiles(t, dir+"/*.py")
	out, err := run(binary, dir, "check", "--output-format", "json", "--exit-zero")
	if err != nil {
		t.Fatal(err)
	}
	var found []struct {
		Code, Filename string
		Fix            *struct{ Applicability string }
	}
	if err := json.Unmarshal([]byte(out), &found); err != nil {
		t.Fatal(err)
	}
	unsafe := 0
	for _, p := range planted {
		if p.fix != "safe" && p.code != "AIO801" { // which awaits something once its sleep is fixed
			unsafe++
		}
	}
	if len(found) != unsafe {
		t.Errorf("%d findings are left, want %d", len(found), unsafe)
	}
	for _, f := range found {
		if f.Fix != nil && f.Fix.Applicability == "safe" {
			t.Errorf("%s: %s is left and has a safe fix", f.Filename, f.Code)
		}
	}
}

// build builds the command.
func build(t *testing.T) string {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "aiolens")
	if out, err := exec.Command("go", "build", "-o", binary, "aiolens/cmd/aiolens").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return binary
}

// run runs the command in a folder and returns its output. Findings are no error.
func run(binary, dir string, args ...string) (string, error) {
	cmd := exec.Command(binary, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "NO_COLOR=1")
	out, err := cmd.Output()
	if e, ok := errors.AsType[*exec.ExitError](err); ok {
		if e.ExitCode() == 1 {
			return string(out), nil
		}
		err = errors.Join(err, errors.New(string(e.Stderr)))
	}
	return string(out), err
}
