package diagnostics

import (
	"slices"
	"strings"

	"aiolens/diagnostics/python"
)

// A Checker runs the selected rules. It is immutable and safe for concurrent use.
type Checker struct {
	settings Settings
	on       [1 << 10][]selected // by node kind
	rules    []selected
}

// selected is a rule that runs.
type selected struct {
	*Rule
	severity Severity
	hints    bool // findings that are only worth knowing are wanted
}

// NewChecker selects the rules that the settings ask for. Selectors that mean no rule are returned; the rest holds.
func NewChecker(rules []*Rule, settings Settings) (*Checker, []string) {
	c := &Checker{settings: settings}
	for _, r := range rules {
		severity, ok := settings.severity(r)
		if !ok || severity == Off {
			continue
		}
		s := selected{r, severity, settings.Hints || severity == Info || best(r, settings.Select) >= 0 || best(r, settings.ExtendSelect) >= 0}
		c.rules = append(c.rules, s)
		for _, k := range r.On {
			c.on[k] = append(c.on[k], s)
		}
	}
	var unknown []string
	for _, list := range [][]string{settings.Select, settings.ExtendSelect, settings.Ignore} {
		for _, sel := range list {
			if !slices.ContainsFunc(rules, func(r *Rule) bool { return r.Matches(sel) }) {
				unknown = append(unknown, sel)
			}
		}
	}
	return c, unknown
}

// Rules calls yield for each rule that runs and its severity.
func (c *Checker) Rules(yield func(*Rule, Severity) bool) {
	for _, s := range c.rules {
		if !yield(s.Rule, s.severity) {
			return
		}
	}
}

// specificity says how exactly a selector means a rule; -1 when it does not. An exact code or name is the most exact.
func specificity(r *Rule, selector string) int {
	switch {
	case !r.Matches(selector):
		return -1
	case strings.EqualFold(selector, "ALL"):
		return 0
	case strings.EqualFold(selector, r.Code), strings.EqualFold(selector, r.Name), r.hasAlias(selector):
		return 100
	case strings.EqualFold(selector, r.Family):
		return 50
	}
	return len(selector)
}

func best(r *Rule, selectors []string) int {
	n := -1
	for _, s := range selectors {
		n = max(n, specificity(r, s))
	}
	return n
}

// names says whether a selector means a rule in particular: by its code, its name or an alias, or by the beginning of its
// code with a digit at least ("ASYNC9").
func names(r *Rule, selector string) bool {
	n := specificity(r, selector)
	return n == 100 || n > 0 && n != 50 && strings.ContainsAny(selector, "0123456789")
}

// severity is the severity with which a rule runs; ok is false when it does not run.
func (s *Settings) severity(r *Rule) (Severity, bool) {
	chosen := max(best(r, s.Select), best(r, s.ExtendSelect))
	named := func(selector string) bool { return names(r, selector) }
	if chosen < 0 && (s.Select != nil || r.Severity == Off || r.Severity == Info && !s.Hints) ||
		r.Optional && !slices.ContainsFunc(s.Select, named) && !slices.ContainsFunc(s.ExtendSelect, named) {
		return Off, false
	}
	if ignored := best(r, s.Ignore); ignored >= 0 && ignored >= chosen {
		return Off, false
	}
	severity, n := r.Severity, -1
	if severity == Off {
		severity = Info
	}
	for sel, to := range s.Severity {
		if k := specificity(r, sel); k > n {
			n, severity = k, to
		}
	}
	return severity, true
}

// Memo keeps the findings of the blocks of a file from one check to the next. It belongs to one open document and
// is not safe for concurrent use. The zero value is ready, and finds no modules but those of the tables.
type Memo struct {
	Files Files

	checker *Checker
	env     *env
	blocks  []checked
	checks  int // how many bytes of blocks were checked in env
}

// Forget drops what was worked out with the help of other files: one of them has changed.
func (m *Memo) Forget() { *m = Memo{Files: m.Files} }

// Uses says whether something was worked out with the help of the file at a path, other than the one that was checked.
func (m *Memo) Uses(path string) bool {
	if m.env == nil {
		return false
	}
	for file := range m.env.envs {
		if file.Path == path && file != m.env.file {
			return true
		}
	}
	return false
}

