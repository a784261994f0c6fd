package model

// Stage is a stage of schooling (学段). The zero Stage means "not given".
type Stage uint8

const (
	StagePrimary Stage = iota + 1 // grades 1 to 6 (小学)
	StageJunior                   // grades 7 to 9 (初中)
	StageSenior                   // grades 10 to 12 (高中)
)

// Stages gives the stages in order.
func Stages() []Stage { return []Stage{StagePrimary, StageJunior, StageSenior} }

// StageOf gives the stage of a grade from 1 to 12, or 0.
func StageOf(grade int) Stage {
	switch {
	case grade >= 1 && grade <= 6:
		return StagePrimary
	case grade >= 7 && grade <= 9:
		return StageJunior
	case grade >= 10 && grade <= 12:
		return StageSenior
	}
	return 0
}

var stageTerms = terms{"stage", []term{{}, {"primary", "小学", "小学段"}, {"junior", "初中", "初级中学"}, {"senior", "高中", "普通高中", "高级中学"}}}

// Tier is a hardship tier (艰苦边远类别): 0 is none, a higher tier is harder.
type Tier uint8

// MaxTier is the highest tier; the finest county table found has six.
const MaxTier Tier = 6

// Title is a professional title (职称).
type Title uint8

const (
	TitleNone      Title = iota // not yet assessed (未定级)
	TitleThird                  // 三级教师
	TitleSecond                 // 二级教师
	TitleFirst                  // 一级教师
	TitleSenior                 // 高级教师
	TitleProfessor              // 正高级教师
)

var titleTerms = terms{"title", []term{{"none", "未定级", "未评", "无"}, {"third", "三级", "三级教师"}, {"second", "二级", "二级教师"},
	{"first", "一级", "一级教师", "中小学一级教师", "中级"}, {"senior", "高级", "高级教师", "中小学高级教师", "副高级"}, {"professor", "正高级", "正高级教师"}}}

// Backbone is the level of a backbone teacher (骨干教师).
type Backbone uint8

const (
	BackboneNone Backbone = iota
	BackboneSchool
	BackboneCounty
	BackboneCity
	BackboneProvince
	BackboneNation
)

var backboneTerms = terms{"backbone level", []term{{"none", "无", "否"}, {"school", "校级", "校级骨干"}, {"county", "县级", "县级骨干", "区级"},
	{"city", "市级", "市级骨干"}, {"province", "省级", "省级骨干"}, {"nation", "国家级", "国家级骨干"}}}

// TitleClass is a class of titles that posts are counted in (岗位等级): those of a school have a quota each
// (职称结构比例). Junior posts have none.
type TitleClass uint8

const (
	TitleClassJunior TitleClass = iota // none, third and second (初级)
	TitleClassMiddle                   // first (中级)
	TitleClassSenior                   // senior and professor (高级)
)

// Class gives the class of a title.
func (t Title) Class() TitleClass {
	switch {
	case t >= TitleSenior:
		return TitleClassSenior
	case t == TitleFirst:
		return TitleClassMiddle
	}
	return TitleClassJunior
}

var titleClassTerms = terms{"title class", []term{{"junior", "初级"}, {"middle", "中级"}, {"senior", "高级"}}}

// Evaluation is the last yearly evaluation of a teacher (年度考核).
type Evaluation uint8

const (
	EvaluationNone        Evaluation = iota // not on record (未考核)
	EvaluationUnqualified                   // 不合格
	EvaluationBasic                         // basically qualified (基本合格)
	EvaluationQualified                     // 合格
	EvaluationExcellent                     // 优秀
)

var evaluationTerms = terms{"evaluation", []term{{"none", "未考核"}, {"unqualified", "不合格", "不称职"}, {"basic", "基本合格", "基本称职"},
	{"qualified", "合格", "称职"}, {"excellent", "优秀"}}}

// Degree is the highest degree of a teacher (学历).
type Degree uint8

const (
	DegreeSecondary Degree = iota // secondary normal school (中师)
	DegreeCollege                 // junior college (大专)
	DegreeBachelor                // 本科
	DegreeMaster                  // 硕士
	DegreeDoctor                  // 博士
)

var degreeTerms = terms{"degree", []term{{"secondary", "中师", "中专", "高中"}, {"college", "大专", "专科", "大学专科"}, {"bachelor", "本科", "大学本科", "学士"},
	{"master", "硕士", "研究生", "硕士研究生"}, {"doctor", "博士", "博士研究生"}}}

// RequiredDegree is the degree that the Teachers Law (教师法, article 11, 1993) asks of teachers of a stage.
func RequiredDegree(stage Stage) Degree {
	switch stage {
	case StagePrimary:
		return DegreeSecondary
	case StageJunior:
		return DegreeCollege
	}
	return DegreeBachelor
}

// Exemption is a cause for which a teacher is not moved against their will.
// The cause is personal: public outputs never show it. Nearness to retirement
// and service terms follow from dates and are no exemptions of this kind.
type Exemption uint8

const (
	ExemptionMaternity Exemption = iota + 1 // pregnant or nursing (孕期、哺乳期)
	ExemptionIllness                        // serious illness (重大疾病)
	ExemptionOther                          // granted by the county (其他)
)

var exemptionTerms = terms{"exemption", []term{{}, {"maternity", "孕哺期", "孕期", "哺乳期"}, {"illness", "重病", "重大疾病"}, {"other", "其他"}}}

// Duty says whether a teacher is at work in the county's schools.
type Duty uint8

const (
	DutyActive   Duty = iota // at work (在岗)
	DutyLeave                // on leave (请假)
	DutySeconded             // seconded elsewhere (借调)
)

var dutyTerms = terms{"duty", []term{{"active", "在岗", "在职"}, {"leave", "请假", "休假", "病假", "产假"}, {"seconded", "借调", "借出"}}}

// Pool says why a teacher has no school.
type Pool uint8

const (
	PoolNone     Pool = iota // has a school
	PoolRecruit              // newly recruited (新招聘)
	PoolUnplaced             // left without a post after hiring (落聘待岗)
)

var poolTerms = terms{"pool", []term{{}, {"recruit", "新招聘", "新招录", "新教师"}, {"unplaced", "落聘", "待岗"}}}

// TermKind is the kind of a service term.
type TermKind uint8

const (
	TermNone        TermKind = iota
	TermSpecialPost          // special post (特岗教师), 3 years at the assigned rural school
	TermDirected             // directed training (定向培养), practice: 6 years
)

var termTerms = terms{"service term", []term{{}, {"special-post", "特岗", "特岗教师"}, {"directed", "定向", "定向培养"}}}

// Ground is the legal ground (依据) of where a plan puts a teacher.
type Ground uint8

const (
	GroundStay      Ground = iota // keeps the present post (留任)
	GroundVolunteer               // asked to move (自愿申请)
	GroundRotation                // due for rotation (到期轮岗)
	GroundUnplaced                // left without a post after hiring (落聘调剂)
	GroundRecruit                 // newly recruited (新招聘)
	GroundNone                    // left without a post (待岗)
	GroundAway                    // on leave, seconded or retired: not planned (不在岗)
)

var groundTerms = terms{"ground", []term{{"stay", "留任"}, {"volunteer", "自愿申请"}, {"rotation", "到期轮岗"},
	{"unplaced", "落聘调剂"}, {"recruit", "新招聘"}, {"none", "待岗"}, {"away", "不在岗"}}}
