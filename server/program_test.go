package server

import (
	"fmt"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
	"aiolens/diagnostics/rules"
	"aiolens/server/workspace"
)

// folder is a workspace on the disk.
type folder struct {
	*testing.T
	dir string
}

// newFolder writes files, given as names and texts in turn.
func newFolder(t *testing.T, files ...string) folder {
	t.Helper()
	f := folder{t, t.TempDir()}
	for i := 0; i < len(files); i += 2 {
		f.write(files[i], files[i+1])
	}
	return f
}

func (f folder) path(name string) string { return filepath.Join(f.dir, filepath.FromSlash(name)) }

func (f folder) uri(name string) uri.URI { return uri.File(f.path(name)) }

func (f folder) write(name, text string) {
	f.Helper()
	if err := os.MkdirAll(filepath.Dir(f.path(name)), 0o777); err != nil {
		f.Fatal(err)
	}
	if err := os.WriteFile(f.path(name), []byte(text), 0o666); err != nil {
		f.Fatal(err)
	}
}

func (f folder) remove(name string) {
	f.Helper()
	if err := os.Remove(f.path(name)); err != nil {
		f.Fatal(err)
	}
}

// openIn starts a server with the real rules for an editor that has opened folders. What change does to the parameters of
// initialize comes on top.
func openIn(t *testing.T, opts Options, change func(*protocol.InitializeParams), folders ...string) *session {
	t.Helper()
	if opts.Rules == nil {
		opts.Rules = rules.All
	}
	s := start(t, opts)
	params := &protocol.InitializeParams{Capabilities: capable(units[0])}
	var named []protocol.WorkspaceFolder
	for _, dir := range folders {
		named = append(named, protocol.WorkspaceFolder{URI: uri.File(dir), Name: filepath.Base(dir)})
	}
	params.WorkspaceFolders = protocol.NewNullable(named)
	if change != nil {
		change(params)
	}
	s.initialize(params)
	return s
}

func showProgress(p *protocol.InitializeParams) {
	p.Capabilities.Window = &protocol.WindowClientCapabilities{WorkDoneProgress: new(true)}
}

// walked waits until the workspace has been read, and returns what the editor is told in the end.
func (s *session) walked() string {
	s.Helper()
	for {
		if p := receive(s, s.progress); strings.Contains(string(p.Value), `"end"`) {
			return string(p.Value)
		}
	}
}

// codes are the codes of findings.
func codes(found []protocol.Diagnostic) string {
	var list []string
	for _, d := range found {
		list = append(list, string(d.Code.(protocol.String)))
	}
	return strings.Join(list, " ")
}

// until waits until the findings of a document are these; what is published for others meanwhile does not matter.
func (s *session) until(u uri.URI, want string) []protocol.Diagnostic {
	s.Helper()
	for {
		p := receive(s, s.published)
		if p.URI == u && codes(p.Diagnostics) == want {
			return p.Diagnostics
		}
	}
}

// silent fails when a document is published before the other one is.
func (s *session) silent(u, until uri.URI, version int32) {
	s.Helper()
	for {
		p := receive(s, s.published)
		if p.URI == u {
			s.Errorf("%s was published: %s", u, codes(p.Diagnostics))
		}
		if v, _ := p.Version.Get(); p.URI == until && v == version {
			return
		}
	}
}

const (
	caller   = "import store\n\n\nasync def handle():\n    store.load()\n    await handle()\n"
	blocking = "import time\n\n\ndef load():\n    time.sleep(1)\n"
	harmless = "import time\n\n\ndef load():\n    return 1\n"
)

