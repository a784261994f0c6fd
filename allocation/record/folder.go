package record

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Folder is a [Store] in a folder that its owner alone may read:
//
//	entries/000001.json   an entry and its seal, a line each
//	objects/HASH          what entries refer to, under the SHA-256 of its bytes
//	lock                  empty; locked by who writes
//
// A file is written under another name, synced, renamed, and the folder synced, before Append or Put
// returns: a kill or a power cut leaves what was acknowledged and perhaps one whole file more.
type Folder struct {
	path string
	lock *os.File // nil for one who only reads
}

const (
	entriesFolder = "entries"
	objectsFolder = "objects"
	lockFile      = "lock"
)

// CreateFolder makes the folder of a new record, or opens one that is there, to write. The error is a *[LockedError] while
// another process writes. Close it.
func CreateFolder(path string) (*Folder, error) {
	for _, folder := range []string{path, filepath.Join(path, entriesFolder), filepath.Join(path, objectsFolder)} {
		if err := makeFolder(folder); err != nil {
			return nil, err
		}
	}
	return OpenFolder(path)
}

// makeFolder makes a folder durably, with the folders above it where these are missing.
func makeFolder(path string) error {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return nil
	}
	above := filepath.Dir(filepath.Clean(path))
	if above != path {
		if err := makeFolder(above); err != nil {
			return err
		}
	}
	if err := os.Mkdir(path, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return syncFolder(above)
}

// OpenFolder opens the folder of a record to write. Drafts of a writer that was killed are removed. The error is a *[LockedError]
// while another process writes. Close it.
func OpenFolder(path string) (*Folder, error) {
	if err := isRecord(path); err != nil {
		return nil, err
	}
	file, err := os.OpenFile(filepath.Join(path, lockFile), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := lock(file); err != nil {
		file.Close()
		if errors.Is(err, errLocked) {
			return nil, &LockedError{path}
		}
		return nil, fmt.Errorf("record: lock %s: %w", path, err)
	}
	f := &Folder{path, file}
	for _, folder := range []string{entriesFolder, objectsFolder} {
		files, err := os.ReadDir(filepath.Join(path, folder))
		if err != nil {
			return nil, errors.Join(err, f.Close())
		}
		for _, file := range files {
			if strings.HasPrefix(file.Name(), ".") {
				if err := os.Remove(filepath.Join(path, folder, file.Name())); err != nil {
					return nil, errors.Join(err, f.Close())
				}
			}
		}
	}
	return f, nil
}

// ReadFolder opens the folder of a record to read, also while another process writes.
func ReadFolder(path string) (*Folder, error) {
	if err := isRecord(path); err != nil {
		return nil, err
	}
	return &Folder{path: path}, nil
}

func isRecord(path string) error {
	for _, folder := range []string{entriesFolder, objectsFolder} {
		if info, err := os.Stat(filepath.Join(path, folder)); err != nil {
			return err
		} else if !info.IsDir() {
			return &fs.PathError{Op: "open", Path: filepath.Join(path, folder), Err: errors.New("want the folder of a record")}
		}
	}
	return nil
}

// Close lets others write.
func (f *Folder) Close() error {
	if f.lock == nil {
		return nil
	}
	err := errors.Join(unlock(f.lock), f.lock.Close())
	f.lock = nil
	return err
}

// EntryFile implements [Placer].
func (f *Folder) EntryFile(number int) string {
	return filepath.Join(f.path, entriesFolder, fmt.Sprintf("%06d.json", number))
}

// ObjectFile implements [Placer].
func (f *Folder) ObjectFile(hash string) string {
	return filepath.Join(f.path, objectsFolder, hash)
}

// Append implements [Store].
func (f *Folder) Append(_ context.Context, number int, entry []byte) error {
	path := f.EntryFile(number)
	if _, err := os.Lstat(path); err == nil {
		return &ConflictError{number}
	} else if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return f.write(path, entry)
}

// Entry implements [Store].
func (f *Folder) Entry(_ context.Context, number int) ([]byte, error) {
	return os.ReadFile(f.EntryFile(number))
}

// Put implements [Store].
func (f *Folder) Put(_ context.Context, hash string, content []byte) error {
	path := f.ObjectFile(hash)
	if old, err := os.ReadFile(path); err == nil && bytes.Equal(old, content) {
		return nil
	}
	return f.write(path, content)
}

// Object implements [Store].
func (f *Folder) Object(_ context.Context, hash string) ([]byte, error) {
	if filepath.Base(hash) != hash || strings.HasPrefix(hash, ".") {
		return nil, &fs.PathError{Op: "open", Path: hash, Err: fs.ErrNotExist}
	}
	return os.ReadFile(f.ObjectFile(hash))
}

// write writes a file whole and durably.
func (f *Folder) write(path string, content []byte) error {
	if f.lock == nil {
		return &fs.PathError{Op: "write", Path: path, Err: errors.New("the record was opened to read")}
	}
	draft, err := os.CreateTemp(filepath.Dir(path), ".draft-*")
	if err != nil {
		return err
	}
	_, err = draft.Write(content)
	if err = errors.Join(err, draft.Sync(), draft.Close()); err == nil {
		err = os.Rename(draft.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(draft.Name()))
	}
	return syncFolder(filepath.Dir(path))
}

// Objects implements [Lister].
func (f *Folder) Objects(context.Context) ([]string, error) {
	files, err := os.ReadDir(filepath.Join(f.path, objectsFolder))
	var hashes []string
	for _, file := range files {
		if !strings.HasPrefix(file.Name(), ".") { // a draft, which nobody acknowledged
			hashes = append(hashes, file.Name())
		}
	}
	return hashes, err
}

// Strays implements [Lister]: files that belong to no record, and entries beyond a gap.
func (f *Folder) Strays(context.Context) ([]string, error) {
	top, err := os.ReadDir(f.path)
	if err != nil {
		return nil, err
	}
	var strays []string
	for _, file := range top {
		switch name := file.Name(); name {
		case entriesFolder, objectsFolder:
		case lockFile:
			if info, err := file.Info(); err != nil || info.Size() > 0 {
				strays = append(strays, filepath.Join(f.path, name))
			}
		default:
			strays = append(strays, filepath.Join(f.path, name))
		}
	}
	entries, err := os.ReadDir(filepath.Join(f.path, entriesFolder))
	if err != nil {
		return nil, err
	}
	number := 1
	for _, file := range entries { // in order of name
		path := filepath.Join(f.path, entriesFolder, file.Name())
		if strings.HasPrefix(file.Name(), ".") {
			continue // a draft
		}
		if path == f.EntryFile(number) {
			number++
			continue
		}
		strays = append(strays, path)
	}
	return strays, nil
}
