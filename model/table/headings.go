package table

import (
	"fmt"
	"strconv"
)

// naming is what a column, a table or a setting is called beside its name, and what stands in it.
type naming struct {
	zh     string
	also   []string
	note   string
	noteZH string
}

// titles are the names of the tables as sheets of a workbook.
var titles = map[string]naming{
	"settings":    {zh: "设置", also: []string{"县情", "基本信息", "setting"}},
	"townships":   {zh: "乡镇", also: []string{"乡镇街道", "township"}},
	"schools":     {zh: "学校", also: []string{"学校信息", "学校名册", "school"}},
	"teachers":    {zh: "教师", also: []string{"教师信息", "教师名册", "教职工", "teacher"}},
	"curriculum":  {zh: "课程", also: []string{"课程计划", "课程方案", "学科"}},
	"subsidies":   {zh: "补助", also: []string{"补助标准", "艰苦边远补助", "乡村教师补助", "subsidy"}},
	"posts":       {zh: "岗位", also: []string{"核定岗位", "岗位表", "post"}},
	"outside":     {zh: "县外学校", also: []string{"县外优质学校", "托管学校", "县域外学校"}},
	"people":      {zh: "人员", also: []string{"姓名", "人员信息"}},
	"choices":     {zh: "选岗记录"},
	"assignments": {zh: "调配", also: []string{"调配表"}},
}

// namings gives the naming of each column of a table.
func namings(table string) map[string]naming { return columnNames[table] }

var columnNames = map[string]map[string]naming{
	"settings": {
		"key":   {"项目", []string{"键", "设置项"}, "name of the setting", "设置项名称"},
		"value": {"值", []string{"内容", "取值"}, "its value", "取值"},
		"note":  {"备注", []string{"说明"}, "for people; not read", "供人阅读，程序不读"},
	},
	"townships": {
		"id":      {"乡镇编号", []string{"编号", "乡镇代码", "代码"}, "opaque id, once each, such as the code of the statistics bureau", "唯一编号，可用统计用区划代码"},
		"name":    {"乡镇名称", []string{"名称", "乡镇"}, "name in Chinese", "中文名称"},
		"name_en": {"英文名", []string{"英文名称"}, "name in English; may be empty", "英文名称，可空"},
		"lat":     {"纬度", nil, "degrees north, WGS 84, as in 42.386; empty with lon: not known", "北纬度数，如42.386；与经度一起可空"},
		"lon":     {"经度", nil, "degrees east, WGS 84, as in 122.54", "东经度数，如122.54"},
	},
	"schools":    schoolNames(),
	"teachers":   teacherNames,
	"curriculum": curriculumNames(),
	"subsidies": {
		"tier":           {"艰苦类别", []string{"类别", "艰苦边远类别", "档次"}, "hardship tier, 1 to 6; a higher one is harder", "艰苦边远类别1至6，数字越大越艰苦"},
		"from_years":     {"乡村工作年限起", []string{"年限", "起始年限", "乡村年限"}, "completed years of rural service from which the line holds", "满几年乡村工作起执行"},
		"yuan_per_month": {"月补助", []string{"每月补助", "补助标准", "月补助额", "元每月"}, "yuan a month", "元/月"},
	},
	"posts": {
		"school":  {"学校", []string{"学校编号", "学校名称"}, "id or name of the school", "学校编号或名称"},
		"stage":   {"学段", nil, "primary, junior or senior", "小学、初中或高中"},
		"subject": {"学科", []string{"学科编号"}, "id or name of the subject", "学科编号或名称"},
		"need":    {"岗位数", []string{"核定岗位数", "人数", "需求"}, "approved posts, as people", "核定岗位人数"},
	},
	"outside": {
		"id":       {"学校编号", []string{"编号", "学校代码", "代码"}, "opaque id, once each", "唯一编号"},
		"name":     {"学校名称", []string{"名称", "学校", "校名"}, "name in Chinese", "中文名称"},
		"lat":      {"纬度", nil, "degrees north, WGS 84, as in 42.386; empty with lon: not known", "北纬度数，如42.386；与经度一起可空"},
		"lon":      {"经度", nil, "degrees east, WGS 84, as in 122.54", "东经度数，如122.54"},
		"stages":   {"学段", []string{"开设学段"}, "stages that it teaches, separated by ;", "开设的学段，多个用；分开"},
		"subjects": {"可帮扶学科", []string{"学科", "帮扶学科"}, "subjects in which it can help, separated by ;; empty: all", "能帮扶的学科，多个用；分开；空为所有学科"},
		"capacity": {"可帮扶校数", []string{"帮扶校数", "托管校数"}, "schools of the county that it can support, at most", "最多可帮扶或托管的县内学校数"},
	},
	"people": {
		"teacher":   {"教师编号", []string{"工号", "编号"}, "id of the teacher, as in the table of teachers", "与教师表一致的教师编号"},
		"name":      {"姓名", []string{"教师姓名"}, "name as on the ID card", "身份证上的姓名"},
		"id_number": {"身份证号", []string{"身份证号码", "身份证件号", "公民身份号码"}, "18 characters, kept as text; may be empty", "18位，单元格设为文本；可空"},
	},
	"assignments": {
		"teacher": {"教师编号", []string{"工号", "教师"}, "", ""}, "post": {"岗位", nil, "", ""},
		"school": {"学校", []string{"学校编号"}, "", ""}, "stage": {"学段", nil, "", ""}, "subject": {"学科", []string{"学科编号"}, "", ""},
		"to_school": {"新学校", []string{"调入学校", "调入学校编号"}, "", ""}, "to_stage": {"新学段", nil, "", ""}, "to_subject": {"新学科", nil, "", ""},
		"name": {"姓名", nil, "", ""}, "from_school": {"原学校", nil, "", ""}, "from_stage": {"原学段", nil, "", ""}, "from_subject": {"原学科", nil, "", ""},
		"moved": {"调动", nil, "", ""}, "ground": {"依据", nil, "", ""}, "reason": {"理由", []string{"备注"}, "", ""},
		"subsidy_yuan": {"补助", nil, "", ""}, "travel_yuan": {"交通费", nil, "", ""},
	},
}

