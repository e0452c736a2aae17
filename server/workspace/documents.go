package workspace

import "aiolens/diagnostics/python"

// A Snapshot is a document as it was at one version. It is immutable.
type Snapshot struct {
	Path    string // on disk; "" for a document that has no file
	Version int32  // as the editor counts
	Text    *python.Text

	Notebook bool   // Path is that of a notebook
	Cells    []Cell // of a notebook
}

// File is the path that says what kind of file the document is, even when it is on no disk.
func (s *Snapshot) File() string {
	if s.Path == "" && s.Notebook {
		return "Untitled.ipynb"
	}
	return s.Path
}

// A Change replaces a range of a text, or the whole of it.
type Change struct {
	Whole bool // Start and End mean nothing
	Start python.Position
	End   python.Position
	Text  string
}

// Edit applies changes one after another, each to the outcome of the one before it. Positions beyond the text
// are clamped to it, and a range that is written backwards is turned round, for an editor that is out of step must
// not end its session.
func (s *Snapshot) Edit(version int32, enc python.Encoding, changes []Change) *Snapshot {
	text := s.Text
	for _, c := range changes {
		if c.Whole {
			text = python.NewText(c.Text)
			continue
		}
		start, end := text.Offset(c.Start, enc), text.Offset(c.End, enc)
		text = text.Splice(python.Span{Start: min(start, end), End: max(start, end)}, c.Text)
	}
	return &Snapshot{Path: s.Path, Version: version, Text: text}
}
