package pairing

import (
	"cmp"
	"slices"

	"github.com/xianguan/xianguan/model"
)

// schedule spreads the pairs that do not stand yet over the years: by the end of year k of Y at least ⌈n · k / Y⌉ of n schools have a partner, all of those that
// get one by the last, and ⌈m · k / Y⌉ of the m that have one change to another. The hardest places come first, then those with most vacancies, then by id.
func (g *problem) schedule(r *Result, years int) {
	tier, partnered := map[model.SchoolID]model.Tier{}, map[model.SchoolID]bool{}
	for _, s := range g.rural {
		tier[s.ID] = s.Tier
		partnered[s.ID] = s.Partner != "" || s.OutsidePartner != ""
	}
	covered := 0
	var fresh, changed []*Pair
	for i := range r.Pairs {
		switch p := &r.Pairs[i]; {
		case !partnered[p.School]:
			fresh = append(fresh, p)
		case !p.Stands:
			covered++
			changed = append(changed, p)
		default:
			covered++
		}
	}
	for _, pairs := range [][]*Pair{fresh, changed} {
		slices.SortFunc(pairs, func(a, b *Pair) int {
			return cmp.Or(cmp.Compare(tier[b.School], tier[a.School]), cmp.Compare(b.Vacant, a.Vacant), cmp.Compare(a.School, b.School))
		})
	}
	r.Years = []Year{{0, 0, covered}}
	done := 0 // changes
	for year := 1; year <= years; year++ {
		asked := share(len(g.rural), year, years)
		for len(fresh) > 0 && covered < asked {
			fresh[0].Year = year
			fresh = fresh[1:]
			covered++
		}
		for ; done < share(len(changed), year, years); done++ {
			changed[done].Year = year
		}
		r.Years = append(r.Years, Year{year, asked, covered})
	}
}

// share is ⌈n · k / years⌉.
func share(n, k, years int) int { return (n*k + years - 1) / years }
