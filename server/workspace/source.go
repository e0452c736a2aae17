package workspace

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"unsafe"

	"golang.org/x/text/encoding"
)

// Source is a file of Python as it was read: its text, and what it takes to write it back the way it was.
type Source struct {
	Path string
	Text string // UTF-8, without a byte order mark; line ends as in the file

	Cells []Cell // of a notebook, whose text is what they make

	data     []byte // of a notebook
	bom      bool
	encoding encoding.Encoding // nil for UTF-8
	name     string            // of the encoding, as the file calls it
	info     fs.FileInfo       // nil when the source is not from a file
}

var bom = []byte("\uFEFF")

// Read reads a file in the encoding that it declares (PEP 263), UTF-8 by default. What cannot be decoded is a
// [*DecodeError].
func Read(path string) (*Source, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	data, err := readFile(path)
	if err != nil {
		return nil, err
	}
	s, err := NewSource(path, data)
	if err == nil {
		s.info = info
	}
	return s, err
}

// NewSource makes a source of the bytes of a file, which it keeps: they must not change any more.
func NewSource(path string, data []byte) (*Source, error) {
	s := &Source{Path: path, name: "utf-8"}
	if IsNotebook(path) {
		var err error
		s.data = data
		s.Text, s.Cells, err = readNotebook(path, data)
		return s, err
	}
	data, s.bom = bytes.CutPrefix(data, bom)
	if name, line := declared(data); name != "" {
		enc, ok := codec(name)
		if !ok {
			return nil, fmt.Errorf("%s:%d: unknown encoding %q", path, line, name)
		}
		if s.bom && enc != nil {
			return nil, fmt.Errorf("%s:%d: the coding line says %q, the byte order mark UTF-8", path, line, name)
		}
		s.encoding, s.name = enc, name
	}
	text, offset := decode(data, s.encoding)
	if offset >= 0 {
		e := &DecodeError{Path: path, Line: 1 + lineEnds(data[:offset]), Offset: offset, Byte: data[offset], Encoding: s.name}
		if s.bom {
			e.Offset += len(bom)
		}
		return nil, e
	}
	s.Text = unsafe.String(unsafe.SliceData(text), len(text)) // no second copy of what nobody writes to
	return s, nil
}

// Encode is a text as bytes of the file. It fails when the encoding has no place for a character of the text.
func (s *Source) Encode(text string) ([]byte, error) {
	if s.data != nil {
		data, err := writeNotebook(s.data, s.Cells, text)
		if err != nil {
			err = fmt.Errorf("%s: %w", s.Path, err)
		}
		return data, err
	}
	if s.encoding != nil {
		text, err := s.encoding.NewEncoder().String(text)
		if err != nil {
			return nil, fmt.Errorf("%s: the text does not fit in %s", s.Path, s.name)
		}
		return []byte(text), nil
	}
	if s.bom {
		return append(bom[:len(bom):len(bom)], text...), nil
	}
	return []byte(text), nil
}

// Write replaces the file by another text, at once or not at all, in the encoding and with the permissions that it
// had. Where the path is a link, the file that it leads to is replaced. A file that has changed since it was read
// is left alone.
func (s *Source) Write(text string) error {
	data, err := s.Encode(text)
	if err != nil {
		return err
	}
	if err := s.replace(data); err != nil {
		return fmt.Errorf("%s: not written: %w", s.Path, err)
	}
	return nil
}

func (s *Source) replace(data []byte) error {
	path, err := filepath.EvalSymlinks(s.Path)
	if err != nil {
		return err
	}
	tmp, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name()) // nothing is left there when all goes well
	_, err = tmp.Write(data)
	if err == nil && s.info != nil {
		err = tmp.Chmod(s.info.Mode().Perm())
	}
	if closing := tmp.Close(); err == nil {
		err = closing
	}
	if err != nil {
		return err
	}
	if now, err := os.Stat(path); err != nil {
		return err
	} else if s.info != nil && (now.Size() != s.info.Size() || !now.ModTime().Equal(s.info.ModTime())) {
		return errors.New("it has changed meanwhile")
	}
	return os.Rename(tmp.Name(), path)
}

// lineEnds counts "\n", "\r\n" and a lone "\r".
func lineEnds(data []byte) int {
	return bytes.Count(data, []byte("\n")) + bytes.Count(data, []byte("\r")) - bytes.Count(data, []byte("\r\n"))
}
