package allocation

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// between is a trade of moves given as pairs: from a post, to a post.
func between(longestCycle int, ends ...[2]int32) *trade {
	x := &trade{options: &ExchangeOptions{LongestCycle: longestCycle}}
	for i, e := range ends {
		x.moves = append(x.moves, move{person: int32(i), from: e[0], to: e[1]})
	}
	return x
}

func TestSplit(t *testing.T) {
	// A chain of places 0 → 1 → 2 → 1 → 3 → 2 → 4: posts 1 and 2 are passed twice.
	moves := [][2]int32{{1, 0}, {2, 1}, {1, 2}, {3, 1}, {2, 3}, {4, 2}}
	tests := []struct {
		reason string
		limit  int
		moves  [][2]int32
		want   []walk
	}{
		{"the shortest part first, then nothing is passed twice", 0, moves, []walk{{true, []int32{1, 2}}, {false, []int32{0, 3, 4, 5}}}},
		{"a limit of two leaves a part of three in the chain", 2,
			[][2]int32{{1, 0}, {2, 1}, {3, 2}, {1, 3}, {4, 1}}, []walk{{false, []int32{0, 1, 2, 3, 4}}}},
		{"a limit of three does not", 3,
			[][2]int32{{1, 0}, {2, 1}, {3, 2}, {1, 3}, {4, 1}}, []walk{{true, []int32{1, 2, 3}}, {false, []int32{0, 4}}}},
		{"no cycles are wanted", 1, moves, []walk{{false, []int32{0, 1, 2, 3, 4, 5}}}},
		{"a chain that ends where it began is a cycle", 0, [][2]int32{{1, 0}, {0, 1}}, []walk{{true, []int32{0, 1}}}},
		{"but not where cycles are too long", 2, [][2]int32{{1, 0}, {2, 1}, {0, 2}}, []walk{{false, []int32{0, 1, 2}}}},
	}
	for _, test := range tests {
		x := between(test.limit, test.moves...)
		w := walk{}
		for m := range x.moves {
			w.moves = append(w.moves, int32(m))
		}
		if diff := cmp.Diff(test.want, x.split(w), cmp.AllowUnexported(walk{})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.reason, diff)
		}
	}
}

// Any moves divide into cycles and chains that use each once, pass no post twice, and have as many chains as posts
// gain people; no cycle is shorter than one found before it.
func TestShortestDivides(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		ends := rapid.SliceOfN(rapid.Custom(func(r *rapid.T) [2]int32 {
			from := rapid.Int32Range(0, 5).Draw(r, "from")
			return [2]int32{from, (from + rapid.Int32Range(1, 5).Draw(r, "by")) % 6}
		}), 1, 14).Draw(r, "moves")
		x := between(0, ends...)
		all := make([]int32, len(ends))
		gained := [6]int{}
		for m, e := range ends {
			all[m] = int32(m)
			gained[e[1]]++
			gained[e[0]]--
		}
		var used []int32
		chains, before := 0, 0
		for _, w := range x.shortest(all) {
			used = append(used, w.moves...)
			posts := map[int32]bool{}
			for i, m := range w.moves {
				if posts[x.moves[m].to] {
					r.Fatalf("%v passes post %d twice", w, x.moves[m].to)
				}
				posts[x.moves[m].to] = true
				if next := w.moves[(i+1)%len(w.moves)]; (i+1 < len(w.moves) || w.cycle) && x.moves[next].to != x.moves[m].from {
					r.Fatalf("%v breaks off after move %d", w, m)
				}
			}
			if w.cycle {
				if len(w.moves) < before {
					r.Fatalf("a cycle of %d after one of %d", len(w.moves), before)
				}
				before = len(w.moves)
				continue
			}
			chains++
			if first, last := x.moves[w.moves[0]].to, x.moves[w.moves[len(w.moves)-1]].from; gained[first] <= 0 || gained[last] >= 0 {
				r.Fatalf("chain %v from post %d (%+d people) to post %d (%+d)", w, first, gained[first], last, gained[last])
			}
		}
		want := 0
		for _, n := range gained {
			want += max(0, n)
		}
		slices.Sort(used)
		if !slices.Equal(used, all) || chains != want {
			r.Fatalf("moves %v in %d chains, want %v in %d", used, chains, all, want)
		}
	})
}
