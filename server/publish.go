package server

import (
	"context"
	"reflect"
	"slices"
	"strings"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
)

// source is the name that editors show behind a message.
const source = "aiolens"

// publish sends the findings of a document. Equal findings are sent again with each version, because editors drop
// what belongs to an older version than theirs; a version that is older already is not sent at all, nor are equal findings
// of the same version. A closed document loses its findings.
func (s *server) publish(ctx context.Context, doc *document, done *analysis) {
	var found []protocol.Diagnostic
	if done != nil {
		found = s.diagnostics(doc.uri, done)
	}
	// What is decided here is sent before others decide.
	s.publishing.Lock()
	defer s.publishing.Unlock()
	params := &protocol.PublishDiagnosticsParams{URI: doc.uri}
	if s.pulling.on {
		if done != nil && doc.newest.Load() == done.snapshot {
			s.pulled(doc, done, found)
		}
		return
	}
	switch last := doc.published; {
	case done == nil:
		if s.docs.get(doc.key) != nil || doc.cleared {
			return // opened again: the new one publishes
		}
		doc.cleared = true // what comes later is about the file on disk
	case doc.newest.Load() != done.snapshot || last != nil && last.number >= done.number:
		return
	case last != nil && last.snapshot == done.snapshot && last.checker == done.checker && reflect.DeepEqual(found, doc.shown):
		doc.published = done
		return
	default:
		doc.published, doc.shown = done, found
		params.Version = protocol.NewOptional(done.snapshot.Version)
		params.Diagnostics = found
	}
	s.takeOver(ctx, doc)
	if doc.notebook {
		s.publishCells(ctx, doc, done, found)
		return
	}
	if err := s.client.PublishDiagnostics(ctx, params); err != nil {
		s.log.Warn("publish failed", "uri", doc.uri, "err", err)
	}
}

// publishCells sends the findings of each cell of a notebook of which the editor does not know them. s.publishing is held.
func (s *server) publishCells(ctx context.Context, doc *document, done *analysis, found []protocol.Diagnostic) {
	now := map[string]shownCell{}
	if done != nil {
		for _, c := range done.snapshot.Cells {
			now[c.Name] = shownCell{version: c.Version}
		}
		at := s.positions(done)
		for i, f := range shown(done) {
			name := string(at.uri(f.Span.Start, doc.uri))
			cell := now[name]
			cell.found = append(cell.found, found[i])
			now[name] = cell
		}
	}
	send := func(name string, shown shownCell, versioned bool) {
		params := &protocol.PublishDiagnosticsParams{URI: uri.URI(name), Diagnostics: shown.found}
		if versioned {
			params.Version = protocol.NewOptional(shown.version)
		}
		if err := s.client.PublishDiagnostics(ctx, params); err != nil {
			s.log.Warn("publish failed", "uri", name, "err", err)
		}
	}
	for name, was := range doc.cells {
		if _, ok := now[name]; !ok && len(was.found) > 0 {
			send(name, shownCell{}, false)
		}
	}
	for name, is := range now {
		if was, ok := doc.cells[name]; !ok || !reflect.DeepEqual(was, is) {
			send(name, is, true)
		}
	}
	doc.cells = now
}

// maxShown is how many findings of a file are shown, the first ones: as many as VS Code takes of a file. More than that nobody reads,
// and sending them with each keystroke would cost more than finding them.
const maxShown = 1000

// shown are the findings of an analysis that the editor is told of: the first ones, but for those that another server shows, too.
func shown(done *analysis) []*diagnostics.Finding {
	var found []*diagnostics.Finding
	for i := range done.findings {
		if f := &done.findings[i]; done.checker.shows(f) && len(found) < maxShown {
			found = append(found, f)
		}
	}
	return found
}

// diagnostics are the findings of an analysis that are shown, in the terms of the protocol.
func (s *server) diagnostics(u uri.URI, done *analysis) []protocol.Diagnostic {
	at, out := s.positions(done), []protocol.Diagnostic{}
	for _, f := range shown(done) {
		out = append(out, s.diagnostic(u, done, at, f))
	}
	return out
}

