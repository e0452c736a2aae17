package workspace

import (
	"encoding/json"
	"os"
	"path/filepath"
)

// UnusedCoroutine is the rule of pyright and basedpyright that means the same as one of ours.
const UnusedCoroutine = "reportUnusedCoroutine"

// Pyright says whether pyright reports coroutines that are not awaited in a file, too. It does by default; Pylance, which reads the
// same settings, does not, so that in a project that leaves it open they count as reported only where quiet is wanted.
// Source: github.com/microsoft/pyright, docs/configuration.md.
func (l *Loader) Pyright(path, overlap string) bool {
	if overlap == OverlapReport {
		return false
	}
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if on := l.pyright(filepath.Dir(path)); on != nil {
		return *on
	}
	return overlap == OverlapQuiet
}

// pyright is what holds in an absolute folder: the nearest configuration counts alone. l.mu is held.
func (l *Loader) pyright(dir string) *bool {
	on, known := l.pyrights[dir]
	if known {
		return on
	}
	if l.pyrights == nil {
		l.pyrights = map[string]*bool{}
	}
	if table, based := readPyright(dir); table != nil {
		on = reportsCoroutines(table, based)
	} else if up := filepath.Dir(dir); up != dir {
		on = l.pyright(up)
	}
	l.pyrights[dir] = on
	return on
}

// readPyright is the configuration of pyright in a folder, and whether it is that of basedpyright; nil when there is none.
func readPyright(dir string) (table map[string]any, based bool) {
	if data, err := os.ReadFile(filepath.Join(dir, "pyrightconfig.json")); err == nil {
		if json.Unmarshal(plainJSON(data), &table) == nil && table != nil {
			return table, false
		}
	}
	data, err := os.ReadFile(filepath.Join(dir, pyproject))
	if err != nil {
		return nil, false
	}
	doc, problem := parseTOML("", data)
	if problem != nil {
		return nil, false
	}
	for _, name := range []string{"basedpyright", "pyright"} {
		if table, ok := lookup(doc, "tool", name); ok {
			return asTable(table), name == "basedpyright"
		}
	}
	return nil, false
}

// reportsCoroutines says whether pyright reports them under a configuration; nil when it depends on who reads it. What it ignores
// counts for all files.
func reportsCoroutines(table map[string]any, based bool) *bool {
	ignored, _ := table["ignore"].([]any)
	mode, _ := table["typeCheckingMode"].(string)
	switch rule := table[UnusedCoroutine].(type) {
	case bool:
		return new(rule && len(ignored) == 0)
	case string:
		return new(rule != "none" && len(ignored) == 0)
	}
	switch {
	case mode == "off" || len(ignored) > 0:
		return new(false)
	case mode != "" || based:
		return new(true)
	}
	return nil
}

var (
	commented = Regexp(`("(?:\\.|[^"\\])*")|//.*|/\*(?s:.*?)\*/`)
	trailing  = Regexp(`("(?:\\.|[^"\\])*")|,(\s*[}\]])`)
)

// plainJSON takes out comments and trailing commas, which pyright allows.
func plainJSON(data []byte) []byte {
	return trailing().ReplaceAll(commented().ReplaceAll(data, []byte("$1")), []byte("$1$2"))
}
