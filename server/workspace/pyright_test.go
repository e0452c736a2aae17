package workspace

import (
	"path/filepath"
	"testing"
)

func TestPyright(t *testing.T) {
	for name, c := range map[string]struct {
		files, overlap string
		want           bool
	}{
		"no pyright":          {"-- app.py --\n", OverlapAuto, false},
		"its defaults":        {"-- app.py --\n", OverlapQuiet, true},
		"open":                {"-- pyproject.toml --\n[tool.pyright]\ninclude = ['src']\n", OverlapAuto, false},
		"open, quiet":         {"-- pyproject.toml --\n[tool.pyright]\ninclude = ['src']\n", OverlapQuiet, true},
		"a mode":              {"-- pyproject.toml --\n[tool.pyright]\ntypeCheckingMode = 'standard'\n", OverlapAuto, true},
		"reported all":        {"-- pyproject.toml --\n[tool.pyright]\ntypeCheckingMode = 'standard'\n", OverlapReport, false},
		"off":                 {"-- pyproject.toml --\n[tool.pyright]\ntypeCheckingMode = 'off'\n", OverlapQuiet, false},
		"the rule":            {"-- pyproject.toml --\n[tool.pyright]\nreportUnusedCoroutine = true\n", OverlapAuto, true},
		"as a warning":        {"-- pyproject.toml --\n[tool.pyright]\nreportUnusedCoroutine = 'warning'\n", OverlapAuto, true},
		"not the rule":        {"-- pyproject.toml --\n[tool.pyright]\ntypeCheckingMode = 'strict'\nreportUnusedCoroutine = 'none'\n", OverlapQuiet, false},
		"basedpyright":        {"-- pyproject.toml --\n[tool.basedpyright]\n", OverlapAuto, true},
		"basedpyright, off":   {"-- pyproject.toml --\n[tool.basedpyright]\nreportUnusedCoroutine = false\n", OverlapAuto, false},
		"ignored files":       {"-- pyproject.toml --\n[tool.pyright]\ntypeCheckingMode = 'strict'\nignore = ['src']\n", OverlapQuiet, false},
		"its own file":        {"-- pyrightconfig.json --\n{\"typeCheckingMode\": \"basic\"}\n-- pyproject.toml --\n[tool.pyright]\ntypeCheckingMode = 'off'\n", OverlapAuto, true},
		"with comments":       {"-- pyrightconfig.json --\n{ // \"a\n\t/* b\n */ \"include\": [\"//src/*,]\",],\n\t\"typeCheckingMode\": \"basic\",\n}\n", OverlapAuto, true},
		"nearest":             {"-- pyrightconfig.json --\n{\"typeCheckingMode\": \"basic\"}\n-- src/pyrightconfig.json --\n{\"typeCheckingMode\": \"off\"}\n", OverlapAuto, false},
		"broken":              {"-- pyrightconfig.json --\n{\n-- pyproject.toml --\n[tool.pyright]\ntypeCheckingMode = 'basic'\n", OverlapAuto, true},
		"of the wrong types":  {"-- pyproject.toml --\n[tool]\npyright = {typeCheckingMode = 3, ignore = 3, reportUnusedCoroutine = []}\n", OverlapAuto, false},
		"nothing to do there": {"-- pyproject.toml --\n[tool]\npyright = 3\n", OverlapAuto, false},
	} {
		t.Run(name, func(t *testing.T) {
			dir := tree(t, c.files)
			if got := (&Loader{}).Pyright(filepath.Join(dir, "src", "app.py"), c.overlap); got != c.want {
				t.Errorf("%v, want %v", got, c.want)
			}
		})
	}
}
