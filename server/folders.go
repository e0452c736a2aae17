package server

import (
	"context"
	"os"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
)

// folderOperations is what the server wants to be told of: of a folder that comes, goes or is renamed, editors tell once, and those that
// watch files for us not at all.
var folderOperations = protocol.FileOperationRegistrationOptions{Filters: []protocol.FileOperationFilter{
	{Scheme: new("file"), Pattern: protocol.FileOperationPattern{Glob: "**/*", Matches: protocol.FileOperationPatternKindFolder}},
}}

// DidCreateFiles comes when folders were made in the editor, and perhaps filled with copies.
func (s *server) DidCreateFiles(_ context.Context, params *protocol.CreateFilesParams) error {
	for _, f := range params.Files {
		s.folder(f.URI)
	}
	return nil
}

// DidRenameFiles comes when folders were renamed or moved in the editor.
func (s *server) DidRenameFiles(_ context.Context, params *protocol.RenameFilesParams) error {
	for _, f := range params.Files {
		s.folder(f.OldURI)
		s.folder(f.NewURI)
	}
	return nil
}

// DidDeleteFiles comes when folders were deleted in the editor.
func (s *server) DidDeleteFiles(_ context.Context, params *protocol.DeleteFilesParams) error {
	for _, f := range params.Files {
		s.folder(f.URI)
	}
	return nil
}

// folder notes that a folder came or went.
func (s *server) folder(written string) {
	if u, err := uri.Parse(written); err == nil && pathOf(u) != "" {
		s.background.folder(pathOf(u))
	}
}

// refolder has everything read anew if one of the paths is a folder, or was one with files of ours: imports may lead somewhere else.
func (s *server) refolder(paths map[string]bool) {
	files := s.program.files.Load()
	for path := range paths {
		info, err := os.Stat(path)
		if err == nil && info.IsDir() || files != nil && files.Knows(path) {
			s.program.forget()
			s.settingsMayDiffer(true)
			return
		}
	}
}

// forget has the files made anew before the next analysis.
func (p *program) forget() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.made = false
}
