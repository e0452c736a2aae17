package rules_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
	"aiolens/diagnostics/rules"
)

// source is asynchronous Python of about the given number of lines, with the shapes of real code: a large class and
// many functions. The fixtures of the rules give the text.
func source(b *testing.B, lines int) string {
	b.Helper()
	paths, err := filepath.Glob("../../testdata/tour/*.py")
	if err != nil || len(paths) == 0 {
		b.Fatal("no files of the tour")
	}
	var all strings.Builder
	for n := 0; n < lines; {
		for _, p := range paths {
			data, err := os.ReadFile(p)
			if err != nil {
				b.Fatal(err)
			}
			all.Write(data)
			all.WriteString("\n")
			n += strings.Count(string(data), "\n") + 1
		}
	}
	return all.String()
}

func checker() *diagnostics.Checker {
	c, _ := diagnostics.NewChecker(rules.All, diagnostics.Settings{Hints: true})
	return c
}

// BenchmarkParse splits and parses a file of 2,000 lines.
func BenchmarkParse(b *testing.B) {
	src := source(b, 2000)
	b.SetBytes(int64(len(src)))
	for b.Loop() {
		for blk := range python.NewFile("", python.NewText(src)).Blocks {
			blk.Root()
		}
	}
}

// BenchmarkSplit splits a file of 10,000 lines into blocks without parsing them.
func BenchmarkSplit(b *testing.B) {
	src := source(b, 10000)
	b.SetBytes(int64(len(src)))
	for b.Loop() {
		python.NewFile("", python.NewText(src)).Len() // splits when it is asked
	}
}

// BenchmarkCheck checks a file of 2,000 lines from scratch, as `aiolens check` does.
func BenchmarkCheck(b *testing.B) {
	src := source(b, 2000)
	c := checker()
	b.SetBytes(int64(len(src)))
	for b.Loop() {
		c.CheckIn(diagnostics.NewView(nil), python.NewFile("", python.NewText(src)))
	}
}

// library is the folder of the standard library of the python3 on the path.
func library(b *testing.B) string {
	b.Helper()
	out, err := exec.Command("python3", "-c", "import os; print(os.path.dirname(os.__file__))").Output()
	if err != nil {
		b.Skip("SKIP: python3 is not installed")
	}
	return strings.TrimSpace(string(out))
}

// BenchmarkStandardLibrary checks every file of the standard library, its tests included, one after another.
func BenchmarkStandardLibrary(b *testing.B) {
	root := library(b)
	var texts []string
	size := 0
	err := filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && d.Name() == "site-packages":
			return filepath.SkipDir
		case strings.HasSuffix(path, ".py"):
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			texts = append(texts, string(data))
			size += len(data)
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	c := checker()
	b.SetBytes(int64(size))
	for b.Loop() {
		for _, text := range texts {
			c.CheckIn(diagnostics.NewView(nil), python.NewFile("", python.NewText(text)))
		}
	}
}

// BenchmarkKeystroke types one character after another inside a function and checks after each, as the server does.
func BenchmarkKeystroke(b *testing.B) {
	const sleep = "time.sleep(1)"
	b.Run("2000", func(b *testing.B) { keystrokes(b, source(b, 2000), sleep) })
	b.Run("10000", func(b *testing.B) { keystrokes(b, source(b, 10000), sleep) })
	b.Run("10000 return", func(b *testing.B) { keystrokes(b, source(b, 10000), "return None") })
	b.Run("base_events", func(b *testing.B) {
		data, err := os.ReadFile(filepath.Join(library(b), "asyncio", "base_events.py"))
		if err != nil {
			b.Fatal(err)
		}
		keystrokes(b, string(data), sleep)
	})
}

// keystrokes types a statement in the middle of a text. Beside the time it reports the time of the processors, which other programs
// disturb less.
func keystrokes(b *testing.B, src, stmt string) {
	text := python.NewText(src)
	c := checker()
	memo := &diagnostics.Memo{}
	file := python.NewFile("", text)
	c.Check(file, memo)
	at := text.Len() / 2
	for {
		line := text.Line(text.LineAt(at))
		s := text.String()[line.Start:line.End]
		if strings.HasPrefix(s, "    ") && strings.TrimSpace(s) != "" && !strings.HasPrefix(strings.TrimSpace(s), "\"") {
			indent := s[:len(s)-len(strings.TrimLeft(s, " "))]
			text = text.Splice(python.Span{Start: line.Start, End: line.Start}, indent+"\n")
			at = line.Start + len(indent)
			break
		}
		at = line.End + 1
	}
	k := 0
	began := processorTime(b)
	b.ResetTimer()
	for b.Loop() {
		if k == len(stmt) {
			text = text.Splice(python.Span{Start: at, End: at + k}, "")
			k = 0
		} else {
			text = text.Splice(python.Span{Start: at + k, End: at + k}, stmt[k:k+1])
			k++
		}
		file = file.Update(text)
		c.Check(file, memo)
	}
	b.ReportMetric(float64(processorTime(b)-began)/float64(b.N), "cpu-ns/op")
}

// processorTime is what the program has used so far.
func processorTime(b *testing.B) time.Duration {
	b.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