var teacherNames = map[string]naming{
	"id":             {"教师编号", []string{"工号", "编号", "教师代码", "人员编号"}, "opaque id, once each; no name and no ID number", "唯一编号，不写姓名和身份证号"},
	"school":         {"所在学校", []string{"学校", "人事关系学校", "人事关系所在学校", "学校编号", "编制学校"}, "personnel school, id or name; empty: the county's pool", "人事关系所在学校的编号或名称；空为县级待岗库"},
	"pool":           {"待岗类别", []string{"人员库"}, "why there is no school: recruit or unplaced", "没有学校的原因：新招聘或落聘"},
	"stages":         {"可任学段", []string{"学段", "任教资格学段", "资格学段"}, "stages qualified for, separated by ;", "教师资格学段，多个用；分开"},
	"main":           {"主教学科", []string{"学科", "任教学科", "主学科"}, "main subject, id or name", "主教学科的编号或名称"},
	"second":         {"兼教学科", []string{"可兼学科", "第二学科", "兼任学科"}, "further subjects qualified for, separated by ;", "其他有资格的学科，多个用；分开"},
	"teaches":        {"现教学科", []string{"现任教学科"}, "subject taught now; empty: the main one", "目前所教学科；空为主教学科"},
	"teaches_stage":  {"现教学段", []string{"现任教学段"}, "stage taught now; empty: the first that fits", "目前所教学段；空为首个相符学段"},
	"title":          {"职称", []string{"专业技术职务", "专业技术职称", "职称等级"}, "professional title; empty: none", "职称；空为未定级"},
	"backbone":       {"骨干级别", []string{"骨干教师", "骨干", "骨干教师级别"}, "level of a backbone teacher; empty: none", "骨干教师级别；空为无"},
	"evaluation":     {"年度考核", []string{"考核", "考核结果"}, "last yearly evaluation; empty: not on record", "上年度考核结果；可空"},
	"degree":         {"学历", []string{"最高学历", "文化程度"}, "highest degree", "最高学历"},
	"born":           {"出生日期", []string{"出生年月日", "生日"}, "birthday, as 1985-03-01", "如1985-03-01"},
	"retires":        {"退休日期", []string{"法定退休日期", "退休时间"}, "where it is known; empty: by age", "已知的退休日期；空为按年龄推算"},
	"years_here":     {"本校年限", []string{"在本校年限", "本校工作年限", "本校任教年限"}, "completed years at the personnel school", "在人事关系学校已满年数"},
	"rural_years":    {"乡村工作年限", []string{"乡村年限", "农村工作年限", "乡村任教年限"}, "completed years of rural service", "乡村工作已满年数"},
	"exemptions":     {"免于交流", []string{"免交流原因", "豁免"}, "cause for which the teacher is not moved; personal, never shown", "不参加交流的原因；属个人隐私，不公开"},
	"duty":           {"在岗情况", []string{"在岗状态", "人员状态"}, "active, leave or seconded; empty: active", "在岗、请假或借调；空为在岗"},
	"duty_until":     {"离岗截止", []string{"请假截止", "借调截止"}, "end of leave or secondment; empty: open", "请假或借调结束日期；空为未定"},
	"working_school": {"交流学校", []string{"现工作学校", "交流任教学校"}, "school of an exchange that runs, id or name", "正在交流的学校，编号或名称"},
	"exchange_ends":  {"交流截止", []string{"交流结束日期", "交流期满日期"}, "end of the exchange", "交流结束日期"},
	"term":           {"服务期类别", []string{"服务期"}, "special-post or directed; empty: none", "特岗或定向；空为无"},
	"term_ends":      {"服务期截止", []string{"服务期满日期"}, "end of the service term", "服务期结束日期"},

	"outreach":        {"送教课时", []string{"送教下乡课时", "送教下乡"}, "weekly periods released for outreach in the countryside; they cover no periods", "每周用于送教下乡的课时，不承担本校课时"},
	"mentoring":       {"导师课时", []string{"导师团队课时", "指导课时"}, "weekly periods released for mentoring rural teachers", "每周用于导师团队指导的课时"},
	"training":        {"跟岗课时", []string{"跟岗培训课时", "跟岗"}, "weekly periods released for a training post at a strong school", "每周用于跟岗培训的课时"},
	"principal_since": {"任校长日期", []string{"校长任职日期", "任现校校长日期"}, "day since which the teacher is principal of the personnel school; empty: no principal", "任所在学校校长的起始日期；空为非校长"},

	"languages":   {"授课语言", []string{"语言"}, "languages able to teach in, such as zh or mn, separated by ;", "能用于授课的语言，如zh、mn，多个用；分开"},
	"volunteer":   {"自愿交流", []string{"自愿申请", "申请交流"}, "yes: has asked to move", "是：本人申请交流"},
	"home":        {"家庭所在乡镇", []string{"家庭住址乡镇", "居住乡镇"}, "home township, id or name, never finer", "居住乡镇的编号或名称，不写详细住址"},
	"points":      {"积分", []string{"竞聘积分", "总积分"}, "points of the hiring rounds; empty: none", "竞聘积分；可空"},
	"preferences": {"志愿学校", []string{"志愿", "意向学校"}, "schools wished for, best first, separated by ;", "按次序的志愿学校，用；分开"},
	"partner":     {"配偶", []string{"配偶教师编号", "夫妻"}, "id of a partner who teaches in the county", "同县任教配偶的教师编号"},
}

