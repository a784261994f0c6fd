package scenario

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/xianguan/xianguan/model"
)

// Result is what a task gives. It is the same for the same task, byte for byte.
type Result struct {
	Format     int               `json:"format"`
	Task       string            `json:"task"` // Hash of the task
	County     Heading           `json:"county"`
	Scenario   Scenario          `json:"scenario"`
	CountyHash string            `json:"county_hash"` // of the scenario's county
	Software   string            `json:"software"`
	Refused    string            `json:"refused,omitempty"` // why there is no plan; then nothing below is there
	Levels     []model.PlanLevel `json:"levels,omitempty"`
	Indicators Indicators        `json:"indicators,omitzero"`
	Plan       string            `json:"plan_hash,omitempty"` // SHA-256 of who is where
}

// Heading says which county a result is of, as titles do.
type Heading struct {
	ID        model.CountyID `json:"id"`
	Name      string         `json:"name"`
	NameEn    string         `json:"name_en,omitempty"`
	Date      model.Date     `json:"date"`
	Policy    string         `json:"policy"`
	Synthetic bool           `json:"synthetic,omitempty"`
}

func headingOf(c *model.County) Heading {
	return Heading{c.ID, c.Name, c.NameEn, c.Date, c.Policy, c.Origin.Synthetic}
}

// resultFormat is the version of results; others are made again.
const resultFormat = 3

// stored is a result as it is kept, with a checksum, so that no half of a file is believed.
type stored struct {
	Sum    string          `json:"sha256"` // of Result
	Result json.RawMessage `json:"result"`
}

// Encode gives a result as it is kept and as it travels: JSON with a checksum, the same bytes on every engine.
func (r *Result) Encode() ([]byte, error) {
	text, err := json.Marshal(r)
	if err != nil {
		return nil, err
	}
	return json.Marshal(stored{sum(text), text})
}

// Decode reads what [Result.Encode] wrote. A text that was cut short or changed, or a result of another version, is an error, never a
// wrong result.
func Decode(text []byte) (*Result, error) {
	var s stored
	if err := json.Unmarshal(text, &s); err != nil {
		return nil, fmt.Errorf("scenario: want a whole result: %w", err)
	}
	if sum(s.Result) != s.Sum {
		return nil, errors.New("scenario: a result does not have its checksum")
	}
	r := &Result{}
	if err := json.Unmarshal(s.Result, r); err != nil {
		return nil, fmt.Errorf("scenario: want a result: %w", err)
	}
	if r.Format != resultFormat {
		return nil, fmt.Errorf("scenario: a result of format %d: want %d", r.Format, resultFormat)
	}
	return r, nil
}
