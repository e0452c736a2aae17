package diagtest

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
)

// A Tree is the files of a program, which finds its modules by their names. Those below src, where there is such a
// folder, are named from there, and those below site-packages from there and are installed; all others are named from the
// folder of the tree. Of a module and a stub beside it, the module counts: it tells more.
type Tree struct {
	Paths []string // in order
	files map[string]*python.File
	names map[string]string    // of modules, by path
	paths [2]map[string]string // by name: of the project, and installed
	made  map[string][2]bool   // see Defined; nil after a change
}

const site = "site-packages"

// Load reads the files of Python below a folder.
func Load(t testing.TB, dir string) *Tree {
	t.Helper()
	tree := &Tree{files: map[string]*python.File{}, names: map[string]string{}, paths: [2]map[string]string{{}, {}}}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		ext := filepath.Ext(path)
		if err != nil || d.IsDir() || ext != ".py" && ext != ".pyi" {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		where := 0
		parts := strings.Split(strings.TrimSuffix(filepath.ToSlash(rel), ext), "/")
		switch i := slices.Index(parts, site); {
		case i >= 0:
			parts, where = parts[i+1:], 1
		case parts[0] == "src":
			parts = parts[1:]
		}
		if parts[len(parts)-1] == "__init__" {
			parts = parts[:len(parts)-1]
		}
		name := strings.Join(parts, ".")
		tree.Paths = append(tree.Paths, path)
		tree.names[path] = name
		if old := tree.paths[where][name]; old == "" || filepath.Ext(old) == ".pyi" {
			tree.paths[where][name] = path
		}
		tree.Write(path, string(data))
		return nil
	})
	if err != nil || len(tree.Paths) == 0 {
		t.Fatalf("%s: no program: %v", dir, err)
	}
	return tree
}

// File is the file at a path.
func (t *Tree) File(path string) *python.File { return t.files[path] }

// Write changes the text of a file. Blocks that did not change are kept.
func (t *Tree) Write(path, src string) {
	t.made = nil
	if old := t.files[path]; old != nil {
		t.files[path] = old.Update(python.NewText(src))
	} else {
		t.files[path] = python.NewFile(path, python.NewText(src))
	}
}

// With is the tree with another text in a file, which shares nothing with what was known of it.
func (t *Tree) With(path, src string) *Tree {
	u := *t
	u.made = nil
	u.files = maps.Clone(t.files)
	u.files[path] = python.NewFile(path, python.NewText(src))
	return &u
}

// Fresh is the tree as if nobody had looked at its files.
func (t *Tree) Fresh() *Tree {
	u := *t
	u.files = make(map[string]*python.File, len(t.files))
	for path, file := range t.files {
		u.files[path] = python.NewFile(path, python.NewText(file.Text().String()))
	}
	return &u
}

// Name implements [diagnostics.Files].
func (t *Tree) Name(path string) string { return t.names[path] }

// Find implements [diagnostics.Files]. What is installed does not see the project.
func (t *Tree) Find(from, name string) (file *python.File, installed bool) {
	if !isInstalled(from) {
		if path, ok := t.paths[0][name]; ok {
			return t.files[path], false
		}
	}
	path, ok := t.paths[1][name]
	if !ok {
		return nil, false
	}
	own, _, _ := strings.Cut(t.names[from], ".")
	top, _, _ := strings.Cut(name, ".")
	return t.files[path], !isInstalled(from) || top != own
}

// Defined implements [diagnostics.Files].
func (t *Tree) Defined(from, name string) (plain, async bool) {
	if t.made == nil {
		t.made = map[string][2]bool{}
		for path, file := range t.files {
			if isInstalled(path) {
				continue
			}
			for name, async := range python.Definitions(file.Text().String()) {
				m := t.made[name]
				if async {
					m[1] = true
				} else {
					m[0] = true
				}
				t.made[name] = m
			}
		}
	}
	m := t.made[name]
	return m[0], m[1]
}

