package workspace

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// walked are the slashed paths below a folder that a walk yields; errors are marked by "!".
func walked(t testing.TB, l *Loader, dir string, paths ...string) []string {
	t.Helper()
	for i := range paths {
		paths[i] = filepath.Join(dir, paths[i])
	}
	var got []string
	for f, err := range l.Walk(paths...) {
		path := filepath.ToSlash(strings.TrimPrefix(strings.TrimPrefix(f.Path, dir), string(filepath.Separator)))
		if err != nil {
			path = "!" + path
		} else if f.Config == nil {
			t.Errorf("%s: no settings", path)
		}
		got = append(got, path)
	}
	return got
}

const project = `
-- aiolens.toml --
extend-exclude = ["generated/", "/scripts/*.py", "!/scripts/keep.py"]
-- a.py --
-- b.pyi --
-- c.txt --
-- run --
#!/usr/bin/env python3
-- pkg/__init__.py --
-- pkg/generated/x.py --
-- pkg/scripts/x.py --
-- scripts/x.py --
-- scripts/keep.py --
-- build/x.py --
-- sub/dist/x.py --
-- node_modules/x.py --
-- x.egg-info/x.py --
-- .venv/x.py --
-- env/pyvenv.cfg --
-- env/lib/x.py --
-- venv/x.py --
-- conda/conda-meta/x.json --
-- conda/x.py --
-- .hidden/x.py --
-- lib/site-packages/x.py --
-- __pycache__/x.py --
-- other/aiolens.toml --
exclude = []
-- other/build/x.py --
-- other/generated/x.py --
`

