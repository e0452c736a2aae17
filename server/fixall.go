package server

import (
	"cmp"
	"slices"

	"go.lsp.dev/protocol"

	"aiolens/diagnostics"
)

// fixAllKind is what users name in their editor's "code actions on save".
const fixAllKind protocol.CodeActionKind = "source.fixAll.aiolens"

// fixAll adds the offer to apply every safe fix of a document at once, if there is one to apply.
func (s *server) fixAll(offers []offer, doc *document, done *analysis) []offer {
	var fixes []diagnostics.Fix
	var fixed []*diagnostics.Finding
	for i := range done.findings {
		f := &done.findings[i]
		if fix := safe(f); fix != nil {
			fixes, fixed = append(fixes, *fix), append(fixed, f)
		}
	}
	fixes, fixed = compatible(done.snapshot.Text.String(), fixes, fixed)
	if len(fixes) == 0 {
		return offers
	}
	return append(offers, offer{
		title: "Fix all safely fixable problems of aiolens", kind: fixAllKind, mends: fixed,
		change: func() *protocol.WorkspaceEdit { return s.change(doc.part(done, union(fixes))) },
	})
}

// safe is the first fix of a finding that is safe, or nil.
func safe(f *diagnostics.Finding) *diagnostics.Fix {
	if i := slices.IndexFunc(f.Fixes, func(fix diagnostics.Fix) bool { return fix.Safe }); i >= 0 {
		return &f.Fixes[i]
	}
	return nil
}

func fixable(f *diagnostics.Finding) bool { return safe(f) != nil }

// compatible leaves out the fixes that [diagnostics.Apply] leaves out, and what they would have fixed.
func compatible(src string, fixes []diagnostics.Fix, fixed []*diagnostics.Finding) ([]diagnostics.Fix, []*diagnostics.Finding) {
	var taken []diagnostics.Fix
	var mended []*diagnostics.Finding
	for _, i := range diagnostics.Compatible(len(src), fixes) {
		taken, mended = append(taken, fixes[i]), append(mended, fixed[i])
	}
	return taken, mended
}

// union is the edits of compatible fixes, in order of their spans; what several ask for is done once.
func union(fixes []diagnostics.Fix) []diagnostics.Edit {
	var edits []diagnostics.Edit
	for _, fix := range fixes {
		for _, e := range fix.Edits {
			e.Snippet = "" // the user cannot be asked about all of them
			if !slices.Contains(edits, e) {
				edits = append(edits, e)
			}
		}
	}
	slices.SortStableFunc(edits, func(a, b diagnostics.Edit) int {
		return cmp.Or(cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(a.Span.End, b.Span.End))
	})
	return edits
}
