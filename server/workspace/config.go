package workspace

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/bmatcuk/doublestar/v4"

	"aiolens/diagnostics"
)

// Config are the settings in force in a folder. It is immutable once [Loader.Load] has returned it, and shared by
// all folders that have the same settings.
type Config struct {
	Dir      string // absolute; the folder that globs and patterns are relative to; "" when no file says anything
	File     string // the settings file; "" when there is none
	Problems []Problem
	Options
	From map[string]string // key -> where its value came from; a key that is not in it has its default

	settings diagnostics.Settings
	globs    []string // of PerFileIgnores, sorted
	exclude  *ignores
}

// Merge replaces the options that o says something about; from says where they came from.
func (c *Config) Merge(o Options, from string) {
	c.merge(&o, func(key string) { c.From[key] = from })
}

// Fill takes over the options that nobody has said anything about yet.
func (c *Config) Fill(o Options, from string) {
	v := reflect.ValueOf(&o).Elem()
	for i := range v.NumField() {
		if c.From[v.Type().Field(i).Tag.Get("key")] != "" {
			v.Field(i).SetZero()
		}
	}
	c.Merge(o, from)
}

// Settings are the settings of a file in the folder or below it.
func (c *Config) Settings(file string) diagnostics.Settings {
	s := c.settings
	if len(c.globs) == 0 {
		return s
	}
	if abs, err := filepath.Abs(file); err == nil {
		file = abs
	}
	rel, err := filepath.Rel(c.Dir, file)
	if err != nil {
		rel = file
	}
	rel = filepath.ToSlash(rel)
	for _, glob := range c.globs {
		if matchFile(glob, rel) {
			s.Ignore = slices.Concat(s.Ignore, c.PerFileIgnores[glob])
		}
	}
	return s
}

// matchFile says whether a glob of per-file-ignores means a file: one without a slash its name ("test_*.py"), one
// that ends in a slash all in a folder ("tests/"), any other its path from the folder of the settings.
func matchFile(glob, rel string) bool {
	if !strings.Contains(glob, "/") {
		return doublestar.MatchUnvalidated(glob, path.Base(rel)) || doublestar.MatchUnvalidated(glob, rel)
	}
	if strings.HasSuffix(glob, "/") {
		glob += "**"
	}
	return doublestar.MatchUnvalidated(strings.TrimPrefix(strings.TrimPrefix(glob, "./"), "/"), rel)
}

// complete derives what is not an option.
func (c *Config) complete() *Config {
	c.settings = diagnostics.Settings{
		Select: c.Select, ExtendSelect: c.ExtendSelect, Ignore: c.Ignore, Severity: c.Severity, Target: c.Target,
		BlockingCalls: c.BlockingCalls, OffloadCalls: c.OffloadCalls,
	}
	c.globs = slices.Sorted(maps.Keys(c.PerFileIgnores))
	c.exclude = &ignores{base: c.Dir, patterns: parsePatterns(slices.Concat(c.Exclude, c.ExtendExclude))}
	return c
}

// A Loader finds settings. It keeps what it has read; after a settings file has changed, make another. It is safe for
// concurrent use. The zero value reads what the disk says and knows no rules.
type Loader struct {
	Rules    []*diagnostics.Rule // what selectors may mean; nil takes them as they are
	Isolated bool                // no file is read
	File     string              // the settings file to use for all folders, in place of the nearest ones
	Override func(*Config)       // changes settings before anybody sees them: a command line, an editor; nil changes nothing

	mu     sync.Mutex
	scopes map[string]*scope // by absolute folder
	ruffs  map[string]*ruff  // likewise

	pyrights map[string]*bool // what pyright's settings say of coroutines, by folder; nil when they say nothing
}

// scope is what the files of a folder and those above it say.
type scope struct {
	raw      Config // without the target of requires-python and without the override
	requires diagnostics.Version
	source   string // where requires came from
	config   *Config
}

// Load returns the settings in force for a file or folder, which need not exist, and the mistakes in them. It is the
// same Config for all that share it.
func (l *Loader) Load(path string) (*Config, []Problem) {
	abs, err := filepath.Abs(path)
	if err != nil {
		abs = path
	}
	if info, err := os.Stat(abs); err != nil || !info.IsDir() {
		abs = filepath.Dir(abs)
	}
	c := l.load(abs)
	return c, c.Problems
}