// TestBufferOverDisk: what another file shows counts as the editor has it, and as the disk has it once it is closed.
func TestBufferOverDisk(t *testing.T) {
	f := newFolder(t, "store.py", blocking)
	main, store := f.uri("main.py"), f.uri("store.py") // main is not on the disk
	s := openIn(t, Options{}, nil, f.dir)
	s.didOpen(main, caller)
	d := s.until(main, "AIO207")[0]
	want := protocol.Location{URI: store, Range: between(4, 4, 4, 17)}
	if r := d.RelatedInformation; len(r) != 1 || r[0].Location != want {
		t.Errorf("related %v, want %v", r, want)
	}

	s.didOpen(store, harmless)
	s.until(main, "")
	s.didChange(store, 2, replace(4, 4, 4, 12, "time.sleep(2)"))
	s.until(main, "AIO207")
	s.didChange(store, 3, replace(4, 4, 4, 17, "return 1"))
	s.until(main, "")
	s.didClose(store)
	s.until(main, "AIO207")

	// Opened and closed as it is on the disk, nobody needs to be told.
	s.didOpen(store, blocking)
	s.didClose(store)
	s.didChange(main, 2, insert(0, 0, "\n"))
	p := receive(s, s.published)
	for ; p.URI == store; p = receive(s, s.published) {
	}
	if v, _ := p.Version.Get(); v != 2 {
		t.Errorf("published %v", p)
	}
}

// TestUnderlying: the chain of calls may lead through several files, only one of which is open.
func TestUnderlying(t *testing.T) {
	f := newFolder(t,
		"main.py", caller,
		"store.py", "import disk\n\n\ndef load():\n    return disk.read()\n",
		"disk.py", "import time\n\n\ndef read():\n    pass\n")
	main, disk := f.uri("main.py"), f.uri("disk.py")
	s := openIn(t, Options{}, nil, f.dir)
	s.didOpen(main, caller)
	s.version(main, 1)
	s.didOpen(disk, "import time\n\n\ndef read():\n    time.sleep(1)\n")
	if r := s.until(main, "AIO207")[0].RelatedInformation; len(r) != 2 || r[0].Location.URI != f.uri("store.py") || r[1].Location.URI != disk {
		t.Errorf("related %v", r)
	}
}

// TestOwnUnderlying: a document may see something else in itself, by way of a file that imports it.
func TestOwnUnderlying(t *testing.T) {
	f := newFolder(t, "store.py", "import main\n\n\ndef load():\n    main.work()\n")
	text := caller + "\n\ndef work():\n    pass\n\n\nimport time\n"
	f.write("main.py", text)
	main := f.uri("main.py")
	s := openIn(t, Options{}, nil, f.dir)
	s.didOpen(main, text)
	if found := s.version(main, 1); len(found) > 0 {
		t.Errorf("found %v", found)
	}
	s.didChange(main, 2, replace(9, 4, 9, 8, "time.sleep(1)"))
	s.until(main, "AIO207")
	s.didChange(main, 3, replace(9, 4, 9, 17, "pass"))
	s.until(main, "")
}

// TestVisits: the document that is edited is published before those that import it, and they are not published when they
// find the same as before, nor analysed when nothing that they can see has changed.
func TestVisits(t *testing.T) {
	f := newFolder(t)
	engine, _ := diagnostics.NewChecker(rules.All, diagnostics.Settings{})
	var mu sync.Mutex
	times := map[string]int{}
	count := func(name string) int {
		mu.Lock()
		defer mu.Unlock()
		return times[name]
	}
	f.write("store.py", harmless)
	s := openIn(t, Options{patient: 1, check: func(file *python.File, memo *diagnostics.Memo) []diagnostics.Finding {
		mu.Lock()
		times[filepath.Base(file.Path)]++
		mu.Unlock()
		return engine.Check(file, memo)
	}}, showProgress, f.dir)
	s.walked()
	main, store, other := f.uri("main.py"), f.uri("store.py"), f.uri("other.py")
	s.didOpen(store, harmless)
	s.version(store, 1)
	s.didOpen(main, caller)
	s.version(main, 1)
	s.didOpen(other, "import time\nasync def f(): time.sleep(1)\n")
	s.version(other, 1)

	s.didChange(store, 2, replace(4, 4, 4, 12, "time.sleep(2)"))
	for _, want := range []uri.URI{store, main} {
		if p := receive(s, s.published); p.URI != want {
			t.Errorf("published %s, want %s", p.URI, want)
		}
	}
	if n := count("other.py"); n != 1 {
		t.Errorf("other.py was checked %d times", n)
	}
	before := count("main.py")
	for before != settle(func() int { return count("main.py") }) { // an earlier visit may still be under way
		before = count("main.py")
	}
	s.didChange(store, 3, insert(0, 0, "# a comment\n"))
	s.version(store, 3)
	s.didChange(store, 4, insert(5, 15, " # another")) // no function does anything else
	s.silent(main, store, 4)
	if n := count("main.py"); n != before {
		t.Errorf("main.py was checked %d times, though nothing has changed for it", n-before)
	}
	s.didChange(store, 5, insert(4, 8, "_"), insert(4, 9, "x")) // not the function that main calls: main finds nothing
	s.until(main, "")
	s.didChange(store, 6, insert(4, 10, "y"))
	s.silent(main, store, 6)
}

