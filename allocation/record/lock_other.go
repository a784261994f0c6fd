//go:build !unix

package record

import (
	"errors"
	"io/fs"
	"os"
)

var errLocked = errors.New("locked")

// lock takes the record by a file that only one process can make. Where the process was killed the file stays, and whoever knows
// that nobody writes removes it by hand.
func lock(file *os.File) error {
	holder, err := os.OpenFile(file.Name()+".held", os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return errLocked
	}
	if err != nil {
		return err
	}
	return holder.Close()
}

func unlock(file *os.File) error { return os.Remove(file.Name() + ".held") }

// syncFolder does nothing: these systems can't sync a folder, and write names through.
func syncFolder(string) error { return nil }
