package sync_test

import (
	"path/filepath"
	"strings"
	"testing"

	"aiolens/diagnostics"
	"aiolens/diagnostics/diagtest"
	"aiolens/diagnostics/rules"
)

const fixtures = "../../../testdata/rules/"

// TestFixtures checks each fixture with the rule that it is named after.
func TestFixtures(t *testing.T) {
	for _, r := range rules.All {
		if r.Family != "sync" {
			continue
		}
		paths, err := filepath.Glob(fixtures + r.Name + "*.py")
		if err != nil || len(paths) == 0 {
			t.Errorf("%s: no fixture: %v", r.Name, err)
			continue
		}
		diagtest.Compile(t, paths)
		for _, path := range paths {
			if strings.HasSuffix(path, ".fixed.py") {
				continue
			}
			t.Run(strings.TrimSuffix(filepath.Base(path), ".py"), func(t *testing.T) {
				t.Parallel()
				s := diagnostics.Settings{Hints: strings.HasSuffix(path, "-hints.py")}
				if strings.Contains(path, "-py39") {
					s.Target = diagnostics.Version{Major: 3, Minor: 9}
				}
				diagtest.Run(t, []*diagnostics.Rule{r}, path, s)
			})
		}
	}
}

// TestExamples checks that the first fix turns the example of each page into what to use instead, where it should.
func TestExamples(t *testing.T) {
	other := map[string]bool{
		"AIO505": true, // the import that is no longer needed stays
		"AIO506": true, // no fix
		"AIO509": true,
		"AIO510": true,
	}
	for _, r := range rules.All {
		if r.Family != "sync" || other[r.Code] {
			continue
		}
		var code []string
		for _, part := range strings.Split(r.Doc, "```python\n")[1:] {
			block, _, _ := strings.Cut(part, "```")
			code = append(code, block)
		}
		_, found := diagtest.Findings([]*diagnostics.Rule{r}, "example.py", code[0], diagnostics.Settings{})
		if len(found) != 1 || len(found[0].Fixes) == 0 {
			t.Errorf("%s: %d findings in its example, or no fix", r.Code, len(found))
			continue
		}
		if fixed, _ := diagnostics.Apply(code[0], found[0].Fixes[:1]); fixed != code[1] {
			t.Errorf("%s: the fix gives\n%s", r.Code, fixed)
		}
	}
}