func isInstalled(path string) bool {
	return slices.Contains(strings.Split(filepath.ToSlash(path), "/"), site)
}

// Spell is findings as text, with all that is part of them; a file is spelled by its path.
func Spell(found []diagnostics.Finding) string {
	var b strings.Builder
	for i := range found {
		f := &found[i]
		fmt.Fprintf(&b, "%s %v %v %s %v\n", f.Rule.Code, f.Severity, f.Span, f.Message, f.Fixes)
		for _, r := range f.Related {
			at := ""
			if r.File != nil {
				at = r.File.Path
			}
			fmt.Fprintf(&b, "\t%s %v %s\n", at, r.Span, r.Message)
		}
	}
	return b.String()
}

var relatedComment = regexp.MustCompile(`#\s*related\s+(.*)$`)

// Program checks the program in a folder. Comments say what must be found in its files, as for [Run]. Those of the form
//
//	def load(path):  # related "calls"
//
// say that the place belongs to a finding somewhere in the program. What is installed is not checked. The findings must be
// the same whichever file is looked at first, and each fix must remove what it is for.
func Program(t *testing.T, rules []*diagnostics.Rule, dir string, settings diagnostics.Settings) {
	t.Helper()
	tree := Load(t, dir)
	checker, _ := diagnostics.NewChecker(rules, settings)
	var checked []string
	for _, path := range tree.Paths {
		if tree.files[path].Broken() {
			t.Errorf("%s does not parse", path)
		}
		if !isInstalled(path) {
			checked = append(checked, path)
		}
	}
	found := map[string][]diagnostics.Finding{}
	for _, path := range checked {
		found[path] = checker.CheckIn(diagnostics.NewView(tree), tree.files[path])
	}
	for turn := range 4 {
		again := Load(t, dir) // whose blocks nobody has looked at
		view := diagnostics.NewView(again)
		order := slices.Clone(checked)
		switch turn {
		case 1:
			slices.Reverse(order)
		case 2: // from the middle, and each file twice
			order = slices.Concat(order[len(order)/2:], order)
		}
		for _, path := range order {
			file := again.files[path]
			if turn == 3 { // it is not the one that others import
				file = python.NewFile(path, file.Text())
			}
			if got, want := Spell(checker.CheckIn(view, file)), Spell(found[path]); got != want {
				t.Errorf("%s: checked together with others (%d):\n%sbut alone:\n%s", path, turn, got, want)
			}
		}
	}
	places := map[string][]related{}
	for _, path := range checked {
		text := tree.files[path].Text()
		match(t, path, text, parseComments(t, wantComment, path, text.String()), found[path])
		for i := range found[path] {
			for _, r := range found[path][i].Related {
				at := path
				if r.File != nil {
					at = r.File.Path
					if tree.files[at] != r.File {
						t.Errorf("%s: a related place is in a file %s that the program does not have", path, at)
						continue
					}
				}
				where := tree.files[at].Text()
				if r.Span.Start < 0 || r.Span.End > where.Len() || r.Span.Start >= r.Span.End {
					t.Errorf("%s: a related place is at %v of %s", path, r.Span, at)
					continue
				}
				places[at] = append(places[at], related{where.LineAt(r.Span.Start), r.Message})
			}
		}
	}
	for _, path := range tree.Paths {
		for _, w := range parseComments(t, relatedComment, path, tree.files[path].Text().String()) {
			if !slices.ContainsFunc(places[path], func(r related) bool { return r.line == w.line && w.message.MatchString(r.message) }) {
				t.Errorf("%s:%d: wanted and not related to any finding: %q; there are %v", path, w.line+1, w.message, places[path])
			}
		}
	}
	for _, path := range checked {
		fixes(t, path, tree.files[path].Text().String(), found[path], func(src string) (*python.File, []diagnostics.Finding) {
			changed := tree.With(path, src)
			return changed.files[path], checker.CheckIn(diagnostics.NewView(changed), changed.files[path])
		})
	}
}

// related is a place that explains a finding.
type related struct {
	line    int
	message string
}