// settle is a number once it has not changed for a while.
func settle(number func() int) int {
	for {
		n := number()
		time.Sleep(20 * time.Millisecond)
		if number() == n {
			return n
		}
	}
}

// TestNoFolders: an editor without a workspace has modules found around its files.
func TestNoFolders(t *testing.T) {
	f := newFolder(t, "pyproject.toml", "[project]\nname = 'x'\n", "src/pkg/__init__.py", "", "src/pkg/store.py", blocking)
	s := openIn(t, Options{}, nil)
	main := f.uri("src/pkg/main.py")
	s.didOpen(main, "from pkg import store\n\n\nasync def handle():\n    store.load()\n    await handle()\n")
	s.until(main, "AIO207")
	s.didOpen("untitled:Untitled-1", caller) // it has no place to import from
	if found := s.version("untitled:Untitled-1", 1); len(found) != 0 {
		t.Errorf("found %v", found)
	}
}

// TestFolders: the folders of the workspace are named in three ways, and may change.
func TestFolders(t *testing.T) {
	lib := newFolder(t, "store.py", blocking)
	elsewhere := newFolder(t)
	main := elsewhere.uri("main.py")
	for name, change := range map[string]func(*protocol.InitializeParams){
		"workspaceFolders": func(*protocol.InitializeParams) {},
		"rootUri": func(p *protocol.InitializeParams) {
			//lint:ignore SA1019 older editors name nothing else
			p.WorkspaceFolders, p.RootURI = protocol.Nullable[[]protocol.WorkspaceFolder]{}, new(lib.uri(""))
		},
		"rootPath": func(p *protocol.InitializeParams) {
			//lint:ignore SA1019 older editors name nothing else
			p.WorkspaceFolders, p.RootPath = protocol.Nullable[[]protocol.WorkspaceFolder]{}, protocol.NewNullable(lib.dir)
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := openIn(t, Options{}, change, lib.dir)
			s.didOpen(main, caller)
			s.until(main, "AIO207")
		})
	}
	t.Run("change", func(t *testing.T) {
		s := openIn(t, Options{}, nil, elsewhere.dir)
		s.didOpen(main, caller)
		if found := s.version(main, 1); len(found) != 0 {
			t.Errorf("found %v", found)
		}
		folder := []protocol.WorkspaceFolder{{URI: uri.File(lib.dir), Name: "lib"}}
		s.ok(s.srv.DidChangeWorkspaceFolders(s.ctx, &protocol.DidChangeWorkspaceFoldersParams{Event: protocol.WorkspaceFoldersChangeEvent{Added: folder}}))
		s.until(main, "AIO207")
		s.ok(s.srv.DidChangeWorkspaceFolders(s.ctx, &protocol.DidChangeWorkspaceFoldersParams{Event: protocol.WorkspaceFoldersChangeEvent{Removed: folder}}))
		s.until(main, "")
	})
}

