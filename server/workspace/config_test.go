package workspace

import (
	"fmt"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"aiolens/diagnostics"
)

var known = []*diagnostics.Rule{
	{Code: "ASYNC251", Name: "blocking-sleep", Family: "blocking", Aliases: []string{"S7491"}},
	{Code: "AIO101", Name: "coroutine-never-awaited", Family: "awaits"},
}

func TestProblems(t *testing.T) {
	tests := []struct {
		name, toml string
		want       []string // "line: message"
		holds      func(*Config) bool
	}{
		{"unknown key", "selct = [\"ALL\"]\nignore = [\"AIO101\"]\n",
			[]string{`1: unknown key "selct"; did you mean "select"?`},
			func(c *Config) bool { return c.Select == nil && slices.Equal(c.Ignore, []string{"AIO101"}) }},
		{"nothing near", "\n\nline-length = 88\n",
			[]string{`3: unknown key "line-length"; known are blocking-calls, diagnostic-mode, exclude, extend-exclude, extend-select, ignore, offload-calls, overlap, per-file-ignores, python, select, severity, target-version`}, nil},
		{"wrong type", "select = \"ALL\"\nexclude = [\"x\"]\n",
			[]string{"1: select: want a list of strings, not a string"},
			func(c *Config) bool { return c.Select == nil && slices.Equal(c.Exclude, []string{"x"}) }},
		{"wrong item", "select = [\n  \"AIO101\",\n  3,\n]\noffload-calls = [true, \"a.b\"]\n",
			[]string{"3: select.1: want a string, not a number", "5: offload-calls.0: want a string, not a boolean"},
			func(c *Config) bool {
				return slices.Equal(c.Select, []string{"AIO101"}) && slices.Equal(c.OffloadCalls, []string{"a.b"})
			}},
		{"unknown selector", "select = [\n  \"ASYNC252\",\n  \"blocking\",\n  \"blocking-slep\", \"E501\",\n]\n",
			[]string{`2: select: unknown rule "ASYNC252"; did you mean "ASYNC251"?`, `4: select: unknown rule "blocking-slep"; did you mean "blocking-sleep"?`,
				`4: select: unknown rule "E501"; known are ALL, ASYNC251, blocking-sleep, blocking, S7491, AIO101, coroutine-never-awaited, awaits`},
			func(c *Config) bool { return slices.Equal(c.Select, []string{"blocking"}) }},
		{"severity", "[severity]\nASYNC = \"warn\"\nAIO101 = \"off\"\nAIO9 = \"error\"\nblocking = 2\n",
			[]string{`2: severity.ASYNC: want "error", "warning", "info" or "off", not "warn"`, `4: severity: unknown rule "AIO9"; known are ALL, ASYNC251, blocking-sleep, blocking, S7491, AIO101, coroutine-never-awaited, awaits`,
				`5: severity.blocking: want "error", "warning", "info" or "off", not 2 without quotes`},
			func(c *Config) bool {
				return reflect.DeepEqual(c.Severity, map[string]diagnostics.Severity{"AIO101": diagnostics.Off})
			}},
		{"target version", "target-version = 3.11\n", []string{`1: target-version: want a version like "3.11" or "py311", not 3.11 without quotes`}, nil},
		{"per-file-ignores", "[per-file-ignores]\n\"a[\" = [\"ALL\"]\n\"tests/*\" = \"ALL\"\n\"x.py\" = [\"AIO101\"]\n",
			[]string{`2: per-file-ignores: "a[" is no valid glob`, "3: per-file-ignores.tests/*: want a list of strings, not a string"},
			func(c *Config) bool {
				return reflect.DeepEqual(c.PerFileIgnores, map[string][]string{"x.py": {"AIO101"}})
			}},
		{"python", "python = \".venv/bin/python\"\n", nil, func(c *Config) bool { return c.Python == ".venv/bin/python" }},
		{"python that is none", "python = 3.12\n", []string{"1: python: want a string, not a number"}, func(c *Config) bool { return c.Python == "" }},
		{"diagnostic-mode", "diagnostic-mode = \"workspace\"\n", nil, func(c *Config) bool { return c.DiagnosticMode == WholeWorkspace }},
		{"mode that is none", "diagnostic-mode = \"all\"\n", []string{`1: diagnostic-mode: want "open-files" or "workspace", not "all"`},
			func(c *Config) bool { return c.DiagnosticMode == OpenFiles }},
		{"blocking-calls", "blocking-calls = 3\n", []string{"1: blocking-calls: want a list of globs, or a table of globs and replacements, not a number"}, nil},
		{"inline table", "blocking-calls = { \"db.*\" = \"adb\", \"x\" = 1 }\n", []string{"1: blocking-calls.x: want a string, not a number"},
			func(c *Config) bool { return reflect.DeepEqual(c.BlockingCalls, map[string]string{"db.*": "adb"}) }},
		{"broken", "select = [\"AIO101\"]\nignore = [\n", []string{"2: broken TOML: array is incomplete"},
			func(c *Config) bool { return c.Select == nil && len(c.Exclude) > 0 }},
		{"key twice", "select = []\nselect = []\n", []string{"2: broken TOML: key select is already defined"}, nil},
		{"fine", "select = [\"all\", \"ASY\"]\nignore = [\"s7491\"]\ntarget-version = \"py312\"\n", nil,
			func(c *Config) bool { return c.Target == diagnostics.Version{Major: 3, Minor: 12} }},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			write(t, filepath.Join(dir, "aiolens.toml"), test.toml)
			c, problems := (&Loader{Rules: known}).Load(dir)
			var got []string
			for _, p := range problems {
				if p.File != filepath.Join(dir, "aiolens.toml") {
					t.Errorf("file %s", p.File)
				}
				got = append(got, fmt.Sprintf("%d: %s", p.Line, p.Message))
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("got  %q\nwant %q", got, test.want)
			}
			if test.holds != nil && !test.holds(c) {
				t.Errorf("settings are %+v", c.Options)
			}
		})
	}
}

