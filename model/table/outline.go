package table

import (
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/xianguan/xianguan/model"
)

// outline is where the parts of a JSON text stand and what is wrong with them.
// encoding/json stops at the first fault and gives no place for most; so a text
// with a fault is walked once more, beside the type that it should have.
type outline struct {
	name   string
	text   string
	places map[string]int64 // of the top-level values and of the records in them
	errors *Errors

	decoder *json.Decoder
	lines   []int // offsets of the line ends, when first needed
	fields  map[reflect.Type]map[string]reflect.Type
}

// outlineOf walks the text beside the type of `into`.
func outlineOf(name, text string, into any) *outline {
	o := &outline{name: name, text: text, places: map[string]int64{}, errors: &Errors{},
		decoder: json.NewDecoder(strings.NewReader(text)), fields: map[reflect.Type]map[string]reflect.Type{}}
	o.decoder.UseNumber()
	if o.value(reflect.TypeOf(into).Elem(), "", 0) {
		if rest := o.next(); rest < int64(len(text)) {
			o.report(rest, "", strings.TrimSpace(text[rest:]), "nothing after the end", nil)
		}
	}
	return o
}

// next is the offset of the next token.
func (o *outline) next() int64 {
	at := o.decoder.InputOffset()
	for at < int64(len(o.text)) && strings.IndexByte(" \t\r\n,:", o.text[at]) >= 0 {
		at++
	}
	return at
}

// report adds a fault at an offset.
func (o *outline) report(at int64, path, value, hint string, cause error) {
	if o.errors.full() {
		o.errors.Total++
		return
	}
	if o.lines == nil {
		o.lines = lineEnds(o.text)
	}
	line, column := lineColumn(o.lines, int(at))
	o.errors.add(&JSONError{File: o.name, Line: line, Column: column, Path: path, Value: value, Hint: hint, Err: cause})
}

// token reads a token; false after a fault of syntax, after which nothing more
// can be read.
func (o *outline) token(path string) (json.Token, bool) {
	token, err := o.decoder.Token()
	if err == nil {
		return token, true
	}
	at := o.next()
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		at = int64(len(o.text))
	}
	o.report(at, path, "", "well-formed JSON: "+err.Error(), err)
	return nil, false
}

// value walks one value; false after a fault of syntax.
func (o *outline) value(t reflect.Type, path string, depth int) bool {
	at := o.next()
	if depth <= 2 {
		o.places[path] = at
	}
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	token, ok := o.token(path)
	if !ok {
		return false
	}
	delim, composite := token.(json.Delim)
	text := reflect.PointerTo(t).Implements(reflect.TypeFor[encoding.TextUnmarshaler]())
	switch {
	case token == nil: // null leaves the value as it is
		return true
	case composite && delim == '{' && t.Kind() == reflect.Struct && !text:
		return o.object(o.fieldsOf(t), path, depth)
	case composite && delim == '{' && t.Kind() == reflect.Map:
		return o.entries(t.Elem(), path, depth)
	case composite && delim == '[' && t.Kind() == reflect.Slice:
		return o.list(t.Elem(), path, depth)
	case composite:
		o.report(at, path, delim.String(), form(t, text), nil)
		return o.skip(path)
	}
	raw := o.text[at:o.decoder.InputOffset()]
	if err := json.Unmarshal([]byte(raw), reflect.New(t).Interface()); err != nil {
		hint := form(t, text)
		var word *model.UnknownWordError
		if errors.As(err, &word) {
			hint = hintOf(err)
		}
		o.report(at, path, raw, hint, err)
	}
	return true
}

// object walks the members of a struct.
func (o *outline) object(fields map[string]reflect.Type, path string, depth int) bool {
	seen := map[string]bool{}
	for o.decoder.More() {
		at := o.next()
		token, ok := o.token(path)
		if !ok {
			return false
		}
		name, _ := token.(string)
		within := strings.TrimPrefix(path+"."+name, ".")
		field, known := fields[name]
		switch {
		case !known:
			word := &model.UnknownWordError{What: "name", Word: name}
			for field := range fields {
				word.Known = append(word.Known, field)
			}
			slices.Sort(word.Known)
			o.report(at, within, "", "a known name: "+word.Hint(), word)
		case seen[name]:
			o.report(at, within, "", "each name once", nil)
		}
		seen[name] = true
		if !known {
			if !o.skipValue(within) {
				return false
			}
			continue
		}
		if !o.value(field, within, depth+1) {
			return false
		}
	}
	_, ok := o.token(path)
	return ok
}

