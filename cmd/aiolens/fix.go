package main

import (
	"slices"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
)

// rounds is how often a file is fixed at most: fixes may uncover others, and might undo each other.
const rounds = 10

// fixAll applies fixes until none is left that applies. It returns the fixed file, what is still found in it and how
// many fixes were applied.
func fixAll(file *python.File, findings []diagnostics.Finding, check func(*python.File) []diagnostics.Finding, unsafe bool) (*python.File, []diagnostics.Finding, int) {
	fixed := 0
	for range rounds {
		better, n := fixOnce(file, applicable(findings, unsafe))
		if n == 0 {
			break
		}
		file, fixed = better, fixed+n
		findings = check(file)
	}
	return file, findings, fixed
}

// fixOnce applies the fixes, but for those that clash with others or after which the file parses worse.
func fixOnce(file *python.File, fixes []diagnostics.Fix) (*python.File, int) {
	better, n := file, 0
	var good []diagnostics.Fix
	var try func(more []diagnostics.Fix)
	try = func(more []diagnostics.Fix) {
		next, m := apply(file, slices.Concat(good, more))
		switch half := len(more) / 2; {
		case m <= n:
		case !worse(file, next):
			better, n, good = next, m, append(good, more...)
		case half > 0:
			try(more[:half])
			try(more[half:])
		}
	}
	try(fixes)
	return better, n
}

func apply(file *python.File, fixes []diagnostics.Fix) (*python.File, int) {
	text, n := diagnostics.Apply(file.Text().String(), fixes)
	if n == 0 || text == file.Text().String() {
		return file, 0
	}
	return python.NewFile(file.Path, python.NewText(text)), n
}

// worse says whether a fix broke a file.
func worse(before, after *python.File) bool { return after.Broken() && !before.Broken() }

// applicable are the preferred fixes of the findings among those that may be applied.
func applicable(findings []diagnostics.Finding, unsafe bool) []diagnostics.Fix {
	var fixes []diagnostics.Fix
	for i := range findings {
		if fix := preferred(&findings[i], unsafe); fix != nil {
			fixes = append(fixes, *fix)
		}
	}
	return fixes
}

// preferred is the first fix of a finding that may be applied; nil when there is none.
func preferred(f *diagnostics.Finding, unsafe bool) *diagnostics.Fix {
	for i := range f.Fixes {
		if f.Fixes[i].Safe || unsafe {
			return &f.Fixes[i]
		}
	}
	return nil
}

// offered is the fix to show of a finding that has some: the one that would be applied, or the first.
func offered(f *diagnostics.Finding, unsafe bool) *diagnostics.Fix {
	if fix := preferred(f, unsafe); fix != nil {
		return fix
	}
	return &f.Fixes[0]
}
