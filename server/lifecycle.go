package server

import (
	"context"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
)

// phase is where a session stands.
type phase int32

const (
	fresh   phase = iota // waits for initialize
	running              // between initialize and shutdown
	down                 // waits for exit
)

// lifecycle admits what the phase of the session allows. What changes the phase goes to dispatch at once, on the read
// loop, so that a message behind it finds the new phase even if the client did not wait for the answer.
func (s *server) lifecycle(dispatch, next jsonrpc2.Handler) jsonrpc2.Handler {
	return func(ctx context.Context, req *jsonrpc2.Request) (any, error) {
		method, now := req.Method(), phase(s.phase.Load())
		switch {
		case method == protocol.MethodExit:
			return dispatch(ctx, req)
		case method == protocol.MethodInitialize && req.IsCall():
			if now != fresh {
				return nil, jsonrpc2.Errorf(jsonrpc2.InvalidRequest, "the server is initialized already")
			}
			return dispatch(ctx, req)
		case now == fresh:
			return nil, refuse(req, jsonrpc2.ServerNotInitialized, "before initialize")
		case now == down:
			return nil, refuse(req, jsonrpc2.InvalidRequest, "after shutdown")
		case method == protocol.MethodShutdown:
			return dispatch(ctx, req)
		case !served[method]:
			s.log.Debug("unknown method", "method", method)
			return nil, refuse(req, jsonrpc2.MethodNotFound, "is not known")
		}
		return next(ctx, req)
	}
}

// refuse is the answer to a request that cannot be served; a notification is dropped, as the protocol wants.
func refuse(req *jsonrpc2.Request, code jsonrpc2.Code, why string) error {
	if !req.IsCall() {
		return nil
	}
	return jsonrpc2.Errorf(code, "%s %s", req.Method(), why)
}

// Initialize learns what the editor can do and tells it what the server can do.
func (s *server) Initialize(_ context.Context, params *protocol.InitializeParams) (*protocol.InitializeResult, error) {
	s.editor = newEditor(params)
	s.settings.take(params.InitializationOptions, "settings", "aiolens")
	if says := s.settings.editor.Load(); says != nil {
		s.first = says.always
		p, _, _ := readPreferences(s.first)
		s.editor.prefer(params, p)
		s.pulling.on = p.pull && s.editor.pulls
	}
	s.program.begin(params)
	s.trace.Store(&params.Trace)
	if params.ProcessID != nil {
		s.parent <- int(*params.ProcessID)
	}
	s.phase.Store(int32(running))
	can := protocol.ServerCapabilities{
		PositionEncoding: encodings[s.editor.encoding],
		TextDocumentSync: &protocol.TextDocumentSyncOptions{
			OpenClose: new(true),
			Change:    new(protocol.TextDocumentSyncKindIncremental),
			Save:      protocol.Boolean(true),
		},
		HoverProvider: protocol.Boolean(true),
		// Also for editors that do not say they complete: Kate 22.12 does not, and does. No trigger characters: what is typed begins with a
		// letter, and some editors ask all servers behind a character that one of them wants.
		CompletionProvider: &protocol.CompletionOptions{ResolveProvider: new(true)},
		CodeActionProvider: &protocol.CodeActionOptions{
			CodeActionKinds: []protocol.CodeActionKind{protocol.CodeActionKindQuickFix, fixAllKind, protocol.CodeActionKindRefactorRewrite},
			ResolveProvider: new(s.editor.resolves),
		},
		Workspace: &protocol.WorkspaceOptions{WorkspaceFolders: &protocol.WorkspaceFoldersServerCapabilities{
			Supported: new(true), ChangeNotifications: protocol.Boolean(true),
		}},
	}
	if doc := params.Capabilities.TextDocument; doc != nil {
		if doc.CallHierarchy != nil {
			can.CallHierarchyProvider = protocol.Boolean(true)
		}
		if doc.InlayHint != nil {
			can.InlayHintProvider = protocol.Boolean(true)
		}
	}
	if params.Capabilities.NotebookDocument != nil {
		can.NotebookDocumentSync = notebookSync
	}
	can.ExecuteCommandProvider.Commands = []string{printDebugInformation}
	if s.pulling.on {
		can.DiagnosticProvider = &protocol.DiagnosticOptions{Identifier: new(source), InterFileDependencies: true, WorkspaceDiagnostics: true}
	}
	return &protocol.InitializeResult{
		Capabilities: can,
		ServerInfo:   protocol.ServerInfo{Name: "aiolens", Version: protocol.NewOptional(s.opts.Version)},
	}, nil
}

// Initialized is when the server may ask for something itself, which must not happen on the read loop.
func (s *server) Initialized(context.Context, *protocol.InitializedParams) error {
	s.initOnce.Do(func() { close(s.initialized) })
	return nil
}

// Shutdown ends the service; exit follows.
func (s *server) Shutdown(context.Context) error {
	s.phase.Store(int32(down))
	return nil
}

// Exit ends the session.
func (s *server) Exit(context.Context) error {
	s.exitOnce.Do(func() { close(s.exit) })
	return nil
}
