package server

import (
	"slices"
	"strings"
	"testing"

	"go.lsp.dev/protocol"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
	"aiolens/diagnostics/rules"
)

// actions asks for the actions of a range.
func (s *session) actions(r protocol.Range, only ...protocol.CodeActionKind) []*protocol.CodeAction {
	s.Helper()
	return s.actionsFor(&protocol.CodeActionParams{Range: r, Context: protocol.CodeActionContext{Only: only}})
}

func (s *session) actionsFor(params *protocol.CodeActionParams) []*protocol.CodeAction {
	s.Helper()
	params.TextDocument.URI = app
	answer, err := s.srv.CodeAction(s.ctx, params)
	s.ok(err)
	var actions []*protocol.CodeAction
	for _, a := range answer {
		actions = append(actions, a.(*protocol.CodeAction))
	}
	return actions
}

// titles are those of the actions but for the comments that ignore a finding.
func titles(actions []*protocol.CodeAction) string {
	var titles []string
	for _, a := range actions {
		if !strings.HasPrefix(a.Title, "Ignore ") {
			titles = append(titles, a.Title)
		}
	}
	return strings.Join(titles, ", ")
}

const fixAllTitle = "Fix all safely fixable problems of aiolens"

func TestQuickFixes(t *testing.T) {
	s := open(t, units[0], Options{})
	s.didOpen(app, "x = '😀'; time.sleep(1)\nrequests.get()\n")
	d := s.version(app, 1)[0]
	for _, r := range []protocol.Range{d.Range, between(0, 10, 0, 10), between(0, 20, 0, 20), between(0, 12, 0, 99)} {
		actions := s.actions(r)
		if got, want := titles(actions), "Await asyncio.sleep, Move it to a thread, "+fixAllTitle; got != want {
			t.Fatalf("%v: %s, want %s", r, got, want)
		}
		a := actions[0]
		if !is(a.IsPreferred) || is(actions[1].IsPreferred) || *a.Kind != protocol.CodeActionKindQuickFix {
			t.Errorf("preferred %v %v, kind %v", a.IsPreferred, actions[1].IsPreferred, *a.Kind)
		}
		if len(a.Diagnostics) != 1 || a.Diagnostics[0].Range != d.Range || a.Diagnostics[0].Message != d.Message {
			t.Errorf("fixes %v", a.Diagnostics)
		}
		change := a.Edit.DocumentChanges[0].(*protocol.TextDocumentEdit)
		if change.TextDocument.URI != app || *change.TextDocument.Version != 1 || a.Edit.Changes != nil {
			t.Errorf("edit %v", change.TextDocument)
		}
		first, second := change.Edits[0].(*protocol.TextEdit), change.Edits[1].(*protocol.TextEdit)
		if first.Range != between(0, 0, 0, 0) || second.Range != between(0, 10, 0, 20) || second.NewText != "await asyncio.sleep" {
			t.Errorf("edits %v %v", first, second)
		}
	}
	if got := titles(s.actions(between(1, 3, 1, 3))); got != "Use httpx" { // nothing safe here
		t.Errorf("unsafe: %s", got)
	}
	if actions := s.actions(between(0, 1, 0, 2)); len(actions) != 0 {
		t.Errorf("beside: %s", titles(actions))
	}
	// Neovim names the diagnostics of the line, and a range of its own.
	named := &protocol.CodeActionParams{Range: between(0, 1, 0, 1), Context: protocol.CodeActionContext{Diagnostics: []protocol.Diagnostic{d}}}
	if got := titles(s.actionsFor(named)); !strings.HasPrefix(got, "Await asyncio.sleep") {
		t.Errorf("named: %s", got)
	}
}

func TestOnly(t *testing.T) {
	s := open(t, units[0], Options{})
	s.didOpen(app, "time.sleep(1)\n")
	const quick = "Await asyncio.sleep, Move it to a thread"
	for only, want := range map[protocol.CodeActionKind]string{
		"":                        quick + ", " + fixAllTitle,
		"quickfix":                quick,
		"quickfix.other":          "",
		"source":                  fixAllTitle,
		"source.fixAll":           fixAllTitle,
		"source.fixAll.aiolens":   fixAllTitle,
		"source.fixAll.ruff":      "",
		"source.fix":              "",
		"source.organizeImports":  "",
		"refactor":                "",
		"source.fixAll.aiolens.x": "",
	} {
		if got := titles(s.actions(between(0, 0, 0, 3), only)); got != want {
			t.Errorf("only %q: %s, want %s", only, got, want)
		}
	}
	if got, want := titles(s.actions(between(1, 0, 1, 0), "source.fixAll")), fixAllTitle; got != want {
		t.Errorf("fix-all of the file: %s", got)
	}
}

func TestFixAll(t *testing.T) {
	s := open(t, units[0], Options{})
	s.didOpen(app, "time.sleep(1)\n'😀'; time.sleep(2)\nrequests.get()\n")
	actions := s.actions(between(0, 0, 0, 0), fixAllKind)
	if len(actions) != 1 || *actions[0].Kind != fixAllKind || len(actions[0].Diagnostics) != 2 {
		t.Fatalf("actions %v", actions)
	}
	var got []protocol.TextEdit
	for _, e := range actions[0].Edit.DocumentChanges[0].(*protocol.TextDocumentEdit).Edits {
		got = append(got, *e.(*protocol.TextEdit))
	}
	want := []protocol.TextEdit{ // the import once, though both fixes want it
		{Range: between(0, 0, 0, 0), NewText: "import asyncio\n"},
		{Range: between(0, 0, 0, 10), NewText: "await asyncio.sleep"},
		{Range: between(1, 6, 1, 16), NewText: "await asyncio.sleep"},
	}
	if !slices.Equal(got, want) {
		t.Errorf("edits %v, want %v", got, want)
	}
}

