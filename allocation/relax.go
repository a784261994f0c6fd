package allocation

import (
	"fmt"

	"github.com/xianguan/xianguan/model"
)

// Relaxation is one way out of a county without a plan: changes that together let it have
// one. Two independent conflicts have no single cure, so a way out is a set.
type Relaxation struct {
	Changes []Change `json:"changes"` // the easiest first
	// Severity adds up how hard the rules concerned are to change; see [Severities].
	Severity int64 `json:"severity"`
	// Proven is true where it is proven that no part of the changes would do, and that each
	// is least once those of the more severe rules are least.
	Proven bool `json:"proven"`
	// Levels is what the best plan with these changes costs, most important first: from the
	// bound to the objective of a plan that was found.
	Levels []model.PlanLevel `json:"levels"`
}

// Change gives up a pin or a ban, or lets a condition ask less.
type Change struct {
	Member
	To int64 `json:"to,omitempty"` // of a condition: what it may ask instead, in the unit of what it asks
	// Setting is the line of the settings that makes the change, as "subsidy.budget=1000.00";
	// "" for what no setting stands for: an exception for one school or couple, a pin or a ban.
	Setting string `json:"setting,omitempty"`
}

// String says what to change, as in "drop the pin of T1 to S2/primary/music" or "rule outflow at
// school S7: from 3 to at least 4 people".
func (c Change) String() string {
	switch c.Rule {
	case model.RulePin, model.RuleBan:
		return "drop " + c.Member.String()
	case model.RulePartners:
		return fmt.Sprintf("%s: the couple of %s may work apart", c.where(), c.Teacher)
	}
	from, end := grouped(model.Fen(c.Asks.Value).String()), "at least "
	switch c.Asks.Unit {
	case UnitPeople:
		from = grouped(fmt.Sprint(c.Asks.Value))
	case UnitShare:
		from = model.Share(c.Asks.Value).String()
	}
	if c.Asks.AtLeast {
		end = "at most "
	}
	return fmt.Sprintf("%s: from %s to %s%s", c.where(), from, end, c.Asks.amount(c.To))
}

// Severity is how hard a rule is to change.
type Severity struct {
	Rule   model.RuleID
	Weight int64
	Reason string
}

// Weights of severity: ten decisions of its own are worth to a county what one custom is,
// and so on. A sum of them ranks the ways out.
const (
	severityDecision = 1
	severityPractice = 10
	severityMoney    = 20
	severityLaw      = 100
)

// Severities says how hard each rule is to change that a plan can do without, the easiest first.
// The rules that are always hard are not for a county to change and have none.
func Severities() []Severity {
	const (
		decision = "the county's own decision for this plan"
		practice = "the county's own custom"
		money    = "public money, for the finance bureau to grant"
		law      = "a document of the state"
	)
	return []Severity{
		{model.RulePin, severityDecision, decision},
		{model.RuleBan, severityDecision, decision},
		{model.RulePartners, severityPractice, practice},
		{model.RuleOutflow, severityPractice, practice},
		{model.RuleExperience, severityPractice, practice},
		{model.RuleBackboneFloor, severityPractice, practice},
		{model.RuleTitlesSenior, severityPractice, practice},
		{model.RuleTitlesMiddle, severityPractice, practice},
		{model.RuleSupport, severityPractice, practice},
		{model.RuleHousing, severityMoney, money},
		{model.RuleBudget, severityMoney, money},
		{model.RuleExchange, severityLaw, law + ": 教师〔2014〕4号"},
		{model.RuleBackbone, severityLaw, law + ": 教师〔2014〕4号"},
		{model.RuleRotation, severityLaw, law + ": 教师〔2014〕4号"},
		{model.RuleReturn, severityLaw, law + ": 教师〔2014〕4号"},
		{model.RuleRuralFirst, severityLaw, law + ": 特岗计划"},
		{model.RuleSpecialPosts, severityLaw, law + ": 教师〔2006〕2号"},
		{model.RuleIndicatorDegree, severityLaw, law + ": 教督〔2017〕6号"},
		{model.RuleIndicatorBackbone, severityLaw, law + ": 教督〔2017〕6号"},
		{model.RuleIndicatorArts, severityLaw, law + ": 教督〔2017〕6号"},
	}
}

// severity is the weight of a rule; one that the table does not know counts as law.
func severity(rule model.RuleID) int64 {
	for _, s := range Severities() {
		if s.Rule == rule {
			return s.Weight
		}
	}
	return severityLaw
}
