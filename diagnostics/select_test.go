package diagnostics_test

import (
	"strings"
	"testing"

	"aiolens/diagnostics"
)

// TestOptional checks that a rule that is optional runs only where it is named.
func TestOptional(t *testing.T) {
	always := &diagnostics.Rule{Code: "ASYNC901", Name: "always-there", Family: "family", Severity: diagnostics.Warning}
	optional := &diagnostics.Rule{Code: "ASYNC902", Name: "when-asked", Family: "family", Severity: diagnostics.Warning, Optional: true}
	for _, c := range []struct {
		settings diagnostics.Settings
		want     string
	}{
		{diagnostics.Settings{}, "ASYNC901"},
		{diagnostics.Settings{Hints: true}, "ASYNC901"},
		{diagnostics.Settings{Select: []string{"ALL"}}, "ASYNC901"},
		{diagnostics.Settings{Select: []string{"family"}}, "ASYNC901"},
		{diagnostics.Settings{Select: []string{"ASYNC"}}, "ASYNC901"},
		{diagnostics.Settings{Select: []string{"ASYNC9"}}, "ASYNC901 ASYNC902"},
		{diagnostics.Settings{Select: []string{"when-asked"}}, "ASYNC902"},
		{diagnostics.Settings{ExtendSelect: []string{"ASYNC902"}}, "ASYNC901 ASYNC902"},
		{diagnostics.Settings{ExtendSelect: []string{"ASYNC9"}, Ignore: []string{"ASYNC902"}}, "ASYNC901"},
		{diagnostics.Settings{Select: []string{"ALL"}, Severity: map[string]diagnostics.Severity{"ASYNC902": diagnostics.Error}}, "ASYNC901"},
	} {
		checker, _ := diagnostics.NewChecker([]*diagnostics.Rule{always, optional}, c.settings)
		var got []string
		for r := range checker.Rules {
			got = append(got, r.Code)
		}
		if got := strings.Join(got, " "); got != c.want {
			t.Errorf("%+v: %s run, want %s", c.settings, got, c.want)
		}
	}
}
