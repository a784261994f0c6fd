package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/model/table"
)

// export runs the command alone.
func export(args ...string) (stdout string, err error) {
	var out bytes.Buffer
	cmd := newExport()
	cmd.PersistentFlags().Bool("json", false, "")
	cmd.SilenceErrors, cmd.SilenceUsage = true, true
	cmd.SetArgs(args)
	cmd.SetOut(&out)
	cmd.SetErr(&out)
	err = cmd.Execute()
	return out.String(), err
}

// start writes the plan in which the county begins as an answer, and gives its costs.
func start(t *testing.T) (p *solver.Programme, file string, costs []int64) {
	t.Helper()
	county, err := table.Read(data + "tiny")
	if err != nil {
		t.Fatal(err)
	}
	if p, err = allocation.Programme(county, nil); err != nil {
		t.Fatal(err)
	}
	if p.Start == nil {
		t.Fatal("the tiny county has no plan to begin with")
	}
	var answer bytes.Buffer
	if err := solver.WriteAnswer(&answer, p.Start, p.StartColumns); err != nil {
		t.Fatal(err)
	}
	file = filepath.Join(t.TempDir(), "answer.sol")
	if err := os.WriteFile(file, answer.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	for k := range p.Levels {
		costs = append(costs, p.Objective(k, p.Start, p.StartColumns))
	}
	return p, file, costs
}

// The file of each level is what WriteMPS gives, with the costs of the answer held.
func TestExport(t *testing.T) {
	p, answer, costs := start(t)
	for k, level := range p.Levels {
		file := filepath.Join(t.TempDir(), "level.mps")
		args := []string{data + "tiny", "--mps", file}
		if k > 0 {
			args = append(args, "--level", level.Name, "--solution", answer)
		}
		if _, err := export(args...); err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var want bytes.Buffer
		if err := solver.WriteMPS(&want, p, k, costs[:k]); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want.String(), string(got)); diff != "" {
			t.Errorf("level %s (-want +got):\n%s", level.Name, diff)
		}
	}
}

func TestExportSolution(t *testing.T) {
	p, answer, costs := start(t)
	stdout, err := export(data+"tiny", "--solution", answer)
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for k, level := range p.Levels {
		want = append(want, level.Name, fmt.Sprint(costs[k]))
	}
	if diff := cmp.Diff(want, strings.Fields(stdout)); diff != "" {
		t.Errorf("levels and costs (-want +got):\n%s", diff)
	}
	stdout, err = export(data+"tiny", "--solution", answer, "--json")
	if err != nil {
		t.Fatal(err)
	}
	var got answerResult
	if err := json.Unmarshal([]byte(stdout), &got); err != nil {
		t.Fatal(err)
	}
	if !got.Feasible || len(got.Levels) != len(costs) || got.Levels[0].Objective != costs[0] {
		t.Errorf("%+v, want the costs %v", got, costs)
	}
}

func TestExportFaults(t *testing.T) {
	_, answer, _ := start(t)
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	mps := filepath.Join(dir, "out.mps")
	for _, test := range []struct {
		reason string
		args   []string
		want   string
	}{
		{"there is something to do", []string{data + "tiny"}, "want --mps FILE"},
		{"a county is needed", []string{"--mps", mps}, "usage"},
		{"the county is there", []string{data + "gone", "--mps", mps}, "gone"},
		{"a level is one of the county's", []string{data + "tiny", "--mps", mps, "--level", "shortags"}, "shortage"},
		{"a later level holds the answer to the one before", []string{data + "tiny", "--mps", mps, "--level", "soft"}, "the answer to level unplaced"},
		{"the answer is there", []string{data + "tiny", "--solution", filepath.Join(dir, "none")}, "none"},
		{"a broken answer is refused with its line", []string{data + "tiny", "--solution", write("half.sol", "a0 1\na1 0.5\n")}, "half.sol: solver: answer line 2: a1"},
		{"an answer that is not feasible is refused", []string{data + "tiny", "--mps", mps, "--level", "soft", "--solution", write("zero.sol", "a0 0\n")}, "zero.sol: solver: Flow"},
		{"options are read", []string{data + "tiny", "--solution", answer, "--options", write("bad.json", "{\"seeds\":1}")}, "seeds"},
	} {
		_, err := export(test.args...)
		if err == nil || !strings.Contains(err.Error(), test.want) || exitCode(err) != exitBadInput {
			t.Errorf("%s: error %v with exit code %d, want bad input about %q", test.reason, err, exitCode(err), test.want)
		}
	}
	if _, err := os.Stat(mps); !os.IsNotExist(err) {
		t.Errorf("a file was written all the same: %v", err)
	}
}
