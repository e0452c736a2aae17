package server

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf16"
	"unicode/utf8"
)

type object = map[string]any

// strict is an editor that knows nothing of our code: it reads and writes the protocol byte by byte, remembers what it said that it can
// do, and complains of all that the official model or what it said does not allow.
type strict struct {
	*testing.T
	model *model
	in    io.Writer
	done  chan error // what Serve returned

	mu          sync.Mutex
	woken       chan struct{} // closed, and made anew, when a message has come
	caps        object        // of the client
	server      object        // capabilities of the server
	unit        string        // of columns
	settings    object        // what it answers when asked for its settings
	last        int
	waiting     map[int]question
	answers     map[int]object
	texts       map[string]*openText // open documents, by the URI as it was written
	closed      map[string]*openText // what was open, as it was then
	created     map[string]bool      // files that an edit would make
	files       func(uri string) (string, bool)
	published   map[string]object // the newest, by URI
	counts      map[string]int    // of messages from the server, by method
	tokens      map[string]bool   // of progress: true while it runs
	partial     map[string]string // methods of requests, by the tokens of their partial results
	partials    map[string][]any  // what came of them
	registered  map[string]string // methods, by id
	traces      bool
	complaining func(format string, args ...any)
}

type question struct {
	method string
	uri    string // of the document that it is about
}

type openText struct {
	version int
	text    string
	before  []string // what it was before the last edits
}

// startStrict starts a server for an editor that is not initialized yet.
func startStrict(t *testing.T, opts Options) *strict {
	toServer, in := io.Pipe()
	out, fromServer := io.Pipe()
	c := newStrict(t, in)
	go func() {
		c.done <- Serve(t.Context(), toServer, fromServer, opts)
		fromServer.Close()
	}()
	read := make(chan struct{})
	go func() {
		defer close(read)
		c.read(bufio.NewReader(out))
	}()
	t.Cleanup(func() {
		in.Close()
		out.Close()
		toServer.Close()
		<-read
	})
	return c
}

func newStrict(t *testing.T, in io.Writer) *strict {
	return &strict{
		T: t, model: theModel(t), in: in, done: make(chan error, 1), woken: make(chan struct{}), complaining: t.Errorf, unit: "utf-16",
		waiting: map[int]question{}, closed: map[string]*openText{}, created: map[string]bool{}, answers: map[int]object{}, texts: map[string]*openText{}, published: map[string]object{},
		counts: map[string]int{}, tokens: map[string]bool{}, partial: map[string]string{}, partials: map[string][]any{},
		registered: map[string]string{}, files: func(string) (string, bool) { return "", false },
	}
}

// read reads messages until the connection ends.
func (c *strict) read(from *bufio.Reader) {
	for {
		header, err := from.ReadString('\n')
		if err != nil {
			return
		}
		var n int
		blank, _ := from.ReadString('\n')
		if _, err := fmt.Sscanf(header, "Content-Length: %d\r\n", &n); err != nil || blank != "\r\n" {
			c.complain("header %q %q", header, blank)
			return
		}
		body := make([]byte, n)
		if _, err := io.ReadFull(from, body); err != nil {
			return
		}
		if !utf8.Valid(body) {
			c.complain("not UTF-8: %q", body)
		}
		v, err := decodeJSON(string(body))
		message, ok := v.(object)
		if err != nil || !ok {
			c.complain("no JSON object: %s (%v)", brief(v), err)
			continue
		}
		c.mu.Lock()
		answer := c.take(message)
		close(c.woken)
		c.woken = make(chan struct{})
		c.mu.Unlock()
		if answer != nil {
			go c.write(answer) // who reads must not wait for who reads
		}
	}
}

func (c *strict) complain(format string, args ...any) { c.complaining(format, args...) }

// valid complains of a value that is not what the model says.
func (c *strict) valid(t *modelType, v any, what string) {
	for _, wrong := range c.model.validate(t, v, what) {
		c.complain("%s", wrong)
	}
}

