package golden

import (
	"strings"
	"testing"
)

// recorded is a test that keeps what it is told.
type recorded struct {
	testing.TB
	errors int
}

func (r *recorded) Helper()               {}
func (r *recorded) Errorf(string, ...any) { r.errors++ }

func TestCompare(t *testing.T) {
	const same = "as it was\n"
	Compare(t, "text.txt", same)
	if *update {
		return
	}
	r := recorded{TB: t}
	if Compare(&r, "text.txt", strings.ToUpper(same)); r.errors != 1 {
		t.Errorf("%d errors for another text, want 1", r.errors)
	}
}
