package server

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"aiolens/server/workspace"
)

// preferences are what an editor says about itself, beside the settings of a project.
type preferences struct {
	enable     bool
	hover      bool
	snippets   bool
	inlayHints bool
	codeLens   bool
	pull       bool   // findings are asked for, where the editor can; only what initialize says counts
	encoding   string // of positions, where the editor offers it; "" leaves the choice to us; likewise
	first      string // see editorFirst
}

// Who wins when both the editor and a settings file say something.
const (
	editorFirst     = "editorFirst"
	filesystemFirst = "filesystemFirst"
	editorOnly      = "editorOnly"
)

func defaultPreferences() preferences {
	return preferences{enable: true, hover: true, snippets: true, first: editorFirst}
}

// theirs are keys that only the client's side of an editor heeds.
var theirs = []string{"path", "importStrategy", "trace", "logFile", "logLevel", "args", "showNotifications"}

// readPreferences reads what an editor says: its preferences, and in the rest the settings of a project with the keys of
// a settings file. Editors write keys in camel case, and those of a project under "lint".
func readPreferences(said map[string]any) (p preferences, rest map[string]any, problems []workspace.Problem) {
	p, rest = defaultPreferences(), map[string]any{}
	wrong := func(key, want string) {
		problems = append(problems, workspace.Problem{Message: fmt.Sprintf("%s: want %s", key, want)})
	}
	flag := func(key string, v any, to *bool) {
		if b, ok := v.(bool); ok {
			*to = b
		} else if v != nil {
			wrong(key, "true or false")
		}
	}
	// within reads {"enable": true} like true.
	within := func(key, inner string, v any, to *bool) {
		table, ok := v.(map[string]any)
		if !ok {
			flag(key, v, to)
			return
		}
		for _, k := range slices.Sorted(maps.Keys(table)) {
			if k != inner {
				problems = append(problems, workspace.Problem{Message: fmt.Sprintf("unknown key %q; known is %q", key+"."+k, key+"."+inner)})
			}
		}
		flag(key+"."+inner, table[inner], to)
	}
	word := func(key string, v any, words ...string) string {
		s, _ := v.(string)
		if !slices.Contains(words, s) && v != nil {
			wrong(key, `"`+strings.Join(words[:len(words)-1], `", "`)+`" or "`+words[len(words)-1]+`"`)
			return ""
		}
		return s
	}
	said = unfold(said)
	for _, key := range slices.Sorted(maps.Keys(said)) {
		switch v := said[key]; key {
		case "enable":
			flag(key, v, &p.enable)
		case "hover":
			within(key, "enable", v, &p.hover)
		case "completion":
			within(key, "snippets", v, &p.snippets)
		case "inlayHints":
			within(key, "enable", v, &p.inlayHints)
		case "codeLens":
			within(key, "enable", v, &p.codeLens)
		case "diagnosticModel":
			p.pull = word(key, v, "push", "pull") == "pull"
		case "positionEncoding":
			p.encoding = word(key, v, "utf-8", "utf-16", "utf-32")
		case "configurationPreference":
			if s := word(key, v, editorFirst, filesystemFirst, editorOnly); s != "" {
				p.first = s
			}
		case "interpreter": // editors of other tools give a command line
			if list, ok := v.([]any); ok {
				v = nil
				if len(list) > 0 {
					v = list[0]
				}
			}
			if v != nil && v != "" {
				rest["python"] = v
			}
		case "lint":
			table, ok := v.(map[string]any)
			if !ok && v != nil {
				wrong(key, "a table")
			}
			for k, v := range table {
				rest[kebab(k)] = v
			}
		default:
			if !slices.Contains(theirs, key) {
				rest[kebab(key)] = v
			}
		}
	}
	return p, rest, problems
}

// unfold makes tables of keys with dots: {"hover.enable": true} becomes {"hover": {"enable": true}}.
func unfold(said map[string]any) map[string]any {
	all := map[string]any{}
	for _, key := range slices.Sorted(maps.Keys(said)) {
		outer, inner, dotted := strings.Cut(key, ".")
		if !dotted {
			if old, ok := all[key].(map[string]any); ok {
				if table, ok := said[key].(map[string]any); ok {
					maps.Copy(old, table)
					continue
				}
			}
			all[key] = said[key]
			continue
		}
		table, _ := all[outer].(map[string]any)
		table = maps.Clone(table)
		if table == nil {
			table = map[string]any{}
		}
		table[inner] = said[key]
		all[outer] = table
	}
	return all
}

// kebab is a key in camel case as settings files write it: "extendSelect" is "extend-select".
func kebab(key string) string {
	var b strings.Builder
	for _, r := range key {
		if unicode.IsUpper(r) {
			b.WriteByte('-')
			r = unicode.ToLower(r)
		}
		b.WriteRune(r)
	}
	return b.String()
}
