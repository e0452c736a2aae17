package hover_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"aiolens/diagnostics/rules"
	"aiolens/hover"
)

// documented finds links to the newest documentation of Python.
var documented = regexp.MustCompile(`https://docs\.python\.org/3/([\w./-]+)(?:#([\w.-]+))?`)

// TestLinks checks that what the cards and the pages of rules link to is in the documentation of Python, of which the environment variable
// PYTHON_DOCS names a copy: the folder html of Debian's package python3.15-doc.
func TestLinks(t *testing.T) {
	folder := os.Getenv("PYTHON_DOCS")
	if _, err := os.Stat(folder); err != nil {
		t.Skip("SKIP: PYTHON_DOCS names no documentation of Python")
	}
	pages := map[string]string{}
	check := func(from, text string) {
		for _, link := range documented.FindAllStringSubmatch(text, -1) {
			name, anchor := link[1], link[2]
			if strings.HasSuffix(name, "/") {
				name += "index.html"
			}
			page, ok := pages[name]
			if !ok {
				data, err := os.ReadFile(filepath.Join(folder, name))
				if err != nil {
					t.Errorf("%s: %s: there is no such page", from, link[0])
				}
				page = string(data)
				pages[name] = page
			}
			if page != "" && anchor != "" && !strings.Contains(page, `id="`+anchor+`"`) {
				t.Errorf("%s: %s: there is no such place on the page", from, link[0])
			}
		}
	}
	for _, name := range hover.Names() {
		check(name, hover.Lookup(name).Link)
	}
	for _, r := range rules.All {
		check(r.Name, r.Doc)
	}
	if len(pages) < 20 {
		t.Errorf("only %d pages are linked to", len(pages))
	}
}
