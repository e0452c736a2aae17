package server

import (
	"context"
	"time"

	"go.lsp.dev/protocol"
)

// progress tells the user of work in the background that takes its time.
type progress struct {
	server *server
	title  string
	start  time.Time
	last   time.Time
	token  protocol.String // "" until it is shown
	failed bool
}

func (s *server) progress(title string) *progress {
	return &progress{server: s, title: title, start: time.Now()}
}

// report shows how far the work is: not at once, for what is done soon need not be shown, and not too often.
func (p *progress) report(ctx context.Context, message string) {
	s, now := p.server, time.Now()
	if !s.editor.progress || p.failed || now.Sub(p.start) < s.opts.patient || now.Sub(p.last) < s.opts.patient {
		return
	}
	p.last = now
	if p.token == "" {
		// An editor that never answers must not hold up the work for ever.
		ctx, cancel := context.WithTimeout(ctx, answerTime)
		defer cancel()
		token := protocol.String("aiolens " + p.title)
		if err := s.client.WorkDoneProgressCreate(ctx, &protocol.WorkDoneProgressCreateParams{Token: token}); err != nil {
			p.failed = true
			return
		}
		p.token = token
		p.send(ctx, protocol.WorkDoneProgressBegin{Kind: "begin", Title: p.title, Message: &message})
		return
	}
	p.send(ctx, protocol.WorkDoneProgressReport{Kind: "report", Message: &message})
}

// end takes the progress away.
func (p *progress) end(ctx context.Context, message string) {
	if p.token != "" {
		p.send(ctx, protocol.WorkDoneProgressEnd{Kind: "end", Message: &message})
	}
}

func (p *progress) send(ctx context.Context, value any) {
	if raw, err := protocol.Marshal(value); err == nil {
		p.server.client.Progress(ctx, &protocol.ProgressParams{Token: p.token, Value: raw})
	}
}
