package server

import (
	"context"
	"encoding/json"
	"iter"
	"maps"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"go.lsp.dev/protocol"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
	"aiolens/diagnostics/rules"
	"aiolens/server/workspace"
)

// checker runs the rules that the settings of a file ask for.
type checker struct {
	settings    diagnostics.Settings
	preferences preferences
	ruff        map[*diagnostics.Rule]bool // what ruff reports in the same file, and is not to be shown again
	pyright     bool                       // reports coroutines that are not awaited there
	engine      *diagnostics.Checker       // nil when there is none
	lens        *diagnostics.Checker       // of the code lenses; nil when they are not wanted
	check       analyse
	in          func(*diagnostics.View, *python.File) []diagnostics.Finding // without a memo, for a file that is not open
	explain     func(file *python.File, memo *diagnostics.Memo, offset int) (facts []string, span python.Span)
	look        func(file *python.File, memo *diagnostics.Memo, offset int) (p *diagnostics.Pass, start int)
}

// shows says whether a finding is to be shown: not one that another server shows, too.
func (c *checker) shows(f *diagnostics.Finding) bool {
	return !c.ruff[f.Rule] && !(c.pyright && f.Also == workspace.UnusedCoroutine)
}

// said is what an editor says, in its own words. It is immutable.
type said struct {
	always  map[string]any            // for all files
	folders map[string]map[string]any // by folder of the workspace, on top of that
}

// settings knows the checker of each file: from the settings files near it, and from what the editor says.
type settings struct {
	rules []*diagnostics.Rule
	check analyse // in place of the engine, for tests; nil otherwise
	tell  func(context.Context, workspace.Problem)

	// What a notification may change is apart: it must not wait for the disk.
	editor atomic.Pointer[said] // nil for nothing
	reread atomic.Bool          // the settings files may have changed

	mu       sync.Mutex
	folders  map[string]*place // by path: a folder of the workspace of which the editor says something, or "" for all others
	checkers []*checker        // all that were made: files with equal settings share one
	told     map[workspace.Problem]bool
}

// place is what holds in a folder of the workspace.
type place struct {
	loader      *workspace.Loader
	preferences preferences
}

