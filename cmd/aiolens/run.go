package main

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"iter"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"

	"github.com/aymanbagabas/go-udiff"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
	"aiolens/server/workspace"
)

// stdin is the path that stands for standard input.
const stdin = "-"

// run is one run of `aiolens check`.
type run struct {
	app    *app
	flags  checkFlags
	loader *workspace.Loader
	files  *workspace.Files
	views  chan view // one for each goroutine that checks

	mu       sync.Mutex
	checkers map[checkerKey]check
	epoch    int // how often the files were trimmed
}

// view is what was worked out in an epoch.
type view struct {
	*diagnostics.View
	epoch int
}

// keep is how many bytes of source are kept, with all that is known of them, before everything is forgotten and made
// anew where it is needed.
const keep = 24 << 20

// checkerKey is what the settings of files with the same checker have in common.
type checkerKey struct {
	config *workspace.Config
	ignore string
}

// target is a file to check; err says why it cannot be.
type target struct {
	workspace.File
	err    error
	source *workspace.Source // nil when it is to be read when its turn comes
}

// result is what became of a file. Its text is not kept.
type result struct {
	target
	findings []byte // rendered
	tally    tally
	fixed    int    // how many fixes were applied, or would be
	broken   int    // the line of the first syntax error, from 1; 0 when there is none
	text     []byte // the difference that the fixes make, or standard input with the fixes
}

// check runs `aiolens check` on the paths.
func (a *app) check(flags checkFlags, paths []string) error {
	loader, err := flags.settings.loader(a.rules)
	if err != nil {
		return err
	}
	if len(paths) == 0 {
		paths = []string{"."}
	}
	r := &run{app: a, flags: flags, loader: loader, checkers: make(map[checkerKey]check)}
	p := newPrinter(a, flags, paths[0] == stdin)
	// A run makes much garbage: it is cheaper to collect it seldom while there is little that lasts. What the collector goes
	// by is the memory in use, of which these pages, which are never touched, are a part.
	ballast := make([]byte, 192<<20)
	defer runtime.KeepAlive(ballast)
	defer debug.SetGCPercent(debug.SetGCPercent(80))
	r.find(paths)
	var targets []target
	texts := map[string]string{}
	size := 0
	inOrder(r.targets(paths), 2*runtime.GOMAXPROCS(0), r.read, func(t target) {
		if t.source != nil {
			if size += len(t.source.Text); size > 16*keep && t.Path != stdin {
				t.source = nil // it is read again
			} else {
				texts[workspace.Absolute(t.source.Path)] = t.source.Text
			}
		}
		targets = append(targets, t)
	})
	r.files.Texts = texts
	inOrder(slices.Values(targets), 2*runtime.GOMAXPROCS(0), r.work, p.add)
	return p.finish()
}

// find prepares the finding of what the files under the paths import.
func (r *run) find(paths []string) {
	start := paths[0]
	if start == stdin {
		start = cmp.Or(r.flags.stdinName, ".")
	}
	config, _ := r.loader.Load(start)
	folders := slices.Clone(paths)
	folders[0] = start
	r.files = workspace.NewFiles(workspace.NewModules(folders, config.Python, os.Getenv))
	r.files.Log = func(message string) { fmt.Fprintln(r.app.err, "warning: "+message) }
	n := runtime.GOMAXPROCS(0)
	r.views = make(chan view, n)
	for range n {
		r.views <- view{}
	}
}

// targets are the files to check.
func (r *run) targets(paths []string) iter.Seq[target] {
	return func(yield func(target) bool) {
		if paths[0] == stdin {
			c, _ := r.loader.Load(r.flags.stdinName)
			yield(target{File: workspace.File{Path: stdin, Config: c}})
			return
		}
		for f, err := range r.loader.Walk(paths...) {
			if !yield(target{File: f, err: err}) {
				return
			}
		}
	}
}

