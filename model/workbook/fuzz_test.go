package workbook_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/xianguan/xianguan/model/table"
	"github.com/xianguan/xianguan/model/workbook"
)

// Whatever the bytes are, they are a county or an error with a place.
func FuzzParse(f *testing.F) {
	f.Add(good(f))
	for _, m := range malformed(f) {
		if len(m.content) < 1<<15 && !strings.Contains(m.reason, "rows") { // what takes a second would keep the fuzz from its work
			f.Add(m.content)
		}
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		held(t, content)
	})
}

// The same for the XML of one sheet, which a fuzz of packed bytes hardly reaches.
func FuzzSheet(f *testing.F) {
	whole := good(f)
	in, err := zip.NewReader(bytes.NewReader(whole), int64(len(whole)))
	if err != nil {
		f.Fatal(err)
	}
	for _, part := range in.File {
		if part.Name == "xl/worksheets/sheet4.xml" {
			var text bytes.Buffer
			r, err := part.Open()
			if err != nil {
				f.Fatal(err)
			}
			if _, err := text.ReadFrom(r); err != nil {
				f.Fatal(err)
			}
			f.Add(text.Bytes())
		}
	}
	f.Fuzz(func(t *testing.T, sheet []byte) {
		held(t, rezipped(t, whole, func(name string, text []byte) []byte {
			if name == "xl/worksheets/sheet4.xml" {
				return append([]byte{}, sheet...)
			}
			return text
		}))
	})
}

func held(t *testing.T, content []byte) {
	t.Helper()
	book, err := workbook.Parse("county.xlsx", content)
	if err == nil {
		_, err = book.County()
	}
	var cell *table.CellError
	var size *table.SizeError
	if err != nil && !errors.As(err, &cell) && !errors.As(err, &size) {
		t.Fatalf("%T: %v", err, err)
	}
}
