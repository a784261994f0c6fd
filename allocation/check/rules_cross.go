package check

import (
	"fmt"

	"github.com/xianguan/xianguan/model"
)

// crossing recomputes the rules that cut across the network, each where it is not
// off: what is asked, what the seats give, the shortfall, and soft points where the rule is soft. A
// hard rule with a shortfall is violated.
func (a *audit) crossing() {
	r := &a.Rules
	a.each(model.RuleExchange, r.Exchange, a.exchange)
	a.each(model.RuleBackbone, r.Backbone, a.backbone)
	a.each(model.RuleRotation, r.Rotation, a.rotation)
	a.each(model.RuleReturn, r.Return, a.returning)
	a.each(model.RuleSupport, r.Support, a.support)
	a.each(model.RulePartners, r.Partners, a.partners)
	a.each(model.RuleHousing, r.Housing, a.housing)
	a.each(model.RuleOutflow, r.Outflow, a.outflow)
	a.each(model.RuleRuralFirst, r.RuralFirst, a.ruralFirst)
	a.each(model.RuleSpecialPosts, r.SpecialPosts, a.specialPosts)
	a.each(model.RuleExperience, r.Experience, a.experience)
	a.each(model.RuleBackboneFloor, r.BackboneFloor, a.backboneFloor)
	a.each(model.RuleTitlesSenior, r.TitlesSenior, a.titlesSenior)
	a.each(model.RuleTitlesMiddle, r.TitlesMiddle, a.titlesMiddle)
	a.each(model.RuleIndicatorDegree, r.IndicatorDegree, a.indicatorDegree)
	a.each(model.RuleIndicatorBackbone, r.IndicatorBackbone, a.indicatorBackbone)
	a.each(model.RuleIndicatorArts, r.IndicatorArts, a.indicatorArts)
	if r.SubsidyBudget > 0 {
		a.each(model.RuleBudget, model.RuleSetting{Force: model.ForceHard}, a.budget)
	}
}

// each takes in the conditions of one rule.
func (a *audit) each(rule model.RuleID, setting model.RuleSetting, conditions func() []model.Condition) {
	if setting.Force == model.ForceOff {
		return
	}
	for _, c := range conditions() {
		c.Rule = rule
		if setting.Force == model.ForceSoft {
			c.Points = int64(setting.Weight) * c.Short
			a.status[rule].Short += c.Short
		}
		if !a.holds(rule, setting.Force == model.ForceSoft || c.Short == 0) {
			want := fmt.Sprintf("%d as asked", c.Asked)
			if c.Stage != 0 {
				want += " in stage " + c.Stage.String()
			}
			a.fault(Violation{Rule: rule, School: c.School, Want: want, Got: fmt.Sprint(c.Got)})
		}
		a.conditions = append(a.conditions, c)
	}
}

// floor is a condition that asks for at least so many.
func floor(school model.SchoolID, asked, got int64) model.Condition {
	return model.Condition{School: school, Asked: asked, Got: got, Short: max(0, asked-got)}
}

// ceiling is a condition that asks for at most so many.
func ceiling(school model.SchoolID, asked, got int64) model.Condition {
	return model.Condition{School: school, Asked: asked, Got: got, Short: max(0, got-asked)}
}

// share is ⌈s · n⌉.
func shareUp(s model.Share, n int) int64 { return int64(ceilDiv(int(s)*n, int(model.Whole))) }

// from is the school of the present post of a seat's teacher, nil for the pool.
func (a *audit) from(s *seat) *model.School { return a.school[a.present[s.teacher].School] }

// moves lists the seats that put somebody with a present post in another school.
func (a *audit) moves() []*seat {
	var list []*seat
	for i := range a.seats {
		s := &a.seats[i]
		if from := a.from(s); from != nil && !a.away[s.teacher] && !s.to.IsZero() && s.to.School != from.ID {
			list = append(list, s)
		}
	}
	return list
}

// exchangedSeats lists the moves from a town or strong school to a rural or weak one.
func (a *audit) exchangedSeats() []*seat {
	var list []*seat
	for _, s := range a.moves() {
		from, to := a.from(s), a.school[s.to.School]
		if to != nil && (from.Town || from.Strong) && (to.Rural || to.Weak) {
			list = append(list, s)
		}
	}
	return list
}

