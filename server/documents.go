package server

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
	"aiolens/server/workspace"
)

// document is a document from didOpen to didClose.
type document struct {
	key      uri.URI                            // canonical, what documents are found by
	uri      uri.URI                            // as the editor spells it: the only spelling it recognises in what we send
	notebook bool                               // its text is what cells make
	opening  int64                              // rises from one didOpen to the next
	newest   atomic.Pointer[workspace.Snapshot] // what the editor shows; nil once closed
	stale    atomic.Bool                        // the settings may have changed on disk
	outdated atomic.Bool                        // a file that it imports shows something else now
	spread   atomic.Bool                        // what it shows to others has changed, and they have not been visited since
	failed   atomic.Bool                        // the analysis panicked, and the user knows
	crowded  atomic.Bool                        // there are more findings than are shown, and the user knows

	last     atomic.Pointer[analysis] // the newest there is
	mu       gate                     // held while the document is analysed
	checker  *checker
	files    *workspace.Files // what it imports is found in; nil for a document without a path
	file     *python.File
	memo     *diagnostics.Memo
	done     *analysis // the last one, as long as it holds
	analyses int       // how many there were

	lensing sync.Mutex        // held while code lenses are worked out
	lens    *diagnostics.Memo // of the code lenses, if the editor has asked for them
	lensFor *diagnostics.Memo // holds as long as this one does

	published *analysis             // belongs to who holds server.publishing
	shown     []protocol.Diagnostic // what was published
	cells     map[string]shownCell  // what was published of the cells of a notebook, by their names
	cleared   bool                  // closed, and the editor was told
}

// newDocument is one that was opened just now.
func newDocument(key, spelled uri.URI, opening int64) *document {
	doc := &document{key: key, uri: spelled, opening: opening, mu: make(gate, 1)}
	doc.stale.Store(true)
	return doc
}

// gate lets in one at a time, like a lock, and who waits may give up.
type gate chan struct{}

// enter says whether it is free before ctx ends.
func (g gate) enter(ctx context.Context) bool {
	select {
	case g <- struct{}{}:
		return true
	case <-ctx.Done():
		return false
	}
}

func (g gate) leave() { <-g }

// shownCell is what was published of a cell.
type shownCell struct {
	version int32
	found   []protocol.Diagnostic
}

// documents are the open documents.
type documents struct {
	mu      sync.Mutex
	open    map[uri.URI]*document
	aliases map[uri.URI]*document // notebooks, by the keys of their cells
}

// alias has the keys stand for the document, and no others.
func (d *documents) alias(doc *document, keys []uri.URI) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for key, other := range d.aliases {
		if other == doc {
			delete(d.aliases, key)
		}
	}
	if d.aliases == nil {
		d.aliases = map[uri.URI]*document{}
	}
	for _, key := range keys {
		d.aliases[key] = doc
	}
}

// get is the open document of a canonical URI, or nil. That of a cell is its notebook.
func (d *documents) get(key uri.URI) *document {
	d.mu.Lock()
	defer d.mu.Unlock()
	if doc := d.open[key]; doc != nil {
		return doc
	}
	return d.aliases[key]
}

// at is the open document of a path, or nil.
func (d *documents) at(path string) *document { return d.get(uri.File(path)) }

// put adds a document and returns the one that it replaces, or nil.
func (d *documents) put(doc *document) *document {
	d.mu.Lock()
	defer d.mu.Unlock()
	old := d.open[doc.key]
	if d.open == nil {
		d.open = map[uri.URI]*document{}
	}
	d.open[doc.key] = doc
	return old
}

// remove takes a document out and returns it, or nil.
func (d *documents) remove(key uri.URI) *document {
	d.mu.Lock()
	defer d.mu.Unlock()
	doc := d.open[key]
	delete(d.open, key)
	return doc
}

// all are the open documents, in no order.
func (d *documents) all() []*document {
	d.mu.Lock()
	defer d.mu.Unlock()
	var all []*document
	for _, doc := range d.open {
		all = append(all, doc)
	}
	return all
}

// queue holds the documents that wait for the analysis. The bell has room for one ring: it says that there is work,
// not how much, so ringing never blocks and never outlasts the work.
type queue struct {
	mu   sync.Mutex
	docs []*document
	bell chan struct{}
}

// push puts documents at the head of the queue: the user looks at what changed last.
func (q *queue) push(docs ...*document) {
	q.mu.Lock()
	for _, doc := range docs {
		if i := slices.Index(q.docs, doc); i >= 0 {
			q.docs = slices.Delete(q.docs, i, i+1)
		}
		q.docs = append(q.docs, doc)
	}
	q.mu.Unlock()
	select {
	case q.bell <- struct{}{}:
	default:
	}
}

// pop takes the document that was pushed last, or nil.
func (q *queue) pop() *document {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.docs) == 0 {
		return nil
	}
	last := len(q.docs) - 1
	doc := q.docs[last]
	q.docs[last] = nil
	q.docs = q.docs[:last]
	return doc
}