// take looks at a message of the server and returns the answer to a request. c.mu is held.
func (c *strict) take(m object) (answer object) {
	for key := range m {
		if !slices.Contains([]string{"jsonrpc", "id", "method", "params", "result", "error"}, key) {
			c.complain("a message has a member %q: %s", key, brief(m))
		}
	}
	if m["jsonrpc"] != "2.0" {
		c.complain("no JSON-RPC 2.0: %s", brief(m))
	}
	method, isCall := m["method"].(string)
	id, hasID := m["id"]
	params, hasParams := m["params"]
	switch {
	case !isCall:
		c.takeAnswer(m)
		return nil
	case hasID:
		c.counts[method]++
		return object{"jsonrpc": "2.0", "id": id, "result": c.request(method, params, hasParams)}
	}
	c.counts[method]++
	c.notification(method, params)
	return nil
}

func (c *strict) takeAnswer(m object) {
	result, hasResult := m["result"]
	failure, hasError := m["error"]
	if hasResult == hasError {
		c.complain("an answer has either a result or an error: %s", brief(m))
	}
	number, _ := m["id"].(json.Number)
	id, err := number.Int64()
	to, known := c.waiting[int(id)]
	if err != nil || !known {
		c.complain("an answer to nothing that was asked: %s", brief(m))
		return
	}
	delete(c.waiting, int(id))
	c.answers[int(id)] = m
	if hasError {
		e, _ := failure.(object)
		for key := range e {
			if key != "code" && key != "message" && key != "data" {
				c.complain("%s: an error has a member %q", to.method, key)
			}
		}
		_, isNumber := e["code"].(json.Number)
		if _, isText := e["message"].(string); !isNumber || !isText {
			c.complain("%s: an error without a code or message: %s", to.method, brief(failure))
		}
		return
	}
	r := c.model.requests[to.method]
	if r == nil {
		c.complain("%s is answered: %s", to.method, brief(result))
		return
	}
	c.valid(r.Result, result, to.method)
	switch to.method {
	case "textDocument/diagnostic", "workspace/diagnostic":
		c.findings(result, "textDocument", "diagnostic")
	case "initialize":
		return
	}
	c.content(to.method, result, to.uri)
}

// notification looks at one.
func (c *strict) notification(method string, params any) {
	n := c.model.notifications[method]
	if n == nil || n.MessageDirection == "clientToServer" {
		c.complain("%s is no notification of a server", method)
		return
	}
	c.valid(n.Params, params, method)
	p, _ := params.(object)
	switch method {
	case "textDocument/publishDiagnostics":
		c.publish(p)
	case "$/progress":
		c.progress(p)
	case "$/logTrace":
		if !c.traces {
			c.complain("a trace that nobody wanted")
		}
	case "$/cancelRequest", "window/logMessage", "window/showMessage":
	default:
		c.complain("%s: the suite does not know what to expect of it", method)
	}
}

func (c *strict) publish(p object) {
	u, _ := p["uri"].(string)
	c.published[u] = p
	c.findings(p, "textDocument", "publishDiagnostics")
	doc := c.texts[u]
	_, onDisk := c.files(u)
	if doc == nil && !onDisk && len(p["diagnostics"].([]any)) > 0 {
		c.complain("findings of a document that is not open: %s", u)
	}
	if c.server["diagnosticProvider"] != nil {
		c.complain("findings are published and asked for: %s", u)
	}
	version, has := p["version"].(json.Number)
	if doc != nil && has {
		v, _ := version.Int64()
		if int(v) > doc.version {
			c.complain("%s: version %d is not written yet", u, v)
		}
		if int(v) < doc.version {
			return // what its positions mean is gone
		}
	}
	if doc != nil && !has && len(p["diagnostics"].([]any)) > 0 {
		c.complain("%s: findings of an open document without a version", u)
	}
	c.content("textDocument/publishDiagnostics", p, u)
}

