package server

import (
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
	edits, taken := diagnostics.Merge(done.snapshot.Text.Len(), fixes)
	if len(taken) == 0 {
		return offers
	}
	mends := make([]*diagnostics.Finding, len(taken))
	for i, k := range taken {
		mends[i] = fixed[k]
	}
	return append(offers, offer{
		title: "Fix all safely fixable problems of aiolens", kind: fixAllKind, mends: mends,
		change: func() *protocol.WorkspaceEdit { return s.change(doc.part(done, unasked(edits))) },
	})
}

// unasked are edits without what the user could choose: nobody can be asked about many fixes at once.
func unasked(edits []diagnostics.Edit) []diagnostics.Edit {
	for i := range edits {
		edits[i].Snippet = ""
	}
	return edits
}

// safe is the first fix of a finding that is safe, or nil.
func safe(f *diagnostics.Finding) *diagnostics.Fix {
	if i := slices.IndexFunc(f.Fixes, func(fix diagnostics.Fix) bool { return fix.Safe }); i >= 0 {
		return &f.Fixes[i]
	}
	return nil
}

func fixable(f *diagnostics.Finding) bool { return safe(f) != nil }
