package server

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"go.lsp.dev/protocol"

	"aiolens/diagnostics/python"
	"aiolens/server/workspace"
	"aiolens/snippets"
)

// Completion offers the patterns that fit at a position, the rules in a comment that suppresses findings, and keys and rules in the settings.
// There is nothing for any other place: the type checker's completion stands beside ours, and editors wait for both.
func (s *server) Completion(ctx context.Context, params *protocol.CompletionParams) (protocol.CompletionResult, error) {
	if table := s.tables.get(params.TextDocument.URI); table != nil {
		return list(s.completeSettings(table, params.Position)), nil
	}
	doc := s.docs.get(params.TextDocument.URI)
	if doc == nil || doc.newest.Load() == nil {
		return nil, nil
	}
	if done := doc.newest.Load(); !done.Notebook && !completable(done.Text, position(params.Position), s.editor.encoding) {
		return nil, nil // most keystrokes
	}
	done := s.glance(ctx, doc)
	if done == nil {
		return nil, nil
	}
	offset := s.place(done, params.TextDocument.URI, params.Position)
	if items := s.completeNoqa(done, offset); items != nil {
		return list(items), nil
	}
	if !done.checker.preferences.snippets {
		return nil, nil
	}
	return list(s.completeSnippets(done, offset)), nil
}

// completable says whether a line may have something that we complete: nothing but a word, or a comment.
func completable(text *python.Text, p python.Position, enc python.Encoding) bool {
	line := text.Line(text.LineAt(text.Offset(p, enc)))
	src := text.String()[line.Start:line.End]
	return !strings.ContainsAny(src, ".()='\"") || strings.Contains(src, "#")
}

// list is an answer: all there is, so that the editor need not ask again while the word is typed.
func list(items []protocol.CompletionItem) protocol.CompletionResult {
	if len(items) == 0 {
		return nil
	}
	return &protocol.CompletionList{Items: items}
}

// completeSnippets offers the patterns that fit at an offset, behind everything that other servers offer.
func (s *server) completeSnippets(done *analysis, offset int) []protocol.CompletionItem {
	at := s.positions(done)
	var items []protocol.CompletionItem
	c := snippets.Context{File: done.file, Target: done.checker.settings.Target, Hangs: s.editor.snippets}
	for _, o := range c.Offers(offset) {
		item := protocol.CompletionItem{
			Label:      o.Pattern.Prefix(),
			Kind:       protocol.CompletionItemKindSnippet,
			Detail:     protocol.NewOptional(strings.ReplaceAll(o.Pattern.Summary, "`", "")),
			SortText:   protocol.NewOptional("~" + o.Pattern.Prefix()),
			FilterText: protocol.NewOptional(o.Filter),
			// Without a mode, some editors would indent each line by the rules of the language.
			InsertTextMode: s.editor.mode(),

			Data: quotedAny(o.Pattern.Name + "\n" + o.Variant.Title()),
		}
		edit := &protocol.TextEdit{Range: at.span(o.Span), NewText: o.Plain}
		item.InsertTextFormat = protocol.InsertTextFormatPlainText
		if s.editor.snippets {
			item.InsertTextFormat, edit.NewText = protocol.InsertTextFormatSnippet, o.Snippet
		}
		item.TextEdit = edit
		for _, e := range o.Imports {
			item.AdditionalTextEdits = append(item.AdditionalTextEdits, protocol.TextEdit{Range: at.span(e.Span), NewText: e.New})
		}
		items = append(items, item)
	}
	return items
}

func quotedAny(text string) protocol.LSPAny {
	data, _ := json.Marshal(text)
	return protocol.LSPAny(data)
}

// CompletionResolve adds what an editor shows beside an item: the summary and the code of a pattern.
func (s *server) CompletionResolve(_ context.Context, item *protocol.CompletionItem) (*protocol.CompletionItem, error) {
	var data string
	if json.Unmarshal(item.Data, &data) != nil {
		return item, nil
	}
	name, title, _ := strings.Cut(data, "\n")
	p := snippets.Find(name)
	if p == nil {
		return item, nil
	}
	for i := range p.Variants {
		if v := &p.Variants[i]; v.Title() == title && !v.Wraps {
			item.Documentation = s.documentation(p.Summary + "\n\n```python\n" + v.Code() + "\n```")
			break
		}
	}
	return item, nil
}

// suppressing finds the word at the end of a comment that suppresses findings.
var suppressing = workspace.Regexp(`(?i)#[^#]*?(?:\bnoqa\s*:|\b(?:ruff|aiolens)\s*:\s*(?:file-)?ignore\s*\[)\s*(?:[\w-]+[,\s]+)*([\w-]*)$`)

// completeNoqa offers the rules in a comment that suppresses findings; nil where there is none.
func (s *server) completeNoqa(done *analysis, offset int) []protocol.CompletionItem {
	text := done.snapshot.Text
	line := text.Line(text.LineAt(offset))
	m := suppressing().FindStringSubmatchIndex(text.String()[line.Start:offset])
	if m == nil {
		return nil
	}
	if b, start := done.file.At(line.Start + m[0]); b == nil || b.At(line.Start+m[0]-start).Kind() != python.Comment {
		return nil
	}
	end := offset
	for end < line.End && (isWordByte(text.String()[end])) {
		end++
	}
	return s.ruleItems(s.positions(done), python.Span{Start: line.Start + m[2], End: end}, offset)
}

func isWordByte(c byte) bool {
	return c == '-' || c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

// ruleItems offers the rules in place of a word: by their names if it begins like one, otherwise by their codes.
func (s *server) ruleItems(at *positions, word python.Span, cursor int) []protocol.CompletionItem {
	typed := at.text.String()[word.Start:cursor]
	byName := typed != "" && typed[0] >= 'a'
	var items []protocol.CompletionItem
	where := at.span(word)
	for _, r := range s.opts.Rules {
		label, detail := r.Code, r.Name
		if byName {
			label, detail = r.Name, r.Code
		}
		items = append(items, protocol.CompletionItem{
			Label: label, Kind: protocol.CompletionItemKindEnumMember, Detail: protocol.NewOptional(detail),
			Documentation: s.documentation(r.Summary()), TextEdit: &protocol.TextEdit{Range: where, NewText: label},
		})
	}
	return items
}

// documentation is what an editor shows beside an item, in a form that it says it understands; others get plain text.
func (s *server) documentation(text string) protocol.InlayHintTooltip {
	switch formats := s.editor.documentation; {
	case slices.Contains(formats, protocol.MarkupKindMarkdown):
		return &protocol.MarkupContent{Kind: protocol.MarkupKindMarkdown, Value: text}
	case slices.Contains(formats, protocol.MarkupKindPlainText):
		return &protocol.MarkupContent{Kind: protocol.MarkupKindPlainText, Value: plain(text)}
	}
	return protocol.String(plain(text))
}
