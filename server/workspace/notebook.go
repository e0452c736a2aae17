package workspace

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"aiolens/diagnostics/python"
)

// Cell is a cell of code of a notebook, as a part of the text that all of them make: they share their names, in order.
type Cell struct {
	Key     string // what an editor calls it, in its canonical form; "" on disk
	Name    string // as the editor spells it
	Version int32  // as the editor counts
	Number  int    // among all cells of the notebook, from 1
	Line    int    // of the text, where it begins

	source python.Span // of the value of "source" in the file
	list   bool        // that is a list of lines
	text   string      // as it was
}

// IsNotebook says whether a path is that of a notebook.
func IsNotebook(path string) bool { return filepath.Ext(path) == ".ipynb" }

// CellAt is the cell that a line of the text is in; nil where there are none.
func CellAt(cells []Cell, line int) *Cell {
	for i := len(cells) - 1; i >= 0; i-- {
		if cells[i].Line <= line || i == 0 {
			return &cells[i]
		}
	}
	return nil
}

// cellMark begins the comment in front of each cell, as in what Jupyter makes of a notebook for Python.
const cellMark = "# In["

// JoinCells is the text that cells make, each behind a line of its own that says its number, and the lines on which they
// begin. What only IPython understands is turned into comments of the same length.
func JoinCells(numbers []int, texts []string) (text string, lines []int) {
	var b strings.Builder
	line := 0
	for i, t := range texts {
		fmt.Fprintf(&b, "%s%d]:\n", cellMark, numbers[i])
		line++
		lines = append(lines, line)
		t = Plain(t)
		b.WriteString(t)
		if !strings.HasSuffix(t, "\n") && !strings.HasSuffix(t, "\r") {
			b.WriteByte('\n')
			t += "\n"
		}
		line += lineEnds([]byte(t))
	}
	return b.String(), lines
}

var (
	assignedMagic = Regexp(`^(\s*[\w., \[\]]+=\s*)[!%]\w`)
	askedFor      = Regexp(`^\s*[\w.]+\?{1,2}\s*$`)
	lineMagic     = Regexp(`^\s*(?:%[A-Za-z]|!|\?)`)
)

// pythonMagics are the magics of a cell whose text is Python nevertheless.
var pythonMagics = map[string]bool{"time": true, "timeit": true, "capture": true, "prun": true}

// Plain turns the magics, the commands for the shell and the questions of IPython into comments, byte for byte.
// Source: ipython.readthedocs.io, built-in magic commands.
func Plain(cell string) string {
	first := strings.TrimLeft(cell, " \t\r\n")
	if !strings.ContainsAny(cell, "%!?") {
		return cell
	}
	if magic, ok := strings.CutPrefix(first, "%%"); ok {
		name := magic
		if i := strings.IndexFunc(magic, func(r rune) bool { return !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || r == '_') }); i >= 0 {
			name = magic[:i]
		}
		if !pythonMagics[name] {
			return eachLine(cell, func(string, bool) int { return 0 })
		}
	}
	return eachLine(cell, func(line string, continued bool) int {
		switch {
		case continued, lineMagic().MatchString(line), strings.HasPrefix(strings.TrimLeft(line, " \t"), "%%"), askedFor().MatchString(line):
			return 0
		}
		if m := assignedMagic().FindStringSubmatchIndex(line); m != nil {
			return m[3]
		}
		return -1
	})
}

// eachLine turns lines into comments from an offset on that is given for each; -1 leaves the line as it is. What stood
// before the offset is an assignment then, of "..." where there is room. continued says that the line before it was a comment that a
// backslash ends.
func eachLine(cell string, from func(line string, continued bool) int) string {
	out := []byte(cell)
	continued := false
	for start := 0; start < len(cell); {
		end := start
		for end < len(cell) && cell[end] != '\n' && cell[end] != '\r' {
			end++
		}
		line := cell[start:end]
		at := from(line, continued)
		continued = false
		if blank := strings.TrimLeft(line, " \t"); at >= 0 && blank != "" {
			begin := start + len(line) - len(blank)
			rest := out[start+at : end]
			switch {
			case at > 0 && len(rest) > 3 && rest[3] < 0x80:
				copy(rest, "...#")
			default:
				out[begin] = '#'
				if blank[0] >= 0x80 { // do not leave half of a character
					for i := begin + 1; i < end && out[i]&0xC0 == 0x80; i++ {
						out[i] = ' '
					}
				}
			}
			continued = strings.HasSuffix(line, "\\")
		}
		start = end + 1
	}
	return string(out)
}

