package server

import (
	"context"
	"strings"

	"go.lsp.dev/protocol"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
	"aiolens/hover"
	"aiolens/server/workspace"
)

// card is what a hover shows, and the span it is about.
type card struct {
	markdown string
	span     python.Span
}

// hovers are asked in turn what they know about an offset; the first that answers is shown. They answer only
// where they have something to say, for the type checker's hover stands beside ours.
var hovers = []func(*server, *analysis, int) *card{
	(*server).hoverNoqa,
	(*server).hoverFindings,
}

// Hover explains what is under the cursor; null where there is nothing of ours.
func (s *server) Hover(ctx context.Context, params *protocol.HoverParams) (*protocol.Hover, error) {
	doc := s.docs.get(params.TextDocument.URI)
	if doc == nil {
		return nil, nil
	}
	done := s.await(ctx, doc)
	if ctx.Err() != nil {
		return nil, protocol.ErrRequestCancelled
	}
	if done == nil {
		return nil, nil
	}
	if !done.checker.preferences.hover {
		return nil, nil
	}
	offset := s.place(done, params.TextDocument.URI, params.Position)
	var shown *card
	for _, ask := range hovers {
		if shown = ask(s, done, offset); shown != nil {
			break
		}
	}
	if shown == nil {
		shown = quickReference(ctx, doc, done, offset)
	}
	shown = about(ctx, doc, done, offset).before(shown)
	if shown == nil {
		return nil, nil
	}
	return &protocol.Hover{Contents: s.markup(shown.markdown), Range: new(s.positions(done).span(shown.span))}, nil
}

// about is what is known of the function whose name stands at an offset, where it is called or handed on: that it is a
// coroutine function, what it leads to, that it runs in a thread. nil when there is nothing to say.
func about(ctx context.Context, doc *document, done *analysis, offset int) *card {
	if !doc.mu.enter(ctx) {
		return nil
	}
	defer doc.mu.leave()
	if done = doc.again(done); done == nil || done.file == nil || done.checker.explain == nil {
		return nil
	}
	facts, span := done.checker.explain(done.file, doc.memo, offset)
	if len(facts) == 0 {
		return nil
	}
	return &card{strings.Join(facts, "\n\n"), span}
}

// quickReference is the quick reference of the name at an offset, or what may change during the await there; nil when there is nothing to
// say.
func quickReference(ctx context.Context, doc *document, done *analysis, offset int) *card {
	if !doc.mu.enter(ctx) {
		return nil
	}
	defer doc.mu.leave()
	if done = doc.again(done); done == nil || done.file == nil || done.checker.look == nil {
		return nil
	}
	pass, start := done.checker.look(done.file, doc.memo, offset)
	if pass == nil {
		return nil
	}
	answer := hover.At(pass, done.file, start, offset)
	if answer == nil {
		return nil
	}
	return &card{answer.Markdown, answer.Span.Shift(start)}
}

// before is both cards in one; each may be nil.
func (c *card) before(rest *card) *card {
	switch {
	case c == nil:
		return rest
	case rest == nil:
		return c
	}
	return &card{c.markdown + "\n\n---\n\n" + rest.markdown, rest.span}
}

// hoverFindings shows the pages of the rules that found something here.
func (s *server) hoverFindings(done *analysis, offset int) *card {
	var c *card
	var shown []*diagnostics.Rule
	for i := range done.findings {
		f := &done.findings[i]
		switch {
		case !f.Span.Contains(offset):
		case c == nil:
			c = &card{markdown(f.Rule), f.Span}
			shown = append(shown, f.Rule)
		case !sharesPage(shown, f.Rule):
			c.markdown += "\n\n---\n\n" + markdown(f.Rule)
			shown = append(shown, f.Rule)
		}
	}
	return c
}

// sharesPage says whether the page of a rule is shown already.
func sharesPage(shown []*diagnostics.Rule, rule *diagnostics.Rule) bool {
	for _, r := range shown {
		if r.Doc == rule.Doc {
			return true
		}
	}
	return false
}

// markup is Markdown for editors that render it, and without its marks for others.
func (s *server) markup(text string) *protocol.MarkupContent {
	if s.editor.markdown {
		return &protocol.MarkupContent{Kind: protocol.MarkupKindMarkdown, Value: text}
	}
	return &protocol.MarkupContent{Kind: protocol.MarkupKindPlainText, Value: plain(text)}
}

// link finds a link of Markdown.
var link = workspace.Regexp(`\[([^\[\]]+)\]\((https://[^()\s]+)\)`)

// plain takes the marks away that hinder reading: those of headings, of links, of blocks of code and of what is bold.
func plain(markdown string) string {
	var b strings.Builder
	for line := range strings.Lines(markdown) {
		if strings.HasPrefix(line, "```") {
			continue
		}
		if text := strings.TrimLeft(line, "#"); strings.HasPrefix(text, " ") && len(text) < len(line) {
			line = text[1:]
		}
		b.WriteString(line)
	}
	return strings.TrimSpace(strings.ReplaceAll(link().ReplaceAllString(b.String(), "$1 ($2)"), "**", ""))
}
