package workspace

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
)

// ignores are the patterns of one .gitignore, and those of the files around it. nil ignores nothing.
//
// The matching is ours because the matchers of go-git and sabhiram/go-gitignore disagree with git on negated
// classes, on "**" and on what a re-included folder holds (go-git issues 2006, 2112, 2317); the tests compare this
// one with git itself. Not read: core.excludesFile, which would make the outcome depend on the machine.
type ignores struct {
	outer    *ignores
	base     string // absolute; the folder that the patterns are relative to; "" when none of them needs one
	patterns []pattern
}

// pattern is a line of a .gitignore. Source: git-scm.com/docs/gitignore, pattern format.
type pattern struct {
	glob    string // for doublestar
	literal bool   // the glob matches itself alone
	negated bool   // what matches is not ignored
	folder  bool   // matches folders only
	name    bool   // matches the name, whatever folder it is in
}

// parsePatterns reads the lines of a .gitignore; those that say nothing are left out.
func parsePatterns(lines []string) []pattern {
	patterns := make([]pattern, 0, len(lines))
	for _, line := range lines {
		if p, ok := parsePattern(line); ok {
			patterns = append(patterns, p)
		}
	}
	return patterns
}

func parsePattern(line string) (p pattern, ok bool) {
	line = strings.TrimSuffix(line, "\r")
	for strings.HasSuffix(line, " ") && !strings.HasSuffix(line, `\ `) {
		line = line[:len(line)-1]
	}
	if line == "" || line[0] == '#' {
		return p, false
	}
	line, p.negated = strings.CutPrefix(line, "!")
	line, p.folder = strings.CutSuffix(line, "/")
	p.name = !strings.Contains(line, "/")
	line = strings.TrimPrefix(line, "/")
	if line == "" {
		return p, false
	}
	if strings.HasSuffix(line, "/**") {
		line += "/*" // all in the folder, not the folder itself, which doublestar would take as well
	}
	p.literal = !strings.ContainsAny(line, `*?[\`)
	if !p.literal {
		line = strings.NewReplacer(`\{`, `\{`, `\}`, `\}`, `{`, `\{`, `}`, `\}`).Replace(line) // git knows no alternatives
	}
	p.glob = line
	return p, true
}

// matches says whether the pattern means what has this slashed path from the base, and this name.
func (p *pattern) matches(rel, name string, folder bool) bool {
	switch {
	case p.folder && !folder:
		return false
	case p.name:
		rel = name
	}
	if p.literal {
		return p.glob == rel
	}
	return doublestar.MatchUnvalidated(p.glob, rel)
}

// ignored says whether the patterns ignore what has this absolute path and name, given that its folder is not ignored.
func (g *ignores) ignored(abs, name string, folder bool) bool {
	for ; g != nil; g = g.outer {
		rel := filepath.ToSlash(strings.TrimPrefix(abs[len(g.base):], string(filepath.Separator)))
		for _, p := range slices.Backward(g.patterns) {
			if p.matches(rel, name, folder) {
				return !p.negated
			}
		}
	}
	return false
}

// read adds the patterns of a file, which apply below base; none when it cannot be read.
func (g *ignores) read(file, base string) *ignores {
	data, err := readFile(file)
	if err != nil {
		return g
	}
	patterns := parsePatterns(strings.Split(strings.TrimPrefix(string(data), "\uFEFF"), "\n"))
	if len(patterns) == 0 {
		return g
	}
	return &ignores{g, base, patterns}
}

// repository are the patterns that hold in all of a repository of git, whose working tree is the folder.
func repository(root string) *ignores {
	var none *ignores
	git := filepath.Join(root, ".git")
	if data, err := readFile(git); err == nil { // a linked working tree or a submodule
		dir, _ := strings.CutPrefix(strings.TrimSpace(string(data)), "gitdir: ")
		git = from(root, dir)
		if data, err := readFile(filepath.Join(git, "commondir")); err == nil {
			git = from(git, strings.TrimSpace(string(data)))
		}
	}
	return none.read(filepath.Join(git, "info", "exclude"), root)
}

// from is a path that may be relative to a folder.
func from(folder, path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(folder, path)
}

// around are the patterns that hold in a folder because of its repository and the folders between. They are not to be
// consulted when git ignores all that the folder holds: who names such a folder wants it checked.
func around(dir string) (g *ignores, consult bool) {
	root := dir
	for !exists(filepath.Join(root, ".git")) {
		up := filepath.Dir(root)
		if up == root {
			root = dir
			break
		}
		root = up
	}
	g = repository(root)
	for at := root; at != dir; {
		g = g.read(filepath.Join(at, ".gitignore"), at)
		name, _, _ := strings.Cut(strings.TrimPrefix(dir[len(at):], string(filepath.Separator)), string(filepath.Separator))
		at = filepath.Join(at, name)
		if g.ignored(at, name, true) {
			return nil, false
		}
	}
	probe := filepath.Join(dir, "__init__.py")
	if dir != root && g.read(filepath.Join(dir, ".gitignore"), dir).ignored(probe, "__init__.py", false) {
		return nil, false
	}
	return g, true
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}
