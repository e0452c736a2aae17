package server

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// model is the official model of the protocol, as far as it says what a message looks like. It is strict: what it does not name is
// wrong.
type model struct {
	Requests      []*modelMessage
	Notifications []*modelMessage
	Structures    []*modelStructure
	Enumerations  []*modelEnumeration
	TypeAliases   []struct {
		Name string
		Type *modelType
	}

	requests, notifications map[string]*modelMessage
	structures              map[string]*modelStructure
	enumerations            map[string]*modelEnumeration
	aliases                 map[string]*modelType
}

type modelMessage struct {
	Method                                             string
	MessageDirection                                   string
	ClientCapability, ServerCapability                 string
	Params, Result, PartialResult, RegistrationOptions *modelType
	ErrorData                                          *modelType
}

type modelStructure struct {
	Name            string
	Properties      []modelProperty
	Extends, Mixins []*modelType
}

type modelProperty struct {
	Name     string
	Type     *modelType
	Optional bool
}

type modelEnumeration struct {
	Name                 string
	Type                 *modelType
	SupportsCustomValues bool
	Values               []struct{ Value any }
}

type modelType struct {
	Kind, Name   string
	Element, Key *modelType
	Items        []*modelType
	Value        json.RawMessage // of a map: a type; of a literal: properties; of a string literal: the string

	once       sync.Once
	of         *modelType      // Value as a type
	properties []modelProperty // of a literal
	text       string
}

// open reads Value, which means another thing in each kind of type.
func (t *modelType) open() {
	t.once.Do(func() {
		var err error
		switch t.Kind {
		case "map":
			err = json.Unmarshal(t.Value, &t.of)
		case "stringLiteral":
			err = json.Unmarshal(t.Value, &t.text)
		case "literal":
			var literal modelStructure
			err = json.Unmarshal(t.Value, &literal)
			t.properties = literal.Properties
		}
		if err != nil {
			panic(err)
		}
	})
}

// loadModel reads the model that package protocol was made from. LSP_METAMODEL names another one.
var loadModel = sync.OnceValues(func() (*model, error) {
	path := os.Getenv("LSP_METAMODEL")
	if path == "" {
		dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "go.lsp.dev/protocol").Output()
		if err != nil {
			return nil, fmt.Errorf("go list: %w", err)
		}
		path = filepath.Join(strings.TrimSpace(string(dir)), "internal/genlsp/testdata/metaModel.json")
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	m := &model{
		requests: map[string]*modelMessage{}, notifications: map[string]*modelMessage{}, structures: map[string]*modelStructure{},
		enumerations: map[string]*modelEnumeration{}, aliases: map[string]*modelType{},
	}
	if err := json.Unmarshal(raw, m); err != nil {
		return nil, err
	}
	for _, r := range m.Requests {
		m.requests[r.Method] = r
	}
	for _, n := range m.Notifications {
		m.notifications[n.Method] = n
	}
	for _, s := range m.Structures {
		m.structures[s.Name] = s
	}
	for _, e := range m.Enumerations {
		m.enumerations[e.Name] = e
	}
	for _, a := range m.TypeAliases {
		m.aliases[a.Name] = a.Type
	}
	return m, nil
})

func theModel(t *testing.T) *model {
	t.Helper()
	m, err := loadModel()
	if err != nil {
		t.Fatal("no model of the protocol: ", err)
	}
	return m
}

func modelNamed(name string) *modelType { return &modelType{Kind: "reference", Name: name} }

// properties are all those of a structure: its own, and those that it inherits.
func (m *model) properties(s *modelStructure) map[string]modelProperty {
	all := map[string]modelProperty{}
	for _, from := range slices.Concat(s.Extends, s.Mixins) {
		maps.Copy(all, m.properties(m.structures[from.Name]))
	}
	for _, p := range s.Properties {
		all[p.Name] = p
	}
	return all
}