func (c *strict) progress(p object) {
	token, value := fmt.Sprint(p["token"]), p["value"]
	if method, ok := c.partial[token]; ok {
		c.valid(c.model.requests[method].PartialResult, value, method+" (partial)")
		c.findings(value, "textDocument", "diagnostic")
		c.partials[token] = append(c.partials[token], value)
		return
	}
	v, _ := value.(object)
	running, known := c.tokens[token]
	want := map[any]string{"begin": "WorkDoneProgressBegin", "report": "WorkDoneProgressReport", "end": "WorkDoneProgressEnd"}[v["kind"]]
	if !known || want == "" || running == (v["kind"] == "begin") {
		c.complain("progress at the wrong time: %s", brief(p))
		return
	}
	c.tokens[token] = v["kind"] != "end"
	c.valid(modelNamed(want), value, "$/progress")
}

// request answers one.
func (c *strict) request(method string, params any, hasParams bool) any {
	r := c.model.requests[method]
	if r == nil || r.MessageDirection == "clientToServer" {
		c.complain("%s is no request of a server", method)
		return nil
	}
	if r.Params != nil {
		c.valid(r.Params, params, method)
	} else if hasParams {
		c.complain("%s has no parameters: %s", method, brief(params))
	}
	needs := r.ClientCapability
	if method == "workspace/codeLens/refresh" {
		needs = "workspace.codeLens.refreshSupport"
	}
	if method == "workspace/diagnostic/refresh" {
		needs = "workspace.diagnostics.refreshSupport"
	}
	if needs != "" && !c.can(strings.Split(needs, ".")...) {
		c.complain("%s: the client cannot do %s", method, needs)
	}
	p, _ := params.(object)
	switch method {
	case "workspace/configuration":
		items, _ := p["items"].([]any)
		said := make([]any, len(items))
		for i, item := range items {
			switch item.(object)["section"] {
			case "aiolens":
				said[i] = c.settings
			case nil:
				said[i] = object{"aiolens": c.settings}
			}
		}
		return said
	case "client/registerCapability":
		registrations, _ := p["registrations"].([]any)
		for _, r := range registrations {
			c.register(r.(object))
		}
	case "window/workDoneProgress/create":
		token := fmt.Sprint(p["token"])
		if _, twice := c.tokens[token]; twice && c.tokens[token] {
			c.complain("a token of progress that is in use: %s", token)
		}
		c.tokens[token] = false
	case "workspace/applyEdit":
		c.content(method, p["edit"], "")
		return object{"applied": true}
	}
	return nil
}

func (c *strict) register(r object) {
	method, _ := r["method"].(string)
	id, _ := r["id"].(string)
	if c.registered[id] != "" {
		c.complain("registered twice: %s", id)
	}
	c.registered[id] = method
	path := strings.Split(strings.Replace(method, "/", ".", 1), ".")
	if !c.can(append(path, "dynamicRegistration")...) {
		c.complain("%s cannot be registered", method)
	}
	var options *modelType
	if r := c.model.requests[method]; r != nil {
		options = r.RegistrationOptions
	} else if n := c.model.notifications[method]; n != nil {
		options = n.RegistrationOptions
	}
	if options == nil {
		c.complain("%s is not for registration", method)
		return
	}
	if said, ok := r["registerOptions"]; ok {
		c.valid(options, said, method+" (registration)")
	}
}

// can says whether the client said that it can do something: it is there, and neither false nor null.
func (c *strict) can(path ...string) bool {
	v := c.at(path...)
	return v != nil && v != false
}

// at is a capability of the client.
func (c *strict) at(path ...string) any {
	var v any = c.caps
	for _, key := range path {
		o, _ := v.(object)
		v = o[key]
	}
	return v
}

// has says whether a list of what the client can do names something.
func (c *strict) has(what any, path ...string) bool {
	list, _ := c.at(path...).([]any)
	return slices.Contains(list, what)
}

// findings complains of members of findings that the client did not ask for.
func (c *strict) findings(v any, path ...string) {
	each(v, func(o object) {
		if _, is := o["message"]; !is || o["range"] == nil || o["severity"] == nil && o["code"] == nil {
			return
		}
		for member, capability := range map[string]string{
			"codeDescription": "codeDescriptionSupport", "data": "dataSupport", "relatedInformation": "relatedInformation", "tags": "tagSupport",
		} {
			// Clients say of both models what they can do in the place of the older one.
			if o[member] != nil && !c.can(append(path, capability)...) && !c.can("textDocument", "publishDiagnostics", capability) {
				c.complain("a finding has %s: %s", member, brief(o))
			}
		}
		if _, text := o["message"].(string); !text && !c.can(append(path, "markupMessageSupport")...) {
			c.complain("a message is no text: %s", brief(o))
		}
	})
}

