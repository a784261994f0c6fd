package census_test

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/xianguan/xianguan/model/census"
)

// FuzzRead: whatever the bytes, a census is refused with an error, or every
// district of it makes a valid county, and its schools add up.
func FuzzRead(f *testing.F) {
	f.Add([]byte(hills))
	f.Add([]byte(hillHeader))
	f.Add([]byte(hillHeader + "N,A,\"N\"\"M\",J,village,1,,0,5,110,yes\n"))
	f.Add([]byte(hillHeader + "N,A,N,P,village,0,0,0,0,0,\n"))
	f.Add([]byte(hillHeader + "North,A,N,P,village,9,,1,1,101,yes\nNOrth,B,M,P,village,9,,2,1,101,yes\n"))
	f.Add([]byte(strings.ReplaceAll(hills, "\n", "\r\n")))
	m := decode(f, hillMapping)
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := census.Read(bytes.NewReader(data), m)
		if err != nil {
			return
		}
		for i, d := range c.Districts() {
			if d.Schools+d.LeftOut == 0 || d.Pupils < 0 || d.Teachers < 0 {
				t.Fatalf("district %+v", d)
			}
			if i >= 3 || d.Teachers > 500 || d.Schools == 0 {
				continue // what more of the same would show is not worth the time
			}
			county, err := c.County([]string{d.Name}, census.Options{Seed: 1})
			if err != nil {
				t.Fatalf("%q: %v", d.Name, err)
			}
			if len(county.Schools) != d.Schools || len(county.Teachers) != d.Teachers {
				t.Fatalf("%d schools and %d teachers, want %+v", len(county.Schools), len(county.Teachers), d)
			}
		}
	})
}

// FuzzMapping: whatever the bytes, a mapping is refused with a typed error, or it reads a
// census without a panic.
func FuzzMapping(f *testing.F) {
	f.Add([]byte(hillMapping))
	f.Add([]byte(`{"format": 1, "kinds": [{"grades": "1-6"}]}`))
	f.Add([]byte(`{"bounds": null, "tiers": [{}], "people": {"short": {"x": ""}}}`))
	if text, err := os.ReadFile(malaysiaMapping); err == nil {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := census.DecodeMapping(bytes.NewReader(data))
		if err != nil {
			var fault *census.MappingError
			var size *census.SizeError
			if !errors.As(err, &fault) && !errors.As(err, &size) {
				t.Fatalf("%T %v, want a MappingError", err, err)
			}
			return
		}
		c, err := census.Read(strings.NewReader(hills), m)
		if err != nil {
			return
		}
		for _, d := range c.Districts() {
			if d.Schools > 0 {
				_, _ = c.County([]string{d.Name}, census.Options{}) // a fault of the subsidy shows here
			}
		}
	})
}
