package hover_test

import (
	"bytes"
	"encoding/json"
	"net/url"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"aiolens/diagnostics"
	"aiolens/diagnostics/diagtest/pythons"
	"aiolens/diagnostics/rules"
	"aiolens/hover"
	"aiolens/snippets"
)

// A hover box of VS Code is 250 px high and 750 px wide at first: editor/contrib/hover/browser/contentHoverWidget.ts. The other sizes are
// measured in the pictures of the README.
const (
	boxHeight  = 250 // pixels
	lineHeight = 19  // pixels, of text and of code
	gap        = 8   // pixels between paragraphs
	margins    = 9   // pixels above and below, together
	textWidth  = 105 // characters
	codeWidth  = 86
)

// hosts are where the official pages of the libraries are.
var hosts = map[string]string{
	"asyncio": "docs.python.org", "builtins": "docs.python.org", "concurrent": "docs.python.org", "contextlib": "docs.python.org",
	"contextvars": "docs.python.org", "inspect": "docs.python.org", "unittest": "docs.python.org",
	"aiofiles": "github.com", "aiohttp": "docs.aiohttp.org", "anyio": "anyio.readthedocs.io", "asyncpg": "magicstack.github.io",
	"httpx": "www.python-httpx.org", "pytest": "pytest-asyncio.readthedocs.io", "pytest_asyncio": "pytest-asyncio.readthedocs.io",
	"redis": "redis.io", "trio": "trio.readthedocs.io", "uvloop": "uvloop.readthedocs.io",
}

// TestCards checks that each card has all its parts, in a form that fits a hover box.
func TestCards(t *testing.T) {
	names := hover.Names()
	if len(names) < 400 {
		t.Errorf("only %d cards", len(names))
	}
	seen := map[string]bool{}
	for _, name := range names {
		if seen[name] {
			t.Errorf("%s: twice", name)
		}
		seen[name] = true
		c := hover.Lookup(name)
		if c == nil || c.Name != name {
			t.Errorf("%s: not found by its name", name)
			continue
		}
		for part, text := range map[string]string{"signature": c.Signature, "summary": c.Summary, "pitfall": c.Pitfall, "example": c.Example, "title": c.Title, "link": c.Link} {
			if text == "" {
				t.Errorf("%s: no %s", name, part)
			}
		}
		last := name[strings.LastIndexByte(name, '.')+1:]
		if !regexp.MustCompile(`\b` + last + `\b`).MatchString(c.Signature) {
			t.Errorf("%s: the signature %s has another name", name, c.Signature)
		}
		for _, text := range []string{c.Summary, c.Pitfall} {
			if !strings.HasSuffix(text, ".") && !strings.HasSuffix(text, ".`") && !strings.HasSuffix(text, "?") && !strings.HasSuffix(text, "\".") {
				t.Errorf("%s: %q is no sentence", name, text)
			}
			if strings.Contains(text, "\n") {
				t.Errorf("%s: %q is not on one line", name, text)
			}
		}
		checkLink(t, c)
		for _, v := range []diagnostics.Version{{}, {Major: 3, Minor: 10}} {
			if shown := c.Markdown(v); height(shown) > boxHeight {
				t.Errorf("%s: %d pixels, more than fit into a hover box:\n%s", name, height(shown), shown)
			}
		}
	}
}

func checkLink(t *testing.T, c *hover.Card) {
	t.Helper()
	u, err := url.Parse(c.Link)
	top, _, dotted := strings.Cut(c.Name, ".")
	if !dotted {
		top = "builtins"
	}
	switch {
	case err != nil || u.Scheme != "https" || u.Path == "" || strings.ContainsAny(c.Link, " ()"):
		t.Errorf("%s: bad link %q (%v)", c.Name, c.Link, err)
	case u.Host != hosts[top] && !strings.HasPrefix(c.Link, "https://github.com/MagicStack/uvloop"):
		t.Errorf("%s: the link leads to %s, want %s", c.Name, u.Host, hosts[top])
	}
}

var target = regexp.MustCompile(`\]\([^)]*\)`)

// height is how many pixels of a box Markdown takes.
func height(markdown string) int {
	lines, paragraphs, code := 0, 0, false
	for line := range strings.SplitSeq(target.ReplaceAllString(markdown, ""), "\n") {
		width := textWidth
		switch {
		case strings.HasPrefix(line, "```"):
			if code = !code; code {
				paragraphs++
			}
			continue
		case code:
			width = codeWidth
		case line == "":
			continue
		default:
			paragraphs++
		}
		lines += 1 + max(0, utf8.RuneCountInString(line)-1)/width
	}
	return margins + lines*lineHeight + (paragraphs-1)*gap
}

// TestPrefixes: each prefix that a card names is one of a snippet.
func TestPrefixes(t *testing.T) {
	named := 0
	for _, name := range hover.Names() {
		if p := hover.Lookup(name).Snippet; p != "" {
			named++
			if s := snippets.Find(p); s == nil || s.Prefix() != p {
				t.Errorf("%s: there is no snippet %q", name, p)
			}
		}
	}
	if named < 100 {
		t.Errorf("only %d cards name a snippet", named)
	}
}

var (
	definition = regexp.MustCompile(`(?m)^(async def|def|class|@)\b`)
	starter    = regexp.MustCompile(`\b(run|run_app|Runner|start_blocking_portal|run_until_complete|Thread)\(`)
	awaits     = regexp.MustCompile(`\b(await|async with|async for)\b`)
)

