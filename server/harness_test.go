package server

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
)

// patience is how long a test waits for what must come.
const patience = 20 * time.Second

var sleepRule = &diagnostics.Rule{
	Code: "ASYNC251", Name: "blocking-sleep", Family: "blocking", Aliases: []string{"ASYNC901"}, Severity: diagnostics.Error,
	Doc: "# ASYNC251 blocking-sleep\n\n`time.sleep` stops the event loop. More.\n\n```python\ntime.sleep(1)\n```\n\n" +
		"## References\n\n- [asyncio](https://docs.python.org/3/library/asyncio-dev.html#running-blocking-code)\n",
}

var callRule = &diagnostics.Rule{
	Code: "ASYNC210", Name: "blocking-http-call", Family: "blocking", Severity: diagnostics.Info,
	Doc: "A blocking HTTP call stops the event loop.\n",
}

var testRules = []*diagnostics.Rule{sleepRule, callRule}

// find is a stand-in for the engine: time.sleep has a safe fix and a related place, requests.get an unsafe fix.
func find(file *python.File, _ *diagnostics.Memo) []diagnostics.Finding {
	src := file.Text().String()
	if strings.Contains(src, "PANIC") {
		panic("the rule is broken")
	}
	var found []diagnostics.Finding
	for i := range len(src) {
		switch rest := src[i:]; {
		case strings.HasPrefix(rest, "time.sleep"):
			span := python.Span{Start: i, End: i + len("time.sleep")}
			found = append(found, diagnostics.Finding{
				Rule: sleepRule, Severity: diagnostics.Error, Span: span, Message: "time.sleep blocks the event loop",
				Related: []diagnostics.Related{{Span: python.Span{Start: 0, End: 1}, Message: "the file begins here"}},
				Fixes: []diagnostics.Fix{
					{Title: "Await asyncio.sleep", Safe: true, Edits: []diagnostics.Edit{
						{Span: python.Span{}, New: "import asyncio\n"}, {Span: span, New: "await asyncio.sleep"}}},
					{Title: "Move it to a thread", Edits: []diagnostics.Edit{{Span: span, New: "await asyncio.to_thread(time.sleep"}}},
				},
			})
		case strings.HasPrefix(rest, "requests.get"):
			span := python.Span{Start: i, End: i + len("requests.get")}
			found = append(found, diagnostics.Finding{
				Rule: callRule, Severity: diagnostics.Info, Span: span, Message: "requests.get blocks the event loop",
				Fixes: []diagnostics.Fix{{Title: "Use httpx", Edits: []diagnostics.Edit{{Span: span, New: "httpx.get"}}}},
			})
		}
	}
	return found
}

// session is an editor with a server.
type session struct {
	testing.TB
	ctx  context.Context
	conn jsonrpc2.Conn
	srv  protocol.Server
	done chan error // what serve returned

	published chan *protocol.PublishDiagnosticsParams
	logged    chan *protocol.LogMessageParams
	shown     chan *protocol.ShowMessageParams
	asked     chan *protocol.RegistrationParams
	progress  chan *protocol.ProgressParams
	refreshed chan string
	traced    chan *protocol.LogTraceParams
	uris      chan string // of what was published, as the server wrote them

	mu       sync.Mutex
	settings map[uri.URI]string // what the editor says of its settings when it is asked, in JSON, by folder; "" for all
	deaf     int                // how often it does not answer before
	slow     time.Duration      // how long it takes to answer
}

// configure changes what the editor says of its settings.
func (s *session) configure(folder uri.URI, json string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.settings == nil {
		s.settings = map[uri.URI]string{}
	}
	s.settings[folder] = json
}

func (f fake) Configuration(ctx context.Context, p *protocol.ConfigurationParams) ([]protocol.LSPAny, error) {
	f.mu.Lock()
	if f.deaf > 0 {
		f.deaf--
		f.mu.Unlock()
		jsonrpc2.Async(ctx)
		<-ctx.Done()
		return nil, ctx.Err()
	}
	defer f.mu.Unlock()
	time.Sleep(f.slow)
	var answers []protocol.LSPAny
	for _, item := range p.Items {
		var scope uri.URI
		if item.ScopeURI != nil {
			scope = *item.ScopeURI
		}
		says := f.settings[scope]
		if says == "" || item.Section == nil || *item.Section != "aiolens" {
			says = "null"
		}
		answers = append(answers, protocol.LSPAny(says))
	}
	return answers, nil
}

// fake is the editor's end of the connection.
type fake struct {
	protocol.UnimplementedClient
	*session
}

func (f fake) PublishDiagnostics(_ context.Context, p *protocol.PublishDiagnosticsParams) error {
	f.published <- p
	return nil
}

func (f fake) LogMessage(_ context.Context, p *protocol.LogMessageParams) error {
	f.logged <- p
	return nil
}