// entries walks the members of a map.
func (o *outline) entries(t reflect.Type, path string, depth int) bool {
	for o.decoder.More() {
		token, ok := o.token(path)
		if !ok || !o.value(t, fmt.Sprintf("%s[%q]", path, token), depth+1) {
			return false
		}
	}
	_, ok := o.token(path)
	return ok
}

// list walks the elements of a slice.
func (o *outline) list(t reflect.Type, path string, depth int) bool {
	for i := 0; o.decoder.More(); i++ {
		if !o.value(t, path+"["+strconv.Itoa(i)+"]", depth+1) {
			return false
		}
	}
	_, ok := o.token(path)
	return ok
}

// skipValue passes over a value whatever it is.
func (o *outline) skipValue(path string) bool {
	token, ok := o.token(path)
	if delim, composite := token.(json.Delim); ok && composite && (delim == '{' || delim == '[') {
		return o.skip(path)
	}
	return ok
}

// deepest is how deep a value may be that is passed over, as in encoding/json.
const deepest = 10_000

// skip passes over the rest of a composite value that was opened.
func (o *outline) skip(path string) bool {
	for open := 1; open > 0; {
		token, ok := o.token(path)
		if !ok {
			return false
		}
		switch token {
		case json.Delim('{'), json.Delim('['):
			if open++; open > deepest {
				o.report(o.decoder.InputOffset()-1, path, "", "well-formed JSON that is less deep", nil)
				return false
			}
		case json.Delim('}'), json.Delim(']'):
			open--
		}
	}
	return true
}

// fieldsOf gives the types of the members of a struct by name; members of an
// embedded struct stand beside the others.
func (o *outline) fieldsOf(t reflect.Type) map[string]reflect.Type {
	if known, found := o.fields[t]; found {
		return known
	}
	fields := map[string]reflect.Type{}
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case f.Anonymous && name == "":
			for inner, innerType := range o.fieldsOf(f.Type) {
				fields[inner] = innerType
			}
		case name != "" && name != "-":
			fields[name] = f.Type
		}
	}
	o.fields[t] = fields
	return fields
}

// form says what a value of a type looks like in JSON.
func form(t reflect.Type, text bool) string {
	switch {
	case t == reflect.TypeFor[model.Date]():
		return wantDay
	case text:
		return "a string"
	}
	switch t.Kind() {
	case reflect.Struct, reflect.Map:
		return "an object {…}"
	case reflect.Slice:
		return "a list […]"
	case reflect.String:
		return "a string"
	case reflect.Bool:
		return "true or false"
	case reflect.Float64:
		return "a number"
	case reflect.Uint8, reflect.Uint64:
		return "a whole number from 0 up, in plain digits, that fits"
	}
	return "a whole number in plain digits that fits"
}

// field reports a fault of the model where its record stands.
func (o *outline) field(e *model.FieldError) {
	member := map[string]string{"curriculum": "subjects", "subsidies": "subsidy", "settings": ""}
	path, renamed := member[e.Table]
	if !renamed {
		path = e.Table
	}
	if e.Index >= 0 {
		path = fmt.Sprintf("%s[%d]", path, e.Index)
	}
	hint := e.Want
	if e.Clash > 0 {
		hint += fmt.Sprintf("; record %d has it too", e.Clash)
	}
	o.fault(path, e.Field, e.Value, hint, e)
}

// fault reports a value inside the part that stands at a path.
func (o *outline) fault(path, field, value, hint string, cause error) {
	at, found := o.places[path]
	if !found {
		at = o.places[""]
	}
	o.report(at, strings.TrimPrefix(path+"."+field, "."), strconv.Quote(value), hint, cause)
}

// lineEnds gives the offset of every line feed.
func lineEnds(text string) []int {
	ends := make([]int, 0, strings.Count(text, "\n"))
	for i := range len(text) {
		if text[i] == '\n' {
			ends = append(ends, i)
		}
	}
	return ends
}

// lineColumn gives the line and the column in bytes of an offset, from 1, in
// O(log lines) time.
func lineColumn(ends []int, at int) (line, column int) {
	line, _ = slices.BinarySearch(ends, at)
	if line == 0 {
		return 1, at + 1
	}
	return line + 1, at - ends[line-1]
}
