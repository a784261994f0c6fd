package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/xianguan/xianguan/allocation/report/golden"
)

func TestPrincipals(t *testing.T) {
	county, after := filepath.Join(t.TempDir(), "county"), filepath.Join(t.TempDir(), "after")
	if _, stderr, code := invoke(t.Context(), "generate", "--teachers", "400", "--seed", "7", "--duties", "--out", county); code != exitDone {
		t.Fatal(stderr)
	}
	stdout, stderr, code := invoke(t.Context(), "principals", county, "--term-years", "3", "--make-way", "--out", after)
	if code != exitDone {
		t.Fatalf("exit %d: %s", code, stderr)
	}
	fits(t, stdout)
	golden.Compare(t, "principals.txt", stdout)
	if again, _, code := invoke(t.Context(), "principals", after, "--term-years", "3"); code != exitDone || strings.Contains(again, "Who goes where") {
		t.Errorf("exit %d: after the rotation somebody is due again:\n%s", code, again)
	}
	for _, test := range []struct {
		reason string
		args   []string
		want   string
	}{
		{"no county", nil, "accepts 1 arg"},
		{"no principals", []string{data + "tiny"}, "principal_since"},
		{"a reach below nothing", []string{county, "--reach", "-1"}, "want kilometres from 0 up"},
		{"a term of a lifetime", []string{county, "--term-years", "40"}, "whole years from 0 to 30"},
	} {
		if _, stderr, code := invoke(t.Context(), append([]string{"principals"}, test.args...)...); code != exitBadInput || !strings.Contains(stderr, test.want) {
			t.Errorf("%s: exit %d: %s", test.reason, code, stderr)
		}
	}
}
