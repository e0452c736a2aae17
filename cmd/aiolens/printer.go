package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"text/tabwriter"

	"aiolens/diagnostics"
	"aiolens/server/workspace"
)

// format is a way to write findings.
type format struct {
	render               func(*bytes.Buffer, *page) // the findings of one file
	first, between, last string                     // around and between the findings of files
	none                 string                     // in place of all that
	bare                 bool                       // no summary
}

// formats are the values of --output-format.
var formats = map[string]format{
	"full":    {render: full},
	"concise": {render: concise},
	"github":  {render: github},
	"json":    {render: objects, first: "[\n", between: ",\n", last: "\n]\n", none: "[]\n", bare: true},
}

// tally counts findings.
type tally struct {
	total   int
	fixable int // with the fixes that may be applied
	hidden  int // with unsafe fixes alone, which may not be applied
	rules   map[*diagnostics.Rule]ruleTally
}

type ruleTally struct{ total, fixable int }

// count makes the tally of the findings of a file.
func count(findings []diagnostics.Finding, unsafe bool) tally {
	t := tally{total: len(findings), rules: make(map[*diagnostics.Rule]ruleTally)}
	for i := range findings {
		f := &findings[i]
		n := t.rules[f.Rule]
		n.total++
		switch {
		case preferred(f, unsafe) != nil:
			t.fixable++
			n.fixable++
		case len(f.Fixes) > 0:
			t.hidden++
		}
		t.rules[f.Rule] = n
	}
	return t
}

func (t *tally) add(o tally) {
	t.total, t.fixable, t.hidden = t.total+o.total, t.fixable+o.fixable, t.hidden+o.hidden
	for rule, n := range o.rules {
		t.rules[rule] = ruleTally{t.rules[rule].total + n.total, t.rules[rule].fixable + n.fixable}
	}
}

// printer writes results as they come and sums them up.
type printer struct {
	app    *app
	flags  checkFlags
	format format
	report io.Writer // of findings and the summary
	tally  tally
	files  int
	fixed  int
	broken bool // something could not be done
	opened bool // findings have been written
	told   map[workspace.Problem]bool
}

// newPrinter makes a printer. Where fixed text goes to the standard output, the report goes to standard error.
func newPrinter(a *app, flags checkFlags, stdin bool) *printer {
	p := &printer{app: a, flags: flags, format: formats[flags.format], report: a.out, tally: count(nil, false), told: make(map[workspace.Problem]bool)}
	if flags.diff || flags.fix && stdin {
		p.report = a.err
	}
	return p
}

// add writes a result.
func (p *printer) add(res result) {
	p.files++
	if res.Config != nil {
		p.problems(res.Config)
	}
	if res.err != nil {
		p.broken = true
		p.app.complain(res.err)
	}
	if res.broken > 0 {
		fmt.Fprintf(p.app.err, "warning: %s:%d: syntax error; what is around it was not checked\n", res.Path, res.broken)
	}
	_, _ = p.app.out.Write(res.text)
	if len(res.findings) > 0 {
		before := p.format.first
		if p.opened {
			before = p.format.between
		}
		_, _ = io.WriteString(p.report, before)
		_, _ = p.report.Write(res.findings)
		p.opened = true
	}
	p.tally.add(res.tally)
	p.fixed += res.fixed
}

// problems tells what is wrong with the settings, each problem once.
func (p *printer) problems(c *workspace.Config) {
	for _, problem := range c.Problems {
		if !p.told[problem] {
			p.told[problem] = true
			p.broken = true
			problem.File = shown(problem.File)
			p.app.complain(errors.New(problem.String()))
		}
	}
}

// finish writes what comes last and returns the exit code.
func (p *printer) finish() error {
	switch {
	case p.flags.diff:
	case p.flags.statistics:
		p.statistics()
	case p.opened:
		_, _ = io.WriteString(p.report, p.format.last)
	default:
		_, _ = io.WriteString(p.report, p.format.none)
	}
	if p.files == 0 {
		fmt.Fprintln(p.app.err, "warning: no files of Python found under the given paths")
	}
	if !p.flags.quiet && !p.format.bare {
		p.summary()
	}
	switch left := p.tally.total > 0; {
	case p.broken:
		return failed
	case p.flags.exitZero:
	case p.flags.diff && p.fixed > 0, !p.flags.diff && left:
		return found
	}
	return nil
}

// summary says how many findings there are and how many can be fixed, in the words of ruff.
func (p *printer) summary() {
	t := p.tally
	switch {
	case p.flags.diff && p.fixed > 0:
		fmt.Fprintf(p.report, "Would fix %s.\n", plural(p.fixed, "error"))
	case p.flags.diff:
		fmt.Fprintln(p.report, "No errors would be fixed.")
	case p.fixed > 0:
		fmt.Fprintf(p.report, "Found %s (%d fixed, %d remaining).\n", plural(t.total+p.fixed, "error"), p.fixed, t.total)
	case t.total > 0:
		fmt.Fprintf(p.report, "Found %s.\n", plural(t.total, "error"))
	case !p.broken:
		fmt.Fprintln(p.report, "All checks passed!")
	}
	if p.flags.diff || t.total == 0 {
		return
	}
	switch hidden := plural(t.hidden, "hidden fix") + " can be enabled with the `--unsafe-fixes` option"; {
	case t.fixable > 0 && t.hidden > 0:
		fmt.Fprintf(p.report, "[*] %d fixable with the `--fix` option (%s).\n", t.fixable, hidden)
	case t.fixable > 0:
		fmt.Fprintf(p.report, "[*] %d fixable with the `--fix` option.\n", t.fixable)
	case t.hidden > 0:
		fmt.Fprintf(p.report, "No fixes available (%s).\n", hidden)
	}
}

// statistics writes how often each rule found something, the most frequent first.
func (p *printer) statistics() {
	type row struct {
		Code    string `json:"code"`
		Name    string `json:"name"`
		Count   int    `json:"count"`
		Fixable int    `json:"fixable"`
	}
	rows := []row{}
	for rule, n := range p.tally.rules {
		rows = append(rows, row{rule.Code, rule.Name, n.total, n.fixable})
	}
	slices.SortFunc(rows, func(a, b row) int { return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Code, b.Code)) })
	if p.format.bare {
		e := json.NewEncoder(p.report)
		e.SetIndent("", "  ")
		_ = e.Encode(rows)
		return
	}
	t := tabwriter.NewWriter(p.report, 0, 0, 2, ' ', 0)
	defer t.Flush()
	for _, r := range rows {
		mark := "[ ]"
		switch r.Fixable {
		case 0:
		case r.Count:
			mark = "[*]"
		default:
			mark = "[-]"
		}
		fmt.Fprintf(t, "%d\t%s\t%s\t%s\n", r.Count, r.Code, mark, r.Name)
	}
}

// plural is a number with a noun.
func plural(n int, noun string) string {
	switch {
	case n == 1:
		return "1 " + noun
	case noun[len(noun)-1] == 'x':
		return fmt.Sprintf("%d %ses", n, noun)
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
