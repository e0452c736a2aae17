package blocking

import (
	_ "embed"
	"path"
	"slices"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
)

var (
	//go:embed sleep.md
	sleepDoc string
	//go:embed http.md
	httpDoc string
	//go:embed client.md
	clientDoc string
	//go:embed process.md
	processDoc string
	//go:embed file.md
	fileDoc string
	//go:embed path.md
	pathDoc string
	//go:embed input.md
	inputDoc string
	//go:embed configured.md
	configuredDoc string
	//go:embed database.md
	databaseDoc string
	//go:embed socket.md
	socketDoc string
	//go:embed thread.md
	threadDoc string
	//go:embed sdk.md
	sdkDoc string
	//go:embed filesystem.md
	filesystemDoc string
	//go:embed cpu.md
	cpuDoc string
	//go:embed checkpoint.md
	checkpointDoc string
	//go:embed chain.md
	chainDoc string
)

// The rules whose calls are in the tables.
var (
	HTTPCall     = tabled("ASYNC210", "blocking-http-call", httpDoc, diagnostics.Error, "S7493")
	HTTPClient   = tabled("ASYNC212", "blocking-http-client", clientDoc, diagnostics.Error, "ASYNC211")
	Process      = tabled("ASYNC220", "blocking-process", processDoc, diagnostics.Error)
	ProcessRun   = tabled("ASYNC221", "blocking-process", processDoc, diagnostics.Error)
	ProcessWait  = tabled("ASYNC222", "blocking-process", processDoc, diagnostics.Error)
	File         = tabled("ASYNC230", "blocking-file", fileDoc, diagnostics.Warning)
	FileFD       = tabled("ASYNC231", "blocking-file", fileDoc, diagnostics.Warning)
	FileObject   = tabled("ASYNC232", "blocking-file", fileDoc, diagnostics.Warning)
	Path         = tabled("ASYNC240", "blocking-path", pathDoc, diagnostics.Warning)
	Input        = tabled("ASYNC250", "blocking-input", inputDoc, diagnostics.Error)
	Sleep        = tabled("ASYNC251", "blocking-sleep", sleepDoc, diagnostics.Error)
	Database     = tabled("AIO201", "blocking-database-call", databaseDoc, diagnostics.Error)
	Socket       = tabled("AIO202", "blocking-socket-call", socketDoc, diagnostics.Error)
	ThreadWait   = tabled("AIO203", "blocking-thread-wait", threadDoc, diagnostics.Error)
	SDK          = tabled("AIO204", "blocking-sdk-call", sdkDoc, diagnostics.Warning)
	Filesystem   = tabled("AIO205", "blocking-filesystem-call", filesystemDoc, diagnostics.Warning)
	cpuFromTable = tabled("AIO206", "cpu-bound-call", cpuDoc, diagnostics.Warning)
)

// Configured reports the calls that the user's settings name.
var Configured = &diagnostics.Rule{
	Code: "ASYNC200", Name: "blocking-configured-call", Family: "blocking", Severity: diagnostics.Warning, Doc: configuredDoc,
	On: []python.Kind{python.Call},
	Check: func(p *diagnostics.Pass, call python.Node) {
		if len(p.Settings.BlockingCalls) == 0 || !p.OnLoop(call) {
			return
		}
		c, pattern, ok := configuredCall(p, call)
		if !ok {
			return
		}
		c.Facts.Blocks, c.Facts.Instead = "ASYNC200", p.Settings.BlockingCalls[pattern]
		r := p.Report(call.Child(python.FieldFunction), message(p, call, called, c))
		if p.InCoroutine(call) {
			fixes(p, call, c, r)
		}
	},
}

// configuredCall is the function of a call that the user's settings name, and the pattern by which they do.
func configuredCall(p *diagnostics.Pass, call python.Node) (c diagnostics.Callee, pattern string, ok bool) {
	if len(p.Settings.BlockingCalls) == 0 || call.Kind() != python.Call || call.Parent().Kind() == python.Await {
		return c, "", false
	}
	callees, _ := p.Callees(call)
	if len(callees) == 0 {
		return c, "", false
	}
	c = callees[0]
	pattern, ok = configured(p.Settings.BlockingCalls, written(p, call.Child(python.FieldFunction).Value(), 0), c.Name)
	return c, pattern, ok && (c.Func == nil || !c.Func.Decl.Async)
}

// configured is the pattern that matches one of the qualified names of a function; the longest when there are several.
func configured(patterns map[string]string, names ...string) (string, bool) {
	var matching []string
	for p := range patterns {
		for _, name := range names {
			if ok, err := path.Match(p, name); err == nil && ok {
				matching = append(matching, p)
			}
		}
	}
	if len(matching) == 0 {
		return "", false
	}
	return slices.MaxFunc(matching, func(a, b string) int {
		if len(a) != len(b) {
			return len(a) - len(b)
		}
		return slices.Compare([]byte(a), []byte(b))
	}), true
}
