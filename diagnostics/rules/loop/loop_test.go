package loop_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"aiolens/diagnostics"
	"aiolens/diagnostics/diagtest"
	"aiolens/diagnostics/rules/loop"
)

var all = []*diagnostics.Rule{loop.Get, loop.Nested, loop.Manual, loop.Removed, loop.Newer, loop.NotThreadSafe, loop.NotRunning}

// target is the comment of a fixture that says which Python is the oldest that it is for.
var target = regexp.MustCompile(`(?m)^# target (\S+)$`)

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
				settings := diagnostics.Settings{}
				src, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				if m := target.FindStringSubmatch(string(src)); m != nil {
					settings.Target, _ = diagnostics.ParseVersion(m[1])
				}
				diagtest.Run(t, []*diagnostics.Rule{r}, path, settings)
			})
		}
	}
}

// TestNotebook: a loop runs where the cells of a notebook stand.
func TestNotebook(t *testing.T) {
	src := `import asyncio

async def work():
    await asyncio.sleep(1)

task = asyncio.create_task(work())
loop = asyncio.get_event_loop()
loop.run_until_complete(task)
asyncio.run(work())
`
	for path, want := range map[string]string{"x.ipynb": "8 AIO602\n9 AIO602\n", "x.py": "6 AIO607\n8 AIO603\n"} {
		file, found := diagtest.Findings(all, path, src, diagnostics.Settings{})
		got := ""
		for _, f := range found {
			got += fmt.Sprintf("%d %s\n", file.Text().LineAt(f.Span.Start)+1, f.Rule.Code)
		}
		if got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
}
