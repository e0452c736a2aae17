package server

import (
	"bytes"
	"context"
	"encoding/json"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
)

type spellingKey struct{}

// keepSpelling hands the URI of an opened document on as the editor wrote it. Package protocol makes URIs canonical
// when it decodes them (file:///c:/x becomes file:///c%3A/x), and editors do not recognise their file in that.
func keepSpelling(next jsonrpc2.Handler) jsonrpc2.Handler {
	return func(ctx context.Context, req *jsonrpc2.Request) (any, error) {
		switch req.Method() {
		case protocol.MethodTextDocumentDidOpen:
			ctx = context.WithValue(ctx, spellingKey{}, rawURI(req.Params()))
		case protocol.MethodNotebookDocumentDidOpen, protocol.MethodNotebookDocumentDidChange:
			ctx = keepSpellings(ctx, req)
		}
		return next(ctx, req)
	}
}

// spelling is the URI as the editor wrote it, where that is known.
func spelling(ctx context.Context, canonical uri.URI) uri.URI {
	if raw, ok := ctx.Value(spellingKey{}).(string); ok && raw != "" {
		return uri.URI(raw)
	}
	return canonical
}

// rawURI is the string params.textDocument.uri; "" when there is none. It reads no further than that, because a
// document's text comes behind it.
func rawURI(params []byte) string {
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
