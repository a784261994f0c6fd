package census_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/xianguan/xianguan/model/census"
)

var update = flag.Bool("update", false, "write the golden files anew")

const (
	malaysiaCensus  = "../../testdata/malaysia/malaysia-schools-2025-07.csv"
	malaysiaMapping = "../../testdata/malaysia/mapping.json"
)

// malaysia is the whole census, read once for all tests.
var malaysia = sync.OnceValues(func() (*census.Census, error) {
	m, err := census.ReadMapping(malaysiaMapping)
	if err != nil {
		return nil, err
	}
	data, err := os.ReadFile(malaysiaCensus)
	if err != nil {
		return nil, err
	}
	return census.Read(bytes.NewReader(data), m)
})

func readMalaysia(t testing.TB) *census.Census {
	t.Helper()
	c, err := malaysia()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// hillMapping is a mapping in the smallest form: no levels, no bounds, the
// pack's curriculum.
const hillMapping = `{
  "format": 1, "source": "hills", "licence": "CC0-1.0", "real": ["the schools"], "assumed": ["the people"],
  "date": "2026-09-01", "policy": "national",
  "columns": {"district": "district", "id": "code", "name": "name", "type": "type", "pupils": ["main", "special"],
    "teachers": "teachers", "lat": "lat", "lon": "lon"},
  "urban": {"column": "where", "yes": ["town"], "no": ["village"]},
  "under_enrolled": {"column": "small", "yes": ["yes"], "no": [""], "limit": 20},
  "kinds": [{"type": "P", "grades": "1-6"}, {"type": "J", "grades": "7-9", "class_size": 20, "keep_staff": true}],
  "tiers": [{"tier": 1, "from_metres": 5000}, {"tier": 2, "from_metres": 20000}],
  "subsidy": [{"tier": 1, "from_years": 0, "yuan_per_month": "300"}, {"tier": 2, "from_years": 0, "yuan_per_month": "500.50"}],
  "home_cell": "0.1",
  "bounds": {"south": "-5", "north": "5", "west": "100", "east": "110"},
  "faults": {"no_pupils": "leave-out", "no_teachers": "keep", "no_position": "keep", "swapped_position": "swap",
    "out_of_bounds": "forget", "repeated_id": "leave-out", "flag_missing": "derive"}
}`

const hillHeader = "district,code,name,type,where,main,special,teachers,lat,lon,small\n"

// hills is a census with one fault of each kind.
const hills = "\ufeff" + hillHeader +
	"North,A1,Town primary,P,town,120,,9,1.05,101.05,\n" +
	"North,A2,Hill primary,P,village,20,3,3,1.05,101.155,yes\n" +
	"North,A3,Far primary,P,village,100,,5,1.35,101.05,\n" +
	"North,A4,Middle school,J,town,100,,8,1.06,101.06,\n" +
	"North,A5,Empty primary,P,village,,,2,1.1,101.1,\n" +
	"North,A6,Unstaffed primary,P,village,40,,,1.1,101.1,\n" +
	"North,A7,Lost primary,P,village,40,,2,,101.1,\n" +
	"North,A8,Swapped primary,P,village,40,,2,101.055,1.055,\n" +
	"North,A9,Moon primary,P,village,40,,2,51.5,0.1,\n" +
	"North,A1,Copy primary,P,village,40,,2,1.1,101.1,\n" +
	"North,B1,Unmarked primary,P,village,8,,2,1.1,101.1,\n" +
	"South,C1,\"South, the primary\",P,village,30,,2,-1.05,101.1,\n" +
	"South,C2,Bigger primary,P,village,60,,3,-1.15,101.1,\n"

func decode(t testing.TB, mapping string) *census.Mapping {
	t.Helper()
	m, err := census.DecodeMapping(strings.NewReader(mapping))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// edited gives the mapping with a change made to its JSON tree.
func edited(t testing.TB, mapping string, edit func(tree map[string]any)) string {
	t.Helper()
	var tree map[string]any
	if err := json.Unmarshal([]byte(mapping), &tree); err != nil {
		t.Fatal(err)
	}
	edit(tree)
	text, err := json.Marshal(tree)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
