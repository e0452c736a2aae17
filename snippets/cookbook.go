package snippets

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Cookbook is a page of all patterns, in Markdown, for those whose editor has no language server.
func Cookbook() string {
	var b strings.Builder
	b.WriteString("# Patterns of asynchronous Python\n\n" +
		"Made from the files in [patterns](patterns), which the language server completes and `aiolens snippet` prints: edit those, and run\n" +
		"`UPDATE=1 go test ./snippets`. All of them are compiled, run and checked by tests. Where a variant for an older Python\n" +
		"is missing, the code works with Python 3.9 and newer, unless it says something else.\n")
	group := ""
	for _, p := range All() {
		if p.Group != group {
			group = p.Group
			fmt.Fprintf(&b, "\n- %s: ", group)
		} else {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "[%s](#%s)", p.Name, p.Prefix())
	}
	b.WriteString("\n")
	group = ""
	for _, p := range All() {
		if p.Group != group {
			group = p.Group
			fmt.Fprintf(&b, "\n## %s\n", group)
		}
		fmt.Fprintf(&b, "\n### %s\n\n%s", p.Prefix(), p.Summary)
		if p.Since.Minor > 0 {
			fmt.Fprintf(&b, " Since Python %s.", p.Since)
		}
		b.WriteString("\n")
		if p.notes != "" {
			b.WriteString("\n" + p.notes + "\n")
		}
		several := false
		for i := range p.Variants {
			several = several || i > 0 && !p.Variants[i].Wraps
		}
		for i := range p.Variants {
			v := &p.Variants[i]
			if v.Wraps {
				continue
			}
			if several {
				fmt.Fprintf(&b, "\n%s:\n", v.Title())
			}
			fmt.Fprintf(&b, "\n```python\n%s\n```\n", v.Code())
		}
		if p.Use != "" {
			fmt.Fprintf(&b, "\nIn a coroutine:\n\n```python\n%s\n```\n", p.Use)
		}
	}
	return b.String()
}

// code is a snippet as VS Code reads it.
type code struct {
	Prefix      string   `json:"prefix"`
	Body        []string `json:"body"`
	Description string   `json:"description"`
}

// VSCode is a file of snippets for VS Code and other editors that read its format. Such snippets are offered everywhere and cannot add
// imports, so that the description names them. The others than those for asyncio and a new Python say so in their prefix.
func VSCode() []byte {
	all := map[string]code{}
	for _, p := range All() {
		for i := range p.Variants {
			v := &p.Variants[i]
			if v.Wraps {
				continue
			}
			c := code{Prefix: p.Prefix(), Body: strings.Split(string(v.Body), "\n"), Description: strings.ReplaceAll(p.Summary, "`", "")}
			if title := v.Title(); title != "asyncio" {
				c.Prefix += "-" + strings.NewReplacer("asyncio with ", "", "asyncio before ", "before-", " ", "-").Replace(title)
			}
			switch {
			case p.Group == groups[len(groups)-1]:
				c.Body = slices.Concat(grouped(v.Imports), []string{""}, c.Body)
			case len(v.Imports) > 0:
				c.Description += " Needs: " + strings.Join(v.Imports, "; ")
			}
			all[strings.TrimPrefix(c.Prefix, Prefix)] = c
		}
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	_ = enc.Encode(all) // strings can be encoded
	return b.Bytes()
}
