package snippets_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"aiolens/diagnostics"
	"aiolens/diagnostics/diagtest/pythons"
)

// interpreters are the Pythons of this machine, by version; the one that SNIPPETS_PYTHON names, which may have libraries installed, comes
// before others of its version.
func interpreters() map[diagnostics.Version]string {
	found := map[diagnostics.Version]string{}
	for minor, path := range pythons.All() {
		found[diagnostics.Version{Major: 3, Minor: minor}] = path
	}
	if mine := os.Getenv("SNIPPETS_PYTHON"); mine != "" {
		found[diagnostics.Version{Major: 3, Minor: pythons.Minor(mine)}] = mine
	}
	return found
}

// TestRun runs the snippets under Python, as -X dev -W error: none of them may fail, warn, or leave a task, a file or a socket behind. The ones
// for a new Python, and for libraries, run under SNIPPETS_PYTHON or else the newest there is; those for an older one under the oldest as well.
func TestRun(t *testing.T) {
	if testing.Short() {
		t.Skip("it asks Python, and no race of ours is in that")
	}
	installed := interpreters()
	var oldest, newest diagnostics.Version
	for v := range installed {
		if oldest.Minor == 0 || oldest.AtLeast(v.Major, v.Minor) {
			oldest = v
		}
		if v.AtLeast(newest.Major, newest.Minor) {
			newest = v
		}
	}
	if newest.Minor == 0 {
		t.Skip("SKIP: no Python is installed")
	}
	if mine := os.Getenv("SNIPPETS_PYTHON"); mine != "" {
		for v, name := range installed {
			if name == mine {
				newest = v
			}
		}
	}
	type job struct {
		Name    string `json:"name"`
		Library string `json:"library"`
		Where   string `json:"where"`
		Text    string `json:"text"`
		Use     string `json:"use"`
		title   string
	}
	jobs := map[diagnostics.Version][]job{}
	seen := map[string]bool{}
	for _, s := range samples(t) {
		if s.where == "nested" { // the same code at another place
			continue
		}
		for _, v := range []diagnostics.Version{oldest, newest} {
			if s.target != (diagnostics.Version{}) && !v.AtLeast(s.target.Major, s.target.Minor) || s.target == (diagnostics.Version{}) && v != newest ||
				!v.AtLeast(s.pattern.Since.Major, s.pattern.Since.Minor) || v != newest && s.variant.Library != "asyncio" {
				continue
			}
			if s.target == (diagnostics.Version{}) && !v.AtLeast(3, 11) && strings.Contains(s.text, "TaskGroup") {
				continue
			}
			if key := v.String() + s.pattern.Name + s.variant.Title(); !seen[key] {
				seen[key] = true
				jobs[v] = append(jobs[v], job{s.pattern.Name, s.variant.Library, s.where, s.text, s.pattern.Use, s.name})
			}
		}
	}
	script, err := filepath.Abs("testdata/run.py")
	if err != nil {
		t.Fatal(err)
	}
	var wait sync.WaitGroup
	for v, list := range jobs {
		for part := range slices.Chunk(list, (len(list)+1)/2) {
			wait.Go(func() {
				input, _ := json.Marshal(part)
				cmd := exec.CommandContext(t.Context(), installed[v], "-X", "dev", "-W", "error", script)
				cmd.Stdin = bytes.NewReader(input)
				var stderr bytes.Buffer
				cmd.Stderr = &stderr
				out, err := cmd.Output()
				answers := bytes.Split(bytes.TrimSpace(out), []byte("\n"))
				if err != nil || len(answers) != len(part) {
					t.Errorf("Python %s: %v, %d answers to %d samples, the last one may be %q\n%s", v, err, len(answers), len(part), part[min(len(answers), len(part)-1)].title, &stderr)
					return
				}
				ran := 0
				skipped := map[string]int{}
				for i, a := range answers {
					var answer struct{ Wrong, Skipped string }
					if err := json.Unmarshal(a, &answer); err != nil {
						t.Errorf("%s: %s", part[i].title, a)
					}
					if answer.Wrong != "" {
						t.Errorf("Python %s: %s: %s\n%s", v, part[i].title, answer.Wrong, part[i].Text)
					}
					if answer.Skipped != "" {
						skipped[answer.Skipped]++
					} else {
						ran++
					}
				}
				t.Logf("Python %s: %d ran, skipped for want of %v", v, ran, skipped)
			})
		}
	}
	wait.Wait()
}

// TestCompiles: every sample compiles under the Pythons that it is for.
func TestCompiles(t *testing.T) {
	if testing.Short() {
		t.Skip("it asks Python, and no race of ours is in that")
	}
	installed := interpreters()
	if len(installed) == 0 {
		t.Skip("SKIP: no Python is installed")
	}
	all := samples(t)
	var wait sync.WaitGroup
	for v, python := range installed {
		var texts, titles []string
		for _, s := range all {
			modern := s.target == (diagnostics.Version{}) && v.AtLeast(3, 11)
			if modern || s.target != (diagnostics.Version{}) && v.AtLeast(s.target.Major, s.target.Minor) {
				if !slices.Contains(texts, s.text) {
					texts, titles = append(texts, s.text), append(titles, s.name)
				}
			}
		}
		wait.Go(func() {
			input, _ := json.Marshal(texts)
			cmd := exec.CommandContext(t.Context(), python, "-W", "error", "-c", `
import json, sys
for i, text in enumerate(json.load(sys.stdin)):
    try:
        compile(text, "x", "exec")
    except Exception as error:
        print(i, repr(error))
`)
			cmd.Stdin = bytes.NewReader(input)
			out, err := cmd.CombinedOutput()
			if err != nil || len(out) > 0 {
				t.Errorf("Python %s: %v\n%s%q", v, err, out, titles[:min(len(titles), 3)])
			}
		})
	}
	wait.Wait()
}
