package subsidy

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"

	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/table"
)

// maxModel is the size up to which a file of coefficients is read.
const maxModel = 16 << 20

// ReadModel reads an acceptance model from JSON: what json.Marshal writes of a [Model], or an object
// whose member "model" is that, as the commands print it. The error is a *table.JSONError or
// a *table.SizeError.
func ReadModel(r io.Reader, file string) (*Model, error) {
	text, err := io.ReadAll(io.LimitReader(r, maxModel+1))
	if err != nil {
		return nil, err
	}
	if len(text) > maxModel {
		return nil, &table.SizeError{File: file, Limit: maxModel}
	}
	var printed struct {
		Model json.RawMessage `json:"model"`
	}
	path := ""
	if err := json.Unmarshal(text, &printed); err != nil {
		return nil, jsonFault(file, "", err)
	}
	if printed.Model != nil {
		text, path = printed.Model, "model"
	}
	m := &Model{}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&m); err != nil {
		return nil, jsonFault(file, path, err)
	}
	if m == nil {
		return nil, &table.JSONError{File: file, Path: path, Value: "null", Hint: "coefficients"}
	}
	if err := m.Validate(); err != nil {
		return nil, jsonFault(file, path, err)
	}
	return m, nil
}

func jsonFault(file, path string, err error) error {
	e := &table.JSONError{File: file, Path: path, Err: err, Hint: "coefficients as estimate --json writes them (" + err.Error() + ")"}
	var bad *ModelError
	var word *model.UnknownWordError
	switch {
	case errors.As(err, &bad):
		e.Path, e.Value, e.Hint = bad.Field, bad.Value, bad.Want
		if path != "" {
			e.Path = path + "." + bad.Field
		}
	case errors.As(err, &word):
		e.Value, e.Hint = word.Word, "an attribute: "+word.Hint()
	}
	return e
}

// ModelError says what of a model makes no sense.
type ModelError struct {
	Field, Value, Want string
}

func (e *ModelError) Error() string { return fmt.Sprintf("%s %s: want %s", e.Field, e.Value, e.Want) }

// Validate checks that every number is finite, that no spread is below 0, that the covariance, where
// there is one, is 2·AttributeCount square and symmetric, and that a declared range holds the
// subsidy's coefficient. The error is a *[ModelError].
func (m *Model) Validate() error {
	for k := range m.Mean {
		name := Attribute(k).String()
		if !finite(m.Mean[k]) {
			return &ModelError{"mean." + name, fmt.Sprint(m.Mean[k]), "a number"}
		}
		if !finite(m.Spread[k]) || m.Spread[k] < 0 {
			return &ModelError{"spread." + name, fmt.Sprint(m.Spread[k]), "a standard deviation, 0 or more"}
		}
	}
	if e := m.Elasticity; e != (Elasticity{}) {
		if err := e.Validate(); err != nil {
			return &ModelError{"elasticity", e.String(), err.Want}
		}
		if s := m.Mean[AttributeSubsidy]; s < e.Low || s > e.High {
			return &ModelError{"mean.subsidy", fmt.Sprint(s), "a number within the declared range " + e.String()}
		}
	}
	return m.validateCovariance()
}

func (m *Model) validateCovariance() error {
	if m.Covariance == nil {
		return nil
	}
	const size = 2 * AttributeCount
	if len(m.Covariance) != size {
		return &ModelError{"covariance", fmt.Sprintf("of %d rows", len(m.Covariance)), fmt.Sprintf("%d rows, of the means and then of the spreads", size)}
	}
	for i, row := range m.Covariance {
		if len(row) != size {
			return &ModelError{fmt.Sprintf("covariance[%d]", i), fmt.Sprintf("of %d numbers", len(row)), fmt.Sprintf("%d numbers", size)}
		}
	}
	for i, row := range m.Covariance {
		for j, v := range row {
			field := fmt.Sprintf("covariance[%d][%d]", i, j)
			switch other := m.Covariance[j][i]; {
			case !finite(v) || (i == j && v < 0):
				return &ModelError{field, fmt.Sprint(v), "a number, 0 or more on the diagonal"}
			case math.Abs(v-other) > 1e-6*(math.Abs(v)+math.Abs(other)): // rounding error of the sandwich
				return &ModelError{field, fmt.Sprint(v), fmt.Sprintf("the same as at [%d][%d], %v", j, i, other)}
			}
		}
	}
	return nil
}

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }

// MarshalJSON writes an object with the name of each attribute, so that no number depends on its place.
func (t Taste) MarshalJSON() ([]byte, error) {
	text := []byte{'{'}
	for k, x := range t {
		value, err := json.Marshal(x)
		if err != nil {
			return nil, err
		}
		if k > 0 {
			text = append(text, ',')
		}
		text = fmt.Appendf(text, "%q:%s", Attribute(k), value)
	}
	return append(text, '}'), nil
}

// UnmarshalJSON reads what MarshalJSON writes; an attribute that is left out weighs nothing. The error
// is a *model.UnknownWordError for a name that is no attribute.
func (t *Taste) UnmarshalJSON(text []byte) error {
	var weights map[Attribute]float64
	if err := json.Unmarshal(text, &weights); err != nil {
		return err
	}
	*t = Taste{}
	for a, w := range weights {
		t[a] = w
	}
	return nil
}
