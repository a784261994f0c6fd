package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/table"
)

// A school outside the county (托管) takes part in the pairs, and the county that is written has it.
func TestPairOutside(t *testing.T) {
	county, err := table.Read(data + "zhangwu")
	if err != nil {
		t.Fatal(err)
	}
	county.Outside = []model.OutsideSchool{{ID: "X1", Name: "阜新市实验小学", Position: county.Seat, Stages: []model.Stage{model.StagePrimary}, Capacity: 3}}
	with, out := filepath.Join(t.TempDir(), "with"), filepath.Join(t.TempDir(), "paired")
	if err := table.WriteFolder(with, county); err != nil {
		t.Fatal(err)
	}
	stdout, stderr, code := invoke(t.Context(), "pair", with, "--years", "2", "--out", out)
	if code != exitDone || !strings.Contains(stdout, "阜新市实验小学 (县外)") {
		t.Fatalf("exit %d: %s\n%s", code, stderr, stdout)
	}
	fits(t, stdout)
	after, err := table.Read(out)
	if err != nil {
		t.Fatal(err)
	}
	supported := 0
	for _, s := range after.Schools {
		if s.OutsidePartner == "X1" {
			supported++
		}
	}
	if supported == 0 || supported > 3 {
		t.Errorf("it supports %d schools", supported)
	}
	if _, stderr, code := invoke(t.Context(), "pair", data+"zhangwu", "--years", "-2"); code != exitBadInput || !strings.Contains(stderr, "0 to 30 years") {
		t.Errorf("exit %d: %s", code, stderr)
	}
}