// readNotebook makes the text and the cells of a notebook in the format of Jupyter, version 4. One in another format, or in another
// language than Python, has no text.
// Source: nbformat.readthedocs.io.
func readNotebook(path string, data []byte) (text string, cells []Cell, err error) {
	var whole struct {
		Metadata struct {
			Kernel   struct{ Language string } `json:"kernelspec"`
			Language struct{ Name string }     `json:"language_info"`
		}
		Cells []json.RawMessage
	}
	if err := json.Unmarshal(data, &whole); err != nil {
		return "", nil, fmt.Errorf("%s: no notebook: %w", path, err)
	}
	if l := whole.Metadata.Language.Name; l != "" && l != "python" && l != "ipython" {
		return "", nil, nil
	}
	if l := whole.Metadata.Kernel.Language; l != "" && l != "python" && l != "ipython" {
		return "", nil, nil
	}
	var texts []string
	var numbers []int
	at := 0
	for i, raw := range whole.Cells {
		begin := bytes.Index(data[at:], raw) + at
		at = begin + len(raw)
		c := Cell{Number: i + 1}
		var kind string
		dec := json.NewDecoder(bytes.NewReader(raw))
		_, _ = dec.Token()
		for dec.More() {
			key, _ := dec.Token()
			var value json.RawMessage
			if err := dec.Decode(&value); err != nil {
				return "", nil, err
			}
			switch key {
			case "cell_type":
				_ = json.Unmarshal(value, &kind)
			case "source":
				end := begin + int(dec.InputOffset())
				c.source = python.Span{Start: end - len(value), End: end}
				var lines []string
				c.list = json.Unmarshal(value, &lines) == nil
				if c.list {
					c.text = strings.Join(lines, "")
				} else if json.Unmarshal(value, &c.text) != nil {
					c.text = ""
				}
			}
		}
		if kind == "code" {
			cells, texts, numbers = append(cells, c), append(texts, c.text), append(numbers, c.Number)
		}
	}
	text, lines := JoinCells(numbers, texts)
	for i := range cells {
		cells[i].Line = lines[i]
	}
	return text, cells, nil
}

// writeNotebook is the file with the cells of another text that still begins each of them where it says so. The rest of the file
// stays as it is, byte for byte.
func writeNotebook(data []byte, cells []Cell, now string) ([]byte, error) {
	texts := strings.Split("\n"+now, "\n"+cellMark)
	if len(texts) != len(cells)+1 || texts[0] != "" {
		return nil, errors.New("the fix goes beyond one cell of the notebook")
	}
	var out bytes.Buffer
	at := 0
	for i, c := range cells {
		_, text, ok := strings.Cut(texts[i+1], "\n")
		if !ok {
			return nil, errors.New("the fix goes beyond one cell of the notebook")
		}
		was := Plain(c.text)
		if i+1 == len(cells) {
			text = strings.TrimSuffix(text, "\n")
			was = strings.TrimSuffix(was, "\n")
		}
		if text == strings.TrimSuffix(was, "\n") {
			continue
		}
		text = unmask(c.text, text)
		if strings.HasSuffix(c.text, "\n") {
			text += "\n"
		}
		out.Write(data[at:c.source.Start])
		out.Write(encodeSource(data, c, text))
		at = c.source.End
	}
	out.Write(data[at:])
	return out.Bytes(), nil
}

// unmask gives the lines of a cell back that were turned into comments.
func unmask(cell, text string) string {
	plain := strings.Split(Plain(cell), "\n")
	masked := map[string]string{}
	for i, line := range strings.Split(cell, "\n") {
		if line != plain[i] {
			masked[plain[i]] = line
		}
	}
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if was, ok := masked[line]; ok {
			lines[i] = was
		}
	}
	return strings.Join(lines, "\n")
}

// encodeSource is the value of "source" of a cell with another text, laid out as the old one.
func encodeSource(data []byte, c Cell, text string) []byte {
	quote := func(s string) []byte {
		var b bytes.Buffer
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		_ = e.Encode(s)
		return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
	}
	if !c.list {
		return quote(text)
	}
	old := data[c.source.Start:c.source.End]
	between, closing := []byte(" "), []byte(nil) // on one line
	if i := bytes.IndexByte(old, '\n'); i >= 0 {
		rest := old[i:]
		between = rest[:len(rest)-len(bytes.TrimLeft(rest, " \t\r\n"))]
		closing = old[bytes.LastIndexByte(old, '\n') : len(old)-1]
	}
	var b bytes.Buffer
	b.WriteByte('[')
	for i, line := range strings.SplitAfter(text, "\n") {
		if line == "" {
			continue
		}
		if i > 0 {
			b.WriteByte(',')
		}
		if i > 0 || closing != nil {
			b.Write(between)
		}
		b.Write(quote(line))
	}
	b.Write(closing)
	b.WriteByte(']')
	return b.Bytes()
}
