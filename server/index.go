package server

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"go.lsp.dev/protocol"

	"aiolens/server/workspace"
)

// maxIndexed is how many files of the workspace are read; where there are more it is a disk, not a project.
const maxIndexed = 50_000

// walk finds the files of the workspace and learns what they define: all, or only those that are new. It is one goroutine
// that reads one file at a time whenever nobody types, for two cores are not rare, and the editor has its own work.
func (s *server) walk(ctx context.Context, w *known, all bool) {
	s.renew(ctx)
	files := s.program.files.Load()
	roots := slices.DeleteFunc(s.program.roots(), func(root string) bool {
		vast := vast(root)
		if vast {
			s.log.Info("the folder is not read: it is no project", "folder", root)
		}
		return vast
	})
	configs := make([]*workspace.Config, len(roots))
	for i, root := range roots {
		configs[i] = s.settings.at(ctx, root)
	}
	p := s.progress("Reading Python files")
	found := map[string]*workspace.Config{}
	complete := len(roots) > 0
	if !slices.Equal(roots, w.roots) {
		files.Complete(false)
		w.complete = false
	}
	for f, err := range s.settings.walk(ctx, roots) {
		if ctx.Err() != nil {
			return
		}
		if err != nil {
			continue
		}
		if len(found) == s.opts.limit {
			s.note(ctx, protocol.MessageTypeWarning, fmt.Sprintf("only the first %d files of the workspace are read", s.opts.limit))
			complete = false
			break
		}
		path := workspace.Absolute(f.Path)
		found[path] = f.Config
		if all || w.files[path] == nil {
			s.inPause(ctx, func() { s.background.rename(s.learn(files, path)) })
		}
		p.report(ctx, fmt.Sprintf("%d files", len(found)))
	}
	for path := range w.files {
		if found[path] == nil {
			s.background.rename(files.Index(path, ""))
		}
	}
	p.end(ctx, fmt.Sprintf("%d files", len(found)))
	s.log.Info("workspace read", "files", len(found), "folders", roots)
	before := w.files
	w.files, w.roots, w.configs = found, roots, configs
	if files.Complete(complete); complete != w.complete {
		names := files.Names()
		s.rename(w, func(name string) bool { return names[name] || !complete })
	}
	w.complete = complete
	s.enlist(ctx, w, all, before)
}

// learn notes the names that a file defines, in the editor or else on disk, and returns those that have changed for the
// project.
func (s *server) learn(files *workspace.Files, path string) (changed []string) {
	for range 2 {
		doc := s.docs.at(path)
		text := ""
		if doc == nil {
			if source, err := workspace.Read(path); err == nil {
				text = source.Text
			}
		} else if snapshot := doc.newest.Load(); snapshot != nil {
			text = snapshot.Text.String()
		}
		changed = append(changed, files.Index(path, text)...)
		if s.docs.at(path) == doc {
			break
		}
	}
	return changed
}

// vast says whether a folder holds everything: the user's home or a disk. Editors that are started there name it as the
// workspace.
func vast(folder string) bool {
	home, err := os.UserHomeDir()
	return err == nil && folder == filepath.Clean(home) || folder == filepath.Dir(folder)
}