// work checks a file. A panic is an error of that file alone.
func (r *run) work(t target) (res result) {
	defer func() {
		if v := recover(); v != nil {
			res = result{target: t}
			res.err = fmt.Errorf("internal error while checking %s: %v (%s); please report", t.Path, v, panicked())
		}
	}()
	res.target = t
	if t.err != nil {
		return res
	}
	source := t.source
	if source == nil {
		var err error
		if source, err = r.load(t.Path); err != nil {
			res.err = err
			return res
		}
	}
	v := r.current(<-r.views)
	next := view{} // a panic leaves it in pieces
	defer func() { r.views <- next }()
	file := python.NewFile(workspace.Absolute(source.Path), python.NewText(source.Text))
	rules := r.checker(t.Config, source.Path)
	check := func(file *python.File) []diagnostics.Finding { return rules(v.View, file) }
	findings := check(file)
	if r.flags.fix || r.flags.diff {
		better, left, fixed := fixAll(file, findings, check, r.flags.unsafe)
		if res.text, res.err = r.save(source, t.Path, better.Text().String()); res.err == nil {
			file, findings, res.fixed = better, left, fixed
		}
	}
	if file.Asynchronous() {
		if at, broken := file.SyntaxError(); broken {
			res.broken = file.Text().LineAt(at) + 1
		}
	}
	next = v
	res.tally = count(findings, r.flags.unsafe)
	if len(findings) > 0 && !r.flags.diff && !r.flags.statistics {
		var b bytes.Buffer
		formats[r.flags.format].render(&b, &page{
			path: source.Path, file: file, cells: source.Cells, findings: findings, unsafe: r.flags.unsafe,
			paint: paint(r.app.color && !r.flags.noColor),
		})
		res.findings = b.Bytes()
	}
	return res
}

// save puts a fixed text where it belongs: into a difference, into the text for the standard output or into the file.
func (r *run) save(source *workspace.Source, path, fixed string) ([]byte, error) {
	switch {
	case r.flags.diff:
		return []byte(udiff.Unified(source.Path, source.Path, source.Text, fixed)), nil
	case path == stdin:
		return source.Encode(fixed)
	case fixed == source.Text:
		return nil, nil
	}
	return nil, source.Write(fixed)
}

// current is the view, or a new one when its epoch is over.
func (r *run) current(v view) view {
	trimmed := r.files.Trim(keep)
	r.mu.Lock()
	defer r.mu.Unlock()
	if trimmed {
		r.epoch++
	}
	if v.View == nil || v.epoch != r.epoch {
		v = view{diagnostics.NewView(r.files), r.epoch}
	}
	return v
}

// read reads a target, so that all that the files define is known before the first is checked.
func (r *run) read(t target) target {
	if t.err != nil {
		return t
	}
	if t.source, t.err = r.load(t.Path); t.err == nil {
		r.files.Index(workspace.Absolute(t.source.Path), t.source.Text)
	}
	return t
}

// load reads a file or standard input.
func (r *run) load(path string) (*workspace.Source, error) {
	if path != stdin {
		return workspace.Read(path)
	}
	data, err := io.ReadAll(r.app.in)
	if err != nil {
		return nil, err
	}
	if r.flags.stdinName != "" {
		path = r.flags.stdinName
	}
	return workspace.NewSource(path, data)
}

// checker is the check of a file, shared by all files with the same settings.
func (r *run) checker(c *workspace.Config, path string) check {
	settings := c.Settings(path)
	key := checkerKey{c, strings.Join(settings.Ignore, ",")}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.checkers[key] == nil {
		r.checkers[key] = r.app.checker(settings)
	}
	return r.checkers[key]
}

// panicked is the function, file and line where the panic that is being handled arose.
func panicked() string {
	pc := make([]uintptr, 64)
	frames := runtime.CallersFrames(pc[:runtime.Callers(0, pc)])
	for arose := false; ; {
		frame, more := frames.Next()
		switch {
		case frame.Function == "runtime.gopanic":
			arose = true
		case arose && !strings.HasPrefix(frame.Function, "runtime."), !more:
			return fmt.Sprintf("%s, %s:%d", frame.Function, frame.File[strings.LastIndex(frame.File, "/")+1:], frame.Line)
		}
	}
}

// inOrder does the work on the items in up to n goroutines and hands over the results in the order of the items. It
// keeps a bounded number of results and returns when all goroutines have ended.
func inOrder[T, R any](items iter.Seq[T], n int, work func(T) R, done func(R)) {
	pending := make(chan chan R, 1024)
	slots := make(chan struct{}, n)
	go func() {
		defer close(pending)
		for item := range items {
			result := make(chan R, 1)
			pending <- result
			slots <- struct{}{}
			go func() {
				result <- work(item)
				<-slots
			}()
		}
	}()
	for result := range pending {
		done(<-result)
	}
}
