// Package rules is the list of all rules.
package rules

import "aiolens/diagnostics"

// All are the rules, in order of their codes within each family.
var All = []*diagnostics.Rule{}

// Find returns the rules that a code, a name or an alias means; several rules may share a name.
func Find(name string) []*diagnostics.Rule {
	var found []*diagnostics.Rule
	for _, r := range All {
		if r.Matches(name) {
			found = append(found, r)
		}
	}
	return found
}
