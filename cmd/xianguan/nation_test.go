package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xianguan/xianguan/allocation/report"
	"github.com/xianguan/xianguan/allocation/report/golden"
)

// smallNation writes a census of a few districts of two states.
func smallNation(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(data + "malaysia/malaysia-schools-2025-07.csv")
	if err != nil {
		t.Fatal(err)
	}
	var kept strings.Builder
	for line := range strings.Lines(string(text)) {
		district := strings.Split(line, ",")[1]
		if kept.Len() == 0 || strings.Contains(" PPD SONG PPD BELAGA JPWP LABUAN JPN PERLIS ", " "+district+" ") {
			kept.WriteString(line)
		}
	}
	path := filepath.Join(t.TempDir(), "census.csv")
	if err := os.WriteFile(path, []byte(kept.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// Every district is planned, verified and reported by one command; again from what is kept; and by shards that share the folder.
func TestNation(t *testing.T) {
	census, mapping, out := smallNation(t), data+"malaysia/mapping.json", t.TempDir()
	stdout, stderr, code := invoke(t.Context(), "nation", census, "--mapping", mapping, "--out", out, "--plans")
	if code != exitDone {
		t.Fatal(stderr)
	}
	golden.Compare(t, "nation.txt", stdout)
	fits(t, stdout)
	made := results(t, out)
	again, _, _ := invoke(t.Context(), "nation", census, "--mapping", mapping, "--out", out)
	if again != stdout {
		t.Error("from what is kept the report is another one")
	}
	for name, at := range results(t, out) {
		if !made[name].Equal(at) {
			t.Errorf("%s was made again", name)
		}
	}
	sharded := t.TempDir()
	for _, shard := range []string{"1/2", "0/2"} {
		if _, stderr, code := invoke(t.Context(), "nation", census, "--mapping", mapping, "--out", sharded, "--shard", shard); code != exitDone {
			t.Fatal(stderr)
		}
	}
	if summed, _, _ := invoke(t.Context(), "nation", census, "--mapping", mapping, "--out", sharded); summed != stdout {
		t.Error("from shards the report is another one")
	}
	for _, name := range []string{"nation.txt", "nation.csv", "nation.json"} {
		same(t, filepath.Join(out, name), filepath.Join(sharded, name))
	}
	verifyDistrict(t, out, census, mapping)
}

// verifyDistrict verifies the kept plan of a district against the county that import makes of it, and the sums against the districts.
func verifyDistrict(t *testing.T, out, census, mapping string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(out, "nation.json"))
	if err != nil {
		t.Fatal(err)
	}
	var nation report.Nation
	if err := json.Unmarshal(text, &nation); err != nil {
		t.Fatal(err)
	}
	need, states := 0, 0
	for _, d := range nation.Districts {
		need += d.Result.Indicators.Need
		county := filepath.Join(t.TempDir(), "county")
		for _, args := range [][]string{
			{"import", census, "--mapping", mapping, "--district", d.Name, "--out", county},
			{"verify", county, filepath.Join(out, "results", d.Result.Task+".plan.json")},
		} {
			if _, stderr, code := invoke(t.Context(), args...); code != exitDone {
				t.Errorf("%v: %s", args, stderr)
			}
		}
	}
	for _, s := range nation.States {
		states += s.Total.Need
	}
	if len(nation.Districts) != 4 || need == 0 || need != nation.Total.Need || need != states {
		t.Errorf("%d districts need %d, the states %d, the whole %d", len(nation.Districts), need, states, nation.Total.Need)
	}
}
