package cancellation_test

import (
	"path/filepath"
	"strings"
	"testing"

	"aiolens/diagnostics"
	"aiolens/diagnostics/diagtest"
	"aiolens/diagnostics/rules/cancellation"
)

func TestFixtures(t *testing.T) {
	old := diagnostics.Version{Major: 3, Minor: 9}
	for _, c := range []struct {
		rule   *diagnostics.Rule
		target diagnostics.Version
	}{
		{rule: cancellation.AwaitInFinally},
		{rule: cancellation.Swallowed},
		{rule: cancellation.NotRaised},
		{rule: cancellation.AwaitInExcept},
		{rule: cancellation.Suppressed},
		{rule: cancellation.Unawaited},
		{rule: cancellation.FinallyReturn},
		{rule: cancellation.Network},
		{rule: cancellation.Retry},
		{rule: cancellation.Cleanup},
		{rule: cancellation.TimeoutError, target: old},
	} {
		paths, _ := filepath.Glob("../../../testdata/rules/" + c.rule.Name + "*.py")
		if len(paths) == 0 {
			t.Errorf("%s: no fixture", c.rule.Name)
		}
		for _, path := range paths {
			if strings.HasSuffix(path, ".fixed.py") {
				continue
			}
			t.Run(strings.TrimSuffix(filepath.Base(path), ".py"), func(t *testing.T) {
				diagtest.Run(t, []*diagnostics.Rule{c.rule}, path, diagnostics.Settings{Select: []string{c.rule.Name}, Target: c.target})
			})
		}
	}
}

// TestSuppressed checks a fix that is only offered where no comment gets lost, as the comments of fixtures would.
func TestSuppressed(t *testing.T) {
	src := "import asyncio\nfrom contextlib import suppress\nasync def f(g):\n    while True:\n        with suppress(asyncio.CancelledError):\n            await g()\n        await g()\n"
	want := strings.Replace(src, "with suppress(asyncio.CancelledError):\n            ", "", 1)
	_, found := diagtest.Findings([]*diagnostics.Rule{cancellation.Suppressed}, "f.py", src, diagnostics.Settings{})
	if len(found) != 1 || len(found[0].Fixes) != 1 {
		t.Fatal(found)
	}
	if got, _ := diagnostics.Apply(src, found[0].Fixes); got != want {
		t.Errorf("got\n%s", got)
	}
}

// TestMerge checks a fix that is only offered where no comment gets lost, as the comments of fixtures would.
func TestMerge(t *testing.T) {
	src := `import asyncio
class Pool:
    async def query(self):
        self.used += 1
        try:
            await asyncio.sleep(1)
        except Exception:
            self.used -= 1
            raise
        self.used -= 1
        return 1
`
	want := strings.Replace(src, `        except Exception:
            self.used -= 1
            raise
        self.used -= 1
`, `        finally:
            self.used -= 1
`, 1)
	_, found := diagtest.Findings([]*diagnostics.Rule{cancellation.Cleanup}, "f.py", src, diagnostics.Settings{})
	if len(found) != 1 || len(found[0].Fixes) != 1 {
		t.Fatal(found)
	}
	if got, _ := diagnostics.Apply(src, found[0].Fixes); got != want {
		t.Errorf("got\n%s", got)
	}
}
