package server

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
	"aiolens/server/workspace"
)

// program gives the files that documents import.
type program struct {
	files    atomic.Pointer[workspace.Files] // nil until a document needs it
	openings atomic.Int64                    // numbers the openings of documents

	mu      sync.Mutex
	folders []string // of the workspace, absolute
	made    bool     // files is for these folders
	python  string   // what files was made for
}

// begin takes the folders of the workspace as the editor names them when the session begins; none is usual, too.
func (p *program) begin(params *protocol.InitializeParams) {
	folders, _ := params.WorkspaceFolders.Get()
	for _, f := range folders {
		p.add(f.URI)
	}
	//lint:ignore SA1019 older editors name nothing else
	root, path := params.RootURI, params.RootPath
	if len(p.folders) == 0 && root != nil {
		p.add(*root)
	}
	if dir, _ := path.Get(); len(p.folders) == 0 && filepath.IsAbs(dir) {
		p.folders = []string{filepath.Clean(dir)}
	}
}

func (p *program) add(u uri.URI) {
	if path := pathOf(u); path != "" && !slices.Contains(p.folders, path) {
		p.folders = append(p.folders, path)
	}
}

// pathOf is the absolute path of a file, as it is compared with others; "" for a document that has none.
func pathOf(u uri.URI) string {
	if !u.IsFile() {
		return ""
	}
	if path := u.FsPath(); filepath.IsAbs(path) {
		return filepath.Clean(path)
	}
	return ""
}

// roots are the folders of the workspace.
func (p *program) roots() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.folders)
}

// renew makes the files anew if they are for other folders, or another interpreter, than those that hold now. Open
// buffers remain in them.
func (s *server) renew(ctx context.Context) {
	p := &s.program
	p.mu.Lock()
	defer p.mu.Unlock()
	start := ""
	if len(p.folders) > 0 {
		start = p.folders[0]
	}
	python := s.settings.at(ctx, start).Python
	if p.made && python == p.python {
		return
	}
	p.made, p.python = true, python
	modules := workspace.NewModules(p.folders, python, os.Getenv)
	if old := p.files.Load(); old != nil {
		p.files.Store(old.With(modules))
		s.background.walk()
		return
	}
	files := workspace.NewFiles(modules)
	files.Follow = true
	files.Complete(false)
	files.Log = func(message string) { s.note(ctx, protocol.MessageTypeInfo, message) }
	p.files.Store(files)
}

// note logs something that the user may want to know, here and in the editor.
func (s *server) note(ctx context.Context, level protocol.MessageType, message string) {
	s.log.Info(message)
	s.client.LogMessage(ctx, &protocol.LogMessageParams{Type: level, Message: "aiolens: " + message})
}

// take makes the text of a document the one that others see, and returns its file.
func (s *server) take(doc *document, snapshot *workspace.Snapshot) *python.File {
	files := doc.files
	if files == nil {
		if doc.file == nil {
			return python.NewFile(snapshot.File(), snapshot.Text)
		}
		return doc.file.Update(snapshot.Text)
	}
	file := doc.file
	if file == nil {
		file = files.Known(snapshot.Path)
	}
	switch {
	case file == nil:
		file = python.NewFile(snapshot.File(), snapshot.Text)
	case file.Text().String() != snapshot.Text.String():
		file = file.Update(snapshot.Text)
	}
	was := files.Hold(file, doc.opening)
	if was != nil && was != file && diagnostics.Differs(was, file) {
		s.tell(files, doc)
	} else if doc.file == nil {
		doc.spread.Store(true) // its names may be others than those on disk
	}
	return file
}

// release gives the path of a closed document back to the disk. doc.mu is held.
func (s *server) release(doc *document) {
	if doc.files == nil || doc.file == nil {
		return
	}
	was, is := doc.files.Release(pathOf(doc.key), doc.opening)
	if was != nil && was != is && (is == nil || diagnostics.Differs(was, is)) {
		s.tell(doc.files, doc)
	}
	doc.spread.Store(true)
	doc.files, doc.file, doc.memo, doc.done = nil, nil, nil, nil
	s.background.tidy()
}
