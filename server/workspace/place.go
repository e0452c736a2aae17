package workspace

import (
	"path/filepath"
	"slices"
	"strings"
)

// place is what a folder means to the files in it.
type place struct {
	prefix  string // the dotted name of its modules, without their own
	unnamed bool   // no import reaches into it
	site    string // the folder of installed packages that it is in; "" when it is part of a project
	top     string // the first part of prefix, in a site; "" in the site itself
	home    string // the folder of what it belongs to, see [Modules.Home]
	path    *searchPath
}

// searchPath is where the modules are that a file may import, the nearest first. Files with the same share one.
//
// What Python looks into depends on how a program is started: python a/b.py looks into a, python -m a.b into the working
// directory, and pytest into folders of tests. All of it is taken for possible. The roots are what the layout of the
// project suggests. What is found near or beyond them counts as long as no installed module has the name: redis.py in
// clients/ does not hide the library from its neighbours.
type searchPath struct {
	near    []string // the folder of a script, or the one above a package that has a longer name; see [Modules.place]
	roots   []string // the root of the name, the project's src and the project
	beyond  []string // the folders that the user named and their src, and those between near and the project
	bases   []string // where to look for other projects
	project string   // what lies in it is not installed; "" when it is unknown
	env     *environment
	answers map[question]answer
}

// Folders that hold code but are no packages, though their names could be such. One that has an __init__.py is a
// package nevertheless.
var (
	// sources are on the search path themselves: backend/app/main.py is app.main.
	sources = map[string]bool{"src": true, "lib": true, "python": true, "py": true, "backend": true}
	// shelves hold projects, each of which is on the search path by itself: services/billing/app/main.py is app.main.
	shelves = map[string]bool{"packages": true, "libs": true, "services": true, "apps": true, "projects": true, "examples": true}
)

// place works out the place of a folder: what its modules are called, and what they may import.
//
// The parts of a name that are packages by their __init__.py are certain. The folders above the topmost of them may be
// namespace packages (PEP 420), which nothing but an import somewhere else can tell. They are taken for such as far up
// as the project's src, the project, or the first folder that cannot be one: its name is no identifier, or it is one of
// [sources] or [shelves]. So src/company/pkg/__init__.py is company.pkg, although somebody may import it as pkg, which
// Find understands. tests is such a package, too: pytest may import tests/app/test_db.py as app.test_db, but
// tests.app.test_db does not collide with the app that is tested.
func (m *Modules) place(dir string) *place {
	if p := m.places[dir]; p != nil {
		return p
	}
	var packages []string
	top := dir // the folder above the topmost package
	for m.list(top).pkg && identifier(strings.TrimSuffix(filepath.Base(top), "-stubs")) {
		packages = append(packages, filepath.Base(top))
		top = filepath.Dir(top)
	}
	slices.Reverse(packages)
	project := m.project(dir, top)
	p := &place{site: m.site(top, project)}
	root := top
	if p.site != "" {
		root = p.site
	} else if inside(project, top) {
		root = m.root(project, top)
	}
	names := slices.Concat(below(root, top), packages)
	if p.site != "" && len(names) > 0 {
		p.top = strings.TrimSuffix(names[0], "-stubs") // PEP 561: what it describes is called the same
		names[0] = p.top
		p.unnamed = slices.ContainsFunc(names, func(name string) bool { return !identifier(name) })
	}
	p.prefix = strings.Join(names, ".")
	p.home = root
	if signs := m.signs(project); p.site == "" && (signs.project || signs.setup || signs.settings) {
		p.home = project
	} else if len(names) > 0 {
		p.home = filepath.Join(root, names[0])
	}
	if p.site != "" {
		p.path = m.installed(p.site)
	} else {
		p.path = m.searchPath(dir, top, root, project)
	}
	m.places[dir] = p
	return p
}

// root is the folder from which the name of a folder in a project counts.
func (m *Modules) root(project, dir string) string {
	root := project
	if src := filepath.Join(project, "src"); inside(src, dir) {
		root = src
	}
	names, from := below(root, dir), 0
	at, inner := root, false // inner: in a package, where lib is a part of the name as any other
	for i, name := range names {
		at = filepath.Join(at, name)
		inner = inner || m.list(at).pkg
		switch {
		case !identifier(name):
			from, inner = max(from, i+1), false
		case inner:
		case shelves[name]:
			from = min(i+2, len(names))
		case sources[name]:
			from = max(from, i+1)
		}
	}
	return filepath.Join(append([]string{root}, names[:from]...)...)
}

// searchPath is that of the files in a folder of a project.
func (m *Modules) searchPath(dir, top, root, project string) *searchPath {
	around := m.around(dir)
	s := &searchPath{project: project, roots: []string{root}, answers: make(map[question]answer)}
	if project != "" {
		s.roots = with(with(s.roots, filepath.Join(project, "src")), project)
	}
	if !slices.Contains(s.roots, top) { // which is dir when that is no package
		s.near = []string{top}
	}
	for _, folder := range slices.Concat(around, m.folders) {
		if !m.list(folder).pkg || m.signs(folder).project { // what is inside of a package is imported through it
			s.beyond = with(with(s.beyond, folder), filepath.Join(folder, "src"))
			s.bases = with(s.bases, folder)
		}
	}
	for at := top; inside(project, at) && at != project; at = filepath.Dir(at) {
		if !m.list(at).pkg {
			s.beyond = with(s.beyond, at)
		}
	}
	s.beyond = slices.DeleteFunc(s.beyond, func(d string) bool { return slices.Contains(s.roots, d) || slices.Contains(s.near, d) })
	repo := m.repo(dir)
	if repo != "" {
		s.bases = with(s.bases, repo)
	}
	if project == "" {
		project = root
	}
	envs := upward(project, append(around, repo))
	key := strings.Join(slices.Concat(s.near, []string{""}, s.roots, []string{""}, s.beyond, []string{""}, envs), "\x00")
	if known := m.paths[key]; known != nil {
		return known
	}
	s.env = m.environment(envs)
	m.paths[key] = s
	return s
}

