package server

import (
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"aiolens/diagnostics/python"
	"aiolens/server/workspace"
)

// tables are the open settings files. They are completed, and nothing else: what is wrong with them is told from what is on the disk.
type tables struct {
	mu   sync.Mutex
	open map[uri.URI]*workspace.Snapshot
}

// isTable says whether a document is a settings file.
func isTable(item *protocol.TextDocumentItem) bool {
	return item.LanguageID == "toml" && slices.Contains(workspace.SettingsFiles, filepath.Base(pathOf(item.URI)))
}

func (t *tables) get(key uri.URI) *workspace.Snapshot {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.open[key]
}

// put keeps a version of a settings file; nil forgets it.
func (t *tables) put(key uri.URI, snapshot *workspace.Snapshot) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if snapshot == nil {
		delete(t.open, key)
		return
	}
	if t.open == nil {
		t.open = map[uri.URI]*workspace.Snapshot{}
	}
	t.open[uri.URI(strings.Clone(string(key)))] = snapshot
}

var (
	tableHeader = workspace.Regexp(`^\s*\[([^\[\]]*)\]\s*(?:#.*)?$`)
	keyAtEnd    = workspace.Regexp(`^\s*([\w-]*)$`)
	lastKey     = workspace.Regexp(`^\s*("[^"]*"|[\w.-]+)\s*=\s*`)
	openString  = workspace.Regexp(`^[^"'#]*(?:"[^"]*"[^"'#]*)*"([\w-]*)$`)
)

// completeSettings offers the keys of the settings, and the rules where a key takes them.
func (s *server) completeSettings(snapshot *workspace.Snapshot, p protocol.Position) []protocol.CompletionItem {
	text := snapshot.Text
	src := text.String()
	offset := text.Offset(position(p), s.editor.encoding)
	number := text.LineAt(offset)
	line := text.Line(number)
	typed := src[line.Start:offset]
	table, key := "", ""
	if filepath.Base(snapshot.Path) != "pyproject.toml" {
		table = "tool.aiolens"
	}
	open := 0 // brackets of lists above
	for i := range number {
		l := text.Line(i)
		above := src[l.Start:l.End]
		if open == 0 {
			if m := tableHeader().FindStringSubmatch(above); m != nil {
				name := strings.ReplaceAll(m[1], " ", "")
				if filepath.Base(snapshot.Path) != "pyproject.toml" {
					name = "tool.aiolens." + name
				}
				table, key = name, ""
				continue
			}
			if m := lastKey().FindStringSubmatch(above); m != nil {
				key = m[1]
			}
		}
		bare, _, _ := strings.Cut(above, "#")
		open = max(open+strings.Count(bare, "[")-strings.Count(bare, "]"), 0)
	}
	if table != "tool.aiolens" && !strings.HasPrefix(table, "tool.aiolens.") {
		return nil
	}
	at := &positions{text: text, enc: s.editor.encoding}
	word := func(n int) python.Span {
		end := offset
		for end < line.End && isWordByte(src[end]) {
			end++
		}
		return python.Span{Start: offset - n, End: end}
	}
	if m := keyAtEnd().FindStringSubmatch(typed); m != nil && open == 0 {
		switch table {
		case "tool.aiolens":
			return s.words(at, word(len(m[1])), workspace.Keys(), protocol.CompletionItemKindProperty)
		case "tool.aiolens.severity":
			return s.ruleItems(at, word(len(m[1])), offset)
		}
		return nil
	}
	if m := lastKey().FindStringSubmatch(typed); m != nil && open == 0 {
		key = m[1]
	}
	m := openString().FindStringSubmatch(strings.TrimPrefix(typed, lastKey().FindString(typed)))
	if m == nil {
		return nil
	}
	span := word(len(m[1]))
	if rest, ok := strings.CutPrefix(table, "tool.aiolens."); ok {
		switch rest {
		case "severity":
			return s.words(at, span, workspace.Choices("severity"), protocol.CompletionItemKindValue)
		case "per-file-ignores":
			return s.ruleItems(at, span, offset)
		}
		return nil
	}
	switch key {
	case "select", "extend-select", "ignore":
		items := s.ruleItems(at, span, offset)
		families := []string{"ALL"}
		for _, r := range s.opts.Rules {
			if !slices.Contains(families, r.Family) {
				families = append(families, r.Family)
			}
		}
		return append(items, s.words(at, span, families, protocol.CompletionItemKindEnum)...)
	}
	return s.words(at, span, workspace.Choices(key), protocol.CompletionItemKindValue)
}

// words offers words in place of a span.
func (s *server) words(at *positions, span python.Span, words []string, kind protocol.CompletionItemKind) []protocol.CompletionItem {
	var items []protocol.CompletionItem
	where := at.span(span)
	for _, w := range words {
		items = append(items, protocol.CompletionItem{Label: w, Kind: kind, TextEdit: &protocol.TextEdit{Range: where, NewText: w}})
	}
	return items
}
