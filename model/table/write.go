package table

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/xianguan/xianguan/model"
)

// OccupiedError says that a folder holds files that are not a county's, so that
// a county is not written over it.
type OccupiedError struct {
	Dir  string
	File string // one that no county has
}

func (e *OccupiedError) Error() string {
	return fmt.Sprintf("%s holds %s, which is no file of a county: want a new folder, or one that holds nothing else than a county", e.Dir, e.File)
}

// WriteFolder writes a county as a folder of CSV files, from which [Read] gives
// an equal county. The folder appears as a whole or not at all. An existing
// folder is replaced if it holds nothing but a county's files; otherwise the
// error is an *[OccupiedError]. A county that is not valid is not written.
func WriteFolder(dir string, c *model.County) error {
	files, err := folderFiles(c)
	if err != nil {
		return err
	}
	if resolved, err := filepath.EvalSymlinks(dir); err == nil {
		dir = resolved
	}
	dir, err = filepath.Abs(dir)
	if err != nil {
		return err
	}
	if err := replaceable(dir); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return err
	}
	draft, err := os.MkdirTemp(filepath.Dir(dir), "."+filepath.Base(dir)+"-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(draft) // the old folder, or what is left of the new one
	whole, old := filepath.Join(draft, "new"), filepath.Join(draft, "old")
	if err := os.Mkdir(whole, 0o755); err != nil {
		return err
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(whole, name), content, 0o644); err != nil {
			return err
		}
	}
	if err := os.Rename(dir, old); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.Rename(whole, dir); err != nil {
		if back := os.Rename(old, dir); back != nil && !errors.Is(back, fs.ErrNotExist) {
			return errors.Join(err, back)
		}
		return err
	}
	return nil
}

// replaceable reports a folder that holds something else than a county.
func replaceable(dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, e := range entries {
		if !e.Type().IsRegular() || !slices.Contains(countyFiles(), e.Name()) {
			return &OccupiedError{dir, e.Name()}
		}
	}
	return nil
}

// folderFiles gives the content of each file of the folder. The optional files
// are there where they have rows.
func folderFiles(c *model.County) (map[string][]byte, error) {
	if err := writable(c); err != nil {
		return nil, err
	}
	curriculum, err := curriculumRows(c)
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{
		schoolsFile:    writeRows(schoolRows(c.Schools), schoolColumns()),
		teachersFile:   writeRows(c.Teachers, teacherColumns()),
		curriculumFile: writeRows(curriculum, curriculumColumns()),
		subsidiesFile:  writeRows(c.Subsidy, subsidyColumns()),
		settingsFile:   writeRows(settingRows(c), settingColumns()),
	}
	if len(c.Townships) > 0 {
		files[townshipsFile] = writeRows(c.Townships, townshipColumns())
	}
	if len(c.Posts) > 0 {
		files[postsFile] = writeRows(c.Posts, postColumns())
	}
	if len(c.Outside) > 0 {
		files[outsideFile] = writeRows(c.Outside, outsideColumns())
	}
	return files, nil
}

// writable reports what is wrong with a county that no reader would take back.
func writable(c *model.County) error {
	if err := c.Validate(); err != nil {
		return err
	}
	return rulesAgree(c)
}

// WriteJSON writes a county as one JSON file, from which [Read] gives an equal
// county. The file appears as a whole or not at all.
func WriteJSON(path string, c *model.County) error {
	if err := writable(c); err != nil {
		return err
	}
	return writeJSON(path, c)
}

// writeJSON writes a value as a JSON file.
func writeJSON(path string, value any) error {
	out, err := encode(value)
	if err != nil {
		return err
	}
	return writeFile(path, out, 0o644)
}

// encode gives indented JSON, a value a line, so that two files can be compared.
func encode(value any) ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	err := encoder.Encode(value)
	return out.Bytes(), err
}

// writeFile writes beside the path and renames, so that nobody reads half a file.
func writeFile(path string, content []byte, mode fs.FileMode) error {
	draft, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return err
	}
	defer os.Remove(draft.Name()) // fails after success, when it has its own name
	_, err = draft.Write(content)
	err = errors.Join(err, draft.Chmod(mode), draft.Close())
	if err != nil {
		return err
	}
	return os.Rename(draft.Name(), path)
}
