package diagnostics

import (
	"slices"
	"strings"

	"aiolens/diagnostics/knowledge"
	"aiolens/diagnostics/program"
	"aiolens/diagnostics/python"
	"aiolens/diagnostics/shape"
)

// Files finds the files of modules. It may be called from several goroutines, and gives the same file for the same
// module each time as long as that does not change.
type Files interface {
	// Name is the dotted name of the module in a file; "" when it has none.
	Name(path string) string
	// Find is the file of the module with an absolute dotted name, as the file at path from imports it; nil when there is
	// none. installed says that it is not part of the project.
	Find(from, name string) (file *python.File, installed bool)
	// Defined says whether the project that the file at path from belongs to defines a plain function, or a coroutine
	// function, with a name.
	Defined(from, name string) (plain, async bool)
}

// A View is what has been worked out about files and the modules they import. It holds as long as none of them changes,
// and is not safe for concurrent use.
type View struct {
	files   Files
	program *program.Program
	envs    map[*python.File]*env
	goals   map[*Goal]bool
	asking  int  // questions that wait for one another, see distance
	circles bool // one of them waits for itself
	moves   int  // how often something has changed that answers may depend on, see [body.callsOf]
	kept    bool // it serves one document from one check to the next

	found     map[string]*env            // those that others import, by path: a file may change, but not in this view
	importers map[string]map[string]bool // by path, the paths of the other files that import it
}

// NewView is a view of files and what they import; nil finds no modules but those of the tables.
func NewView(files Files) *View {
	v := &View{files: files, found: map[string]*env{}, importers: map[string]map[string]bool{}, envs: map[*python.File]*env{}, goals: map[*Goal]bool{}}
	v.program = program.New(v)
	return v
}

// Find implements [program.Source].
func (v *View) Find(from *shape.Module, name string) (m *shape.Module, installed bool) {
	f, ok := from.Origin.(*python.File)
	if !ok || v.files == nil {
		return nil, false
	}
	file, installed := v.files.Find(f.Path, name)
	if file == nil {
		return nil, false
	}
	if file.Path != f.Path {
		if v.importers[file.Path] == nil {
			v.importers[file.Path] = map[string]bool{}
		}
		v.importers[file.Path][f.Path] = true
	}
	e := v.found[file.Path]
	if e == nil {
		e = v.env(file)
		v.found[file.Path] = e
	}
	return e.Module.Shape, installed
}

// own is the env of a file that others import as it is.
func (v *View) own(file *python.File) *env {
	e := v.env(file)
	v.found[file.Path], v.kept = e, true
	return e
}

// concerns says whether a file has anything to do with asynchronous code: by itself, or because it calls what can only be
// a coroutine function of its project.
func concerns(file *python.File, files Files) bool {
	return file.Asynchronous() || files != nil && file.Calls(func(name string) bool { return telling(files, file.Path, name) })
}

// telling says whether a name is that of a coroutine function wherever the project of a file defines it, and one that nobody
// chooses by chance: it has several words.
func telling(files Files, from, name string) bool {
	if len(name) < minTelling || !strings.Contains(strings.Trim(name, "_"), "_") {
		return false
	}
	plain, async := files.Defined(from, name)
	return async && !plain
}

const minTelling = 10 // bytes

// env is what the blocks of a file have in common as long as its shape holds.
type env struct {
	*View
	Program  *program.Program
	Module   *program.Module
	file     *python.File
	asked    map[string]bool // the names that rules asked for without the block in question mentioning them
	reaches  map[reachKey]*reach
	asOthers map[reachKey]*reach         // those that depend on what the function is called with, or on what
	answered map[string]*answered        // see answers
	moved    map[*shape.Func]python.Node // functions whose body has changed, and nothing else
	bodies   map[bodyKey]*body
	doings   map[doingKey]*doing
	tests    map[python.Node]map[string]interest
	givens   map[givenKey]*given

	handed   map[string]bool   // see callbacks
	threaded map[string]bool   // see inThreads
	imported map[string]string // see imports
	library  string            // see Library

	strangers truth // see foreign
}

