package workspace

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"
)

// answer is what a name was found to be.
type answer struct {
	path      string // "" when nothing was found
	site      string // the site that it is in; "" when it is in none
	installed bool   // as a project sees it
}

// search finds the file of a module, given the parts of its name.
//
// As in Python, a module that has a file, or a package that has an __init__.py, comes before a folder without one, which is
// a namespace package (PEP 420), wherever they are. A package that is found without the module in it ends the search in
// the roots and in the environment, again as in Python, but not near and beyond the roots, where it was no more than a
// guess.
func (m *Modules) search(s *searchPath, parts []string, installed bool) answer {
	if installed {
		a, _ := m.inEnvironment(s, parts)
		return a
	}
	near := m.first(s, s.near, parts)
	if near.path != "" && !m.provided(s.env, parts[0]) {
		return near
	}
	for _, dir := range s.roots {
		if path, pkg := m.regular(dir, parts); path != "" {
			return m.found(s, dir, path)
		} else if pkg {
			return near
		}
	}
	beyond := m.first(s, s.beyond, parts)
	if beyond.path != "" && !m.provided(s.env, parts[0]) {
		return beyond
	}
	a, pkg := m.inEnvironment(s, parts)
	switch {
	case a.path != "":
		return a
	case near.path != "":
		return near
	case beyond.path != "" || pkg:
		return beyond
	}
	if a := m.namespace(s, parts); a.path != "" {
		return a
	}
	return m.elsewhere(s, parts)
}

// first is the module in the first of some folders that has it.
func (m *Modules) first(s *searchPath, dirs, parts []string) answer {
	for _, dir := range dirs {
		if path, _ := m.regular(dir, parts); path != "" {
			return m.found(s, dir, path)
		}
	}
	return answer{}
}

// inEnvironment is the module among those that are installed; pkg says that the first part of its name is a package there.
// Stubs from elsewhere (PEP 561) are taken when a package has no source for it.
func (m *Modules) inEnvironment(s *searchPath, parts []string) (a answer, pkg bool) {
	if s.env == nil {
		return answer{}, false
	}
	for _, dir := range s.env.dirs {
		var path string
		if path, pkg = m.regular(dir, parts); path != "" {
			return m.found(s, dir, path), true
		}
		if pkg {
			break
		}
	}
	stubs := append([]string{parts[0] + "-stubs"}, parts[1:]...)
	for _, dir := range s.env.dirs {
		if path := m.descend([]string{dir}, stubs); path != "" {
			return m.found(s, dir, path), true
		}
	}
	return answer{}, pkg
}

// found is the answer for a file that was found by way of one of the folders in which to look.
func (m *Modules) found(s *searchPath, dir, path string) answer {
	a := answer{path: path}
	if m.isSite(dir) {
		a.site, a.installed = dir, true
	} else if s.env != nil && slices.Contains(s.env.dirs, dir) { // from a .pth
		a.installed = !inside(s.project, dir) && !slices.ContainsFunc(s.bases, func(base string) bool { return inside(base, dir) })
	}
	return a
}

// provided says whether an environment has a module of a name.
func (m *Modules) provided(env *environment, name string) bool {
	return env != nil && slices.ContainsFunc(env.dirs, func(dir string) bool {
		file, _ := m.at(dir, name)
		return file != ""
	})
}

// at is what a name means in a folder: the file of the module, if it has one, and the folder of the package, if it is
// one. The order is that of importlib.machinery.FileFinder, with stubs after sources.
func (m *Modules) at(dir, name string) (file, pkg string) {
	entries := m.list(dir).entries
	var inner map[string]entry
	if entries[name] >= aFolder {
		pkg = filepath.Join(dir, name)
		inner = m.list(pkg).entries
	}
	switch {
	case inner["__init__.py"] == aFile:
		return filepath.Join(pkg, "__init__.py"), pkg
	case entries[name+".py"] == aFile:
		return filepath.Join(dir, name+".py"), ""
	case inner["__init__.pyi"] == aFile:
		return filepath.Join(pkg, "__init__.pyi"), pkg
	case entries[name+".pyi"] == aFile:
		return filepath.Join(dir, name+".pyi"), ""
	}
	return "", pkg
}

// regular is the file of a module in a folder, unless the first part of its name is a namespace package there. pkg says
// whether that is a package, be the module in it or not.
func (m *Modules) regular(dir string, parts []string) (path string, pkg bool) {
	file, folder := m.at(dir, parts[0])
	switch {
	case file == "":
		return "", false
	case len(parts) == 1:
		return file, folder != ""
	case folder == "":
		return "", false
	}
	return m.descend([]string{folder}, parts[1:]), true
}

