package server

import (
	"context"
	"errors"
	"log/slog"
	"sync/atomic"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
)

// codec encodes the protocol's union types; that of package protocol is not exported.
type codec struct{}

func (codec) Marshal(v any) ([]byte, error) {
	if raw, ok := v.(jsonrpc2.RawMessage); ok {
		if raw == nil {
			return []byte("null"), nil
		}
		return raw, nil
	}
	return protocol.Marshal(v)
}

func (codec) Unmarshal(data []byte, v any) error {
	if raw, ok := v.(*jsonrpc2.RawMessage); ok {
		*raw = append(jsonrpc2.RawMessage(nil), data...)
		return nil
	}
	return protocol.Unmarshal(data, v)
}

// tolerantStream answers a message that is no JSON-RPC with an error, where jsonrpc2 would end the connection.
// It hides the stream's faster methods, which decode behind our back; they save half a microsecond a message.
type tolerantStream struct {
	jsonrpc2.Stream
	log *slog.Logger
	bad int // headers since the last good one
}

// quietConn drops what the server says and asks of its own accord after shutdown: some clients keep what comes while they end, as Neovim 0.7
// keeps findings.
type quietConn struct {
	jsonrpc2.Conn
	phase *atomic.Int32
}

func (c quietConn) Notify(ctx context.Context, method string, params any) error {
	if phase(c.phase.Load()) == down {
		return nil
	}
	return c.Conn.Notify(ctx, method, params)
}

func (c quietConn) Call(ctx context.Context, method string, params, result any) (jsonrpc2.ID, error) {
	if phase(c.phase.Load()) == down {
		return jsonrpc2.ID{}, errDown
	}
	return c.Conn.Call(ctx, method, params, result)
}

var errDown = errors.New("the session is shut down")

// maxBadHeaders is how many malformed headers in a row end the connection. A message that is longer or shorter than it says leaves a
// stream in which no header is found any more; an editor starts a server that ends again, and waits for one that is silent.
const maxBadHeaders = 10

func (s *tolerantStream) Read(ctx context.Context) (jsonrpc2.Message, int64, error) {
	for {
		msg, n, err := s.Stream.Read(ctx)
		switch {
		case errors.Is(err, jsonrpc2.ErrParse), errors.Is(err, jsonrpc2.ErrInvalidRequest):
			s.bad = 0
			s.log.Warn("malformed message", "err", err)
			if _, err := s.Write(ctx, jsonrpc2.NewResponse(jsonrpc2.ID{}, nil, err)); err != nil {
				return nil, 0, err
			}
		case errors.Is(err, jsonrpc2.ErrInvalidHeader):
			// The line was consumed, so the next good header is found.
			s.log.Warn("malformed header", "err", err)
			if s.bad++; s.bad == maxBadHeaders {
				return nil, 0, err
			}
		default:
			s.bad = 0
			return msg, n, err
		}
	}
}
