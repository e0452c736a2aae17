package server

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.lsp.dev/uri"
)

// TestSpelling: the URI of a file that the editor has never named, after it has named others.
func TestSpellingOfClosedFiles(t *testing.T) {
	const vscode, neovim = "file:///home/a%40b/my%20%C3%B6", "file:///home/a@b/my%20%C3%B6"
	for _, c := range []struct {
		name    string
		written []string
		path    string
		want    string
	}{
		{"nothing known", nil, "/home/a+b/c.py", "file:///home/a%2Bb/c.py"},
		{"VS Code: all but letters", []string{vscode}, "/home/a@b/my ö/x+y (1)/ü.py", vscode + "/x%2By%20%281%29/%C3%BC.py"},
		{"Neovim: marks stay", []string{neovim}, "/home/a@b/my ö/x+y (1)/ü.py", neovim + "/x+y%20(1)/%C3%BC.py"},
		{"elsewhere, in the same way", []string{neovim}, "/opt/x@y.py", "file:///opt/x@y.py"},
		{"a neighbour's folder", []string{neovim + "/app.py"}, "/home/a@b/my ö/b.py", neovim + "/b.py"},
		{"a slash at the end", []string{neovim + "/"}, "/home/a@b/my ö/b.py", neovim + "/b.py"},
		{"a folder as it was spelled last", []string{vscode, neovim}, "/home/a@b/my ö/b.py", neovim + "/b.py"},
		{"small letters", []string{"file:///home/%c3%b6"}, "/home/ö/ü [1].py", "file:///home/%c3%b6/%c3%bc%20%5b1%5d.py"},
		{"nothing encoded", []string{"file:///home/ö x"}, "/home/ö x/ü#y%z z.py", "file:///home/ö x/ü%23y%25z z.py"},
		{"a drive, encoded", []string{"file:///c%3A/my"}, "/c:/my/x.py", "file:///c%3A/my/x.py"},
		{"a drive, as it is", []string{"file:///C:/my"}, "/c:/my/x@y.py", "file:///C:/my/x@y.py"},
		{"a name with a colon", []string{"file:///home/a%3Ab"}, "/home/a:b/c:d@e", "file:///home/a%3Ab/c%3Ad%40e"},
		{"dots", []string{"file:///home/../home/a@b"}, "/home/a@b/c.py", "file:///home/a@b/c.py"},
		{"others", []string{"untitled:a@b", "not a URI", "file:///x?a@b"}, "/home/a@b/c.py", "file:///home/a%40b/c.py"},
	} {
		var sp spelling
		for _, w := range c.written {
			sp.learn(w)
		}
		if got := sp.of(c.path); string(got) != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// TestClosedFilesAreSpelled: of files that are not open, in findings, related places and edits.
func TestClosedFilesAreSpelled(t *testing.T) {
	for name, spell := range map[string]func(path string) string{
		"VS Code": func(path string) string { return string(uri.File(path)) },
		"Neovim": func(path string) string {
			return strings.NewReplacer("%40", "@", "%2B", "+").Replace(string(uri.File(path)))
		},
	} {
		root := filepath.Join(t.TempDir(), "a@b")
		f := newFolder(t, "aiolens.toml", "diagnostic-mode = 'workspace'\n",
			"main.py", "import asyncio\nfrom lib import one\n\n\nasync def main():\n    one.save()\n    await asyncio.sleep(1)\n",
			"lib/__init__.py", "", "lib/one.py", "import time\n\n\ndef save():\n    time.sleep(1)\n", "x+y.py", "import time\n\n\nasync def f():\n    time.sleep(1)\n")
		if err := os.Rename(f.dir, root); err != nil {
			t.Fatal(err)
		}
		c := startStrict(t, Options{quiet: time.Millisecond})
		c.files = func(u string) (string, bool) {
			parsed, err := url.Parse(u)
			if err != nil || spell(parsed.Path) != u {
				return "", false
			}
			text, err := os.ReadFile(parsed.Path)
			return string(text), err == nil
		}
		c.caps = object{"textDocument": object{"publishDiagnostics": object{"relatedInformation": true}, "codeAction": object{
			"codeActionLiteralSupport": object{"codeActionKind": object{"valueSet": []any{}}}}}}
		c.call("initialize", object{"processId": nil, "rootUri": spell(root), "capabilities": c.caps})
		main, text := spell(filepath.Join(root, "main.py")), read(t, folder{dir: root}, "main.py")
		c.open(main, text)
		c.notify("initialized", object{}) // now the folder is read
		related := 0
		c.until(name+": findings", func() bool {
			each(c.published[main], func(o object) {
				if found, ok := o["relatedInformation"].([]any); ok {
					related = len(found)
				}
			})
			return related > 0 && c.published[spell(filepath.Join(root, "x+y.py"))] != nil
		})
		at := strings.Index(text, "save()")
		actions, _ := c.call("textDocument/codeAction", object{"textDocument": object{"uri": main}, "context": object{"diagnostics": []any{}},
			"range": object{"start": positionIn(text, at, "utf-16"), "end": positionIn(text, at, "utf-16")}}).([]any)
		named := false
		for _, a := range actions {
			each(a, func(o object) {
				changes, _ := o["changes"].(object)
				named = named || changes[spell(filepath.Join(root, "aiolens.toml"))] != nil
			})
		}
		if !named {
			t.Errorf("%s: no edit of the settings in %s", name, brief(actions))
		}
	}
}