func (f fake) ShowMessage(_ context.Context, p *protocol.ShowMessageParams) error {
	f.shown <- p
	return nil
}

func (f fake) RegisterCapability(_ context.Context, p *protocol.RegistrationParams) error {
	f.asked <- p
	return nil
}

func (f fake) DiagnosticRefresh(context.Context) error {
	f.refreshed <- "diagnostics"
	return nil
}

func (f fake) CodeLensRefresh(context.Context) error {
	f.refreshed <- "lenses"
	return nil
}

func (f fake) InlayHintRefresh(context.Context) error {
	f.refreshed <- "hints"
	return nil
}

func (f fake) LogTrace(_ context.Context, p *protocol.LogTraceParams) error {
	f.traced <- p
	return nil
}

func (f fake) WorkDoneProgressCreate(context.Context, *protocol.WorkDoneProgressCreateParams) error {
	return nil
}

func (f fake) Progress(_ context.Context, p *protocol.ProgressParams) error {
	f.progress <- p
	return nil
}

// start starts a server; initialize is not sent yet. It runs the stand-in for the engine unless rules are given.
func start(t testing.TB, opts Options) *session {
	t.Helper()
	if opts.Rules == nil {
		opts.Rules = testRules
		if opts.check == nil {
			opts.check = find
		}
	}
	if opts.quiet == 0 {
		opts.quiet = time.Millisecond
	}
	if opts.Log == nil {
		// Not t.Output: the connection may have something to say after the test.
		opts.Log = slog.New(slog.NewTextHandler(io.Discard, &slog.HandlerOptions{Level: slog.LevelDebug}))
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	s := &session{TB: t, ctx: ctx, done: make(chan error, 1),
		published: make(chan *protocol.PublishDiagnosticsParams, 10000),
		logged:    make(chan *protocol.LogMessageParams, 100),
		shown:     make(chan *protocol.ShowMessageParams, 100),
		asked:     make(chan *protocol.RegistrationParams, 100),
		progress:  make(chan *protocol.ProgressParams, 10000),
		refreshed: make(chan string, 100),
		traced:    make(chan *protocol.LogTraceParams, 100),
		uris:      make(chan string, 10000),
	}
	left, right := jsonrpc2.NewChannelStreamPair(16)
	go func() { s.done <- serve(ctx, left, opts) }()
	s.conn = jsonrpc2.NewConn(right, jsonrpc2.WithCodec(codec{})) // protocol.NewClient loses order
	typed := protocol.ClientHandler(fake{session: s}, jsonrpc2.MethodNotFoundHandler)
	s.conn.Go(ctx, func(ctx context.Context, req *jsonrpc2.Request) (any, error) {
		if req.Method() == protocol.MethodTextDocumentPublishDiagnostics {
			var p struct{ URI string }
			s.ok(json.Unmarshal(req.Params(), &p))
			s.uris <- p.URI
		}
		return typed(ctx, req)
	})
	s.srv = protocol.ServerDispatcher(s.conn)
	t.Cleanup(func() {
		cancel()
		left.Close()
		right.Close()
		<-s.conn.Done()
	})
	return s
}

// open starts a server, initializes it for an editor that knows everything, and offers only enc.
func open(t *testing.T, enc protocol.PositionEncodingKind, opts Options) *session {
	t.Helper()
	s := start(t, opts)
	s.initialize(&protocol.InitializeParams{Capabilities: capable(enc)})
	return s
}

func capable(enc ...protocol.PositionEncodingKind) protocol.ClientCapabilities {
	yes := new(true)
	var caps protocol.ClientCapabilities
	caps.General = &protocol.GeneralClientCapabilities{PositionEncodings: enc}
	caps.Workspace = &protocol.WorkspaceClientCapabilities{WorkspaceEdit: &protocol.WorkspaceEditClientCapabilities{DocumentChanges: yes}}
	caps.TextDocument = &protocol.TextDocumentClientCapabilities{
		Hover:      &protocol.HoverClientCapabilities{ContentFormat: []protocol.MarkupKind{protocol.MarkupKindMarkdown}},
		CodeAction: &protocol.CodeActionClientCapabilities{IsPreferredSupport: yes},
		PublishDiagnostics: &protocol.PublishDiagnosticsClientCapabilities{DiagnosticsCapabilities: protocol.DiagnosticsCapabilities{
			RelatedInformation: yes, CodeDescriptionSupport: yes, DataSupport: yes}},
	}
	return caps
}

func (s *session) initialize(params *protocol.InitializeParams) *protocol.InitializeResult {
	s.Helper()
	result, err := s.srv.Initialize(s.ctx, params)
	s.ok(err)
	s.ok(s.srv.Initialized(s.ctx, &protocol.InitializedParams{}))
	return result
}

func (s *session) ok(err error) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
}