// of is the checker of a file: the same one as before as long as its settings are the same. path is "" for a document
// that has no file.
func (st *settings) of(ctx context.Context, path string) *checker {
	st.mu.Lock()
	defer st.mu.Unlock()
	f := st.folder(ctx, path)
	config, problems := f.loader.Load(path)
	for _, p := range problems {
		st.mention(ctx, p)
	}
	made := checker{settings: config.Settings(path), preferences: f.preferences, check: st.check}
	made.settings.Hints = true
	if path != "" {
		made.ruff, made.pyright = f.loader.Ruff(path, config.Overlap), f.loader.Pyright(path, config.Overlap)
	}
	for _, c := range st.checkers {
		if c.preferences == made.preferences && maps.Equal(c.ruff, made.ruff) && c.pyright == made.pyright && reflect.DeepEqual(c.settings, made.settings) {
			return c
		}
	}
	c := &made
	if !f.preferences.enable {
		c.check = func(*python.File, *diagnostics.Memo) []diagnostics.Finding { return nil }
	}
	if c.check == nil {
		engine, _ := diagnostics.NewChecker(st.rules, c.settings) // the loader has told of unknown selectors
		c.engine = engine
		if f.preferences.codeLens {
			own := c.settings
			own.Select, own.Severity = nil, nil // what is reported is another matter
			c.lens, _ = diagnostics.NewChecker([]*diagnostics.Rule{rules.Lens}, own)
		}
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
	config, _ := st.folder(ctx, path).loader.Load(path)
	return config
}

// walk yields the files of Python in some folders, each once.
func (st *settings) walk(ctx context.Context, folders []string) iter.Seq2[workspace.File, error] {
	return func(yield func(workspace.File, error) bool) {
		groups := map[*workspace.Loader][]string{}
		var loaders []*workspace.Loader
		st.mu.Lock()
		for _, path := range folders {
			l := st.folder(ctx, path).loader
			if groups[l] == nil {
				loaders = append(loaders, l)
			}
			groups[l] = append(groups[l], path)
		}
		st.mu.Unlock()
		seen := map[string]bool{}
		for _, l := range loaders {
			for f, err := range l.Walk(groups[l]...) {
				if len(loaders) > 1 && err == nil {
					if seen[f.Path] {
						continue
					}
					seen[f.Path] = true
				}
				if !yield(f, err) {
					return
				}
			}
		}
	}
}

// folder is the folder of the workspace that a path belongs to, read anew if settings may have changed. st.mu is held.
func (st *settings) folder(ctx context.Context, path string) *place {
	if st.reread.Swap(false) {
		st.folders = nil
	}
	says := st.editor.Load()
	if says == nil {
		says = &said{}
	}
	name := ""
	for root := range says.folders {
		if len(root) > len(name) && within(path, root) {
			name = root
		}
	}
	if f := st.folders[name]; f != nil {
		return f
	}
	if st.folders == nil {
		st.folders = map[string]*place{}
	}
	table := says.always
	if own := says.folders[name]; len(own) > 0 {
		table = maps.Clone(unfold(table))
		maps.Copy(table, unfold(own))
	}
	f := &place{loader: &workspace.Loader{Rules: st.rules}, preferences: defaultPreferences()}
	if len(table) > 0 {
		p, rest, problems := readPreferences(table)
		options, more := workspace.Decode(rest, st.rules)
		for _, problem := range append(problems, more...) {
			problem.File = editorSettings
			st.mention(ctx, problem)
		}
		f.preferences = p
		switch p.first {
		case filesystemFirst:
			f.loader.Override = func(c *workspace.Config) { c.Fill(options, "the editor") }
		default:
			f.loader.Isolated = p.first == editorOnly
			f.loader.Override = func(c *workspace.Config) { c.Merge(options, "the editor") }
		}
	}
	st.folders[name] = f
	return f
}

// within says whether a path is a folder or in it.
func within(path, folder string) bool {
	return path == folder || strings.HasPrefix(path, strings.TrimSuffix(folder, string(filepath.Separator))+string(filepath.Separator))
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

// editorSettings is what a mistake in them is told of.
const editorSettings = "the editor's settings"

// take keeps what an editor says without being asked: the table under one of the names, with the keys of
// [readPreferences]. Whatever else it says is for somebody else. What is there and is no table is a mistake; Lua writes an empty
// table as a list.
func (st *settings) take(ctx context.Context, raw protocol.LSPAny, names ...string) {
	var all map[string]any
	if json.Unmarshal(raw, &all) != nil {
		return
	}
	all = unfold(all)
	for _, name := range names {
		switch v := all[name].(type) {
		case map[string]any:
			st.say(&said{always: v})
			return
		case []any:
			if len(v) > 0 {
				st.tell(ctx, workspace.Problem{File: editorSettings, Message: name + ": want a table"})
			}
		case nil:
		default:
			st.tell(ctx, workspace.Problem{File: editorSettings, Message: name + ": want a table"})
		}
	}
}

func (st *settings) say(s *said) {
	st.editor.Store(s)
	st.forget()
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

// DidChangeConfiguration comes when settings in the editor changed. Editors that can be asked for them say nothing here, or
// what they would answer.
func (s *server) DidChangeConfiguration(ctx context.Context, params *protocol.DidChangeConfigurationParams) error {
	if s.editor.configuration {
		s.background.configure()
	}
	s.settings.take(ctx, params.Settings, "aiolens")
	s.settingsMayDiffer(false)
	return nil
}

// settled waits until the editor has been asked for its settings, or has taken too long to answer.
func (s *server) settled(ctx context.Context) {
	if !s.editor.configuration {
		return
	}
	select {
	case <-s.configured:
	case <-time.After(settingsTime):
	case <-ctx.Done():
	}
}

// configure asks the editor for its settings: for all files, and for those of each folder of the workspace. What it said in
// initialize holds below that.
func (s *server) configure(ctx context.Context) {
	if !s.editor.configuration {
		return
	}
	folders := s.program.roots()
	section := new("aiolens")
	params := &protocol.ConfigurationParams{Items: []protocol.ConfigurationItem{{Section: section}}}
	for _, f := range folders {
		params.Items = append(params.Items, protocol.ConfigurationItem{ScopeURI: new(s.uriOf(f)), Section: section})
	}
	var answers []protocol.LSPAny
	var err error
	for _, patience := range []time.Duration{askAgain, answerTime} {
		asking, cancel := context.WithTimeout(ctx, patience)
		answers, err = s.client.Configuration(asking, params)
		cancel()
		if err == nil || asking.Err() != context.DeadlineExceeded {
			break
		}
	}
	if err != nil || len(answers) != len(params.Items) {
		s.log.Warn("the editor does not tell its settings", "err", err, "answers", len(answers))
		return
	}
	table := func(raw protocol.LSPAny) map[string]any {
		var t map[string]any
		if json.Unmarshal(raw, &t) != nil {
			return nil
		}
		return t
	}
	says := &said{always: table(answers[0]), folders: map[string]map[string]any{}}
	if len(says.always) == 0 {
		says.always = s.first
	}
	for i, f := range folders {
		if t := table(answers[i+1]); len(t) > 0 && !reflect.DeepEqual(t, says.always) {
			says.folders[f] = t
		}
	}
	if old := s.settings.editor.Load(); old != nil && reflect.DeepEqual(old.always, says.always) && maps.EqualFunc(old.folders, says.folders, func(a, b map[string]any) bool { return reflect.DeepEqual(a, b) }) {
		return
	}
	s.settings.say(says)
	s.settingsMayDiffer(false)
}