// Differs says whether other files may find something else in a file than in an older version of it.
func Differs(old, now *python.File) bool {
	gone, fresh := differing(blocksOf(old), now)
	return shows(gone) != shows(fresh)
}

func blocksOf(file *python.File) []*python.Block {
	blocks := make([]*python.Block, 0, file.Len())
	for b := range file.Blocks {
		blocks = append(blocks, b)
	}
	return blocks
}

func known(blocks []checked) []*python.Block {
	known := make([]*python.Block, len(blocks))
	for i := range blocks {
		known[i] = blocks[i].block
	}
	return known
}

// checked is what one block was found to hold.
type checked struct {
	block    *python.Block
	findings []raw
	comments []comment
	stale    bool     // something that it depends on looks different now
	asked    []*reach // the questions whose askers the block is among
	sought   []string // the words that were looked for in the whole file, see Occurrences
}

// Check returns the findings of a file in order of their spans, without those that a comment suppresses.
func (c *Checker) Check(file *python.File, memo *Memo) []Finding {
	if !concerns(file, memo.Files) {
		return nil
	}
	gone, fresh := differing(known(memo.blocks), file)
	recheckSeekers(memo.blocks, gone, fresh)
	if memo.env == nil || memo.checker != c {
		*memo = Memo{Files: memo.Files, checker: c, env: NewView(memo.Files).own(file)}
	} else if shows(gone) == shows(fresh) {
	} else if sameOutside(gone, fresh) {
		memo.env.move(memo.blocks, gone, fresh)
	} else {
		was, answers := memo.env.before(gone), memo.env.answers(memo.blocks)
		e := memo.env.renew(memo.env.file, file)
		e.answered = answers
		if e.same(memo.env) {
			e.adopt(memo.env)
			was.forget(memo.blocks, fresh, e, &c.settings)
		} else {
			memo.blocks = nil
		}
		memo.env, memo.checks = e, 0
	}
	if memo.checks > 2*file.Text().Len()+256<<10 {
		// What was worked out for blocks that are gone is of no use any more.
		answers := memo.env.answers(memo.blocks)
		e := memo.env.renew(memo.env.file, file)
		e.adopt(memo.env)
		e.answered = answers
		memo.env, memo.checks = e, 0
	}
	recheckWitnessed(memo.blocks)
	memo.blocks = c.blocks(memo.env, file, memo.blocks, &memo.checks)
	return c.findings(file, memo.blocks)
}

// CheckIn returns the same as [Checker.Check], with what the view holds already. What is worked out about the file
// itself is forgotten: who imports it has another [python.File] of it, of which only what is asked for is parsed.
func (c *Checker) CheckIn(v *View, file *python.File) []Finding {
	if !concerns(file, v.files) {
		return nil
	}
	var checks int
	defer v.release(file)
	return c.findings(file, c.blocks(v.env(file), file, nil, &checks))
}

// findings places the findings of the blocks of a file.
func (c *Checker) findings(file *python.File, blocks []checked) []Finding {
	var findings []Finding
	var starts map[*python.Block]int
	var off []comment // comments that count for the whole file
	i := 0
	for _, start := range file.Blocks {
		got := &blocks[i]
		i++
		for _, m := range got.comments {
			if m.file {
				off = append(off, m)
			}
		}
		for k := range got.findings {
			r := &got.findings[k]
			if suppressed(got.comments, r) {
				continue
			}
			f := Finding{Rule: r.rule.Rule, Severity: r.severity, Span: r.span.Shift(start), Message: r.message, Also: r.also}
			for _, rel := range r.related {
				if rel.file != file && rel.file != nil && rel.file.Path != file.Path {
					at, _ := rel.file.Start(rel.block)
					f.Related = append(f.Related, Related{File: rel.file, Span: rel.span.Shift(at), Message: rel.message})
					continue
				}
				if starts == nil {
					starts = map[*python.Block]int{}
					for b, start := range file.Blocks {
						starts[b] = start
					}
				}
				at, ok := starts[rel.block]
				if !ok && rel.file != nil { // as those that it imports know it
					at, _ = rel.file.Start(rel.block)
				}
				f.Related = append(f.Related, Related{Span: rel.span.Shift(at), Message: rel.message})
			}
			for _, fix := range r.fixes {
				if fix, ok := place(file, fix, start); ok {
					f.Fixes = append(f.Fixes, fix)
				}
			}
			findings = append(findings, f)
		}
	}
	if len(off) > 0 {
		findings = slices.DeleteFunc(findings, func(f Finding) bool {
			return slices.ContainsFunc(off, func(m comment) bool { return m.matches(f.Rule) })
		})
	}
	sortFindings(findings)
	return findings
}

