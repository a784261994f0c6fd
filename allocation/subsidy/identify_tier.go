package subsidy

import (
	"fmt"
	"math"
	"strings"

	"github.com/xianguan/xianguan/model"
)

// FixedByTierError says that the tier of a post fixes its subsidy in every choice, so that
// money and hardship are one thing in the data. It is an [ErrNotIdentified].
type FixedByTierError struct {
	Amounts []TierAmount // one for each tier seen, relative to the first of them where it is not known outright
}

// TierAmount is what a tier pays in all choices.
type TierAmount struct {
	Tier    model.Tier
	Monthly model.Fen
}

func (e *FixedByTierError) Error() string {
	var amounts []string
	for _, a := range e.Amounts {
		amounts = append(amounts, fmt.Sprintf("tier %d pays %s", a.Tier, a.Monthly))
	}
	return fmt.Sprintf("%v: the tier of a post fixes its subsidy in every choice (%s yuan a month), so money cannot be told from remoteness; want years or places where one tier paid different amounts, or declare a range of the effect",
		ErrNotIdentified, strings.Join(amounts, ", "))
}

func (e *FixedByTierError) Unwrap() error { return ErrNotIdentified }

// sameAmount is the difference below which amounts pass for one: a jiao (角), in units of the subsidy.
const sameAmount = 1e-3

// Identified checks that the subsidy is more than a function of the tier. It is not identified if and only if
// numbers a_g by group g, which is a tier or the outside option, and c_n by choice exist with
//
//	s_i = a_g(i) + c_n(i)   in every row i of every choice n
//
// since then dummies of the tiers explain whatever the subsidy does. So within each choice the differences of
// s are differences of a; a union-find over the groups, with these differences as weights of its
// edges, finds the first that contradicts another. Data without a column of subsidies or of
// whole tiers pass. The error is a *[FixedByTierError]. It takes O(rows) time.
func (d *Data) Identified() error {
	money, outside, remoteness := d.column(AttributeSubsidy), d.column(AttributeOutside), d.column(AttributeRemoteness)
	if money < 0 || remoteness < 0 {
		return nil
	}
	var forest tierForest
	for g := range forest.parent {
		forest.parent[g] = g
	}
	for n := range d.Chosen {
		first, paid := 0, 0.0 // group and subsidy of the choice's first row
		for i := d.First[n]; i < d.First[n+1]; i++ {
			row := d.row(i)
			tier, whole := wholeTier(row[remoteness])
			group, s := int(tier), row[money]
			if outside >= 0 && row[outside] != 0 {
				group, whole = outsideGroup, true
			}
			if !whole {
				return nil
			}
			if forest.seen[group] = true; i == d.First[n] {
				first, paid = group, s
			} else if !forest.join(first, group, s-paid) {
				return nil
			}
		}
	}
	return forest.refusal()
}

const outsideGroup = int(model.MaxTier) + 1

// tierForest is a union-find of groups; above is what a group pays more than its parent.
type tierForest struct {
	parent [outsideGroup + 1]int
	above  [outsideGroup + 1]float64
	seen   [outsideGroup + 1]bool
}

// root gives the root of a group and what the group pays more than it.
func (f *tierForest) root(g int) (root int, above float64) {
	for f.parent[g] != g {
		above += f.above[g]
		g = f.parent[g]
	}
	return g, above
}

// join notes that group b pays so much more than a; false where that contradicts what was noted before.
func (f *tierForest) join(a, b int, more float64) bool {
	rootA, aboveA := f.root(a)
	rootB, aboveB := f.root(b)
	if rootA == rootB {
		return math.Abs(aboveB-aboveA-more) < sameAmount
	}
	f.parent[rootB], f.above[rootB] = rootA, aboveA+more-aboveB
	return true
}

// refusal lists what the tiers pay. The outside option pays nothing; where no choice links a tier
// to it, the lowest tier of those linked stands at 0.
func (f *tierForest) refusal() error {
	e := &FixedByTierError{}
	var base [outsideGroup + 1]float64   // by root: what is subtracted
	for g := outsideGroup; g >= 0; g-- { // so the lowest tier comes last
		if root, above := f.root(g); f.seen[g] && (g == outsideGroup || root != f.outsideRoot()) {
			base[root] = above
		}
	}
	for g := range outsideGroup {
		if f.seen[g] {
			root, above := f.root(g)
			amount := math.Round((above - base[root]) * float64(FenPerUnit))
			e.Amounts = append(e.Amounts, TierAmount{model.Tier(g), model.Fen(amount)})
		}
	}
	if len(e.Amounts) == 0 {
		return nil
	}
	return e
}

// outsideRoot is the root of the outside option; -1 where the data have none.
func (f *tierForest) outsideRoot() int {
	if !f.seen[outsideGroup] {
		return -1
	}
	root, _ := f.root(outsideGroup)
	return root
}
