package frame_test

import (
	"bytes"
	"errors"
	"io"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/allocation/solver/ortools/frame"
)

func TestFramesComeBack(t *testing.T) {
	var stream bytes.Buffer
	write := func(k frame.Kind, parts ...[]byte) {
		t.Helper()
		if err := frame.Write(&stream, k, parts...); err != nil {
			t.Fatal(err)
		}
	}
	request := frame.Request{Parameters: []byte("parameters"), Model: []byte("model")}
	greeting := frame.Greeting{Protocol: 1, Library: "/lib/libortools.so.9", Version: "9.15.0"}
	failure := frame.Failure{Text: "none", Tried: []solver.Attempt{{Place: "PATH", Reason: "not there"}}}
	write(frame.Hello, frame.Encode(greeting))
	write(frame.Solve, request.Parts()...)
	write(frame.Stop)
	write(frame.Error, frame.Encode(failure))
	read := func(want frame.Kind) []byte {
		t.Helper()
		k, payload, err := frame.Read(&stream)
		if k != want || err != nil {
			t.Fatalf("Read = %v, %v, want %v", k, err, want)
		}
		return payload
	}
	if got, err := frame.Decode[frame.Greeting](read(frame.Hello)); got != greeting || err != nil {
		t.Errorf("greeting %+v, %v, want %+v", got, err, greeting)
	}
	got, err := frame.DecodeRequest(read(frame.Solve))
	if diff := cmp.Diff(request, got); diff != "" || err != nil {
		t.Errorf("request, %v (-want +got):\n%s", err, diff)
	}
	if payload := read(frame.Stop); len(payload) != 0 {
		t.Errorf("Stop carries %q", payload)
	}
	refusal, err := frame.Decode[frame.Failure](read(frame.Error))
	if diff := cmp.Diff(failure, refusal); diff != "" || err != nil {
		t.Errorf("failure, %v (-want +got):\n%s", err, diff)
	}
	if _, _, err := frame.Read(&stream); err != io.EOF {
		t.Errorf("at the end: %v, want %v", err, io.EOF)
	}
}

func TestReadRefuses(t *testing.T) {
	for _, test := range []struct {
		name, reason, bytes string
		end                 error  // or
		field               string // of the FormatError
	}{
		{name: "nothing", reason: "a stream may end between frames", end: io.EOF},
		{name: "half a header", reason: "a frame was cut", bytes: "XGO", end: io.ErrUnexpectedEOF},
		{name: "half a payload", reason: "a frame was cut", bytes: "XGO\x04\x00\x00\x00\x09short", end: io.ErrUnexpectedEOF},
		{name: "no payload", reason: "the header claims 2 GiB that never come", bytes: "XGO\x04\x7f\xff\xff\xff", end: io.ErrUnexpectedEOF},
		{name: "text", reason: "a program printed something", bytes: "Hello, world", field: "mark"},
		{name: "no kind", reason: "kinds begin at 1", bytes: "XGO\x00\x00\x00\x00\x00", field: "kind"},
		{name: "new kind", reason: "kinds end at 5", bytes: "XGO\x06\x00\x00\x00\x00", field: "kind"},
		{name: "too long", reason: "the C interface counts in ints", bytes: "XGO\x04\x80\x00\x00\x00", field: "length"},
	} {
		_, _, err := frame.Read(bytes.NewReader([]byte(test.bytes)))
		var format *frame.FormatError
		switch {
		case test.field != "" && (!errors.As(err, &format) || format.Field != test.field):
			t.Errorf("%s: error %v, want one of field %s: %s", test.name, err, test.field, test.reason)
		case test.field == "" && err != test.end:
			t.Errorf("%s: error %v, want %v: %s", test.name, err, test.end, test.reason)
		}
	}
}

func TestDecodeRefuses(t *testing.T) {
	var format *frame.FormatError
	if _, err := frame.Decode[frame.Greeting]([]byte("{")); !errors.As(err, &format) {
		t.Errorf("half a greeting: error %v, want a FormatError", err)
	}
	for _, payload := range []string{"", "abc", "\x00\x00\x00\x04abc", "\xff\xff\xff\xffabc"} {
		if _, err := frame.DecodeRequest([]byte(payload)); !errors.As(err, &format) {
			t.Errorf("request %q: error %v, want a FormatError", payload, err)
		}
	}
}

// What can be read is written back as the same bytes.
func FuzzRead(f *testing.F) {
	f.Add([]byte("XGO\x01\x00\x00\x00\x02{}"))
	f.Add([]byte("XGO\x02\x00\x00\x00\x06\x00\x00\x00\x01pmXGO\x03\x00\x00\x00\x00"))
	f.Add([]byte("XGO\x04\x7f\xff\xff\xffgarbage"))
	f.Fuzz(func(t *testing.T, in []byte) {
		rest := bytes.NewReader(in)
		k, payload, err := frame.Read(rest)
		if err != nil {
			return
		}
		var out bytes.Buffer
		if err := frame.Write(&out, k, payload); err != nil {
			t.Fatal(err)
		}
		if read := in[:len(in)-rest.Len()]; !bytes.Equal(out.Bytes(), read) {
			t.Errorf("read %q, wrote %q", read, out.Bytes())
		}
		if request, err := frame.DecodeRequest(payload); err == nil {
			if again := bytes.Join(request.Parts(), nil); !bytes.Equal(again, payload) {
				t.Errorf("request %q became %q", payload, again)
			}
		}
	})
}
