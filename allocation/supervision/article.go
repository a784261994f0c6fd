package supervision

import "github.com/xianguan/xianguan/model"

// Status is what an inspection finds.
type Status string

const (
	Met     Status = "met"      // 达标
	NotMet  Status = "not-met"  // 未达标
	Unknown Status = "unknown"  // the data do not say (数据不足)
	Report  Status = "reported" // a figure for which the article sets no value (据实报告)
)

// Chinese gives the Chinese term.
func (s Status) Chinese() string {
	return map[Status]string{Met: "达标", NotMet: "未达标", Unknown: "数据不足", Report: "据实报告"}[s]
}

// Finding is one figure that an article asks for.
type Finding struct {
	Article string `json:"article"` // place in the document, such as "三（三）"
	Source  string `json:"source"`
	Quote   string `json:"quote"` // the words of the article
	Figure  string `json:"figure"`
	FigureZ string `json:"figure_zh"`
	Asked   string `json:"asked"`
	Got     string `json:"got"`
	Status  Status `json:"status"`
	// Evidence says where the figure comes from, and Schools which schools fall short, in order of the county's, where it is of schools.
	Evidence string           `json:"evidence"`
	Schools  []model.SchoolID `json:"schools,omitempty"`
}

// Outside is an article that concerns teachers and that no figure here answers, with the reason.
type Outside struct {
	Article string `json:"article"`
	Quote   string `json:"quote"`
	Why     string `json:"why"`
	WhyZH   string `json:"why_zh"`
}

const (
	fuxin    = "阜政办发〔2020〕21号"
	exchange = "教师〔2014〕4号"
	balance  = "教督〔2017〕6号"
)

// OutOfScope lists the articles that concern teachers and lie outside what a plan of posts can answer.
func OutOfScope() []Outside {
	return []Outside{
		{"三（三）", "加强农村教师师德师风建设，严禁在职教师有偿补课", "conduct is a matter of records that no plan holds", "师德师风依据专门记录，方案不含"},
		{"三（三）", "支持教研人员定期深入农村学校；研训一体化；校长培训", "training and research beside the weekly load are planned elsewhere; posts to train in and mentoring count as release time", "教研与培训另行安排；占用课时的导师、跟岗按减课时计"},
		{"三（三）", "职称评聘、表彰奖励", "promotions and awards are decided elsewhere; title quotas bind where schools have them, and the shares are reported", "评聘与表彰另行决定；有职称岗位数的学校按岗位数控制，占比据实报告"},
		{"三（三）", "设立贫困地区优秀教师奖励基金", "the fund is no part of a plan of posts; whom it is for is counted", "基金不在岗位方案之内，奖励对象据实统计"},
		{"三（四）", "课后服务收费", "fees and who else gives the service are not in the data; the hours of teachers are", "收费与校外人员不在数据之内，教师课时已计入"},
	}
}