// gradeNames are the grades as schools call them.
var gradeNames = [grades]string{"一年级", "二年级", "三年级", "四年级", "五年级", "六年级", "七年级", "八年级", "九年级", "高一", "高二", "高三"}

// gradeAlso gives the other usual names of a grade.
func gradeAlso(grade int) []string {
	also := []string{strconv.Itoa(grade) + "年级"}
	switch {
	case grade >= 10:
		also = append(also, gradeNames[grade-1]+"年级")
	case grade >= 7:
		also = append(also, "初"+string([]rune("一二三")[grade-7]))
	}
	return also
}

// ofGrades names a column for each grade: the grade with one of the endings, of which the first is ours.
func ofGrades(into map[string]naming, prefix, note, noteZH string, endings ...string) {
	for g := range grades {
		var all []string
		for _, ending := range endings {
			for _, name := range append([]string{gradeNames[g]}, gradeAlso(g+1)...) {
				all = append(all, name+ending)
			}
		}
		into[prefix+strconv.Itoa(g+1)] = naming{all[0], all[1:], fmt.Sprintf(note, g+1), fmt.Sprintf(noteZH, gradeNames[g])}
	}
}

func curriculumNames() map[string]naming {
	names := map[string]naming{
		"subject":  {"学科编号", []string{"编号", "学科代码"}, "opaque id, once each", "唯一编号"},
		"name":     {"学科名称", []string{"学科", "名称", "课程"}, "name in Chinese", "中文名称"},
		"name_en":  {"英文名", []string{"英文名称"}, "name in English; may be empty", "英文名称，可空"},
		"language": {"授课语言", []string{"语言"}, "for schools of this language alone; empty: for all", "只在该语言学校开设；空为所有学校"},
		"arts":     {"音体美", []string{"音体美学科"}, "yes: PE, music or fine art", "是：体育、音乐或美术"},
	}
	ofGrades(names, "g", "weekly periods of a class in grade %d; empty: none", "%s每班周课时；空为不开设", "周课时", "", "课时")
	return names
}

