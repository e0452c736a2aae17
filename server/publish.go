package server

import (
	"context"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
)

// source is the name that editors show behind a message.
const source = "aiolens"

// publish sends the findings of a document. Equal findings are sent again with each version, because editors drop
// what belongs to an older version than theirs; a version that is older already is not sent at all. A closed
// document loses its findings. Only the goroutine that analyses may call it: it keeps the order.
func (s *server) publish(ctx context.Context, doc *document, done *analysis) {
	params := &protocol.PublishDiagnosticsParams{URI: doc.uri}
	switch {
	case done == nil:
		if s.docs.get(doc.key) != nil {
			return // opened again: the new one publishes
		}
	case doc.newest.Load() != done.snapshot || doc.published == done:
		return
	default:
		doc.published = done
		params.Version = protocol.NewOptional(done.snapshot.Version)
		params.Diagnostics = s.diagnostics(doc, done)
	}
	if err := s.client.PublishDiagnostics(ctx, params); err != nil {
		s.log.Warn("publish failed", "uri", doc.uri, "err", err)
	}
}

// diagnostics are all findings of an analysis in the terms of the protocol.
func (s *server) diagnostics(doc *document, done *analysis) []protocol.Diagnostic {
	at := s.positions(done)
	out := make([]protocol.Diagnostic, len(done.findings))
	for i := range done.findings {
		out[i] = s.diagnostic(doc, at, &done.findings[i])
	}
	return out
}

// diagnostic is a finding in the terms of the protocol, as far as the editor understands them.
func (s *server) diagnostic(doc *document, at *positions, f *diagnostics.Finding) protocol.Diagnostic {
	page := s.pages.of(f.Rule)
	d := protocol.Diagnostic{
		Range:    at.span(f.Span),
		Severity: severities[f.Severity],
		Code:     protocol.String(f.Rule.Code),
		Source:   protocol.NewOptional(source),
		Message:  protocol.String(f.Message),
	}
	if s.editor.codeDescription {
		d.CodeDescription.Href = page.href
	}
	if s.editor.data {
		d.Data = page.data
	}
	if s.editor.relatedInformation {
		for _, r := range f.Related {
			if where, ok := s.location(doc, at, r); ok {
				d.RelatedInformation = append(d.RelatedInformation, protocol.DiagnosticRelatedInformation{Location: where, Message: r.Message})
			}
		}
	}
	return d
}

var severities = map[diagnostics.Severity]protocol.DiagnosticSeverity{
	diagnostics.Error:   protocol.DiagnosticSeverityError,
	diagnostics.Warning: protocol.DiagnosticSeverityWarning,
	diagnostics.Info:    protocol.DiagnosticSeverityHint,
}

// location is where a related place is. One in another file is known only while that file is open.
func (s *server) location(doc *document, at *positions, r diagnostics.Related) (protocol.Location, bool) {
	if r.Path == "" {
		// A copy: going back and forth on one line would cost a pass over it each time.
		here := *at
		return protocol.Location{URI: doc.uri, Range: here.span(r.Span)}, true
	}
	other := s.docs.get(uri.File(r.Path))
	if other == nil {
		return protocol.Location{}, false
	}
	snapshot := other.newest.Load()
	if snapshot == nil {
		return protocol.Location{}, false
	}
	there := positions{text: snapshot.Text, enc: s.editor.encoding}
	return protocol.Location{URI: other.uri, Range: there.span(r.Span)}, true
}

// positions converts offsets of the text that was analysed.
func (s *server) positions(done *analysis) *positions {
	return &positions{text: done.snapshot.Text, enc: s.editor.encoding}
}

// place reads a position of the protocol as an offset of the text that was analysed.
func (s *server) place(done *analysis, p protocol.Position) int {
	return done.snapshot.Text.Offset(position(p), s.editor.encoding)
}

// reach is the span of a range of the protocol.
func (s *server) reach(done *analysis, r protocol.Range) python.Span {
	return span(done.snapshot.Text, r, s.editor.encoding)
}
