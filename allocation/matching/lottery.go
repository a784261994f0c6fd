package matching

import (
	"cmp"
	"slices"
	"strconv"
)

// Lottery breaks ties by numbers that anyone can recompute from a published
// seed. The smaller number goes first; equal numbers, which are not expected, go
// by id.
//
// A single lottery gives each applicant one number for all schools. It loses
// less to tie-breaking than one at each school (Abdulkadiroğlu, Pathak and Roth,
// American Economic Review 2009), and is the default.
type Lottery struct {
	Seed      uint64 `json:"seed"`
	PerSchool bool   `json:"per_school,omitempty"` // a number for each applicant at each school (multiple tie-breaking)
}

// Number is the lottery number of an applicant at a school; the school matters
// only where PerSchool is set.
//
// It is mix(h), where h is the 64-bit FNV-1a hash of the text "seed|applicant",
// or "seed|school|applicant" where PerSchool is set, with the seed in decimal and
// the ids in UTF-8, and mix is the last step of SplitMix64 (Steele, Lea and Flood
// 2014): z ^= z>>30; z *= 0xbf58476d1ce4e5b9; z ^= z>>27; z *= 0x94d049bb133111eb;
// z ^= z>>31, in arithmetic modulo 2^64.
func (l Lottery) Number(school, applicant string) uint64 {
	var digits [20]byte
	hash := fnv1a(offset64, strconv.AppendUint(digits[:0], l.Seed, 10))
	hash = fnv1a(hash, "|")
	if l.PerSchool {
		hash = fnv1a(fnv1a(hash, school), "|")
	}
	return mix(fnv1a(hash, applicant))
}

const (
	offset64 = 0xcbf29ce484222325
	prime64  = 0x100000001b3
)

func fnv1a[T string | []byte](hash uint64, text T) uint64 {
	for i := range len(text) {
		hash = (hash ^ uint64(text[i])) * prime64
	}
	return hash
}

func mix(z uint64) uint64 {
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// LotteryOrder is all applicants by their number in the single lottery of the
// problem's seed: the order of mechanisms that need one and are given none.
func (p *Problem) LotteryOrder() []int32 {
	single := Lottery{Seed: p.lottery.Seed}
	numbers := make([]uint64, len(p.applicants))
	order := make([]int32, len(p.applicants))
	for t, id := range p.applicants {
		numbers[t], order[t] = single.Number("", id), int32(t)
	}
	slices.SortFunc(order, func(a, b int32) int {
		return cmp.Or(cmp.Compare(numbers[a], numbers[b]), cmp.Compare(p.applicants[a], p.applicants[b]))
	})
	return order
}
