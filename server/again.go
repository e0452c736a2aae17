package server

import (
	"context"
	"sync/atomic"

	"go.lsp.dev/protocol"
)

// again is what the editor is to ask for once more, because the answer has changed though the text has not. The bell has room for
// one ring.
type again struct {
	findings atomic.Bool
	hints    atomic.Bool // inlay hints and code lenses
	bell     chan struct{}
}

func (a *again) ask(what *atomic.Bool) {
	what.Store(true)
	select {
	case a.bell <- struct{}{}:
	default:
	}
}

// inviteAgain has the editor ask, until ctx ends.
func (s *server) inviteAgain(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.again.bell:
		}
		if s.again.findings.Swap(false) {
			s.invite(ctx, true, protocol.Client.DiagnosticRefresh)
		}
		if s.again.hints.Swap(false) {
			s.invite(ctx, s.editor.asksHints, protocol.Client.InlayHintRefresh)
			s.invite(ctx, s.editor.asksLenses, protocol.Client.CodeLensRefresh)
		}
	}
}

// invite has the editor ask for one thing, if it can be told to.
func (s *server) invite(ctx context.Context, can bool, refresh func(protocol.Client, context.Context) error) {
	if !can {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, answerTime)
	defer cancel()
	if err := refresh(s.client, ctx); err != nil {
		s.log.Warn("the editor does not ask again", "err", err)
	}
}

// hintsMayDiffer has the editor ask again for inlay hints and code lenses, if a new analysis of the same text may have others.
func (s *server) hintsMayDiffer(last, done *analysis) {
	if last == nil || done == nil || last == done || last.snapshot != done.snapshot {
		return
	}
	was, is := last.checker.preferences, done.checker.preferences
	if was.inlayHints || is.inlayHints || was.codeLens || is.codeLens {
		s.again.ask(&s.again.hints)
	}
}
