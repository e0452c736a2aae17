package frameworks

import (
	_ "embed"
	"slices"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/program"
	"aiolens/diagnostics/python"
	"aiolens/diagnostics/shape"
)

//go:embed async-where-framework-wants-sync.md
var plainDoc string

// Plain reports a coroutine function that a framework calls as a plain one.
var Plain = &diagnostics.Rule{
	Code: "AIO804", Name: "async-where-framework-wants-sync", Family: "frameworks", Severity: diagnostics.Error, Doc: plainDoc,
	On: []python.Kind{python.FunctionDef, python.KeywordArgument},
	Check: func(p *diagnostics.Pass, n python.Node) {
		if n.Kind() == python.KeywordArgument {
			given(p, n)
			return
		}
		if !n.IsAsync() {
			return
		}
		name := n.Child(python.FieldName)
		framework, advice := decorates(p, n), "make it a plain `def` that calls `asyncio.run()`"
		switch {
		case framework != "":
		case n.Scope().Kind == python.ClassScope && n.Scope().Parent == nil:
			framework, advice = overrides(p, n)
		case hooks[name.Text()] && n.Scope().Kind == python.ModuleScope:
			framework = "pytest"
			if !bare(p, n, "pytest.") {
				return
			}
		}
		if framework == "" {
			return
		}
		what := "a coroutine"
		if n.Func().Generator {
			what = "an asynchronous generator"
		}
		p.Report(name, framework+" calls `"+name.Text()+"` as a plain function, which only makes "+what+" that never runs; "+advice)
	},
}

// decorators are those by which frameworks take functions that they call as plain ones. Sources: github.com/celery/celery/issues/6552,
// github.com/fastapi/typer/pull/444.
var decorators = map[string]string{
	"celery.app.base.Celery.task": "Celery", "celery.Celery.task": "Celery", "celery.shared_task": "Celery", "celery.app.shared_task": "Celery",
	"click.command": "Click", "click.group": "Click", "click.decorators.command": "Click", "click.decorators.group": "Click",
	"typer.Typer.command": "Typer", "typer.Typer.callback": "Typer", "typer.main.Typer.command": "Typer", "typer.main.Typer.callback": "Typer",
	"nox.session": "nox", "invoke.task": "Invoke", "locust.task": "Locust",
}

// decorates is the framework that is given a function by a decorator; "" when there is none, or something between the two
// may make a plain function of it.
func decorates(p *diagnostics.Pass, fn python.Node) string {
	framework := ""
	for d := range python.Decorators(fn) {
		name, ok := decorator(p, d)
		switch {
		case decorators[name] != "" && !special(p, d):
			framework = decorators[name]
		case decorators[name] != "":
			return ""
		case ok && (strings.HasPrefix(name, "click.") || strings.HasPrefix(name, "typer.")): // options and arguments
		default:
			framework = "" // what stands below it may run the coroutine
		}
	}
	if framework == "Celery" && p.Imports("celery_aio_pool") {
		return ""
	}
	return framework
}

// decorator is the qualified name of the function that a decorator is, or is made by.
func decorator(p *diagnostics.Pass, d python.Node) (name string, ok bool) {
	if d.Kind() == python.Call {
		d = d.Child(python.FieldFunction)
	}
	t := p.Type(d)
	if len(t.Atoms()) == 1 && (!t.Open() || t.Atoms()[0].Kind == program.Opaque) {
		if a := t.Atoms()[0]; a.Func == nil || !a.Func.Project() {
			return a.QName(), true
		}
	}
	// A command of a group: "@cli.command()" where cli is a function below "@click.group()".
	if d.Kind() == python.Attribute {
		if method := d.Child(python.FieldAttribute).Text(); method == "command" || method == "group" {
			for _, a := range p.Type(d.Child(python.FieldObject)).Atoms() {
				if a.Kind != program.Function || !a.Func.Project() {
					continue
				}
				for i := range a.Func.Decl.Decorators {
					switch name := p.Program.DecoratorName(a.Func, i); name {
					case "click.group", "click.decorators.group":
						return "click." + method, true
					}
				}
			}
		}
	}
	return "", false
}

