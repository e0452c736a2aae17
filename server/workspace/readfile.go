package workspace

import (
	"errors"
	"io/fs"
	"os"
)

// maxRead is how large a file may be that is read, in bytes.
const maxRead = 256 << 20

// readFile is os.ReadFile of a regular file: a named pipe would never end, nor would a device.
func readFile(path string) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, err
	case info.IsDir():
		return os.ReadFile(path) // for its error
	case !info.Mode().IsRegular():
		return nil, &fs.PathError{Op: "read", Path: path, Err: errors.New("not a regular file")}
	case info.Size() > maxRead:
		return nil, &fs.PathError{Op: "read", Path: path, Err: errors.New("too large")}
	}
	return os.ReadFile(path)
}
