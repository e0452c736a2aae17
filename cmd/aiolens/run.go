package main

import (
	"bytes"
	"fmt"
	"io"
	"iter"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"

	"github.com/aymanbagabas/go-udiff"

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

	mu       sync.Mutex
	checkers map[checkerKey]check
}

// checkerKey is what the settings of files with the same checker have in common.
type checkerKey struct {
	config *workspace.Config
	ignore string
}

// target is a file to check; err says why it cannot be.
type target struct {
	workspace.File
	err error
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
	// A short run makes much garbage and little that lasts: it is cheaper to collect it seldom.
	defer debug.SetGCPercent(debug.SetGCPercent(800))
	inOrder(r.targets(paths), 2*runtime.GOMAXPROCS(0), r.work, p.add)
	return p.finish()
}

// targets are the files to check.
func (r *run) targets(paths []string) iter.Seq[target] {
	return func(yield func(target) bool) {
		if paths[0] == stdin {
			c, _ := r.loader.Load(r.flags.stdinName)
			yield(target{workspace.File{Path: stdin, Config: c}, nil})
			return
		}
		for f, err := range r.loader.Walk(paths...) {
			if !yield(target{f, err}) {
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
	source, err := r.read(t.Path)
	if err != nil {
		res.err = err
		return res
	}
	file := python.NewFile(source.Path, python.NewText(source.Text))
	check := r.checker(t.Config, source.Path)
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
	res.tally = count(findings, r.flags.unsafe)
	if len(findings) > 0 && !r.flags.diff && !r.flags.statistics {
		var b bytes.Buffer
		formats[r.flags.format].render(&b, &page{
			path: source.Path, file: file, findings: findings, unsafe: r.flags.unsafe,
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

// read reads a file or standard input.
func (r *run) read(path string) (*workspace.Source, error) {
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
