package blocking

import (
	"fmt"
	"strings"

	"aiolens/diagnostics"
	"aiolens/diagnostics/program"
	"aiolens/diagnostics/python"
)

// Chain reports calls on the event loop of functions that block somewhere below.
var Chain = &diagnostics.Rule{
	Code: "AIO207", Name: "blocking-call-chain", Family: "blocking", Severity: diagnostics.Error, Doc: chainDoc,
	On:      []python.Kind{python.Call, python.Attribute, python.WithStmt, python.ForStmt, python.ForInClause, python.Subscript, python.ComparisonOperator},
	Explain: explain,
	Check: func(p *diagnostics.Pass, n python.Node) {
		if n.Kind() == python.Call {
			if arg, chain := p.Handed(n, Blocked); chain != nil {
				reportChain(p, n, arg, chain)
			}
		}
		if !p.OnLoop(n) || len(find(p, n)) > 0 {
			return
		}
		if _, _, ok := configuredCall(p, n); ok {
			return
		}
		if chain := p.Reach(n, Blocked); chain != nil && !(n.Parent().Kind() == python.Await && twofold(chain)) {
			reportChain(p, n, python.Node{}, chain)
		}
	},
}

// twofold says whether a chain, of a call whose result is awaited, leads through a function that blocks for those who want the result at once,
// and gives what can be awaited to others: where it blocks it returns nothing to await.
func twofold(chain *diagnostics.Chain) bool {
	for _, s := range chain.Steps {
		fn, own := s.Node.Function(), s.Node.Up(python.ReturnStmt, python.FunctionDef)
		if own.FirstNamed().Unwrap() != s.Node {
			own = python.Node{}
		}
		before, after := false, false
		for n := range fn.Child(python.FieldBody).Walk {
			if n.Kind() != python.ReturnStmt || n == own || n.Function() != fn || !n.FirstNamed().Valid() || n.FirstNamed().Kind() == python.None {
				continue
			}
			if n.Span().End <= s.Node.Span().Start {
				before = true
			} else {
				after = true
			}
		}
		if before && !after || own.Valid() && after {
			return true
		}
		if !own.Valid() {
			return false
		}
	}
	return false
}

// explain says of a function whether it blocks, and where: on the loop, or in a thread.
func explain(p *diagnostics.Pass, name python.Node) string {
	if to := diagnostics.HandedTo(name); to.Valid() {
		c, ok := p.Callee(to)
		if !ok || c.Facts.Offloads == "" || p.ArgumentOf(to, c, c.Facts.Offloads) != name {
			return ""
		}
		return "`" + oneLine(name.Text()) + "` runs in a thread or a process, off the event loop."
	}
	call := diagnostics.Called(name)
	if !call.Valid() {
		return ""
	}
	verb := "blocks whatever thread calls it"
	if p.OnLoop(call) {
		verb = "blocks the event loop"
	}
	if found := own(p, call); len(found) > 0 {
		return "**" + verb + "**"
	}
	chain := p.Reach(call, Blocked)
	if chain == nil {
		return ""
	}
	var b strings.Builder
	if !certain(chain) {
		verb = strings.Replace(verb, "blocks", "may block", 1)
	}
	b.WriteString("**" + verb + "**: ")
	for _, s := range chain.Steps {
		b.WriteString("`" + short(s.Func) + "` → ")
	}
	b.WriteString("`" + chain.What + "` (" + chain.Steps[len(chain.Steps)-1].Place() + ")")
	return b.String()
}

// tables are the rules whose findings a chain leads to, by code.
var tables = func() map[string]*diagnostics.Rule {
	m := map[string]*diagnostics.Rule{}
	for _, r := range []*diagnostics.Rule{
		HTTPCall, HTTPClient, Process, ProcessRun, ProcessWait, File, FileFD, FileObject, Path, Input, Sleep, Database, Socket, ThreadWait, SDK, Filesystem, CPU,
	} {
		m[r.Code] = r
	}
	return m
}()

