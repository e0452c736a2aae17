package workspace

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"aiolens/diagnostics"
)

// The values of the option overlap.
const (
	OverlapAuto   = "auto"   // an editor shows no finding that ruff or pyright shows there, too: as far as the project says so
	OverlapReport = "report" // an editor shows all findings
	OverlapQuiet  = "quiet"  // as auto, and where the project does not say that it uses them, their defaults count
)

// ruff is what ruff's own configuration says about the files of a folder.
// Source: docs.astral.sh/ruff/configuration and /settings.
type ruff struct {
	used           bool // the project configures ruff, or depends on it
	dir            string
	selected       []string // nil means the defaults
	extendSelected []string
	ignored        []string
	perFile        map[string][]string
	preview        bool
	version        [2]int // 0.16 is {0, 16}; the zero value means that it is not known
}

// ruffCodes are the rules of ruff that mean the same as one of ours, and whether they need its preview mode.
var ruffCodes = map[string]bool{
	"ASYNC100": false, "ASYNC105": false, "ASYNC109": false, "ASYNC110": false, "ASYNC115": false, "ASYNC116": false, "ASYNC119": true,
	"ASYNC210": false, "ASYNC212": false, "ASYNC220": false, "ASYNC221": false, "ASYNC222": false, "ASYNC230": false,
	"ASYNC240": false, "ASYNC250": false, "ASYNC251": false, "RUF006": false, "RUF029": true, "PLE1142": false,
}

// ruffDefaults are those of them that ruff selects by default since 0.16; before, it selected none.
var ruffDefaults = []string{"ASYNC100", "ASYNC105", "ASYNC115", "ASYNC116", "ASYNC210", "ASYNC220", "ASYNC221", "ASYNC222", "ASYNC230", "ASYNC251", "PLE1142"}

// Ruff says which rules ruff reports in a file, too, under its own configuration for that file. The map is shared: it must not be changed.
func (l *Loader) Ruff(path, overlap string) map[*diagnostics.Rule]bool {
	if overlap == OverlapReport {
		return nil
	}
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	l.mu.Lock()
	r := l.ruff(filepath.Dir(path))
	l.mu.Unlock()
	if !r.used && overlap != OverlapQuiet {
		return nil
	}
	reported := map[*diagnostics.Rule]bool{}
	for _, rule := range l.Rules {
		for _, code := range append([]string{rule.Code}, rule.Aliases...) {
			if r.reports(code, path) {
				reported[rule] = true
			}
		}
	}
	return reported
}

// reports says whether ruff reports a code in a file.
func (r *ruff) reports(code, path string) bool {
	preview, known := ruffCodes[code]
	if !known || preview && !r.preview {
		return false
	}
	selected := r.selected
	if selected == nil && (r.version == [2]int{} || r.version[0] > 0 || r.version[1] >= 16) {
		selected = ruffDefaults
	}
	// The more specific selector wins; of two that are equally specific, ignore does.
	chosen, dropped := longest(code, slices.Concat(selected, r.extendSelected)), longest(code, r.ignored)
	if chosen < 0 || dropped >= chosen {
		return false
	}
	if len(r.perFile) > 0 {
		rel, err := filepath.Rel(r.dir, path)
		if err != nil {
			rel = path
		}
		for glob, codes := range r.perFile {
			negated := strings.HasPrefix(glob, "!")
			if matchFile(strings.TrimPrefix(glob, "!"), filepath.ToSlash(rel)) != negated && longest(code, codes) >= 0 {
				return false
			}
		}
	}
	return true
}

// longest is the length of the longest selector that means a code: 0 for ALL, -1 for none.
func longest(code string, selectors []string) int {
	n := -1
	for _, s := range selectors {
		switch {
		case s == "ALL":
			n = max(n, 0)
		case strings.HasPrefix(code, s) && s != "":
			n = max(n, len(s))
		}
	}
	return n
}

// ruff is what holds in an absolute folder: the nearest configuration file counts alone. l.mu is held.
func (l *Loader) ruff(dir string) *ruff {
	if r := l.ruffs[dir]; r != nil {
		return r
	}
	if l.ruffs == nil {
		l.ruffs = map[string]*ruff{}
	}
	r := &ruff{}
	if up := filepath.Dir(dir); up != dir {
		r = l.ruff(up)
	}
	if own := readRuff(dir, *r); own != nil {
		r = own
	}
	l.ruffs[dir] = r
	return r
}

