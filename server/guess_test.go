package server

import (
	"strings"
	"testing"

	"go.lsp.dev/protocol"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
)

// guesser is an editor that lets the user change what an edit guesses.
func guesser(t *testing.T, opts Options) *session {
	s := start(t, opts)
	params := &protocol.InitializeParams{Capabilities: capable(units[0])}
	params.Capabilities.Workspace.WorkspaceEdit.SnippetEditSupport = new(true)
	s.initialize(params)
	return s
}

// editsOf are the edits of the action with a title.
func (s *session) editsOf(title string, r protocol.Range) []protocol.TextDocumentEditElement {
	s.Helper()
	for _, a := range s.actions(r) {
		if a.Title == title {
			return a.Edit.DocumentChanges[0].(*protocol.TextDocumentEdit).Edits
		}
	}
	s.Fatalf("%q is not offered", title)
	return nil
}

// TestSurroundAsks: the user is asked for the number of seconds, and nothing of the selected text is taken for a placeholder.
func TestSurroundAsks(t *testing.T) {
	const src = "\n\nasync def main():\n    await work('${1:x}\\\\')\n"
	const title = "Surround with a timeout"
	r := between(3, 4, 3, 26)
	s := guesser(t, Options{})
	s.didOpen(app, src)
	edits := s.editsOf(title, r)
	if e, ok := edits[0].(*protocol.TextEdit); len(edits) != 2 || !ok || e.NewText != "import asyncio\n" {
		t.Fatalf("edits %+v", edits)
	}
	want := protocol.StringValue{Kind: "snippet", Value: "    async with asyncio.timeout(${1:5}):\n        await work('\\${1:x\\}\\\\\\\\')"}
	if e, ok := edits[1].(*protocol.SnippetTextEdit); !ok || e.Snippet != want || e.Range != between(3, 0, 3, 26) {
		t.Errorf("edit %+v, want %q", edits[1], want)
	}
	// Others get the same text without placeholders.
	plain := open(t, units[0], Options{})
	plain.didOpen(app, src)
	if e, ok := plain.editsOf(title, r)[1].(*protocol.TextEdit); !ok || e.NewText != "    async with asyncio.timeout(5):\n        await work('${1:x}\\\\')" {
		t.Errorf("edit %+v", e)
	}
}

// TestFixAsks: an edit of several lines begins at the start of a line, because editors indent the lines of a snippet like the first; where
// another edit is in the way, and where many findings are mended at once, nobody is asked.
func TestFixAsks(t *testing.T) {
	const src = "if x:\n    $a = b\n    $a = b\n"
	var edits []diagnostics.Edit
	s := guesser(t, Options{check: func(file *python.File, _ *diagnostics.Memo) (found []diagnostics.Finding) {
		for at := range strings.Lines(file.Text().String()) {
			if start := strings.Index(src, at) + 4; at == "    $a = b\n" {
				own := []diagnostics.Edit{{Span: python.Span{Start: start + 6, End: start + 6}, New: "\n    sleep(1)"}}
				own[0] = own[0].Guessing("1")
				found = append(found, diagnostics.Finding{Rule: sleepRule, Span: python.Span{Start: start, End: start + 1}, Fixes: []diagnostics.Fix{
					{Title: "Wait", Edits: append(edits, own...)}}})
			}
		}
		return found
	}})
	s.didOpen(app, src)
	made := s.editsOf("Wait", between(1, 4, 1, 4))
	want := protocol.StringValue{Kind: "snippet", Value: "    \\$a = b\n    sleep(${1:1})"}
	if e, ok := made[0].(*protocol.SnippetTextEdit); !ok || e.Snippet != want || e.Range != between(1, 0, 1, 10) {
		t.Errorf("edit %+v", made[0])
	}
	if _, ok := s.editsOf("Fix all 2 findings of ASYNC251 in this file", between(1, 4, 1, 4))[0].(*protocol.TextEdit); !ok {
		t.Error("asked about all findings at once")
	}
	edits = []diagnostics.Edit{{Span: python.Span{Start: 10, End: 11}, New: ""}}
	s.didChange(app, 2, whole(src))
	made = s.editsOf("Wait", between(1, 4, 1, 4))
	if e, ok := made[1].(*protocol.TextEdit); len(made) != 2 || !ok || e.NewText != "\n    sleep(1)" {
		t.Errorf("edits %+v", made)
	}
}
