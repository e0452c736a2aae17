package diagnostics_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// layer says what the packages of some folders may import.
type layer struct {
	dirs  string   // a pattern of path.Match on folders, from the top of the module
	own   []string // patterns on those folders of this module that it may import
	other []string // modules, or packages of the standard library that are refused below, that it may import
	free  bool     // it may touch the world outside and start goroutines
}

// layers are the rooms of the house, from the ground up. A package that is not in one of them has no business here.
var layers = []layer{
	{dirs: "diagnostics/shape"},
	{dirs: "diagnostics/knowledge", own: []string{"diagnostics/shape"}},
	{dirs: "diagnostics/python", own: []string{"diagnostics/shape"}, other: []string{"C", "unsafe", "context", "github.com/smacker/go-tree-sitter"}},
	{dirs: "diagnostics/program", own: []string{"diagnostics/shape", "diagnostics/knowledge"}},
	{dirs: "diagnostics", own: []string{"diagnostics/shape", "diagnostics/knowledge", "diagnostics/python", "diagnostics/program"}},
	{
		dirs: "diagnostics/rules/frameworks", // what blocks is what blocks an endpoint
		own:  []string{"diagnostics", "diagnostics/shape", "diagnostics/program", "diagnostics/python", "diagnostics/rules/blocking"},
	},
	{dirs: "diagnostics/rules/*", own: []string{"diagnostics", "diagnostics/shape", "diagnostics/knowledge", "diagnostics/python", "diagnostics/program"}},
	{dirs: "diagnostics/rules", own: []string{"diagnostics", "diagnostics/rules/*"}},
	{dirs: "diagnostics/diagtest", own: []string{"diagnostics", "diagnostics/python", "diagnostics/diagtest/pythons"}, free: true}, // part of the tests
	{dirs: "diagnostics/diagtest/pythons", free: true},
	{dirs: "hover", own: []string{"diagnostics", "diagnostics/shape", "diagnostics/knowledge", "diagnostics/python", "diagnostics/program"}},
	{dirs: "snippets", own: []string{"diagnostics", "diagnostics/shape", "diagnostics/knowledge", "diagnostics/python", "diagnostics/program"}},
	{
		dirs: "server/workspace", free: true,
		own:   []string{"diagnostics", "diagnostics/python"},
		other: []string{"unsafe", "github.com/bmatcuk/doublestar", "github.com/pelletier/go-toml", "golang.org/x/text"},
	},
	{
		dirs: "server", free: true,
		own:   []string{"diagnostics", "diagnostics/shape", "diagnostics/python", "diagnostics/program", "diagnostics/rules", "hover", "snippets", "server/workspace"},
		other: []string{"go.lsp.dev"},
	},
	{
		dirs: "cmd/aiolens", free: true,
		own:   []string{"diagnostics", "diagnostics/python", "diagnostics/rules", "hover", "snippets", "server", "server/workspace"},
		other: []string{"github.com/aymanbagabas/go-udiff", "github.com/rivo/uniseg", "github.com/spf13/cobra", "golang.org/x/term"},
	},
}

// world are the packages of the standard library that reach outside, wait or tell the time.
var world = []string{"C", "context", "io/fs", "io/ioutil", "log", "net", "os", "os/exec", "plugin", "runtime", "syscall", "testing", "time", "unsafe"}

// TestLayers checks what the packages import, tests aside, and that nothing below the server and the command line
// starts goroutines.
func TestLayers(t *testing.T) {
	seen := map[string]bool{}
	each(t, "..", func(dir, file string) {
		l := layerOf(dir)
		if l == nil {
			t.Errorf("%s: no layer holds this folder", dir)
			return
		}
		seen[l.dirs] = true
		fset := token.NewFileSet()
		parsed, err := parser.ParseFile(fset, file, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Error(err)
			return
		}
		for _, spec := range parsed.Imports {
			name, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			if !l.allows(name) {
				t.Errorf("%s: %s must not import %s", fset.Position(spec.Pos()), dir, name)
			}
		}
		if l.free {
			return
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			if _, ok := n.(*ast.GoStmt); ok {
				t.Errorf("%s: %s must not start goroutines", fset.Position(n.Pos()), dir)
			}
			return true
		})
	})
	for _, dir := range []string{"diagnostics/shape", "diagnostics/knowledge", "diagnostics/python", "diagnostics/program", "diagnostics", "diagnostics/rules", "diagnostics/rules/*", "hover", "snippets", "server", "server/workspace", "cmd/aiolens"} {
		if !seen[dir] {
			t.Errorf("%s: no files found; is the test looking in the right place?", dir)
		}
	}
}

