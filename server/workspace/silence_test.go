package workspace

import (
	"os"
	"path/filepath"
	"testing"
)

func TestSilence(t *testing.T) {
	for name, c := range map[string]struct{ files, file, want string }{
		"nothing":        {"-- app.py --\n", "aiolens.toml", "ignore = [\"AIO101\"]\n"},
		"own file":       {"-- aiolens.toml --\nselect = ['ALL']\n", "aiolens.toml", "ignore = [\"AIO101\"]\nselect = ['ALL']\n"},
		"a list":         {"-- aiolens.toml --\nignore = ['AIO102'] # x\n", "aiolens.toml", "ignore = ['AIO102', \"AIO101\"] # x\n"},
		"an empty list":  {"-- aiolens.toml --\nignore = [  ]\n", "aiolens.toml", "ignore = [\"AIO101\"  ]\n"},
		"a tall list":    {"-- aiolens.toml --\nignore = [\n  'AIO102', # , ]\n  'a]', # y\n]\n", "aiolens.toml", "ignore = [\n  'AIO102', # , ]\n  'a]',\n  \"AIO101\", # y\n]\n"},
		"of the project": {"-- pyproject.toml --\n[tool.other]\nignore = []\n\n[tool.aiolens]  # ours\nselect = ['ALL']\n", "pyproject.toml", "[tool.other]\nignore = []\n\n[tool.aiolens]  # ours\nignore = [\"AIO101\"]\nselect = ['ALL']\n"},
		"not yet":        {"-- pyproject.toml --\n[project]\nname = 'x'\n", "pyproject.toml", "[project]\nname = 'x'\n\n[tool.aiolens]\nignore = [\"AIO101\"]\n"},
		"dotted":         {"-- pyproject.toml --\n[tool]\naiolens.ignore = ['AIO102']\n", "pyproject.toml", "[tool]\naiolens.ignore = ['AIO102', \"AIO101\"]\n"},
		"odd":            {"-- pyproject.toml --\ntool = {aiolens = {select = ['ALL']}}\n", "pyproject.toml", ""},
		"broken":         {"-- pyproject.toml --\n[tool\n", "pyproject.toml", ""},
	} {
		t.Run(name, func(t *testing.T) {
			dir := tree(t, c.files)
			s, ok := (&Loader{}).Silence(filepath.Join(dir, "src", "app.py"), dir, "AIO101")
			if !ok {
				if c.want != "" {
					t.Error("not offered")
				}
				return
			}
			if s.File != filepath.Join(dir, c.file) {
				t.Errorf("in %s", s.File)
			}
			if data, _ := os.ReadFile(s.File); string(data) != s.Text {
				t.Error("another text")
			}
			if got := s.Text[:s.Edit.Span.Start] + s.Edit.New + s.Text[s.Edit.Span.End:]; got != c.want {
				t.Errorf("%s\nwant %s", got, c.want)
			}
		})
	}
}
