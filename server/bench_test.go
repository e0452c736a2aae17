package server

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"aiolens/diagnostics/rules"
)

// BenchmarkCompletion is one keystroke in a file of 10,000 lines, with the question what could stand there: the time from the question to the
// answer, which waits for the analysis of what was typed. The file is made of the example project.
func BenchmarkCompletion(b *testing.B) {
	paths, err := filepath.Glob("../testdata/tour/*.py")
	if err != nil || len(paths) == 0 {
		b.Fatal("no files of the tour")
	}
	var text strings.Builder
	for strings.Count(text.String(), "\n") < 10_000 {
		for _, p := range paths {
			data, err := os.ReadFile(p)
			if err != nil {
				b.Fatal(err)
			}
			text.Write(data)
			text.WriteByte('\n')
		}
	}
	text.WriteString("async def typing():\n    await worker()\n    \n")
	s := start(b, Options{Rules: rules.All})
	s.initialize(completing(true))
	s.didOpen(app, text.String())
	line := uint32(strings.Count(text.String(), "\n") - 1)
	s.complete(app, line, 4)
	var times []time.Duration
	version := int32(1)
	for b.Loop() {
		version++
		s.didChange(app, version, insert(line, 4, "g"))
		began := time.Now()
		if itemOf(s.complete(app, line, 5), "aio-gather") == nil {
			b.Fatal("no aio-gather")
		}
		times = append(times, time.Since(began))
		version++
		s.didChange(app, version, replace(line, 4, line, 5, ""))
		s.complete(app, line, 4)
	}
	slices.Sort(times)
	b.ReportMetric(float64(times[len(times)/2].Microseconds())/1000, "ms/answer")
	b.ReportMetric(float64(times[len(times)*99/100].Microseconds())/1000, "p99-ms")
}
