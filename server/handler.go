package server

import (
	"context"
	"errors"
	"runtime/debug"
	"strings"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
)

// served are the methods that reach the server, beside those of the lifecycle.
var served = map[string]bool{
	protocol.MethodInitialized:                        true,
	protocol.MethodCancelRequest:                      true,
	protocol.MethodSetTrace:                           true,
	protocol.MethodTextDocumentDidOpen:                true,
	protocol.MethodTextDocumentDidChange:              true,
	protocol.MethodTextDocumentDidSave:                true,
	protocol.MethodTextDocumentDidClose:               true,
	protocol.MethodNotebookDocumentDidOpen:            true,
	protocol.MethodNotebookDocumentDidChange:          true,
	protocol.MethodNotebookDocumentDidSave:            true,
	protocol.MethodNotebookDocumentDidClose:           true,
	protocol.MethodTextDocumentHover:                  true,
	protocol.MethodTextDocumentCompletion:             true,
	protocol.MethodCompletionItemResolve:              true,
	protocol.MethodTextDocumentDiagnostic:             true,
	protocol.MethodWorkspaceDiagnostic:                true,
	protocol.MethodTextDocumentCodeAction:             true,
	protocol.MethodCodeActionResolve:                  true,
	protocol.MethodTextDocumentPrepareCallHierarchy:   true,
	protocol.MethodCallHierarchyIncomingCalls:         true,
	protocol.MethodCallHierarchyOutgoingCalls:         true,
	protocol.MethodTextDocumentInlayHint:              true,
	protocol.MethodTextDocumentCodeLens:               true,
	protocol.MethodCodeLensResolve:                    true,
	protocol.MethodWorkspaceExecuteCommand:            true,
	protocol.MethodWorkspaceDidChangeConfiguration:    true,
	protocol.MethodWorkspaceDidChangeWatchedFiles:     true,
	protocol.MethodWorkspaceDidChangeWorkspaceFolders: true,
	protocol.MethodWorkspaceDidCreateFiles:            true,
	protocol.MethodWorkspaceDidRenameFiles:            true,
	protocol.MethodWorkspaceDidDeleteFiles:            true,
}

// handler is the chain that a message passes.
func (s *server) handler() jsonrpc2.Handler {
	dispatch := s.keepSpelling(protocol.ServerHandler(s, jsonrpc2.MethodNotFoundHandler))
	// CancelHandler knows a request before inOrder lets the next message be read: no cancellation is missed.
	requests := protocol.CancelHandler(inOrder(dispatch))
	return s.guard(s.traced(s.lifecycle(dispatch, requests)))
}

// inOrder runs notifications on the read loop, one after another, and lets every call overlap what comes later.
func inOrder(next jsonrpc2.Handler) jsonrpc2.Handler {
	return func(ctx context.Context, req *jsonrpc2.Request) (any, error) {
		if req.IsCall() {
			jsonrpc2.Async(ctx)
		}
		return next(ctx, req)
	}
}

// guard keeps one bad message from ending the session: jsonrpc2 closes the connection when a handler panics or a
// notification fails.
func (s *server) guard(next jsonrpc2.Handler) jsonrpc2.Handler {
	return func(ctx context.Context, req *jsonrpc2.Request) (result any, err error) {
		method := strings.Clone(req.Method()) // what the request holds is gone when the handler returns
		defer func() {
			if r := recover(); r != nil {
				s.log.Error("handler panicked", "method", method, "panic", r, "stack", string(debug.Stack()))
				result, err = nil, jsonrpc2.Errorf(jsonrpc2.InternalError, "%s: %v", method, r)
			}
			switch {
			case err == nil:
			case !req.IsCall():
				s.log.Error("notification failed", "method", method, "err", err)
				err = nil
			case errors.Is(err, jsonrpc2.ErrParse): // the message was JSON; what it says is not the method's
				err = jsonrpc2.Errorf(jsonrpc2.InvalidParams, "%v", err)
			}
		}()
		return next(ctx, req)
	}
}