// TestPython: another environment means other installed modules.
func TestPython(t *testing.T) {
	f := newFolder(t, "aiolens.toml", "",
		"one/pyvenv.cfg", "", "one/lib/python3.12/site-packages/store.py", blocking,
		"two/pyvenv.cfg", "", "two/lib/python3.12/site-packages/store.py", harmless)
	main := f.uri("main.py")
	s := openIn(t, Options{}, nil, f.dir)
	f.write("aiolens.toml", "python = \"one\"\n")
	s.didOpen(main, caller)
	s.until(main, "AIO207")
	f.write("aiolens.toml", "python = \"two\"\n")
	s.didSave(main)
	s.until(main, "")
	s.ok(s.srv.DidChangeConfiguration(s.ctx, &protocol.DidChangeConfigurationParams{Settings: protocol.LSPAny(`{"aiolens":{"python":"one"}}`)}))
	s.until(main, "AIO207")
}

// TestWatchedFiles: what happens on the disk counts.
func TestWatchedFiles(t *testing.T) {
	f := newFolder(t, "main.py", caller)
	main, store := f.uri("main.py"), f.uri("store.py")
	s := openIn(t, Options{}, func(p *protocol.InitializeParams) {
		p.Capabilities.Workspace.DidChangeWatchedFiles = &protocol.DidChangeWatchedFilesClientCapabilities{DynamicRegistration: new(true)}
	}, f.dir)
	asked := receive(s, s.asked).Registrations
	if len(asked) != 1 || asked[0].Method != protocol.MethodWorkspaceDidChangeWatchedFiles || !strings.Contains(string(asked[0].RegisterOptions), "**/*.{py,pyi}") {
		t.Errorf("registered %v", asked)
	}
	happens := func(what protocol.FileChangeType, u uri.URI) {
		t.Helper()
		s.ok(s.srv.DidChangeWatchedFiles(s.ctx, &protocol.DidChangeWatchedFilesParams{Changes: []protocol.FileEvent{{URI: u, Type: what}}}))
	}
	s.didOpen(main, caller)
	s.version(main, 1)
	f.write("store.py", blocking)
	happens(protocol.FileChangeTypeCreated, store)
	s.until(main, "AIO207")
	f.write("store.py", harmless)
	happens(protocol.FileChangeTypeChanged, store)
	s.until(main, "")
	f.write("store.py", blocking)
	happens(protocol.FileChangeTypeChanged, store)
	s.until(main, "AIO207")
	f.remove("store.py")
	happens(protocol.FileChangeTypeDeleted, store)
	s.until(main, "")
	f.write("store/__init__.py", blocking)
	happens(protocol.FileChangeTypeCreated, f.uri("store/__init__.py"))
	s.until(main, "AIO207")
	f.write("aiolens.toml", "ignore = [\"AIO207\"]\n")
	happens(protocol.FileChangeTypeCreated, f.uri("aiolens.toml"))
	s.until(main, "")
}

// TestSavedFiles: an editor that does not watch files tells of those that it saves itself.
func TestSavedFiles(t *testing.T) {
	f := newFolder(t, "main.py", caller)
	main, store := f.uri("main.py"), f.uri("store.py")
	s := openIn(t, Options{}, nil, f.dir)
	s.didOpen(main, caller)
	s.version(main, 1)
	s.didOpen(store, blocking)
	s.version(store, 1)
	f.write("store.py", blocking)
	s.didSave(store)
	s.until(main, "AIO207")
}