// TestFixAllThatClash: of fixes that overlap, the first is made.
func TestFixAllThatClash(t *testing.T) {
	clash := func(at int, title string, spans ...python.Span) diagnostics.Finding {
		f := diagnostics.Finding{Rule: sleepRule, Severity: diagnostics.Error, Span: python.Span{Start: at, End: at + 1}, Message: title}
		fix := diagnostics.Fix{Title: title, Safe: true}
		for _, span := range spans {
			fix.Edits = append(fix.Edits, diagnostics.Edit{Span: span, New: title})
		}
		f.Fixes = []diagnostics.Fix{fix}
		return f
	}
	s := open(t, units[0], Options{check: func(*python.File, *diagnostics.Memo) []diagnostics.Finding {
		return []diagnostics.Finding{
			clash(0, "A", python.Span{Start: 0, End: 4}),
			clash(1, "B", python.Span{Start: 2, End: 6}, python.Span{Start: 9, End: 9}),
			clash(2, "C", python.Span{Start: 6, End: 8}),
		}
	}})
	s.didOpen(app, "0123456789")
	a := s.actions(between(0, 0, 0, 0), fixAllKind)[0]
	var got []string
	for _, e := range a.Edit.DocumentChanges[0].(*protocol.TextDocumentEdit).Edits {
		got = append(got, e.(*protocol.TextEdit).NewText)
	}
	if strings.Join(got, "") != "AC" || len(a.Diagnostics) != 2 {
		t.Errorf("edits %v, diagnostics %v", got, a.Diagnostics)
	}
}

// TestUnversionedEdit is for editors that do not know documentChanges.
func TestUnversionedEdit(t *testing.T) {
	s := start(t, Options{})
	s.initialize(&protocol.InitializeParams{})
	s.didOpen(app, "time.sleep(1)\n")
	edit := s.actions(between(0, 0, 0, 0))[0].Edit
	if edit.DocumentChanges != nil || len(edit.Changes[app]) != 2 {
		t.Errorf("edit %v", edit)
	}
}

func TestIgnoreOnThisLine(t *testing.T) {
	const src = "async def f():\n    time.sleep(1); time.sleep(2)\n"
	s := open(t, units[0], Options{})
	s.didOpen(app, src)
	file := python.NewFile("", python.NewText(src))
	want := diagnostics.Ignore(file, &find(file, nil)[0])
	var got []*protocol.CodeAction
	for _, a := range s.actions(between(1, 0, 1, 99)) {
		if a.Title == "Ignore ASYNC251 on this line" {
			got = append(got, a)
		}
	}
	if want == (diagnostics.Edit{}) {
		t.Skip("the engine writes no comments yet")
	}
	if len(got) != 1 {
		t.Fatalf("%d actions, want one for both findings", len(got))
	}
	e := got[0].Edit.DocumentChanges[0].(*protocol.TextDocumentEdit).Edits[0].(*protocol.TextEdit)
	if e.NewText != want.New || *got[0].Kind != protocol.CodeActionKindQuickFix || is(got[0].IsPreferred) {
		t.Errorf("action %v, edit %v, want %v", got[0], e, want)
	}
}

// TestConvertGather: a gather is converted where that can be done, once: not beside the same fix of a finding.
func TestConvertGather(t *testing.T) {
	const src = "import asyncio\n\n\nasync def fetch(n):\n    await asyncio.sleep(n)\n    if n:\n        raise OSError\n\n\n" +
		"async def main():\n    await asyncio.gather(fetch(1), fetch(2))\n"
	const convert = "Convert `gather` to a `TaskGroup`"
	s := start(t, Options{Rules: rules.All})
	params := &protocol.InitializeParams{Capabilities: capable(units[0])}
	params.Capabilities.Workspace.Configuration = new(true)
	s.initialize(params)
	s.didOpen(app, src)
	at := between(10, 12, 10, 12)
	got := s.actions(at, protocol.CodeActionKindRefactorRewrite)
	if titles(got) != convert || *got[0].Kind != protocol.CodeActionKindRefactorRewrite {
		t.Fatalf("offered %q", titles(got))
	}
	edit := got[0].Edit.DocumentChanges[0].(*protocol.TextDocumentEdit).Edits[0].(*protocol.TextEdit)
	if !strings.HasPrefix(edit.NewText, "async with asyncio.TaskGroup() as group:\n        group.create_task(fetch(1))\n") {
		t.Errorf("edit %q", edit.NewText)
	}
	if got := titles(s.actions(between(4, 6, 4, 6), protocol.CodeActionKindRefactorRewrite)); got != "" {
		t.Errorf("elsewhere: %q", got)
	}
	if got := titles(s.actions(at)); strings.Count(got, "TaskGroup") != 1 {
		t.Errorf("without a target: %q", got)
	}
	// With a target, AIO305 has it as its fix.
	s.configure("", `{"targetVersion":"3.12"}`)
	s.ok(s.srv.DidChangeConfiguration(s.ctx, &protocol.DidChangeConfigurationParams{}))
	waitFor(s, func() bool { return strings.Contains(titles(s.actions(at)), "Use `asyncio.TaskGroup`") })
	if got := titles(s.actions(at)); strings.Contains(got, convert) {
		t.Errorf("twice: %q", got)
	}
	if got := titles(s.actions(at, protocol.CodeActionKindRefactor)); got != convert {
		t.Errorf("rewrites alone: %q", got)
	}
}
