package census

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"

	"github.com/xianguan/xianguan/model"
)

const (
	mappingLimit = 1 << 20 // bytes of a mapping file
	depthLimit   = 8       // of objects and lists inside each other; a mapping needs 5
)

// ReadMapping reads a mapping file. See [DecodeMapping].
func ReadMapping(path string) (*Mapping, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	m, err := DecodeMapping(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return m, nil
}

// DecodeMapping reads a mapping in JSON. It is strict: an unknown or repeated
// key, a value of another type, and text after the end are errors. All faults of
// content come at once, as *[MappingError] joined by errors.Join.
func DecodeMapping(r io.Reader) (*Mapping, error) {
	data, err := io.ReadAll(io.LimitReader(r, mappingLimit+1))
	if err != nil {
		return nil, err
	}
	if len(data) > mappingLimit {
		return nil, &SizeError{What: "mapping", Limit: mappingLimit}
	}
	if err := checkKeys(data); err != nil {
		return nil, err
	}
	m := new(Mapping)
	if err := json.Unmarshal(data, m); err != nil {
		return nil, typeError(err)
	}
	if _, err := m.resolve(); err != nil {
		return nil, err
	}
	return m, nil
}

// typeError gives a value of the wrong type its place in the mapping.
func typeError(err error) error {
	var mismatch *json.UnmarshalTypeError
	if !errors.As(err, &mismatch) {
		return syntaxError(err)
	}
	want := map[reflect.Kind]string{reflect.String: "text in quotes", reflect.Bool: "true or false",
		reflect.Slice: "a list", reflect.Struct: "an object", reflect.Map: "an object"}[mismatch.Type.Kind()]
	if want == "" {
		want = "a whole number in range"
	}
	return &MappingError{Path: mismatch.Field, Value: mismatch.Value, Want: want, Err: err}
}

func syntaxError(err error) error {
	return &MappingError{Want: "JSON: " + err.Error(), Err: err}
}

// checkKeys walks the tokens of the file beside the type of a mapping and
// collects the keys that the type does not have, or that come twice.
func checkKeys(data []byte) error {
	w := keyWalk{decoder: json.NewDecoder(bytes.NewReader(data))}
	if err := w.value(reflect.TypeFor[Mapping](), "", 0); err != nil {
		return syntaxError(err)
	}
	if _, err := w.decoder.Token(); err != io.EOF {
		w.faults.add(&MappingError{Want: "nothing after the end of the mapping"})
	}
	return w.faults.err()
}

type keyWalk struct {
	decoder *json.Decoder
	faults  faultList
}

// value walks one value, which should have type t; t is nil below an unknown key.
func (w *keyWalk) value(t reflect.Type, path string, depth int) error {
	token, err := w.decoder.Token()
	if err != nil {
		return err
	}
	if depth > depthLimit {
		return fmt.Errorf("objects and lists stand inside each other more than %d deep", depthLimit)
	}
	for t != nil && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch token {
	case json.Delim('{'):
		return w.object(t, path, depth)
	case json.Delim('['):
		var element reflect.Type
		if t != nil && t.Kind() == reflect.Slice {
			element = t.Elem()
		}
		for i := 0; w.decoder.More(); i++ {
			if err := w.value(element, fmt.Sprintf("%s[%d]", path, i), depth+1); err != nil {
				return err
			}
		}
		_, err = w.decoder.Token()
	}
	return err
}

func (w *keyWalk) object(t reflect.Type, path string, depth int) error {
	fields, isStruct := fieldTypes(t)
	seen := map[string]bool{}
	for w.decoder.More() {
		token, err := w.decoder.Token()
		if err != nil {
			return err
		}
		key := token.(string) // the decoder allows no other key
		place := strings.TrimPrefix(path+"."+key, ".")
		if seen[key] {
			w.faults.add(&MappingError{Path: place, Value: key, Want: "each key once"})
		}
		seen[key] = true
		inner, known := fields[key]
		switch {
		case isStruct && !known:
			unknown := &model.UnknownWordError{What: "key", Word: key, Known: slices.Sorted(maps.Keys(fields))}
			w.faults.add(&MappingError{Path: place, Value: key, Want: "a key that a mapping has; " + unknown.Hint(), Err: unknown})
		case t != nil && t.Kind() == reflect.Map:
			inner = t.Elem()
		}
		if err := w.value(inner, place, depth+1); err != nil {
			return err
		}
	}
	_, err := w.decoder.Token()
	return err
}

// fieldTypes gives the JSON names of a struct's fields with their types,
// embedded structs included. ok is false for other types.
func fieldTypes(t reflect.Type) (fields map[string]reflect.Type, ok bool) {
	if t == nil || t.Kind() != reflect.Struct {
		return nil, false
	}
	fields = map[string]reflect.Type{}
	for _, f := range reflect.VisibleFields(t) {
		if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); name != "" {
			fields[name] = f.Type
		}
	}
	return fields, true
}