// TestLargeWorkspace is a session in a folder of a thousand files.
func TestLargeWorkspace(t *testing.T) {
	f := newFolder(t)
	const files = 1000
	for i := range files {
		f.write(fmt.Sprintf("pkg%d/mod%d.py", i%20, i), fmt.Sprintf(
			"import time\nfrom pkg%d.mod%d import work%d as other\n\n\nasync def run%d():\n    await run%d()\n\n\ndef work%d():\n    return other()\n",
			(i+1)%files%20, (i+1)%files, (i+1)%files, i, i, i))
	}
	s := openIn(t, Options{patient: 1}, showProgress, f.dir)
	u := f.uri("pkg0/mod0.py")
	text := "import time\nfrom pkg10.mod990 import work990 as other\n\n\nasync def run():\n    other()\n    await run()\n"
	s.didOpen(u, text)
	s.version(u, 1)
	if message := s.walked(); !strings.Contains(message, "1000 files") {
		t.Errorf("progress %s", message)
	}
	deep := f.uri("pkg19/mod999.py")
	s.didOpen(deep, "import time\n\n\ndef work999():\n    time.sleep(1)\n")
	s.until(u, "AIO207")
	for version := int32(2); version < 100; version++ {
		s.didChange(deep, version, insert(0, 0, "#\n"))
		s.didChange(u, version, insert(0, 0, "#\n"))
		if d := s.version(u, version)[0]; d.Range.Start.Line != uint32(version)+4 {
			t.Fatalf("version %d: found %v", version, d)
		}
	}
}

// TestLimit: a disk is no project.
func TestLimit(t *testing.T) {
	f := newFolder(t, "a.py", "", "b.py", "", "c.py", "", "d.py", "")
	s := openIn(t, Options{limit: 3}, nil, f.dir)
	if m := receive(s, s.logged); !strings.Contains(m.Message, "only the first 3 files") {
		t.Errorf("logged %q", m.Message)
	}
	home, err := os.UserHomeDir()
	if err != nil || !vast(home) || !vast("/") || vast(f.dir) {
		t.Error("vast folders")
	}
}

// TestNames: the project's names are those on the disk, and in open buffers those in the editor.
func TestNames(t *testing.T) {
	f := newFolder(t, "a.py", "async def one(): ...\n", "b.py", "def two(): ...\n", ".gitignore", "c.py\n", "c.py", "def three(): ...\n")
	srv := newServer(protocol.UnimplementedClient{}, Options{Log: slog.New(slog.DiscardHandler), Rules: testRules, check: find})
	srv.program.folders = []string{f.dir}
	w := &known{}
	srv.walk(t.Context(), w, true)
	files := srv.program.files.Load()
	wants := func(name string, plain, async bool) {
		t.Helper()
		if p, a := files.Defined(f.path("b.py"), name); p != plain || a != async {
			t.Errorf("%s: defined %v %v, want %v %v", name, p, a, plain, async)
		}
	}
	wants("one", false, true)
	wants("two", true, false)
	wants("three", false, false)

	doc := newDocument(f.uri("a.py"), f.uri("a.py"), 0)
	srv.docs.put(doc)
	store := func(text string) {
		doc.newest.Store(&workspace.Snapshot{Path: f.path("a.py"), Text: python.NewText(text)})
		srv.refresh(t.Context(), doc)
	}
	store("async def uno(): ...\n")
	wants("one", false, false)
	wants("uno", false, true)
	store("def uno(): ...\n")
	wants("uno", true, false)
	srv.docs.remove(doc.key)
	doc.newest.Store(nil)
	srv.refresh(t.Context(), doc)
	srv.do(t.Context(), w)
	wants("one", false, true)
	wants("uno", false, false)
	f.remove("b.py")
	f.write("d.py", "def four(): ...\n")
	srv.background.changed(f.path("b.py"), true)
	srv.background.changed(f.path("d.py"), true)
	srv.do(t.Context(), w)
	wants("two", false, false)
	wants("four", true, false)
}

