package report

import (
	"bytes"
	"crypto/sha256"
	_ "embed" // the page's template, style and script
	"encoding/base64"
	"encoding/json"
	"html/template"
	"io"
	"strings"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/check"
	"github.com/xianguan/xianguan/allocation/scenario"
	"github.com/xianguan/xianguan/model"
)

var (
	//go:embed html/page.gohtml
	pageTemplate string
	//go:embed html/page.css
	pageStyle string
	//go:embed html/page.js
	pageScript string
)

// HTMLOptions says how a page is written. The zero value works.
type HTMLOptions struct {
	English bool // the page opens in English; else in Chinese. The reader can switch
	// Rounds and Frontier are shown where they are given; both must be of the county.
	Rounds   *allocation.RoundsResult
	Frontier *SubsidyFrontier
	// People makes the page an official copy (内部使用): teachers go by name as well, and the page says so. It is no page for the public.
	People []model.Person
}

// page is what the template shows. Texts are in both languages; style shows one.
type page struct {
	Language        string
	Policy          template.HTML // of content security
	Style           template.CSS
	Script          template.JS
	Data            template.JS // JSON that the script searches
	Name, NameEn    string
	Date            string
	Origin          template.HTML
	PolicyPack      string
	Backend         string
	Software        string
	Hash            string
	Holds           bool
	Facts           []fact
	Levels          []levelRow
	Places          []group
	Subjects        []group
	Costs           []fact
	Equity          []equityRow
	Balance         balanceView
	Curve           curve
	Front           *front
	Rounds          *roundsView
	Official        bool
	Map             template.HTML
	Marks           []schoolMark
	Moves           []moveRow
	Heat            heat
	Rules           []ruleRow
	Assumed, Really []term
}

// term is a text in both languages.
type term struct{ Zh, En string }

// fact is a figure with its name.
type fact struct {
	term
	Value string
}

type levelRow struct {
	term
	Value, Bound string
	Unit         term
	Proven       bool
	Gap          string
}

type equityRow struct {
	term
	Before, After string
}

type ruleRow struct {
	ID     string
	Text   term
	Source term
	Count  string
	Status term
	Broken bool
}

// WriteHTML writes a plan as one page that needs nothing else: no other file, no network. It is in Chinese and in English, with a switch; it
// has the summary and what is proven, vacancies before and after, a map of the schools with the moves, vacancies by school and
// subject, cost, the subsidy schedule as a curve, inequality by tier, subject and stage with the schools that miss an indicator, every rule with its
// source and status, and a search for a school or a teacher by id; hiring rounds and a front of subsidies where they are given. It leaves out homes and
// causes of exemptions, and names but in an official copy. c must be the county of the plan.
//
// Size grows by about 60 bytes a teacher and 40 a post.
func WriteHTML(w io.Writer, c *model.County, p *model.Plan, verdict *check.Report, o HTMLOptions) error {
	view := page{Language: "zh", Style: template.CSS(pageStyle), Script: template.JS(pageScript), Name: p.CountyName, NameEn: c.NameEn, Date: p.Date.String(),
		PolicyPack: p.Policy, Backend: p.Backend, Software: p.Software, Hash: p.CountyHash[:min(12, len(p.CountyHash))], Holds: verdict.OK(),
		Assumed: originTerms(p.Origin.Assumed), Really: originTerms(p.Origin.Real)}
	if o.English {
		view.Language = "en"
	}
	if p.Origin.Synthetic {
		view.Origin = `<p class="synthetic"><span lang="zh">人员为合成数据，并非真人。</span><span lang="en">Synthetic people: nobody in this data exists.</span></p>`
	}
	view.Policy = template.HTML("default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; style-src " + SourceHash(pageStyle) + "; script-src " + SourceHash(pageScript))
	view.Facts, view.Levels, view.Costs = pageFacts(p), pageLevels(p), pageCosts(p)
	s := newTally(c, p)
	for _, place := range s.places {
		if place.schools > 0 {
			view.Places = append(view.Places, place)
		}
	}
	for i, subject := range s.subjects {
		if subject.need > 0 || subject.before.over > 0 {
			if words := c.Subjects[i]; words.NameEn != "" { // whole, where a table of text cuts them
				subject.name = words.NameEn + " (" + words.Name + ")"
			}
			view.Subjects = append(view.Subjects, subject)
		}
	}
	view.Equity = pageEquity(scenario.Measure(c, p))
	view.Balance = newBalanceView(scenario.MeasureBalance(c, p))
	view.Curve, view.Front, view.Rounds, view.Official = drawCurve(c.Subsidy), drawFront(o.Frontier), newRoundsView(o.Rounds), len(o.People) > 0
	view.Map, view.Marks, view.Moves = drawMap(c, p)
	view.Heat = newHeat(c, p)
	view.Rules = pageRules(verdict)
	data, err := pageData(c, p, o.People)
	if err != nil {
		return err
	}
	view.Data = template.JS(data)
	t, err := template.New("page").Funcs(template.FuncMap{"group": groupCells, "name": groupName, "groups": newGroups, "fills": newFills}).Parse(pageTemplate)
	if err != nil {
		return err
	}
	var out bytes.Buffer // so that nothing is half-written
	if err := t.Execute(&out, &view); err != nil {
		return err
	}
	_, err = out.WriteTo(w)
	return err
}

