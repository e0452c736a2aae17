package resources_test

import (
	"path/filepath"
	"strings"
	"testing"

	"aiolens/diagnostics"
	"aiolens/diagnostics/diagtest"
	"aiolens/diagnostics/rules/resources"
)

var all = []*diagnostics.Rule{resources.Open, resources.Session, resources.Manager, resources.Generator, resources.Writer}

func TestFixtures(t *testing.T) {
	for _, r := range all {
		paths, _ := filepath.Glob("../../../testdata/rules/" + r.Name + "*.py")
		if len(paths) == 0 {
			t.Errorf("%s: no fixture", r.Name)
		}
		for _, path := range paths {
			if strings.HasSuffix(path, ".fixed.py") {
				continue
			}
			t.Run(strings.TrimSuffix(filepath.Base(path), ".py"), func(t *testing.T) {
				diagtest.Run(t, []*diagnostics.Rule{r}, path, diagnostics.Settings{Select: []string{r.Name}})
			})
		}
	}
}

func TestFixturesCompile(t *testing.T) {
	for _, r := range all {
		diagtest.Compiles(t, "../../../testdata/rules/"+r.Name+"*.py")
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
		_, found := diagtest.Findings(all, "example.py", code[0], diagnostics.Settings{Select: []string{r.Name}})
		switch {
		case len(found) == 0:
			t.Errorf("%s: nothing found in its example", r.Code)
		case r == resources.Session: // no fix: several functions have to change
			if len(found[0].Fixes) > 0 {
				t.Errorf("%s: there is a fix", r.Code)
			}
		case len(found[0].Fixes) == 0:
			t.Errorf("%s: no fix", r.Code)
		default:
			if fixed, _ := diagnostics.Apply(code[0], found[0].Fixes[:1]); fixed != code[1] {
				t.Errorf("%s: the fix gives\n%s", r.Code, fixed)
			}
		}
	}
}
