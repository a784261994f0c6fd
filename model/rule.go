package model

// RuleID names a rule in plans, checks, errors and explanations.
type RuleID string

// The hard rules. Package allocation states each with its mathematics and its
// source; package allocation/check recomputes each from the plan alone.
const (
	RuleRecord        RuleID = "record"        // the plan's own figures agree with the county
	RuleOnePost       RuleID = "one-post"      // one assignment for each teacher, at most one post
	RuleHold          RuleID = "hold"          // nobody who holds a post is left without one
	RuleAway          RuleID = "away"          // who is on leave, seconded or retired has no post
	RuleQualification RuleID = "qualification" // a newcomer is qualified in the subject
	RuleStage         RuleID = "stage"         // a newcomer is qualified for the stage
	RuleLanguage      RuleID = "language"      // a newcomer speaks the language of instruction
	RuleNeed          RuleID = "need"          // newcomers only where there is need; overstaffing never grows
	RuleQuota         RuleID = "quota"         // a school's excess over its quota never grows
	RuleGround        RuleID = "ground"        // every move has a ground
	RuleDistance      RuleID = "distance"      // no forced move beyond the greatest distance
	RuleExemption     RuleID = "exemption"     // the exempt are not moved against their will
	RuleTerm          RuleID = "term"          // who serves a term or an exchange stays until its end
	RulePin           RuleID = "pin"           // pins are kept
	RuleBan           RuleID = "ban"           // bans are kept
)

// The rules that cut across the network. Each is off, soft or hard.
const (
	RuleExchange          RuleID = "exchange"           // a share of the eligible is exchanged
	RuleBackbone          RuleID = "backbone"           // a share of the exchanged is backbone teachers
	RuleRotation          RuleID = "rotation"           // who is due for rotation moves to another school
	RuleReturn            RuleID = "return"             // who was exchanged returns when the exchange ends
	RuleSupport           RuleID = "support"            // a rural school has people of its partner school
	RulePartners          RuleID = "partners"           // couples work near each other
	RuleHousing           RuleID = "housing"            // newcomers from afar find a place to live
	RuleOutflow           RuleID = "outflow"            // no school loses too many people in one year
	RuleRuralFirst        RuleID = "rural-first"        // recruits and special posts go to rural schools
	RuleSpecialPosts      RuleID = "special-posts"      // special posts serve their term at rural schools
	RuleExperience        RuleID = "experience"         // every school keeps experienced teachers
	RuleBackboneFloor     RuleID = "backbone-floor"     // every school keeps backbone teachers
	RuleTitlesSenior      RuleID = "titles-senior"      // people of senior titles stay within the school's senior posts
	RuleTitlesMiddle      RuleID = "titles-middle"      // people of the first class stay within the school's middle posts
	RuleIndicatorDegree   RuleID = "indicator-degree"   // teachers above the required degree, for the pupils
	RuleIndicatorBackbone RuleID = "indicator-backbone" // county-level backbone teachers, for the pupils
	RuleIndicatorArts     RuleID = "indicator-arts"     // PE and art teachers, for the pupils
	RuleBudget            RuleID = "budget"             // subsidies stay within the county's budget
)

// CrossRules lists the rules that cut across the network in the order of reports.
func CrossRules() []RuleID {
	return []RuleID{RuleExchange, RuleBackbone, RuleRotation, RuleReturn, RuleSupport, RulePartners, RuleHousing, RuleOutflow,
		RuleRuralFirst, RuleSpecialPosts, RuleExperience, RuleBackboneFloor, RuleTitlesSenior, RuleTitlesMiddle,
		RuleIndicatorDegree, RuleIndicatorBackbone, RuleIndicatorArts, RuleBudget}
}

// HardRules lists the rules that are always hard, in the order in which reports show them.
func HardRules() []RuleID {
	return []RuleID{RuleRecord, RuleOnePost, RuleHold, RuleAway, RuleQualification, RuleStage, RuleLanguage,
		RuleNeed, RuleQuota, RuleGround, RuleDistance, RuleExemption, RuleTerm, RulePin, RuleBan}
}
