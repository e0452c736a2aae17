package knowledge

import "testing"

func TestMentions(t *testing.T) {
	for name, want := range map[string]bool{"sleep": true, "getaddrinfo": true, "aclose": true, "fetch_customer_invoices": false, "": false} {
		if Mentions(name) != want {
			t.Errorf("%q: got %v", name, !want)
		}
	}
}
