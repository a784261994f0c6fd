package sharing

import (
	"context"
	"math/rand/v2"
	"slices"

	"github.com/xianguan/xianguan/model"
)

// state is what a search may come back to.
type state struct {
	spare, missing, local, away, through, days, awayDays, absent, bare, calls []int64
	road                                                                      []model.Metres
	schools                                                                   []int
}

func (r *residual) save(s *state) {
	for _, pair := range []struct {
		into *[]int64
		from []int64
	}{{&s.spare, r.spare}, {&s.missing, r.missing}, {&s.local, r.local}, {&s.away, r.away},
		{&s.through, r.through}, {&s.days, r.days}, {&s.awayDays, r.awayDays}, {&s.absent, r.absent}, {&s.bare, r.bare}, {&s.calls, r.calls}} {
		*pair.into = append((*pair.into)[:0], pair.from...)
	}
	s.road, s.schools = append(s.road[:0], r.road...), append(s.schools[:0], r.schools...)
}

func (r *residual) restore(s *state) {
	for _, pair := range [][2][]int64{{r.spare, s.spare}, {r.missing, s.missing}, {r.local, s.local}, {r.away, s.away}, {r.through, s.through}, {r.days, s.days},
		{r.awayDays, s.awayDays}, {r.absent, s.absent}, {r.bare, s.bare}, {r.calls, s.calls}} {
		copy(pair[0], pair[1])
	}
	copy(r.road, s.road)
	copy(r.schools, s.schools)
}

// value is the objective, level by level.
func (r *residual) value() (value [levels]int64) {
	for j, n := range r.missing {
		switch {
		case r.g.lessons[j].Service:
			value[levelService] += n
		case r.group[j] < 0:
			value[levelMissing] += n
		}
	}
	for k := range r.g.pools {
		lost := r.lost(int32(k))
		value[levelMissing] += lost
		value[levelNetwork] += r.absent[k] - max(0, r.deficit(int32(k)))
	}
	for v, days := range r.days {
		value[levelMetres] += int64(r.g.visits[v].round) * days
	}
	return value
}

// recall ends a visit: what it taught is missing again, and the visitor has the time for lessons at home.
func (r *residual) recall(v int32) {
	t := r.g.visits[v].teacher
	for _, k := range r.stops[v] {
		if amount := r.away[k]; amount > 0 {
			j := r.g.away[k].lesson
			r.away[k] = 0
			r.missing[j] += amount
			r.count(j, amount)
			r.spare[t] += amount
		}
	}
	r.through[v] = 0
	for r.days[v] > 0 {
		r.give(v, -1)
	}
}

// atHome lets a teacher with time to spare teach more at home, directly or by relieving colleagues.
func (r *residual) atHome(t int32) {
	for r.spare[t] > 0 {
		steps, sink, most, found := r.forthFrom(t, nil, r.spare[t])
		if !found || most <= 0 {
			return
		}
		for _, s := range steps {
			r.local[s.link] += s.change * most
		}
		r.spare[t] -= most
		r.missing[sink] -= most
		r.count(sink, -most)
	}
}

// improve ends the visits around one of them and gives the days anew, with some visits barred, and keeps what is no worse. The rounds, not
// the clock, end it, so that the result is the same on every machine; a context that ends stops it.
//
// Schrimpf, Schneider, Stamm-Wilbrandt and Dueck, "Record breaking optimization results using the ruin and recreate principle", Journal of
// Computational Physics 159 (2000).
func (r *residual) improve(ctx context.Context) {
	random := rand.New(rand.NewPCG(1, uint64(len(r.g.visits))))
	best := r.value()
	var kept state
	r.save(&kept)
	barred := make([]bool, len(r.g.visits))
	for range r.g.options.Rounds {
		if ctx.Err() != nil || len(r.g.visits) == 0 || best[levelMissing]+best[levelService]+best[levelNetwork] == 0 {
			return
		}
		r.ruin(random, barred)
		r.greedy(barred)
		clear(barred)
		if value := r.value(); slices.Compare(value[:], best[:]) <= 0 {
			best = value
			r.save(&kept)
		} else {
			r.restore(&kept)
		}
	}
}

// ruin recalls the visits of a teacher, of the schools that the teacher visits or could visit, up to a few, and bars a third of them.
func (r *residual) ruin(random *rand.Rand, barred []bool) {
	center := r.g.visits[random.IntN(len(r.g.visits))]
	near := r.g.options.Reach / model.Metres(2+random.IntN(4))
	home := r.g.schools[center.stops[0]]
	recalled := map[int32]bool{}
	for v := range r.g.visits {
		visit := &r.g.visits[v]
		if r.days[v] == 0 || visit.teacher != center.teacher && visit.stops[0] != center.stops[0] && r.g.road(home, r.g.schools[visit.stops[0]]) > near {
			continue
		}
		r.recall(int32(v))
		recalled[visit.teacher] = true
		barred[v] = random.IntN(3) == 0
	}
	r.wants = r.first()
	for i := range r.g.teachers {
		if recalled[int32(i)] {
			r.atHome(int32(i))
		}
	}
	r.wants = wantPresence
	for i := range r.g.teachers {
		if recalled[int32(i)] {
			r.atHome(int32(i))
		}
	}
}