// special says whether a decorator, or what it is a method of, is told to handle functions in a way of its own.
func special(p *diagnostics.Pass, d python.Node) bool {
	if d.Kind() == python.Call {
		for a := range d.Child(python.FieldArguments).Named {
			if a.Kind() == python.DictionarySplat {
				return true
			}
			if a.Kind() == python.KeywordArgument {
				switch a.Child(python.FieldName).Text() {
				case "base", "cls":
					return true
				}
			}
		}
		d = d.Child(python.FieldFunction)
	}
	if d.Kind() != python.Attribute {
		return false
	}
	for _, o := range p.Program.Origins(p.Module, d.Child(python.FieldObject).Value()) {
		for _, k := range o.Kw {
			if k == "task_cls" || k == "cls" || k == "**" {
				return true
			}
		}
	}
	return false
}

// bare says whether a function has no decorators but those of a package.
func bare(p *diagnostics.Pass, fn python.Node, prefix string) bool {
	for d := range python.Decorators(fn) {
		if name, ok := decorator(p, d); !ok || !strings.HasPrefix(name, prefix) {
			return false
		}
	}
	return true
}

// hooks are those of pytest. Source: docs.pytest.org/en/stable/reference/reference.html#hooks.
var hooks = func() map[string]bool {
	m := map[string]bool{}
	for _, name := range strings.Fields(`
	pytest_load_initial_conftests pytest_cmdline_parse pytest_cmdline_main pytest_addoption pytest_addhooks pytest_configure
	pytest_unconfigure pytest_sessionstart pytest_sessionfinish pytest_plugin_registered pytest_collection
	pytest_ignore_collect pytest_collect_directory pytest_collect_file pytest_pycollect_makemodule
	pytest_pycollect_makeitem pytest_generate_tests pytest_make_parametrize_id pytest_collection_modifyitems
	pytest_collection_finish pytest_runtestloop pytest_runtest_protocol pytest_runtest_logstart pytest_runtest_logfinish
	pytest_runtest_setup pytest_runtest_call pytest_runtest_teardown pytest_runtest_makereport pytest_pyfunc_call
	pytest_collectstart pytest_make_collect_report pytest_itemcollected pytest_collectreport pytest_deselected
	pytest_report_header pytest_report_collectionfinish pytest_report_teststatus pytest_report_to_serializable
	pytest_report_from_serializable pytest_terminal_summary pytest_fixture_setup pytest_fixture_post_finalizer
	pytest_warning_recorded pytest_runtest_logreport pytest_assertrepr_compare pytest_assertion_pass
	pytest_internalerror pytest_keyboard_interrupt pytest_exception_interact pytest_enter_pdb pytest_leave_pdb`) {
		m[name] = true
	}
	return m
}()

// base is a class whose methods others call as plain functions.
type base struct {
	name    string   // qualified
	methods []string // one that ends in * is a prefix
	caller  string   // who calls them
	advice  string
	unless  []string // methods by which a subclass calls them in a way of its own
}

const (
	asTask  = "make it a plain `def` that creates a task"
	asRun   = "make it a plain `def` that calls `asyncio.run()`"
	asPlain = "make it a plain `def`"
)

