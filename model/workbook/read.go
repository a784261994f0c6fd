package workbook

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/table"
)

// Limits, ten times what a county of 50,000 teachers takes. They bound the memory that a hostile file can ask for.
const (
	maxFile     = 64 << 20  // bytes of the file
	maxUnpacked = 256 << 20 // bytes of all its parts
	maxParts    = 2_000
	maxSheets   = 64
	maxRows     = 1_000_000
	maxColumns  = 256
	maxCells    = 8_000_000 // of all sheets
)

// Read reads a county from a workbook, as [table.Read] does from a folder. The error is a *[table.Errors] that holds a *[table.CellError] for
// each fault, a *[table.SizeError], or an error of the file system. It takes time and memory linear in the size of the sheets.
func Read(path string) (*model.County, error) {
	book, err := Open(path)
	if err != nil {
		return nil, err
	}
	return book.County()
}

// ReadPeople reads names and ID numbers from the sheet people (人员), as [table.ReadPeople] does from CSV.
func ReadPeople(path string) ([]model.Person, error) {
	book, err := Open(path)
	if err != nil {
		return nil, err
	}
	return book.People()
}

// ReadAssignments reads who has which post from the first sheet, as [table.ReadAssignments] does from CSV.
func ReadAssignments(path string, c *model.County) ([]model.Pin, error) {
	book, err := Open(path)
	if err != nil {
		return nil, err
	}
	return book.Assignments(c)
}

// Is reports whether a path is that of a workbook by its ending.
func Is(path string) bool { return strings.EqualFold(filepath.Ext(path), ".xlsx") }

// Open reads the cells of a workbook as text. The error is a *[table.Errors], a *[table.SizeError] or one of the file system.
func Open(path string) (*table.Book, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	name := filepath.Base(path)
	switch {
	case !info.Mode().IsRegular():
		return nil, refuse(name, "a plain file that can be read", nil)
	case info.Size() > maxFile:
		return nil, &table.SizeError{File: name, Limit: maxFile}
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return Parse(name, content)
}

// refuse is the error about a workbook as a whole.
func refuse(name, hint string, cause error) error {
	return &table.Errors{List: []error{&table.CellError{File: name, Hint: hint, Err: cause}}, Total: 1}
}

const wantWorkbook = "a workbook saved as .xlsx"

// Parse is [Open] for a workbook in memory; the name is for errors. The library that unpacks it is not made for hostile files: what it can't bear is refused before, and
// should it panic all the same, the file is at fault.
func Parse(name string, content []byte) (book *table.Book, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			book, err = nil, refuse(name, wantWorkbook+" that is whole; open it in a spreadsheet and save it again", fmt.Errorf("%v", fault))
		}
	}()
	if err := inspect(name, content); err != nil {
		return nil, err
	}
	f, err := excelize.OpenReader(bytes.NewReader(content), excelize.Options{RawCellValue: true, UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: maxUnpacked})
	if err != nil {
		return nil, refuse(name, wantWorkbook+" that is whole; open it in a spreadsheet and save it again", err)
	}
	defer f.Close()
	return readSheets(name, f)
}

// inspect looks at the outside of a file: its first bytes, and the directory of its parts with their unpacked sizes, to which the
// unpacking is held.
func inspect(name string, content []byte) error {
	if bytes.HasPrefix(content, []byte("\xd0\xcf\x11\xe0")) {
		return refuse(name, wantWorkbook+", without a password; this one is locked or in the old form .xls", nil)
	}
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		hint := wantWorkbook
		if bytes.HasPrefix(content, []byte("PK")) {
			hint += "; this one is cut off"
		}
		return refuse(name, hint, err)
	}
	total, hasBook := uint64(0), false
	for _, part := range archive.File {
		total += min(part.UncompressedSize64, maxUnpacked+1)
		hasBook = hasBook || strings.EqualFold(strings.TrimPrefix(part.Name, "/"), "[Content_Types].xml")
	}
	switch {
	case total > maxUnpacked:
		return &table.SizeError{File: name, Limit: maxUnpacked, Unpacked: true}
	case len(archive.File) > maxParts:
		return refuse(name, fmt.Sprintf("%s of at most %d parts; this one has %d", wantWorkbook, maxParts, len(archive.File)), nil)
	case !hasBook:
		return refuse(name, wantWorkbook+"; this is a zip file of something else", nil)
	}
	return readable(name, archive)
}

// readable reads every part once to its end, so that a size that lies, damaged bytes and XML that breaks off are found before anything is
// taken from them: the library would pass over the rest of a sheet in silence.
func readable(name string, archive *zip.Reader) error {
	for _, part := range archive.File {
		r, err := part.Open()
		if err == nil {
			if ending := strings.ToLower(filepath.Ext(part.Name)); ending == ".xml" || ending == ".rels" {
				err = wellFormed(r)
			}
			if err == nil {
				_, err = io.Copy(io.Discard, io.LimitReader(r, maxUnpacked+1))
			}
			err = errors.Join(err, r.Close())
		}
		if err != nil {
			return refuse(name, wantWorkbook+" that is whole; its part "+part.Name+" is damaged", err)
		}
	}
	return nil
}

// wellFormed reads XML to its end. It takes time linear in the text.
func wellFormed(r io.Reader) error {
	decoder, open := xml.NewDecoder(r), 0
	for {
		token, err := decoder.RawToken() // unlike Token it allocates no namespaces; that the tags pair off is counted
		switch {
		case errors.Is(err, io.EOF) && open == 0:
			return nil
		case errors.Is(err, io.EOF):
			return io.ErrUnexpectedEOF
		case err != nil:
			return err
		}
		switch token.(type) {
		case xml.StartElement:
			open++
		case xml.EndElement:
			open--
		}
	}
}