// SourceHash names a text that the page may use: nothing else runs.
func SourceHash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// groups is a table of groups of posts.
type groups struct {
	ID             string
	Caption, First term
	Rows           []group
}

func newGroups(id, zh, en, firstZh, firstEn string, rows []group) groups {
	return groups{id, term{zh, en}, term{firstZh, firstEn}, rows}
}

// fills is a table of how unequal the filled share is.
type fills struct {
	term
	ID   string
	Rows []fillRow
}

func newFills(id, zh, en string, rows []fillRow) fills { return fills{term{zh, en}, id, rows} }

// groupCells gives the figures of a group of posts.
func groupCells(g group) []string { return g.cells() }

// groupName splits "Town (城镇)" into its two languages.
func groupName(g group) term {
	en, zh, both := strings.Cut(g.name, " (")
	if !both {
		return term{g.name, g.name}
	}
	return term{strings.TrimSuffix(zh, ")"), en}
}

func pageFacts(p *model.Plan) []fact {
	l := p.Ledger
	return []fact{{term{"教师", "People"}, number(l.People)}, {term{"核定需求", "Posts needed"}, number(l.Need)},
		{term{"已配", "Filled"}, number(l.Filled) + " (" + percent(l.Filled, l.Need) + ")"}, {term{"空缺", "Vacant"}, number(l.Short)},
		{term{"新岗", "In a new post"}, number(l.Moved)}, {term{"待岗", "Without a post"}, number(l.Unplaced)},
		{term{"超员", "Above need"}, number(l.Over)}, {term{"不在岗", "Away"}, number(l.Away)}}
}

func pageLevels(p *model.Plan) []levelRow {
	var rows []levelRow
	for _, level := range p.Levels {
		en, zh, unit, unitZH := LevelName(level.Name)
		rows = append(rows, levelRow{term{zh, en}, levelValue(level.Name, level.Objective), levelValue(level.Name, level.Bound), term{unitZH, unit}, level.Proven, percentOf(level.Gap)})
	}
	return rows
}

// unitChinese says the units of levels in Chinese.
var unitChinese = map[string]string{"points": "分", "people": "人", "yuan a month": "元/月", "lots": "签"}

func percentOf(share float64) string {
	text, _ := json.Marshal(float64(int64(share*1e6)) / 1e4)
	return string(text) + "%"
}

func pageCosts(p *model.Plan) []fact {
	return []fact{{term{"差别化补贴", "Hardship subsidy"}, yuan(p.Cost.Subsidy)}, {term{"交通", "Travel"}, yuan(p.Cost.Travel)},
		{term{"意愿损失", "Loss of preference"}, yuan(p.Cost.Preference)}, {term{"调动", "Moves"}, yuan(p.Cost.Move)}, {term{"合计", "Total"}, yuan(p.Cost.Total())}}
}