// validate says what is wrong with a value that was decoded from JSON; nothing when it is of the type.
func (m *model) validate(t *modelType, v any, at string) []string {
	t.open()
	fail := func(format string, args ...any) []string {
		return []string{at + ": " + fmt.Sprintf(format, args...)}
	}
	switch t.Kind {
	case "base":
		return m.validateBase(t.Name, v, at)
	case "stringLiteral":
		if v != t.text {
			return fail("%s, want %q", brief(v), t.text)
		}
		return nil
	case "array":
		list, ok := v.([]any)
		if !ok {
			return fail("%s, want an array", brief(v))
		}
		var wrong []string
		for i, item := range list {
			wrong = append(wrong, m.validate(t.Element, item, fmt.Sprintf("%s[%d]", at, i))...)
		}
		return wrong
	case "tuple":
		list, ok := v.([]any)
		if !ok || len(list) != len(t.Items) {
			return fail("%s, want a tuple of %d", brief(v), len(t.Items))
		}
		var wrong []string
		for i, item := range list {
			wrong = append(wrong, m.validate(t.Items[i], item, fmt.Sprintf("%s[%d]", at, i))...)
		}
		return wrong
	case "map":
		object, ok := v.(map[string]any)
		if !ok {
			return fail("%s, want an object", brief(v))
		}
		var wrong []string
		for _, key := range slices.Sorted(maps.Keys(object)) {
			if t.Key.Kind == "base" && t.Key.Name != "integer" || t.Key.Kind == "reference" {
				wrong = append(wrong, m.validate(t.Key, key, at+"{"+key+"}")...)
			}
			wrong = append(wrong, m.validate(t.of, object[key], at+"."+key)...)
		}
		return wrong
	case "or":
		// The alternative that is nearest is the one that was meant: another kind of value is further away than another word, and
		// that than what is missing or too much.
		var nearest []string
		least := 0
		for _, item := range t.Items {
			wrong := m.validate(item, v, at)
			if len(wrong) == 0 {
				return nil
			}
			distance := 0
			for _, w := range wrong {
				switch {
				case strings.HasPrefix(w, at+": ") && strings.Contains(w, ", want "):
					distance += 100
				case strings.Contains(w, `, want "`):
					distance += 10
				default:
					distance++
				}
			}
			if nearest == nil || distance < least {
				nearest, least = wrong, distance
			}
		}
		return nearest
	case "and":
		properties := map[string]modelProperty{}
		for _, item := range t.Items {
			maps.Copy(properties, m.properties(m.structures[item.Name]))
		}
		return m.validateObject(properties, v, at)
	case "literal":
		properties := map[string]modelProperty{}
		for _, p := range t.properties {
			properties[p.Name] = p
		}
		return m.validateObject(properties, v, at)
	case "reference":
		switch {
		case t.Name == "LSPAny":
			return nil
		case m.structures[t.Name] != nil:
			return m.validateObject(m.properties(m.structures[t.Name]), v, at)
		case m.aliases[t.Name] != nil:
			return m.validate(m.aliases[t.Name], v, at)
		case m.enumerations[t.Name] != nil:
			e := m.enumerations[t.Name]
			if wrong := m.validate(e.Type, v, at); wrong != nil || e.SupportsCustomValues {
				return wrong
			}
			for _, known := range e.Values {
				if fmt.Sprint(known.Value) == fmt.Sprint(v) {
					return nil
				}
			}
			return fail("%s is no %s", brief(v), e.Name)
		}
	}
	return fail("the model has no type %s %s", t.Kind, t.Name)
}

func (m *model) validateBase(name string, v any, at string) []string {
	ok := false
	switch name {
	case "null":
		ok = v == nil
	case "string", "RegExp":
		_, ok = v.(string)
	case "URI", "DocumentUri":
		var s string
		if s, ok = v.(string); ok {
			u, err := url.Parse(s)
			ok = err == nil && u.Scheme != ""
		}
	case "boolean":
		_, ok = v.(bool)
	case "decimal":
		_, ok = v.(json.Number)
	case "integer", "uinteger":
		if n, is := v.(json.Number); is {
			i, err := n.Int64()
			ok = err == nil && i <= math.MaxInt32 && (i >= 0 || name == "integer" && i >= math.MinInt32)
		}
	}
	if !ok {
		return []string{fmt.Sprintf("%s: %s, want %s", at, brief(v), name)}
	}
	return nil
}

