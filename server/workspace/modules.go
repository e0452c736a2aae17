package workspace

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"unicode"
)

// Modules finds the files of Python modules: those of the projects around the folders it was given, and those that
// are installed in their environments. The standard library is in neither. What it has seen of a folder it keeps until
// [Modules.Forget]. It is safe for concurrent use.
type Modules struct {
	folders []string // absolute
	python  string
	cwd     string
	home    string
	getenv  func(string) string

	mu       sync.RWMutex
	listings map[string]*listing     // by folder
	places   map[string]*place       // by folder of the file that imports
	paths    map[string]*searchPath  // by the folders in it
	envs     map[string]*environment // by the folders in which to look for it
	marks    map[string]signs        // by folder
	tops     map[string]index        // by folder that the user named
}

// NewModules finds modules for what the user named: the folders of a workspace, or the arguments of a command. A file
// among them stands for nothing but itself, for its project is found upward. python is the interpreter or the
// environment that the settings name, or "", relative to the project or a folder around it; getenv reads the
// variables of the process, nil when there are none.
func NewModules(folders []string, python string, getenv func(string) string) *Modules {
	if getenv == nil {
		getenv = func(string) string { return "" }
	}
	m := &Modules{python: python, getenv: getenv, home: getenv("HOME")}
	if m.home == "" {
		m.home = getenv("USERPROFILE")
	}
	m.cwd, _ = filepath.Abs(".")
	m.clear()
	m.listings = make(map[string]*listing)
	for _, folder := range folders {
		folder = m.abs(filepath.Clean(folder))
		if info, err := os.Stat(folder); err == nil && info.IsDir() {
			m.folders = with(m.folders, folder)
		}
	}
	return m
}

const (
	maxName    = 400     // bytes of a dotted name; no module has a longer one
	maxAnswers = 1 << 14 // of a search path: names come and go while somebody types them
)

// Name is the dotted name under which other files import a file, such as "app.db.session"; that of a package for its
// __init__.py. It is "" when no import can name the file. The file need not exist.
func (m *Modules) Name(path string) string {
	path = m.abs(path)
	stem, ext := filepath.Base(path), filepath.Ext(path)
	stem = strings.TrimSuffix(stem, ext)
	if !isPython(ext) || !identifier(stem) {
		return ""
	}
	p := m.placeOf(filepath.Dir(path))
	switch {
	case p.unnamed:
		return ""
	case stem == "__init__":
		return p.prefix
	case p.prefix == "":
		return stem
	}
	return p.prefix + "." + stem
}

// Home is the folder of what a file belongs to: its project if that looks like one, else the package at the top that it is
// in, else its folder.
func (m *Modules) Home(path string) string { return m.placeOf(filepath.Dir(m.abs(path))).home }

// Find is the file of the module with an absolute dotted name, as the file at a path imports it. installed says that it is
// not part of the project but of the interpreter's environment. ok is false when there is no such file: so it is for
// the standard library, for compiled modules without stubs, and for folders that are packages without a file.
func (m *Modules) Find(from, name string) (path string, installed, ok bool) {
	from = m.abs(from)
	p, a := m.answer(filepath.Dir(from), name, false)
	alone := !strings.Contains(name, ".") && !strings.HasPrefix(filepath.Base(from), "__init__.")
	if alone && a.path == from { // nobody imports a module into itself: redis.py in clients/ means the library
		p, a = m.answer(filepath.Dir(from), name, true)
	}
	if a.path == "" || alone && a.path == from {
		return "", false, false
	}
	if p.site == "" || a.site != p.site {
		return a.path, a.installed, true
	}
	// Both are installed in the same folder: a package is a project to itself.
	own := p.top
	if own == "" {
		own, _, _ = strings.Cut(filepath.Base(from), ".")
	}
	top, _, _ := strings.Cut(name, ".")
	return a.path, top != own, true
}

// question is a name to look for; installed is to look for it in the environment alone.
type question struct {
	name      string
	installed bool
}

