package workspace

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"aiolens/diagnostics"
)

// A Problem is a mistake in the settings. All that is not mistaken holds nevertheless.
type Problem struct {
	File    string // the settings file; "" when the settings came from elsewhere
	Line    int    // from 1; 0 when unknown
	Message string // one clause, without file and line
}

// String is "file:line: message".
func (p Problem) String() string {
	switch {
	case p.File == "":
		return p.Message
	case p.Line == 0:
		return p.File + ": " + p.Message
	}
	return fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.Message)
}

// Decode reads settings from a table as JSON gives it. A key whose value is null says nothing. Selectors are looked
// up in rules; without rules they are taken as they are.
func Decode(table map[string]any, rules []*diagnostics.Rule) (Options, []Problem) {
	d := decoder{rules: rules}
	return d.options(table), d.problems
}

// decoder reads settings from the values of TOML or JSON and collects what is wrong with them.
type decoder struct {
	rules    []*diagnostics.Rule
	file     string
	lines    map[string]int // line of each key and list item, by its path; see [pathOf]
	problems []Problem
}

// keys reads each key of the settings.
var keys = map[string]func(d *decoder, o *Options, key string, v any){
	"select":           func(d *decoder, o *Options, key string, v any) { o.Select = d.selectors(v, key) },
	"extend-select":    func(d *decoder, o *Options, key string, v any) { o.ExtendSelect = d.selectors(v, key) },
	"ignore":           func(d *decoder, o *Options, key string, v any) { o.Ignore = d.selectors(v, key) },
	"per-file-ignores": func(d *decoder, o *Options, key string, v any) { o.PerFileIgnores = d.perFile(v, key) },
	"severity":         func(d *decoder, o *Options, key string, v any) { o.Severity = d.severities(v, key) },
	"target-version":   func(d *decoder, o *Options, key string, v any) { o.Target = d.version(v, key) },
	"python":           func(d *decoder, o *Options, key string, v any) { o.Python = d.text(v, key) },
	"blocking-calls":   func(d *decoder, o *Options, key string, v any) { o.BlockingCalls = d.calls(v, key) },
	"offload-calls":    func(d *decoder, o *Options, key string, v any) { o.OffloadCalls = d.list(v, key) },
	"exclude":          func(d *decoder, o *Options, key string, v any) { o.Exclude = d.list(v, key) },
	"extend-exclude":   func(d *decoder, o *Options, key string, v any) { o.ExtendExclude = d.list(v, key) },
	"diagnostic-mode": func(d *decoder, o *Options, key string, v any) {
		o.DiagnosticMode = d.choice(v, key, OpenFiles, WholeWorkspace)
	},
	"overlap": func(d *decoder, o *Options, key string, v any) {
		o.Overlap = d.choice(v, key, OverlapAuto, OverlapReport, OverlapQuiet)
	},
}

// Keys are the keys of the settings, in the order of the alphabet.
func Keys() []string { return slices.Sorted(maps.Keys(keys)) }

// Choices are the words that a key takes; nil when it takes something else. Those of "severity" are what each of its keys takes.
func Choices(key string) []string {
	switch key {
	case "diagnostic-mode":
		return []string{OpenFiles, WholeWorkspace}
	case "overlap":
		return []string{OverlapAuto, OverlapReport, OverlapQuiet}
	case "severity":
		return []string{"error", "warning", "info", "off"}
	}
	return nil
}

func (d *decoder) options(table map[string]any) Options {
	var o Options
	for _, key := range d.inOrder(table) {
		switch read, ok := keys[key]; {
		case !ok:
			d.fail(fmt.Sprintf("unknown key %q; %s", key, hint(key, Keys())), key)
		case table[key] != nil:
			read(d, &o, key, table[key])
		}
	}
	return o
}

// fail reports a problem at a path, or at the nearest key around it whose line is known.
func (d *decoder) fail(message string, path ...string) {
	line := 0
	for n := len(path); n > 0 && line == 0; n-- {
		line = d.lines[pathOf(path[:n]...)]
	}
	d.problems = append(d.problems, Problem{d.file, line, message})
}

// want reports a value of the wrong type.
func (d *decoder) want(want string, got any, path ...string) {
	d.fail(fmt.Sprintf("%s: want %s, not %s", strings.Join(path, "."), want, kind(got)), path...)
}

// text reads a string.
func (d *decoder) text(v any, path ...string) string {
	s, ok := v.(string)
	if !ok {
		d.want("a string", v, path...)
	}
	return s
}

// choice reads one of some words.
func (d *decoder) choice(v any, key string, words ...string) string {
	word, _ := v.(string)
	if !slices.Contains(words, word) {
		var or []string
		for _, w := range words {
			or = append(or, strconv.Quote(w))
		}
		last := len(or) - 1
		d.fail(fmt.Sprintf("%s: want %s or %s, not %s", key, strings.Join(or[:last], ", "), or[last], quoted(v)), key)
		return ""
	}
	return word
}