// env is the env of a file.
func (v *View) env(file *python.File) *env {
	e := v.envs[file]
	if e == nil {
		name := ""
		if v.files != nil {
			name = v.files.Name(file.Path)
		}
		e = &env{View: v, Program: v.program, Module: v.program.Module(file.Shape(name)), file: file, asked: map[string]bool{}, reaches: map[reachKey]*reach{}, asOthers: map[reachKey]*reach{}, doings: map[doingKey]*doing{}, moved: map[*shape.Func]python.Node{}, bodies: map[bodyKey]*body{}, tests: map[python.Node]map[string]interest{}, givens: map[givenKey]*given{}}
		v.envs[file] = e
	}
	return e
}

// dependents are the files that import a file, directly or not, but not itself.
func (v *View) dependents(of *python.File) map[*python.File]bool {
	found := map[*python.File]bool{}
	seen := map[string]bool{of.Path: true}
	queue := []string{of.Path}
	for len(queue) > 0 {
		path := queue[0]
		queue = queue[1:]
		for p := range v.importers[path] {
			if e := v.found[p]; !seen[p] && e != nil {
				found[e.file] = true
				queue = append(queue, p)
			}
			seen[p] = true
		}
	}
	return found
}

// renew is the env of a new version of a file. What was worked out about the old one and its dependents is forgotten.
func (v *View) renew(old, now *python.File) *env {
	v.moves++
	for file := range v.dependents(old) {
		v.release(file)
	}
	v.release(old)
	for _, e := range v.envs {
		// Questions about objects and arguments that others give may be about those of the old version.
		clear(e.asOthers)
		clear(e.givens)
	}
	return v.own(now)
}

// release forgets a file that no other imports.
func (v *View) release(file *python.File) {
	if e := v.envs[file]; e != nil {
		v.program.Forget(e.Module)
		delete(v.envs, file)
		if v.found[file.Path] == e {
			delete(v.found, file.Path)
		}
	}
}

// callbacks are the paths of the functions of the file that the event loop calls.
func (e *env) callbacks() map[string]bool {
	if e.handed == nil {
		e.handed = map[string]bool{}
		for _, c := range e.file.Callbacks() {
			e.handedOver(c, func(f *shape.Func) {
				if f.Path != "" {
					e.handed[f.Path] = true
				}
			})
		}
	}
	return e.handed
}

// handedOver calls mark for each function that a call hands to the event loop.
func (e *env) handedOver(c *shape.Value, mark func(*shape.Func)) {
	if c.N == 1 {
		return
	}
	for _, a := range e.Program.Eval(e.Module, c.X).Atoms() {
		if a.Kind != program.Function || a.Func.Decl.Facts == nil || a.Func.Decl.Facts.Callback == "" {
			continue
		}
		for _, f := range e.Program.Eval(e.Module, c.Args[0]).Atoms() {
			if f.Kind == program.Function && !f.Func.Decl.Async && e.own(f.Func) {
				mark(f.Func.Decl)
			}
		}
	}
}

// own says whether the file declares a function.
func (e *env) own(f *program.Func) bool {
	file := e.fileOf(f)
	return file != nil && file.Path == e.file.Path
}

// imports is how the file spells the qualified names that it imports.
func (e *env) imports() map[string]string {
	if e.imported != nil {
		return e.imported
	}
	e.imported = map[string]string{}
	for name, v := range e.file.Imports {
		if strings.HasPrefix(v.Str, ".") {
			continue
		}
		if old, ok := e.imported[v.Str]; v.N == 0 && (!ok || name < old) {
			e.imported[v.Str] = name
		}
	}
	e.library = Library(e.file)
	return e.imported
}

