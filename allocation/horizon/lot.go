package horizon

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"slices"

	"github.com/xianguan/xianguan/model"
)

// draw takes a share of people by lot: ⌊n · share⌋ of them, and one more with the odds of what is left of the product, so that over the years as many leave as
// expected. The lots follow from the seed, the day, what they are drawn for and the ids alone, so they are the same whatever was planned. O(n log n).
func draw(ids []model.TeacherID, share Percent, seed uint64, day model.Date, what string) []model.TeacherID {
	product := uint64(len(ids)) * uint64(share)
	count := int(product / uint64(model.Whole))
	if lot(seed, day, what, "")%uint64(model.Whole) < product%uint64(model.Whole) {
		count++
	}
	order := slices.Clone(ids)
	slices.SortFunc(order, func(a, b model.TeacherID) int {
		return cmp.Or(cmp.Compare(lot(seed, day, what, a), lot(seed, day, what, b)), cmp.Compare(a, b))
	})
	return order[:count]
}

// lot is 64-bit FNV-1a over "seed|day|what|id", mixed so that ids that differ in their last letter do not follow one another.
func lot(seed uint64, day model.Date, what string, id model.TeacherID) uint64 {
	hash := fnv.New64a()
	fmt.Fprintf(hash, "%d|%d|%s|%s", seed, day, what, id) // a hash never fails to write
	x := hash.Sum64()
	x ^= x >> 33
	x *= 0xff51afd7ed558ccd // the finalizer of MurmurHash3 (Appleby)
	x ^= x >> 33
	return x
}
