package timeouts

import (
	_ "embed"
	"strconv"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
)

//go:embed async-zero-sleep.md
var zeroSleepDoc string

//go:embed long-sleep-not-forever.md
var longSleepDoc string

// ZeroSleep reports a sleep of no time where trio and anyio have a name for what is meant.
var ZeroSleep = &diagnostics.Rule{
	Code:     "ASYNC115",
	Name:     "async-zero-sleep",
	Family:   "timeouts",
	Severity: diagnostics.Warning,
	Doc:      zeroSleepDoc,
	On:       []python.Kind{python.Call},
	Check: func(p *diagnostics.Pass, call python.Node) {
		arg := onlyArgument(call)
		if v, ok := literal(arg); arg.Kind() != python.False && (!ok || v != 0) {
			return
		}
		library, ok := sleeper(p, call)
		if !ok {
			return
		}
		fn := call.Child(python.FieldFunction)
		name, imports, ok := beside(p, fn, library, "lowlevel.checkpoint")
		r := p.Report(call, "`"+fn.Text()+"("+arg.Text()+")` does not sleep; use `"+name+"()`, which says what is meant")
		if !strings.Contains(call.Text(), "#") && ok {
			r.Fix(diagnostics.Fix{Title: "Use `" + name + "()`", Safe: true, Imports: imports, Edits: []diagnostics.Edit{diagnostics.Replace(call, name+"()")}})
		}
	},
}

// LongSleep reports a sleep that is meant never to end.
var LongSleep = &diagnostics.Rule{
	Code:     "ASYNC116",
	Name:     "long-sleep-not-forever",
	Family:   "timeouts",
	Severity: diagnostics.Warning,
	Doc:      longSleepDoc,
	On:       []python.Kind{python.Call},
	Check: func(p *diagnostics.Pass, call python.Node) {
		arg := onlyArgument(call)
		const day = 24 * 60 * 60
		v, ok := literal(arg)
		forever := endless(p, arg)
		if !forever && (!ok || v <= day) {
			return
		}
		library, ok := sleeper(p, call)
		if !ok {
			return
		}
		fn := call.Child(python.FieldFunction)
		name, imports, ok := beside(p, fn, library, "sleep_forever")
		message := "`" + fn.Text() + "(" + arg.Text() + ")` sleeps for more than a day; if that means for ever, use `" + name + "()`"
		if forever {
			message = "`" + fn.Text() + "(" + arg.Text() + ")` sleeps for ever; use `" + name + "()`, which says so"
		}
		r := p.Report(call, message)
		if !strings.Contains(call.Text(), "#") && ok {
			r.Fix(diagnostics.Fix{Title: "Use `" + name + "()`", Safe: forever, Imports: imports, Edits: []diagnostics.Edit{diagnostics.Replace(call, name+"()")}})
		}
	},
}

// onlyArgument is the value of the only argument of a call, given by position or by name.
func onlyArgument(call python.Node) python.Node {
	args := call.Child(python.FieldArguments)
	if args.Kind() != python.ArgumentList {
		return python.Node{}
	}
	arg := args.FirstNamed()
	count := 0
	for range args.Named {
		count++
	}
	if count != 1 {
		return python.Node{}
	}
	switch arg.Kind() {
	case python.KeywordArgument:
		arg = arg.Child(python.FieldValue)
	case python.ListSplat, python.DictionarySplat:
		return python.Node{}
	}
	return arg.Unwrap()
}

// sleeper is the library of trio and anyio whose sleep is called.
func sleeper(p *diagnostics.Pass, call python.Node) (library string, ok bool) {
	c, ok := p.Callee(call)
	if !ok {
		return "", false
	}
	library, ok = strings.CutSuffix(c.Name, ".sleep")
	return library, ok && (library == "trio" || library == "anyio")
}

// literal is the value of a number as it is written.
func literal(n python.Node) (float64, bool) {
	switch n.Kind() {
	case python.IntLit:
		v, err := strconv.ParseInt(n.Text(), 0, 64)
		if err != nil {
			f, err := strconv.ParseFloat(strings.ReplaceAll(n.Text(), "_", ""), 64)
			return f, err == nil
		}
		return float64(v), true
	case python.FloatLit:
		v, err := strconv.ParseFloat(strings.ReplaceAll(n.Text(), "_", ""), 64)
		return v, err == nil
	}
	return 0, false
}

// endless says whether an expression is infinity: math.inf, float("inf").
func endless(p *diagnostics.Pass, n python.Node) bool {
	switch n.Kind() {
	case python.Attribute:
		return n.Child(python.FieldAttribute).Text() == "inf"
	case python.Identifier:
		return n.Text() == "inf"
	case python.Call:
		if n.Child(python.FieldFunction).Text() != "float" {
			return false
		}
		switch strings.ToLower(strings.Trim(onlyArgument(n).Text(), `"'+`)) {
		case "inf", "infinity":
			return true
		}
	}
	return false
}

// beside is how to write a name of a library where another of its functions is called; ok is false when a local name
// hides it.
func beside(p *diagnostics.Pass, fn python.Node, library, name string) (text string, imports []string, ok bool) {
	if fn.Kind() == python.Attribute {
		return fn.Child(python.FieldObject).Text() + "." + name, nil, true
	}
	text, imports = p.Spell(library + "." + name)
	first, _, _ := strings.Cut(text, ".")
	return text, imports, fn.Scope().Lookup(first) == nil
}
