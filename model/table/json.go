package table

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/policy"
)

// readCountyFile reads a county from JSON.
func readCountyFile(path string) (*model.County, error) {
	if strings.EqualFold(filepath.Ext(path), ".csv") {
		return nil, oneError(&CellError{File: filepath.Base(path), Hint: "the folder of the county, or one JSON file"})
	}
	if strings.EqualFold(filepath.Ext(path), ".xlsx") {
		return nil, oneError(&CellError{File: filepath.Base(path), Hint: "the folder of the county, or one JSON file; package workbook reads this one"})
	}
	text, err := readFile(path)
	if err != nil {
		return nil, err
	}
	return parseCounty(filepath.Base(path), text)
}

// readFile reads a file up to the limit of size.
func readFile(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	return readAll(f, filepath.Base(path), maxFile)
}

// parseCounty reads a county from JSON text. Like that of a folder it is valid,
// and its rules are those of its policy pack with its overrides.
func parseCounty(name, text string) (*model.County, error) {
	c := &model.County{}
	if err := decode(name, text, c, &c.Format); err != nil {
		return nil, err
	}
	emptyToNil(c)
	fields := model.FieldErrors(c.Validate())
	disputes := []*policy.KeyError{}
	if len(fields) == 0 {
		disputes = keyErrors(rulesAgree(c))
	}
	if len(fields) == 0 && len(disputes) == 0 {
		return c, nil
	}
	places := outlineOf(name, text, c)
	for _, e := range fields {
		places.field(e)
	}
	for _, e := range disputes {
		switch hint := hintOf(e); {
		case e.Unknown():
			places.fault("overrides", e.Key, e.Value, hint, e)
		case e.Key == policyKey:
			places.fault("", policyKey, e.Value, hint, e)
		default:
			places.fault("rules", e.Key, e.Value, e.Want, e)
		}
	}
	return nil, places.errors
}

// decode reads JSON text strictly: no unknown names, nothing after the value,
// and the format that this program knows, which is in *format afterwards.
func decode(name, text string, into any, format *int) error {
	text = strings.TrimPrefix(text, "\ufeff")
	if at := invalid(text); at >= 0 {
		line, column := lineColumn(lineEnds(text[:at]), at)
		return oneError(&JSONError{File: name, Line: line, Column: column, Hint: wantUTF8})
	}
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.DisallowUnknownFields()
	err := decoder.Decode(into)
	if err == nil {
		if _, after := decoder.Token(); !errors.Is(after, io.EOF) {
			err = errors.New("something after the end")
		}
	}
	known := *format == model.Format
	if err != nil { // another format has other names: it is the first thing to say
		var head struct{ Format int }
		known = json.Unmarshal([]byte(text), &head) != nil || head.Format == model.Format
		*format = head.Format
	}
	if !known {
		return oneError(&JSONError{File: name, Path: "format", Value: strconv.Itoa(*format),
			Hint: fmt.Sprintf("%d, the version that this program reads", model.Format)})
	}
	if err == nil {
		return nil
	}
	places := outlineOf(name, text, into)
	if places.errors.Total == 0 { // what the outline does not see
		places.errors.add(&JSONError{File: name, Hint: "JSON of the expected form: " + err.Error(), Err: err})
	}
	return places.errors
}

func oneError(err error) *Errors { return &Errors{List: []error{err}, Total: 1} }

// invalid gives the place of the first byte that is not UTF-8, or -1.
func invalid(text string) int {
	if utf8.ValidString(text) {
		return -1
	}
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return -1
}

// emptyToNil makes empty lists nil, as they are when read from a folder, so that
// one county has one form.
func emptyToNil(c *model.County) {
	trim(&c.Overrides)
	trim(&c.Origin.Real)
	trim(&c.Origin.Assumed)
	trim(&c.Townships)
	trim(&c.Curriculum)
	trim((*[]model.SubsidyLine)(&c.Subsidy))
	trim(&c.Teachers)
	trim(&c.Posts)
	trim(&c.Outside)
	for i := range c.Outside {
		trim(&c.Outside[i].Subjects)
	}
	for i := range c.Teachers {
		t := &c.Teachers[i]
		trim(&t.Second)
		trim(&t.Exemptions)
		trim(&t.Languages)
		trim(&t.Preferences)
	}
}

func trim[E any](list *[]E) {
	if len(*list) == 0 {
		*list = nil
	}
}

// policyKey is the setting that names the policy pack.
const policyKey = "policy"

// rulesAgree holds the rules of a county to its policy pack and overrides. The
// error joins *[policy.KeyError].
func rulesAgree(c *model.County) error {
	pack, err := policy.Load(c.Policy)
	if err != nil {
		return &policy.KeyError{Key: policyKey, Value: c.Policy, Want: hintOf(err), Err: err}
	}
	rules, err := pack.Resolve(c.Overrides)
	if err != nil || rules == c.Rules {
		return err
	}
	var faults []error
	for _, key := range policy.Keys() {
		have, _ := policy.Text(&c.Rules, key)
		if want, _ := policy.Text(&rules, key); have != want {
			faults = append(faults, &policy.KeyError{Key: key, Value: have,
				Want: fmt.Sprintf("%s, as in the policy pack %s with the overrides", want, c.Policy)})
		}
	}
	return errors.Join(faults...)
}

// ParseJSON is [Read] for the text of a JSON file that was read from somewhere else, such as an object store; name is for errors.
func ParseJSON(name string, text []byte) (*model.County, error) {
	if len(text) > maxFile {
		return nil, &SizeError{File: name, Limit: maxFile}
	}
	return parseCounty(name, string(text))
}