// exchange asks for ⌈share · eligible⌉ of each town or strong school, or of the county.
func (a *audit) exchange() []model.Condition {
	eligible, exchanged := map[model.SchoolID]int{}, map[model.SchoolID]int{}
	for i := range a.Teachers {
		t := &a.Teachers[i]
		school := a.school[a.present[i].School]
		if school == nil || a.away[i] || !(school.Town || school.Strong) {
			continue
		}
		if t.YearsHere >= a.Rules.RotationYears && !a.protected(t) && !a.bound(t) {
			eligible[school.ID]++
			eligible[""]++
		}
	}
	for _, s := range a.exchangedSeats() {
		exchanged[a.from(s).ID]++
		exchanged[""]++
	}
	if a.Rules.ExchangeScope == model.ScopeCounty {
		asked := shareUp(a.Rules.ExchangeShare, eligible[""])
		if asked == 0 {
			return nil
		}
		return []model.Condition{floor("", asked, int64(exchanged[""]))}
	}
	var list []model.Condition
	for i := range a.Schools {
		id := a.Schools[i].ID
		if asked := shareUp(a.Rules.ExchangeShare, eligible[id]); asked > 0 {
			list = append(list, floor(id, asked, int64(exchanged[id])))
		}
	}
	return list
}

// backbone asks for ⌈share · exchanged⌉ backbone teachers among the exchanged. With whole
// people this is 10000 (|B| + y) ≥ share · |X|.
func (a *audit) backbone() []model.Condition {
	exchanged := a.exchangedSeats()
	backbone := 0
	for _, s := range exchanged {
		if a.Teachers[s.teacher].Backbone != model.BackboneNone {
			backbone++
		}
	}
	return []model.Condition{floor("", shareUp(a.Rules.BackboneShare, len(exchanged)), int64(backbone))}
}

// housing allows each rural school as many people who live beyond commuting range
// as it has places, or as many as it has now.
func (a *audit) housing() []model.Condition {
	now, then := map[model.SchoolID]int64{}, map[model.SchoolID]int64{}
	for i := range a.Teachers {
		if school := a.present[i].School; !a.away[i] && school != "" && a.lodges(i, school) {
			now[school]++
		}
	}
	for i := range a.seats {
		if s := &a.seats[i]; !a.away[s.teacher] && !s.to.IsZero() && a.lodges(s.teacher, s.to.School) {
			then[s.to.School]++
		}
	}
	var list []model.Condition
	for i := range a.Schools {
		s := &a.Schools[i]
		list = append(list, ceiling(s.ID, max(int64(s.Housing), now[s.ID]), then[s.ID]))
	}
	return list
}

// lodges reports whether teacher i would live beyond commuting range of a rural school.
func (a *audit) lodges(i int, school model.SchoolID) bool {
	home, known := a.home(i)
	s := a.school[school]
	return s != nil && s.Rural && known && !home.IsZero() && a.road(home, school) > a.Rules.CommuteRange
}

// outflow allows each school ⌊share · its people⌋ leavers.
func (a *audit) outflow() []model.Condition {
	leavers := map[model.SchoolID]int64{}
	for _, s := range a.moves() {
		leavers[a.from(s).ID]++
	}
	var list []model.Condition
	for i := range a.Schools {
		id := a.Schools[i].ID
		list = append(list, ceiling(id, a.Rules.OutflowShare.Of(int64(a.holders[id])), leavers[id]))
	}
	return list
}

// ruralFirst counts recruits and new special posts at schools that are not rural.
func (a *audit) ruralFirst() []model.Condition {
	elsewhere := int64(0)
	for i := range a.seats {
		s := &a.seats[i]
		t, school := &a.Teachers[s.teacher], a.school[s.to.School]
		isNew := t.School == "" && (t.Pool == model.PoolRecruit || t.Term == model.TermSpecialPost)
		if isNew && !a.away[s.teacher] && school != nil && !school.Rural {
			elsewhere++
		}
	}
	return []model.Condition{ceiling("", 0, elsewhere)}
}

// budget allows the county so many fen a month in hardship subsidies.
func (a *audit) budget() []model.Condition {
	total := int64(0)
	for i := range a.seats {
		if s := &a.seats[i]; !a.away[s.teacher] && !s.to.IsZero() {
			total = plus(total, int64(a.costOf(s).Subsidy))
		}
	}
	return []model.Condition{ceiling("", int64(a.Rules.SubsidyBudget), total)}
}