// app is the document of most tests.
const app = uri.URI("file:///home/me/app.py")

func (s *session) didOpen(u uri.URI, text string) {
	s.Helper()
	s.ok(s.srv.DidOpen(s.ctx, &protocol.DidOpenTextDocumentParams{TextDocument: protocol.TextDocumentItem{
		URI: u, LanguageID: protocol.LanguageKindPython, Version: 1, Text: text}}))
}

func (s *session) didChange(u uri.URI, version int32, changes ...protocol.TextDocumentContentChangeEvent) {
	s.Helper()
	s.ok(s.srv.DidChange(s.ctx, &protocol.DidChangeTextDocumentParams{
		TextDocument: protocol.VersionedTextDocumentIdentifier{
			TextDocumentIdentifier: protocol.TextDocumentIdentifier{URI: u}, Version: version},
		ContentChanges: changes}))
}

func (s *session) didClose(u uri.URI) {
	s.Helper()
	s.ok(s.srv.DidClose(s.ctx, &protocol.DidCloseTextDocumentParams{TextDocument: protocol.TextDocumentIdentifier{URI: u}}))
}

func (s *session) didSave(u uri.URI) {
	s.Helper()
	s.ok(s.srv.DidSave(s.ctx, &protocol.DidSaveTextDocumentParams{TextDocument: protocol.TextDocumentIdentifier{URI: u}}))
}

// version waits until a version of a document is published, and returns its findings.
func (s *session) version(u uri.URI, version int32) []protocol.Diagnostic {
	s.Helper()
	for {
		p := receive(s, s.published)
		if v, _ := p.Version.Get(); p.URI == u && v == version {
			return p.Diagnostics
		}
	}
}

func receive[T any](s *session, c chan T) T {
	s.Helper()
	select {
	case v := <-c:
		return v
	case <-time.After(patience):
		s.Fatal("nothing came")
		panic("unreachable")
	}
}

// hover asks what is at a position, of the newest text.
func (s *session) hover(u uri.URI, line, column uint32) *protocol.Hover {
	s.Helper()
	params := &protocol.HoverParams{}
	params.TextDocument.URI = u
	params.Position = protocol.Position{Line: line, Character: column}
	h, err := s.srv.Hover(s.ctx, params)
	s.ok(err)
	return h
}

// waitFor waits until something holds.
func waitFor(s *session, holds func() bool) {
	s.Helper()
	for end := time.Now().Add(patience); !holds(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			s.Fatal("it never holds")
		}
	}
}

func insert(line, column uint32, text string) protocol.TextDocumentContentChangeEvent {
	return replace(line, column, line, column, text)
}

func replace(line, column, endLine, endColumn uint32, text string) protocol.TextDocumentContentChangeEvent {
	return &protocol.TextDocumentContentChangePartial{Range: between(line, column, endLine, endColumn), Text: text}
}

func whole(text string) protocol.TextDocumentContentChangeEvent {
	return &protocol.TextDocumentContentChangeWholeDocument{Text: text}
}

func between(line, column, endLine, endColumn uint32) protocol.Range {
	return protocol.Range{Start: protocol.Position{Line: line, Character: column}, End: protocol.Position{Line: endLine, Character: endColumn}}
}

// raw is an editor that writes its messages by hand.
type raw struct {
	*testing.T
	in   *io.PipeWriter
	out  *bufio.Reader
	done chan error
}

func startRaw(t *testing.T) *raw {
	toServer, in := io.Pipe()
	out, fromServer := io.Pipe()
	r := &raw{T: t, in: in, out: bufio.NewReader(out), done: make(chan error, 1)}
	go func() { r.done <- Serve(t.Context(), toServer, fromServer, Options{Rules: testRules, check: find}) }()
	t.Cleanup(func() {
		in.Close()
		out.Close()
	})
	return r
}

func (r *raw) send(body string) {
	r.Helper()
	if _, err := fmt.Fprintf(r.in, "Content-Length: %d\r\n\r\n%s", len(body), body); err != nil {
		r.Fatal(err)
	}
}

// wants reads a message: an answer with this id and error code.
func (r *raw) wants(what string, id any, code int) {
	r.Helper()
	header, err := r.out.ReadString('\n')
	n, _ := strconv.Atoi(strings.TrimSpace(strings.TrimPrefix(header, "Content-Length: ")))
	body := make([]byte, n+2)
	if err == nil {
		_, err = io.ReadFull(r.out, body)
	}
	var m struct {
		ID    any
		Error struct{ Code int }
	}
	if err == nil {
		err = json.Unmarshal(body, &m)
	}
	if err != nil || m.ID != id || m.Error.Code != code {
		r.Fatalf("%s: %s, want id %v and code %d (%v)", what, body, id, code, err)
	}
}