// module is the example of a card as a module that imports what it names. What is no definition, and starts no loop, is put into a
// coroutine.
func module(c *hover.Card) string {
	code := c.Example
	if !definition.MatchString(code) && !starter.MatchString(code) {
		code = "async def example():\n    await before()\n    " + strings.ReplaceAll(code, "\n", "\n    ")
		code = strings.ReplaceAll(code, "\n    \n", "\n\n")
	} else if outside := outermost(code); awaits.MatchString(outside) {
		code = "async def example():\n    " + strings.ReplaceAll(code, "\n", "\n    ")
		code = strings.ReplaceAll(code, "\n    \n", "\n\n")
	}
	imports := ""
	for _, m := range []string{
		"aiofiles", "aiohttp", "anyio", "asyncio", "asyncpg", "concurrent.futures", "contextlib", "contextvars", "functools", "httpx", "inspect", "json", "logging",
		"pytest", "pytest_asyncio", "redis.asyncio", "signal", "socket", "sys", "threading", "trio", "unittest", "unittest.mock", "uvloop",
	} {
		if regexp.MustCompile(`\b`+regexp.QuoteMeta(m)+`\.`).MatchString(code) && !strings.Contains(code, "import "+m) {
			imports += "import " + m + "\n"
		}
	}
	if strings.HasPrefix(c.Example, "import ") || strings.HasPrefix(c.Example, "from ") {
		return imports + code + "\n"
	}
	return imports + "\n\n" + code + "\n"
}

// outermost is code without the bodies of its functions and classes.
func outermost(code string) string {
	var kept []string
	inside := false
	for line := range strings.SplitSeq(code, "\n") {
		if inside && (line == "" || strings.HasPrefix(line, " ")) {
			continue
		}
		inside = regexp.MustCompile(`^(async def|def|class) `).MatchString(line)
		if !inside {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "\n")
}

// TestExamples checks that no rule has anything against the examples.
func TestExamples(t *testing.T) {
	var checker *diagnostics.Checker
	checker, _ = diagnostics.NewChecker(rules.All, diagnostics.Settings{Select: []string{"ALL"}, Target: diagnostics.Version{Major: 3, Minor: 15}})
	for _, name := range hover.Names() {
		src := module(hover.Lookup(name))
		for _, f := range find(checker, src) {
			t.Errorf("%s: %s %s\n%s", name, f.Rule.Code, f.Message, src)
		}
	}
}

// TestNamesResolve checks that what the examples use is what the cards are about: each name, written as one would import it, gets its card.
func TestNamesResolve(t *testing.T) {
	for _, name := range hover.Names() {
		parts := strings.Split(name, ".")
		src := "import asyncio\nimport " + parts[0] + "\n" + name + "\n"
		for i := len(parts) - 1; i > 1; i-- {
			if l := parts[i-1]; strings.ToLower(l) == l {
				src = "import asyncio\nimport " + strings.Join(parts[:i], ".") + "\n" + name + "\n"
				break
			}
		}
		if len(parts) == 1 {
			src = "import asyncio\n" + name + "\n"
		}
		_, at := look(t, src, diagnostics.Settings{})
		if a := at(len(src) - 2); a == nil || a.Card == nil || a.Card.Name != name {
			t.Errorf("%s: another card, or none: %+v\n%s", name, a, src)
		}
	}
}

// standard are the files of cards about the standard library.
var standard = []string{"asyncio", "builtins", "concurrent", "contextlib", "contextvars", "inspect", "unittest"}

// sheet is what the script testdata/check.py compares with the interpreter.
type sheet struct {
	Name       string            `json:"name"`
	Signature  string            `json:"signature"`
	Since      string            `json:"since"`
	Removed    string            `json:"removed"`
	Parameters map[string]string `json:"parameters"`
	Module     string            `json:"module"`
	Standard   bool              `json:"standard"`
}

// TestAgainstPython asks the interpreters of this machine whether the examples compile, whether what the cards are about exists from the
// version on that they say, and whether the signatures are right. The environment variable CARDS_PYTHON may name an interpreter that has the
// other libraries, in the versions that the cards are about.
func TestAgainstPython(t *testing.T) {
	if testing.Short() {
		t.Skip("it asks Python, and no race of ours is in that")
	}
	_, newest := pythons.Newest()
	if newest == 0 {
		t.Skip("SKIP: no Python is installed; the cards are not compared with it")
	}
	var sheets []sheet
	for _, name := range hover.Names() {
		c := hover.Lookup(name)
		top, _, dotted := strings.Cut(name, ".")
		s := sheet{Name: name, Signature: c.Signature, Module: module(c), Standard: !dotted || slices.Contains(standard, top)}
		s.Since, s.Removed, s.Parameters = c.Versions()
		sheets = append(sheets, s)
	}
	input, err := json.Marshal(sheets)
	if err != nil {
		t.Fatal(err)
	}
	ask := func(t *testing.T, exe string, args ...string) {
		cmd := exec.Command(exe, args...)
		cmd.Stdin = bytes.NewReader(input)
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Errorf("%v", err)
		}
		for line := range strings.Lines(string(out)) {
			t.Error(strings.TrimSpace(line))
		}
	}
	for minor, exe := range pythons.All() {
		t.Run("3."+strconv.Itoa(minor), func(t *testing.T) {
			t.Parallel()
			args := []string{"-S", "-W", "ignore", "testdata/check.py"} // without the packages that happen to be installed
			if minor == newest {
				args = append(args, "newest")
			}
			ask(t, exe, args...)
		})
	}
	t.Run("libraries", func(t *testing.T) {
		exe := os.Getenv("CARDS_PYTHON")
		if exe == "" {
			t.Skip("SKIP: CARDS_PYTHON names no Python that has them")
		}
		ask(t, exe, "-W", "ignore", "testdata/check.py", "libraries")
	})
}
