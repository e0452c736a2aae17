package tasks_test

import (
	"path/filepath"
	"strings"
	"testing"

	"aiolens/diagnostics"
	"aiolens/diagnostics/diagtest"
	"aiolens/diagnostics/rules/tasks"
)

var all = []*diagnostics.Rule{tasks.Reference, tasks.Retrieved, tasks.Dropped, tasks.Unbounded, tasks.Ignored, tasks.Siblings, tasks.Overwritten, tasks.Wait, tasks.Sequential}

// targets are the versions of Python that fixtures are about, by the end of their name.
var targets = map[string]diagnostics.Version{"-py38": {Major: 3, Minor: 8}, "-py311": {Major: 3, Minor: 11}}

func TestFixtures(t *testing.T) {
	for _, r := range all {
		paths, _ := filepath.Glob("../../../testdata/rules/" + r.Name + "*.py")
		if len(paths) == 0 {
			t.Errorf("%s: no fixture", r.Name)
		}
		for _, path := range paths {
			base := strings.TrimSuffix(filepath.Base(path), ".py")
			if strings.HasSuffix(base, ".fixed") {
				continue
			}
			s := diagnostics.Settings{Select: []string{r.Name}}
			for suffix, v := range targets {
				if strings.HasSuffix(base, suffix) {
					s.Target = v
				}
			}
			t.Run(base, func(t *testing.T) { diagtest.Run(t, []*diagnostics.Rule{r}, path, s) })
		}
	}
}

// blocks are the blocks of Python of a page.
func blocks(doc string) []string {
	var all []string
	for _, part := range strings.Split(doc, "```python\n")[1:] {
		code, _, _ := strings.Cut(part, "```")
		all = append(all, code)
	}
	return all
}

// TestExamples checks that the first fix turns the example of each page into what to use instead.
func TestExamples(t *testing.T) {
	for _, r := range all {
		code := blocks(r.Doc)
		s := diagnostics.Settings{Select: []string{r.Name}}
		if r == tasks.Siblings {
			s.Target = targets["-py311"]
		}
		_, found := diagtest.Findings(all, "example.py", code[0], s)
		if len(found) == 0 {
			t.Errorf("%s: nothing found in its example", r.Code)
			continue
		}
		if r == tasks.Overwritten {
			continue // no fix: to wait, to cancel or to keep both, the author knows
		}
		if len(found[0].Fixes) == 0 {
			t.Errorf("%s: no fix", r.Code)
			continue
		}
		if fixed, _ := diagnostics.Apply(code[0], found[0].Fixes[:1]); fixed != code[1] {
			t.Errorf("%s: the fix gives\n%s", r.Code, fixed)
		}
	}
}