func TestProblemsInPyproject(t *testing.T) {
	dir := tree(t, `
-- pyproject.toml --
[project]
name = "x"

[tool.other]
selct = 1

[tool.aiolens]
selct = ["ALL"]

[tool.aiolens.severity]
AIO101 = "bad"
-- list/pyproject.toml --
[tool]
aiolens = ["x"]
-- broken/pyproject.toml --
[project
name = "somebody else's"
-- ours/pyproject.toml --
[tool.aiolens]
select = [
`)
	for _, test := range []struct{ dir, want string }{
		{"", `8: unknown key "selct"; did you mean "select"? | 11: severity.AIO101: want "error", "warning", "info" or "off", not "bad"`},
		{"list", "2: tool.aiolens: want a table, not a list"},
		{"broken", `8: unknown key "selct"; did you mean "select"? | 11: severity.AIO101: want "error", "warning", "info" or "off", not "bad"`},
		{"ours", "2: broken TOML: array is incomplete"},
	} {
		_, problems := (&Loader{Rules: known}).Load(filepath.Join(dir, test.dir))
		var got []string
		for _, p := range problems {
			got = append(got, fmt.Sprintf("%d: %s", p.Line, p.Message))
		}
		if got := strings.Join(got, " | "); got != test.want {
			t.Errorf("%q: got  %s\nwant %s", test.dir, got, test.want)
		}
	}
}

func TestNearestSettings(t *testing.T) {
	dir := tree(t, `
-- pyproject.toml --
[project]
requires-python = ">=3.9,<4"
[tool.aiolens]
select = ["outer"]
-- a/pyproject.toml --
[project]
requires-python = "~=3.12.1"
-- a/b/aiolens.toml --
select = ["toml"]
-- a/b/pyproject.toml --
[tool.aiolens]
select = ["pyproject"]
-- c/aiolens.toml --
target-version = "3.10"
-- c/d/pyproject.toml --
[project]
requires-python = ">=3.13"
-- e/pyproject.toml --
[tool.black]
`)
	l := &Loader{}
	for _, test := range []struct{ path, selected, target, from string }{
		{".", "[outer]", "3.9", "pyproject.toml:2 (requires-python)"},
		{"a", "[outer]", "3.12", "a/pyproject.toml:2 (requires-python)"},
		{"a/b/not/there.py", "[toml]", "3.12", "a/pyproject.toml:2 (requires-python)"},
		{"c", "[]", "3.10", "c/aiolens.toml:1"},
		{"c/d/x.py", "[]", "3.10", "c/aiolens.toml:1"},
		{"e/x.py", "[outer]", "3.9", "pyproject.toml:2 (requires-python)"},
	} {
		c, problems := l.Load(filepath.Join(dir, test.path))
		if got := fmt.Sprint(c.Select); got != test.selected || len(problems) > 0 {
			t.Errorf("%s: select %s, want %s; problems %v", test.path, got, test.selected, problems)
		}
		if got := c.Settings("x.py").Target.String(); got != test.target {
			t.Errorf("%s: target %s, want %s", test.path, got, test.target)
		}
		if got := c.From["target-version"]; got != filepath.Join(dir, test.from) {
			t.Errorf("%s: target from %s", test.path, got)
		}
	}
	if a, b := l.load(filepath.Join(dir, "e")), l.load(dir); a != b {
		t.Error("the same settings are not shared")
	}
}

