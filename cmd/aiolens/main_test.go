package main

import (
	"context"
	"os"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
)

// TestMain makes commands of the test binary for the scripts: aiolens is the program with the rules below, so that the
// scripts do not depend on what the real rules find; "real" is the program as it is.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"aiolens": func() { os.Exit(fake().run(context.Background(), os.Args[1:])) },
		"real":    main,
	})
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:           "testdata",
		UpdateScripts: os.Getenv("UPDATE") != "",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"bytes": writeBytes,
		},
	})
}

// writeBytes is "bytes FILE TEXT", TEXT with the escapes of Go.
func writeBytes(ts *testscript.TestScript, _ bool, args []string) {
	text := strings.NewReplacer(`\r`, "\r", `\n`, "\n", `\xe9`, "\xe9", `\xff`, "\xff", `\ufeff`, "\uFEFF").Replace(args[1])
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o666))
}

// The rules of the scripts look for words.
var (
	sleep = &diagnostics.Rule{
		Code: "ASYNC251", Name: "blocking-sleep", Family: "blocking", Aliases: []string{"S7491"}, Severity: diagnostics.Error,
		Doc: "# blocking-sleep\n\n`time.sleep` stops the event loop. Nothing else runs meanwhile.\n\nBad:\n\n    time.sleep(1)\n",
	}
	drop = &diagnostics.Rule{
		Code: "AIO101", Name: "coroutine-never-awaited", Family: "awaits", Severity: diagnostics.Warning,
		Doc: "# coroutine-never-awaited\n\nA coroutine that nobody awaits never runs.\n",
	}
	hint = &diagnostics.Rule{
		Code: "AIO303", Name: "unbounded-concurrency", Family: "tasks", Severity: diagnostics.Info,
		Doc: "# unbounded-concurrency\n\nToo many tasks.\n",
	}
)

func fake() *app {
	return &app{
		in: os.Stdin, out: os.Stdout, err: os.Stderr, color: os.Getenv("COLOR") != "",
		rules:   []*diagnostics.Rule{sleep, drop, hint},
		checker: fakeChecker,
	}
}

func fakeChecker(s diagnostics.Settings) check {
	runs := func(r *diagnostics.Rule) bool {
		selected := s.Select == nil && r.Severity != diagnostics.Info
		for _, sel := range append(s.Select, s.ExtendSelect...) {
			selected = selected || r.Matches(sel)
		}
		for _, sel := range s.Ignore {
			selected = selected && !r.Matches(sel)
		}
		return selected
	}
	return func(_ *diagnostics.View, file *python.File) []diagnostics.Finding {
		var found []diagnostics.Finding
		src := file.Text().String()
		each := func(r *diagnostics.Rule, word string, f func(*diagnostics.Finding)) {
			for at := 0; runs(r); {
				i := strings.Index(src[at:], word)
				if i < 0 {
					return
				}
				finding := diagnostics.Finding{Rule: r, Severity: r.Severity, Span: python.Span{Start: at + i, End: at + i + len(word)}}
				f(&finding)
				found = append(found, finding)
				at += i + len(word)
			}
		}
		if strings.Contains(src, "PANIC") {
			var file *python.File
			_ = file.Path
		}
		each(sleep, "time.sleep(1)", func(f *diagnostics.Finding) {
			f.Message = "`time.sleep` blocks the event loop; use `await asyncio.sleep`"
			edits := []diagnostics.Edit{{Span: f.Span, New: "await asyncio.sleep(1)"}}
			if !strings.Contains(src, "import asyncio") {
				edits = append([]diagnostics.Edit{{New: "import asyncio" + diagnostics.Newline(file.Text())}}, edits...)
			}
			f.Fixes = []diagnostics.Fix{
				{Title: "Use a thread", Edits: []diagnostics.Edit{{Span: f.Span, New: "await asyncio.to_thread(time.sleep, 1)"}}},
				{Title: "Use `await asyncio.sleep`", Safe: true, Edits: edits},
			}
		})
		each(drop, "work()", func(f *diagnostics.Finding) {
			f.Message = "the coroutine `work` is never awaited; add `await`"
			f.Related = []diagnostics.Related{
				{File: python.NewFile("lib/jobs.py", python.NewText("\nasync def work(): ...\n")), Span: python.Span{Start: 11, End: 15}, Message: "`work` is a coroutine function"},
				{Span: python.Span{Start: 0, End: 6}, Message: "imported here"},
			}
		})
		each(drop, "maybe()", func(f *diagnostics.Finding) {
			f.Message = "perhaps never awaited"
			f.Fixes = []diagnostics.Fix{{Title: "Add `await`", Edits: []diagnostics.Edit{{Span: f.Span, New: "await sure()"}}}}
		})
		each(drop, "breaks()", func(f *diagnostics.Finding) {
			f.Message = "its fix breaks the file"
			f.Fixes = []diagnostics.Fix{{Title: "Break", Safe: true, Edits: []diagnostics.Edit{{Span: f.Span, New: "def ((SYNTAX ERROR"}}}}
		})
		each(drop, "euro()", func(f *diagnostics.Finding) {
			f.Message = "its fix needs Unicode"
			f.Fixes = []diagnostics.Fix{{Title: "Pay", Safe: true, Edits: []diagnostics.Edit{{Span: f.Span, New: "'€'"}}}}
		})
		each(drop, "long(\n", func(f *diagnostics.Finding) { f.Message = "several lines" })
		each(hint, "gather(", func(f *diagnostics.Finding) { f.Message = "no limit" })
		return found
	}
}
