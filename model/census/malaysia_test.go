package census_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/census"
	"github.com/xianguan/xianguan/model/table"
)

func itoa(n int) string { return strconv.Itoa(n) }

// The totals of the census: 10,239 rows, of which 5 have no enrolment. Of these, one has 2 of the
// 416,956 teachers.
const (
	nationSchools   = 10_239 - 5
	nationTeachers  = 416_956 - 2
	nationPupils    = 4_808_312 + 116_748 // main and special needs
	nationDistricts = 146
)

func TestMalaysiaTotals(t *testing.T) {
	c := readMalaysia(t)
	var sum census.District
	for _, d := range c.Districts() {
		sum.Schools += d.Schools
		sum.Pupils += d.Pupils
		sum.Teachers += d.Teachers
		sum.LeftOut += d.LeftOut
	}
	want := census.District{Schools: nationSchools, Pupils: nationPupils, Teachers: nationTeachers, LeftOut: 5}
	if diff := cmp.Diff(want, sum); diff != "" || len(c.Districts()) != nationDistricts {
		t.Errorf("%d districts (-want +got):\n%s", len(c.Districts()), diff)
	}
}

func TestMalaysiaFaults(t *testing.T) {
	found := map[census.Fault][]string{}
	for _, f := range readMalaysia(t).Findings() {
		found[f.Fault] = append(found[f.Fault], f.School)
	}
	if n := len(found[census.FlagMissing]); n != 67 {
		t.Errorf("%d schools without the mark, want 67", n)
	}
	delete(found, census.FlagMissing)
	want := map[census.Fault][]string{
		census.NoPupils:   {"ABC6086", "CFT7002", "KBD0048", "KEA3123", "PEA2095"},
		census.NoPosition: {"BBC8424"},
	}
	if diff := cmp.Diff(want, found); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
}

// TestEveryDistrict makes a county of every district of Malaysia. Each passes
// Validate, or County returns its errors.
func TestEveryDistrict(t *testing.T) {
	c := readMalaysia(t)
	districts := c.Districts()
	if testing.Short() {
		districts = districts[:5]
	}
	for _, d := range districts {
		county, err := c.County([]string{d.Name}, census.Options{Seed: 1})
		if err != nil {
			t.Errorf("%s: %v", d.Name, err)
			continue
		}
		got := census.District{Name: county.Name, State: d.State, Schools: len(county.Schools), Teachers: len(county.Teachers), LeftOut: d.LeftOut}
		for i := range county.Schools {
			got.Pupils += county.Schools[i].Pupils(0)
		}
		if diff := cmp.Diff(d, got); diff != "" {
			t.Errorf("%s (-census +county):\n%s", d.Name, diff)
		}
		for i := range county.Teachers {
			if p := &county.Teachers[i]; !slices.Contains(p.Languages, "ms") || p.WorkingSchool != "" || p.Term != model.TermNone || p.Duty == model.DutySeconded {
				t.Fatalf("%s: %+v, want Malay, and nothing of the Chinese system", d.Name, p)
			}
		}
	}
}

// TestTeachersInPost: in every school, as many teachers as the census counts.
func TestTeachersInPost(t *testing.T) {
	county, err := readMalaysia(t).County([]string{"PPD SONG"}, census.Options{Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	got := map[model.SchoolID]int{}
	for i := range county.Teachers {
		got[county.Teachers[i].School]++
	}
	data, err := os.ReadFile(malaysiaCensus)
	if err != nil {
		t.Fatal(err)
	}
	want := map[model.SchoolID]int{}
	for line := range strings.Lines(string(data)) {
		if cells := strings.Split(line, ","); cells[1] == "PPD SONG" {
			want[model.SchoolID(cells[4])], _ = strconv.Atoi(cells[14])
		}
	}
	if diff := cmp.Diff(want, got); diff != "" || len(want) != 20 {
		t.Errorf("%d schools; teachers in post (-census +county):\n%s", len(want), diff)
	}
}

func TestSameSeedSameBytes(t *testing.T) {
	text := func(seed uint64) []byte {
		m, err := census.ReadMapping(malaysiaMapping)
		if err != nil {
			t.Fatal(err)
		}
		f, err := os.Open(malaysiaCensus)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		county, err := census.Import(f, m, []string{"PPD SONG", "PPD BELAGA"}, census.Options{Seed: seed})
		if err != nil {
			t.Fatal(err)
		}
		text, err := json.Marshal(county)
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	if !bytes.Equal(text(3), text(3)) {
		t.Error("the same seed gave two counties")
	}
	if bytes.Equal(text(3), text(4)) {
		t.Error("two seeds gave the same county")
	}
}

// kapit is the interior of Sarawak: what testdata/kapit is made of.
func kapit(t testing.TB) *model.County {
	t.Helper()
	county, err := readMalaysia(t).County([]string{"PPD KAPIT", "PPD SONG", "PPD BELAGA", "PPD BARAM"},
		census.Options{Seed: 1, ID: "kapit", Name: "Kapit, Song, Belaga, Baram"})
	if err != nil {
		t.Fatal(err)
	}
	return county
}

// TestKapit compares testdata/kapit with what the census gives today. Run it with
// -update after a change of the mapping or the draw.
func TestKapit(t *testing.T) {
	const golden = "../../testdata/kapit"
	county := kapit(t)
	if len(county.Schools) != 157 || len(county.Teachers) != 3116 {
		t.Errorf("%d schools and %d teachers, want 157 and 3116", len(county.Schools), len(county.Teachers))
	}
	fresh := filepath.Join(t.TempDir(), "kapit")
	if err := table.WriteFolder(fresh, county); err != nil {
		t.Fatal(err)
	}
	want, got := tables(t, golden), tables(t, fresh)
	if *update {
		for name := range want {
			if err := os.Remove(filepath.Join(golden, name)); err != nil {
				t.Fatal(err)
			}
		}
		for name, text := range got {
			if err := os.WriteFile(filepath.Join(golden, name), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want = got
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("testdata/kapit is not what the census gives; -update writes it anew (-file +census):\n%.4000s", diff)
	}
	size := 0
	for _, text := range got {
		size += len(text)
	}
	if size > 2<<20 {
		t.Errorf("testdata/kapit has %d bytes, want at most 2 MB", size)
	}
	back, err := table.Read(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(county, back); diff != "" {
		t.Errorf("read back (-census +file):\n%.4000s", diff)
	}
}

// tables gives the CSV files of a folder by name.
func tables(t *testing.T, dir string) map[string]string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(dir, "*.csv"))
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		texts[filepath.Base(path)] = string(text)
	}
	return texts
}