// each visits every object in a value, the outer ones first.
func each(v any, visit func(object)) {
	switch v := v.(type) {
	case object:
		visit(v)
		for _, inner := range v {
			each(inner, visit)
		}
	case []any:
		for _, inner := range v {
			each(inner, visit)
		}
	}
}

var placeholder = regexp.MustCompile(`\$\{\d|\$\d`)

// content complains of what is in a message and the client cannot understand, and of places that are not in the text.
func (c *strict) content(method string, v any, u string) {
	c.places(method, v, u)
	action := []string{"textDocument", "codeAction"}
	each(v, func(o object) {
		kind, _ := o["kind"].(string)
		switch {
		case o["newText"] != nil: // a TextEdit
			if o["annotationId"] != nil && !(c.can("workspace", "workspaceEdit", "changeAnnotationSupport") && c.can(append(action, "honorsChangeAnnotations")...)) {
				c.complain("%s: an edit with a note: %s", method, brief(o))
			}
			if text := o["newText"].(string); o["insertTextFormat"] == nil && method != "textDocument/completion" && method != "completionItem/resolve" && placeholder.MatchString(text) {
				c.complain("%s: a snippet where a text is wanted: %q", method, text)
			}
		case o["snippet"] != nil:
			if !c.can("workspace", "workspaceEdit", "snippetEditSupport") || !c.can("workspace", "workspaceEdit", "documentChanges") {
				c.complain("%s: an edit with a snippet: %s", method, brief(o))
			}
			if value := o["snippet"].(object)["value"].(string); !placeholder.MatchString(value) {
				c.complain("%s: a snippet without a placeholder: %q", method, value)
			}
		case o["documentChanges"] != nil && !c.can("workspace", "workspaceEdit", "documentChanges"):
			c.complain("%s: an edit with documentChanges: %s", method, brief(o))
		case o["changeAnnotations"] != nil && !c.can("workspace", "workspaceEdit", "changeAnnotationSupport"):
			c.complain("%s: an edit with changeAnnotations: %s", method, brief(o))
		case o["uri"] != nil && slices.Contains([]string{"create", "delete", "rename"}, kind):
			if !c.has(kind, "workspace", "workspaceEdit", "resourceOperations") {
				c.complain("%s: an edit that wants to %s a file", method, kind)
			}
		}
	})
	switch method {
	case "textDocument/hover":
		h, _ := v.(object)
		contents, _ := h["contents"].(object)
		if kind := contents["kind"]; kind != nil && !c.has(kind, "textDocument", "hover", "contentFormat") {
			if kind != "plaintext" || c.can("textDocument", "hover", "contentFormat") {
				c.complain("a hover in %s", kind)
			}
		}
	case "textDocument/codeAction", "codeAction/resolve":
		c.findings(v, "textDocument", "publishDiagnostics")
		each(v, func(o object) {
			if o["title"] == nil || o["arguments"] != nil {
				return
			}
			if !c.can(append(action, "codeActionLiteralSupport")...) && (o["kind"] != nil || o["edit"] != nil) {
				c.complain("%s: not only commands: %s", method, brief(o))
			}
			for member, capability := range map[string]string{"isPreferred": "isPreferredSupport", "disabled": "disabledSupport", "data": "dataSupport", "tags": "tagSupport"} {
				if o[member] != nil && !c.can(append(action, capability)...) {
					c.complain("%s: an action has %s: %s", method, member, brief(o))
				}
			}
			late := o["edit"] == nil && o["command"] == nil
			if late && (method == "codeAction/resolve" || !c.has("edit", append(action, "resolveSupport", "properties")...)) {
				c.complain("%s: an action without an edit: %s", method, brief(o))
			}
		})
	case "textDocument/completion", "completionItem/resolve":
		c.completion(method, v)
	}
}

