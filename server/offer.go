package server

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"sync"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
	"aiolens/server/workspace"
)

// offer is an action that an editor may show. What it changes is worked out when it is wanted.
type offer struct {
	title     string
	kind      protocol.CodeActionKind
	preferred bool
	mends     []*diagnostics.Finding
	change    func() *protocol.WorkspaceEdit // nil: it cannot be done any more
}

// offers keeps the changes that were offered last, for editors that ask for them one by one.
type offers struct {
	mu   sync.Mutex
	last int
	made map[int]kept
}

// kept is a change of a document. It holds on to the analysis that it is made from.
type kept struct {
	doc    *document
	of     *workspace.Snapshot
	change func() *protocol.WorkspaceEdit
}

// maxOffers is how many are kept: those of a few requests.
const maxOffers = 256

func (o *offers) keep(k kept) int {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.made == nil {
		o.made = map[int]kept{}
	}
	o.last++
	o.made[o.last] = k
	delete(o.made, o.last-maxOffers)
	return o.last
}

func (o *offers) get(id int) func() *protocol.WorkspaceEdit {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.made[id].change
}

// forget drops the changes of a document but for those of its newest text; nil when it was closed.
func (o *offers) forget(doc *document, newest *workspace.Snapshot) {
	o.mu.Lock()
	defer o.mu.Unlock()
	maps.DeleteFunc(o.made, func(_ int, k kept) bool { return k.doc == doc && k.of != newest })
}

// action is an offer in the terms of the protocol, made to who looks at a document, or at a cell of it. nil when there is nothing to
// change after all.
func (s *server) action(doc *document, done *analysis, in uri.URI, o offer) *protocol.CodeAction {
	at := s.positions(done)
	a := &protocol.CodeAction{Title: o.title, Kind: new(o.kind)}
	for _, f := range o.mends[:min(len(o.mends), maxConcerned)] {
		// Not what the editor does not show, nor what it shows elsewhere: the place of a finding does not name its cell.
		if done.checker.shows(f) && (!doc.notebook || inCells(done, at, f, in)) {
			a.Diagnostics = append(a.Diagnostics, s.diagnostic(doc.uri, done, at, f))
		}
	}
	if o.preferred && s.editor.prefers {
		a.IsPreferred = new(true)
	}
	if s.editor.resolves {
		a.Data = protocol.LSPAny(strconv.Itoa(s.offers.keep(kept{doc, done.snapshot, func() *protocol.WorkspaceEdit {
			if doc.newest.Load() != done.snapshot {
				return nil
			}
			return o.change()
		}})))
		return a
	}
	if a.Edit = o.change(); a.Edit == nil {
		return nil
	}
	return a
}

// CodeActionResolve works out what an action changes.
func (s *server) CodeActionResolve(_ context.Context, a *protocol.CodeAction) (*protocol.CodeAction, error) {
	id, err := strconv.Atoi(string(a.Data))
	change := s.offers.get(id)
	if err != nil || change == nil {
		return nil, protocol.ErrContentModified
	}
	if a.Edit = change(); a.Edit == nil {
		return nil, protocol.ErrContentModified
	}
	return a, nil
}

// part is what an offer changes in one document.
type part struct {
	uri     uri.URI
	version *int32 // that the edits are for; nil for a file that is not open
	text    *python.Text
	cells   []workspace.Cell // of a notebook
	edits   []diagnostics.Edit
	note    string // why a user may want to look at it first; "" for nothing
	create  bool   // the file is to be made
}

// part is a change of a document.
func (doc *document) part(done *analysis, edits []diagnostics.Edit) part {
	return part{uri: doc.uri, version: new(done.snapshot.Version), text: done.snapshot.Text, cells: done.snapshot.Cells, edits: edits}
}

