package knowledge

import (
	"slices"
	"strings"

	"aiolens/diagnostics/shape"
)

// codes are the rules that report a call of a function that blocks.
const codes = " ASYNC210 ASYNC212 ASYNC220 ASYNC221 ASYNC222 ASYNC230 ASYNC231 ASYNC232 ASYNC240 ASYNC250 ASYNC251" +
	" AIO201 AIO202 AIO203 AIO204 AIO205 AIO206 "

// readFacts reads a list of facts. It is nil when the list is empty.
func (p *parser) readFacts(text string) *shape.Facts {
	text = strings.TrimSpace(text)
	if text == "" {
		return nil
	}
	f := p.facts.add(shape.Facts{})
	for fact := range strings.SplitSeq(text, ";") {
		fact = strings.TrimSpace(fact)
		word, rest, _ := strings.Cut(fact, " ")
		var field *string
		switch word {
		case "blocks":
			field = &f.Blocks
			if rest == "" || strings.Contains(rest, " ") || !strings.Contains(codes, " "+rest+" ") {
				p.errorf("unknown code in %q", fact)
			}
		case "instead":
			field = &f.Instead
		case "offloads":
			field = &f.Offloads
		case "callback":
			field = &f.Callback
		case "takes":
			field = &f.Takes
		case "calls":
			field = &f.Calls
		case "plays":
			field = &f.Plays
		case "scope":
			field = &f.Scope
			if rest != "timeout" && rest != "cancel" && rest != "group" {
				p.errorf("unknown scope in %q", fact)
			}
		case "since", "deprecated", "removed":
			since, deprecated, removed := &f.Since, &f.Deprecated, &f.Dropped
			if param, version, ok := strings.Cut(rest, " "); ok {
				rest = version
				a := aged(f, param)
				since, deprecated, removed = &a.Since, &a.Deprecated, &a.Dropped
			}
			field = map[string]*string{"since": since, "deprecated": deprecated, "removed": removed}[word]
			if !strings.HasPrefix(rest, "3.") || len(rest) < 3 || strings.Trim(rest[2:], "0123456789") != "" {
				p.errorf("bad version in %q", fact)
			}
		case "waits", "spawns", "pools", "threads", "runs":
			if rest != "" {
				p.errorf("unexpected %q in %q", rest, fact)
			}
			f.Waits = f.Waits || word == "waits"
			f.Spawns = f.Spawns || word == "spawns"
			f.Pools = f.Pools || word == "pools"
			f.Threads = f.Threads || word == "threads"
			f.Runs = f.Runs || word == "runs"
			continue
		case "opens", "borrows":
			for name := range strings.SplitSeq(rest, ",") {
				name = strings.TrimSpace(name)
				if part, method, ok := strings.Cut(name, "."); ok && word == "opens" {
					if len(part) != 1 || part[0] < '0' || part[0] > '9' || f.Opens != nil && f.Part != int(part[0]-'0')+1 {
						p.errorf("bad item in %q", fact)
						break
					}
					f.Part, name = int(part[0]-'0')+1, method
				}
				if name == "" || strings.ContainsAny(name, " .") {
					p.errorf("bad name in %q", fact)
				}
				if word == "opens" {
					f.Opens = append(f.Opens, name)
				} else {
					f.Borrows = append(f.Borrows, name)
				}
			}
			continue
		case "passes":
			for what := range items(rest) {
				name, annotation, ok := strings.Cut(what, "=")
				if !ok {
					name, annotation = "", name
				}
				f.Passes = append(f.Passes, shape.Passed{Param: name, Type: p.annotation(annotation)})
			}
			if f.Passes == nil {
				p.errorf("%q says nothing", fact)
			}
			continue
		case "unless":
			for arg := range strings.SplitSeq(rest, ",") {
				name, value, ok := strings.Cut(strings.TrimSpace(arg), "=")
				if !ok || name == "" || value == "" {
					p.errorf("bad argument in %q", fact)
				}
				f.Unless = append(f.Unless, shape.Default{Param: name, Text: value})
			}
			continue
		default:
			p.errorf("unknown fact %q", fact)
			continue
		}
		if rest == "" || *field != "" {
			p.errorf("%q says nothing, or says it again", fact)
		}
		*field = rest
	}
	if f.Blocks == "" && (f.Unless != nil || f.Instead != "" && f.Deprecated == "" && f.Dropped == "" && !f.Runs) {
		p.errorf("facts about a call that does not block")
	}
	if f.Borrows != nil && f.Opens == nil {
		p.errorf("borrows, and opens nothing")
	}
	return f
}

// aged is what is known of the age of a parameter.
func aged(f *shape.Facts, param string) *shape.Aged {
	i := slices.IndexFunc(f.Params, func(a shape.Aged) bool { return a.Param == param })
	if i < 0 {
		i = len(f.Params)
		f.Params = append(f.Params, shape.Aged{Param: param})
	}
	return &f.Params[i]
}

// checkFacts checks that the parameters that the facts name exist.
func (p *parser) checkFacts(f *shape.Func) {
	if f.Facts == nil {
		return
	}
	check := func(name string) {
		if name == "" {
			return
		}
		for i := range f.Params {
			if f.Params[i].Name == name {
				return
			}
		}
		p.errorf("%s has no parameter %s", f.Name, name)
	}
	check(f.Facts.Offloads)
	check(f.Facts.Callback)
	check(f.Facts.Calls)
	check(f.Facts.Takes)
	for _, d := range f.Facts.Unless {
		check(d.Param)
	}
	for _, name := range f.Facts.Borrows {
		check(name)
	}
	for _, a := range f.Facts.Params {
		if a.Dropped == "" { // what is gone is not declared any more
			check(a.Param)
		}
	}
}
