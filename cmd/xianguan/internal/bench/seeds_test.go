package bench

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseSeeds(t *testing.T) {
	for _, test := range []struct {
		reason, text string
		want         []uint64
	}{
		{"a number counts from 1", "3", []uint64{1, 2, 3}},
		{"a range has both ends", "11-13", []uint64{11, 12, 13}},
		{"a range may be one seed", "7-7", []uint64{7}},
		{"a list is sorted, each seed once", "9, 3,8-9", []uint64{3, 8, 9}},
		{"the last seed there is does not run over", "18446744073709551615-18446744073709551615", []uint64{1<<64 - 1}},
		{"no seeds are refused", "0", nil},
		{"a range is not read backwards", "5-3", nil},
		{"a word is no seed", "many", nil},
		{"an empty part is no seed", "1,,2", nil},
		{"nobody means a million", "1000000", nil},
	} {
		got, err := ParseSeeds(test.text)
		if diff := cmp.Diff(test.want, got); diff != "" || (err == nil) != (test.want != nil) {
			t.Errorf("%s: %q: error %v (-want +got)\n%s", test.reason, test.text, err, diff)
		}
	}
}