func TestOneFileForAll(t *testing.T) {
	dir := tree(t, `
-- pyproject.toml --
[project]
requires-python = ">=3.9"
[tool.aiolens]
select = ["outer"]
-- etc/ci.toml --
select = ["ci"]
-- none/pyproject.toml --
[project]
`)
	c, problems := (&Loader{File: filepath.Join(dir, "etc/ci.toml")}).Load(dir)
	if fmt.Sprint(c.Select, c.Target, problems) != "[ci] 3.9 []" || c.Dir != filepath.Join(dir, "etc") {
		t.Errorf("%+v %v", c, problems)
	}
	c, problems = (&Loader{Isolated: true}).Load(dir)
	if fmt.Sprint(c.Select, c.Target, problems) != "[]  []" {
		t.Errorf("isolated: %+v %v", c, problems)
	}
	for file, want := range map[string]string{"none/pyproject.toml": "has no table [tool.aiolens]", "gone.toml": "no such file or directory"} {
		file = filepath.Join(dir, file)
		if _, problems = (&Loader{File: file}).Load(dir); fmt.Sprint(problems) != "["+file+": "+want+"]" {
			t.Error(problems)
		}
	}
}

func TestOverride(t *testing.T) {
	dir := tree(t, `
-- aiolens.toml --
ignore = ["AIO101"]
-- a/pyproject.toml --
[project]
requires-python = ">=3.9"
`)
	l := &Loader{Override: func(c *Config) {
		c.Merge(Options{Ignore: append(slices.Clone(c.Ignore), "X"), Select: []string{}}, "command line")
	}}
	for range 2 {
		c, _ := l.Load(filepath.Join(dir, "a"))
		if s := c.Settings("x.py"); fmt.Sprint(s.Ignore) != "[AIO101 X]" || s.Select == nil {
			t.Errorf("%+v", s)
		}
		if c.From["ignore"] != "command line" || c.From["exclude"] != "" {
			t.Error(c.From)
		}
	}
}

func TestDecodeJSON(t *testing.T) {
	o, problems := Decode(map[string]any{"select": []any{"AIO101"}, "ignore": nil, "target-version": "3.12", "overlapping": "auto"}, known)
	if !slices.Equal(o.Select, []string{"AIO101"}) || o.Ignore != nil || o.Target.String() != "3.12" {
		t.Errorf("%+v", o)
	}
	if len(problems) != 1 || !strings.HasPrefix(problems[0].String(), `unknown key "overlapping"; `) {
		t.Error(problems)
	}
}

func TestPerFileIgnores(t *testing.T) {
	dir := tree(t, `
-- aiolens.toml --
ignore = ["ALWAYS"]
[per-file-ignores]
"test_*.py" = ["NAME"]
"tests/" = ["FOLDER"]
"src/**/migrations/*.py" = ["DEEP"]
"./setup.py" = ["ROOT"]
"{a,b}/*.py" = ["EITHER"]
`)
	c, problems := (&Loader{}).Load(dir)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for file, want := range map[string]string{
		"x.py": "", "a/b/test_x.py": " NAME", "tests/x.py": " FOLDER", "tests/a/test_b.py": " NAME FOLDER", "a/tests/x.py": "",
		"src/migrations/1.py": " DEEP", "src/a/b/migrations/1.py": " DEEP", "setup.py": " ROOT", "sub/setup.py": "", "b/x.py": " EITHER",
	} {
		if got := strings.Join(c.Settings(filepath.Join(dir, file)).Ignore, " "); got != "ALWAYS"+want {
			t.Errorf("%s: got %q, want %q", file, got, "ALWAYS"+want)
		}
	}
}

func TestOldest(t *testing.T) {
	for specifier, want := range map[string]string{
		">=3.9": "3.9", ">=3.8.1,<4": "3.8", "<4,>=3.10": "3.10", "~=3.11": "3.11", "==3.12.*": "3.12", ">3.7": "3.7",
		">=3": "3.0", "<3.13": "", "": "", "!=3.9.0, >= 3.9": "3.9", "three": "",
	} {
		if got := oldest(specifier).String(); got != want {
			t.Errorf("%q: %q, want %q", specifier, got, want)
		}
	}
}

func TestNearest(t *testing.T) {
	names := []string{"select", "ignore", "extend-select"}
	for name, want := range map[string]string{"selcet": "select", "Ignores": "ignore", "extend_select": "extend-select", "zzz": "", "": ""} {
		if got := Nearest(name, names); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}
