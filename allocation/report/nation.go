package report

import (
	"bufio"
	"cmp"
	"encoding/csv"
	"fmt"
	"io"
	"slices"

	"github.com/xianguan/xianguan/allocation/scenario"
	"github.com/xianguan/xianguan/model"
)

// Nation is the plans of every district of a census, as `nation` prints them.
type Nation struct {
	Census    string           `json:"census"`
	Origin    model.Origin     `json:"origin"` // what is real and what is assumed, in every district
	Date      model.Date       `json:"date"`
	Policy    string           `json:"policy"`
	Software  string           `json:"software"`
	Total     scenario.Total   `json:"total"`
	States    []NationState    `json:"states"`    // in order of name
	Districts []NationDistrict `json:"districts"` // in order of state and name
}

// NationState sums the districts of a state.
type NationState struct {
	State string         `json:"state"`
	Total scenario.Total `json:"total"`
}

// NationDistrict is the plan of a district.
type NationDistrict struct {
	State  string          `json:"state"`
	Name   string          `json:"name"`
	Result scenario.Result `json:"result"`
}

// NewNation sums the results of districts by state; each district names its state.
func NewNation(census string, origin model.Origin, districts []NationDistrict) *Nation {
	n := &Nation{Census: census, Origin: origin, Districts: slices.Clone(districts)}
	slices.SortStableFunc(n.Districts, func(a, b NationDistrict) int {
		return cmp.Or(cmp.Compare(a.State, b.State), cmp.Compare(a.Name, b.Name))
	})
	for i := range n.Districts {
		d := &n.Districts[i]
		if i == 0 {
			n.Date, n.Policy, n.Software = d.Result.County.Date, d.Result.County.Policy, d.Result.Software
		}
		if i == 0 || n.Districts[i-1].State != d.State {
			n.States = append(n.States, NationState{State: d.State})
		}
		n.States[len(n.States)-1].Total.Add(&d.Result)
		n.Total.Add(&d.Result)
	}
	return n
}

// WriteNation writes a nation on a page or two of text: the sums, how good the plans are, each state, the districts that fill least, and what is real
// and what is assumed.
func WriteNation(w io.Writer, n *Nation) error {
	out := bufio.NewWriter(w)
	wrap(out, "", fmt.Sprintf("%s: plans of every district for the school year from %s (%s起学年各地区教师配置方案汇总)", n.Census, n.Date, n.Date))
	writeSyntheticShare(out, &n.Total)
	wrap(out, "", "A WHAT-IF (假设测算): this policy's rules on the schools of the census; vacancies are distances from them, not what an authority would recognise")
	fmt.Fprintf(out, "Policy (政策) %s, %s\n", n.Policy, n.Software)
	t := &n.Total
	grid(out, "The whole (合计)", []string{"", ">", "", ">"}, [][]string{
		{"Districts (地区)", number(t.Counties), "Posts needed (核定需求)", number(t.Need)},
		{"Schools (学校)", number(t.Schools), "Filled (已配)", number(t.Filled) + " " + t.Fill.String()},
		{"People (教师)", number(t.People), "Vacant before (原空缺)", number(t.VacantBefore)},
		{"In a new post (新岗)", number(t.Moved), "Vacant after (现空缺)", number(t.Vacant)},
		{"  of whom due for rotation (轮岗)", number(t.Compelled), "Rural posts filled (乡村到岗率)", t.RuralFill.String()},
		{"Without a post (待岗)", number(t.Unplaced), "People above need (超员)", number(t.Over)},
		{"Cost, yuan a month (费用)", wholeYuan(float64(t.Cost) / 100), "  of which subsidy (补贴)", wholeYuan(float64(t.Subsidy) / 100)},
	})
	fmt.Fprintln(out)
	wrap(out, "Proof (证明): ", fmt.Sprintf("%d of %s have a plan that is proven optimal at every level (已证最优)", t.Proven, plural(t.Counties, "district", "districts")))
	wrap(out, "Check (核验): ", fmt.Sprintf("every rule holds in each of %s, and the objective agrees, says the independent checker (全部符合，目标一致)", plural(t.Counties-t.Refused, "plan", "plans")))
	writeStates(out, n)
	writeLeastFilled(out, n)
	results := make([]scenario.Result, len(n.Districts))
	for i := range n.Districts {
		results[i] = n.Districts[i].Result
	}
	writeRefused(out, results)
	writeOrigin(out, n.Origin)
	return out.Flush()
}

// nationColumns are the columns of states and of districts.
var nationColumns = []string{">schools", ">teachers", ">need", ">before", ">after", ">fill", ">rural"}

func nationCells(t *scenario.Total) []string {
	return []string{number(t.Schools), number(t.People), number(t.Need), number(t.VacantBefore), number(t.Vacant), t.Fill.String(), t.RuralFill.String()}
}

func writeStates(w io.Writer, n *Nation) {
	var rows [][]string
	for i := range n.States {
		s := &n.States[i]
		rows = append(rows, append([]string{cutTo(s.State, 21, 7), number(s.Total.Counties)}, nationCells(&s.Total)...))
	}
	grid(w, "By state, vacancies before and after (各州空缺)", append([]string{"state", ">districts"}, nationColumns...), rows)
}

// writeLeastFilled lists the districts that fill the least share of their need.
func writeLeastFilled(w io.Writer, n *Nation) {
	planned := slices.DeleteFunc(slices.Clone(n.Districts), func(d NationDistrict) bool { return d.Result.Refused != "" })
	slices.SortStableFunc(planned, func(a, b NationDistrict) int {
		return cmp.Compare(a.Result.Indicators.Fill, b.Result.Indicators.Fill)
	})
	var rows [][]string
	for i := range planned[:min(len(planned), mostCounties)] {
		var t scenario.Total
		t.Add(&planned[i].Result)
		rows = append(rows, append([]string{short(planned[i].Name, 28)}, nationCells(&t)...))
	}
	grid(w, "The districts that fill least, vacancies before and after (到岗率最低的地区); the table has all", append([]string{"district"}, nationColumns...), rows)
}

// WriteNationTable writes the districts as CSV, a row each.
func WriteNationTable(w io.Writer, n *Nation) error {
	results := make([]scenario.Result, len(n.Districts))
	states := []string{"state"}
	for i := range n.Districts {
		results[i] = n.Districts[i].Result
		states = append(states, n.Districts[i].State)
	}
	rows := sweepRows(results)
	for i := range rows {
		rows[i] = append([]string{states[i]}, rows[i]...)
	}
	return csv.NewWriter(w).WriteAll(rows)
}