func TestWalk(t *testing.T) {
	dir := tree(t, project)
	tests := []struct {
		name  string
		paths []string
		want  string
	}{
		{"all", []string{"."}, ".hidden/x.py a.py b.pyi other/build/x.py other/generated/x.py pkg/__init__.py pkg/scripts/x.py scripts/keep.py venv/x.py"},
		{"named files", []string{"c.txt", "run", "build/x.py", "scripts/x.py"}, "c.txt run build/x.py scripts/x.py"},
		{"named folders", []string{"build", "env", "lib/site-packages", "pkg/generated"}, "build/x.py env/lib/x.py lib/site-packages/x.py pkg/generated/x.py"},
		{"each once", []string{"pkg/__init__.py", "pkg", "pkg"}, "pkg/__init__.py pkg/scripts/x.py"},
		{"missing", []string{"gone.py", "a.py"}, "!gone.py a.py"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := strings.Join(walked(t, &Loader{}, dir, test.paths...), " "); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

func TestWalkStops(t *testing.T) {
	for range (&Loader{}).Walk(tree(t, project)) {
		break
	}
}

func TestWalkWithoutRepository(t *testing.T) {
	dir := tree(t, `
-- .gitignore --
outer/
-- a/.gitignore --
/x.py
-- a/x.py --
-- a/y.py --
-- a/outer/x.py --
-- a/b/x.py --
`)
	if got := fmt.Sprint(walked(t, &Loader{}, dir, ".")); got != "[a/b/x.py a/y.py]" {
		t.Error(got)
	}
	// Without a repository only what is below the named folder counts.
	if got := fmt.Sprint(walked(t, &Loader{}, dir, "a")); got != "[a/b/x.py a/outer/x.py a/y.py]" {
		t.Error(got)
	}
}

func TestWalkNamedIgnored(t *testing.T) {
	dir := tree(t, `
-- .git/HEAD --
-- .git/info/exclude --
secret.py
-- .gitignore --
out/
gen/*
*.tmp.py
-- a/b/x.py --
-- a/b/x.tmp.py --
-- a/b/secret.py --
-- gen/x.py --
-- gen/deep/x.py --
-- out/x.py --
-- out/deep/x.tmp.py --
-- .venv/.gitignore --
*
-- .venv/x.py --
-- module/.git --
gitdir: ../.git/modules/module
-- .git/modules/module/commondir --
../shared
-- .git/modules/shared/info/exclude --
/mine.py
-- module/mine.py --
-- module/x.tmp.py --
`)
	for path, want := range map[string]string{
		".":        "a/b/x.py module/x.tmp.py",
		"a/b":      "a/b/x.py",
		"gen":      "gen/deep/x.py gen/x.py",
		"out/deep": "out/deep/x.tmp.py",
		".venv":    ".venv/x.py",
		"module":   "module/x.tmp.py",
	} {
		if got := strings.Join(walked(t, &Loader{}, dir, path), " "); got != want {
			t.Errorf("%s: got %s, want %s", path, got, want)
		}
	}
}

func TestWalkLinks(t *testing.T) {
	dir := tree(t, `
-- a/x.py --
-- b/y.py --
`)
	for link, target := range map[string]string{"a/loop": ".", "a/up": "../..", "b/x.py": "../a/x.py", "b/gone.py": "nowhere", "b/dir.py": "../a", "z.py": "shared/z", "c": "b"} {
		if err := os.Symlink(target, filepath.Join(dir, link)); err != nil {
			t.Skip(err)
		}
	}
	write(t, filepath.Join(dir, "shared/z"), "")
	if got := fmt.Sprint(walked(t, &Loader{}, dir, ".")); got != "[a/x.py b/y.py z.py]" {
		t.Error(got)
	}
	if got := fmt.Sprint(walked(t, &Loader{}, dir, "c")); got != "[c/x.py c/y.py]" {
		t.Error("a named link:", got)
	}
}

func TestWalkUnreadable(t *testing.T) {
	if os.Getuid() == 0 || runtime.GOOS == "windows" {
		t.Skip("permissions do not bind this user")
	}
	dir := tree(t, "-- a/x.py --\n-- b/x.py --\n")
	_ = os.Chmod(filepath.Join(dir, "a"), 0)
	defer os.Chmod(filepath.Join(dir, "a"), 0o777)
	if got := fmt.Sprint(walked(t, &Loader{}, dir, ".")); got != "[!a b/x.py]" {
		t.Error(got)
	}
}

// TestIgnoreAsGit compares the walk with what git itself lists.
func TestIgnoreAsGit(t *testing.T) {
	git, err := exec.LookPath("git")
	if err != nil {
		t.Skip("no git")
	}
	names := []string{"a", "b", "ab", "a b", "x{y}", "[c]", "foo", "#hash", "!bang"}
	var files []string
	for _, d1 := range names {
		files = append(files, d1+".py", d1+"/"+d1+".py")
		for _, d2 := range names[:4] {
			files = append(files, d1+"/"+d2+"/a.py", d1+"/"+d2+"/foo.py", d1+"/"+d2+"/b/b.py")
		}
	}
	tests := []struct{ name, root, nested string }{ // nested is a/.gitignore
		{"names", "foo.py\n", ""},
		{"folders", "a/\nfoo.py/\n", ""},
		{"folders and files", "a\n", ""},
		{"anchored", "/a\n/b/b.py\n", ""},
		{"a slash in the middle anchors", "b/foo.py\na/b/\n", ""},
		{"star", "*.py\n!foo.py\n!a*.py\n", ""},
		{"star stays in its folder", "a/*.py\n/*/b/*.py\n", ""},
		{"question mark", "a/?.py\n?b/\n", ""},
		{"classes", "[ab].py\n[!ab]/\n/[^a]*/b/\n", ""},
		{"class range", "[a-b]/b\n", ""},
		{"double star first", "**/b/foo.py\n", ""},
		{"double star last", "a/**\n!a/b/\n", ""},
		{"double star in the middle", "a/**/b.py\n/**/b/a.py\n", ""},
		{"double star alone", "**\n!*/\n!foo.py\n", ""},
		{"double star in a name", "f**.py\na/**b.py\n", ""},
		{"double star that starts over", "**/b/b.py\n", ""},
		{"negated folder", "/*\n!/a/\n/a/*\n!/a/b/\n", ""},
		{"an ignored folder stays ignored", "a/\n!a/foo.py\n!a/b/foo.py\n", ""},
		{"negation does not cascade", "a/**/*\n!a/b\n", ""},
		{"the last one wins", "foo.py\n!foo.py\nfoo.py\n", ""},
		{"nested wins", "*.py\n", "!b.py\n/b/\n"},
		{"nested is anchored", "", "/b/foo.py\na/\n"},
		{"nested adds", "foo.py\n", "a.py\n"},
		{"comments and blanks", "# a\n\n   \n\\#hash.py\n\\!bang/\n!bang.py\n", ""},
		{"trailing spaces", "foo.py   \na\\ b/ \nab\\ \n", ""},
		{"leading spaces", " foo.py\n", ""},
		{"carriage returns", "foo.py\r\na/\r\n", ""},
		{"byte order mark", "\uFEFFfoo.py\n", ""},
		{"braces are letters", "x{y}/\n{a,b}.py\n", ""},
		{"escapes", "\\[c\\]/\nfo\\o.py\n", ""},
		{"brackets", "[[]c]/\n[c\n", ""},
		{"only slashes", "/\n//\n", ""},
		{"dots", "./a\n../a\na/./b\n", ""},
		{"no line end", "foo.py", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			for _, f := range files {
				write(t, filepath.Join(dir, f), "")
			}
			write(t, filepath.Join(dir, ".gitignore"), test.root)
			if test.nested != "" {
				write(t, filepath.Join(dir, "a/.gitignore"), test.nested)
			}
			run := func(args ...string) string {
				cmd := exec.Command(git, args...)
				cmd.Dir = dir
				cmd.Env = append(slices.DeleteFunc(os.Environ(), func(s string) bool { return strings.HasPrefix(s, "GIT_") }),
					"GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_SYSTEM=/dev/null")
				out, err := cmd.CombinedOutput()
				if err != nil {
					t.Fatalf("git %v: %v\n%s", args, err, out)
				}
				return string(out)
			}
			run("init", "-q")
			var want []string
			for _, f := range strings.Split(run("ls-files", "-z", "-o", "--exclude-standard"), "\x00") {
				if isPython(f) {
					want = append(want, f)
				}
			}
			slices.Sort(want)
			got := walked(t, &Loader{Isolated: true}, dir, ".")
			slices.Sort(got)
			if !slices.Equal(got, want) {
				t.Errorf("only ours %q\nonly git's %q", minus(got, want), minus(want, got))
			}
		})
	}
}

func minus(a, b []string) []string {
	return slices.DeleteFunc(slices.Clone(a), func(s string) bool { return slices.Contains(b, s) })
}

func BenchmarkWalk(b *testing.B) {
	dir := b.TempDir()
	write(b, filepath.Join(dir, ".git/HEAD"), "")
	write(b, filepath.Join(dir, ".gitignore"), "*.pyc\n/docs/_build/\n*.log\nout/\n.coverage\n.cache/**\n*.so\nsrc/**/gen_*.py\n")
	for i := range 100 {
		for j := range 17 {
			write(b, filepath.Join(dir, fmt.Sprintf("pkg%d/m%d.py", i, j)), "x")
		}
	}
	for b.Loop() {
		n := 0
		for range (&Loader{}).Walk(dir) {
			n++
		}
		if n != 1700 {
			b.Fatal(n)
		}
	}
}