// TestWholeWorkspace: files that are not open are checked, too, if the user wants that.
func TestWholeWorkspace(t *testing.T) {
	f := newFolder(t, "aiolens.toml", "diagnostic-mode = \"workspace\"\nexclude = [\"skipped.py\"]\n",
		"main.py", caller, "store.py", blocking, "fine.py", "x = 1\n", "skipped.py", caller)
	main, store := f.uri("main.py"), f.uri("store.py")
	s := openIn(t, Options{}, nil, f.dir)
	happens := func(what protocol.FileChangeType, u uri.URI) {
		t.Helper()
		s.ok(s.srv.DidChangeWatchedFiles(s.ctx, &protocol.DidChangeWatchedFilesParams{Changes: []protocol.FileEvent{{URI: u, Type: what}}}))
	}
	next := func(u uri.URI, want string) *protocol.PublishDiagnosticsParams {
		t.Helper()
		p := receive(s, s.published)
		if p.URI != u || codes(p.Diagnostics) != want {
			t.Errorf("published %s %q, want %s %q", p.URI, codes(p.Diagnostics), u, want)
		}
		return p
	}
	if _, versioned := next(main, "AIO207").Version.Get(); versioned {
		t.Error("a closed file has no version")
	}
	f.write("store.py", harmless)
	happens(protocol.FileChangeTypeChanged, store)
	next(main, "")
	s.didOpen(store, blocking) // a buffer wins over the disk
	next(store, "")
	next(main, "AIO207")
	s.didOpen(main, caller)
	if v, _ := next(main, "AIO207").Version.Get(); v != 1 {
		t.Error("an open file is not handled as such")
	}
	s.didChange(main, 2, whole(""))
	next(main, "")
	s.didClose(main)
	next(main, "")
	next(main, "AIO207") // as on the disk
	f.remove("main.py")
	happens(protocol.FileChangeTypeDeleted, main)
	next(main, "")
	f.write("new.py", caller)
	happens(protocol.FileChangeTypeCreated, f.uri("new.py"))
	next(f.uri("new.py"), "AIO207")
	s.ok(s.srv.DidChangeConfiguration(s.ctx, &protocol.DidChangeConfigurationParams{Settings: protocol.LSPAny(`{"aiolens":{"diagnostic-mode":"open-files"}}`)}))
	for {
		p := receive(s, s.published)
		if p.URI == f.uri("new.py") {
			if len(p.Diagnostics) > 0 {
				t.Errorf("published %v", p)
			}
			break
		}
	}
}

// TestManyImports runs changes of files that import each other, requests and events against each other, for the race
// detector; in the end all find what a new session finds.
func TestManyImports(t *testing.T) {
	f := newFolder(t, "aiolens.toml", "diagnostic-mode = \"workspace\"\n")
	const n = 6
	module := func(i int, body string) string {
		next := (i + 1) % n
		return fmt.Sprintf("import time\nimport m%d\n\n\ndef work():\n    %s\n\n\nasync def run():\n    m%d.work()\n    await run()\n", next, body, next)
	}
	for i := range n {
		f.write(fmt.Sprintf("m%d.py", i), module(i, "pass"))
	}
	s := openIn(t, Options{}, nil, f.dir)
	var wg sync.WaitGroup
	for i := range n {
		u := f.uri(fmt.Sprintf("m%d.py", i))
		wg.Go(func() {
			for round := range 5 {
				s.didOpen(u, module(i, "pass"))
				for version := int32(2); version < 12; version++ {
					body := "pass"
					if version%2 == 0 {
						body = "time.sleep(1)"
					}
					s.didChange(u, version, whole(module(i, body)))
					if version%3 == 0 {
						s.hover(u, 9, 6)
					}
				}
				s.ok(s.srv.DidChangeWatchedFiles(s.ctx, &protocol.DidChangeWatchedFilesParams{Changes: []protocol.FileEvent{{URI: u, Type: protocol.FileChangeTypeCreated}}}))
				if round < 4 {
					s.didClose(u)
				}
			}
			s.didChange(u, 12, whole(module(i, "time.sleep(1)")))
		})
	}
	wg.Wait()
	last := map[uri.URI]string{}
	for len(last) < n || slices.ContainsFunc(slices.Collect(maps.Values(last)), func(c string) bool { return c != "AIO207" }) {
		p := receive(s, s.published)
		if v, _ := p.Version.Get(); v == 12 {
			last[p.URI] = codes(p.Diagnostics)
		}
	}
}