// each calls f with the folder, from the top, and the path of every file of Go that is not a test.
func each(t *testing.T, top string, f func(dir, file string)) {
	t.Helper()
	err := filepath.WalkDir(top, func(file string, d fs.DirEntry, err error) error {
		name := d.Name()
		switch {
		case err != nil:
			return err
		case d.IsDir() && file != top && (strings.HasPrefix(name, ".") || name == "testdata" || name == "node_modules"):
			return fs.SkipDir
		case d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		dir, err := filepath.Rel(top, filepath.Dir(file))
		if err != nil {
			return err
		}
		f(filepath.ToSlash(dir), file)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func layerOf(dir string) *layer {
	for i := range layers {
		if matches(layers[i].dirs, dir) {
			return &layers[i]
		}
	}
	return nil
}

func matches(pattern, name string) bool {
	ok, err := path.Match(pattern, name)
	return err == nil && ok
}

// allows says whether a package of the layer may import another.
func (l *layer) allows(name string) bool {
	if name == "aiolens" || strings.HasPrefix(name, "aiolens/") {
		for _, pattern := range l.own {
			if matches(pattern, strings.TrimPrefix(name, "aiolens/")) {
				return true
			}
		}
		return false
	}
	for _, allowed := range l.other {
		if within(name, allowed) {
			return true
		}
	}
	first, _, _ := strings.Cut(name, "/")
	if strings.Contains(first, ".") {
		return false // a module that is not on the list
	}
	if name == "C" || name == "unsafe" {
		return false
	}
	if l.free {
		return true
	}
	for _, refused := range world {
		if within(name, refused) {
			return false
		}
	}
	return true
}

func within(name, parent string) bool { return name == parent || strings.HasPrefix(name, parent+"/") }

// TestLayersRefuse checks the test above: that it refuses what it is there to refuse.
func TestLayersRefuse(t *testing.T) {
	for _, c := range []struct {
		dir, name string
		allowed   bool
	}{
		{"diagnostics/python", "github.com/smacker/go-tree-sitter/python", true},
		{"diagnostics/python", "aiolens/diagnostics/program", false},
		{"diagnostics/python", "os", false},
		{"diagnostics/program", "aiolens/diagnostics/python", false},
		{"diagnostics/program", "github.com/smacker/go-tree-sitter", false},
		{"diagnostics/shape", "aiolens/diagnostics/knowledge", false},
		{"diagnostics/knowledge", "net/http", false},
		{"diagnostics", "aiolens/diagnostics/rules", false},
		{"diagnostics", "time", false},
		{"diagnostics/rules/awaits", "aiolens/diagnostics/rules/blocking", false},
		{"diagnostics/rules/awaits", "go.lsp.dev/protocol", false},
		{"hover", "aiolens/server", false},
		{"server/workspace", "go.lsp.dev/protocol", false},
		{"server/workspace", "os", true},
		{"server", "github.com/smacker/go-tree-sitter", false},
		{"server", "aiolens/diagnostics/knowledge", false},
		{"cmd/aiolens", "go.lsp.dev/protocol", false},
		{"cmd/aiolens", "aiolens/server", true},
	} {
		l := layerOf(c.dir)
		if l == nil {
			t.Errorf("%s: no layer", c.dir)
		} else if l.allows(c.name) != c.allowed {
			t.Errorf("%s imports %s: allowed %v, want %v", c.dir, c.name, !c.allowed, c.allowed)
		}
	}
	if layerOf("util") != nil {
		t.Error("util: has a layer")
	}
}