// change is a change of documents: tied to the versions it was made for, if the editor can check that. nil when the editor cannot
// do it.
func (s *server) change(parts ...part) *protocol.WorkspaceEdit {
	edit := &protocol.WorkspaceEdit{}
	for _, p := range byCell(parts) {
		at := &positions{text: p.text, enc: s.editor.encoding, cells: p.cells}
		if !s.editor.documentChanges {
			if p.create {
				return nil
			}
			if edit.Changes == nil {
				edit.Changes = map[uri.URI][]protocol.TextEdit{}
			}
			for _, e := range p.edits {
				edit.Changes[p.uri] = append(edit.Changes[p.uri], protocol.TextEdit{Range: at.span(e.Span), NewText: e.New})
			}
			continue
		}
		if p.create {
			if !s.editor.creates {
				return nil
			}
			edit.DocumentChanges = append(edit.DocumentChanges, &protocol.CreateFile{Kind: "create", URI: p.uri, Options: &protocol.CreateFileOptions{IgnoreIfExists: new(true)}})
		}
		id := protocol.ChangeAnnotationIdentifier("")
		if p.note != "" && s.editor.annotates {
			id = protocol.ChangeAnnotationIdentifier(p.note)
			if edit.ChangeAnnotations == nil {
				edit.ChangeAnnotations = map[protocol.ChangeAnnotationIdentifier]protocol.ChangeAnnotation{}
			}
			edit.ChangeAnnotations[id] = protocol.ChangeAnnotation{Label: p.note}
		}
		versioned := &protocol.TextDocumentEdit{TextDocument: protocol.OptionalVersionedTextDocumentIdentifier{
			TextDocumentIdentifier: protocol.TextDocumentIdentifier{URI: p.uri},
			Version:                p.version,
		}}
		for _, e := range p.edits {
			text := protocol.TextEdit{Range: at.span(e.Span), NewText: e.New}
			if id != "" {
				versioned.Edits = append(versioned.Edits, &protocol.AnnotatedTextEdit{TextEdit: text, AnnotationID: id})
			} else {
				versioned.Edits = append(versioned.Edits, &text)
			}
		}
		edit.DocumentChanges = append(edit.DocumentChanges, versioned)
	}
	return edit
}

// byCell makes of a change of a notebook one of each of its cells.
func byCell(parts []part) []part {
	if !slices.ContainsFunc(parts, func(p part) bool { return len(p.cells) > 0 }) {
		return parts
	}
	var all []part
	for _, p := range parts {
		if len(p.cells) == 0 {
			all = append(all, p)
			continue
		}
		for i, c := range p.cells {
			own := p
			own.uri, own.version, own.edits = uri.URI(c.Name), new(c.Version), nil
			for _, e := range p.edits {
				if workspace.CellAt(p.cells, p.text.LineAt(e.Span.Start)) == &p.cells[i] {
					own.edits = append(own.edits, e)
				}
			}
			if own.edits != nil {
				all = append(all, own)
			}
		}
	}
	return all
}

// silence is the change of the project's settings that has a rule ignored; nil when it cannot be made.
func (s *server) silence(ctx context.Context, path, code string) *protocol.WorkspaceEdit {
	change, ok := s.settings.silence(ctx, path, s.rootOf(path), code)
	if !ok {
		return nil
	}
	return s.change(part{uri: uri.File(change.File), text: python.NewText(change.Text), edits: []diagnostics.Edit{change.Edit}, create: change.New})
}

// silences says whether the project of a file has settings, or can be given some by this editor.
func (s *server) silences(ctx context.Context, path string) bool {
	root := s.rootOf(path)
	if root != "" && s.editor.documentChanges && s.editor.creates {
		return true
	}
	s.settings.mu.Lock()
	defer s.settings.mu.Unlock()
	return s.settings.folder(ctx, path).loader.SettingsOf(path, root) != ""
}

// rootOf is the innermost folder of the workspace that a file is in; "" for none.
func (s *server) rootOf(path string) string {
	root := ""
	for _, r := range s.program.roots() {
		if within(path, r) && len(r) > len(root) {
			root = r
		}
	}
	return root
}

func (st *settings) silence(ctx context.Context, path, root, code string) (workspace.Silencing, bool) {
	st.mu.Lock()
	defer st.mu.Unlock()
	return st.folder(ctx, path).loader.Silence(path, root, code)
}
