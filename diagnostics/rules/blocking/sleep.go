// Package blocking finds calls that stop the event loop: while they run, no other task does.
package blocking

import (
	_ "embed"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
)

//go:embed sleep.md
var sleepDoc string

// Sleep reports time.sleep on the event loop.
var Sleep = &diagnostics.Rule{
	Code:     "ASYNC251",
	Name:     "blocking-sleep",
	Family:   "blocking",
	Severity: diagnostics.Error,
	Doc:      sleepDoc,
	On:       []python.Kind{python.Call},
	Check:    func(p *diagnostics.Pass, call python.Node) {},
}