func (c *strict) completion(method string, v any) {
	item := func(path ...string) []string {
		return append([]string{"textDocument", "completion", "completionItem"}, path...)
	}
	list, isList := v.(object)
	if isList && list["itemDefaults"] != nil && !c.can("textDocument", "completion", "completionList", "itemDefaults") {
		c.complain("a list with defaults: %s", brief(v))
	}
	labels := map[string]bool{}
	each(v, func(o object) {
		label, is := o["label"].(string)
		if !is {
			return
		}
		if labels[label] {
			c.complain("%s: %q twice", method, label)
		}
		labels[label] = true
		snippet := fmt.Sprint(o["insertTextFormat"]) == "2"
		if snippet && !c.can(item("snippetSupport")...) {
			c.complain("%s: a snippet: %s", method, brief(o))
		}
		text := fmt.Sprint(o["insertText"])
		if edit, ok := o["textEdit"].(object); ok {
			text += fmt.Sprint(edit["newText"])
			if edit["insert"] != nil && !c.can(item("insertReplaceSupport")...) {
				c.complain("%s: an edit with two ranges: %s", method, brief(o))
			}
		}
		if !snippet && placeholder.MatchString(text) {
			c.complain("%s: a snippet that does not say so: %q", method, text)
		}
		for member, capability := range map[string]string{
			"commitCharacters": "commitCharactersSupport", "labelDetails": "labelDetailsSupport", "tags": "tagSupport", "deprecated": "deprecatedSupport",
			"preselect": "preselectSupport", "insertTextMode": "insertTextModeSupport",
		} {
			if o[member] != nil && !c.can(item(capability)...) {
				c.complain("%s: an item has %s: %s", method, member, brief(o))
			}
		}
		if d, ok := o["documentation"].(object); ok && !c.has(d["kind"], item("documentationFormat")...) {
			c.complain("%s: documentation in %s", method, d["kind"])
		}
	})
}

// places complains of URIs that the client does not know, and of positions that are not in the text of a document.
func (c *strict) places(what string, v any, u string) { c.placesIn(what, v, u, false) }

// placesIn is the same; elsewhere says that another document was asked about. Places there may be those of a moment ago.
func (c *strict) placesIn(what string, v any, u string, elsewhere bool) {
	switch v := v.(type) {
	case []any:
		for _, inner := range v {
			c.placesIn(what, inner, u, elsewhere)
		}
	case object:
		if start, ok := v["start"].(object); ok && len(v) == 2 {
			if elsewhere && c.was(u, v) {
				return
			}
			from, to := c.offset(what, u, start), c.offset(what, u, v["end"].(object))
			if from > to {
				c.complain("%s: a range ends before it starts: %s", what, brief(v))
			}
			return
		}
		if p, ok := v["position"].(object); ok {
			c.offset(what, u, p)
		}
		own := u
		if is, ok := v["uri"].(string); ok {
			own = is
			if v["kind"] == "create" {
				c.created[own] = true
			}
			c.knows(what, own)
			elsewhere = elsewhere || own != u
		}
		if doc, ok := v["textDocument"].(object); ok {
			own, _ = doc["uri"].(string)
			version, _ := doc["version"].(json.Number)
			if open := c.texts[own]; open != nil && version.String() != fmt.Sprint(open.version) {
				c.complain("%s: an edit for version %q of %s, which is at %d", what, version, own, open.version)
			} else if open == nil && doc["version"] != nil {
				c.complain("%s: an edit for version %q of %s, which is not open", what, version, own)
			}
		}
		for _, key := range slices.Sorted(maps.Keys(v)) {
			switch inner := v[key]; key {
			case "data":
			case "changes":
				if files, ok := inner.(object); ok && what != "workspace/didChangeConfiguration" {
					for u, edits := range files {
						c.knows(what, u)
						c.placesIn(what, edits, u, false)
					}
					continue
				}
				c.placesIn(what, inner, own, elsewhere)
			case "fromRanges":
				from := own
				if caller, ok := v["from"].(object); ok {
					from, _ = caller["uri"].(string)
				}
				c.placesIn(what, inner, from, elsewhere)
			default:
				c.placesIn(what, inner, own, elsewhere)
			}
		}
	}
}

