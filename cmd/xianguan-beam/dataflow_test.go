package main

import (
	"flag"
	"os"
	"regexp"
	"strings"
	"testing"
)

// commandLines gives the command lines of the package comment.
func commandLines(t *testing.T) [][]string {
	t.Helper()
	text, _, _ := strings.Cut(string(read(t, "main.go")), "\npackage main")
	text = regexp.MustCompile(`\\\n//\s+`).ReplaceAllString(text, "")
	var lines [][]string
	for line := range strings.Lines(text) {
		if args, found := strings.CutPrefix(strings.TrimSpace(line), "//\tgo run . "); found {
			lines = append(lines, strings.Fields(strings.ReplaceAll(args, "'", "")))
		}
	}
	return lines
}

// The command lines of the package comment have flags that exist.
func TestCommandLinesOfTheComment(t *testing.T) {
	if flag.Lookup("counties") == nil {
		newOptions()
	}
	lines := commandLines(t)
	if len(lines) != 4 {
		t.Errorf("%d command lines, want those of Prism, Flink twice and Dataflow", len(lines))
	}
	for _, line := range lines {
		for _, arg := range line {
			if name, _, _ := strings.Cut(strings.TrimLeft(arg, "-"), "="); strings.HasPrefix(arg, "-") && flag.Lookup(name) == nil {
				t.Errorf("%s is no flag", arg)
			}
		}
	}
}

// The Dataflow line of the comment makes a job that Dataflow can read; it is shown and not submitted, which takes no account.
func TestDataflowJob(t *testing.T) {
	for _, line := range commandLines(t) {
		if line[0] != "--runner=dataflow" {
			continue
		}
		for i := range line {
			if line[i] == "sweep.yaml" {
				line[i] = provinceScenarios
			}
		}
		text, err := program(t, append(line, "--dry_run", "--worker_binary="+os.Args[0])...).CombinedOutput()
		for _, want := range []string{"JOB_TYPE_BATCH", "apache/beam_go_sdk:2.77.0", "n2-standard-2", "gs://BUCKET/temp"} {
			if !strings.Contains(string(text), want) {
				t.Errorf("%v: no %s in the job: %.3000s", err, want, text)
			}
		}
		if err != nil {
			t.Errorf("%v: %s", err, text[max(0, len(text)-500):])
		}
		return
	}
	t.Error("the comment has no line for Dataflow")
}
