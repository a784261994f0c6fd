package main

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"github.com/goccy/go-yaml"
)

// job is what the manifests say that the command must agree with. Keys beside these are Kubernetes' own.
type job struct {
	APIVersion string `yaml:"apiVersion"`
	Kind       string
	Spec       struct {
		CompletionMode       string `yaml:"completionMode"`
		Completions          int
		BackoffLimitPerIndex int `yaml:"backoffLimitPerIndex"`
		PodFailurePolicy     struct {
			Rules []struct {
				Action      string
				OnExitCodes struct {
					ContainerName string `yaml:"containerName"`
					Operator      string
					Values        []int
				} `yaml:"onExitCodes"`
			}
		} `yaml:"podFailurePolicy"`
		Template struct {
			Spec struct {
				RestartPolicy string `yaml:"restartPolicy"`
				Containers    []struct {
					Name string
					Args []string
				}
			}
		}
	}
}

func readJob(t *testing.T, name string) *job {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("../../examples/kubernetes", name))
	if err != nil {
		t.Fatal(err)
	}
	j := &job{}
	if err := yaml.Unmarshal(text, j); err != nil {
		t.Fatal(err)
	}
	return j
}

// The manifests call the command as it is: its flags, its number of parts, and the exit code that must not be tried again.
func TestManifestsAgreeWithTheCommand(t *testing.T) {
	for _, c := range []struct {
		file, action string
		indexed      bool
	}{{"sweep.yaml", "FailIndex", true}, {"merge.yaml", "FailJob", false}} {
		j := readJob(t, c.file)
		pod := j.Spec.Template.Spec
		container := pod.Containers[0]
		if j.APIVersion != "batch/v1" || j.Kind != "Job" || pod.RestartPolicy != "Never" || len(pod.Containers) != 1 {
			t.Errorf("%s: %+v", c.file, j)
		}
		rule := j.Spec.PodFailurePolicy.Rules[0]
		if rule.Action != c.action || rule.OnExitCodes.ContainerName != container.Name || rule.OnExitCodes.Operator != "In" || !slices.Equal(rule.OnExitCodes.Values, []int{exitBadInput}) {
			t.Errorf("%s: rule %+v, want %s on exit code %d", c.file, rule, c.action, exitBadInput)
		}
		cmd, rest, err := newRoot().Find(container.Args)
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.ParseFlags(rest); err != nil {
			t.Errorf("%s: %v", c.file, err)
		}
		if !c.indexed {
			continue
		}
		if shards := cmd.Flags().Lookup("shards").Value.String(); j.Spec.CompletionMode != "Indexed" || shards != strconv.Itoa(j.Spec.Completions) || j.Spec.BackoffLimitPerIndex < 1 {
			t.Errorf("%s: %d completions, --shards %s, backoffLimitPerIndex %d", c.file, j.Spec.Completions, shards, j.Spec.BackoffLimitPerIndex)
		}
	}
}