func spelledPlainly(u string) string {
	if plain, err := url.PathUnescape(u); err == nil {
		return plain
	}
	return u
}

// was says whether a range was in an open document before its last edits.
func (c *strict) was(u string, r object) bool {
	doc := c.texts[u]
	if doc == nil {
		doc = c.closed[spelledPlainly(u)] // the server cannot know how the editor would spell it
	}
	if doc == nil {
		return false
	}
	return slices.ContainsFunc(append(doc.before, doc.text), func(text string) bool {
		for _, end := range []string{"start", "end"} {
			var line, column int
			p, _ := r[end].(object)
			fmt.Sscan(fmt.Sprint(p["line"]), &line)
			fmt.Sscan(fmt.Sprint(p["character"]), &column)
			if placeIn(text, line, column, c.unit) < 0 {
				return false
			}
		}
		return true
	})
}

// knows complains of a document that is neither open, in this very spelling, nor on the disk.
func (c *strict) knows(what, u string) {
	if c.texts[u] != nil {
		return
	}
	if _, ok := c.files(u); !ok && c.published[u] == nil && !c.created[u] {
		c.complain("%s: an unknown document %s", what, u)
	}
}

// offset is where a position is in the text of a document; it complains if it is nowhere.
func (c *strict) offset(what, u string, p object) int {
	text, ok := "", false
	if doc := c.texts[u]; doc != nil {
		text, ok = doc.text, true
	} else {
		text, ok = c.files(u)
	}
	if !ok {
		return 0
	}
	var line, column int
	fmt.Sscan(fmt.Sprint(p["line"]), &line)
	fmt.Sscan(fmt.Sprint(p["character"]), &column)
	at := placeIn(text, line, column, c.unit)
	if at < 0 {
		c.complain("%s: %s is not in %s (%s)", what, brief(p), u, c.unit)
	}
	return at
}

// placeIn is the offset of a position, or -1 if there is none, or it is in the middle of a character.
func placeIn(text string, line, column int, unit string) int {
	starts := linesOf(text)
	if line >= len(starts) {
		return -1
	}
	at := starts[line]
	for column > 0 {
		if at == len(text) || text[at] == '\r' || text[at] == '\n' {
			return -1
		}
		r, size := utf8.DecodeRuneInString(text[at:])
		switch unit {
		case "utf-8":
			column -= size
		case "utf-16":
			column -= len(utf16.Encode([]rune{r}))
		default:
			column--
		}
		at += size
	}
	if column < 0 {
		return -1
	}
	return at
}

// linesOf are the offsets at which the lines of a text begin. The last one that was asked about is remembered.
var linesOf = func() func(string) []int {
	var mu sync.Mutex
	var last string
	var starts []int
	return func(text string) []int {
		mu.Lock()
		defer mu.Unlock()
		if len(starts) > 0 && last == text {
			return starts
		}
		last, starts = text, []int{0}
		for i := range len(text) {
			if text[i] == '\n' || text[i] == '\r' && (i+1 == len(text) || text[i+1] != '\n') {
				starts = append(starts, i+1)
			}
		}
		return starts
	}
}()

func (c *strict) write(message object) {
	raw, err := json.Marshal(message)
	if err != nil {
		panic(err)
	}
	c.writeRaw(raw)
}

func (c *strict) writeRaw(body []byte) {
	io.WriteString(c.in, fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(body), body))
}

// notify sends a notification, and remembers what it says of texts.
func (c *strict) notify(method string, params any) {
	c.Helper()
	if raw, err := json.Marshal(params); err != nil {
		c.Fatal(err)
	} else if n := c.model.notifications[method]; n != nil && n.Params != nil {
		v, _ := decodeJSON(string(raw))
		c.valid(n.Params, v, "ours: "+method)
	}
	c.write(object{"jsonrpc": "2.0", "method": method, "params": params})
}

