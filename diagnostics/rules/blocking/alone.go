package blocking

import (
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
)

// alone says whether the function around a node runs while nothing else wants the event loop, as far as that is certain: a
// command line does one thing, and so does what asks a user, and what starts or stops a server runs before the first request or
// after the last.
func alone(p *diagnostics.Pass, n python.Node) bool {
	fn := n.Function()
	for up := fn.Function(); up.Valid(); up = up.Function() {
		fn = up
	}
	return commandLine(p, fn) || lifespan(p, fn) || asks(p, fn)
}

// commandLine says whether a function is a command, or in a module of the command line.
func commandLine(p *diagnostics.Pass, fn python.Node) bool {
	for part := range strings.SplitSeq(p.Module.Name(), ".") {
		if part == "cli" || part == "__main__" {
			return true
		}
	}
	if !p.ImportsFrom("click", "typer", "cyclopts", "asyncclick", "rich_click", "asyncer") {
		return false
	}
	for d := range python.Decorators(fn) {
		if d.Kind() == python.Call {
			d = d.Child(python.FieldFunction)
		}
		switch name := d.Child(python.FieldAttribute).Text(); {
		case d.Kind() != python.Attribute:
		case name == "command", name == "callback", name == "default", name == "group":
			return true
		}
	}
	return false
}

// asks says whether a function waits for what somebody types, there or in a thread.
func asks(p *diagnostics.Pass, fn python.Node) bool {
	for n := range fn.Child(python.FieldBody).Walk {
		if n.Kind() != python.Identifier || n.Text() != "input" {
			continue
		}
		if t := p.Type(n); !t.Open() && len(t.Atoms()) == 1 && t.Atoms()[0].Func != nil {
			if facts := t.Atoms()[0].Func.Decl.Facts; facts != nil && facts.Blocks == Input.Code {
				return true
			}
		}
	}
	return false
}

// lifespan says whether a web framework calls a function when it starts or stops. Sources: fastapi.tiangolo.com/advanced/events,
// sanic.dev/en/guide/basics/listeners.html, quart.palletsprojects.com/en/latest/how_to_guides/startup_shutdown.html.
func lifespan(p *diagnostics.Pass, fn python.Node) bool {
	for d := range python.Decorators(fn) {
		argument := ""
		name := d
		if d.Kind() == python.Call {
			name = d.Child(python.FieldFunction)
			argument = strings.Trim(p.Argument(d, 0, "").Text(), `"'`)
		}
		if name.Kind() == python.Attribute {
			switch last := name.Child(python.FieldAttribute).Text(); {
			case last == "on_event" && (argument == "startup" || argument == "shutdown"), last == "listener" && stages[argument], stages[last]:
				return true
			}
		}
		t := p.Type(name)
		if t.Open() || len(t.Atoms()) != 1 || t.Atoms()[0].QName() != "contextlib.asynccontextmanager" {
			continue
		}
		if strings.Contains(fn.Child(python.FieldName).Text(), "lifespan") {
			return true
		}
		for q := range fn.Child(python.FieldParameters).Named {
			annotation := q.Child(python.FieldType).Text()
			switch annotation[strings.LastIndexByte(annotation, '.')+1:] {
			case "FastAPI", "Starlette", "Litestar", "FastMCP", "Quart":
				return true
			}
		}
	}
	return false
}

// stages are the hooks around serving.
var stages = map[string]bool{
	"before_serving": true, "after_serving": true, "while_serving": true,
	"main_process_start": true, "main_process_ready": true, "main_process_stop": true,
	"before_server_start": true, "after_server_start": true, "before_server_stop": true, "after_server_stop": true,
}