var bases = []base{
	{"asyncio.BaseProtocol", []string{"connection_made", "connection_lost", "pause_writing", "resume_writing"}, "The event loop", asTask, nil},
	{"asyncio.Protocol", []string{"data_received", "eof_received"}, "The event loop", asTask, nil},
	{"asyncio.BufferedProtocol", []string{"get_buffer", "buffer_updated", "eof_received"}, "The event loop", asTask, nil},
	{"asyncio.DatagramProtocol", []string{"datagram_received", "error_received"}, "The event loop", asTask, nil},
	{"asyncio.SubprocessProtocol", []string{"pipe_data_received", "pipe_connection_lost", "process_exited"}, "The event loop", asTask, nil},
	{"threading.Thread", []string{"run"}, "The thread", asRun, []string{"start", "_bootstrap"}},
	{"multiprocessing.process.BaseProcess", []string{"run"}, "The process", asRun, []string{"start", "_bootstrap"}},
	{"logging.Handler", []string{"emit", "handle", "format", "flush", "handleError"}, "`logging`", asTask, []string{"handle"}},
	{"logging.Filter", []string{"filter"}, "`logging`", asPlain, nil},
	{"logging.Formatter", []string{"format", "formatException", "formatTime"}, "`logging`", asPlain, nil},
	{"socketserver.BaseRequestHandler", []string{"setup", "handle", "finish"}, "The server", asRun, nil},
	{"http.server.BaseHTTPRequestHandler", []string{"do_*"}, "The server", asRun, []string{"handle_one_request", "handle"}},
	{"json.JSONEncoder", []string{"default"}, "`json`", asPlain, nil},
	{"html.parser.HTMLParser", []string{"handle_*"}, "The parser", asPlain, nil},
	{"celery.app.task.Task", []string{"run"}, "Celery", asRun, []string{"__call__"}},
	{"celery.Task", []string{"run"}, "Celery", asRun, []string{"__call__"}},
	{"django.core.management.base.BaseCommand", []string{"handle"}, "Django", asRun, []string{"execute", "run_from_argv"}},
	{"django.core.management.BaseCommand", []string{"handle"}, "Django", asRun, []string{"execute", "run_from_argv"}},
}

// overrides says who calls a method as a plain function, because a base of the class does so, and what to do instead.
func overrides(p *diagnostics.Pass, method python.Node) (caller, advice string) {
	name := method.Child(python.FieldName).Text()
	if !slices.ContainsFunc(bases, func(b base) bool { return slices.ContainsFunc(b.methods, func(m string) bool { return fits(m, name) }) }) || method.Parent().Kind() == python.DecoratedDef {
		return "", ""
	}
	class, ok := p.ClassOf(method)
	if !ok {
		return "", ""
	}
	for _, v := range class.Decl.Bases {
		for _, a := range p.Program.Eval(class.Module, v).Atoms() {
			if a.Class != nil && a.Class.Project() {
				return "", "" // which may call it in a way of its own
			}
			for _, b := range bases {
				if a.QName() != b.name && (a.Class == nil || !p.Program.Subclass(a.Class, b.name)) {
					continue
				}
				if !slices.ContainsFunc(b.methods, func(m string) bool { return fits(m, name) }) || slices.ContainsFunc(b.unless, func(m string) bool { return m != name && p.Declares(class, m) }) {
					continue
				}
				caller, advice = b.caller, b.advice
			}
		}
	}
	return caller, advice
}

// fits says whether a pattern means the name of a method.
func fits(pattern, name string) bool {
	if prefix, ok := strings.CutSuffix(pattern, "*"); ok {
		return strings.HasPrefix(name, prefix)
	}
	return pattern == name
}

// given reports a coroutine function that is given to a parser of command lines.
func given(p *diagnostics.Pass, arg python.Node) {
	name := arg.Child(python.FieldName).Text()
	if name != "type" && name != "callback" && name != "shell_complete" && name != "autocompletion" {
		return
	}
	call := arg.Parent().Parent()
	c, ok := p.Callee(call)
	if !ok || call.Kind() != python.Call {
		return
	}
	framework := ""
	switch c.Name {
	case "argparse.ArgumentParser.add_argument", "argparse._ArgumentGroup.add_argument":
		if name == "type" {
			framework = "argparse"
		}
	case "click.option", "click.argument":
		framework = "Click"
	case "typer.Option", "typer.Argument":
		framework = "Typer"
	}
	value := arg.Child(python.FieldValue)
	t := p.Type(value)
	if framework == "" || t.Open() || len(t.Atoms()) != 1 || t.Atoms()[0].Kind != program.Function {
		return
	}
	f := t.Atoms()[0].Func
	if !f.Decl.Async || !f.Project() || slices.ContainsFunc(f.Decl.Decorators, func(*shape.Value) bool { return true }) {
		return
	}
	p.Report(value, framework+" calls `"+value.Text()+"` as a plain function, which only makes a coroutine that never runs; make it a plain `def`")
}