// blocks checks the blocks of a file that are not among those checked before. Almost all stand before or behind the
// change, in the same order.
func (c *Checker) blocks(e *env, file *python.File, before []checked, checks *int) []checked {
	n := file.Len()
	after := make([]checked, n)
	head, tail := common(known(before), file)
	copy(after, before[:head])
	copy(after[n-tail:], before[len(before)-tail:])
	for i := range after {
		if after[i].stale {
			after[i].retire()
			after[i] = c.block(e, file, after[i].block)
			*checks += len(after[i].block.Text())
		}
	}
	changed := before[head : len(before)-tail]
	gone := make(map[*python.Block]*checked, len(changed))
	for i := range changed {
		gone[changed[i].block] = &changed[i]
	}
	kept := make(map[*python.Block]bool, len(changed))
	for i := head; i < n-tail; i++ {
		b := file.Block(i)
		if k := gone[b]; k != nil && !k.stale {
			after[i] = *k
			kept[b] = true
		} else {
			after[i] = c.block(e, file, b)
			*checks += len(b.Text())
		}
	}
	for i := range changed {
		if k := &changed[i]; k.stale || !kept[k.block] {
			k.retire()
		}
	}
	return after
}

// retire takes a block from among those whose findings depend on something.
func (k *checked) retire() {
	for _, q := range k.asked {
		delete(q.askers, k.block)
	}
}

// block runs the rules over one block of a file.
func (c *Checker) block(e *env, file *python.File, b *python.Block) checked {
	got := checked{block: b, comments: comments(b)}
	if b.Bottomless() {
		return got
	}
	pass := Pass{env: e, Block: b, Settings: &c.settings, found: &got.findings, questions: &got.asked, file: file, sought: &got.sought}
	for n := range b.Root().Walk {
		for i := range c.on[n.Kind()] {
			s := &c.on[n.Kind()][i]
			pass.rule = s
			s.Check(&pass, n)
		}
	}
	type place struct {
		rule *selected
		span python.Span
	}
	seen := map[place]bool{} // one finding of a rule at a place is enough
	got.findings = slices.DeleteFunc(got.findings, func(r raw) bool {
		at := place{r.rule, r.span}
		again := seen[at]
		seen[at] = true
		return again || r.severity == Info && !r.rule.hints
	})
	return got
}

// place turns a fix of a block that starts at an offset into one of the file; ok is false when a block that it edits is gone.
func place(file *python.File, fix Fix, start int) (placed Fix, ok bool) {
	f := Fix{Title: fix.Title, Safe: fix.Safe}
	for _, m := range fix.Imports {
		f.Edits = append(f.Edits, Import(file, "import "+m))
	}
	for _, g := range fix.Globals {
		f.Edits = append(f.Edits, written(file, globalEdit(file, g)))
	}
	if fix.Rebased != nil {
		f.Edits = append(f.Edits, rebaseEdit(file, fix.Rebased)...)
	}
	for _, e := range fix.Edits {
		f.Edits = append(f.Edits, written(file, Edit{e.Span.Shift(start), e.New}))
	}
	for _, e := range fix.Elsewhere {
		at, ok := file.Start(e.Block)
		if !ok {
			return f, false
		}
		f.Edits = append(f.Edits, written(file, Edit{e.Span.Shift(at), e.New}))
	}
	slices.SortStableFunc(f.Edits, order)
	return f, true
}

