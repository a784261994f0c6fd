// Package frame is what the backend ortools and its worker say to each other: framed bytes over the worker's
// standard input and output.
//
//	worker → parent   Hello    once, when the library is loaded: a Greeting
//	parent → worker   Solve    a Request; one at a time
//	parent → worker   Stop     end the solve that runs, and answer with what it has
//	worker → parent   Result   the bytes of a CpSolverResponse
//	worker → parent   Error    a Failure, after which the worker ends
//
// A frame is a header of eight bytes and a payload: the mark "XGO", the kind, and the length of the payload in four
// bytes, the highest first. The worker ends when its input ends, so it never outlives its parent.
package frame

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"math"
)

// Protocol is the version of this protocol. Both sides must have the same.
const Protocol = 1

// MaxPayload is the longest payload: the C interface of OR-Tools counts bytes in an int.
const MaxPayload = math.MaxInt32

// Kind says what a frame carries.
type Kind byte

// The kinds; see the package comment.
const (
	Hello Kind = iota + 1
	Solve
	Stop
	Result
	Error
)

var names = [...]string{Hello: "Hello", Solve: "Solve", Stop: "Stop", Result: "Result", Error: "Error"}

func (k Kind) String() string {
	if k < Hello || k > Error {
		return fmt.Sprintf("Kind(%d)", byte(k))
	}
	return names[k]
}

const mark = "XGO"

const headerSize = len(mark) + 1 + 4

// FormatError says what is wrong with bytes that should be a frame or a payload.
type FormatError struct {
	Field string // such as "mark" or "length"
	Value string
	Want  string
}

func (e *FormatError) Error() string {
	return fmt.Sprintf("frame: %s is %s, want %s", e.Field, e.Value, e.Want)
}

// Write writes one frame whose payload is the parts one after the other.
func Write(w io.Writer, k Kind, parts ...[]byte) error {
	length := 0
	for _, part := range parts {
		length += len(part)
	}
	if length > MaxPayload {
		return &FormatError{"length", fmt.Sprint(length), fmt.Sprintf("at most %d", MaxPayload)}
	}
	header := append(make([]byte, 0, headerSize), mark...)
	header = append(header, byte(k))
	header = binary.BigEndian.AppendUint32(header, uint32(length))
	if _, err := w.Write(header); err != nil {
		return err
	}
	for _, part := range parts {
		if len(part) == 0 {
			continue
		}
		if _, err := w.Write(part); err != nil {
			return err
		}
	}
	return nil
}

// Read reads one frame. The error is io.EOF where the stream ends between frames, io.ErrUnexpectedEOF where it ends
// within one, and a [*FormatError] where the bytes are no frame. Memory grows with the bytes that arrive, not with
// the length that a header claims.
func Read(r io.Reader) (Kind, []byte, error) {
	var header [headerSize]byte
	if _, err := io.ReadFull(r, header[:]); err != nil {
		return 0, nil, err
	}
	if got := header[:len(mark)]; string(got) != mark {
		return 0, nil, &FormatError{"mark", fmt.Sprintf("%q", got), fmt.Sprintf("%q", mark)}
	}
	k := Kind(header[len(mark)])
	if k < Hello || k > Error {
		return 0, nil, &FormatError{"kind", fmt.Sprint(byte(k)), fmt.Sprintf("%d to %d", Hello, Error)}
	}
	length := binary.BigEndian.Uint32(header[len(mark)+1:])
	if length > MaxPayload {
		return 0, nil, &FormatError{"length", fmt.Sprint(length), fmt.Sprintf("at most %d", MaxPayload)}
	}
	var payload bytes.Buffer
	switch n, err := io.CopyN(&payload, r, int64(length)); {
	case err == io.EOF && n < int64(length):
		return 0, nil, io.ErrUnexpectedEOF
	case err != nil:
		return 0, nil, err
	}
	return k, payload.Bytes(), nil
}