// list reads a list of strings; what is no string in it is left out.
func (d *decoder) list(v any, path ...string) []string {
	items, ok := v.([]any)
	if !ok {
		d.want("a list of strings", v, path...)
		return nil
	}
	list := make([]string, 0, len(items))
	for i, item := range items {
		if s, ok := item.(string); ok {
			list = append(list, s)
		} else {
			d.want("a string", item, append(path, fmt.Sprint(i))...)
		}
	}
	return list
}

// selectors reads a list of selectors of rules; unknown ones are left out.
func (d *decoder) selectors(v any, path ...string) []string {
	list := d.list(v, path...)
	known := list[:0]
	for i, s := range list {
		if d.selector(s, append(path, fmt.Sprint(i))...) {
			known = append(known, s)
		}
	}
	return known
}

func (d *decoder) selector(s string, path ...string) bool {
	if message := CheckSelector(s, d.rules); message != "" {
		d.fail(path[0]+": "+message, path...)
		return false
	}
	return true
}

// CheckSelector says what is wrong with a selector that means none of the rules; "" when it means one. Without rules
// every selector passes.
func CheckSelector(s string, rules []*diagnostics.Rule) string {
	if len(rules) == 0 || slices.ContainsFunc(rules, func(r *diagnostics.Rule) bool { return r.Matches(s) }) {
		return ""
	}
	names := []string{"ALL"}
	for _, r := range rules {
		names = append(append(names, r.Code, r.Name, r.Family), r.Aliases...)
	}
	return fmt.Sprintf("unknown rule %q; %s", s, hint(s, names))
}

func (d *decoder) perFile(v any, path ...string) map[string][]string {
	ignores := make(map[string][]string)
	for glob, v := range d.table("a table of globs and lists of rules", v, path...) {
		if !doublestar.ValidatePattern(glob) {
			d.fail(fmt.Sprintf("%s: %q is no valid glob", path[0], glob), path[0], glob)
			continue
		}
		if list := d.selectors(v, path[0], glob); list != nil {
			ignores[glob] = list
		}
	}
	return ignores
}

func (d *decoder) severities(v any, path ...string) map[string]diagnostics.Severity {
	severities := make(map[string]diagnostics.Severity)
	for selector, v := range d.table("a table of rules and severities", v, path...) {
		name, _ := v.(string)
		severity, ok := diagnostics.ParseSeverity(name)
		if !ok {
			d.fail(fmt.Sprintf(`%s.%s: want "error", "warning", "info" or "off", not %s`, path[0], selector, quoted(v)), path[0], selector)
		} else if d.selector(selector, path[0], selector) {
			severities[selector] = severity
		}
	}
	return severities
}

func (d *decoder) version(v any, path ...string) diagnostics.Version {
	name, _ := v.(string)
	version, ok := diagnostics.ParseVersion(name)
	if !ok {
		d.fail(fmt.Sprintf(`%s: want a version like "3.11" or "py311", not %s`, path[0], quoted(v)), path...)
	}
	return version
}

// calls reads a list of globs, or a table of globs and replacements.
func (d *decoder) calls(v any, path ...string) map[string]string {
	calls := make(map[string]string)
	if _, ok := v.([]any); ok {
		for _, glob := range d.list(v, path...) {
			calls[glob] = ""
		}
		return calls
	}
	for glob, v := range d.table("a list of globs, or a table of globs and replacements", v, path...) {
		if replacement, ok := v.(string); ok {
			calls[glob] = replacement
		} else {
			d.want("a string", v, path[0], glob)
		}
	}
	return calls
}

// table yields the entries of a table in the order of their lines.
func (d *decoder) table(want string, v any, path ...string) func(func(string, any) bool) {
	return func(yield func(string, any) bool) {
		table, ok := v.(map[string]any)
		if !ok {
			d.want(want, v, path...)
		}
		for _, key := range d.inOrder(table, path...) {
			if !yield(key, table[key]) {
				return
			}
		}
	}
}

// inOrder are the keys of a table in the order of their lines, so that problems are.
func (d *decoder) inOrder(table map[string]any, path ...string) []string {
	line := func(key string) int { return d.lines[pathOf(append(path, key)...)] }
	return slices.SortedFunc(maps.Keys(table), func(a, b string) int {
		return cmp.Or(cmp.Compare(line(a), line(b)), cmp.Compare(a, b))
	})
}

// pathOf makes one string of the keys and indices that lead to a value.
func pathOf(path ...string) string { return strings.Join(path, "\x00") }

// kind names the type of a value of TOML or JSON.
func kind(v any) string {
	switch v.(type) {
	case string:
		return "a string"
	case bool:
		return "a boolean"
	case int64, float64:
		return "a number"
	case []any:
		return "a list"
	case map[string]any:
		return "a table"
	}
	return "a date"
}

// quoted is a scalar as it was written, or the kind of what is none.
func quoted(v any) string {
	switch v.(type) {
	case string:
		return fmt.Sprintf("%q", v)
	case bool, int64, float64:
		return fmt.Sprintf("%v without quotes", v)
	}
	return kind(v)
}
