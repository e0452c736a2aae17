package server

import (
	"context"
	"strconv"

	"go.lsp.dev/protocol"

	"aiolens/diagnostics"
)

// InlayHint says behind calls what they lead to, in a few words, for users who want to see that without looking at the findings.
func (s *server) InlayHint(ctx context.Context, params *protocol.InlayHintParams) ([]protocol.InlayHint, error) {
	hints := []protocol.InlayHint{}
	doc := s.docs.get(params.TextDocument.URI)
	if doc == nil {
		return hints, nil
	}
	done := s.await(ctx, doc)
	if ctx.Err() != nil {
		return nil, protocol.ErrRequestCancelled
	}
	if done == nil || !done.checker.preferences.inlayHints {
		return hints, nil
	}
	reach, at := s.reach(done, params.TextDocument.URI, params.Range), s.positions(done)
	for i := range done.findings {
		f := &done.findings[i]
		label := hinted(f)
		if label == "" || f.Span.End < reach.Start || reach.End < f.Span.End {
			continue
		}
		hints = append(hints, protocol.InlayHint{
			Position: at.at(f.Span.End), Label: protocol.String(label), PaddingLeft: new(true), Tooltip: protocol.String(f.Message),
		})
	}
	return hints, nil
}

// hinted are the words of a finding; "" for those that have none.
func hinted(f *diagnostics.Finding) string {
	switch f.Rule.Code {
	case "AIO207":
		if n := len(f.Related); n > 1 {
			return "blocks " + strconv.Itoa(n) + " calls down"
		}
		return "blocks"
	case "AIO101", "AIO102", "AIO103":
		return "not awaited"
	}
	return ""
}
