package scenario

import "github.com/xianguan/xianguan/model"

// Total sums the results of one scenario over counties. Its sums are exact integers, so results may be added in any order and in any parts, on any engine.
// Inequality between schools cannot be summed and is left to each county.
type Total struct {
	Scenario     string         `json:"scenario"`
	Counties     int            `json:"counties"`
	Refused      int            `json:"refused"` // have no plan; they count in nothing below
	Proven       int            `json:"proven"`  // at every level
	Synthetic    int            `json:"synthetic"`
	Schools      int            `json:"schools"`
	People       int            `json:"people"`
	Need         int            `json:"need"`
	Filled       int            `json:"filled"`
	Vacant       int            `json:"vacant"`
	VacantBefore int            `json:"vacant_before"`
	RuralNeed    int            `json:"rural_need"`
	RuralFilled  int            `json:"rural_filled"`
	Unplaced     int            `json:"unplaced"`
	Moved        int            `json:"moved"`
	Compelled    int            `json:"compelled"`
	Over         int            `json:"over"`
	Shortage     int64          `json:"shortage"`
	Soft         int64          `json:"soft"`
	Cost         model.Fen      `json:"cost"`
	Subsidy      model.Fen      `json:"subsidy"`
	Fill         model.Share    `json:"fill"`
	RuralFill    model.Share    `json:"rural_fill"`
	LeastFill    model.Share    `json:"least_fill"`   // of the county that fills the least share of its need
	LeastCounty  model.CountyID `json:"least_county"` // which that is; of several the one that comes first by id
}

// Add adds the result of a county that was not added before.
func (t *Total) Add(r *Result) {
	one := Total{Scenario: r.Scenario.Name, Counties: 1}
	if r.County.Synthetic {
		one.Synthetic = 1
	}
	if r.Refused != "" {
		one.Refused = 1
		t.Join(&one)
		return
	}
	i := &r.Indicators
	if i.Proven {
		one.Proven = 1
	}
	one.Schools, one.People, one.Need, one.Filled, one.Vacant, one.VacantBefore = i.Schools, i.People, i.Need, i.Filled, i.Vacant, i.VacantBefore
	one.RuralNeed, one.RuralFilled, one.Unplaced, one.Moved, one.Compelled, one.Over = i.RuralNeed, i.RuralFilled, i.Unplaced, i.Moved, i.Compelled, i.Over
	one.Shortage, one.Soft, one.Cost, one.Subsidy = i.Shortage, i.Soft, i.Cost, i.Subsidy
	one.LeastFill, one.LeastCounty = i.Fill, r.County.ID
	t.Join(&one)
}

// Join adds what another total holds. It is associative and commutative, and the zero Total changes nothing.
func (t *Total) Join(o *Total) {
	if t.Counties == 0 {
		t.Scenario = o.Scenario
	}
	if o.planned() > 0 && (t.planned() == 0 || o.LeastFill < t.LeastFill || o.LeastFill == t.LeastFill && o.LeastCounty < t.LeastCounty) {
		t.LeastFill, t.LeastCounty = o.LeastFill, o.LeastCounty
	}
	t.Counties += o.Counties
	t.Refused += o.Refused
	t.Proven += o.Proven
	t.Synthetic += o.Synthetic
	t.Schools += o.Schools
	t.People += o.People
	t.Need += o.Need
	t.Filled += o.Filled
	t.Vacant += o.Vacant
	t.VacantBefore += o.VacantBefore
	t.RuralNeed += o.RuralNeed
	t.RuralFilled += o.RuralFilled
	t.Unplaced += o.Unplaced
	t.Moved += o.Moved
	t.Compelled += o.Compelled
	t.Over += o.Over
	t.Shortage += o.Shortage
	t.Soft += o.Soft
	t.Cost += o.Cost
	t.Subsidy += o.Subsidy
	t.Fill, t.RuralFill = shareOf(t.Filled, t.Need), shareOf(t.RuralFilled, t.RuralNeed)
}

func (t *Total) planned() int { return t.Counties - t.Refused }

// Totals sums results by scenario, in the order in which scenarios appear. Results without a task are left out.
func Totals(results []Result) []Total {
	var totals []Total
	places := map[string]int{}
	for i := range results {
		if results[i].Task == "" {
			continue
		}
		name := results[i].Scenario.Name
		at, known := places[name]
		if !known {
			at = len(totals)
			places[name] = at
			totals = append(totals, Total{})
		}
		totals[at].Add(&results[i])
	}
	return totals
}

// result gives the sums as a result, for goals to compare; its indices of inequality are 0.
func (t *Total) result() Result {
	r := Result{Scenario: Scenario{Name: t.Scenario}, Indicators: Indicators{Schools: t.Schools, People: t.People, Need: t.Need, Filled: t.Filled, Vacant: t.Vacant,
		VacantBefore: t.VacantBefore, RuralNeed: t.RuralNeed, RuralFilled: t.RuralFilled, Fill: t.Fill, RuralFill: t.RuralFill, LeastFill: t.LeastFill,
		Unplaced: t.Unplaced, Moved: t.Moved, Compelled: t.Compelled, Over: t.Over, Shortage: t.Shortage, Soft: t.Soft, Cost: t.Cost, Subsidy: t.Subsidy,
		Proven: t.Proven == t.Counties}}
	if t.Refused > 0 {
		r.Refused = "not every county has a plan"
	}
	return r
}

// FrontOfTotals is [Front] over sums: a scenario under which a county has no plan is not on it. Goals of inequality are not summed, so they are refused.
func FrontOfTotals(totals []Total, goals []string) ([]int, error) {
	summed := make([]string, 0, len(goals))
	for _, x := range indicators() {
		if !x.unsummed {
			summed = append(summed, x.name)
		}
	}
	results := make([]Result, len(totals))
	for i := range totals {
		results[i] = totals[i].result()
	}
	for _, name := range goals {
		if x, err := find(name); err == nil && x.unsummed {
			return nil, &model.UnknownWordError{What: "indicator of many counties", Word: name, Known: summed}
		}
	}
	return Front(results, goals)
}
