package server

import (
	"bytes"
	"context"
	"encoding/json"
	"net/url"
	"strings"
	"sync"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
)

// Editors spell the URI of a file in different ways (file:///c:/x+y and file:///c%3A/x%2By), and not all recognise a file in the spelling
// of others. Package protocol makes URIs canonical when it decodes them, so they are read from the messages as well.

// spelling is how the editor spells the URIs of files.
type spelling struct {
	mu      sync.Mutex
	folders map[string]string // as it writes them, without a slash at the end, by their canonical URIs
	plain   [256]bool         // bytes of names that it has written as they are
	encoded [256]bool         // bytes that it has written in hexadecimal
	lower   bool              // with small letters
	upper   bool              // with capital letters
}

const fileScheme = "file://"

// learn takes over how the editor has spelled a URI.
func (sp *spelling) learn(written string) {
	canonical, err := uri.Parse(written)
	if err != nil || !strings.HasPrefix(written, fileScheme) || strings.ContainsAny(written, "?#") {
		return
	}
	sp.mu.Lock()
	defer sp.mu.Unlock()
	for i := len(fileScheme); i < len(written); i++ {
		c := written[i]
		if b, ok := hexadecimal(written[i:]); ok {
			sp.encoded[b] = true
			digits := written[i : i+3]
			sp.lower = sp.lower || strings.ToUpper(digits) != digits
			sp.upper = sp.upper || strings.ToLower(digits) != digits
			i += 2
		} else {
			sp.plain[c] = true
		}
	}
	if sp.folders == nil {
		sp.folders = map[string]string{}
	}
	// The same number of names, or it wrote what a canonical URI does not have: "..", "//".
	name, folder := strings.TrimSuffix(written, "/"), strings.TrimSuffix(string(canonical), "/")
	for strings.Count(name, "/") == strings.Count(folder, "/") && len(folder) > len(fileScheme) && sp.folders[folder] != name {
		sp.folders[folder] = strings.Clone(name)
		name, folder = name[:strings.LastIndexByte(name, '/')], folder[:strings.LastIndexByte(folder, '/')]
	}
}

// hexadecimal is the byte that a text begins with, if that is written as "%2B".
func hexadecimal(s string) (b byte, ok bool) {
	if len(s) < 3 || s[0] != '%' {
		return 0, false
	}
	text, err := url.PathUnescape(s[:3])
	if err != nil {
		return 0, false
	}
	return text[0], true
}

// of is the URI of a file as the editor would write it: as the folder that they share with what it has written, and the rest with the
// characters encoded that it encodes.
func (sp *spelling) of(path string) uri.URI {
	sp.mu.Lock()
	defer sp.mu.Unlock()
	canonical := string(uri.File(path))
	known := len(canonical)
	for known > len(fileScheme) && sp.folders[canonical[:known]] == "" {
		known = strings.LastIndexByte(canonical[:known], '/')
	}
	var out strings.Builder
	if known > len(fileScheme) {
		out.WriteString(sp.folders[canonical[:known]])
	} else {
		known = len(fileScheme)
		out.WriteString(fileScheme)
	}
	for i := known; i < len(canonical); i++ {
		b, ok := hexadecimal(canonical[i:])
		switch {
		case !ok:
			out.WriteByte(canonical[i])
			continue
		case sp.leaves(b):
			out.WriteByte(b)
		case sp.lower && !sp.upper:
			out.WriteString(strings.ToLower(canonical[i : i+3]))
		default:
			out.WriteString(canonical[i : i+3])
		}
		i += 2
	}
	return uri.URI(out.String())
}

// marks may stand in a path as they are. Source: RFC 3986, section 3.3, pchar without what is unreserved.
const marks = "!$&'()*+,;=:@"

// leaves says whether the editor writes a byte as it is: it did so, or did with others of the kind, and never encoded it.
func (sp *spelling) leaves(b byte) bool {
	alike := func(c byte) bool { return c == b }
	switch {
	case strings.IndexByte("%?#", b) >= 0:
		return false
	case b >= 0x80: // all bytes of a character in the same way
		alike = func(c byte) bool { return c >= 0x80 }
	case !sp.encoded[b] && strings.IndexByte(marks, b) >= 0:
		alike = func(c byte) bool { return !sp.encoded[c] && strings.IndexByte(marks, c) >= 0 }
	}
	left := false
	for i := range 256 {
		if c := byte(i); alike(c) {
			if sp.encoded[c] {
				return false
			}
			left = left || sp.plain[c]
		}
	}
	return left
}

// uriOf is the URI of a file, as the editor spells it.
func (s *server) uriOf(path string) uri.URI {
	if doc := s.docs.at(path); doc != nil {
		return doc.uri
	}
	return s.spelling.of(path)
}

type writtenKey struct{}

// keepSpelling learns how the editor spells URIs from messages that name folders or open documents, and hands on how it has spelled those
// in the message.
func (s *server) keepSpelling(next jsonrpc2.Handler) jsonrpc2.Handler {
	return func(ctx context.Context, req *jsonrpc2.Request) (any, error) {
		var names map[uri.URI]string
		switch req.Method() {
		case protocol.MethodTextDocumentDidOpen:
			names = map[uri.URI]string{}
			note(names, uriOfDocument(req.Params()))
		case protocol.MethodInitialize, protocol.MethodWorkspaceDidChangeWorkspaceFolders,
			protocol.MethodNotebookDocumentDidOpen, protocol.MethodNotebookDocumentDidChange:
			names = urisIn(req.Params())
		default:
			return next(ctx, req)
		}
		for _, name := range names {
			s.spelling.learn(name)
		}
		return next(context.WithValue(ctx, writtenKey{}, names), req)
	}
}

// spellings are the URIs of a message as the editor wrote them, by what they mean.
func spellings(ctx context.Context) map[uri.URI]string {
	names, _ := ctx.Value(writtenKey{}).(map[uri.URI]string)
	return names
}

// asWritten is a URI of a message as the editor wrote it, where that is known.
func asWritten(ctx context.Context, canonical uri.URI) uri.URI {
	if name := spellings(ctx)[canonical]; name != "" {
		return uri.URI(name)
	}
	return canonical
}

func note(names map[uri.URI]string, written string) {
	if canonical, err := uri.Parse(written); err == nil && written != "" {
		names[canonical] = written
	}
}

// uriOfDocument is the string params.textDocument.uri; "" when there is none. It reads no further than that, because a
// document's text comes behind it.
func uriOfDocument(params []byte) string {
	dec := json.NewDecoder(bytes.NewReader(params))
	var raw string
	if !enter(dec, "textDocument") || !enter(dec, "uri") || dec.Decode(&raw) != nil {
		return ""
	}
	return raw
}

// enter moves to the value of a member of the object that comes next.
func enter(dec *json.Decoder, name string) bool {
	if open, err := dec.Token(); err != nil || open != json.Delim('{') {
		return false
	}
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return false
		}
		if key == name {
			return true
		}
		var skipped json.RawMessage
		if dec.Decode(&skipped) != nil {
			return false
		}
	}
	return false
}

// urisIn are the URIs in a message, by what they mean.
func urisIn(params []byte) map[uri.URI]string {
	names := map[uri.URI]string{}
	var collect func(v any)
	collect = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			for key, value := range v {
				if name, ok := value.(string); ok && (key == "uri" || key == "rootUri") {
					note(names, name)
				}
				collect(value)
			}
		case []any:
			for _, item := range v {
				collect(item)
			}
		}
	}
	var all any
	if json.Unmarshal(params, &all) == nil {
		collect(all)
	}
	return names
}