// Blocked is a blocking call.
var Blocked = &diagnostics.Goal{
	Code: "AIO207",
	On:   []python.Kind{python.Call, python.WithStmt, python.ForStmt, python.ForInClause},
	Test: func(p *diagnostics.Pass, n python.Node) (deed diagnostics.Deed, ok bool) {
		if c, _, ok := configuredCall(p, n); ok {
			return diagnostics.Deed{What: c.Name, Rule: Configured}, true
		}
		for _, b := range own(p, n) {
			if small[b.callee.Name] {
				continue
			}
			deed := diagnostics.Deed{What: b.callee.Name, Rule: tables[b.code], Minor: weight(b)}
			if name := written(p, b.node.Child(python.FieldFunction).Value(), 0); b.how == called && name != "" {
				deed.What = name
			}
			return deed, true
		}
		return diagnostics.Deed{}, false
	},
}

// Weights of what blocks: how little that matters to who is far away.
const (
	heavy  = iota // it waits for others, or for as long as it takes: the network, processes, threads, trees of folders
	medium        // it reads or writes a file of this machine
	light         // it changes an entry of a folder: one call of the system
	faint         // it looks at an entry of a folder
)

// weight is the weight of a blocking call.
func weight(b blocker) int {
	name := b.callee.Name[strings.LastIndexByte(b.callee.Name, '.')+1:]
	switch {
	case local(b.code) && entries[name] > 0:
		return entries[name]
	case local(b.code) && !trees[name], strings.HasPrefix(b.callee.Name, "yaml."), strings.HasPrefix(b.callee.Name, "configparser."),
		strings.HasPrefix(b.callee.Name, "ssl.SSLContext.load_"):
		return medium
	}
	return heavy
}

// entries are the weights of functions that look at an entry of a folder, or change one.
var entries = map[string]int{
	"exists": faint, "lexists": faint, "isfile": faint, "isdir": faint, "islink": faint, "ismount": faint, "is_file": faint, "is_dir": faint,
	"is_symlink": faint, "is_mount": faint, "is_socket": faint, "is_fifo": faint, "is_block_device": faint, "is_char_device": faint, "is_junction": faint,
	"stat": faint, "lstat": faint, "getsize": faint, "getmtime": faint, "getatime": faint, "getctime": faint, "access": faint, "samefile": faint,
	"readlink": faint, "realpath": faint, "resolve": faint, "expanduser": faint, "owner": faint, "group": faint, "which": faint,
	"mkdir": light, "makedirs": light, "unlink": light, "remove": light, "rmdir": light, "rename": light, "replace": light, "touch": light,
	"chmod": light, "lchmod": light, "chown": light, "utime": light, "link": light, "symlink": light, "symlink_to": light, "hardlink_to": light,
}

// trees are functions that go through a folder with all that is in it.
var trees = map[string]bool{"walk": true, "fwalk": true, "rglob": true, "glob": true, "iglob": true, "rmtree": true, "copytree": true, "move": true, "make_archive": true, "unpack_archive": true}

// certain says whether a chain is likely enough to be taken, for what it leads to, that everybody wants to know of it. Where
// there are conditions three calls more count as one more; what takes a moment matters nearby only.
func certain(c *diagnostics.Chain) bool {
	odds, last := c.Odds, len(c.Steps)-1
	if ofInterface(c.What) {
		return false
	}
	if odds > 0 {
		odds += last / 3
	}
	return odds <= faint-c.Minor && (c.Minor < light || last+c.Minor <= 4)
}

// small are calls that take little time, or take it only once, and are seldom the reason why a function far away is slow.
var small = map[string]bool{
	"__import__": true, "importlib.import_module": true, "importlib.util.find_spec": true, "importlib.metadata.version": true,
	"importlib.metadata.entry_points": true, "importlib.metadata.distribution": true, "inspect.getsource": true, "linecache.getline": true,
	"linecache.getlines": true, "inspect.getsourcelines": true, "inspect.getsourcefile": true, "inspect.stack": true, "mimetypes.init": true,
	"pkgutil.resolve_name": true, "os.fdopen": true, "pathlib.Path.resolve": true, "pathlib.Path.expanduser": true, "os.path.realpath": true,
	"os.getcwd": true,
	// A lock is held for a moment, as a rule, and with it nobody would notice.
	"threading.Lock.acquire": true, "threading.RLock.acquire": true,
}

