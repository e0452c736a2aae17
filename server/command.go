package server

import (
	"context"
	"fmt"
	"maps"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
)

// printDebugInformation is the command that says what a bug report should say. Its result is the text, which is logged as well.
const printDebugInformation = "aiolens.printDebugInformation"

// ExecuteCommand runs one of the server's commands.
func (s *server) ExecuteCommand(ctx context.Context, params *protocol.ExecuteCommandParams) (protocol.LSPAny, error) {
	if params.Command != printDebugInformation {
		return nil, jsonrpc2.Errorf(jsonrpc2.InvalidParams, "unknown command %q", params.Command)
	}
	text := s.debugInformation(ctx)
	s.client.LogMessage(ctx, &protocol.LogMessageParams{Type: protocol.MessageTypeInfo, Message: text})
	return protocol.Marshal(protocol.String(text))
}

// debugInformation is what is known of the session, without the texts of documents.
func (s *server) debugInformation(ctx context.Context) string {
	var b strings.Builder
	line := func(name string, value any) { fmt.Fprintf(&b, "%-20s %v\n", name, value) }
	line("aiolens", s.opts.Version)
	line("system", runtime.GOOS+"/"+runtime.GOARCH+", "+runtime.Version())
	line("position encoding", encodings[s.editor.encoding])
	model := "push"
	if s.pulling.on {
		model = "pull"
	}
	line("diagnostics", model)
	editor := fmt.Sprintf("%+v", s.editor)
	line("editor", strings.Trim(editor, "{}"))
	line("rules", len(s.opts.Rules))
	for _, root := range s.program.roots() {
		line("folder", root)
		config := s.settings.at(ctx, root)
		if config.File != "" {
			line("  settings", config.File)
		}
		for _, key := range slices.Sorted(maps.Keys(config.From)) {
			line("  "+key, "from "+config.From[key])
		}
		for _, p := range config.Problems {
			line("  problem", p)
		}
	}
	if files := s.program.files.Load(); files != nil {
		line("installed packages", strings.Join(files.Modules.Environments(), ", "))
	}
	docs := s.docs.all()
	lines := 0
	for _, doc := range docs {
		if snapshot := doc.newest.Load(); snapshot != nil {
			lines += snapshot.Text.Lines()
		}
	}
	line("open documents", fmt.Sprintf("%d with %d lines", len(docs), lines))
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	line("memory", fmt.Sprintf("%d MB in use, %d MB from the system, %d goroutines", m.HeapAlloc>>20, m.Sys>>20, runtime.NumGoroutine()))
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, d := range info.Deps {
			if strings.Contains(d.Path, "lsp.dev") || strings.Contains(d.Path, "tree-sitter") {
				line(d.Path, d.Version)
			}
		}
	}
	return strings.TrimRight(b.String(), "\n")
}
