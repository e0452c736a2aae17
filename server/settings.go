package server

import (
	"context"
	"encoding/json"
	"iter"
	"reflect"
	"sync"
	"sync/atomic"

	"go.lsp.dev/protocol"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
	"aiolens/server/workspace"
)

// checker runs the rules that the settings of a file ask for.
type checker struct {
	settings diagnostics.Settings
	check    analyse
	in       func(*diagnostics.View, *python.File) []diagnostics.Finding // without a memo, for a file that is not open
	explain  func(file *python.File, memo *diagnostics.Memo, offset int) (facts []string, span python.Span)
	look     func(file *python.File, memo *diagnostics.Memo, offset int) (p *diagnostics.Pass, start int)
}

// settings knows the checker of each file: from the settings files near it, under what the editor says.
type settings struct {
	rules []*diagnostics.Rule
	check analyse // in place of the engine, for tests; nil otherwise
	tell  func(context.Context, workspace.Problem)

	// What a notification may change is apart: it must not wait for the disk.
	editor atomic.Pointer[map[string]any] // what the editor says; nil for nothing
	reread atomic.Bool                    // the settings files may have changed

	mu       sync.Mutex
	loader   *workspace.Loader
	checkers []*checker // all that were made: files with equal settings share one
	told     map[workspace.Problem]bool
}

// of is the checker of a file: the same one as before as long as its settings are the same. path is "" for a document
// that has no file.
func (st *settings) of(ctx context.Context, path string) *checker {
	st.mu.Lock()
	defer st.mu.Unlock()
	config, problems := st.newest(ctx).Load(path)
	for _, p := range problems {
		st.mention(ctx, p)
	}
	settings := config.Settings(path)
	settings.Hints = true
	for _, c := range st.checkers {
		if reflect.DeepEqual(c.settings, settings) {
			return c
		}
	}
	c := &checker{settings: settings, check: st.check}
	if c.check == nil {
		engine, _ := diagnostics.NewChecker(st.rules, settings) // the loader has told of unknown selectors
		c.check, c.in, c.explain, c.look = engine.Check, engine.CheckIn, engine.Explain, engine.Look
	} else {
		c.in = func(_ *diagnostics.View, file *python.File) []diagnostics.Finding {
			return c.check(file, new(diagnostics.Memo))
		}
	}
	st.checkers = append(st.checkers, c)
	return c
}

// at are the settings in force in a folder, or for a file, without those of its glob.
func (st *settings) at(ctx context.Context, path string) *workspace.Config {
	st.mu.Lock()
	defer st.mu.Unlock()
	config, _ := st.newest(ctx).Load(path)
	return config
}

// walk yields the files of Python in some folders.
func (st *settings) walk(ctx context.Context, folders []string) iter.Seq2[workspace.File, error] {
	st.mu.Lock()
	defer st.mu.Unlock()
	return st.newest(ctx).Walk(folders...)
}

// newest is the loader, a new one if settings may have changed. st.mu is held.
func (st *settings) newest(ctx context.Context) *workspace.Loader {
	if st.reread.Swap(false) || st.loader == nil {
		st.loader = st.load(ctx)
	}
	return st.loader
}

// load makes a loader that has read nothing yet.
func (st *settings) load(ctx context.Context) *workspace.Loader {
	loader := &workspace.Loader{Rules: st.rules}
	if table := st.editor.Load(); table != nil {
		options, problems := workspace.Decode(*table, st.rules)
		for _, p := range problems {
			st.mention(ctx, p)
		}
		loader.Override = func(c *workspace.Config) { c.Merge(options, "the editor") }
	}
	return loader
}

// mention tells the user of a mistake in the settings, once.
func (st *settings) mention(ctx context.Context, p workspace.Problem) {
	if st.told[p] {
		return
	}
	if st.told == nil {
		st.told = map[workspace.Problem]bool{}
	}
	st.told[p] = true
	st.tell(ctx, p)
}

// forget has the settings files read again before the next analysis. That costs less than a millisecond, so
// nobody needs to know whether they changed.
func (st *settings) forget() { st.reread.Store(true) }

// take keeps what an editor says: {"settings": {...}} in initializationOptions, {"aiolens": {...}} in a change of
// its configuration, each with the keys of a settings file. Whatever else it says is for somebody else.
func (st *settings) take(raw protocol.LSPAny, name string) {
	var all map[string]any
	if json.Unmarshal(raw, &all) != nil {
		return
	}
	if table, ok := all[name].(map[string]any); ok {
		st.editor.Store(&table)
		st.forget()
	}
}

// tellProblem shows a mistake in the settings to the user.
func (s *server) tellProblem(ctx context.Context, p workspace.Problem) {
	s.log.Warn("settings", "problem", p.String())
	s.client.ShowMessage(ctx, &protocol.ShowMessageParams{Type: protocol.MessageTypeWarning, Message: "aiolens: " + p.String()})
}

// settingsMayDiffer has the settings of all open documents read again, and the documents analysed where they differ.
// certain says that they have changed indeed, so that the workspace is walked again.
func (s *server) settingsMayDiffer(certain bool) {
	s.settings.forget()
	docs := s.docs.all()
	for _, doc := range docs {
		doc.stale.Store(true)
	}
	s.queue.push(docs...)
	s.background.settings(certain)
}

// DidChangeConfiguration comes when settings in the editor changed.
func (s *server) DidChangeConfiguration(_ context.Context, params *protocol.DidChangeConfigurationParams) error {
	s.settings.take(params.Settings, "aiolens")
	s.settingsMayDiffer(false)
	return nil
}
