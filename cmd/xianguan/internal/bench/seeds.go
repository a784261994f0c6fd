package bench

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// mostSeeds keeps a slip of the pen from asking for years of measuring.
const mostSeeds = 10_000

// ParseSeeds reads what --seeds takes: a number of seeds ("10" is 1 to 10), a range ("11-20"), or a list of seeds and
// ranges ("3,5,11-20").
func ParseSeeds(text string) ([]uint64, error) {
	if count, err := strconv.ParseUint(text, 10, 64); err == nil {
		text = fmt.Sprintf("1-%d", count)
	}
	var seeds []uint64
	for part := range strings.SplitSeq(text, ",") {
		first, last, ranged := strings.Cut(strings.TrimSpace(part), "-")
		if !ranged {
			last = first
		}
		low, err := strconv.ParseUint(first, 10, 64)
		high, err2 := strconv.ParseUint(last, 10, 64)
		if err != nil || err2 != nil || high < low || high-low >= mostSeeds {
			return nil, fmt.Errorf("%q: want a number of seeds such as 10, a range such as 11-20, or a list such as 3,5,11-20", text)
		}
		for seed := low; ; seed++ {
			seeds = append(seeds, seed)
			if seed == high {
				break
			}
		}
	}
	slices.Sort(seeds)
	return slices.Compact(seeds), nil
}