// answer is what a name means to the files of a folder.
func (m *Modules) answer(dir, name string, installed bool) (*place, answer) {
	q := question{name, installed}
	m.mu.RLock()
	p := m.places[dir]
	if p != nil {
		if a, known := p.path.answers[q]; known {
			m.mu.RUnlock()
			return p, a
		}
	}
	m.mu.RUnlock()
	parts := split(name)
	if parts == nil {
		return nil, answer{}
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	p = m.place(dir)
	a := m.search(p.path, parts, installed)
	if len(p.path.answers) >= maxAnswers {
		clear(p.path.answers)
	}
	p.path.answers[q] = a
	return p, a
}

// placeOf is the place of a folder, for who does not hold the lock.
func (m *Modules) placeOf(dir string) *place {
	m.mu.RLock()
	p := m.places[dir]
	m.mu.RUnlock()
	if p == nil {
		m.mu.Lock()
		defer m.mu.Unlock()
		p = m.place(dir)
	}
	return p
}

// Forget drops what is known about a path, the folders around it and all below it: a file or a folder was made, renamed or
// deleted there.
func (m *Modules) Forget(path string) {
	path = m.abs(path)
	m.mu.Lock()
	defer m.mu.Unlock()
	for dir := range m.listings {
		if inside(path, dir) || inside(dir, path) { // the folders around it: they may be new as well
			delete(m.listings, dir)
		}
	}
	m.clear()
}

// clear drops all that is derived from listings; it costs little to derive again.
func (m *Modules) clear() {
	m.places = make(map[string]*place)
	m.paths = make(map[string]*searchPath)
	m.envs = make(map[string]*environment)
	m.marks = make(map[string]signs)
	m.tops = make(map[string]index)
}

// abs is a path as it is compared. "" is a text that has no file: it imports as if it lay in the first folder.
func (m *Modules) abs(path string) string {
	switch {
	case path == "" && len(m.folders) > 0:
		return filepath.Join(m.folders[0], "untitled")
	case path == "":
		return filepath.Join(m.cwd, "untitled")
	case filepath.IsAbs(path):
		return filepath.Clean(path)
	}
	return filepath.Join(m.cwd, path)
}

// listing is what matters in a folder: other folders, files of Python and signs of environments. Nothing is in a folder
// that cannot be read.
type listing struct {
	entries map[string]entry // as the disk spells the names: Foo.py is not module foo, wherever it lies
	pkg     bool             // it has an __init__.py or __init__.pyi
	dists   bool             // packages were installed into it: it has a *.dist-info
	env     bool             // it is an environment
}

type entry byte

const (
	aFile entry = iota + 1
	aFolder
	aLink // to a folder
)

// list reads a folder, once.
func (m *Modules) list(dir string) *listing {
	if l := m.listings[dir]; l != nil {
		return l
	}
	l := &listing{entries: make(map[string]entry)}
	m.listings[dir] = l
	entries, _ := os.ReadDir(dir) // an error may come with what was read before
	for _, e := range entries {
		name, ext := e.Name(), filepath.Ext(e.Name())
		is := aFile
		switch {
		case e.IsDir():
			is = aFolder
		case e.Type()&fs.ModeSymlink != 0 && (isPython(ext) || ext == "" || strings.HasSuffix(name, "-stubs")):
			info, err := os.Stat(filepath.Join(dir, name))
			if err != nil {
				continue
			}
			if info.IsDir() {
				is = aLink
			}
		}
		switch {
		case is >= aFolder:
			l.env = l.env || name == "conda-meta"
			l.dists = l.dists || ext == ".dist-info"
		case name == "pyvenv.cfg":
			l.env = true
		case isPython(ext):
			l.pkg = l.pkg || strings.TrimSuffix(name, ext) == "__init__"
		case ext != ".pth":
			continue
		}
		l.entries[name] = is
	}
	return l
}

// split takes a dotted name apart; nil when it is none.
func split(name string) []string {
	if name == "" || len(name) > maxName {
		return nil
	}
	parts := strings.Split(name, ".")
	for _, part := range parts {
		if !identifier(part) {
			return nil
		}
	}
	return parts
}

// identifier says whether a statement can import a name. Source: docs.python.org/3/reference/lexical_analysis.html,
// "Identifiers" and "Keywords".
func identifier(s string) bool {
	for i, r := range s {
		if r != '_' && !unicode.IsLetter(r) && (i == 0 || !unicode.In(r, unicode.Nd, unicode.Mn, unicode.Mc, unicode.Pc)) {
			return false
		}
	}
	return s != "" && !keywords[s]
}

var keywords = map[string]bool{
	"False": true, "None": true, "True": true, "and": true, "as": true, "assert": true, "async": true, "await": true, "break": true,
	"class": true, "continue": true, "def": true, "del": true, "elif": true, "else": true, "except": true, "finally": true,
	"for": true, "from": true, "global": true, "if": true, "import": true, "in": true, "is": true, "lambda": true, "nonlocal": true,
	"not": true, "or": true, "pass": true, "raise": true, "return": true, "try": true, "while": true, "with": true, "yield": true,
}

// inside says whether a path is a folder or lies in it; both are clean. Nothing is in "".
func inside(dir, path string) bool {
	rest, ok := strings.CutPrefix(path, dir)
	return ok && dir != "" && (rest == "" || os.IsPathSeparator(rest[0]) || os.IsPathSeparator(dir[len(dir)-1]))
}

// with adds a folder to a list that does not have it.
func with(dirs []string, dir string) []string {
	for _, d := range dirs {
		if d == dir {
			return dirs
		}
	}
	return append(dirs, dir)
}
