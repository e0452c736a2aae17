package server

import (
	"context"
	"fmt"
	"strings"
	"time"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
)

// SetTrace has the editor's trace of the session turned on or off.
func (s *server) SetTrace(_ context.Context, params *protocol.SetTraceParams) error {
	s.trace.Store(&params.Value)
	return nil
}

// maxTraced is how many bytes of a message a verbose trace shows.
const maxTraced = 2000

// traced tells the editor of each message and how long it took, if it wants to know.
func (s *server) traced(next jsonrpc2.Handler) jsonrpc2.Handler {
	return func(ctx context.Context, req *jsonrpc2.Request) (any, error) {
		trace := s.trace.Load()
		if trace == nil || *trace == protocol.TraceValueOff || *trace == "" {
			return next(ctx, req)
		}
		// What the request holds is gone when the handler returns.
		method, verbose := strings.Clone(req.Method()), (*string)(nil)
		if *trace == protocol.TraceValueVerbose {
			params := string(req.Params())
			if len(params) > maxTraced {
				params = params[:maxTraced] + "..."
			}
			verbose = &params
		}
		start := time.Now()
		result, err := next(ctx, req)
		outcome := "took"
		if err != nil {
			outcome = "failed after"
		}
		s.client.LogTrace(jsonrpc2.DetachContext(ctx), &protocol.LogTraceParams{
			Message: fmt.Sprintf("%s %s %.1f ms", method, outcome, float64(time.Since(start).Microseconds())/1000), Verbose: verbose})
		return result, err
	}
}
