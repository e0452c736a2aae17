package main

import (
	"bytes"
	"strings"
	"testing"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
)

func TestExcerpt(t *testing.T) {
	long := strings.Repeat("é", 200)
	tests := []struct{ name, src, marked, want string }{
		{"tabs", "\tif x:\n\t\tf(\t1)", "f(\t1)", `
  |
1 |     if x:
2 |         f(    1)
  |         ^^^^^^^^
  |
`},
		{"wide", "日本 = '🎉' + f()", "f()", `
  |
1 | 日本 = '🎉' + f()
  |               ^^^
  |
`},
		{"combining", "e\u0301 = f()", "f()", "\n  |\n1 | e\u0301 = f()\n  |     ^^^\n  |\n"},
		{"control characters", "x = '\x1b[31m\u202e'; f()", "f()", `
  |
1 | x = '�[31m�'; f()
  |               ^^^
  |
`},
		{"carriage returns", "a\r\nf()\r\nb\rc\r\n", "f()", `
  |
1 | a
2 | f()
  | ^^^
3 | b
4 | c
  |
`},
		{"blank lines around", "\n\nf()\n\n\ng", "f()", `
  |
3 | f()
  | ^^^
  |
`},
		{"at the end", "x\n", "", `
  |
1 | x
2 |
  | ^
  |
`},
		{"too long", "x = '" + long + "' + f() # " + long, "f()", `
  |
1 | …` + strings.Repeat("é", 38) + `' + f() # ` + strings.Repeat("é", 78) + `…
  | ` + strings.Repeat(" ", 43) + `^^^
  |
`},
		{"much marked", "f(" + long + ")", "f(" + long + ")", `
  |
1 | f(` + strings.Repeat("é", 79) + `…
  | ` + strings.Repeat("^", 82) + `
  |
`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			start := strings.Index(test.src, test.marked)
			if test.marked == "" {
				start = len(test.src)
			}
			f := diagnostics.Finding{Rule: sleep, Span: python.Span{Start: start, End: start + len(test.marked)}}
			var b bytes.Buffer
			excerpt(&b, &page{path: "f.py", file: python.NewFile("f.py", python.NewText(test.src)), findings: []diagnostics.Finding{f}}, &f)
			if got := "\n" + b.String(); got != test.want {
				t.Errorf("got%swant%s", got, test.want)
			}
		})
	}
}
