package scenario

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/xianguan/xianguan/model"
)

// Indicators measure a plan. Shares are of the need.
type Indicators struct {
	Schools      int `json:"schools"`
	People       int `json:"people"`
	Need         int `json:"need"`
	Filled       int `json:"filled"`
	Vacant       int `json:"vacant"`
	VacantBefore int `json:"vacant_before"` // with everybody in the present post
	RuralNeed    int `json:"rural_need"`    // of the need, in rural schools
	RuralFilled  int `json:"rural_filled"`

	Fill      model.Share `json:"fill"`
	RuralFill model.Share `json:"rural_fill"` // of the posts of rural schools
	LeastFill model.Share `json:"least_fill"` // of the school that fills the least share
	Unplaced  int         `json:"unplaced"`
	Moved     int         `json:"moved"`
	Compelled int         `json:"compelled"` // moved for rotation
	Over      int         `json:"over"`      // people above need
	Shortage  int64       `json:"shortage"`  // points
	Soft      int64       `json:"soft"`      // points
	Cost      model.Fen   `json:"cost"`      // a month
	Subsidy   model.Fen   `json:"subsidy"`   // a month
	Proven    bool        `json:"proven"`    // every level
	// Before and After are how unequal the filled share is between schools, by need.
	Before Equity `json:"equity_before"`
	After  Equity `json:"equity_after"`
}

// Measure measures a plan of a county. It takes O(plan) time.
func Measure(c *model.County, p *model.Plan) Indicators {
	i := Indicators{Schools: len(c.Schools), People: p.Ledger.People, Need: p.Ledger.Need, Filled: p.Ledger.Filled, Vacant: p.Ledger.Short, Unplaced: p.Ledger.Unplaced,
		Moved: p.Ledger.Moved, Over: p.Ledger.Over, Cost: p.Cost.Total(), Subsidy: p.Cost.Subsidy, Proven: true}
	rural := map[model.SchoolID]bool{}
	for k := range c.Schools {
		rural[c.Schools[k].ID] = c.Schools[k].Rural
	}
	type sums struct{ need, before, after int }
	schools := map[model.SchoolID]*sums{}
	for k := range p.Posts {
		post := &p.Posts[k]
		if schools[post.School] == nil {
			schools[post.School] = &sums{}
		}
		s := schools[post.School]
		s.need += post.Need
		s.before += min(post.Need, post.Incumbent)
		s.after += min(post.Need, post.Filled)
		i.VacantBefore += max(0, post.Need-post.Incumbent)
		if rural[post.School] {
			i.RuralNeed += post.Need
			i.RuralFilled += min(post.Need, post.Filled)
		}
	}
	i.Fill, i.RuralFill, i.LeastFill = shareOf(i.Filled, i.Need), shareOf(i.RuralFilled, i.RuralNeed), model.Whole
	var before, after []weighted
	for k := range c.Schools {
		if s := schools[c.Schools[k].ID]; s != nil && s.need > 0 {
			i.LeastFill = min(i.LeastFill, shareOf(s.after, s.need))
			before = append(before, weighted{float64(s.before) / float64(s.need), float64(s.need)})
			after = append(after, weighted{float64(s.after) / float64(s.need), float64(s.need)})
		}
	}
	i.Before, i.After = newEquity(before), newEquity(after)
	for k := range p.Assignments {
		if p.Assignments[k].Ground == model.GroundRotation {
			i.Compelled++
		}
	}
	for _, level := range p.Levels {
		i.Proven = i.Proven && level.Proven
		switch level.Name {
		case model.LevelShortage:
			i.Shortage = level.Objective
		case model.LevelSoft:
			i.Soft = level.Objective
		}
	}
	return i
}

// shareOf is a share in basis points, rounded down; whole where there is no need.
func shareOf(part, whole int) model.Share {
	if whole == 0 {
		return model.Whole
	}
	return model.Share(int64(part) * int64(model.Whole) / int64(whole))
}

// indicator is a figure that gates and goals can name.
type indicator struct {
	name, chinese string
	more          bool // is better
	unsummed      bool // has no sum over counties
	get           func(*Indicators) int64
	parse         func(string) (int64, error)
	show          func(int64) string
}

func people(name, chinese string, more bool, get func(*Indicators) int) indicator {
	return indicator{name, chinese, more, false, func(i *Indicators) int64 { return int64(get(i)) },
		func(text string) (int64, error) { return strconv.ParseInt(text, 10, 64) }, func(n int64) string { return strconv.FormatInt(n, 10) }}
}

func share(name, chinese string, get func(*Indicators) model.Share) indicator {
	return indicator{name, chinese, true, false, func(i *Indicators) int64 { return int64(get(i)) },
		func(text string) (int64, error) { s, err := model.ParseShare(text); return int64(s), err }, func(n int64) string { return model.Share(n).String() }}
}

// inequality is an index of the filled share between schools, after the plan, in basis points.
func inequality(name, chinese string, get func(*Equity) float64) indicator {
	x := share(name, chinese, func(i *Indicators) model.Share { return model.Share(math.Round(get(&i.After) * float64(model.Whole))) })
	x.more, x.unsummed = false, true
	return x
}

