package workspace

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
)

// Files gives the files of modules: those of open buffers as the editor shows them, others as the disk has them, each
// read once. It implements diagnostics.Files and is safe for concurrent use.
type Files struct {
	Modules *Modules
	Log     func(message string) // nil says nothing
	Texts   map[string]string    // what is read already, by absolute path; not to be changed any more
	Follow  bool                 // who imports whom is kept, for Importers and Seekers

	mu        sync.Mutex
	files     map[string]*python.File // those on disk, by absolute path; nil for what cannot be read
	size      int                     // bytes of their texts
	installed int                     // bytes of those that are not part of the project
	full      bool                    // installed has reached its limit
	drops     int                     // how often something was forgotten
	kept      int                     // bytes that Trim could not forget

	buffers   map[string]buffer
	importers map[string]map[string]bool // by path, the files that found it
	seekers   map[string]map[string]bool // by the last part of a dotted name, the files that looked for one like that

	names   map[string]*names  // what the files of the project define, by absolute path
	count   map[defined][2]int // how often a name is defined: as a plain function, as a coroutine function
	partial bool               // not all files are indexed
}

// buffer is a file that is open in the editor.
type buffer struct {
	file    *python.File
	opening int64
}

// names are the names of the functions that a file defines, and what it belongs to.
type names struct {
	home         string
	plain, async []string
}

// defined is a name in what it belongs to.
type defined struct{ home, name string }

const (
	maxFile      = 4 << 20  // bytes of a file that is imported; longer ones are not looked into
	maxInstalled = 64 << 20 // bytes of installed packages that are kept
)

// NewFiles gives the files of the modules.
func NewFiles(modules *Modules) *Files {
	return &Files{
		Modules: modules, files: map[string]*python.File{}, buffers: map[string]buffer{},
		importers: map[string]map[string]bool{}, seekers: map[string]map[string]bool{},
		names: map[string]*names{}, count: map[defined][2]int{},
	}
}

// With gives the files of other modules. The buffers and the names that are known remain so.
func (f *Files) With(modules *Modules) *Files {
	f.mu.Lock()
	defer f.mu.Unlock()
	g := NewFiles(modules)
	g.Log, g.Follow = f.Log, f.Follow
	for path, b := range f.buffers {
		g.buffers[path] = b
	}
	for path, n := range f.names {
		n := &names{modules.Home(path), n.plain, n.async}
		g.names[path] = n
		g.tally(n, 1, nil)
	}
	g.partial = f.partial
	return g
}

// Name is the dotted name of the module in a file; "" when it has none.
func (f *Files) Name(path string) string { return f.Modules.Name(path) }

// Find is the file of the module with an absolute dotted name, as the file at path from imports it; nil when there is
// none. installed says that it is not part of the project.
func (f *Files) Find(from, name string) (file *python.File, installed bool) {
	path, installed, ok := f.Modules.Find(from, name)
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.Follow {
		link(f.seekers, name[strings.LastIndexByte(name, '.')+1:], from)
		if ok && path != from {
			link(f.importers, path, from)
		}
	}
	if !ok {
		return nil, false
	}
	if b, ok := f.buffers[path]; ok {
		return b.file, installed
	}
	for {
		if file, ok := f.files[path]; ok {
			return file, installed
		}
		if installed && f.full {
			return nil, installed
		}
		// Nobody else waits for the disk meanwhile. What was read is out of date if something is forgotten before it is kept.
		drops := f.drops
		f.mu.Unlock()
		file = f.open(path)
		f.mu.Lock()
		if _, ok := f.files[path]; !ok && drops == f.drops {
			f.keep(path, file, installed)
		}
	}
}

// open reads a file; nil when that cannot be done.
func (f *Files) open(path string) *python.File {
	if text, ok := f.Texts[path]; ok && len(text) <= maxFile {
		return python.NewFile(path, python.NewText(text))
	}
	source, err := Read(path)
	if err != nil || len(source.Text) > maxFile {
		return nil
	}
	return python.NewFile(path, python.NewText(source.Text))
}

// keep notes what was read of a path.
func (f *Files) keep(path string, file *python.File, installed bool) {
	f.files[path] = file
	n := length(file)
	f.size += n
	if installed {
		f.installed += n
	}
	if f.installed > maxInstalled && !f.full {
		f.full = true
		if f.Log != nil {
			f.Log("no further installed packages are looked into: those that were imported so far are too large together")
		}
	}
}

