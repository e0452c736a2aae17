package python

import "bytes"

// crowd is how many comments, or continuation lines, may follow one another and be read one by one. From each of them the grammar's
// scanner looks on behind all that follow, so that many cost the square of their number.
const crowd = 32

// uncrowd makes one comment of all the comments on lines of their own that follow a crowd of them, and spaces of such continuation
// lines, byte for byte. In a string that holds such lines nothing changes but its text, which is not read from here.
func uncrowd(text []byte) {
	comments, continuations := 0, 0
	end := 0 // of the last comment
	for at := 0; at < len(text); {
		next := len(text)
		if n := bytes.IndexByte(text[at:], '\n'); n >= 0 {
			next = at + n + 1
		}
		line := bytes.Trim(text[at:next], " \t\f\r\n")
		switch {
		case len(line) == 0:
			continuations = 0
		case line[0] == '#':
			if comments++; comments > crowd {
				blank(text[end:at])
			}
			end, continuations = at+len(bytes.TrimRight(text[at:next], "\r\n")), 0
		case len(line) == 1 && line[0] == '\\':
			if continuations++; continuations > crowd {
				blank(text[at:next])
			}
			comments = 0
		default:
			comments, continuations = 0, 0
		}
		at = next
	}
}

func blank(text []byte) {
	for i := range text {
		text[i] = ' '
	}
}