// ask sends a request and returns its number.
func (c *strict) ask(method string, params any) int {
	c.Helper()
	c.mu.Lock()
	c.last++
	id := c.last
	about := question{method: method}
	if p, ok := params.(object); ok {
		if doc, ok := p["textDocument"].(object); ok {
			about.uri, _ = doc["uri"].(string)
		}
		if item, ok := p["item"].(object); ok {
			about.uri, _ = item["uri"].(string)
		}
		if token, ok := p["partialResultToken"].(string); ok {
			c.partial[token] = method
		}
	}
	c.waiting[id] = about
	c.mu.Unlock()
	m := object{"jsonrpc": "2.0", "id": id, "method": method}
	if params != nil {
		m["params"] = params
	}
	if r := c.model.requests[method]; r != nil && r.Params != nil && method != "initialize" {
		raw, _ := json.Marshal(params)
		v, _ := decodeJSON(string(raw))
		c.valid(r.Params, v, "ours: "+method)
	}
	c.write(m)
	return id
}

// answer waits for that of a request: its result, and the code of its error.
func (c *strict) answer(id int) (result any, code int) {
	c.Helper()
	c.mu.Lock()
	method := c.waiting[id].method
	c.mu.Unlock()
	var m object
	c.until(fmt.Sprintf("answer %d %s", id, method), func() bool {
		m = c.answers[id]
		return m != nil
	})
	if e, ok := m["error"].(object); ok {
		fmt.Sscan(fmt.Sprint(e["code"]), &code)
	}
	return m["result"], code
}

func (c *strict) call(method string, params any) any {
	c.Helper()
	result, code := c.answer(c.ask(method, params))
	if code != 0 {
		c.Errorf("%s: error %d", method, code)
	}
	return result
}

// fails wants a request to be answered with an error.
func (c *strict) fails(method string, params any, want int) {
	c.Helper()
	c.mu.Lock()
	c.last++
	id := c.last
	c.waiting[id] = question{method: method}
	c.mu.Unlock()
	m := object{"jsonrpc": "2.0", "id": id, "method": method}
	if params != nil {
		m["params"] = params
	}
	c.write(m)
	if _, code := c.answer(id); code != want {
		c.Errorf("%s: code %d, want %d", method, code, want)
	}
}

// until waits until something holds of what has come.
func (c *strict) until(what string, holds func() bool) {
	c.Helper()
	late := time.After(strictPatience())
	for {
		c.mu.Lock()
		ok, woken := holds(), c.woken
		c.mu.Unlock()
		if ok {
			return
		}
		select {
		case <-woken:
		case <-late:
			c.Fatal("it never comes: ", what)
		}
	}
}

// strictPatience is how long it waits: the endurance test asks for more.
func strictPatience() time.Duration {
	if os.Getenv("AIOLENS_ENDURANCE") != "" {
		return 10 * time.Minute
	}
	return 20 * time.Second
}

// open opens a document.
func (c *strict) open(u, text string) {
	c.Helper()
	c.mu.Lock()
	c.texts[u] = &openText{version: 1, text: text}
	c.mu.Unlock()
	c.notify("textDocument/didOpen", object{"textDocument": object{"uri": u, "languageId": "python", "version": 1, "text": text}})
}

// edit replaces a part of a document.
func (c *strict) edit(u string, from, to int, text string) {
	c.Helper()
	c.mu.Lock()
	doc := c.texts[u]
	// No position is between \r and \n: both are replaced.
	between := func(at int) bool {
		return at > 0 && at < len(doc.text) && doc.text[at-1] == '\r' && doc.text[at] == '\n'
	}
	if between(to) {
		to, text = to+1, text+"\n"
	}
	if between(from) {
		from, text = from-1, "\r"+text
	}
	start, end := positionIn(doc.text, from, c.unit), positionIn(doc.text, to, c.unit)
	doc.version++
	if doc.before = append(doc.before, doc.text); len(doc.before) > 3 {
		doc.before = doc.before[1:]
	}
	doc.text = doc.text[:from] + text + doc.text[to:]
	version := doc.version
	c.mu.Unlock()
	c.notify("textDocument/didChange", object{
		"textDocument":   object{"uri": u, "version": version},
		"contentChanges": []any{object{"range": object{"start": start, "end": end}, "text": text}},
	})
}

