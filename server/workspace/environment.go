package workspace

import (
	"cmp"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// environment is where the installed modules are that a project imports. nil has none.
type environment struct {
	dirs []string // the sites, and what their .pth files add
}

// environment finds the environment of a project: the first of what the settings name, what is active, and what lies
// in one of the folders. That of uv and poetry is .venv.
func (m *Modules) environment(folders []string) *environment {
	key := strings.Join(folders, "\x00")
	env, known := m.envs[key]
	if !known {
		for _, dir := range m.candidates(folders) {
			if sites := m.sitesOf(dir); len(sites) > 0 {
				env = m.sites(sites...)
				break
			}
		}
		m.envs[key] = env
	}
	return env
}

// candidates are folders that may be environments, the best first.
func (m *Modules) candidates(folders []string) []string {
	var dirs []string
	if m.python != "" {
		for _, folder := range append(slices.Clip(folders), m.cwd) {
			path := from(folder, filepath.FromSlash(m.python))
			dirs = append(dirs, prefix(path))
			if target, err := filepath.EvalSymlinks(path); err == nil {
				dirs = append(dirs, prefix(target)) // a link to an interpreter, in a folder for commands
			}
		}
	}
	conda := m.getenv("CONDA_PREFIX")
	active := []string{m.getenv("VIRTUAL_ENV"), conda}
	// Conda activates its base in every shell, so that it says nothing about the project.
	base := slices.Contains([]string{"base", "root"}, m.getenv("CONDA_DEFAULT_ENV"))
	if base {
		active[1] = ""
	}
	for _, dir := range active {
		if dir != "" {
			dirs = append(dirs, m.abs(dir))
		}
	}
	for _, folder := range folders {
		for _, name := range []string{".venv", "venv", "env"} {
			if dir := filepath.Join(folder, name); m.list(dir).env {
				dirs = append(dirs, dir)
			}
		}
	}
	if base && conda != "" {
		dirs = append(dirs, m.abs(conda))
	}
	return dirs
}

// prefix is the folder of the environment that an interpreter belongs to, or the path itself when it is a folder.
func prefix(path string) string {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return path
	}
	dir := filepath.Dir(path)
	if base := filepath.Base(dir); base == "bin" || strings.EqualFold(base, "Scripts") {
		return filepath.Dir(dir)
	}
	return dir // python.exe of conda
}

// sitesOf are the sites of an environment. Source: docs.python.org/3/library/site.html.
func (m *Modules) sitesOf(dir string) []string {
	if m.isSite(dir) {
		return []string{dir}
	}
	var sites []string
	for _, lib := range []string{"lib", "lib64"} {
		lib = filepath.Join(dir, lib)
		if info, err := os.Lstat(lib); err != nil || info.Mode()&fs.ModeSymlink != 0 && len(sites) > 0 {
			continue // lib64 is a link to lib in virtual environments
		}
		names := slices.Collect(maps.Keys(m.list(lib).entries))
		slices.SortFunc(names, func(a, b string) int { return cmp.Or(version(b)-version(a), strings.Compare(a, b)) })
		for _, name := range names {
			if version(name) < 0 {
				break
			}
			if found := m.sitesIn(filepath.Join(lib, name)); len(found) > 0 {
				sites = append(sites, found...)
				break
			}
		}
	}
	if len(sites) == 0 {
		sites = m.sitesIn(filepath.Join(dir, "Lib")) // Windows
	}
	return sites
}

// sitesIn are the folders for packages in the library of an interpreter. Debian calls its own dist-packages.
func (m *Modules) sitesIn(lib string) []string {
	var sites []string
	for _, name := range []string{"site-packages", "dist-packages"} {
		if m.list(lib).entries[name] >= aFolder {
			sites = append(sites, filepath.Join(lib, name))
		}
	}
	return sites
}

// version is the minor version in the name of a folder: 12 of python3.12, 13 of python3.13t, 10 of pypy3.10, 0 of python3.
// It is -1 for other names.
func version(name string) int {
	rest, ok := strings.CutPrefix(name, "python3")
	if !ok {
		rest, ok = strings.CutPrefix(name, "pypy3")
	}
	if !ok {
		return -1
	}
	if rest == "" {
		return 0
	}
	minor, err := strconv.Atoi(strings.TrimSuffix(strings.TrimPrefix(rest, "."), "t"))
	if err != nil || rest[0] != '.' {
		return -1
	}
	return minor
}

// isSite says whether a folder is a site: one that packages have been installed into, by pip --target if not in an
// environment. What was built in a project does not make it one.
func (m *Modules) isSite(dir string) bool {
	if siteName(dir) || !m.list(dir).dists {
		return siteName(dir)
	}
	signs := m.signs(dir)
	return !signs.project && !signs.setup
}

func siteName(dir string) bool {
	base := filepath.Base(dir)
	return base == "site-packages" || base == "dist-packages"
}

// sites are the sites with the folders that the .pth files in them add, as editable installations do. Lines that run
// code are left out, and with them the finders that some editable installations have in place of a folder.
func (m *Modules) sites(sites ...string) *environment {
	env := &environment{dirs: slices.Clone(sites)}
	for _, site := range sites {
		for _, name := range slices.Sorted(maps.Keys(m.list(site).entries)) {
			if filepath.Ext(name) != ".pth" {
				continue
			}
			text, _ := readFile(filepath.Join(site, name))
			for line := range strings.Lines(strings.TrimPrefix(string(text), string(bom))) {
				line = strings.TrimSpace(line)
				if line == "" || line[0] == '#' || strings.HasPrefix(line, "import ") || strings.HasPrefix(line, "import\t") {
					continue
				}
				dir := filepath.Clean(from(site, line))
				if info, err := os.Stat(dir); err == nil && info.IsDir() {
					env.dirs = with(env.dirs, dir)
				}
			}
		}
	}
	return env
}

// Environments are the folders of installed packages that were looked into so far, in order of their names.
func (m *Modules) Environments() []string {
	m.mu.RLock()
	defer m.mu.RUnlock()
	var dirs []string
	for _, env := range m.envs {
		if env != nil {
			dirs = append(dirs, env.dirs...)
		}
	}
	slices.Sort(dirs)
	return slices.Compact(dirs)
}
