package timeouts

import (
	_ "embed"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
)

//go:embed cancelled-class-saved.md
var savedDoc string

// SavedClass reports that the class of cancellation, which depends on the event loop that runs, is kept.
var SavedClass = &diagnostics.Rule{
	Code:     "ASYNC118",
	Name:     "cancelled-class-saved",
	Family:   "timeouts",
	Severity: diagnostics.Warning,
	Doc:      savedDoc,
	On:       []python.Kind{python.Call},
	Check: func(p *diagnostics.Pass, call python.Node) {
		if args := call.Child(python.FieldArguments); args.FirstNamed().Valid() || !named(call, "get_cancelled_exc_class") {
			return
		}
		at := fateOf(call)
		if at != kept && at != local && call.Parent().Kind() != python.NamedExpression {
			return
		}
		if c, ok := p.Callee(call); !ok || c.Name != "anyio.get_cancelled_exc_class" {
			return
		}
		if fn := call.Function(); at == kept && (!fn.Valid() || !fn.IsAsync()) {
			p.Report(call, "`"+diagnostics.Short(call)+"` is called where no event loop may run yet, and its result is wrong under another backend; call it in the `except` clause")
			return
		}
		p.Report(call, "the class that `"+diagnostics.Short(call)+"` gives is hard to recognise under another name; call it in the `except` clause").Severity(diagnostics.Info)
	},
}
