package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/xianguan/xianguan/model"
)

// OriginLabel is the one line that goes with every figure of a county whose
// people are made up, or "" for a real one.
func OriginLabel(o model.Origin) string {
	if o.Synthetic {
		return "SYNTHETIC PEOPLE (人员为合成数据): nobody in this data exists"
	}
	return ""
}

// dataCell labels every row of a synthetic county.
func dataCell(o model.Origin) string {
	if o.Synthetic {
		return "synthetic 合成"
	}
	return ""
}

// writeOrigin writes where a county comes from, what is real and what is assumed, in the county's own words.
func writeOrigin(w io.Writer, o model.Origin) {
	if o.Source != "" {
		fmt.Fprintln(w)
		wrap(w, "Source (来源): ", strings.TrimSpace(o.Source+" "+o.Licence))
	}
	for _, part := range []struct {
		title string
		list  []string
	}{{"Real (真实)", o.Real}, {"Assumed (假定)", o.Assumed}} {
		if len(part.list) == 0 {
			continue
		}
		fmt.Fprintf(w, "\n%s\n", part.title)
		for _, sentence := range part.list {
			wrap(w, "  - ", sentence)
		}
	}
}

// originTerms gives the sentences of what is real or assumed in both languages. A sentence that is not one of model/synthetic's is the
// county's own, in its own language, and stands in both.
func originTerms(sentences []string) []term {
	var terms []term
	for _, sentence := range sentences {
		t := term{sentence, sentence}
		if chinese, known := originChinese[sentence]; known {
			t.Zh = chinese
		}
		terms = append(terms, t)
	}
	return terms
}

// originChinese has every sentence that package model/synthetic lists in an origin, and that of testdata/tiny. A county keeps one
// text of each, in English, so that its hash doesn't hang on the language.
var originChinese = map[string]string{
	"The curriculum and the figures of the policy pack.":                                         "课程设置和政策包的各项数值。",
	"The names and codes of the townships are those of the National Bureau of Statistics, 2023.": "乡镇的名称和代码取自国家统计局2023年数据。",
	"Positions of townships were placed by hand, from public descriptions of their neighbours and their direction and distance from the seat where there are any: good to some kilometres for most, to ten or more for some. None is surveyed.": "乡镇位置系按公开资料所述的相邻乡镇以及相对县城的方向和距离（如有）手工标定：多数误差数公里，有的达十公里以上，均未经测绘。",
	"All schools, pupils and teachers are made up, with a seed; no person or school is real.":                                                                                               "学校、学生和教师均按随机种子虚构，没有一个人、一所学校是真实的。",
	"Town schools have 14 to 19 % more people on their books than they need, some of them away or on exchange, rural schools 11 to 21 % fewer; 3 % of the people are in the county's pool.": "城镇学校的在册人数比需求多14%至19%，其中有人不在岗或交流在外；乡村学校少11%至21%；3%的人员尚无岗位，由县统筹。",
	"PE, music, fine art, English, science and information technology are short of teachers by 15 to 30 % before the other subjects share out the heads.":                                   "体育、音乐、美术、英语、科学和信息科技先按缺教师15%至30%安排，其余人数再由其他学科分配。",
	"The pyramids of age, title and degree have the shape of national statistics and are assumed; points, honours and backbone shares are assumed.":                                         "年龄、职称和学历结构参照全国统计的形态假定；积分、荣誉和骨干教师比例均为假定。",
	"Retirement dates follow the decision of 2024 on the gradual rise of the retirement age.":                                                                                               "退休日期按2024年关于实施渐进式延迟法定退休年龄的决定推算。",
	"Staffing quotas are by pupils or by classes, the larger of the two; teaching points have none of their own.":                                                                           "编制按学生数或班级数计算，取其大者；教学点没有单独的编制。",
	"The subsidy table is Chenxi county's for tiers 1 to 3, carried on to tier 6; hardship tiers follow the road distance to the nearest town.":                                             "补贴标准的1至3类取自辰溪县，并顺推至6类；艰苦边远类别按到最近城镇的道路距离划分。",
	"The partner that supports a rural school is the nearest strong school of its stage.":                                                                                                   "对口支援乡村学校的，是同学段中最近的强校。",
	"Eleven in a hundred teachers ask to move; people change school by chance with 11 % a year.":                                                                                            "每百名教师中有十一人申请调动；每年有11%的人随机更换学校。",
	"In the mountains roads are 1.7 times the straight line.":                                                                                                                               "山区的道路里程按直线距离的1.7倍计。",
	"In pastoral country roads are 1.2 times the straight line, and a move may be forced up to 80 km, since teachers board in any case.":                                                    "牧区的道路里程按直线距离的1.2倍计；教师本来就住校，强制交流最远可达80公里。",
	"Everything: a county small enough to plan by hand.":                                                                                                                                    "全部：一个小到可以手工编排的县。",
}
