package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/xianguan/xianguan/allocation/report/golden"
)

func TestLayout(t *testing.T) {
	out := filepath.Join(t.TempDir(), "after")
	stdout, stderr, code := invoke(t.Context(), "layout", data+"zhangwu", "--close", "S055=S030", "--board-beyond", "5", "--out", out)
	if code != exitDone {
		t.Fatalf("exit %d: %s", code, stderr)
	}
	fits(t, stdout)
	golden.Compare(t, "layout-zhangwu.txt", stdout)
	if after, err := readCounty(out); err != nil || len(after.Schools) != 77 {
		t.Errorf("%v", err)
	}
	for _, test := range []struct {
		reason string
		args   []string
		want   string
	}{
		{"nothing closes", nil, "want --close SCHOOL=INTO"},
		{"into nowhere", []string{"--close", "S055"}, "want SCHOOL=INTO"},
		{"a school that is none", []string{"--close", "S055=S999"}, "a school of the county"},
		{"boarding for words", []string{"--board", "S055=many"}, "want SCHOOL=PLACES"},
		{"boarding for nobody", []string{"--board", "S055=0"}, "the pupils who go in every day"},
	} {
		if _, stderr, code := invoke(t.Context(), append([]string{"layout", data + "zhangwu"}, test.args...)...); code != exitBadInput || !strings.Contains(stderr, test.want) {
			t.Errorf("%s: exit %d: %s", test.reason, code, stderr)
		}
	}
}