// readRuff is what the files of a folder say, under what holds above it; nil when they say nothing.
func readRuff(dir string, up ruff) *ruff {
	r, said := up, false
	if data, err := readFile(filepath.Join(dir, pyproject)); err == nil {
		if doc, problem := parseTOML("", data); problem == nil {
			if requires(doc) {
				r.used, said = true, true
			}
			if table, ok := lookup(doc, "tool", "ruff"); ok {
				r, said = configured(dir, table, r.version, 0), true
			}
		}
	}
	for _, name := range []string{"ruff.toml", ".ruff.toml"} { // the later one wins
		data, err := readFile(filepath.Join(dir, name))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		doc, problem := parseTOML("", data)
		if err == nil && problem == nil {
			r, said = configured(dir, doc, r.version, 0), true
		}
	}
	if hooks, err := readFile(filepath.Join(dir, ".pre-commit-config.yaml")); err == nil {
		if m := ruffHook().FindSubmatch(hooks); m != nil {
			r.used, said = true, true
			r.version = release(string(m[1]))
		}
	}
	for _, lock := range []string{"uv.lock", "poetry.lock", "pdm.lock"} {
		if data, err := readFile(filepath.Join(dir, lock)); err == nil {
			if m := ruffLock().FindSubmatch(data); m != nil {
				r.used, said = true, true
				r.version = release(string(m[1]))
			}
		}
	}
	if !said {
		return nil
	}
	return &r
}

var (
	ruffHook = Regexp(`ruff-pre-commit['"]?\s*\n(?:\s*#[^\n]*\n)*\s*rev:\s*['"]?v?(\d+\.\d+)`)
	ruffLock = Regexp(`name = "ruff"\nversion = "(\d+\.\d+)`)
	ruffName = Regexp(`^ruff\s*(?:$|[\[=<>!~;@ ])`)
)

// release reads the first two parts of a version.
func release(text string) (v [2]int) {
	if _, err := fmt.Sscanf(text, "%d.%d", &v[0], &v[1]); err != nil {
		return [2]int{}
	}
	return v
}

// configured is what a table of ruff's settings says. What it extends counts below it.
func configured(dir string, table any, version [2]int, depth int) ruff {
	r := ruff{used: true, dir: dir, version: version}
	if base, ok := lookup(asTable(table), "extend"); ok && depth < 8 {
		if name, _ := base.(string); name != "" {
			if !filepath.IsAbs(name) {
				name = filepath.Join(dir, name)
			}
			if data, err := readFile(name); err == nil {
				if doc, problem := parseTOML("", data); problem == nil {
					var inner any = doc
					if filepath.Base(name) == pyproject {
						inner, _ = lookup(doc, "tool", "ruff")
					}
					r = configured(filepath.Dir(name), inner, version, depth+1)
					r.dir = dir
				}
			}
		}
	}
	for _, place := range [][]string{nil, {"lint"}} { // the older place is above
		at := func(key string) (any, bool) { return lookup(asTable(table), append(slices.Clone(place), key)...) }
		if v, ok := at("select"); ok {
			r.selected, r.ignored = append([]string{}, texts(v)...), nil
		}
		for _, key := range []string{"extend-select"} {
			if v, ok := at(key); ok {
				r.extendSelected = slices.Concat(r.extendSelected, texts(v))
			}
		}
		for _, key := range []string{"ignore", "extend-ignore"} {
			if v, ok := at(key); ok {
				r.ignored = slices.Concat(r.ignored, texts(v))
			}
		}
		if v, ok := at("preview"); ok {
			r.preview, _ = v.(bool)
		}
		for _, key := range []string{"per-file-ignores", "extend-per-file-ignores"} {
			if v, ok := at(key); ok {
				all := map[string][]string{}
				for glob, codes := range asTable(v) {
					all[glob] = texts(codes)
				}
				if key != "per-file-ignores" {
					for glob, codes := range r.perFile {
						all[glob] = slices.Concat(all[glob], codes)
					}
				}
				r.perFile = all
			}
		}
	}
	if v, ok := lookup(asTable(table), "required-version"); ok {
		if text, _ := v.(string); text != "" {
			if known := release(strings.TrimLeft(text, "=<>~! v")); known != ([2]int{}) {
				r.version = known
			}
		}
	}
	return r
}

func asTable(v any) map[string]any {
	t, _ := v.(map[string]any)
	return t
}

// texts are the strings of a list.
func texts(v any) []string {
	items, _ := v.([]any)
	var list []string
	for _, item := range items {
		if s, ok := item.(string); ok {
			list = append(list, s)
		}
	}
	return list
}

// requires says whether a pyproject.toml names ruff among the requirements of the project, in whatever group.
func requires(doc map[string]any) bool {
	for _, path := range [][]string{
		{"project", "dependencies"}, {"project", "optional-dependencies"}, {"dependency-groups"}, {"tool", "uv", "dev-dependencies"},
		{"tool", "poetry", "dependencies"}, {"tool", "poetry", "dev-dependencies"}, {"tool", "poetry", "group"}, {"tool", "pdm", "dev-dependencies"},
		{"tool", "hatch", "envs"}, {"build-system", "requires"},
	} {
		if v, ok := lookup(doc, path...); ok && namesRuff(v) {
			return true
		}
	}
	return false
}

// namesRuff says whether a requirement in lists or tables of them is ruff.
func namesRuff(v any) bool {
	switch v := v.(type) {
	case string:
		return ruffName().MatchString(v)
	case []any:
		return slices.ContainsFunc(v, namesRuff)
	case map[string]any:
		for key, value := range v {
			if key == "ruff" || namesRuff(value) {
				return true
			}
		}
	}
	return false
}
