package record

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/xianguan/xianguan/model"
)

// Format is the version of the form of entries. A reader refuses a version that it does not know.
const Format = 1

// Kind is the kind of an entry, which says what its body is.
type Kind string

// The kinds of entries, in the order of a season.
const (
	KindInputs      Kind = "inputs"      // [Inputs]: the county, its policy
	KindPlan        Kind = "plan"        // [Planned]: options, backend, plan, certificate, checks
	KindPublication Kind = "publication" // [Publication]: what was posted, until when one may object
	KindAppeal      Kind = "appeal"      // appeal.Appeal: an objection
	KindDecision    Kind = "decision"    // appeal.Decision: what came of it
	KindAmendment   Kind = "amendment"   // [Amended]: corrections, the plan after them, who is touched
	KindFinal       Kind = "final"       // [Final]: posts that take effect, who approved them
)

var kinds = []Kind{KindInputs, KindPlan, KindPublication, KindAppeal, KindDecision, KindAmendment, KindFinal}

// Entry is one link of the chain.
type Entry struct {
	Format   int             `json:"format"`
	Number   int             `json:"number"` // from 1
	Kind     Kind            `json:"kind"`
	Time     time.Time       `json:"time"`     // when it was appended, in UTC, to the second
	Previous string          `json:"previous"` // SHA-256 of the entry before, "" in the first
	Body     json.RawMessage `json:"body"`     // of the kind
}

// encode writes an entry on one line.
func (e *Entry) encode() ([]byte, error) { return encodeJSON(e, "") }

// parseEntry reads an entry and its form. The error is a *Fault without a place in the record.
func parseEntry(content []byte) (*Entry, *Fault) {
	e := &Entry{}
	if err := strictly(content, e); err != nil {
		return nil, &Fault{Field: "entry", Offset: offsetOf(err), Got: err.Error(), Want: "an entry in JSON"}
	}
	switch {
	case e.Format != Format:
		return nil, &Fault{Field: "format", Offset: -1, Got: fmt.Sprint(e.Format), Want: fmt.Sprintf("%d, the version that this program reads", Format)}
	case !slices.Contains(kinds, e.Kind):
		known := make([]string, len(kinds))
		for i, k := range kinds {
			known[i] = string(k)
		}
		return nil, &Fault{Field: "kind", Offset: -1, Got: string(e.Kind), Want: (&model.UnknownWordError{What: "kind", Word: string(e.Kind), Known: known}).Hint()}
	}
	if again, err := e.encode(); err != nil || !bytes.Equal(again, content) { // one entry has one form
		return nil, &Fault{Field: "entry", Offset: -1, Got: "another form", Want: "the entry as this program writes it"}
	}
	return e, nil
}

// strictly reads JSON in which nothing is unknown and after which nothing comes.
func strictly(content []byte, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(content))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		return err
	}
	if _, err := decoder.Token(); err != io.EOF {
		return fmt.Errorf("something after the end")
	}
	return nil
}

// offsetOf gives the byte at which reading JSON failed, −1 where the error does not say.
func offsetOf(err error) int {
	switch e := err.(type) {
	case *json.SyntaxError:
		return int(e.Offset) - 1
	case *json.UnmarshalTypeError:
		return int(e.Offset) - 1
	}
	return -1
}
