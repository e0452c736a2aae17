// Package diagnostics says what a rule is and runs many rules over a file in one walk. It does not know which rules
// exist, the language server protocol or the disk.
package diagnostics

import (
	"fmt"
	"strings"

	"aiolens/diagnostics/python"
)

// Severity says how sure and how bad a finding is.
type Severity uint8

const (
	Off     Severity = iota // not reported
	Error                   // fails or misbehaves whenever it is reached
	Warning                 // very likely a bug
	Info                    // worth knowing: a hint in the editor, off in check unless selected
)

var severities = [...]string{"off", "error", "warning", "info"}

// String is the name of the severity in settings and output: "error", "warning", "info" or "off".
func (s Severity) String() string { return severities[s] }

// ParseSeverity reads the name of a severity.
func ParseSeverity(s string) (Severity, bool) {
	for i, name := range severities {
		if name == s {
			return Severity(i), true
		}
	}
	return Off, false
}

// A Rule is a check with its documentation. Rules are values; the list of all of them is package rules.
type Rule struct {
	Code     string   // "ASYNC251", "AIO503": stable, never reused
	Name     string   // kebab case, names the mistake: "blocking-sleep". Rules that share a page share the name
	Family   string   // the package that holds it: "blocking"
	Aliases  []string // the codes and names of other tools that mean the same: "RUF006"
	Severity Severity
	Tag      Tag           // how editors may show what is reported
	Optional bool          // runs only where the settings select it by its code, its name or the beginning of its code; not even as a hint
	Doc      string        // the Markdown page, embedded; its first sentence is the summary
	On       []python.Kind // the node kinds Check is called for
	Check    func(*Pass, python.Node)
	// Explain says, in Markdown, what the rule knows about the name of a function where it is called or handed on, whether
	// it has anything against that or not; "" for nothing. It may be nil.
	Explain func(*Pass, python.Node) string
}

// Tag says something about the code that a rule reports which editors have a way to show.
type Tag uint8

// The tags.
const (
	NoTag       Tag = iota
	Deprecated      // shown struck through
	Unnecessary     // shown faded
)

// Summary is the first sentence of the page, without the heading.
func (r *Rule) Summary() string {
	for line := range strings.Lines(r.Doc) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if end := strings.Index(line, ". "); end >= 0 {
			line = line[:end+1]
		}
		return line
	}
	return ""
}

// Level is the severity as the lists of rules show it: "warning", or "warning, optional" where the rule must be selected.
func (r *Rule) Level() string {
	if r.Optional {
		return r.Severity.String() + ", optional"
	}
	return r.Severity.String()
}

// Title is the code and the name: "ASYNC251 blocking-sleep".
func (r *Rule) Title() string { return r.Code + " " + r.Name }

// Matches says whether a selector of the settings means the rule: its code or a prefix of it ("ASYNC2"), its
// name, its family, an alias, or "ALL". Case does not matter.
func (r *Rule) Matches(selector string) bool {
	if strings.EqualFold(selector, "ALL") || strings.EqualFold(selector, r.Name) || strings.EqualFold(selector, r.Family) {
		return true
	}
	if len(selector) >= 3 && len(selector) <= len(r.Code) && strings.EqualFold(r.Code[:len(selector)], selector) {
		return true
	}
	return r.hasAlias(selector)
}

func (r *Rule) hasAlias(s string) bool {
	for _, a := range r.Aliases {
		if strings.EqualFold(a, s) {
			return true
		}
	}
	return false
}

// A Finding is one place where a rule found something.
type Finding struct {
	Rule     *Rule
	Severity Severity
	Span     python.Span // bytes of the file's text
	Message  string
	Related  []Related
	Fixes    []Fix // the preferred one first

	// Also is the name of the same mistake in type checkers, where they are sure to report it at the same place; "" elsewhere.
	Also string
}

// Related is another place that explains a finding.
type Related struct {
	File    *python.File // nil for the file of the finding
	Span    python.Span
	Message string
}

// A Fix is a set of edits that belong together and do not overlap.
type Fix struct {
	Title string // imperative: "Await the coroutine"
	Safe  bool   // keeps the meaning that the author must have had; part of fix-all
	Edits []Edit // in order of their spans

	// Imports are the modules that the edits need. Rules name them; in a Finding their edits are among Edits.
	Imports []string
	// Globals are assignments of the module that the edits need, such as "pending = set()". As for imports, their
	// edits are among Edits in a Finding.
	Globals []string
	// Elsewhere are edits of other blocks of the file, which the rule has found there with [Pass.Occurrences]. As for
	// imports, they are among Edits in a Finding.
	Elsewhere []Elsewhere
	// Rebased is a class of the file that gets another base. As for imports, the edit is among Edits in a Finding.
	Rebased *Rebase
}

// Elsewhere is an edit of another block than the one that is checked; its span is relative to that block.
type Elsewhere struct {
	Block *python.Block
	Edit
}

// Rebase gives a class at the top of the file another base in place of its only one.
type Rebase struct{ Class, New string }

// An Edit replaces the bytes of Span by New.
type Edit struct {
	Span python.Span
	New  string
}

// Version is a version of Python; the zero value means unknown.
type Version struct{ Major, Minor int }

// ParseVersion reads "3.11" or "py311".
func ParseVersion(s string) (Version, bool) {
	var v Version
	if _, err := fmt.Sscanf(s, "py%1d%d", &v.Major, &v.Minor); err == nil && fmt.Sprintf("py%d%d", v.Major, v.Minor) == s {
		return v, true
	}
	if _, err := fmt.Sscanf(s, "%d.%d", &v.Major, &v.Minor); err == nil && fmt.Sprintf("%d.%d", v.Major, v.Minor) == s {
		return v, true
	}
	return Version{}, false
}

// String is "3.11"; "" when unknown.
func (v Version) String() string {
	if v == (Version{}) {
		return ""
	}
	return fmt.Sprintf("%d.%d", v.Major, v.Minor)
}

// AtLeast says whether the version is known and not below major.minor.
func (v Version) AtLeast(major, minor int) bool {
	return v.Major > major || v.Major == major && v.Minor >= minor
}

// Settings are what the user decides for a file.
type Settings struct {
	Select       []string            // selectors of the rules to run; nil means every rule that is on by default
	ExtendSelect []string            // selectors of rules to run as well
	Ignore       []string            // selectors of rules not to run
	Severity     map[string]Severity // by selector; the most specific wins
	Target       Version             // the oldest Python that the project supports

	BlockingCalls map[string]string // glob on a qualified name -> what to use instead ("" when nothing is known)
	OffloadCalls  []string          // globs on qualified names of calls that run their first callable argument off the loop
	Hints         bool              // Info rules run without being selected (in an editor)
}