// written is an edit with the line ends of the file: rules write "\n", and for them a line ends at the "\n".
func written(file *python.File, e Edit) Edit {
	switch newline := Newline(file.Text()); newline {
	case "\r":
		e.New = strings.ReplaceAll(e.New, "\n", newline)
	case "\r\n":
		src := file.Text().String()
		if end := e.Span.End; end > 0 && strings.HasPrefix(src[end-1:], newline) { // not between the two
			e.Span = python.Span{Start: min(e.Span.Start, end-1), End: end - 1}
		}
		if strings.HasPrefix(src[e.Span.End:], newline) {
			e.New = strings.TrimSuffix(e.New, "\r")
		}
		e.New = strings.ReplaceAll(strings.ReplaceAll(e.New, newline, "\n"), "\n", newline)
	}
	return e
}

// Newline is the line end of the first line of a text.
func Newline(text *python.Text) string {
	s, end := text.String(), text.Line(0).End
	switch {
	case end == len(s) || s[end] == '\n':
		return "\n"
	case end+1 < len(s) && s[end+1] == '\n':
		return "\r\n"
	}
	return "\r"
}

// globalEdit puts a statement in front of the first function or class of the file, which is the same place for
// every fix that needs it.
func globalEdit(file *python.File, stmt string) Edit {
	for b, start := range file.Blocks {
		first := b.Root().FirstNamed()
		if first.Is(python.FunctionDef, python.ClassDef, python.DecoratedDef) {
			at := start + first.Span().Start
			return Edit{python.Span{Start: at, End: at}, stmt + "\n\n\n"}
		}
	}
	return Edit{}
}

// rebaseEdit replaces the base of a class.
func rebaseEdit(file *python.File, r *Rebase) []Edit {
	for b, start := range file.Blocks {
		class := b.Root().FirstNamed()
		if class.Kind() == python.DecoratedDef {
			class = class.Child(python.FieldDefinition)
		}
		if class.Kind() != python.ClassDef || class.Child(python.FieldName).Text() != r.Class {
			continue
		}
		for base := range class.Child(python.FieldSuperclasses).Named {
			if base.Kind() != python.KeywordArgument {
				return []Edit{{base.Span().Shift(start), r.New}}
			}
		}
	}
	return nil
}

// Import adds an import statement before the first import of the file that is not from __future__, or behind the
// docstring and the comments at the top.
func Import(file *python.File, statement string) Edit {
	text := file.Text()
	newline := Newline(text)
	at, lead := 0, ""
	for b, start := range file.Blocks {
		stmt := b.Root().FirstNamed()
		place := start + stmt.Span().Start
		line := text.Line(text.LineAt(place)).Start
		switch {
		case stmt.Is(python.ImportStmt, python.ImportFrom) && !strings.HasPrefix(strings.TrimPrefix(stmt.Text(), "from "), "__future__"):
			return Edit{python.Span{Start: line, End: line}, statement + newline}
		case stmt.Kind() == python.FutureImport, stmt.Kind() == python.ExprStmt && stmt.FirstNamed().Kind() == python.String:
			end := text.LineAt(start + stmt.Span().End)
			at = len(text.String())
			if end+1 < text.Lines() {
				at = text.Line(end + 1).Start
			} else {
				lead = newline
			}
		case stmt.Valid():
			if at == 0 {
				at = line
			}
			return Edit{python.Span{Start: at, End: at}, lead + statement + newline}
		}
	}
	return Edit{python.Span{Start: at, End: at}, lead + statement + newline}
}

// NoqaLine is the zero-based line whose comment suppresses a finding, and where "ignore on this line" writes it: the
// line on which the finding starts, or, inside a string over several lines, the one on which the string ends.
func NoqaLine(file *python.File, f *Finding) int {
	b, start := file.At(f.Span.Start)
	if b != nil {
		for n := b.At(f.Span.Start - start); n.Valid(); n = n.Parent() {
			if n.Kind() == python.String {
				return file.Text().LineAt(start + n.Span().End)
			}
		}
	}
	return file.Text().LineAt(f.Span.Start)
}
