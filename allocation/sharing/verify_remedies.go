package sharing

import (
	"fmt"

	"github.com/xianguan/xianguan/model"
)

// classes holds the classes that are short against what their lessons miss.
func (v *verifier) classes() {
	missing := map[model.PostID]model.Tenths{}
	for _, x := range v.result.Classes {
		school := v.schools[x.School]
		asked := model.Tenths(0)
		for _, line := range v.county.Curriculum {
			if line.Subject == x.Subject && line.Grade == x.Grade {
				asked = line.Periods
			}
		}
		if x.Subject == AfterSchool && school != nil {
			asked = school.AfterSchoolPeriods(x.Stage, &v.county.Rules)
		}
		if school == nil || x.Periods != asked || x.Missing <= 0 || x.Presence < 0 || x.Network < 0 || x.Presence+x.Network+x.Missing != asked || x.Class < 1 {
			v.fault(fmt.Sprintf("class %d of grade %d, %s", x.Class, x.Grade, x.PostID), x.Missing.String()+" missing", "a part of its %s periods", asked)
		}
		missing[x.PostID] += x.Missing
	}
	for _, l := range v.result.Lessons {
		if missing[l.PostID] != l.Missing {
			v.fault("classes of "+l.PostID.String(), missing[l.PostID].String()+" missing", "what the lesson misses, %s", l.Missing)
		}
	}
}

// remedies holds the remedies against the time, the hosts and the week that are left, and adds up what they cost.
func (v *verifier) remedies() {
	u := &remedyUse{verifier: v, time: map[model.TeacherID]model.Tenths{}, days: map[model.TeacherID]int{}, trips: map[[2]string]int{}, there: map[[2]string]model.Tenths{},
		joined: map[model.PostID]model.Tenths{}, hosts: map[model.PostID]bool{}}
	for _, x := range v.result.Teaching {
		u.time[x.Teacher] += x.Periods
	}
	for _, x := range v.result.Visits {
		u.days[x.Teacher] += x.Days
	}
	for _, x := range v.result.Missing {
		u.add(x)
	}
	u.limits()
	if l := v.result.Remedies; l.Value != int64(u.total) || l.Bound > l.Value {
		v.fault("remedies", model.Fen(l.Value).String()+" yuan", "the sum, %s", u.total)
	}
}

// remedyUse is what remedies take together.
type remedyUse struct {
	*verifier
	time   map[model.TeacherID]model.Tenths
	days   map[model.TeacherID]int
	trips  map[[2]string]int          // days by teacher and school
	there  map[[2]string]model.Tenths // periods by teacher and school
	joined map[model.PostID]model.Tenths
	hosts  map[model.PostID]bool // whether a further one
	total  model.Fen
}

func (u *remedyUse) add(x Remedy) {
	what := "remedy of " + x.PostID.String()
	u.total += x.Monthly
	network := (int64(u.options.JoinCost) + 9) / 10 * int64(x.Periods)
	host := model.PostID{School: x.Host, Stage: x.Stage, Subject: x.Subject}
	switch x.Means {
	case MeansRecruit:
		load := int64(u.county.Rules.TeacherLoad.At(x.Stage))
		if want := (int64(u.options.PostCost) + load - 1) / load * int64(x.Periods); int64(x.Monthly) != want {
			u.fault(what, x.Monthly.String()+" yuan", "a part of a post, %s", model.Fen(want))
		}
	case MeansJoin, MeansHost:
		school := u.schools[x.Host]
		further := x.Means == MeansHost
		if school == nil || x.Host == x.School || (school.Town || school.Strong) == further || u.options.NoNetwork {
			u.fault(what, string(x.Host), "another school, a host of lessons or to become one")
			return
		}
		if fixed := x.Monthly - model.Fen(network); fixed != 0 && (!further || fixed != u.options.HostCost) || further && !u.hosts[host] && fixed == 0 {
			u.fault(what, x.Monthly.String()+" yuan", "%s for the periods, and %s once for a further host", model.Fen(network), u.options.HostCost)
		}
		u.hosts[host] = u.hosts[host] || further
		u.joined[host] += x.Periods
	case MeansVisit:
		u.visit(what, x)
	default:
		u.fault(what, string(x.Means), "a means that is known")
	}
}

func (u *remedyUse) visit(what string, x Remedy) {
	t, school := u.teachers[x.Teacher], u.schools[x.School]
	if t == nil || school == nil || !t.mayTeach(x.Stage, x.Subject) || !speaks(t, school) || t.post.School == x.School {
		u.fault(what, string(x.Teacher), "somebody from elsewhere who may teach it")
		return
	}
	road := u.county.Rules.RoadFactor.Of(int64(model.Distance(u.schools[t.post.School].Position, school.Position)))
	key := [2]string{string(x.Teacher), string(x.School)}
	fare := model.Fen(0)
	if _, seen := u.trips[key]; !seen {
		u.trips[key] = x.Days
		u.days[x.Teacher] += x.Days
		fare = model.Fen(2 * road * weeksAMonth * int64(u.county.Rules.TravelPerKilometre) / 1000 * int64(x.Days))
	}
	if x.Days != u.trips[key] || x.Metres != model.Metres(road) || x.Monthly != fare {
		u.fault(what, fmt.Sprintf("%d days of %s for %s yuan", x.Days, x.Metres, x.Monthly), "%d days, %d m, %s yuan", u.trips[key], road, fare)
	}
	u.time[x.Teacher] += x.Periods
	u.there[key] += x.Periods
}

// limits are those of all remedies together.
func (u *remedyUse) limits() {
	for id, periods := range u.time {
		t := u.teachers[id]
		if t == nil {
			continue // a fault of the teaching
		}
		if most := max(0, u.county.Rules.TeacherLoad.At(t.post.Stage)-t.Release.Sum()); periods > most {
			u.fault("teacher "+string(id), periods.String()+" periods with remedies", "at most %s", most)
		}
		if u.days[id] > max(workingDays, u.options.Days) {
			u.fault("teacher "+string(id), fmt.Sprintf("%d days away with remedies", u.days[id]), "at most %d", workingDays)
		}
	}
	for key, periods := range u.there {
		if int(periods) > 10*u.options.PeriodsADay*u.trips[key] {
			u.fault("teacher "+key[0], periods.String()+" periods at "+key[1]+" by remedies", "at most %d a day", u.options.PeriodsADay)
		}
	}
	for host, periods := range u.joined {
		most := u.own[host] + u.visiting[host]
		if u.hosts[host] {
			most *= model.Tenths(u.options.Joined)
		}
		if periods > most {
			u.fault("host "+host.String(), periods.String()+" periods joined by remedies", "at most %s", most)
		}
	}
}
