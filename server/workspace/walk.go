package workspace

import (
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// File is a file to check.
type File struct {
	Path   string // as the user would write it: below the path that was given
	Config *Config
}

// Walk yields the files of Python (*.py, *.pyi, *.ipynb) in folders and the files that are named themselves, whatever they are
// called, each once, folder by folder in the order of their names. Left out are what git ignores (in a repository,
// or below the folder when there is none), what the settings exclude, and virtual environments; a path that is
// given is walked nevertheless. Links to folders are not followed, links to files are. A path that cannot be read is
// yielded with its error, and the walk goes on.
func (l *Loader) Walk(paths ...string) iter.Seq2[File, error] {
	return func(yield func(File, error) bool) {
		w := walk{loader: l, yield: yield, seen: make(map[string]bool)}
		for _, path := range paths {
			if !w.root(filepath.Clean(path)) {
				return
			}
		}
	}
}

type walk struct {
	loader *Loader
	yield  func(File, error) bool
	seen   map[string]bool // absolute paths of the files and folders already walked
	git    bool            // .gitignore is consulted
}

// root walks a path that the user gave; false when the walk is to stop.
func (w *walk) root(path string) bool {
	abs, err := filepath.Abs(path)
	if err != nil {
		return w.yield(File{Path: path}, err)
	}
	info, err := os.Stat(path)
	if err != nil {
		return w.yield(File{Path: path}, err)
	}
	if !info.IsDir() {
		return w.file(path, abs, w.loader.load(filepath.Dir(abs)), true)
	}
	var g *ignores
	g, w.git = around(abs)
	return w.dir(path, abs, g, true)
}

// file yields a file unless it has been before, by whatever name.
func (w *walk) file(path, abs string, c *Config, link bool) bool {
	if link {
		if target, err := filepath.EvalSymlinks(abs); err == nil {
			abs = target
		}
	}
	if w.seen[abs] {
		return true
	}
	w.seen[abs] = true
	return w.yield(File{path, c}, nil)
}

// dir walks a folder; named says that the user gave it.
func (w *walk) dir(path, abs string, g *ignores, named bool) bool {
	if w.seen[abs] {
		return true
	}
	w.seen[abs] = true
	entries, err := os.ReadDir(path)
	if err != nil && !w.yield(File{Path: path}, err) {
		return false
	}
	has := func(name string) bool {
		_, ok := slices.BinarySearchFunc(entries, name, func(e fs.DirEntry, name string) int { return strings.Compare(e.Name(), name) })
		return ok
	}
	if !named && (has("pyvenv.cfg") || has("conda-meta")) {
		return true
	}
	if w.git {
		if !named && has(".git") {
			g = repository(abs)
		}
		if has(".gitignore") {
			g = g.read(filepath.Join(abs, ".gitignore"), abs)
		}
	}
	c := w.loader.load(abs)
	for _, e := range entries {
		name := e.Name()
		if !e.IsDir() && !isPython(name) && !IsNotebook(name) {
			continue
		}
		inner, innerAbs := filepath.Join(path, name), filepath.Join(abs, name)
		if c.exclude.ignored(innerAbs, name, e.IsDir()) || g.ignored(innerAbs, name, e.IsDir()) {
			continue
		}
		on := true
		switch link := e.Type()&fs.ModeSymlink != 0; {
		case e.IsDir():
			on = w.dir(inner, innerAbs, g, false)
		case e.Type().IsRegular() || link && regular(inner):
			on = w.file(inner, innerAbs, c, link)
		}
		if !on {
			return false
		}
	}
	return true
}

func isPython(name string) bool {
	return strings.HasSuffix(name, ".py") || strings.HasSuffix(name, ".pyi")
}

// regular says whether a link leads to a file.
func regular(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}
