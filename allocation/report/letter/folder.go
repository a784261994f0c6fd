package letter

import (
	"bytes"
	"fmt"
	"io"
	"strings"
)

// File is one file of a publication.
type File struct {
	Name    string // with "/" between folders
	Content []byte
}

// Files gives a publication as files:
//
//	posting.html, posting.txt, posting.csv    the list that everybody may see
//	letters.zh.html, letters.en.html          all letters, a sheet each, to print
//	teachers/ID.html, teachers/ID.txt         the letter to a teacher, in both languages
//	schools/ID.html, schools/ID.txt           the letter to a school
//
// An id is written as it is but for what can't be in a file's name.
func (p *Publication) Files() ([]File, error) {
	var files []File
	add := func(name string, write func(io.Writer) error) error {
		var out bytes.Buffer
		if err := write(&out); err != nil {
			return err
		}
		files = append(files, File{name, out.Bytes()})
		return nil
	}
	list := []struct {
		name  string
		write func(io.Writer) error
	}{
		{"posting.html", p.Posting.WriteHTML}, {"posting.txt", p.Posting.WriteText}, {"posting.csv", p.Posting.WriteCSV},
		{"letters.zh.html", func(w io.Writer) error { return p.WritePrint(w, false) }},
		{"letters.en.html", func(w io.Writer) error { return p.WritePrint(w, true) }},
	}
	if p.Named { // the list for everybody is not part of the copy with names
		list = list[3:]
	}
	for _, file := range list {
		if err := add(file.name, file.write); err != nil {
			return nil, err
		}
	}
	for _, kind := range []struct {
		folder  string
		letters []Letter
	}{{"teachers", p.Teachers}, {"schools", p.Schools}} {
		for i := range kind.letters {
			l := &kind.letters[i]
			name := kind.folder + "/" + fileName(l.ID)
			if err := add(name+".html", l.WriteHTML); err != nil {
				return nil, err
			}
			if err := add(name+".txt", l.WriteText); err != nil {
				return nil, err
			}
		}
	}
	return files, nil
}

// fileName writes an id so that it is the name of one file everywhere, and no two ids have the same.
func fileName(id string) string {
	var out strings.Builder
	for _, b := range []byte(id) {
		if b >= 0x80 || strings.IndexByte("-_", b) >= 0 || b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z' {
			out.WriteByte(b)
		} else {
			fmt.Fprintf(&out, "%%%02X", b)
		}
	}
	return out.String()
}
