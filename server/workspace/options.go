// Package workspace is where the disk is touched: it finds the settings of a file, walks folders for files of Python,
// reads them in their own encoding and writes them back. It does not know rules, syntax trees or the protocol.
package workspace

import (
	"reflect"

	"aiolens/diagnostics"
)

// Options are what a settings file, an editor or a command line may say. A nil or zero field says nothing; an
// empty list that is not nil says "none". The tag is the key in TOML and JSON alike.
type Options struct {
	Select         []string                        `key:"select"`           // selectors of rules: code, prefix, name, family, alias or ALL
	ExtendSelect   []string                        `key:"extend-select"`    // selectors of rules to run as well
	Ignore         []string                        `key:"ignore"`           // selectors of rules not to run
	PerFileIgnores map[string][]string             `key:"per-file-ignores"` // glob on paths -> selectors of rules not to run there
	Severity       map[string]diagnostics.Severity `key:"severity"`         // selector -> severity
	Target         diagnostics.Version             `key:"target-version"`   // the oldest Python that the project supports
	Python         string                          `key:"python"`           // the interpreter, or its environment, whose installed packages are looked into; see [NewModules]
	BlockingCalls  map[string]string               `key:"blocking-calls"`   // glob on a qualified name -> what to use instead, or ""
	OffloadCalls   []string                        `key:"offload-calls"`    // globs on qualified names of calls that run a callable off the loop
	Exclude        []string                        `key:"exclude"`          // patterns, as in .gitignore, of what to skip; in place of the usual ones
	ExtendExclude  []string                        `key:"extend-exclude"`   // patterns of what to skip as well
	DiagnosticMode string                          `key:"diagnostic-mode"`  // which files an editor shows findings for: OpenFiles or WholeWorkspace
	Overlap        string                          `key:"overlap"`          // what an editor does about findings that others show, too: OverlapAuto, OverlapReport or OverlapQuiet
}

// The values of the option diagnostic-mode.
const (
	OpenFiles      = "open-files"
	WholeWorkspace = "workspace"
)

// Each calls f with the key and the value of every option, in the order of the fields.
func (o *Options) Each(f func(key string, value any)) {
	v := reflect.ValueOf(o).Elem()
	for i := range v.NumField() {
		f(v.Type().Field(i).Tag.Get("key"), v.Field(i).Interface())
	}
}

// merge replaces the options that other says something about, and calls said with the key of each.
func (o *Options) merge(other *Options, said func(key string)) {
	dst, src := reflect.ValueOf(o).Elem(), reflect.ValueOf(other).Elem()
	for i := range src.NumField() {
		if !src.Field(i).IsZero() {
			dst.Field(i).Set(src.Field(i))
			said(src.Type().Field(i).Tag.Get("key"))
		}
	}
}

// defaults hold where nobody says otherwise.
func defaults() Options {
	return Options{DiagnosticMode: OpenFiles, Overlap: OverlapAuto, Exclude: []string{
		".git/", ".hg/", ".svn/", ".bzr/", ".tox/", ".nox/", ".venv/", ".eggs/", "*.egg-info/", "node_modules/",
		"build/", "dist/", "site-packages/", "__pycache__/", "__pypackages__/", ".mypy_cache/", ".ruff_cache/",
		".pytest_cache/", ".pytype/", ".ipynb_checkpoints/", ".direnv/",
	}}
}
