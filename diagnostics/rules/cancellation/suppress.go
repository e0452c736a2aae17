package cancellation

import (
	_ "embed"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
)

//go:embed cancellation-suppressed.md
var suppressedDoc string

// Suppressed reports contextlib.suppress() where it swallows the cancellation of the task itself.
var Suppressed = &diagnostics.Rule{
	Code: "AIO401", Name: "cancellation-suppressed", Family: "cancellation", Severity: diagnostics.Error, Doc: suppressedDoc,
	On: []python.Kind{python.Call},
	Check: func(p *diagnostics.Pass, call python.Node) {
		if name := diagnostics.LastName(call.Child(python.FieldFunction)); name != "suppress" || !p.InCoroutine(call) {
			return
		}
		block := suppressed(p, call)
		if !block.Valid() {
			return
		}
		args := call.Child(python.FieldArguments)
		by, broad := catcher(p, args)
		if !by.Valid() || shielded(call) || ownTask(p, block) || waitsOut(block.Parent().Parent().Parent(), block) {
			return
		}
		at := call
		if call.Parent().Kind() == python.AsPattern {
			at = call.Parent()
		}
		s, reached := follow(p, call.Function(), at)
		if !reached || s.later {
			return
		}
		how := severity(p, s, call, block)
		if how == diagnostics.Off {
			return
		}
		text := "`suppress(" + diagnostics.OneLine(by) + ")` swallows"
		if broad {
			text = "`suppress(" + diagnostics.OneLine(by) + ")` also swallows"
		}
		text += " cancellation" + s.effect(how)
		advice := "let it pass"
		if broad {
			advice = "suppress `Exception`"
		}
		r := p.Report(by, text+"; "+advice).Severity(how)
		suppressLess(r, call, by, broad)
	},
}

// suppressLess lets cancellation pass a call of suppress: it names less, or goes.
func suppressLess(r diagnostics.Reporter, call, by python.Node, broad bool) {
	if broad {
		if by.Text() == "BaseException" {
			r.Fix(diagnostics.Fix{Title: "Suppress `Exception`", Edits: []diagnostics.Edit{diagnostics.Replace(by, "Exception")}})
		}
		return
	}
	var rest []string
	for a := range call.Child(python.FieldArguments).Named {
		if a != by {
			rest = append(rest, a.Text())
		}
	}
	args := call.Child(python.FieldArguments)
	if by.Parent() != args || strings.ContainsAny(args.Text(), "\r\n") {
		return
	}
	if len(rest) > 0 {
		r.Fix(diagnostics.Fix{Title: "Let cancellation pass", Edits: []diagnostics.Edit{diagnostics.Replace(args, "("+strings.Join(rest, ", ")+")")}})
		return
	}
	// Nothing is left to suppress: the statement goes, if what is in it is one line.
	with := item(call)
	block := with.Child(python.FieldBody)
	first := block.FirstNamed()
	if !first.Valid() || first.Next().Valid() || strings.ContainsAny(first.Text(), "\r\n") {
		return
	}
	items := 0
	for range diagnostics.WithExpressions(with) {
		items++
	}
	head := with.Block().Text()[with.Span().Start:first.Span().Start]
	if items == 1 && !strings.Contains(head, "#") {
		r.Fix(diagnostics.Fix{Title: "Let cancellation pass", Edits: []diagnostics.Edit{diagnostics.Replace(with, first.Text())}})
	}
}
