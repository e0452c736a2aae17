package hover_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
	"aiolens/diagnostics/rules"
	"aiolens/hover"
)

var (
	mark   = regexp.MustCompile(`# hover: (.*)$`)
	shared = regexp.MustCompile("(?m)^`([^`]+)`, ")
)

// TestFixtures asks about every byte of the fixtures. A line lists in "# hover: ..." what is said about it, in the order of the text: the
// names of cards, and "await[name, ...]" for what may change during an await. All else must be silent.
func TestFixtures(t *testing.T) {
	paths, _ := filepath.Glob("../testdata/hover/*.py")
	if len(paths) == 0 {
		t.Fatal("no fixtures")
	}
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			for i, said := range sayings(t, string(data)) {
				text := strings.Split(string(data), "\n")[i]
				want := ""
				if m := mark.FindStringSubmatch(text); m != nil {
					want = m[1]
				}
				if got := strings.Join(said, " "); got != want {
					t.Errorf("%d: %s\ngot  %s\nwant %s", i+1, strings.TrimSpace(text), got, want)
				}
			}
		})
	}
}

// look checks a file and returns what asks about an offset of it.
func look(t testing.TB, src string, settings diagnostics.Settings) (*python.File, func(offset int) *hover.Answer) {
	t.Helper()
	file := python.NewFile("/src/app.py", python.NewText(src))
	checker, _ := diagnostics.NewChecker(rules.All, settings)
	var memo diagnostics.Memo
	checker.Check(file, &memo)
	return file, func(offset int) *hover.Answer {
		pass, start := checker.Look(file, &memo, offset)
		if pass == nil {
			return nil
		}
		answer := hover.At(pass, file, start, offset)
		if answer != nil {
			answer.Span = answer.Span.Shift(start)
		}
		return answer
	}
}

// sayings is what is said about each line of a file.
func sayings(t *testing.T, src string) [][]string {
	file, at := look(t, src, diagnostics.Settings{})
	lines := make([][]string, strings.Count(src, "\n")+1)
	last := python.Span{}
	for i := range src {
		a := at(i)
		if a == nil || a.Span == last {
			continue
		}
		if !a.Span.Contains(i) {
			t.Errorf("the span %v does not hold %d", a.Span, i)
		}
		last = a.Span
		said := ""
		if a.Card != nil {
			said = a.Card.Name
		} else {
			var names []string
			for _, m := range shared.FindAllStringSubmatch(a.Markdown, -1) {
				names = append(names, m[1])
			}
			said = "await[" + strings.Join(names, ", ") + "]"
		}
		n := file.Text().LineAt(i)
		lines[n] = append(lines[n], said)
	}
	return lines
}

// find checks a file with a checker.
func find(checker *diagnostics.Checker, src string) []diagnostics.Finding {
	return checker.Check(python.NewFile("/src/app.py", python.NewText(src)), new(diagnostics.Memo))
}
