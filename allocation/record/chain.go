package record

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"time"
)

// Fault is one thing that is wrong with a record, and where.
type Fault struct {
	Entry  int    `json:"entry"`            // number of the entry, from 1; 0: the record as a whole
	File   string `json:"file,omitempty"`   // in which it is, where the store has files
	Object string `json:"object,omitempty"` // hash of the object, where it is one
	Offset int    `json:"offset"`           // of the first wrong byte in it, from 0; −1 where that can't be told
	Field  string `json:"field,omitempty"`  // of the entry
	Got    string `json:"got"`
	Want   string `json:"want"`
}

func (e *Fault) Error() string {
	text := "record"
	if e.Entry > 0 {
		text += fmt.Sprintf(": entry %d", e.Entry)
	}
	if e.File != "" {
		text += ", file " + e.File
	} else if e.Object != "" {
		text += ", object " + e.Object
	}
	if e.Offset >= 0 {
		text += fmt.Sprintf(", byte %d", e.Offset)
	}
	if e.Field != "" {
		text += ", " + e.Field
	}
	return fmt.Sprintf("%s: %s; want %s", text, e.Got, e.Want)
}

// Object names an object of the record by its seal.
type Object struct {
	Seal
	Bytes int `json:"bytes"`
}

// chain is a store with the end of its chain.
type chain struct {
	store  Store
	length int
	head   string // SHA-256 of the last entry, "" without any
	last   time.Time
}

// append puts an entry at the end, durably.
func (c *chain) append(ctx context.Context, kind Kind, now time.Time, body any) error {
	text, err := encodeJSON(body, "")
	if err != nil {
		return err
	}
	if now = now.UTC().Truncate(time.Second); now.Before(c.last) {
		now = c.last // a clock that was put back does not put the record back
	}
	e := Entry{Format: Format, Number: c.length + 1, Kind: kind, Time: now, Previous: c.head, Body: bytes.TrimSuffix(text, []byte("\n"))}
	content, err := e.encode()
	if err != nil {
		return err
	}
	if err := c.store.Append(ctx, e.Number, seal(content)); err != nil {
		return err
	}
	c.length, c.head, c.last = e.Number, SealOf(content).SHA256, now
	return nil
}

// put keeps a value as an object in indented JSON.
func (c *chain) put(ctx context.Context, value any) (Object, error) {
	content, err := objectBytes(value)
	if err != nil {
		return Object{}, err
	}
	o := Object{SealOf(content), len(content)}
	return o, c.store.Put(ctx, o.SHA256, content)
}

// objectBytes gives a value as objects are kept: JSON with a value a line.
func objectBytes(value any) ([]byte, error) { return encodeJSON(value, " ") }

// encodeJSON writes JSON with a line end; without an indent it is one line.
func encodeJSON(value any, indent string) ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", indent)
	err := encoder.Encode(value)
	return out.Bytes(), err
}

// next reads the entry after the last one read, and whether there was one. A *Fault says what is wrong with it.
func (c *chain) next(ctx context.Context) (*Entry, bool, error) {
	number := c.length + 1
	sealed, err := c.store.Entry(ctx, number)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	at := func(f *Fault) *Fault {
		f.Entry = number
		if p, ok := c.store.(Placer); ok {
			f.File = p.EntryFile(number)
		}
		return f
	}
	content, s, wrong, want := unseal(sealed)
	if want != "" {
		got := "the seal does not agree"
		if wrong >= 0 && wrong < len(sealed) {
			got = fmt.Sprintf("%q", sealed[wrong])
		}
		return nil, true, at(&Fault{Offset: wrong, Field: "seal", Got: got, Want: want})
	}
	e, fault := parseEntry(content)
	switch {
	case fault != nil:
		return nil, true, at(fault)
	case e.Number != number:
		return nil, true, at(&Fault{Offset: -1, Field: "number", Got: fmt.Sprint(e.Number), Want: fmt.Sprint(number)})
	case e.Previous != c.head:
		return nil, true, at(&Fault{Offset: -1, Field: "previous", Got: e.Previous, Want: fmt.Sprintf("%q, the hash of the entry before", c.head)})
	case e.Time.Before(c.last):
		return nil, true, at(&Fault{Offset: -1, Field: "time", Got: e.Time.String(), Want: "not before " + c.last.String()})
	}
	c.length, c.head, c.last = number, s.SHA256, e.Time
	return e, true, nil
}

// object reads an object that an entry speaks of.
func (c *chain) object(ctx context.Context, number int, field string, o Object) ([]byte, error) {
	fault := &Fault{Entry: number, Object: o.SHA256, Field: field, Offset: -1}
	if p, ok := c.store.(Placer); ok {
		fault.File = p.ObjectFile(o.SHA256)
	}
	content, err := c.store.Object(ctx, o.SHA256)
	if errors.Is(err, fs.ErrNotExist) {
		fault.Got, fault.Want = "no such object", "the object that the entry speaks of"
		return nil, fault
	}
	if err != nil {
		return nil, err
	}
	got := SealOf(content)
	if got == o.Seal && len(content) == o.Bytes {
		return content, nil
	}
	fault.Got, fault.Want = fmt.Sprintf("%d bytes of hash %s", len(content), got.SHA256), fmt.Sprintf("%d bytes of hash %s", o.Bytes, o.SHA256)
	var crc uint64
	if _, err := fmt.Sscanf(o.CRC64, "%16x", &crc); err == nil {
		if fixed, i := mend(content, crc); i >= 0 && SealOf(fixed) == o.Seal {
			fault.Offset, fault.Got, fault.Want = i, fmt.Sprintf("%q", content[i]), fmt.Sprintf("%q", fixed[i])
		}
	}
	return nil, fault
}
