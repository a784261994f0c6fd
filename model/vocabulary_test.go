package model

import (
	"encoding"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// word is what every enumeration of the model can do.
type word interface {
	fmt.Stringer
	encoding.TextMarshaler
	Chinese() string
}

// enumeration is one closed vocabulary with the number of its values and the
// least value that has a word.
type enumeration struct {
	name   string
	values int
	first  int
	make   func(i int) word
	read   func(text string) (word, error)
}

func enumerate[T word, P interface {
	*T
	encoding.TextUnmarshaler
}](name string, first, values int, from func(i int) T) enumeration {
	return enumeration{name, values, first, func(i int) word { return from(i) },
		func(text string) (word, error) {
			var v T
			err := P(&v).UnmarshalText([]byte(text))
			return v, err
		}}
}

func enumerations() []enumeration {
	return []enumeration{
		enumerate("stage", 1, 4, func(i int) Stage { return Stage(i) }),
		enumerate("title", 0, 6, func(i int) Title { return Title(i) }),
		enumerate("title class", 0, 3, func(i int) TitleClass { return TitleClass(i) }),
		enumerate("evaluation", 0, 5, func(i int) Evaluation { return Evaluation(i) }),
		enumerate("backbone level", 0, 6, func(i int) Backbone { return Backbone(i) }),
		enumerate("degree", 0, 5, func(i int) Degree { return Degree(i) }),
		enumerate("exemption", 1, 4, func(i int) Exemption { return Exemption(i) }),
		enumerate("duty", 0, 3, func(i int) Duty { return Duty(i) }),
		enumerate("pool", 1, 3, func(i int) Pool { return Pool(i) }),
		enumerate("service term", 1, 3, func(i int) TermKind { return TermKind(i) }),
		enumerate("ground", 0, 7, func(i int) Ground { return Ground(i) }),
		enumerate("scope", 0, 2, func(i int) ShareScope { return ShareScope(i) }),
		enumerate("schools", 0, 2, func(i int) RotationFrom { return RotationFrom(i) }),
		enumerate("stop reason", 0, 4, func(i int) StopReason { return StopReason(i) }),
	}
}

// Every value is written as its word, and is read from the word and from the
// Chinese term; what is beyond the vocabulary is neither written nor read.
func TestVocabulary(t *testing.T) {
	for _, e := range enumerations() {
		seen := map[string]bool{}
		for i := range e.values {
			v := e.make(i)
			text, err := v.MarshalText()
			if err != nil || string(text) != v.String() || seen[string(text)] {
				t.Errorf("%s %d is written as %q, %v", e.name, i, text, err)
			}
			seen[string(text)] = true
			for _, form := range []string{v.String(), v.Chinese()} {
				if again, err := e.read(form); err != nil || again != v {
					t.Errorf("%s %d: %q is read as %v, %v", e.name, i, form, again, err)
				}
			}
			if i >= e.first && (v.String() == "" || v.Chinese() == "") {
				t.Errorf("%s %d has no word or no Chinese term", e.name, i)
			}
		}
		beyond := e.make(e.values)
		if text, err := beyond.MarshalText(); err == nil {
			t.Errorf("%s %d is written as %q", e.name, e.values, text)
		}
		if want := fmt.Sprintf("%s(%d)", e.name, e.values); beyond.String() != want || beyond.Chinese() != want {
			t.Errorf("%s and %s: want %s", beyond, beyond.Chinese(), want)
		}
		_, err := e.read("nonsense")
		var unknown *UnknownWordError
		if !errors.As(err, &unknown) || unknown.What != e.name || len(unknown.Known) != e.values-e.first {
			t.Errorf("%s: %v", e.name, err)
		}
	}
}

func TestStageOf(t *testing.T) {
	var have []Stage
	for grade := range 14 {
		have = append(have, StageOf(grade))
	}
	want := []Stage{0, 1, 1, 1, 1, 1, 1, 2, 2, 2, 3, 3, 3, 0}
	if diff := cmp.Diff(want, have); diff != "" {
		t.Error(diff)
	}
}

func TestNearest(t *testing.T) {
	tests := []struct {
		reason, word string
		known        []string
		want         string
	}{
		{"a letter missing", "primry", []string{"junior", "primary"}, "primary"},
		{"case does not count", "PRIMARY", []string{"primary"}, "primary"},
		{"nothing near", "kindergarten", []string{"junior", "primary"}, ""},
		{"nothing known", "primary", nil, ""},
		{"no word", "", []string{"a", "bb"}, "a"},
		{"ties go to the first in order, however they stand", "S2", []string{"S9", "S1", "S3"}, "S1"},
		{"the nearer wins over the first", "S12", []string{"S1", "S122", "S12x", "S12"}, "S12"},
		{"Chinese counts by character", "阜蒙一中", []string{"彰武一中", "阜蒙二中"}, "阜蒙二中"},
		{"two letters of six may differ", "junoir", []string{"junior"}, "junior"},
		{"three may not", "juxxxr", []string{"junior"}, ""},
		{"a word too long to be a name", strings.Repeat("a", 101), []string{strings.Repeat("a", 101)}, ""},
	}
	for _, test := range tests {
		if have := Nearest(test.word, test.known); have != test.want {
			t.Errorf("%s: %q, want %q", test.reason, have, test.want)
		}
	}
}

func TestUnknownWordHint(t *testing.T) {
	many := strings.Split("a b c d e f g h i j k l m n", " ")
	tests := []struct {
		reason string
		err    UnknownWordError
		want   string
	}{
		{"near", UnknownWordError{"stage", "juniour", []string{"junior"}}, `unknown stage "juniour": did you mean "junior"?`},
		{"far", UnknownWordError{"stage", "x-x-x", []string{"primary", "junior"}}, `unknown stage "x-x-x": one of primary, junior`},
		{"far from many", UnknownWordError{"key", "x-x-x", many}, `unknown key "x-x-x": one of a, b, c, d, e, f, g, h, i, j, k, l and 2 more`},
	}
	for _, test := range tests {
		if have := test.err.Error(); have != test.want {
			t.Errorf("%s: %s, want %s", test.reason, have, test.want)
		}
	}
}