// diagnostic is a finding in a document in the terms of the protocol, as far as the editor understands them.
func (s *server) diagnostic(u uri.URI, done *analysis, at *positions, f *diagnostics.Finding) protocol.Diagnostic {
	page := s.pages.of(f.Rule)
	d := protocol.Diagnostic{
		Range:    at.span(f.Span),
		Severity: severities[f.Severity],
		Code:     protocol.String(f.Rule.Code),
		Source:   protocol.NewOptional(source),
		Message:  protocol.String(f.Message),
	}
	if tag, ok := tags[f.Rule.Tag]; ok && slices.Contains(s.editor.tags, tag) {
		d.Tags = protocol.NewDiagnosticTags(tag)
	}
	if s.editor.codeDescription {
		d.CodeDescription.Href = page.href
	}
	if s.editor.data {
		d.Data = page.data
	}
	if s.editor.relatedInformation {
		for _, r := range f.Related {
			if where, ok := s.location(u, done, at, r); ok {
				d.RelatedInformation = append(d.RelatedInformation, protocol.DiagnosticRelatedInformation{Location: where, Message: r.Message})
			}
		}
	}
	return d
}

var tags = map[diagnostics.Tag]protocol.DiagnosticTag{
	diagnostics.Deprecated:  protocol.DiagnosticTagDeprecated,
	diagnostics.Unnecessary: protocol.DiagnosticTagUnnecessary,
}

var severities = map[diagnostics.Severity]protocol.DiagnosticSeverity{
	diagnostics.Error:   protocol.DiagnosticSeverityError,
	diagnostics.Warning: protocol.DiagnosticSeverityWarning,
	diagnostics.Info:    protocol.DiagnosticSeverityHint,
}

// location is where a related place is. In another file it is where its text stands now, for an edit that means nothing
// to others does not have them analysed again; a place whose own text was edited is left out.
func (s *server) location(u uri.URI, done *analysis, at *positions, r diagnostics.Related) (protocol.Location, bool) {
	if r.File == nil {
		// A copy: going back and forth on one line would cost a pass over it each time.
		here := *at
		return protocol.Location{URI: at.uri(r.Span.Start, u), Range: here.span(r.Span)}, true
	}
	file, span := r.File, r.Span
	if done.files != nil {
		if now := done.files.Known(file.Path); now != nil {
			var ok bool
			if span, ok = moved(file, now, span); !ok {
				return protocol.Location{}, false
			}
			file = now
		}
	}
	there := positions{text: file.Text(), enc: s.editor.encoding}
	where := protocol.Location{URI: uri.File(file.Path), Range: there.span(span)}
	if other := s.docs.at(file.Path); other != nil {
		where.URI = other.uri
	}
	return where, true
}

// moved is where the text of a span of a file stands in a newer version of the file.
func moved(old, now *python.File, span python.Span) (python.Span, bool) {
	if old == now {
		return span, true
	}
	block, start := old.At(span.Start)
	if at, ok := now.Start(block); ok {
		return span.Shift(at - start), true
	}
	// The block was edited. It still follows the block that it followed; of its text, what stands before the edit or
	// behind it is the same.
	index := map[*python.Block]int{}
	for i := range now.Len() {
		index[now.Block(i)] = i
	}
	next := 0
	for b := range old.Blocks {
		if b == block {
			break
		}
		if i, ok := index[b]; ok {
			next = i
		}
		next++
	}
	if next >= now.Len() {
		return span, false
	}
	edited := now.Block(next)
	at, _ := now.Start(edited)
	was, is := block.Text(), edited.Text()
	span = span.Shift(-start)
	switch {
	case span.End > len(was):
		return span, false
	case strings.HasPrefix(is, was[:span.End]):
		return span.Shift(at), true
	case strings.HasSuffix(is, was[span.Start:]):
		return span.Shift(at + len(is) - len(was)), true
	}
	return span, false
}

// positions converts offsets of the text that was analysed.
func (s *server) positions(done *analysis) *positions {
	return &positions{text: done.snapshot.Text, enc: s.editor.encoding, cells: done.snapshot.Cells}
}

// place reads a position of the protocol as an offset of the text that was analysed.
func (s *server) place(done *analysis, in uri.URI, p protocol.Position) int {
	return done.snapshot.Text.Offset(position(inCell(done, in, p)), s.editor.encoding)
}

// inCell is a position in a cell as one in the text of its notebook; others stay as they are.
func inCell(done *analysis, in uri.URI, p protocol.Position) protocol.Position {
	for _, c := range done.snapshot.Cells {
		if c.Key == string(in) {
			p.Line += uint32(c.Line)
		}
	}
	return p
}

// reach is the span of a range of the protocol.
func (s *server) reach(done *analysis, in uri.URI, r protocol.Range) python.Span {
	r.Start, r.End = inCell(done, in, r.Start), inCell(done, in, r.End)
	return span(done.snapshot.Text, r, s.editor.encoding)
}