// installed is the search path of the files in a site: what is installed beside them.
func (m *Modules) installed(site string) *searchPath {
	s := m.paths[site]
	if s == nil {
		s = &searchPath{env: m.sites(site), answers: make(map[question]answer)}
		m.paths[site] = s
	}
	return s
}

// around are the folders that the user named and that a folder is in, the nearest first.
func (m *Modules) around(dir string) []string {
	var around []string
	for _, folder := range m.folders {
		if inside(folder, dir) {
			around = append(around, folder)
		}
	}
	slices.SortFunc(around, func(a, b string) int { return len(b) - len(a) })
	return around
}

// signs are the files that say what a folder is.
type signs struct {
	project  bool // pyproject.toml or a repository
	setup    bool // setup.py or setup.cfg, which packages had of their own in the days of numpy.distutils
	settings bool // settings of ours
	repo     bool
}

// signs looks for them, once. A home with a repository of settings is no project unless the user named it.
func (m *Modules) signs(dir string) signs {
	s, known := m.marks[dir]
	if known {
		return s
	}
	if dir != m.home && dir != filepath.Dir(dir) || slices.Contains(m.folders, dir) {
		has := func(name string) bool { return exists(filepath.Join(dir, name)) }
		s.repo = has(".git")
		s.project = s.repo || has(pyproject)
		s.setup = has("setup.py") || has("setup.cfg")
		s.settings = has("aiolens.toml")
	}
	m.marks[dir] = s
	return s
}

// project is the folder of the project that a folder is in: the nearest one upward that looks like a project, else the
// nearest with settings of ours, which folders of tests have as well, else the nearest that the user named, but above the
// package if that is a part of one; "" when there is none. What was named comes last because in `aiolens check app` it is
// none. top is the folder above the topmost package.
func (m *Modules) project(dir, top string) string {
	settings := ""
	for at := dir; ; at = filepath.Dir(at) {
		s := m.signs(at)
		if s.project || s.setup && inside(at, top) {
			return at
		}
		if settings == "" && s.settings && inside(at, top) {
			settings = at
		}
		if at == filepath.Dir(at) {
			break
		}
	}
	if settings != "" {
		return settings
	}
	if around := m.around(top); len(around) > 0 {
		return m.above(around[0], around[0])
	}
	return m.above(top, "")
}

// maxGap is how many folders without an __init__.py may follow each other in a package, if nothing but packages around them
// says that they are in one.
const maxGap = 2

// above is the folder above the topmost package that a folder is or is in, or otherwise when it is in none.
func (m *Modules) above(dir, otherwise string) string {
	found, gap := otherwise, 0
	for at := dir; gap <= maxGap && identifier(filepath.Base(at)) && at != filepath.Dir(at); at = filepath.Dir(at) {
		gap++
		if m.regularFolder(at) {
			found, gap = filepath.Dir(at), 0
		}
	}
	return found
}

// regularFolder says whether a folder is a package by its __init__.py. It is not read, for it may be large.
func (m *Modules) regularFolder(dir string) bool {
	return identifier(filepath.Base(dir)) && dir != filepath.Dir(dir) && (exists(filepath.Join(dir, "__init__.py")) || exists(filepath.Join(dir, "__init__.pyi")))
}

// repo is the nearest folder upward that is a working tree of git; "" when there is none.
func (m *Modules) repo(dir string) string {
	for !m.signs(dir).repo {
		up := filepath.Dir(dir)
		if up == dir {
			return ""
		}
		dir = up
	}
	return dir
}

// site is the site that a folder of a project is in; "" when it is in none. Folders above the project are known by their
// names alone: they may be large and have nothing to do with Python.
func (m *Modules) site(dir, project string) string {
	for at := dir; at != filepath.Dir(at); at = filepath.Dir(at) {
		if siteName(at) || (at == dir || inside(project, at)) && m.isSite(at) {
			return at
		}
	}
	return ""
}

// upward are the folders from the innermost to the outermost of a folder and some of those around it, or in it.
func upward(dir string, others []string) []string {
	first, last := dir, dir
	for _, d := range others {
		if inside(first, d) {
			first = d
		}
		if inside(d, last) {
			last = d
		}
	}
	dirs := []string{first}
	for first != last {
		first = filepath.Dir(first)
		dirs = append(dirs, first)
	}
	return dirs
}

// below are the names of the folders on the way from one folder into another.
func below(dir, inner string) []string {
	rest := strings.Trim(inner[len(dir):], string(filepath.Separator))
	if rest == "" {
		return nil
	}
	return strings.Split(rest, string(filepath.Separator))
}
