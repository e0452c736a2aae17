package workspace

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestPlain(t *testing.T) {
	for in, want := range map[string]string{
		"x = 5 % 3":                        "x = 5 % 3",
		"%matplotlib inline\nx":            "#matplotlib inline\nx",
		"  !pip install \\\n  foo\nx":      "  #pip install \\\n  #oo\nx",
		"?x\nx?\na.b??\nx = 'a?'":          "#x\n#?\n#.b??\nx = 'a?'",
		"files = !ls *.py":                 "files = ...#*.py",
		"t = %timeit f()":                  "t = ...#eit f()",
		"x = !l":                           "# = !l",
		"%%bash\nls | wc\n":                "#%bash\n#s | wc\n",
		"%%time\nawait f()":                "#%time\nawait f()",
		"\n%%html\n<b>é</b>\né":            "\n#%html\n#b>é</b>\n# ",
		"x = (a\n  % b)":                   "x = (a\n  % b)",
		"print('!')\nif x:\n    %time f()": "print('!')\nif x:\n    #time f()",
	} {
		got := Plain(in)
		if got != want {
			t.Errorf("%q is %q, want %q", in, got, want)
		}
		if len(got) != len(in) {
			t.Errorf("%q has another length", in)
		}
	}
}

const nb = `{
 "cells": [
  {"cell_type": "markdown", "source": ["# time"]},
  {
   "cell_type": "code",
   "metadata": {"x": [1,   2]},
   "source": [
    "%magic\n",
    "a = 1"
   ]
  },
  {"cell_type": "code", "source": "b = \"é<\"\n!ls\n"},
  {"source": [], "cell_type": "code"}
 ],
 "metadata": {"kernelspec": {"language": "python"}}, "nbformat": 4
}
`

func TestNotebookSource(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "x.ipynb")
	if err := os.WriteFile(path, []byte(nb), 0o644); err != nil {
		t.Fatal(err)
	}
	s, err := Read(path)
	if err != nil {
		t.Fatal(err)
	}
	if want := "# In[2]:\n#magic\na = 1\n# In[3]:\nb = \"é<\"\n#ls\n# In[4]:\n\n"; s.Text != want {
		t.Errorf("%q", s.Text)
	}
	for i, want := range []int{1, 4, 7} {
		if s.Cells[i].Line != want || s.Cells[i].Number != i+2 {
			t.Errorf("cell %d: %+v", i, s.Cells[i])
		}
	}
	if data, err := s.Encode(s.Text); err != nil || string(data) != nb {
		t.Errorf("%v: nothing has changed, and %s", err, data)
	}
	fixed := strings.NewReplacer("a = 1", "import c\na = 2", `b = "é<"`, `b = '"'`).Replace(s.Text)
	data, err := s.Encode(fixed)
	want := strings.NewReplacer(`"a = 1"`, "\"import c\\n\",\n    \"a = 2\"", `b = \"é<\"`, `b = '\"'`).Replace(nb)
	if err != nil || string(data) != want {
		t.Errorf("%v\n%s\nwant\n%s", err, data, want)
	}
	if _, err := s.Encode(strings.Replace(s.Text, "# In[3]:\n", "", 1)); err == nil {
		t.Error("two cells become one")
	}
	for _, other := range []string{`{"cells":[],"metadata":{"kernelspec":{"language":"R"}}}`, `{}`, `{"worksheets":[]}`} {
		if s, err := NewSource("x.ipynb", []byte(other)); err != nil || s.Text != "" {
			t.Errorf("%s: %q %v", other, s.Text, err)
		}
	}
	if _, err := NewSource("x.ipynb", []byte("{")); err == nil {
		t.Error("half a notebook is one")
	}
}
