package blocking

import (
	"fmt"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
)

// Lens reports every function that others can name and that blocks: by itself, or in plain functions that it calls for certain. It is none
// of the rules, but what an editor may show above functions. Its message is what blocks, and how far down.
var Lens = &diagnostics.Rule{
	Name: "code-lens", Family: "blocking", Severity: diagnostics.Warning, Anywhere: true,
	On: []python.Kind{python.FunctionDef},
	Check: func(p *diagnostics.Pass, fn python.Node) {
		if fn.Func() == nil || fn.Func().Path == "" {
			return
		}
		var best *diagnostics.Chain
		for n := range fn.Child(python.FieldBody).Walk {
			if n.Function() != fn || !n.Live() {
				continue
			}
			if n.Is(Blocked.On...) {
				if deed, ok := Blocked.Test(p, n); ok && !p.Silenced(n, deed.Rule) {
					p.Report(fn.Child(python.FieldName), deed.What)
					return
				}
			}
			if !n.Is(Chain.On...) {
				continue
			}
			if c := p.Reach(n, Blocked); c != nil && (best == nil || len(c.Steps) < len(best.Steps)) && certain(c) && !p.Silenced(n, Chain) {
				best = c
			}
		}
		switch {
		case best == nil:
		case len(best.Steps) == 1:
			p.Report(fn.Child(python.FieldName), best.What+", 1 call down")
		default:
			p.Report(fn.Child(python.FieldName), fmt.Sprintf("%s, %d calls down", best.What, len(best.Steps)))
		}
	},
}