func schoolNames() map[string]naming {
	names := map[string]naming{
		"id":           {"学校编号", []string{"编号", "学校代码", "代码", "学校标识码"}, "opaque id, once each", "唯一编号"},
		"name":         {"学校名称", []string{"名称", "学校", "校名"}, "name in Chinese", "中文名称"},
		"township":     {"所在乡镇", []string{"乡镇", "乡镇编号", "乡镇名称"}, "township, id or name", "乡镇编号或名称"},
		"district":     {"学区", []string{"片区", "所在学区"}, "school district; may be empty", "学区名称；可空"},
		"lat":          {"纬度", nil, "degrees north, WGS 84, as in 42.386; empty with lon: not known", "北纬度数，如42.386；与经度一起可空"},
		"lon":          {"经度", nil, "degrees east, WGS 84, as in 122.54", "东经度数，如122.54"},
		"tier":         {"艰苦类别", []string{"艰苦边远类别", "类别"}, "hardship tier, 1 to 6; empty: none", "艰苦边远类别1至6；空为无"},
		"town":         {"城镇", []string{"城镇学校", "是否城镇"}, "yes: in the county seat or a town", "是：在县城或镇区"},
		"strong":       {"优质", []string{"优质学校", "是否优质"}, "yes: a strong school", "是：优质学校"},
		"rural":        {"乡村", []string{"乡村学校", "农村学校", "是否乡村"}, "yes: in a township or village", "是：在乡或村"},
		"weak":         {"薄弱", []string{"薄弱学校", "是否薄弱"}, "yes: a weak school", "是：薄弱学校"},
		"language":     {"授课语言", []string{"教学语言", "语言"}, "language of instruction, such as mn; empty: none in particular", "教学语言，如mn；可空"},
		"boarders":     {"寄宿生", []string{"寄宿生人数", "寄宿人数", "住校生"}, "boarding pupils", "寄宿学生人数"},
		"quota":        {"编制", []string{"编制数", "教职工编制", "核定编制"}, "staffing quota, all staff; empty: by the number of pupils", "教职工编制数；空为按学生数核定"},
		"housing":      {"周转房", []string{"周转宿舍", "周转房套数"}, "places in transitional housing", "周转宿舍可住人数"},
		"senior_posts": {"高级岗位", []string{"高级岗位数"}, "posts of senior titles; empty: no quota of its own", "高级职称岗位数；空为不单独核定"},
		"middle_posts": {"中级岗位", []string{"中级岗位数"}, "posts of the first class; empty: no quota of its own", "中级职称岗位数；空为不单独核定"},
		"partner":      {"帮扶学校", []string{"对口支援学校", "对口学校", "结对学校"}, "strong school that supports this one, id or name", "对口帮扶本校的学校，编号或名称"},
	}
	names["outside_partner"] = naming{"县外帮扶学校", []string{"托管学校", "县外托管学校"}, "school outside the county that runs or supports this one, id or name", "县外托管或帮扶本校的学校，编号或名称"}
	names["after_school"] = naming{"课后服务课时", []string{"课后服务", "每班课后服务课时"}, "weekly periods of after-school service of each class; empty: by the policy", "每班每周课后服务课时；空为按政策"}
	ofGrades(names, "pupils_g", "pupils in grade %d; empty: the school has no such grade", "%s学生数；空为无此年级", "学生数", "人数", "学生人数")
	ofGrades(names, "classes_g", "classes in grade %d; empty: by the class cap", "%s班数；空为按班额推算", "班数", "班级数")
	return names
}

// settingNames are the keys of the settings that are not of the policy.
var settingNames = map[string]naming{
	"county.id":        {"县编号", []string{"县代码"}, "opaque id of the county, in Latin letters or digits", "县的编号，用字母或数字"},
	"county.name":      {"县名称", []string{"县名"}, "name in Chinese", "中文名称"},
	"county.name_en":   {"县英文名", nil, "name in English; the row may be deleted", "英文名称；可删去本行"},
	"county.date":      {"计划日期", []string{"方案日期", "基准日期"}, "day that the plan is for, such as the first of September", "方案执行日，如9月1日"},
	"county.seat_lat":  {"县城纬度", nil, "degrees north of the county seat", "县城北纬度数"},
	"county.seat_lon":  {"县城经度", nil, "degrees east of the county seat", "县城东经度数"},
	policyKey:          {"政策包", []string{"政策"}, "policy pack: national or fuxin", "政策包名称：national或fuxin"},
	"origin.synthetic": {"合成数据", nil, "yes: the data are made up", "是：数据为合成"},
	"origin.source":    {"数据来源", nil, "where the data come from", "数据来源"},
	"origin.licence":   {"数据许可", nil, "licence of the data", "数据许可"},
	"origin.seed":      {"随机种子", nil, "seed of synthetic data", "合成数据的随机种子"},
	"origin.real":      {"真实部分", nil, "what of it is real; may repeat", "真实的部分；可多行"},
	"origin.assumed":   {"假设部分", nil, "what of it is assumed; may repeat", "假设的部分；可多行"},
}

// settingKey gives the key that a cell of settings stands for: itself where it is no other name of one.
func settingKey(cell string) string {
	key := plain(cell)
	if name, found := settingKeys[key]; found {
		return name
	}
	return key
}

var settingKeys = func() map[string]string {
	keys := map[string]string{}
	for key, n := range settingNames {
		for _, name := range append([]string{n.zh}, n.also...) {
			keys[name] = key
		}
	}
	return keys
}()