// Imports says whether the file imports a module at the top.
func (e *env) Imports(module string) bool {
	_, ok := e.imports()[module]
	return ok
}

// ImportsFrom says whether the file imports one of some packages at the top, or something in it.
func (e *env) ImportsFrom(packages ...string) bool {
	for name := range e.imports() {
		top, _, _ := strings.Cut(name, ".")
		if slices.Contains(packages, top) {
			return true
		}
	}
	return false
}

// RunsItself says whether the package of a coroutine function makes its coroutines run by themselves when they are called
// where no event loop runs, as Telethon and Pyrogram do in a module called sync.
func (e *env) RunsItself(f *program.Func) bool {
	top, _, _ := strings.Cut(f.Module.Name(), ".")
	file := e.fileOf(f)
	if e.files == nil || file == nil || top == "" {
		return false
	}
	sync, _ := e.files.Find(file.Path, top+".sync")
	return sync != nil && strings.Contains(sync.Text().String(), "setattr(") && strings.Contains(sync.Text().String(), "run_until_complete")
}

// AlwaysAsync says whether a name is that of a coroutine function of the project wherever the project defines it, and most
// likely means one of them in this block: no library is imported of which nothing is known, and which may well have methods
// of that name.
func (p *Pass) AlwaysAsync(name string) bool {
	if p.files == nil || !telling(p.files, p.file.Path, name) || p.foreign() {
		return false
	}
	for n := range p.Block.Root().Walk {
		switch n.Kind() {
		case python.ImportFrom:
			if module := n.Child(python.FieldModuleName); module.Kind() == python.DottedName && p.unfamiliar(module.Text()) {
				return false
			}
		case python.ImportStmt:
			for c := range n.Named {
				if c.Kind() == python.AliasedImport {
					c = c.Child(python.FieldName)
				}
				if c.Kind() == python.DottedName && p.unfamiliar(c.Text()) {
					return false
				}
			}
		}
	}
	return true
}

// foreign says whether the file imports something at the top of which nothing is known.
func (e *env) foreign() bool {
	if e.strangers == maybe {
		e.strangers = no
		for _, v := range e.file.Imports {
			if !strings.HasPrefix(v.Str, ".") && e.unfamiliar(v.Str) {
				e.strangers = yes
			}
		}
		for _, name := range e.Module.Shape.Stars {
			if !strings.HasPrefix(name, ".") && e.unfamiliar(name) {
				e.strangers = yes
			}
		}
	}
	return e.strangers == yes
}

// unfamiliar says whether an absolute dotted name is of a module, or in one, that is neither in the tables nor found.
func (e *env) unfamiliar(name string) bool {
	top, _, _ := strings.Cut(name, ".")
	if knowledge.Standard(top) || knowledge.Module(top) != nil {
		return false
	}
	for name != "" {
		if file, _ := e.files.Find(e.file.Path, name); file != nil {
			return false
		}
		name = name[:max(0, strings.LastIndexByte(name, '.'))]
	}
	return true
}

// Library is the library that a file imports and advice should speak: "asyncio", "anyio" or "trio".
func Library(file *python.File) string {
	found := map[string]bool{}
	for _, v := range file.Imports {
		top, _, _ := strings.Cut(v.Str, ".")
		found[top] = true
	}
	switch {
	case found["asyncio"]:
	case found["trio"]:
		return "trio"
	case found["anyio"]:
		return "anyio"
	}
	return "asyncio"
}

// Library is that of the file.
func (e *env) Library() string {
	e.imports()
	return e.library
}

// Notebook says whether the file is a notebook, whose cells IPython runs in a coroutine.
// Source: ipython.readthedocs.io, autoawait.
func (e *env) Notebook() bool { return strings.HasSuffix(e.file.Path, ".ipynb") }

// Mentions says whether the file contains one of [python.Mentioned].
func (e *env) Mentions(word string) bool { return e.file.Has(word) }
