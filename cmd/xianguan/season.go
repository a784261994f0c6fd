package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/xianguan/xianguan/allocation/appeal"
	"github.com/xianguan/xianguan/allocation/record"
	"github.com/xianguan/xianguan/allocation/report/letter"
	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/policy"
)

// The folders of a season beside each other: what everybody may read, the copy with names, and the record.
const (
	publicFolder   = "public"
	officialFolder = "official"
	recordFolder   = "record"
)

// withSeason opens the record in the folder of a season to write, and does something with it.
func withSeason(ctx context.Context, folder string, do func(*record.Season) error) error {
	store, err := record.OpenFolder(filepath.Join(folder, recordFolder))
	if err != nil {
		return seasonError(err)
	}
	s, err := record.Open(ctx, store, nil)
	if err == nil {
		err = do(s)
	}
	return seasonError(errors.Join(err, store.Close()))
}

// seasonError marks what the caller of a season got wrong.
func seasonError(err error) error {
	switch {
	case err == nil:
		return nil
	case is[*record.StepError](err), is[*record.Fault](err), is[*record.ConflictError](err), is[*record.LockedError](err), is[*appeal.LateError](err), is[*appeal.FinalError](err):
		return inputError{err}
	}
	return err
}

// dayFlag reads a day; "" is today.
func dayFlag(name, text string) (model.Date, error) {
	if text == "" {
		return model.NewDate(time.Now().Date()), nil
	}
	day, err := model.ParseDate(text)
	if err != nil {
		return 0, badInput("--%s: %w", name, err)
	}
	return day, nil
}

// lastDay is the last day to object: the one given, or so many working days after publication as the policy and the county's own setting say.
func lastDay(c *model.County, day model.Date, text string) (model.Date, error) {
	if text != "" {
		return dayFlag("until", text)
	}
	pack, err := policy.Load(c.Policy)
	if err != nil {
		return 0, inputError{err}
	}
	procedure, err := pack.ProcedureFor(c.Overrides)
	if err != nil {
		return 0, inputError{err}
	}
	return day.AddWorkingDays(procedure.ObjectionDays), nil
}

// writeFiles writes a folder of files whole or not at all: under another name first. A folder that is there already, as of a run that was
// stopped, is replaced.
func writeFiles(folder string, files []letter.File, folderMode, fileMode fs.FileMode) error {
	draft, err := os.MkdirTemp(filepath.Dir(folder), "."+filepath.Base(folder)+"-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(draft) // fails after success, when it has its own name
	for _, f := range files {
		path := filepath.Join(draft, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(path), folderMode); err != nil {
			return err
		}
		if err := os.WriteFile(path, f.Content, fileMode); err != nil {
			return err
		}
	}
	if err := os.Chmod(draft, folderMode); err != nil {
		return err
	}
	if err := os.RemoveAll(folder); err != nil {
		return err
	}
	return os.Rename(draft, folder)
}

// recorded lists files by hash.
func recorded(prefix string, files []letter.File) []record.File {
	all := make([]record.File, len(files))
	for i, f := range files {
		all[i] = record.File{Name: prefix + "/" + f.Name, SHA256: record.SealOf(f.Content).SHA256, Bytes: len(f.Content)}
	}
	return all
}
