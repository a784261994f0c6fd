package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xianguan/xianguan/allocation/report"
	"github.com/xianguan/xianguan/allocation/report/golden"
	"github.com/xianguan/xianguan/allocation/subsidy"
)

func TestSubsidyDesign(t *testing.T) {
	for name, args := range map[string][]string{
		"subsidy-design-target":   {"design", data + "zhangwu", "--target", "1338"},
		"subsidy-design-budget":   {"design", data + "zhangwu", "--budget", "1100000", "--weights", "tier"},
		"subsidy-design-chance":   {"design", data + "tiny", "--target", "50%", "--step", "200", "--chance", "40", "--seed", "1"},
		"subsidy-frontier":        {"frontier", data + "zhangwu"},
		"subsidy-frontier-chance": {"frontier", data + "zhangwu", "--points", "3", "--step", "200", "--chance", "20"},
	} {
		stdout, stderr, code := invoke(t.Context(), append([]string{"subsidy"}, args...)...)
		if code != exitDone || stderr != "" {
			t.Errorf("%s: exit %d: %s", name, code, stderr)
			continue
		}
		golden.Compare(t, name+".txt", stdout)
		fits(t, stdout)
	}
}

// What --json prints and --out writes is the same, and says that it is synthetic.
func TestSubsidyFrontierJSON(t *testing.T) {
	file := filepath.Join(t.TempDir(), "front.json")
	stdout, stderr, code := invoke(t.Context(), "subsidy", "frontier", data+"zhangwu", "--step", "200", "--json", "--out", file)
	if code != exitDone {
		t.Fatalf("exit %d: %s", code, stderr)
	}
	var front, written report.SubsidyFrontier
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		text []byte
		into *report.SubsidyFrontier
	}{{[]byte(stdout), &front}, {text, &written}} {
		if err := json.Unmarshal(x.text, x.into); err != nil {
			t.Fatal(err)
		}
	}
	if !front.Model.Synthetic || len(front.Ranges) != len(front.Frontier.Points) || len(written.Frontier.Points) != len(front.Frontier.Points) {
		t.Errorf("synthetic %v, %d ranges, %d points, %d written", front.Model.Synthetic, len(front.Ranges), len(front.Frontier.Points), len(written.Frontier.Points))
	}
}

// Coefficients of a file take the place of the made-up ones; draws of what is estimated give the ranges.
func TestSubsidyDesignCoefficients(t *testing.T) {
	if testing.Short() {
		t.Skip("a whole county is estimated: the run without -short tries it, and package subsidy smaller ones")
	}
	m := subsidy.SyntheticModel()
	m.Source, m.Declared, m.Synthetic = "a county's own choices", false, false
	m.Covariance = make([][]float64, 2*subsidy.AttributeCount)
	for i := range m.Covariance {
		m.Covariance[i] = make([]float64, 2*subsidy.AttributeCount)
	}
	m.Covariance[0][0] = 0.0004
	text, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "model.json")
	if err := os.WriteFile(file, text, 0o644); err != nil {
		t.Fatal(err)
	}
	stdout, stderr, code := invoke(t.Context(), "subsidy", "design", data+"zhangwu", "--target", "1338", "--coefficients", file)
	if code != exitDone || strings.Contains(stdout, "SYNTHETIC COEFF") || !strings.Contains(stdout, "a county's own") || !strings.Contains(stdout, "40 draws") {
		t.Errorf("exit %d: %s%s", code, stdout, stderr)
	}
}

func TestSubsidyDesignExitCodes(t *testing.T) {
	broken := filepath.Join(t.TempDir(), "model.json")
	if err := os.WriteFile(broken, []byte(`{"mean": {"monney": 1}}`), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		reason string
		args   []string
		code   int
		says   string
	}{
		{"nothing asked", []string{"design"}, exitBadInput, "--budget"},
		{"a target that is no number", []string{"design", "--target", "many"}, exitBadInput, "--target many"},
		{"more people than the need", []string{"design", "--target", "5000"}, exitBadInput, "1 to 1480"},
		{"a budget that is no money", []string{"design", "--budget", "-5"}, exitBadInput, "--budget -5"},
		{"a step of nothing", []string{"design", "--budget", "1000000", "--step", "0"}, exitBadInput, "--step 0"},
		{"a step below a yuan", []string{"design", "--budget", "1000000", "--step", "0.5"}, exitBadInput, "step"},
		{"misspelt weights", []string{"design", "--budget", "1000000", "--weights", "tiers"}, exitBadInput, "tier"},
		{"a ceiling below last year's", []string{"frontier", "--ceiling", "100"}, exitBadInput, "ceiling"},
		{"no points", []string{"frontier", "--points", "0"}, exitBadInput, "--points"},
		{"one scenario", []string{"frontier", "--chance", "1"}, exitBadInput, "--chance 1"},
		{"coefficients that are not there", []string{"frontier", "--coefficients", broken + "x"}, exitBadInput, "model.jsonx"},
		{"a misspelt coefficient", []string{"frontier", "--coefficients", broken}, exitBadInput, "monney"},
		{"a target out of reach", []string{"design", "--target", "100%"}, exitInfeasible, "the nearest is 1341"},
		{"a budget below last year's", []string{"design", "--budget", "1000"}, exitInfeasible, "预算不足"},
		{"a front below last year's", []string{"frontier", "--budget", "1000"}, exitInfeasible, "the nearest is"},
	} {
		args := append([]string{"subsidy", test.args[0], data + "zhangwu"}, test.args[1:]...)
		_, stderr, code := invoke(t.Context(), args...)
		if code != test.code || !strings.Contains(stderr, test.says) {
			t.Errorf("%s: exit %d, %s; want exit %d and %q", test.reason, code, stderr, test.code, test.says)
		}
	}
}
