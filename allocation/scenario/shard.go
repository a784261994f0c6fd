package scenario

import (
	"fmt"
	"strconv"
	"strings"
)

// Shard is the part of a sweep that one of several machines carries out: number Index, from 0, of Count. The zero value is the whole.
type Shard struct {
	Index int `json:"index"`
	Count int `json:"count"`
}

// ParseShard reads "3/10", the fourth of ten.
func ParseShard(text string) (Shard, error) {
	index, count, found := strings.Cut(text, "/")
	var s Shard
	var errs [2]error
	s.Index, errs[0] = strconv.Atoi(index)
	s.Count, errs[1] = strconv.Atoi(count)
	if !found || errs[0] != nil || errs[1] != nil || s.Count == 0 {
		return Shard{}, fmt.Errorf("shard %q: want a number from 0 on, and how many there are, as in 3/10", text)
	}
	return s, s.Validate()
}

// Validate reports whether a shard is one of its count.
func (s Shard) Validate() error {
	if s != (Shard{}) && (s.Count < 1 || s.Index < 0 || s.Index >= s.Count) {
		return fmt.Errorf("shard %s: want 1 shard or more, numbered from 0 to one less than their count", s)
	}
	return nil
}

// String gives the form that [ParseShard] reads.
func (s Shard) String() string { return fmt.Sprintf("%d/%d", s.Index, s.Count) }

// Of gives the first of the shard's tasks out of n in all, and the first that is the next shard's. Every task is in exactly one shard, those of
// a county stand together where they can, and no shard has two tasks more than another.
func (s Shard) Of(n int) (first, end int) {
	if s.Count == 0 {
		return 0, n
	}
	return s.Index * n / s.Count, (s.Index + 1) * n / s.Count
}
