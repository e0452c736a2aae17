package awaits_test

import (
	"path/filepath"
	"strings"
	"testing"

	"aiolens/diagnostics"
	"aiolens/diagnostics/diagtest"
	"aiolens/diagnostics/rules/awaits"
)

var all = []*diagnostics.Rule{
	awaits.NeverAwaited, awaits.Dropped, awaits.Variable, awaits.Value, awaits.Condition, awaits.Twice, awaits.NonAwaitable,
	awaits.Sink, awaits.NotCalled, awaits.With, awaits.For, awaits.Test, awaits.SyncExpected, awaits.CouldBeSync, awaits.Outside, awaits.MissingAwait,
}

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

// blocks are the blocks of Python of a page.
func blocks(doc string) []string {
	var all []string
	for _, part := range strings.Split(doc, "```python\n")[1:] {
		code, _, _ := strings.Cut(part, "```")
		all = append(all, code)
	}
	return all
}

// TestExamples checks that the first fix turns the example of each page into what to use instead, where it should.
func TestExamples(t *testing.T) {
	other := map[string]bool{
		"AIO106":   true, // no fix
		"ASYNC124": true, // no fix
		"AIO107":   true, // the import that is no longer needed stays
		"PLE1142":  true, // so does the comment about the version
	}
	for _, r := range all {
		code := blocks(r.Doc)
		_, found := diagtest.Findings(all, "example.py", code[0], diagnostics.Settings{Select: []string{r.Name}})
		if len(found) == 0 {
			t.Errorf("%s: nothing found in its example", r.Code)
			continue
		}
		if other[r.Code] {
			continue
		}
		if len(found[0].Fixes) == 0 {
			t.Errorf("%s: no fix", r.Code)
			continue
		}
		fixed, _ := diagnostics.Apply(code[0], found[0].Fixes[:1])
		if fixed != code[1] && r.Code != "AIO113" {
			t.Errorf("%s: the fix gives\n%s", r.Code, fixed)
		}
	}
}

// TestUnfinished checks that nothing is said of an await under the half-typed head of a coroutine function.
func TestUnfinished(t *testing.T) {
	for code, want := range map[string]int{
		"async de main():\n    for i in range(3):\n        await work()\n    await work()\n": 0,
		"class A:\n    asyn def run(self):\n        await work()\n":                          0,
		"if True:\n    await work()\n":                                                       1,
	} {
		if _, found := diagtest.Findings([]*diagnostics.Rule{awaits.Outside}, "typing.py", code, diagnostics.Settings{}); len(found) != want {
			t.Errorf("%d findings instead of %d in\n%s", len(found), want, code)
		}
	}
}
