package rules_test

import (
	"strings"
	"testing"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
	"aiolens/diagnostics/rules"
)

// TestExplain asks about the name behind each mark.
func TestExplain(t *testing.T) {
	src := `import asyncio
import time

def low():
    time.sleep(1)

def high():
    low()

async def fetch(): ...

async def main():
    •high()
    task = asyncio.create_task(•fetch())
    await •fetch()
    await asyncio.to_thread(•high)
    await asyncio.•to_thread(high)
    •print(1)
    time.•sleep(1)
    return task

def plain():
    •low()
`
	want := []string{
		"**blocks the event loop**: `high` → `low` → `time.sleep` (app.py:5)",
		"coroutine: it runs only when it is awaited, or made a task",
		"coroutine: it runs here, and other tasks may run meanwhile",
		"`high` runs in a thread or a process, off the event loop.",
		"",
		"",
		"**blocks the event loop**",
		"**blocks whatever thread calls it**: `low` → `time.sleep` (app.py:5)",
	}
	parts := strings.Split(src, "•")
	file := python.NewFile("/src/app.py", python.NewText(strings.Join(parts, "")))
	checker, _ := diagnostics.NewChecker(rules.All, diagnostics.Settings{})
	var memo diagnostics.Memo
	checker.Check(file, &memo)
	at := 0
	for i, part := range parts[:len(parts)-1] {
		at += len(part)
		facts, span := checker.Explain(file, &memo, at)
		if got := strings.Join(facts, "|"); got != want[i] {
			t.Errorf("%d: got %q, want %q", i, got, want[i])
		}
		if want[i] != "" && (span.Start > at || span.End <= at) {
			t.Errorf("%d: the span %v does not hold %d", i, span, at)
		}
	}
}
