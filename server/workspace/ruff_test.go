package workspace

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"aiolens/diagnostics"
)

func TestRuff(t *testing.T) {
	rules := []*diagnostics.Rule{
		{Code: "ASYNC251", Name: "blocking-sleep"}, {Code: "ASYNC240", Name: "blocking-path"}, {Code: "ASYNC119", Name: "yield-here"},
		{Code: "ASYNC300", Name: "no-reference", Aliases: []string{"RUF006"}}, {Code: "AIO207", Name: "blocking-chain"},
	}
	for name, c := range map[string]struct{ files, overlap, want string }{
		"no ruff":             {"-- app.py --\n", OverlapAuto, ""},
		"its defaults":        {"-- app.py --\n", OverlapQuiet, "ASYNC251"},
		"configured":          {"-- ruff.toml --\nline-length = 100\n", OverlapAuto, "ASYNC251"},
		"reported all":        {"-- ruff.toml --\nline-length = 100\n", OverlapReport, ""},
		"hidden file":         {"-- .ruff.toml --\n[lint]\nselect = ['ASYNC']\n-- ruff.toml --\n[lint]\nselect = []\n", OverlapAuto, "ASYNC240 ASYNC251"},
		"in pyproject":        {"-- pyproject.toml --\n[tool.ruff.lint]\nextend-select = ['ASYNC240', 'RUF']\n", OverlapAuto, "ASYNC240 ASYNC251 ASYNC300"},
		"older place":         {"-- pyproject.toml --\n[tool.ruff]\nselect = ['RUF006']\n", OverlapAuto, "ASYNC300"},
		"ignored":             {"-- ruff.toml --\n[lint]\nignore = ['ASYNC251']\n", OverlapAuto, ""},
		"ignored less":        {"-- ruff.toml --\n[lint]\nselect = ['ALL', 'ASYNC251']\nignore = ['ASYNC']\n", OverlapAuto, "ASYNC251 ASYNC300"},
		"preview":             {"-- ruff.toml --\n[lint]\npreview = true\nselect = ['ASYNC1']\n", OverlapAuto, "ASYNC119"},
		"no preview":          {"-- ruff.toml --\n[lint]\nselect = ['ASYNC1']\n", OverlapAuto, ""},
		"per file":            {"-- ruff.toml --\n[lint.per-file-ignores]\n'src/*' = ['ASYNC2']\n", OverlapAuto, ""},
		"per other file":      {"-- ruff.toml --\n[lint.per-file-ignores]\n'test_*.py' = ['ASYNC2']\n", OverlapAuto, "ASYNC251"},
		"but some files":      {"-- ruff.toml --\n[lint.per-file-ignores]\n'!lib/*' = ['ASYNC2']\n", OverlapAuto, ""},
		"nearest":             {"-- ruff.toml --\n[lint]\nselect = ['ALL']\n-- src/ruff.toml --\n[lint]\nselect = ['RUF']\n", OverlapAuto, "ASYNC300"},
		"extends":             {"-- base.toml --\n[lint]\nselect = ['ASYNC']\n-- ruff.toml --\nextend = 'base.toml'\n[lint]\nignore = ['ASYNC240']\n", OverlapAuto, "ASYNC251"},
		"extends itself":      {"-- ruff.toml --\nextend = 'ruff.toml'\n[lint]\nselect = ['ASYNC251']\n", OverlapAuto, "ASYNC251"},
		"a dependency":        {"-- pyproject.toml --\n[dependency-groups]\ndev = ['mypy', 'ruff>=0.1']\n", OverlapAuto, "ASYNC251"},
		"of poetry":           {"-- pyproject.toml --\n[tool.poetry.group.dev.dependencies]\nruff = '*'\n", OverlapAuto, "ASYNC251"},
		"another dependency":  {"-- pyproject.toml --\n[project]\ndependencies = ['ruffus', 'ruff-lsp']\n", OverlapAuto, ""},
		"an old hook":         {"-- .pre-commit-config.yaml --\nrepos:\n- repo: https://github.com/astral-sh/ruff-pre-commit\n  rev: v0.9.1\n", OverlapAuto, ""},
		"a hook":              {"-- .pre-commit-config.yaml --\nrepos:\n- repo: https://github.com/astral-sh/ruff-pre-commit\n  # newest\n  rev: 'v0.16.2'\n", OverlapAuto, "ASYNC251"},
		"an old lock":         {"-- uv.lock --\n[[package]]\nname = \"ruff\"\nversion = \"0.15.9\"\n-- ruff.toml --\n", OverlapAuto, ""},
		"an old requirement":  {"-- ruff.toml --\nrequired-version = '>=0.12'\n", OverlapAuto, ""},
		"broken":              {"-- ruff.toml --\n[lint\n", OverlapAuto, ""},
		"of the wrong types":  {"-- ruff.toml --\nextend = 3\nlint = {select = 'ALL', ignore = 3, per-file-ignores = []}\n", OverlapAuto, ""},
		"nothing to do there": {"-- pyproject.toml --\n[project]\nname = 'x'\n", OverlapAuto, ""},
	} {
		t.Run(name, func(t *testing.T) {
			dir := tree(t, c.files)
			var got []string
			for r := range (&Loader{Rules: rules}).Ruff(filepath.Join(dir, "src", "app.py"), c.overlap) {
				got = append(got, r.Code)
			}
			slices.Sort(got)
			if strings.Join(got, " ") != c.want {
				t.Errorf("%v, want %s", got, c.want)
			}
		})
	}
}