func (c *strict) close(u string) {
	c.Helper()
	c.mu.Lock()
	c.closed[spelledPlainly(u)] = c.texts[u]
	delete(c.texts, u)
	c.mu.Unlock()
	c.notify("textDocument/didClose", object{"textDocument": object{"uri": u}})
}

// positionIn is the position of an offset.
func positionIn(text string, offset int, unit string) object {
	before := text[:offset]
	line, start := 0, 0
	for i := 0; i < len(before); i++ {
		if before[i] == '\n' || before[i] == '\r' && (i+1 == len(text) || text[i+1] != '\n') {
			line, start = line+1, i+1
		}
	}
	column := 0
	switch rest := before[start:]; unit {
	case "utf-8":
		column = len(rest)
	case "utf-16":
		column = len(utf16.Encode([]rune(rest)))
	default:
		column = utf8.RuneCountInString(rest)
	}
	return object{"line": line, "character": column}
}

// wantsFindings waits until the server has told the findings of the newest text of a document, in the way that the session has.
func (c *strict) wantsFindings(u string) []any {
	c.Helper()
	if c.server["diagnosticProvider"] != nil {
		report := c.call("textDocument/diagnostic", object{"textDocument": object{"uri": u}}).(object)
		items, _ := report["items"].([]any)
		return items
	}
	var found []any
	c.until("findings of "+u, func() bool {
		p, doc := c.published[u], c.texts[u]
		if p == nil || fmt.Sprint(p["version"]) != fmt.Sprint(doc.version) {
			return false
		}
		found = p["diagnostics"].([]any)
		return true
	})
	return found
}

// slice is the text of a range of a document.
func (c *strict) slice(u string, r any) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	text := c.texts[u].text
	from := c.offset("", u, r.(object)["start"].(object))
	to := c.offset("", u, r.(object)["end"].(object))
	if from < 0 || to < from {
		return "?"
	}
	return text[from:to]
}

// applied is the text of a document behind a workspace edit.
func (c *strict) applied(u string, edit any) string {
	c.Helper()
	c.mu.Lock()
	defer c.mu.Unlock()
	text := c.texts[u].text
	var edits []any
	if changes, ok := edit.(object)["changes"].(object); ok {
		edits, _ = changes[u].([]any)
	}
	if changes, ok := edit.(object)["documentChanges"].([]any); ok {
		for _, change := range changes {
			if doc, ok := change.(object)["textDocument"].(object); ok && doc["uri"] == u {
				edits = append(edits, change.(object)["edits"].([]any)...)
			}
		}
	}
	type piece struct {
		from, to int
		text     string
	}
	var pieces []piece
	for _, e := range edits {
		r := e.(object)["range"].(object)
		pieces = append(pieces, piece{c.offset("", u, r["start"].(object)), c.offset("", u, r["end"].(object)), written(e.(object))})
	}
	slices.SortStableFunc(pieces, func(a, b piece) int { return a.from - b.from })
	var out strings.Builder
	at := 0
	for _, p := range pieces {
		if p.from < at {
			c.complain("edits overlap: %s", brief(edit))
			return text
		}
		out.WriteString(text[at:p.from])
		out.WriteString(p.text)
		at = p.to
	}
	return out.String() + text[at:]
}

var (
	withDefault = regexp.MustCompile(`\$\{\d+:((?:[^\\}]|\\.)*)\}`)
	escaped     = regexp.MustCompile(`\\([\\$}])`)
)

// written is what an edit writes: of a snippet, with the defaults.
func written(edit object) string {
	if s, ok := edit["snippet"].(object); ok {
		return escaped.ReplaceAllString(withDefault.ReplaceAllString(s["value"].(string), "$1"), "$1")
	}
	return edit["newText"].(string)
}