// descend is the file of a module, given the folders that make up the package that it is in.
func (m *Modules) descend(dirs, parts []string) string {
	for i, part := range parts {
		var inner []string
		for _, dir := range dirs {
			file, pkg := m.at(dir, part)
			if file != "" && i == len(parts)-1 {
				return file
			}
			if file != "" {
				inner = nil // a file comes before folders without one
			}
			if pkg != "" {
				inner = append(inner, pkg)
			}
			if file != "" {
				break
			}
		}
		dirs = inner
	}
	return ""
}

// namespace finds a module in a package without a file, whose parts may be in several folders.
func (m *Modules) namespace(s *searchPath, parts []string) answer {
	dirs := slices.Concat(s.near, s.roots, s.beyond)
	if s.env != nil {
		dirs = append(dirs, s.env.dirs...)
	}
	var portions []string
	for _, dir := range dirs {
		if file, folder := m.at(dir, parts[0]); file == "" && folder != "" {
			portions = append(portions, folder)
		}
	}
	path := m.descend(portions, parts[1:])
	if path == "" {
		return answer{}
	}
	// Environments lie in projects: the folder that it was found in is the innermost one.
	slices.SortStableFunc(dirs, func(a, b string) int { return len(b) - len(a) })
	return m.found(s, dirs[slices.IndexFunc(dirs, func(dir string) bool { return inside(dir, path) })], path)
}

// parent is a folder that has a package or a module on top.
type parent struct {
	dir     string
	pkg     bool // it has a file; else it is a namespace package
	project bool // the folder is a project or its src
}

// index has the parents of each name in a folder.
type index map[string][]parent

// elsewhere finds a module of another project around, as monorepos have them, given that only one has the name; what looks
// like a project counts more than what does not. What is installed has been looked for before: the packages of a
// workspace are, by a .pth file, and whoever has them there need not wait for the index.
func (m *Modules) elsewhere(s *searchPath, parts []string) answer {
	parents := m.parents(s.bases, parts[0])
	for _, suits := range []func(parent) bool{
		func(p parent) bool { return p.pkg && p.project },
		func(p parent) bool { return p.pkg },
	} {
		i := slices.IndexFunc(parents, suits)
		switch {
		case i < 0:
			continue
		case slices.ContainsFunc(parents[i+1:], suits):
			return answer{}
		}
		return m.first(s, []string{parents[i].dir}, parts)
	}
	return m.portion(s, parents, parts)
}

// portion is the module of a namespace package that one of some parents has, and no other; such packages are made to be
// in many.
func (m *Modules) portion(s *searchPath, parents []parent, parts []string) answer {
	var a answer
	for _, p := range parents {
		if path := m.descend([]string{filepath.Join(p.dir, parts[0])}, parts[1:]); path != "" {
			if a.path != "" {
				return answer{}
			}
			a = m.found(s, p.dir, path)
		}
	}
	return a
}

// parents are the folders in some bases that have a module of a name at the top.
func (m *Modules) parents(bases []string, name string) []parent {
	var parents []parent
	for _, base := range bases {
		tops, known := m.tops[base]
		if !known {
			tops = make(index)
			if rest := maxFolders; !m.index(tops, base, 0, &rest) {
				clear(tops) // half of it could make something look unique
			}
			m.tops[base] = tops
		}
		for _, p := range tops[name] {
			if !slices.Contains(parents, p) { // a base may be in another
				parents = append(parents, p)
			}
		}
	}
	return parents
}

const (
	maxLevels  = 4    // of the folders below a base that may have packages
	maxFolders = 5000 // below a base, so that opening a disk costs no more than a moment
)

// index adds what a folder has, and those in it. It is false when there are too many.
func (m *Modules) index(tops index, dir string, depth int, rest *int) bool {
	l := m.list(dir)
	if *rest--; *rest < 0 {
		return false
	}
	if depth > 0 && (l.env || m.isSite(dir)) {
		return true
	}
	src := filepath.Base(dir) == "src"
	add := func(name string, pkg bool) {
		signs := m.signs(dir)
		tops[name] = append(tops[name], parent{dir, pkg, src || signs.project || signs.setup})
	}
	for _, name := range slices.Sorted(maps.Keys(l.entries)) {
		if l.entries[name] == aFile {
			if stem, ok := strings.CutSuffix(name, filepath.Ext(name)); ok && src && isPython(name) && identifier(stem) {
				add(stem, true)
			}
			continue
		}
		if l.entries[name] == aLink || strings.HasPrefix(name, ".") || unindexed[name] {
			continue
		}
		inner := filepath.Join(dir, name)
		if pkg := m.list(inner).pkg; identifier(name) && (pkg || src) {
			add(name, pkg)
		} else if depth < maxLevels && !m.index(tops, inner, depth+1, rest) {
			return false
		}
	}
	return true
}

// unindexed are folders that are full of what is not part of the project.
var unindexed = map[string]bool{"node_modules": true, "build": true, "dist": true, "__pycache__": true, "site-packages": true}
