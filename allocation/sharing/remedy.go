package sharing

import (
	"cmp"
	"context"
	"slices"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/allocation/solver/native"
	"github.com/xianguan/xianguan/model"
)

// Remedy is one part of the cheapest way to fill what stays open. A lesson may take several.
type Remedy struct {
	model.PostID
	Periods model.Tenths `json:"periods"`
	Means   Means        `json:"means"`
	// Teacher has time to spare and may teach it, Metres away by road, and goes Days days a week more, to the school with all lessons taught there.
	Teacher model.TeacherID `json:"teacher,omitempty"`
	Days    int             `json:"days,omitempty"`
	Metres  model.Metres    `json:"metres,omitempty"`
	Host    model.SchoolID  `json:"host,omitempty"`  // whose lesson classes join
	Posts   model.Tenths    `json:"posts,omitempty"` // parts of a post to recruit for, rounded up
	// Monthly is what it costs; what several lessons need together, a day of a visitor or a host, stands with the first of them.
	Monthly model.Fen `json:"monthly"`
}

// Means is how open periods could be filled.
type Means string

const (
	MeansJoin    Means = "join"    // over the network, were one more class to join each lesson of a host (增加同步课堂)
	MeansHost    Means = "host"    // over the network from a school that is no host yet and gives the lesson in presence (增设主讲学校)
	MeansVisit   Means = "visit"   // by a teacher with time to spare, beyond the reach or the limits of a week (放宽走教范围)
	MeansRecruit Means = "recruit" // by recruiting for a part of a post (补充招聘)
)

const (
	weeksAMonth    = 4 // in which visitors travel
	workingDays    = 5 // of a week
	remedyVisitors = 4 // the nearest who are asked for each lesson
	remedyHosts    = 3 // further hosts for each subject and stage: those that give most in presence
)

// remedies finds the cheapest set of remedies for all that is missing, in fen a month: each lesson filled, nobody asked for time twice. It is the
// programme
//
//	Σ_h y_hj + Σ_t x_tj + r_j = m_j                  every lesson that is short, r_j by recruits
//	Σ_j x_tj ≤ spare time of t,   Σ_{j at s} x_tj ≤ D · d_ts,   Σ_s d_ts ≤ days of the week left
//	Σ_j y_hj ≤ presence at host h                    one more class in each lesson
//	Σ_j y_hj ≤ joined · presence · o_h               a further host, where o_h = 1
//
// over the nearest teachers with time to spare and the schools that give most. With network lessons left out of the options there are none as a remedy. Within
// the time for the proof it is solved exactly; else the start that goes lesson by lesson stays, with a bound.
func (g *problem) remedies(ctx context.Context, r *Result, flow []int64) ([]Remedy, Level, error) {
	m := g.newRemedyProgramme(r, flow)
	if len(m.short) == 0 {
		return nil, Level{Name: "remedies", Proven: true}, nil
	}
	m.begin()
	s, err := native.Solver{}.Solve(ctx, &m.Programme, solver.Options{TimeLimit: g.options.Proof})
	if err != nil {
		return nil, Level{}, err
	}
	taken, columns := m.Start, m.StartColumns
	if s.Stop == solver.StopOptimal {
		taken, columns = s.Flow, s.Columns
	}
	value := m.Objective(0, taken, columns)
	bound := min(value, s.Levels[0].Bound)
	return m.list(taken, columns), Level{"remedies", value, bound, solver.RelativeGap(value, bound), bound == value, false}, nil
}

// list gives the remedies of an answer, in order of lesson, means, teacher and host.
func (m *remedyProgramme) list(flow, columns []int64) (all []Remedy) {
	g := m.g
	paid := map[int32]bool{} // columns that stand with a lesson already
	fixed := func(column int32) model.Fen {
		if paid[column] {
			return 0
		}
		paid[column] = true
		return model.Fen(m.Columns[column].Cost[0] * columns[column])
	}
	for _, x := range m.ways {
		n := flow[x.arc]
		if n == 0 {
			continue
		}
		l := &g.lessons[x.lesson]
		remedy := Remedy{PostID: l.PostID, Periods: model.Tenths(n), Means: x.means, Monthly: model.Fen(n * m.Levels[0].Cost[x.arc])}
		switch x.means {
		case MeansVisit:
			remedy.Teacher, remedy.Metres = g.teachers[x.teacher].ID, x.metres
			remedy.Days = int(columns[x.column])
			remedy.Monthly += fixed(x.column)
		case MeansHost:
			remedy.Host = x.host
			remedy.Monthly += fixed(x.column)
		case MeansJoin:
			remedy.Host = x.host
		case MeansRecruit:
			remedy.Posts = postsFor(remedy.Periods, g.county.Rules.TeacherLoad.At(l.Stage))
		}
		all = append(all, remedy)
	}
	slices.SortStableFunc(all, func(a, b Remedy) int {
		return cmp.Or(a.PostID.Compare(b.PostID), cmp.Compare(a.Means, b.Means), cmp.Compare(a.Teacher, b.Teacher), cmp.Compare(a.Host, b.Host))
	})
	return all
}

// postsFor is the part of a post that periods take, in tenths, rounded up.
func postsFor(periods, load model.Tenths) model.Tenths { return (10*periods + load - 1) / load }
