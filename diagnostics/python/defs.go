package python

import "strings"

// Definitions calls yield for the name of each function that a text defines, wherever, and whether that is a coroutine
// function. It takes no notice of strings and comments: what stands in them as if it were a definition counts.
func Definitions(src string) func(yield func(name string, async bool) bool) {
	return func(yield func(name string, async bool) bool) {
		for at := 0; ; {
			i := strings.Index(src[at:], "def ")
			if i < 0 {
				return
			}
			i += at
			at = i + len("def ")
			before := strings.TrimRight(src[max(0, i-32):i], " \t")
			async := false
			if strings.HasSuffix(before, "async") && len(before) < i-max(0, i-32) {
				async = true
				before = strings.TrimRight(before[:len(before)-len("async")], " \t")
			}
			if n := len(before); n > 0 && before[n-1] != '\n' && before[n-1] != '\r' && before[n-1] != ';' && before[n-1] != ':' {
				continue // the end of a word, or in the middle of a sentence
			}
			if name := word(src, at); name != "" && !yield(name, async) {
				return
			}
		}
	}
}

// Calls says whether the file has a call of a function, or of a method, with one of the names.
func (f *File) Calls(named func(name string) bool) bool {
	src := f.text.src
	for at := 0; ; {
		i := strings.IndexByte(src[at:], '(')
		if i < 0 {
			return false
		}
		end := at + i
		at = end + 1
		start := end
		for start > 0 && isWord(src[start-1]) {
			start--
		}
		if start < end && named(src[start:end]) {
			return true
		}
	}
}
