package report

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"io"
	"strings"

	"github.com/xianguan/xianguan/allocation/sharing"
	"github.com/xianguan/xianguan/model"
)

// shownSharing is how many visits, lessons and remedies a text names; the JSON has all.
const shownSharing = 12

// WriteSharing writes how the periods of a county are taught when visiting teachers and lessons over the network help, at most [Width] columns wide.
func WriteSharing(w io.Writer, c *model.County, r *sharing.Result) error {
	out := bufio.NewWriter(w)
	writeTitle(out, c, "shared teaching (走教与同步课堂)")
	writeSharingLevels(out, r)
	writeSharedSubjects(out, c, r)
	writeSharedPlaces(out, c, r)
	writeSharedVisits(out, c, r)
	writeShortClasses(out, c, r)
	writeRemedies(out, c, r)
	fmt.Fprintln(out)
	wrap(out, "", "A second stage: who works where is the plan's and stays. Visits go to lessons that the school's own people leave short in one best covering; a better posting, or other visits, could share more. "+
		fmt.Sprintf("Limits: %s one way, %s a week, %d days, %d schools a week and %d a day, %d periods a day, one less for each road between schools; %d classes join a lesson.", r.Options.Reach, r.Options.Travel, r.Options.Days, r.Options.Schools, r.Options.Stops, r.Options.PeriodsADay, r.Options.Joined))
	return out.Flush()
}

// sharingTerms names the levels and their units.
var sharingTerms = map[string][2]string{"missing": {"Missing periods (缺课时)", "periods a week"}, "service": {"Service not given (缺课后服务)", "periods a week"}, "network": {"Over the network (同步课堂)", "periods a week"}, "metres": {"Travel of visitors (走教路程)", "a week"}}

func writeSharingLevels(w io.Writer, r *sharing.Result) {
	rows := [][]string{{"Missing, nothing shared (不共享)", r.Alone.String(), "", "periods a week", ""}}
	for _, l := range r.Levels {
		terms := sharingTerms[l.Name]
		value, bound := model.Tenths(l.Value).String(), model.Tenths(l.Bound).String()
		if l.Name == "metres" {
			value, bound = model.Metres(l.Value).String(), model.Metres(l.Bound).String()
		}
		proof := "proven (已证)"
		switch {
		case l.Conditional:
			bound, proof = "", "not bounded (有条件)"
		case !l.Proven:
			proof = fmt.Sprintf("gap %.1f%%", 100*l.Gap)
		}
		rows = append(rows, []string{terms[0], value, bound, terms[1], proof})
	}
	grid(w, "What is shared, most important first (共享，按先后次序)", []string{"", ">value", ">bound", "unit", "proof"}, rows)
}

// shared sums up lessons.
type shared struct{ periods, own, visiting, network, missing model.Tenths }

func (s *shared) add(l *sharing.Covered) {
	s.periods += l.Periods
	s.own += l.Own
	s.visiting += l.Visiting
	s.network += l.Network
	s.missing += l.Missing
}

// cells gives periods by how they are taught, and the share that counts: presence whole, the network by its weight.
func (s *shared) cells(weight model.Share) []string {
	counted := int64(s.own+s.visiting)*int64(model.Whole) + int64(s.network)*int64(weight)
	share := "-"
	if s.periods > 0 {
		share = fmt.Sprintf("%.1f%%", float64(counted)/float64(s.periods)/float64(model.Whole)*100)
	}
	return []string{s.periods.String(), s.own.String(), s.visiting.String(), s.network.String(), s.missing.String(), share}
}

func writeSharedSubjects(w io.Writer, c *model.County, r *sharing.Result) {
	sums := map[model.SubjectID]*shared{}
	for i := range r.Lessons {
		l := &r.Lessons[i]
		if sums[l.Subject] == nil {
			sums[l.Subject] = &shared{}
		}
		sums[l.Subject].add(l)
	}
	var rows [][]string
	for _, s := range c.Subjects {
		if sum := sums[s.ID]; sum != nil {
			rows = append(rows, append([]string{s.Name}, sum.cells(r.Options.NetworkWeight)...))
		}
	}
	if sum := sums[sharing.AfterSchool]; sum != nil {
		rows = append(rows, append([]string{afterSchool}, sum.cells(r.Options.NetworkWeight)...))
	}
	grid(w, "Periods a week by subject (各学科周课时)", []string{"subject (学科)", ">periods", ">own", ">visiting", ">network", ">missing", ">counted"}, rows)
}