// At says what blocks at a node, if that does, by itself or further down, and whether that is certain enough for everybody to
// know.
func At(p *diagnostics.Pass, n python.Node) (what string, sure, ok bool) {
	if n.Is(Blocked.On...) {
		if deed, ok := Blocked.Test(p, n); ok {
			return deed.What, true, true
		}
	}
	if !n.Is(Chain.On...) {
		return "", false, false
	}
	chain := p.Reach(n, Blocked)
	if chain == nil {
		return "", false, false
	}
	return chain.What, certain(chain), true
}

// reportChain reports a node that leads to a blocking call, or the argument of one that the event loop calls.
func reportChain(p *diagnostics.Pass, n, arg python.Node, chain *diagnostics.Chain) {
	at := n
	text := ""
	sure := certain(chain)
	blocks := " blocks"
	if !sure {
		blocks = " may block"
	}
	switch {
	case arg.Valid():
		at = arg
		text = "`" + oneLine(at.Text()) + "()`, which the event loop calls,"
	case n.Kind() == python.Call:
		at = n.Child(python.FieldFunction)
		text = "`" + oneLine(at.Text()) + "()`"
	case n.Kind() == python.Attribute:
		text = "reading `" + oneLine(n.Text()) + "`"
	case n.Kind() == python.Subscript, n.Kind() == python.ComparisonOperator:
		text = "`" + oneLine(n.Text()) + "`"
	case n.Kind() == python.WithStmt:
		for e := range diagnostics.WithExpressions(n) {
			at = e
			break
		}
		text = "the `with` statement"
	default:
		at = n.Child(python.FieldRight)
		text = "iterating over `" + oneLine(at.Text()) + "`"
	}
	text += blocks
	last := len(chain.Steps) - 1
	if last == 0 {
		text += fmt.Sprintf(" the event loop: `%s` calls `%s()`", short(chain.Steps[0].Func), chain.What)
	} else {
		text += fmt.Sprintf(" the event loop %d calls down, where `%s` calls `%s()`", last+1, short(chain.Steps[last].Func), chain.What)
	}
	r := p.Report(at, text+"; "+chainAdvice(p, n))
	if chain.Rule.Severity != diagnostics.Error || certificates(chain.What) {
		r.Severity(diagnostics.Warning)
	}
	if !sure || (local(chain.Rule.Code) || certificates(chain.What)) && inTest(n) || alone(p, n) {
		r.Severity(diagnostics.Info)
	}
	for i, s := range chain.Steps {
		if i == last {
			r.Step(s, fmt.Sprintf("`%s` blocks here, in `%s()`", short(s.Func), chain.What))
		} else {
			r.Step(s, fmt.Sprintf("`%s` calls `%s`", short(s.Func), short(chain.Steps[i+1].Func)))
		}
	}
	name := diagnostics.LastName(n.Child(python.FieldFunction))
	if n.Kind() == python.Call && !arg.Valid() && p.InCoroutine(n) && name != "map" && name != "filter" { // which are lazy
		culprit := diagnostics.Callee{Name: chain.What}
		if chain.What == "sqlite3.connect" { // what is made in the thread belongs to it
			culprit.Name = ""
		}
		if fix, ok := threadFix(p, n, culprit); ok {
			r.Fix(fix)
		}
	}
}

func chainAdvice(p *diagnostics.Pass, n python.Node) string {
	if !p.InCoroutine(n) {
		return "run it in a thread with `loop.run_in_executor()`"
	}
	if n.Kind() == python.Call {
		return "run it in a thread with `await " + p.Offload() + "()`"
	}
	return "do that in a thread with `await " + p.Offload() + "()`"
}

// short is the name of a function within its module.
func short(f *program.Func) string {
	switch {
	case f.Decl.Lambda:
		return "a lambda"
	case f.Decl.Path != "":
		return f.Decl.Path
	}
	return f.Decl.Name[strings.LastIndexByte(f.Decl.Name, '.')+1:]
}
