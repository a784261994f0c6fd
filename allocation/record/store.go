package record

import (
	"context"
	"fmt"
)

// Store keeps the entries of one record and the objects that they refer to. It is all that a record asks of a folder
// or of a database, and it may be slow: a season has tens of entries and some objects of up to a few megabytes.
//
// What is kept is opaque bytes. A store never changes or removes any, and has written them durably when it
// returns: for a database, committed.
type Store interface {
	// Append keeps entry number, which is one above the last one, from 1. The error is a *[ConflictError] where the
	// number is taken, as by another writer, and nothing is changed then.
	Append(ctx context.Context, number int, entry []byte) error
	// Entry gives an entry; the error is fs.ErrNotExist (errors.Is) after the last one.
	Entry(ctx context.Context, number int) ([]byte, error)
	// Put keeps an object under its SHA-256 in hexadecimal. To put the same object again is no error.
	Put(ctx context.Context, hash string, content []byte) error
	// Object gives an object; the error is fs.ErrNotExist (errors.Is) where there is none.
	Object(ctx context.Context, hash string) ([]byte, error)
}

// Lister is a [Store] that can list what it keeps, so that Verify also finds what no entry speaks of.
type Lister interface {
	Objects(ctx context.Context) (hashes []string, err error)
	Strays(ctx context.Context) (files []string, err error) // what belongs to no record
}

// Placer is a [Store] that knows in which file an entry or an object is, for messages.
type Placer interface {
	EntryFile(number int) string
	ObjectFile(hash string) string
}

// ConflictError says that an entry was appended by another writer in the meantime. Nothing was changed: open the record again.
type ConflictError struct{ Number int }

func (e *ConflictError) Error() string {
	return fmt.Sprintf("record: entry %d is there already: another writer was faster; open the record again", e.Number)
}

// LockedError says that another process writes to the record.
type LockedError struct{ Path string }

func (e *LockedError) Error() string {
	return fmt.Sprintf("record: %s: another process writes to this record; wait until it is done", e.Path)
}