// length is the number of bytes of a file's text; 0 for nil.
func length(file *python.File) int {
	if file == nil {
		return 0
	}
	return file.Text().Len()
}

// link adds an edge to a graph.
func link(edges map[string]map[string]bool, to, from string) {
	if edges[to] == nil {
		edges[to] = map[string]bool{}
	}
	edges[to][from] = true
}

// Put makes a file the one of its path and returns it; of a file that is known already with the same text, that one.
func (f *Files) Put(file *python.File) *python.File {
	f.mu.Lock()
	defer f.mu.Unlock()
	old := f.files[file.Path]
	if old != nil && old.Text().String() == file.Text().String() {
		return old
	}
	f.files[file.Path] = file
	f.size += length(file) - length(old)
	return file
}

// Known is the file that Find gave for a path, or would give without looking at the disk; nil when there is none.
func (f *Files) Known(path string) *python.File {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.known(path)
}

func (f *Files) known(path string) *python.File {
	if b, ok := f.buffers[path]; ok {
		return b.file
	}
	return f.files[path]
}

// Hold makes a file the one of its path until the buffer that it is the text of is released; the disk does not count. It
// returns the file that was known for the path before, nil when there was none. The number of the opening tells a
// buffer from those that were opened at the same path before and after it, of which the last counts.
func (f *Files) Hold(file *python.File, opening int64) (was *python.File) {
	f.mu.Lock()
	defer f.mu.Unlock()
	was = f.known(file.Path)
	if b, ok := f.buffers[file.Path]; ok && b.opening > opening {
		return was
	}
	f.buffers[file.Path] = buffer{file, opening}
	return was
}

// Release gives a path back to the disk, and returns the buffer's file and that on disk: the same one when they are
// equal, nil for what is not there or of no interest to anybody.
func (f *Files) Release(path string, opening int64) (was, is *python.File) {
	f.mu.Lock()
	defer f.mu.Unlock()
	b, ok := f.buffers[path]
	if !ok || b.opening != opening {
		return nil, nil
	}
	delete(f.buffers, path)
	f.drop(path)
	if len(f.importers[path]) == 0 {
		return b.file, nil
	}
	f.mu.Unlock()
	now := f.open(path)
	f.mu.Lock()
	if now != nil && now.Text().String() == b.file.Text().String() {
		now = b.file
	}
	if known := f.known(path); known != nil {
		return b.file, known
	}
	f.keep(path, now, false)
	return b.file, now
}

// Drop forgets what was read of a path: it has changed on the disk.
func (f *Files) Drop(path string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.drop(path)
}

func (f *Files) drop(path string) {
	f.size -= length(f.files[path])
	delete(f.files, path)
	f.drops++
}

// Reread takes over what the disk has at a path now. It says whether somebody who imports it may see something else.
func (f *Files) Reread(path string) bool {
	f.mu.Lock()
	old, known := f.files[path]
	_, held := f.buffers[path]
	f.drop(path)
	f.mu.Unlock()
	if !known {
		return false
	}
	now := f.open(path)
	if old != nil && now != nil {
		now = old.Update(now.Text())
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if _, again := f.files[path]; !again {
		f.keep(path, now, false)
	}
	switch {
	case held:
		return false
	case old == nil || now == nil:
		return old != now
	}
	return diagnostics.Differs(old, now)
}

// Trim forgets the files on disk when they are larger together than a number of bytes, and says so. What open buffers
// import, directly or not, is kept: it is in use.
func (f *Files) Trim(size int) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.size <= size+f.kept {
		return false
	}
	files, used := f.files, f.used()
	f.files, f.size, f.installed, f.full = map[string]*python.File{}, 0, 0, false
	f.drops++
	for path := range used {
		if file, ok := files[path]; ok {
			f.files[path] = file
			f.size += length(file)
		}
	}
	f.kept = f.size
	return true
}

// used are the paths that buffers import, directly or not.
func (f *Files) used() map[string]bool {
	if len(f.buffers) == 0 {
		return nil
	}
	imports := map[string][]string{}
	for to, froms := range f.importers {
		for from := range froms {
			imports[from] = append(imports[from], to)
		}
	}
	used := map[string]bool{}
	queue := make([]string, 0, len(f.buffers))
	for path := range f.buffers {
		queue = append(queue, path)
	}
	for len(queue) > 0 {
		path := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		for _, to := range imports[path] {
			if !used[to] {
				used[to] = true
				queue = append(queue, to)
			}
		}
	}
	return used
}

