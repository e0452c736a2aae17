package diagnostics

import "aiolens/diagnostics/python"

// Pass is what a rule sees while it checks.
type Pass struct{}

// A Checker runs the selected rules. It is immutable and safe for concurrent use.
type Checker struct{}

// NewChecker selects the rules that the settings ask for. Selectors that mean no rule are returned; the rest holds.
func NewChecker(rules []*Rule, settings Settings) (*Checker, []string) { return &Checker{}, nil }

// Memo keeps the findings of the blocks of a file from one check to the next. It belongs to one open document and
// is not safe for concurrent use. The zero value is ready.
type Memo struct{}

// Check returns the findings of a file in order of their spans, without those that a comment suppresses. memo may be nil.
func (c *Checker) Check(file *python.File, memo *Memo) []Finding { return nil }

// NoqaLine is the zero-based line whose comment suppresses a finding, and where "ignore on this line" writes it.
func NoqaLine(file *python.File, f *Finding) int { return file.Text().LineAt(f.Span.Start) }

// Ignore is the edit that suppresses a finding by a comment at the end of its line.
func Ignore(file *python.File, f *Finding) Edit { return Edit{} }
