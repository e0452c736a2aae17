package workspace

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"aiolens/diagnostics"
)

// Silencing is an edit of a settings file that has a rule ignored.
type Silencing struct {
	File string // absolute
	Text string // of the file as it is; "" with New when there is none
	New  bool   // the file is to be made
	Edit diagnostics.Edit
}

// Silence is how to have a rule ignored in the project of a file: in the settings that hold there, or else in the
// pyproject.toml or a new aiolens.toml of the project. root is the folder of the project, for when no file shows where it is. ok is false
// when the settings are not written in a way that can be extended with certainty.
func (l *Loader) Silence(path, root, code string) (s Silencing, ok bool) {
	file := l.SettingsOf(path, root)
	if file == "" {
		if root == "" {
			return s, false
		}
		s = Silencing{File: filepath.Join(root, "aiolens.toml"), New: true, Edit: diagnostics.Edit{New: "ignore = [\"" + code + "\"]\n"}}
		_, err := os.Stat(s.File)
		return s, errors.Is(err, fs.ErrNotExist)
	}
	data, err := readFile(file)
	if err != nil {
		return s, false
	}
	var table []string
	if filepath.Base(file) == pyproject {
		table = []string{"tool", "aiolens"}
	}
	s = Silencing{File: file, Text: string(data), Edit: ignoring(data, table, code)}
	return s, leadsTo(data, s.Edit, table, code)
}

// SettingsOf is the file that the settings of a file of Python are in, or could be; "" when there is none up to root.
func (l *Loader) SettingsOf(path, root string) string {
	c, _ := l.Load(path)
	if c.File != "" {
		return c.File
	}
	for dir := filepath.Dir(path); ; dir = filepath.Dir(dir) {
		if name := filepath.Join(dir, pyproject); readable(name) {
			return name
		}
		if dir == filepath.Dir(dir) || dir == root {
			return ""
		}
	}
}

func readable(name string) bool {
	f, err := os.Open(name)
	if err == nil {
		f.Close()
	}
	return err == nil
}

// ignoring adds a code to the list of a table, or the list to the table, or the table to the file.
func ignoring(data []byte, table []string, code string) diagnostics.Edit {
	at := func(offset int, text string) diagnostics.Edit {
		e := diagnostics.Edit{New: text}
		e.Span.Start, e.Span.End = offset, offset
		return e
	}
	newline := "\n"
	if bytes.Contains(data, []byte("\r\n")) {
		newline = "\r\n"
	}
	quoted, list := `"`+code+`"`, `ignore = ["`+code+`"]`
	line := func(n int) int { // the offset of a line, from 1
		offset := 0
		for range n - 1 {
			next := bytes.IndexByte(data[offset:], '\n')
			if next < 0 {
				return len(data)
			}
			offset += next + 1
		}
		return offset
	}
	if n := keyLines(data, table...)["ignore"]; n > 0 {
		start := line(n)
		open := bytes.IndexByte(data[start:], '[')
		if open < 0 {
			return at(0, "")
		}
		closing, last := closingBracket(data, start+open)
		switch {
		case closing < 0:
			return at(0, "")
		case last == start+open: // empty
			return at(last+1, quoted)
		case data[last] == ',':
			indent := " "
			if i := bytes.LastIndexByte(data[:last], '\n'); i > start {
				indent = newline + string(data[i+1:i+1+len(data[i+1:last])-len(bytes.TrimLeft(data[i+1:last], " \t"))])
			}
			return at(last+1, indent+quoted+",")
		}
		return at(last+1, ", "+quoted)
	}
	if len(table) == 0 {
		return at(0, list+newline)
	}
	header := "[" + strings.Join(table, ".") + "]"
	for offset := 0; offset < len(data); {
		end := len(data)
		if i := bytes.IndexByte(data[offset:], '\n'); i >= 0 {
			end = offset + i + 1
		}
		text, _, _ := strings.Cut(string(data[offset:end]), "#")
		if strings.TrimSpace(text) == header {
			lead := ""
			if data[end-1] != '\n' {
				lead = newline
			}
			return at(end, lead+list+newline)
		}
		offset = end
	}
	lead := newline
	if len(data) > 0 && data[len(data)-1] != '\n' {
		lead += newline
	}
	return at(len(data), lead+header+newline+list+newline)
}

// closingBracket is where the list that opens at an offset ends, and where the last thing in it does that is neither
// blank nor comment: an item, a comma, or the bracket that opens it. -1 when it is not a flat list of strings.
func closingBracket(data []byte, open int) (closing, last int) {
	last = open
	for i := open + 1; i < len(data); i++ {
		switch c := data[i]; c {
		case ' ', '\t', '\r', '\n':
		case '#':
			for i+1 < len(data) && data[i+1] != '\n' {
				i++
			}
		case ']':
			return i, last
		case '"', '\'':
			end := bytes.IndexByte(data[i+1:], c)
			if end < 0 {
				return -1, last
			}
			i += end + 1
			last = i
		case ',':
			last = i
		default:
			return -1, last
		}
	}
	return -1, last
}

// leadsTo says whether an edit adds the code, and changes nothing else.
func leadsTo(data []byte, e diagnostics.Edit, table []string, code string) bool {
	if e.New == "" {
		return false
	}
	before, problem := parseTOML("", data)
	if problem != nil {
		return false
	}
	after, problem := parseTOML("", slices.Concat(data[:e.Span.Start], []byte(e.New), data[e.Span.End:]))
	if problem != nil {
		return false
	}
	was, _ := lookup(before, append(slices.Clone(table), "ignore")...)
	is, ok := lookup(after, append(slices.Clone(table), "ignore")...)
	return ok && slices.Equal(append(texts(was), code), texts(is))
}
