package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// On a real Flink the files are those of Prism, byte for byte. XIANGUAN_FLINK names the job server of Beam's Flink runner, as in localhost:8099; the package
// comment says how to start one.
func TestFlink(t *testing.T) {
	endpoint := os.Getenv("XIANGUAN_FLINK")
	if endpoint == "" {
		t.Skip("XIANGUAN_FLINK names no job server")
	}
	dir := t.TempDir()
	counties, scenarios := filepath.Join(dir, "counties"), provinceScenarios
	if err := os.Mkdir(counties, 0o755); err != nil {
		t.Fatal(err)
	}
	generate(t, counties, size(t, "XIANGUAN_COUNTIES", 4), size(t, "XIANGUAN_TEACHERS", 300))
	outs := map[string][]string{"prism": nil, "flink": {"--runner=flink", "--endpoint=" + endpoint, "--environment_type=LOOPBACK", "--parallelism=2"}}
	for name, flags := range outs {
		out := filepath.Join(dir, name)
		args := append(flags, "--counties", filepath.Join(counties, "*.json"), "--scenarios", scenarios, "--out", out, "--kept", filepath.Join(out, "results"), "--parts=2")
		if text, err := program(t, args...).CombinedOutput(); err != nil {
			t.Fatalf("%s: %v: %s", name, err, text)
		}
	}
	for _, name := range []string{"results-000-of-002.parquet", "results-001-of-002.parquet", "totals.json", "faults.json"} {
		if !bytes.Equal(read(t, filepath.Join(dir, "prism", name)), read(t, filepath.Join(dir, "flink", name))) {
			t.Errorf("%s of Prism and of Flink differ", name)
		}
	}
	if diff := cmp.Diff(kept(t, filepath.Join(dir, "prism")), kept(t, filepath.Join(dir, "flink"))); diff != "" {
		t.Errorf("results of Prism and of Flink differ\n%.2000s", diff)
	}
}
