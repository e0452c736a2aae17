package server

import (
	"encoding/json"
	"slices"

	"go.lsp.dev/protocol"

	"aiolens/diagnostics/python"
)

// editor is what the client said about itself.
type editor struct {
	encoding           python.Encoding
	markdown           bool                  // in hovers
	documentation      []protocol.MarkupKind // of completions
	relatedInformation bool
	codeDescription    bool
	tags               []protocol.DiagnosticTag
	data               bool // keeps a diagnostic's data
	documentChanges    bool // versioned edits
	creates            bool // files, as part of an edit
	annotates          bool // edits, with a reason to look at them first
	resolves           bool // asks for the edits of the one action that the user chose
	prefers            bool // knows of the action that it is to take of several
	watches            bool // files, when asked to
	progress           bool // is shown
	snippets           bool // understands the placeholders of completions
	snippetEdits       bool // and those of edits
	indents            insertTextModes
	pulls              bool // findings, and again when it is told to
	asksHints          bool // for inlay hints again when it is told to
	asksLenses         bool // likewise for code lenses
	chains             bool // has a command that shows a chain of calls
	configuration      bool // tells its settings when asked
}

// insertTextModes are what an editor can be told of the indentation of a completion.
type insertTextModes struct {
	asIs    bool // to leave it alone
	adjusts bool // to indent all lines like the first
}

// mode is what to tell the editor, if it listens. Editors that know snippets indent their lines like the first unless they are told something
// else, and plugins of Neovim even then; plain text is put in as it is.
func (e *editor) mode() protocol.InsertTextMode {
	switch {
	case e.snippets && e.indents.adjusts:
		return protocol.InsertTextModeAdjustIndentation
	case !e.snippets && e.indents.asIs:
		return protocol.InsertTextModeAsIs
	}
	return 0
}

// encodings are the protocol's names for the units of columns.
var encodings = map[python.Encoding]protocol.PositionEncodingKind{
	python.UTF16: protocol.PositionEncodingKindUTF16,
	python.UTF8:  protocol.PositionEncodingKindUTF8,
	python.UTF32: protocol.PositionEncodingKindUTF32,
}

func newEditor(params *protocol.InitializeParams) editor {
	var e editor
	caps := params.Capabilities
	if caps.General != nil {
		e.encoding = negotiate(caps.General.PositionEncodings)
	}
	if w := caps.Workspace; w != nil {
		if edit := w.WorkspaceEdit; edit != nil {
			e.documentChanges = is(edit.DocumentChanges)
			e.creates = slices.Contains(edit.ResourceOperations, protocol.ResourceOperationKindCreate)
			e.annotates = e.documentChanges && edit.ChangeAnnotationSupport != nil
			e.snippetEdits = e.documentChanges && is(edit.SnippetEditSupport)
		}
		e.configuration = is(w.Configuration)
		e.asksHints = w.InlayHint != nil && is(w.InlayHint.RefreshSupport)
		e.asksLenses = w.CodeLens != nil && is(w.CodeLens.RefreshSupport)
		e.watches = w.DidChangeWatchedFiles != nil && is(w.DidChangeWatchedFiles.DynamicRegistration)
	}
	if doc := caps.TextDocument; doc != nil {
		if doc.Hover != nil {
			e.markdown = slices.Contains(doc.Hover.ContentFormat, protocol.MarkupKindMarkdown)
		}
		if a := doc.CodeAction; a != nil {
			e.resolves = is(a.DataSupport) && slices.Contains(a.ResolveSupport.Properties, "edit")
			e.prefers = is(a.IsPreferredSupport)
			e.annotates = e.annotates && is(a.HonorsChangeAnnotations)
		}
		if c := doc.Completion; c != nil && c.CompletionItem != nil {
			e.snippets = is(c.CompletionItem.SnippetSupport)
			e.documentation = c.CompletionItem.DocumentationFormat
			modes := c.CompletionItem.InsertTextModeSupport.ValueSet
			e.indents = insertTextModes{slices.Contains(modes, protocol.InsertTextModeAsIs), slices.Contains(modes, protocol.InsertTextModeAdjustIndentation)}
		}
		if p := doc.PublishDiagnostics; p != nil {
			e.relatedInformation = is(p.RelatedInformation)
			e.codeDescription = is(p.CodeDescriptionSupport)
			e.data = is(p.DataSupport)
			e.tags = p.TagSupport.ValueSet
		}
	}
	if doc := caps.TextDocument; doc != nil && doc.Diagnostic != nil && caps.Workspace != nil {
		d := caps.Workspace.Diagnostics
		e.pulls = d != nil && is(d.RefreshSupport)
	}
	// As rust-analyzer's clients do, ours names the commands that it has.
	var experimental struct{ Commands []string }
	e.chains = json.Unmarshal(caps.Experimental, &experimental) == nil && slices.Contains(experimental.Commands, showBlockingChain)
	e.progress = caps.Window != nil && is(caps.Window.WorkDoneProgress)
	return e
}

// negotiate chooses the unit of columns. UTF-16 wins wherever it is offered, though UTF-8 would cost us less: type
// checkers speak only UTF-16, and Neovim warns about clients of one buffer that count in different units.
func negotiate(offered []protocol.PositionEncodingKind) python.Encoding {
	for _, enc := range []python.Encoding{python.UTF16, python.UTF8, python.UTF32} {
		if slices.Contains(offered, encodings[enc]) {
			return enc
		}
	}
	return python.UTF16
}

func is(b *bool) bool { return b != nil && *b }

// prefer follows what the user prefers, as far as the editor can.
func (e *editor) prefer(params *protocol.InitializeParams, p preferences) {
	if general := params.Capabilities.General; p.encoding != "" && general != nil {
		for enc, name := range encodings {
			if string(name) == p.encoding && slices.Contains(general.PositionEncodings, name) {
				e.encoding = enc
			}
		}
	}
}
