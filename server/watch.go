package server

import (
	"context"
	"path/filepath"
	"slices"

	"go.lsp.dev/protocol"
)

// watched are the files that concern us.
var watched = []string{"**/*.{py,pyi}", "**/{aiolens,pyproject,ruff,.ruff}.toml", "**/pyrightconfig.json"}

func isPython(path string) bool {
	ext := filepath.Ext(path)
	return ext == ".py" || ext == ".pyi"
}

// watch has the editor tell of changes on the disk, where it can be asked to. We do not watch ourselves: editors know
// better what to leave out.
func (s *server) watch(ctx context.Context) {
	if !s.editor.watches {
		return
	}
	var options protocol.DidChangeWatchedFilesRegistrationOptions
	for _, glob := range watched {
		options.Watchers = append(options.Watchers, protocol.FileSystemWatcher{GlobPattern: protocol.Pattern(glob)})
	}
	raw, err := protocol.Marshal(options)
	if err == nil {
		ctx, cancel := context.WithTimeout(ctx, answerTime)
		defer cancel()
		err = s.client.RegisterCapability(ctx, &protocol.RegistrationParams{Registrations: []protocol.Registration{
			{ID: "aiolens-files", Method: protocol.MethodWorkspaceDidChangeWatchedFiles, RegisterOptions: raw},
		}})
	}
	if err != nil {
		s.log.Warn("the editor does not watch files", "err", err)
	}
}

// DidChangeWatchedFiles tells of files that were changed, made or deleted. Some editors watch settings files of their own
// accord.
func (s *server) DidChangeWatchedFiles(_ context.Context, params *protocol.DidChangeWatchedFilesParams) error {
	settings := len(params.Changes) == 0
	for _, c := range params.Changes {
		switch path := pathOf(c.URI); {
		case isPython(path):
			s.background.changed(path, c.Type != protocol.FileChangeTypeChanged)
		case path != "":
			settings = true
		}
	}
	if settings {
		s.settingsMayDiffer(true)
	}
	return nil
}

// DidChangeWorkspaceFolders comes when folders were added to the workspace or taken out of it.
func (s *server) DidChangeWorkspaceFolders(_ context.Context, params *protocol.DidChangeWorkspaceFoldersParams) error {
	p := &s.program
	p.mu.Lock()
	for _, f := range params.Event.Removed {
		p.folders = slices.DeleteFunc(p.folders, func(path string) bool { return path == pathOf(f.URI) })
	}
	for _, f := range params.Event.Added {
		p.add(f.URI)
	}
	p.made = false
	p.mu.Unlock()
	s.settingsMayDiffer(true)
	return nil
}