// Importers are the files that import one of the paths, directly or not, as far as anybody asked so far; those that do
// not any more may be among them.
func (f *Files) Importers(paths ...string) map[string]bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	found := map[string]bool{}
	f.addImporters(found, slices.Clone(paths))
	return found
}

// Seekers are the files for which an import may mean something else when a file at a path comes or goes: those that
// looked for a module of its name, found or not, and their importers.
func (f *Files) Seekers(path string) map[string]bool {
	name := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	if name == "__init__" {
		name = filepath.Base(filepath.Dir(path))
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	found := map[string]bool{}
	var queue []string
	for from := range f.seekers[name] {
		found[from] = true
		queue = append(queue, from)
	}
	f.addImporters(found, queue)
	return found
}

func (f *Files) addImporters(found map[string]bool, queue []string) {
	for len(queue) > 0 {
		path := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		for from := range f.importers[path] {
			if !found[from] {
				found[from] = true
				queue = append(queue, from)
			}
		}
	}
}

// Open is the file at a path: the open buffer, or what the disk holds; nil for what cannot be read, or does not hold a word.
func (f *Files) Open(path, word string) *python.File {
	file := f.Known(path)
	if file == nil {
		file = f.open(path)
	}
	if file == nil || !strings.Contains(file.Text().String(), word) {
		return nil
	}
	return f.Put(file)
}

// Indexes are the paths of the files that were given to Index, in no order.
func (f *Files) Indexes() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Collect(maps.Keys(f.names))
}

// Index notes what a file of the project defines; an empty text, that it defines nothing. It returns the names that
// Defined says something else of now. Nobody imports a notebook.
func (f *Files) Index(path, text string) (changed []string) {
	if IsNotebook(path) {
		return nil
	}
	now := &names{home: f.Modules.Home(path)}
	for name, async := range python.Definitions(text) {
		name = strings.Clone(name) // a piece of the text would keep the whole of it alive
		if async {
			now.async = append(now.async, name)
		} else {
			now.plain = append(now.plain, name)
		}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	was := map[defined][2]int{}
	f.tally(now, 1, was)
	if old := f.names[path]; old != nil {
		f.tally(old, -1, was)
	}
	f.names[path] = now
	for d, was := range was {
		if is := f.count[d]; !f.partial && ((was[0] > 0) != (is[0] > 0) || (was[1] > 0) != (is[1] > 0)) {
			changed = append(changed, d.name)
		}
	}
	return changed
}

// tally counts the names of a file, or takes them back; was gets what the counts were before, if it is not nil.
func (f *Files) tally(n *names, by int, was map[defined][2]int) {
	for kind, list := range [][]string{n.plain, n.async} {
		for _, name := range list {
			d := defined{n.home, name}
			c := f.count[d]
			if _, ok := was[d]; !ok && was != nil {
				was[d] = c
			}
			c[kind] += by
			if c == [2]int{} {
				delete(f.count, d)
			} else {
				f.count[d] = c
			}
		}
	}
}

// Complete says whether all files of the project are indexed, as is assumed otherwise. Until they are Defined knows of no
// name, for one that is always a coroutine function so far may be a plain function in a file that comes later.
func (f *Files) Complete(all bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.partial = !all
}

// Knows says whether a file in a folder was found by who imports it, or is indexed.
func (f *Files) Knows(folder string) bool {
	folder += string(filepath.Separator)
	f.mu.Lock()
	defer f.mu.Unlock()
	for path := range f.names {
		if strings.HasPrefix(path, folder) {
			return true
		}
	}
	for path := range f.importers {
		if strings.HasPrefix(path, folder) {
			return true
		}
	}
	return false
}

// Indexed says whether the names of a file are noted.
func (f *Files) Indexed(path string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.names[path] != nil
}

// Defined says whether what a file belongs to defines a plain function, or a coroutine function, with a name.
func (f *Files) Defined(from, name string) (plain, async bool) {
	home := f.Modules.Home(from)
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.partial {
		return false, false
	}
	c := f.count[defined{home, name}]
	return c[0] > 0, c[1] > 0
}

// Names are all names of functions that the files define.
func (f *Files) Names() map[string]bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	all := make(map[string]bool, len(f.count))
	for d := range f.count {
		all[d.name] = true
	}
	return all
}

// Absolute is the absolute form of a path, or the path where there is none.
func Absolute(path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		return abs
	}
	return path
}
