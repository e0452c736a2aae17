package server

import (
	"context"
	"fmt"
	"hash/fnv"
	"reflect"
	"slices"
	"strings"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
)

// pulling is the other way for findings to reach the editor: it asks for them. A session has one way or the other.
type pulling struct {
	on      bool          // set by initialize
	changed chan struct{} // closed, and made anew, when the findings of a closed file change; guarded by publishing
}

// Diagnostic answers with the findings of the newest text of a document.
func (s *server) Diagnostic(ctx context.Context, params *protocol.DocumentDiagnosticParams) (protocol.DocumentDiagnosticReport, error) {
	found := []protocol.Diagnostic{}
	if doc := s.docs.get(params.TextDocument.URI); doc != nil {
		s.settled(ctx)
		done := s.await(ctx, doc)
		if ctx.Err() != nil {
			return nil, protocol.ErrRequestCancelled
		}
		if done != nil {
			found = s.diagnostics(doc.uri, done)
			s.publishing.Lock()
			doc.published, doc.shown = done, found
			s.publishing.Unlock()
			found = s.ofCell(doc, done, params.TextDocument.URI, found)
		}
		if done != nil && doc.spread.Swap(false) {
			s.spread(doc, done)
		}
	}
	id := resultID(found)
	if params.PreviousResultID != nil && *params.PreviousResultID == id {
		return &protocol.RelatedUnchangedDocumentDiagnosticReport{UnchangedDocumentDiagnosticReport: unchanged(id)}, nil
	}
	return &protocol.RelatedFullDocumentDiagnosticReport{FullDocumentDiagnosticReport: full(id, found)}, nil
}

// ofCell are those of the diagnostics of a document that are in the cell with a key, if the document is a notebook.
func (s *server) ofCell(doc *document, done *analysis, key uri.URI, found []protocol.Diagnostic) []protocol.Diagnostic {
	if !doc.notebook {
		return found
	}
	at, own := s.positions(done), []protocol.Diagnostic{}
	for i, f := range shown(done) {
		if inCells(done, at, f, key) {
			own = append(own, found[i])
		}
	}
	return own
}

func full(id string, found []protocol.Diagnostic) protocol.FullDocumentDiagnosticReport {
	return protocol.FullDocumentDiagnosticReport{Kind: string(protocol.DocumentDiagnosticReportKindFull), ResultID: new(id), Items: found}
}

func unchanged(id string) protocol.UnchangedDocumentDiagnosticReport {
	return protocol.UnchangedDocumentDiagnosticReport{Kind: string(protocol.DocumentDiagnosticReportKindUnchanged), ResultID: id}
}

// resultID is the same for the same findings.
func resultID(found []protocol.Diagnostic) string {
	raw, err := protocol.Marshal(found)
	if err != nil {
		return ""
	}
	h := fnv.New64a()
	h.Write(raw)
	return fmt.Sprintf("%016x", h.Sum64())
}

// DiagnosticWorkspace answers with the findings of the files that are not open, for users who want to see them. It waits until
// there is something that the editor does not know; what comes in the meantime is told as soon as it is known where the
// editor takes partial results.
func (s *server) DiagnosticWorkspace(ctx context.Context, params *protocol.WorkspaceDiagnosticParams) (*protocol.WorkspaceDiagnosticReport, error) {
	knows := map[uri.URI]string{}
	for _, p := range params.PreviousResultIds {
		knows[p.URI] = p.Value
	}
	for {
		s.publishing.Lock()
		changed := s.pulling.changed
		items := s.closedReports(knows)
		s.publishing.Unlock()
		if len(items) > 0 && params.PartialResultToken == nil {
			return &protocol.WorkspaceDiagnosticReport{Items: items}, nil
		}
		if len(items) > 0 {
			for _, item := range items {
				report := item.(*protocol.WorkspaceFullDocumentDiagnosticReport)
				if canonical, err := uri.Parse(string(report.URI)); err == nil {
					knows[canonical] = *report.ResultID
				}
			}
			raw, err := protocol.Marshal(protocol.WorkspaceDiagnosticReportPartialResult{Items: items})
			if err == nil {
				err = s.client.Progress(ctx, &protocol.ProgressParams{Token: params.PartialResultToken, Value: raw})
			}
			if err != nil {
				return nil, err
			}
			continue
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return nil, protocol.ErrRequestCancelled
		case <-s.exit:
			return &protocol.WorkspaceDiagnosticReport{Items: []protocol.WorkspaceDocumentDiagnosticReport{}}, nil
		}
	}
}

// closedReports are the findings of closed files that an editor does not know; knows are the result ids that it has. s.publishing is
// held.
func (s *server) closedReports(knows map[uri.URI]string) []protocol.WorkspaceDocumentDiagnosticReport {
	var items []protocol.WorkspaceDocumentDiagnosticReport
	tell := func(u uri.URI, found []protocol.Diagnostic) {
		items = append(items, &protocol.WorkspaceFullDocumentDiagnosticReport{FullDocumentDiagnosticReport: full(resultID(found), found), URI: u})
	}
	told := map[uri.URI]bool{}
	for path, is := range s.told {
		u := uri.File(path)
		told[u] = true
		if knows[u] != resultID(is.found) {
			tell(is.uri, is.found)
		}
	}
	none := resultID([]protocol.Diagnostic{})
	for u, id := range knows {
		if !told[u] && id != none && s.docs.get(u) == nil {
			if path := pathOf(u); path != "" {
				u = s.spelling.of(path)
			}
			tell(u, []protocol.Diagnostic{})
		}
	}
	slices.SortFunc(items, func(a, b protocol.WorkspaceDocumentDiagnosticReport) int {
		return strings.Compare(string(a.(*protocol.WorkspaceFullDocumentDiagnosticReport).URI), string(b.(*protocol.WorkspaceFullDocumentDiagnosticReport).URI))
	})
	return items
}

// pulled compares a new analysis of a document with what the editor was told when it asked last: where that has changed
// though the text has not, it is to ask again.
func (s *server) pulled(doc *document, done *analysis, found []protocol.Diagnostic) {
	if last := doc.published; last == nil || last.snapshot != done.snapshot || reflect.DeepEqual(found, doc.shown) {
		return
	}
	s.again.ask(&s.again.findings)
}