// load returns the settings of an absolute folder.
func (l *Loader) load(dir string) *Config {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.scope(dir).config
}

func (l *Loader) scope(dir string) *scope {
	if l.Isolated {
		dir = "" // all folders are the same
	}
	if s := l.scopes[dir]; s != nil {
		return s
	}
	if l.scopes == nil {
		l.scopes = make(map[string]*scope)
	}
	var s *scope
	if up := filepath.Dir(dir); dir != "" && up != dir {
		s = l.read(dir, l.scope(up))
	} else {
		s = l.finish(l.top())
	}
	l.scopes[dir] = s
	return s
}

// top is the scope of the outermost folder: the defaults, or the one settings file to use.
func (l *Loader) top() scope {
	s := scope{raw: Config{Options: defaults(), From: map[string]string{}}}
	if l.File == "" || l.Isolated {
		return s
	}
	file, err := filepath.Abs(l.File)
	if err != nil {
		file = l.File
	}
	data, err := os.ReadFile(file)
	if err != nil {
		s.raw.Problems = []Problem{unreadable(file, err)}
		return s
	}
	if _, found := l.parse(file, data, &s, true); !found {
		s.raw.Problems = []Problem{{File: file, Message: "has no table [tool.aiolens]"}}
	}
	return s
}

// read is the scope of a folder, given that of the folder above: the same one when no file in it says anything.
func (l *Loader) read(dir string, up *scope) *scope {
	s := *up
	changed := false
	for _, name := range SettingsFiles {
		file := filepath.Join(dir, name)
		data, err := readFile(file)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			s.raw.Problems = append(slices.Clip(s.raw.Problems), unreadable(file, err))
			changed = true
			continue
		}
		said, _ := l.parse(file, data, &s, l.File == "")
		changed = changed || said
	}
	if !changed {
		return up
	}
	return l.finish(s)
}

const pyproject = "pyproject.toml"

// SettingsFiles are the names of the files that settings are in; where a folder has several, the later one wins.
var SettingsFiles = []string{pyproject, "aiolens.toml"}

// parse reads a settings file into a scope, its settings only when they are wanted. It returns whether the file says
// anything, and whether it has settings.
func (l *Loader) parse(file string, data []byte, s *scope, wanted bool) (said, found bool) {
	var table []string
	if filepath.Base(file) == pyproject {
		table = []string{"tool", "aiolens"}
	}
	doc, problem := parseTOML(file, data)
	if problem != nil {
		if !wanted || table != nil && !bytes.Contains(data, []byte("aiolens")) {
			return false, false // somebody else's problem
		}
		s.raw = Config{Dir: filepath.Dir(file), File: file, Options: defaults(), From: map[string]string{}, Problems: []Problem{*problem}}
		return true, true
	}
	if requires, _ := lookup(doc, "project", "requires-python"); table != nil && requires != nil {
		specifier, _ := requires.(string)
		if v := oldest(specifier); v != (diagnostics.Version{}) {
			line := keyLines(data, "project")["requires-python"]
			s.requires, s.source, said = v, fmt.Sprintf("%s:%d (requires-python)", file, line), true
		}
	}
	settings, found := lookup(doc, table...)
	if !found || !wanted {
		return said, false
	}
	c := Config{Dir: filepath.Dir(file), File: file, Options: defaults(), From: map[string]string{}}
	d := decoder{rules: l.Rules, file: file, lines: keyLines(data, table...)}
	if values, ok := settings.(map[string]any); ok {
		o := d.options(values)
		c.merge(&o, func(key string) { c.From[key] = fmt.Sprintf("%s:%d", file, d.lines[key]) })
	} else {
		d.problems = append(d.problems, Problem{file, keyLines(data, "tool")["aiolens"], "tool.aiolens: want a table, not " + kind(settings)})
	}
	c.Problems = d.problems
	s.raw = c
	return true, true
}

// finish makes the settings that others see.
func (l *Loader) finish(s scope) *scope {
	c := s.raw
	c.From = maps.Clone(c.From)
	if c.Target == (diagnostics.Version{}) && s.requires != c.Target {
		c.Target = s.requires
		c.From["target-version"] = s.source
	}
	if l.Override != nil {
		l.Override(&c)
	}
	s.config = c.complete()
	return &s
}

func unreadable(file string, err error) Problem {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		err = e.Err
	}
	return Problem{File: file, Message: err.Error()}
}
