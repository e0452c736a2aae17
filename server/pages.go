package server

import (
	"strings"
	"sync"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"aiolens/diagnostics"
)

// page is what diagnostics say about their rule. It is the same for all findings of the rule.
type page struct {
	href uri.URI         // the first reference of the rule's page; "" when it has none
	data protocol.LSPAny // for clients that look at a finding again: {"code": "ASYNC251"}
}

// pages keeps what was made of each rule. The zero value is ready.
type pages struct {
	mu   sync.Mutex
	made map[*diagnostics.Rule]*page
}

func (p *pages) of(rule *diagnostics.Rule) *page {
	p.mu.Lock()
	defer p.mu.Unlock()
	if made, ok := p.made[rule]; ok {
		return made
	}
	if p.made == nil {
		p.made = map[*diagnostics.Rule]*page{}
	}
	code, err := protocol.Marshal(protocol.String(rule.Code))
	if err != nil {
		code = []byte("null")
	}
	made := &page{href: uri.URI(reference(rule.Doc)), data: protocol.LSPAny(`{"code":` + string(code) + `}`)}
	p.made[rule] = made
	return made
}

// reference is the first https link of the section "References" of a page; "" when there is none.
func reference(doc string) string {
	_, section, _ := strings.Cut(doc, "# References")
	_, rest, found := strings.Cut(section, "https://")
	if !found {
		return ""
	}
	if end := strings.IndexAny(rest, " \t\r\n)>]\"'`,"); end >= 0 {
		rest = rest[:end]
	}
	return "https://" + strings.TrimRight(rest, ".;:")
}

// markdown is the page of a rule as a hover shows it. The code comes first even if the page's heading lacks it.
func markdown(rule *diagnostics.Rule) string {
	doc := strings.TrimSpace(rule.Doc)
	heading, rest, _ := strings.Cut(doc, "\n")
	if !strings.HasPrefix(heading, "#") {
		return "# " + rule.Title() + "\n\n" + doc
	}
	if !strings.Contains(heading, rule.Code) {
		return "# " + rule.Title() + "\n" + rest
	}
	return doc
}
