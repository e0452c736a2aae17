// Package server speaks the language server protocol: it keeps the texts that an editor has open, has them
// analysed as they change, and answers what the editor asks about them. It does not know async Python; what is
// wrong with a file, and how to mend it, comes from package diagnostics.
//
// Notifications run one after another on the goroutine that reads the connection, so that the text is the
// editor's at every moment; requests overlap. One goroutine analyses and publishes what the user types. Two others work
// when the typing pauses: one visits documents that see something else in what was typed, the other reads the
// workspace. A notification does not wait for an analysis, and a request never sees an outdated one of its document.
package server

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
	"aiolens/diagnostics/rules"
)

// ErrExitWithoutShutdown says that the session ended without the handshake of the protocol: the editor sent exit
// without shutdown, died, or closed the connection. The process should end with status 1 then.
var ErrExitWithoutShutdown = errors.New("the session ended without shutdown")

// Options are what the command line decides.
type Options struct {
	Log     *slog.Logger        // nil logs nothing
	Rules   []*diagnostics.Rule // nil means all rules
	Version string              // told to the editor

	check   analyse        // tests analyse without the engine
	poll    time.Duration  // how often tests look for the editor's process
	under   func(int) bool // whether tests take a process for the one that has started the server
	quiet   time.Duration  // how long tests wait for a pause in the typing
	patient time.Duration  // how long tests wait until they show progress
	idle    time.Duration  // how long tests keep files that nobody needs
	limit   int            // how many files tests index
}

// analyse finds what is wrong with a file.
type analyse func(*python.File, *diagnostics.Memo) []diagnostics.Finding

// Serve runs one session over in and out, which carry messages with headers (stdio). It returns nil after shutdown
// and exit, and otherwise an error: [ErrExitWithoutShutdown], or that of ctx.
//
// It does not close in: a read that waits there ends when the caller, or the end of the process, closes it.
func Serve(ctx context.Context, in io.Reader, out io.Writer, opts Options) error {
	return serve(ctx, jsonrpc2.NewStream(stdio{in, out}), opts)
}

type stdio struct {
	io.Reader
	io.Writer
}

func (stdio) Close() error { return nil }

// server is one session.
type server struct {
	protocol.UnimplementedServer
	client protocol.Client
	log    *slog.Logger
	opts   Options
	pages  pages

	life     context.Context // of the session
	phase    atomic.Int32    // a phase
	exit     chan struct{}   // closed by the exit notification
	exitOnce sync.Once
	parent   chan int // the editor's process id, once
	orphaned chan struct{}

	editor      editor        // set by initialize, before anything reads it
	initialized chan struct{} // closed by the notification
	initOnce    sync.Once
	configured  chan struct{} // closed when the editor has told its settings for the first time, or will not
	docs        documents
	spelling    spelling
	tables      tables
	offers      offers
	trace       atomic.Pointer[protocol.TraceValue] // nil: off
	notebooks   map[uri.URI]*notebook               // belongs to the notifications
	queue       queue                               // those that the user looks at
	visits      queue                               // those that see something else in others
	typing      typing
	program     program
	background  background
	pulling     pulling
	again       again
	publishing  sync.Mutex      // orders what is published
	told        map[string]told // what was published of closed files, by path; guarded by publishing
	spare       sync.Mutex      // held by who works in the background: one core is left to the rest
	settings    settings
	first       map[string]any // what the editor said of its settings in initialize
}

// answerTime is how long an editor may take to answer us: one that never does must not hold up the work for ever.
const answerTime = 10 * time.Second

// askAgain is how long an editor may take until it is asked anew for its settings: lspmux drops what is asked before it has let the
// first editor in.
const askAgain = time.Second

// settingsTime is how long the first findings wait for the settings of the editor, so that none is shown only to be taken back.
const settingsTime = 300 * time.Millisecond

func newServer(client protocol.Client, opts Options) *server {
	if opts.Rules == nil {
		opts.Rules = rules.All
	}
	if opts.poll == 0 {
		opts.poll = 5 * time.Second
	}
	if opts.under == nil {
		opts.under = under
	}
	if opts.quiet == 0 {
		opts.quiet = 200 * time.Millisecond
	}
	if opts.patient == 0 {
		opts.patient = 300 * time.Millisecond
	}
	if opts.idle == 0 {
		opts.idle = 30 * time.Second
	}
	if opts.limit == 0 {
		opts.limit = maxIndexed
	}
	s := &server{
		client:      client,
		life:        context.Background(),
		log:         opts.Log,
		opts:        opts,
		exit:        make(chan struct{}),
		parent:      make(chan int, 1),
		orphaned:    make(chan struct{}),
		initialized: make(chan struct{}),
		configured:  make(chan struct{}),
		queue:       queue{bell: make(chan struct{}, 1)},
		visits:      queue{bell: make(chan struct{}, 1)},
		background:  background{bell: make(chan struct{}, 1)},
		told:        map[string]told{},
		pulling:     pulling{changed: make(chan struct{})},
		again:       again{bell: make(chan struct{}, 1)},
	}
	s.settings.rules, s.settings.check, s.settings.tell = opts.Rules, opts.check, s.tellProblem
	return s
}

// serve is where every goroutine of a session starts, but for those that make an analysis for a request. They end with ctx; one that waits to write to an editor that
// does not read any more ends with the process.
func serve(ctx context.Context, stream jsonrpc2.Stream, opts Options) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if opts.Log == nil {
		opts.Log = slog.New(slog.DiscardHandler)
	}
	conn := jsonrpc2.NewConn(&tolerantStream{Stream: stream, log: opts.Log}, jsonrpc2.WithCodec(codec{}))
	s := newServer(nil, opts)
	s.client = protocol.ClientDispatcher(quietConn{conn, &s.phase})
	s.life = ctx
	go s.analyseChanges(ctx)
	go s.revisit(ctx)
	go s.work(ctx)
	go s.watchParent(ctx)
	go s.inviteAgain(ctx)
	conn.Go(ctx, s.handler())
	select {
	case <-s.exit:
	case <-s.orphaned:
		s.log.Warn("the editor's process is gone")
	case <-conn.Done():
		if err := conn.Err(); err != nil && !errors.Is(err, io.EOF) {
			s.log.Warn("the connection ended", "err", err)
		}
	case <-ctx.Done():
		return ctx.Err()
	}
	if phase(s.phase.Load()) != down {
		return ErrExitWithoutShutdown
	}
	return nil
}