func pageEquity(i scenario.Indicators) []equityRow {
	digits := func(x float64) string { text, _ := json.Marshal(float64(int64(x*1e4+0.5)) / 1e4); return string(text) }
	return []equityRow{{term{"变异系数", "Coefficient of variation"}, digits(i.Before.Variation), digits(i.After.Variation)},
		{term{"基尼系数", "Gini"}, digits(i.Before.Gini), digits(i.After.Gini)}, {term{"泰尔指数", "Theil"}, digits(i.Before.Theil), digits(i.After.Theil)},
		{term{"最低校到岗率", "Least filled school"}, wholePercent(i.Before.Least), wholePercent(i.After.Least)}}
}

func pageRules(verdict *check.Report) []ruleRow {
	rules := RuleTexts()
	var rows []ruleRow
	for _, status := range verdict.Rules {
		rule := rules[status.Rule]
		row := ruleRow{ID: string(status.Rule), Text: term{rule.Chinese, rule.Sentence}, Source: term{rule.ChineseSource, rule.Source}, Count: number(status.Checked), Status: term{"符合", "holds"}}
		switch {
		case len(status.Violations) > 0:
			row.Status, row.Broken = term{"违反", "broken"}, true
		case status.Short > 0:
			row.Status = term{"软约束，尚差" + number(status.Short), "soft, short by " + number(status.Short)}
		case status.Checked == 0:
			row.Status = term{"未启用或不适用", "off, or nothing to apply to"}
		}
		rows = append(rows, row)
	}
	return rows
}

// pageData is what the script searches: schools, words and people, each as short as it can be.
func pageData(c *model.County, p *model.Plan, named []model.Person) ([]byte, error) {
	type school struct {
		ID    model.SchoolID `json:"i"`
		Name  string         `json:"n"`
		Tier  model.Tier     `json:"t"`
		Posts [][4]int       `json:"p"` // word, need, now, filled
	}
	data := struct {
		Schools []*school   `json:"schools"`
		Words   [][2]string `json:"words"`   // of posts: stage and subject, in Chinese and English
		Grounds [][2]string `json:"grounds"` // in Chinese and English
		People  [][]any     `json:"people"`  // id, school and word before, school and word after, ground; -1 for none; in an official copy the name
	}{}
	places, words := map[model.SchoolID]int{}, map[[2]string]int{}
	for i := range c.Schools {
		places[c.Schools[i].ID] = i
		data.Schools = append(data.Schools, &school{ID: c.Schools[i].ID, Name: c.Schools[i].Name, Tier: c.Schools[i].Tier})
	}
	subjects := map[model.SubjectID]model.Subject{}
	for _, s := range c.Subjects {
		subjects[s.ID] = s
	}
	word := func(id model.PostID) int {
		s := subjects[id.Subject]
		pair := [2]string{id.Stage.Chinese() + s.Name, id.Stage.String() + " " + s.NameEn}
		if s.NameEn == "" {
			pair[1] = id.Stage.String() + " " + string(id.Subject)
		}
		at, known := words[pair]
		if !known {
			at = len(data.Words)
			words[pair], data.Words = at, append(data.Words, pair)
		}
		return at
	}
	for i := range p.Posts {
		post := &p.Posts[i]
		s := data.Schools[places[post.School]]
		s.Posts = append(s.Posts, [4]int{word(post.PostID), post.Need, post.Incumbent, post.Filled})
	}
	for g := model.GroundStay; g <= model.GroundAway; g++ {
		data.Grounds = append(data.Grounds, [2]string{g.Chinese(), groundSentence[g]})
	}
	place := func(id model.PostID) (int, int) {
		if id.IsZero() {
			return -1, -1
		}
		return places[id.School], word(id)
	}
	names := make(map[model.TeacherID]string, len(named))
	for _, person := range named {
		names[person.Teacher] = person.Name
	}
	for i := range p.Assignments {
		a := &p.Assignments[i]
		from, before := place(a.From)
		to, after := place(a.To)
		row := []any{a.Teacher, from, before, to, after, int(a.Ground - model.GroundStay)}
		if name := names[a.Teacher]; name != "" {
			row = append(row, name)
		}
		data.People = append(data.People, row)
	}
	text, err := json.Marshal(data) // escapes <, > and &, so that no text ends the script
	return text, err
}