func writeSharedPlaces(w io.Writer, c *model.County, r *sharing.Result) {
	schools := map[model.SchoolID]*model.School{}
	for i := range c.Schools {
		schools[c.Schools[i].ID] = &c.Schools[i]
	}
	sums := make([]shared, model.MaxTier+2) // town, then tiers
	for i := range r.Lessons {
		s := schools[r.Lessons[i].School]
		at := int(s.Tier) + 1
		if s.Town {
			at = 0
		}
		sums[at].add(&r.Lessons[i])
	}
	var rows [][]string
	for i := range sums {
		name := "Town (城镇)"
		if i > 0 {
			name = fmt.Sprintf("Rural, tier %d (乡村%d类)", i-1, i-1)
		}
		if sums[i].periods > 0 {
			rows = append(rows, append([]string{name}, sums[i].cells(r.Options.NetworkWeight)...))
		}
	}
	grid(w, fmt.Sprintf("By place (各类学校); a period over the network counts %s", r.Options.NetworkWeight), []string{"schools (学校)", ">periods", ">own", ">visiting", ">network", ">missing", ">counted"}, rows)
}

func writeSharedVisits(w io.Writer, c *model.County, r *sharing.Result) {
	names := schoolNames(c)
	people, days, tours := map[model.TeacherID]bool{}, 0, 0
	var rows [][]string
	for _, v := range r.Visits {
		people[v.Teacher] = true
		if len(v.Stops) > 1 {
			tours += v.Days
		}
		if days += v.Days; len(rows) < shownSharing {
			var stops []string
			for _, stop := range v.Stops {
				stops = append(stops, names[stop.School])
			}
			periods := v.Periods()
			rows = append(rows, []string{string(v.Teacher), short(names[v.Home], 24), short(strings.Join(stops, ", "), 40), number(v.Days), periods.String(), v.Metres.String()})
		}
	}
	if len(rows) == 0 {
		return
	}
	grid(w, fmt.Sprintf("Visits (走教): %s people, %s days a week, %s on tours (多校); %d of %s lines", number(len(people)), number(days), number(tours), len(rows), number(len(r.Visits))),
		[]string{"teacher", "home (本校)", "visits (走教学校)", ">days", ">periods", ">a week"}, rows)
}

// WriteTeaching writes who teaches what in a week as CSV: at home and on visits, and lessons over the network with their host.
func WriteTeaching(w io.Writer, c *model.County, r *sharing.Result) error {
	names := schoolNames(c)
	out := csv.NewWriter(w)
	rows := [][]string{{"way", "way_zh", "teacher", "host", "school", "name", "stage", "subject", "periods", "data"}}
	homes := map[model.TeacherID]map[model.SchoolID]bool{}
	for _, v := range r.Visits {
		if homes[v.Teacher] == nil {
			homes[v.Teacher] = map[model.SchoolID]bool{}
		}
		for _, stop := range v.Stops {
			homes[v.Teacher][stop.School] = true
		}
	}
	for _, x := range r.Teaching {
		way, zh := "own", "本校"
		if homes[x.Teacher][x.School] {
			way, zh = "visiting", "走教"
		}
		rows = append(rows, []string{way, zh, string(x.Teacher), "", string(x.School), names[x.School], x.Stage.String(), string(x.Subject), x.Periods.String(), dataCell(r.Origin)})
	}
	for _, x := range r.Joins {
		rows = append(rows, []string{"network", "同步课堂", "", string(x.Host), string(x.School), names[x.School], x.Stage.String(), string(x.Subject), x.Periods.String(), dataCell(r.Origin)})
	}
	return out.WriteAll(rows)
}