func (m *model) validateObject(properties map[string]modelProperty, v any, at string) []string {
	object, ok := v.(map[string]any)
	if !ok {
		return []string{fmt.Sprintf("%s: %s, want an object", at, brief(v))}
	}
	var wrong []string
	for _, name := range slices.Sorted(maps.Keys(properties)) {
		p := properties[name]
		if value, has := object[name]; has {
			wrong = append(wrong, m.validate(p.Type, value, at+"."+name)...)
		} else if !p.Optional {
			wrong = append(wrong, fmt.Sprintf("%s: %s is missing", at, name))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(object)) {
		if _, known := properties[name]; !known {
			wrong = append(wrong, fmt.Sprintf("%s: %s is not known", at, name))
		}
	}
	return wrong
}

func brief(v any) string {
	raw, _ := json.Marshal(v)
	if len(raw) > 80 {
		raw = append(raw[:80], "..."...)
	}
	return string(raw)
}

func decodeJSON(raw string) (v any, err error) {
	dec := json.NewDecoder(strings.NewReader(raw))
	dec.UseNumber()
	err = dec.Decode(&v)
	return v, err
}

// TestModel: the validator is as strict as it says.
func TestModel(t *testing.T) {
	m := theModel(t)
	const place = `"range":{"start":{"line":0,"character":0},"end":{"line":0,"character":1}}`
	for _, c := range []struct{ name, value, wrong string }{
		{"Position", `{"line":0,"character":1}`, ""},
		{"Position", `{"line":0}`, "character is missing"},
		{"Position", `{"line":-1,"character":1}`, "want uinteger"},
		{"Position", `{"line":0.5,"character":1}`, "want uinteger"},
		{"Position", `{"line":4294967296,"character":1}`, "want uinteger"},
		{"Position", `{"line":0,"character":1,"offset":3}`, "offset is not known"},
		{"Position", `[0,1]`, "want an object"},
		{"Diagnostic", `{` + place + `,"message":"m","severity":2,"code":"x","tags":[1]}`, ""},
		{"Diagnostic", `{` + place + `,"message":"m","severity":5}`, "5 is no DiagnosticSeverity"},
		{"Diagnostic", `{` + place + `,"message":"m","severity":null}`, "want uinteger"},
		{"Diagnostic", `{` + place + `,"message":"m","tags":[9]}`, "9 is no DiagnosticTag"},
		{"Diagnostic", `{` + place + `,"message":"m","codeDescription":{}}`, "href is missing"},
		{"Diagnostic", `{` + place + `,"message":"m","data":{"anything":[1]}}`, ""},
		{"Hover", `{"contents":{"kind":"markdown","value":"x"}}`, ""},
		{"Hover", `{"contents":{"kind":"html","value":"x"}}`, "is no MarkupKind"},
		{"CodeAction", `{"title":"t","kind":"quickfix.ours","isPreferred":true}`, ""},
		{"CodeAction", `{"title":"t","edit":{"documentChanges":[{"kind":"create","uri":"file:///x"}]}}`, ""},
		{"CodeAction", `{"title":"t","edit":{"documentChanges":[{"kind":"make","uri":"file:///x"}]}}`, ".edit.documentChanges[0]"},
		{"CodeAction", `{"title":"t","edit":{"changes":{"no uri":[]}}}`, "want DocumentUri"},
		{"CodeAction", `{"title":"t","edit":{"changes":{"file:///x":[{` + place + `,"newText":3}]}}}`, "want string"},
		{"DocumentDiagnosticReport", `{"kind":"full","items":[]}`, ""},
		{"DocumentDiagnosticReport", `{"kind":"unchanged"}`, "resultId is missing"},
		{"ServerCapabilities", `{"hoverProvider":true,"positionEncoding":"utf-16","textDocumentSync":2}`, ""},
		{"ServerCapabilities", `{"codeActionProvider":{"codeActionKinds":["quickfix"],"resolve":true}}`, "resolve is not known"},
	} {
		v, err := decodeJSON(c.value)
		if err != nil {
			t.Fatal(err)
		}
		wrong := strings.Join(m.validate(modelNamed(c.name), v, c.name), "; ")
		if c.wrong == "" && wrong != "" || !strings.Contains(wrong, c.wrong) {
			t.Errorf("%s %s: %q, want %q", c.name, c.value, wrong, c.wrong)
		}
	}
}