func money(name, chinese string, get func(*Indicators) model.Fen) indicator {
	return indicator{name, chinese, false, false, func(i *Indicators) int64 { return int64(get(i)) },
		func(text string) (int64, error) { f, err := model.ParseYuan(text); return int64(f), err }, func(n int64) string { return model.Fen(n).String() }}
}

// indicators lists what gates and goals can name, in order.
func indicators() []indicator {
	return []indicator{
		people("vacant", "空缺", false, func(i *Indicators) int { return i.Vacant }),
		share("fill", "到岗率", func(i *Indicators) model.Share { return i.Fill }),
		share("rural_fill", "乡村到岗率", func(i *Indicators) model.Share { return i.RuralFill }),
		share("least_fill", "最低校到岗率", func(i *Indicators) model.Share { return i.LeastFill }),
		people("unplaced", "待岗", false, func(i *Indicators) int { return i.Unplaced }),
		people("moved", "调动", false, func(i *Indicators) int { return i.Moved }),
		people("compelled", "轮岗", false, func(i *Indicators) int { return i.Compelled }),
		people("over", "超员", false, func(i *Indicators) int { return i.Over }),
		people("shortage", "缺岗分", false, func(i *Indicators) int { return int(i.Shortage) }),
		people("soft", "软约束分", false, func(i *Indicators) int { return int(i.Soft) }),
		money("cost", "费用", func(i *Indicators) model.Fen { return i.Cost }),
		money("subsidy", "补贴", func(i *Indicators) model.Fen { return i.Subsidy }),
		inequality("cv", "变异系数", func(e *Equity) float64 { return e.Variation }),
		inequality("gini", "基尼系数", func(e *Equity) float64 { return e.Gini }),
		inequality("theil", "泰尔指数", func(e *Equity) float64 { return e.Theil }),
	}
}

// Names lists the indicators that gates and goals can name.
func Names() []string {
	var names []string
	for _, i := range indicators() {
		names = append(names, i.name)
	}
	return names
}

// Text gives an indicator by name as people write it; "" for an unknown one.
func (i *Indicators) Text(name string) string {
	x, err := find(name)
	if err != nil {
		return ""
	}
	return x.show(x.get(i))
}

func find(name string) (indicator, error) {
	all := indicators()
	at := slices.IndexFunc(all, func(i indicator) bool { return i.name == name })
	if at < 0 {
		return indicator{}, &model.UnknownWordError{What: "indicator", Word: name, Known: Names()}
	}
	return all[at], nil
}

// Gate is a limit that a plan must keep, such as "rural_fill >= 98%".
type Gate struct {
	Text  string
	name  indicator
	least bool
	limit int64
}

// GateError says what is wrong with a gate.
type GateError struct {
	Gate string
	Err  error
}

func (e *GateError) Error() string {
	return fmt.Sprintf("gate %q: want an indicator, >= or <=, and a value, as in rural_fill >= 98%%: %v", e.Gate, e.Err)
}

// Unwrap gives the cause.
func (e *GateError) Unwrap() error { return e.Err }

// ParseGate reads a gate. The error is a *[GateError].
func ParseGate(text string) (Gate, error) {
	for _, sign := range []string{">=", "<="} {
		name, value, found := strings.Cut(text, sign)
		if !found {
			continue
		}
		x, err := find(strings.TrimSpace(name))
		if err != nil {
			return Gate{}, &GateError{text, err}
		}
		limit, err := x.parse(strings.TrimSpace(value))
		if err != nil {
			return Gate{}, &GateError{text, err}
		}
		return Gate{text, x, sign == ">=", limit}, nil
	}
	return Gate{}, &GateError{text, fmt.Errorf("no >= or <= in it")}
}

// Holds reports whether indicators keep the gate, and what they have.
func (g *Gate) Holds(i *Indicators) (bool, string) {
	got := g.name.get(i)
	return g.least && got >= g.limit || !g.least && got <= g.limit, g.name.show(got)
}

// Front gives the places of the results that no other betters: none is as good in every goal and better in one. Of results that are alike in every goal the
// first stays. A point is proven only where the result is. The error is a *model.UnknownWordError. It takes O(n²) time.
func Front(results []Result, goals []string) ([]int, error) {
	var by []indicator
	for _, name := range goals {
		x, err := find(name)
		if err != nil {
			return nil, err
		}
		by = append(by, x)
	}
	var front []int
	for i := range results {
		if !slices.ContainsFunc(by, func(indicator) bool { return true }) || results[i].Refused != "" {
			continue
		}
		beaten := false
		for j := range results {
			beaten = beaten || j != i && results[j].Refused == "" && betters(&results[j].Indicators, &results[i].Indicators, by, j < i)
		}
		if !beaten {
			front = append(front, i)
		}
	}
	return front, nil
}

// betters reports whether a is as good as b in every goal, and better in one, or first where they are alike.
func betters(a, b *Indicators, by []indicator, first bool) bool {
	better := first
	for _, x := range by {
		d := x.get(a) - x.get(b)
		if !x.more {
			d = -d
		}
		if d < 0 {
			return false
		}
		better = better || d > 0
	}
	return better
}
