package workspace

import "strings"

// hint says what may have been meant by a name that is none of the names.
func hint(name string, names []string) string {
	if near := Nearest(name, names); near != "" {
		return "did you mean \"" + near + "\"?"
	}
	if len(names) <= 16 {
		return "known are " + strings.Join(names, ", ")
	}
	return "nothing comes near; `aiolens rule` lists them"
}

// Nearest is the name that a misspelt one most likely means; "" when none comes near. Case does not matter.
func Nearest(name string, names []string) string {
	best, near := max(2, len(name)/3)+1, ""
	for _, n := range names {
		if d := distance(strings.ToLower(name), strings.ToLower(n)); d < best && d < len(n) {
			best, near = d, n
		}
	}
	return near
}

// distance is the Levenshtein distance of two strings, in bytes.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0]++
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, diagonal+1)
		}
	}
	return row[len(b)]
}
