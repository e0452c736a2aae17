// Package knowledge holds what aiolens knows of the standard library and of other libraries without reading them:
// which calls block, which functions are coroutine functions, what a call returns, and since or until which version
// of Python something is there. The tables are stub files (see README.md), embedded into the binary and parsed when
// a program first imports the package in question.
//
// It knows no program, no rule and no file outside its tables, and it draws no conclusions: it hands out
// declarations. A module or a member that is not in the tables is unknown, which is not the same as absent.
package knowledge

import (
	"embed"
	"strings"
	"sync"

	"aiolens/diagnostics/shape"
)

//go:embed stubs/*.pyi
var stubs embed.FS

// files are the tables by top-level package. The map itself is never written to after it is made.
var files = sync.OnceValue(func() map[string]*file {
	entries, _ := stubs.ReadDir("stubs")
	m := make(map[string]*file, len(entries))
	for _, e := range entries {
		name := strings.TrimSuffix(e.Name(), ".pyi")
		m[name] = &file{name: name}
	}
	return m
})

// A file is one stub file, parsed on first use.
type file struct {
	name    string // the top-level package
	once    sync.Once
	modules map[string]*shape.Module
	errors  []string // mistakes in the stub; a test keeps them at none
}

func (f *file) load() {
	f.once.Do(func() {
		text, err := stubs.ReadFile("stubs/" + f.name + ".pyi")
		if err != nil { // cannot be: the name comes from the same embedded folder
			f.errors = []string{err.Error()}
			return
		}
		f.modules, f.errors = parse(f.name, string(text))
	})
}

// Module returns the module with this absolute dotted name ("asyncio", "os.path"), or nil when the tables do not
// have it. The same name gives the same pointer each time. It may be called from several goroutines.
func Module(name string) *shape.Module {
	top, _, _ := strings.Cut(name, ".")
	f := files()[top]
	if f == nil {
		return nil
	}
	f.load()
	return f.modules[name]
}

// Has says whether the tables have anything about the package toplevel ("asyncio", not "asyncio.tasks"). It parses
// nothing.
func Has(toplevel string) bool {
	return files()[toplevel] != nil
}
