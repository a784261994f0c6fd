package letter

import (
	"fmt"
	"strings"

	"github.com/samber/lo"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/report"
	"github.com/xianguan/xianguan/model"
)

// law says the rule that a ground rests on and where it stands.
func (w *writer) law(g model.Ground) (rule, source Term) {
	key := ""
	switch g {
	case model.GroundRotation:
		years := w.c.Rules.RotationYears
		rule = Term{fmt.Sprintf("在同一学校任教满%d年的教师应当交流轮岗", years), fmt.Sprintf("Rotation is due after %d years at one school", years)}
		key = "rotation.years"
	case model.GroundVolunteer:
		return Term{"教师可自愿申请调整岗位，按志愿和空岗统筹安排", "A teacher may ask to move; wishes and vacancies decide"},
			Term{"教师〔2014〕4号；本县县管校聘实施办法", "教师〔2014〕4号; the county's own rules"}
	case model.GroundUnplaced:
		return Term{"落聘教师由县在空岗内统筹调剂", "Who is left without a post after hiring is placed by the county"}, practice
	case model.GroundRecruit:
		return Term{"新招聘教师由县按空岗统一安排", "The county places recruits in vacancies"}, practice
	case model.GroundNone:
		return Term{"没有适合空岗的，待岗培训", "Who has no post goes to retraining"}, practice
	default:
		return Term{"在岗教师无调动依据的留任现岗，不得任意调动", "Nobody is moved at will"}, Term{"教师〔2014〕4号；本县县管校聘实施办法", "教师〔2014〕4号; the county's own rules"}
	}
	v, _ := w.pack.Value(key)
	return rule, Term{v.Source, v.SourceEn}
}

var practice = Term{"本县县管校聘实施办法", "the county's own rules (practice)"}

// needed says what would have been needed for a post that a rule forbids. It does not tell who is exempt, nor how far anybody lives.
func (w *writer) needed(f allocation.Forbidden, t *model.Teacher, post model.PostID) Term {
	subject := w.subjects[post.Subject]
	english := lo.CoalesceOrEmpty(subject.NameEn, string(post.Subject))
	years := w.c.Rules.RotationYears
	switch f.Rule {
	case model.RuleQualification:
		return Term{"需具备" + subject.Name + "学科任教资格（《教师法》）", "a qualification in " + english + " (Teachers Law)"}
	case model.RuleStage:
		return Term{"需具备" + post.Stage.Chinese() + "学段任教资格（《教师法》）", fmt.Sprintf("a qualification for %s school (Teachers Law)", post.Stage)}
	case model.RuleLanguage:
		return Term{"需掌握该校教学语言（本县规定）", "the school's language of instruction (the county's rules)"}
	case model.RuleNeed:
		return Term{"该校该学科需有空岗；现无空岗（本县规定）", "a vacancy in the subject at the school; there is none (the county's rules)"}
	case model.RuleTerm:
		if until := max(t.TermEnds, t.ExchangeEnds); until > w.c.Date {
			return Term{"需服务期或交流期届满（至" + day(until).Zh + "）", "the end of the service term or exchange (" + day(until).En + ")"}
		}
		return Term{"需服务期或交流期届满", "the end of the service term or exchange"}
	case model.RuleGround:
		return Term{fmt.Sprintf("需本人在规定时间内申请到该校，或在同一学校任教满%d年（教师〔2014〕4号）", years),
			fmt.Sprintf("an application to the school in time, or %d years at one school (教师〔2014〕4号)", years)}
	case model.RuleDistance:
		return Term{fmt.Sprintf("非自愿调动以%d公里为限，需本人申请到该校（本县规定）", w.c.Rules.ForcedDistance/1000),
			fmt.Sprintf("an application to the school: nobody is moved over %d km against their will (the county's rules)", w.c.Rules.ForcedDistance/1000)}
	case model.RulePin, model.RuleBan:
		if w.o.Rounds != nil {
			return Term{"您的岗位已在竞聘轮次中确定", "your post was decided in the hiring rounds"}
		}
		return Term{"县教育局已就该岗位另作决定", "another decision of the county on this post"}
	}
	return Term{"本县规定不允许作此安排", "another rule of the county does not allow it"} // never why somebody is exempt
}

// price says what it would have cost the county, at the first level that counts. An amount of money holds the way from home, so it stands in the copy with names alone.
func (w *writer) price(extra []allocation.Extra) Term {
	for _, x := range extra {
		if x.High == 0 {
			continue
		}
		switch x.Level {
		case model.LevelShortage:
			return Term{fmt.Sprintf("全县空缺将加重（缺岗加权分增加%s），需另有合格教师补上由此空出的岗位", report.Number(x.High)),
				fmt.Sprintf("more would be missing in the county's classes (%s shortage points): somebody else qualified would have to fill the place", report.Number(x.High))}
		case model.LevelUnplaced:
			return Term{fmt.Sprintf("将使另外%d名教师没有岗位", x.High), fmt.Sprintf("%d more people would be left without a post", x.High)}
		case model.LevelChanges:
			return Term{fmt.Sprintf("将使另外%d名教师的公示岗位变动", x.High), fmt.Sprintf("%d more people would lose the post that was published", x.High)}
		case model.LevelSoft:
			return Term{fmt.Sprintf("须改由积分较高或乡村教龄较长的教师轮岗，或偏离其他规则（规则分增加%s）", report.Number(x.High)),
				fmt.Sprintf("somebody with more points or rural years would have to move instead, or another rule be kept less well (%s points)", report.Number(x.High))}
		case model.LevelCost:
			if len(w.o.People) == 0 {
				return Term{"补足缺岗和各项规则同样满足，但补贴、交通和志愿合计的费用更高", "as good for vacancies and rules, but it costs more (subsidy, travel and wishes together)"}
			}
			return Term{fmt.Sprintf("补足缺岗和各项规则同样满足，但补贴、交通和志愿合计的费用每月多%s元", model.Fen(x.High)),
				fmt.Sprintf("as good for vacancies and rules, but it costs %s yuan a month more (subsidy, travel and wishes together)", model.Fen(x.High))}
		case model.LevelLottery:
			return Term{"与现方案同等可行，由公布的抽签确定", "as good for the county as the plan; the published lottery decided"}
		}
	}
	return Term{"与现方案同等可行，按公布的抽签或编号次序确定", "as good for the county as the plan; lots or the order of ids decided"}
}

// join puts terms one after the other.
func join(terms []Term, zh, en string) Term {
	return Term{strings.Join(lo.Map(terms, func(t Term, _ int) string { return t.Zh }), zh), strings.Join(lo.Map(terms, func(t Term, _ int) string { return t.En }), en)}
}

var emptyTerms = map[allocation.EmptyReason]Term{
	allocation.EmptyUnqualified: {"全县没有其他合格教师；需招聘或培训", "nobody else in the county is qualified: recruit or train"},
	allocation.EmptyForbidden:   {"合格教师依规定不能调入；需有人自愿申请或招聘", "rules keep the qualified from it: a volunteer or a recruit is needed"},
	allocation.EmptyQuota:       {"学校编制已满；需增编或有人调出", "the school's quota is used up: more quota, or somebody who leaves"},
	allocation.EmptyElsewhere:   {"合格教师他处更需要；需招聘", "who could have it is needed more elsewhere: recruit"},
	allocation.EmptyAcross:      {"受跨校规则限制或他处更需要；需招聘", "rules across schools, or need elsewhere: recruit"},
}
