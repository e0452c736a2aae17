package server

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"reflect"
	"runtime/debug"
	"sync"
	"time"

	"go.lsp.dev/protocol"

	"aiolens/server/workspace"
)

// background collects what the goroutine that reads the workspace is to do. Whoever adds to it does not wait.
type background struct {
	mu   sync.Mutex
	next errands
	bell chan struct{}
}

// errands are what has happened since somebody looked.
type errands struct {
	walk     bool            // the folders are to be walked, and all files read
	settings bool            // settings may have changed
	ask      bool            // the editor is to be asked for its settings
	changed  map[string]bool // files of Python on disk, by path; true for those that came or went
	saved    map[string]bool // likewise; it is not known which of them came
	touched  map[string]bool // open files that show something else, or were opened
	names    map[string]bool // names that open files define or do not define any more
	folders  map[string]bool // paths that came or went and are perhaps folders
	tidy     bool            // files may have been read that nobody needs any more
}

func (b *background) add(what func(*errands)) {
	b.mu.Lock()
	what(&b.next)
	b.mu.Unlock()
	select {
	case b.bell <- struct{}{}:
	default:
	}
}

func (b *background) configure()         { b.add(func(e *errands) { e.ask = true }) }
func (b *background) walk()              { b.add(func(e *errands) { e.walk = true }) }
func (b *background) folder(path string) { b.add(func(e *errands) { set(&e.folders, path, true) }) }
func (b *background) tidy()              { b.add(func(e *errands) { e.tidy = true }) }
func (b *background) touch(path string)  { b.add(func(e *errands) { set(&e.touched, path, true) }) }
func (b *background) saved(path string)  { b.add(func(e *errands) { set(&e.saved, path, true) }) }

func (b *background) rename(names []string) {
	if len(names) == 0 {
		return
	}
	b.add(func(e *errands) {
		for _, name := range names {
			set(&e.names, name, true)
		}
	})
}

func (b *background) settings(certain bool) {
	b.add(func(e *errands) { e.settings, e.walk = true, e.walk || certain })
}

func (b *background) changed(path string, came bool) {
	b.add(func(e *errands) { set(&e.changed, path, came || e.changed[path]) })
}

func set(m *map[string]bool, key string, value bool) {
	if *m == nil {
		*m = map[string]bool{}
	}
	(*m)[key] = value
}

// take are the errands, which are then done.
func (b *background) take() errands {
	b.mu.Lock()
	defer b.mu.Unlock()
	e := b.next
	b.next = errands{}
	return e
}

// known is what the goroutine that reads the workspace knows about it. Nobody else looks at it.
type known struct {
	files    map[string]*workspace.Config // those that were walked, by path
	roots    []string                     // which were walked
	configs  []*workspace.Config          // of the roots
	complete bool                         // there are no others
	closed   closed
	tidy     <-chan time.Time // when files are to be forgotten; nil for never
}

// work reads the workspace in the background, until ctx ends.
func (s *server) work(ctx context.Context) {
	select {
	case <-ctx.Done():
		return
	case <-s.initialized:
	}
	s.configure(ctx)
	close(s.configured)
	s.watch(ctx)
	w := &known{}
	s.background.walk()
	for ctx.Err() == nil {
		if w.closed.idle() {
			select {
			case <-ctx.Done():
				return
			case <-w.tidy:
				w.tidy = nil
				s.tidy(ctx)
				continue
			case <-s.background.bell:
			}
		}
		s.guarded(ctx, func() { s.do(ctx, w) })
	}
}

// guarded keeps a panic from ending the goroutine.
func (s *server) guarded(ctx context.Context, work func()) {
	defer func() {
		if r := recover(); r != nil {
			s.log.Error("panicked in the background", "panic", r, "stack", string(debug.Stack()))
			s.client.LogMessage(ctx, &protocol.LogMessageParams{
				Type:    protocol.MessageTypeError,
				Message: fmt.Sprintf("aiolens could not read the workspace, please report it: %v", r),
			})
		}
	}()
	work()
}

// do runs the errands, and checks one of the files that wait for it.
func (s *server) do(ctx context.Context, w *known) {
	e := s.background.take()
	if e.tidy { // not at once: who closes a file often opens one that needs the same
		w.tidy = time.After(s.opts.idle)
	}
	if e.ask {
		s.configure(ctx)
	}
	if len(e.folders) > 0 {
		s.refolder(e.folders)
	}
	if e.settings && !e.walk {
		e.walk = s.otherSettings(ctx, w)
	}
	if e.walk {
		s.walk(ctx, w, true)
	}
	for path := range e.saved {
		set(&e.changed, path, s.unknown(path) || e.changed[path])
	}
	if len(e.changed) > 0 {
		s.reread(ctx, w, e.changed)
	}
	if len(e.touched) > 0 {
		s.recheck(w, e.touched, false)
	}
	if len(e.names) > 0 {
		s.rename(w, func(name string) bool { return e.names[name] })
	}
	s.checkClosed(ctx, w)
	s.visit()
}

// tidy forgets the files that no open one imports, and gives the memory back.
func (s *server) tidy(ctx context.Context) {
	s.inPause(ctx, func() {
		if files := s.program.files.Load(); files != nil {
			files.Trim(0)
		}
		debug.FreeOSMemory()
	})
}

// otherSettings says whether the settings of the folders of the workspace are others than when it was walked.
func (s *server) otherSettings(ctx context.Context, w *known) bool {
	for i, root := range w.roots {
		if c := s.settings.at(ctx, root); c != w.configs[i] && !reflect.DeepEqual(c.Options, w.configs[i].Options) {
			return true
		}
	}
	return false
}

// unknown says whether a file could be imported if it were not new.
func (s *server) unknown(path string) bool {
	files := s.program.files.Load()
	if files == nil {
		return false
	}
	name := files.Modules.Name(path)
	found, _, _ := files.Modules.Find(filepath.Join(filepath.Dir(path), "__init__.py"), name) // as its neighbours see it
	return name != "" && found != path
}

// reread takes over files that have changed on the disk, or come or gone.
func (s *server) reread(ctx context.Context, w *known, changed map[string]bool) {
	files := s.program.files.Load()
	if files == nil {
		return
	}
	came := map[string]bool{}
	for path := range changed {
		if changed[path] {
			came[path] = true
			files.Modules.Forget(path)
		}
	}
	if len(came) > 0 {
		s.walk(ctx, w, false)
		s.outdate(nil) // an import may lead somewhere else now
		s.recheck(w, came, true)
	}
	for path := range changed {
		s.inPause(ctx, func() {
			if files.Reread(path) {
				s.outdate(files.Importers(path))
			}
			if w.files[path] != nil {
				s.background.rename(s.learn(files, path))
			}
		})
	}
	s.recheck(w, maps.Clone(changed), false)
}
