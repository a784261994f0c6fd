package synthetic

import (
	"cmp"
	"encoding/binary"
	"hash/fnv"
	"math/rand/v2"
	"slices"

	"github.com/xianguan/xianguan/model"
)

// dice gives the random numbers of one thing.
type dice struct{ *rand.Rand }

// stream gives the dice of the thing that what and id name. Every school and
// every teacher has dice of its own, so that a change in one school does not
// change what is drawn for another.
func stream(seed uint64, what, id string) dice {
	hash := fnv.New64a()
	var word [8]byte
	binary.LittleEndian.PutUint64(word[:], seed)
	hash.Write(word[:])
	hash.Write([]byte(what))
	hash.Write([]byte{0})
	hash.Write([]byte(id))
	high := hash.Sum64()
	hash.Write([]byte{0})
	return dice{rand.New(rand.NewPCG(high, hash.Sum64()))}
}

// hit is true with the given chance.
func (d dice) hit(chance model.Share) bool { return d.IntN(int(model.Whole)) < int(chance) }

// between draws a whole number, both ends included.
func (d dice) between(low, high int) int { return low + d.IntN(max(1, high-low+1)) }

// bend draws a whole number around middle, from middle - spread to middle +
// spread, with a triangular chance.
func (d dice) bend(middle, spread int) int {
	return middle + d.IntN(spread+1) - d.IntN(spread+1)
}

// pick draws one of a list, each with the same chance.
func pick[T any](d dice, list []T) T { return list[d.IntN(len(list))] }

// weighted draws an index with a chance in proportion to its weight. It gives 0
// where all weights are 0.
func (d dice) weighted(weights []int) int {
	total := 0
	for _, w := range weights {
		total += w
	}
	if total == 0 {
		return 0
	}
	at := d.IntN(total)
	for i, w := range weights {
		if at -= w; at < 0 {
			return i
		}
	}
	return len(weights) - 1
}

// apportion divides total in proportion to the weights by largest remainder
// (Hamilton's method); ties go to the lower index. It gives zeros where all
// weights are 0.
func apportion(total int, weights []int64) []int {
	shares := make([]int, len(weights))
	sum := int64(0)
	for _, w := range weights {
		sum += w
	}
	if sum == 0 {
		return shares
	}
	left, order := total, make([]int, len(weights))
	rest := make([]int64, len(weights))
	for i, w := range weights {
		product := int64(total) * w
		shares[i], rest[i], order[i] = int(product/sum), product%sum, i
		left -= shares[i]
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(rest[b], rest[a]) })
	for _, i := range order[:left] {
		shares[i]++
	}
	return shares
}
