package letter_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jedib0t/go-pretty/v6/text"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/report"
	"github.com/xianguan/xianguan/allocation/report/golden"
	"github.com/xianguan/xianguan/allocation/report/letter"
	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/table"
)

func read(t testing.TB, name string) *model.County {
	t.Helper()
	c, err := table.Read("../../../testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// publish words the best plan of a county.
func publish(t testing.TB, c *model.County, edit func(*letter.Options)) (*letter.Publication, *model.Plan) {
	t.Helper()
	plan, err := allocation.Solve(context.Background(), c, nil)
	if err != nil {
		t.Fatal(err)
	}
	o := letter.Options{Day: 20260701, Until: 20260708}
	if edit != nil {
		edit(&o)
	}
	p, err := letter.New(context.Background(), c, plan, o)
	if err != nil {
		t.Fatal(err)
	}
	return p, plan
}

func files(t testing.TB, p *letter.Publication) map[string]string {
	t.Helper()
	list, err := p.Files()
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, f := range list {
		all[f.Name] = string(f.Content)
	}
	return all
}

func TestTiny(t *testing.T) {
	p, _ := publish(t, read(t, "tiny"), nil)
	all := files(t, p)
	for file, name := range map[string]string{"posting.txt": "posting.txt", "posting.csv": "posting.csv", "moved.txt": "teachers/T2.txt", "stays.txt": "teachers/T4.txt",
		"recruit.txt": "teachers/T5.txt", "school.txt": "schools/S1.txt", "vacant.txt": "schools/S4.txt", "moved.html": "teachers/T2.html"} {
		golden.Compare(t, file, regexp.MustCompile(`(?s)<style>.*</style>|style-src [^"]*`).ReplaceAllString(all[name], ""))
	}
	for name, content := range all {
		if !strings.HasSuffix(name, ".txt") {
			continue
		}
		for line := range strings.Lines(content) {
			if width := text.StringWidth(strings.TrimSuffix(line, "\n")); width > report.Width {
				t.Errorf("%s: %d columns: %s", name, width, line)
			}
		}
	}
	if got := strings.Count(all["letters.zh.html"], "<article"); got != 4+6 {
		t.Errorf("%d letters to print, want those of 4 schools and 6 teachers", got)
	}
}

// What a letter says is the plan's: each old and new post, ground and day, in both languages, on a county of 1,500.
func TestLettersSayWhatThePlanSays(t *testing.T) {
	c := read(t, "zhangwu")
	p, plan := publish(t, c, nil)
	byID := map[string]*letter.Letter{}
	for i := range p.Teachers {
		byID[p.Teachers[i].ID] = &p.Teachers[i]
	}
	schools := map[model.SchoolID]string{}
	for _, s := range c.Schools {
		schools[s.ID] = s.Name
	}
	letters := 0
	for _, a := range plan.Assignments {
		l := byID[string(a.Teacher)]
		if a.Ground == model.GroundAway {
			if l != nil {
				t.Errorf("%s is away and has a letter", a.Teacher)
			}
			continue
		}
		letters++
		facts := map[string]string{}
		for _, f := range append(slices.Clone(l.Zh.Facts), l.En.Facts...) {
			facts[f.Name] = f.Value
		}
		if !a.To.IsZero() && (!strings.HasPrefix(facts["新岗位"], schools[a.To.School]) || !strings.HasPrefix(facts["New post"], schools[a.To.School])) ||
			!a.From.IsZero() && !strings.HasPrefix(facts["原岗位"], schools[a.From.School]) || facts["依据"] != a.Ground.Chinese() || facts["规则出处"] == "" || facts["Source"] == "" ||
			len(l.Zh.Sections) != 1 || len(l.Zh.Sections[0].Lines) == 0 || len(l.En.Sections[0].Lines) != len(l.Zh.Sections[0].Lines) ||
			!strings.Contains(l.Zh.Objection[0], "2026年7月8日") || !strings.Contains(l.En.Objection[0], "8 July 2026") {
			t.Errorf("%s: %+v", a.Teacher, l.Zh)
		}
	}
	readme, err := os.ReadFile("../../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, shown, _ := strings.Cut(string(readme), "<!-- letter to: S001-02 -->\n```\n")
	shown, _, found := strings.Cut(shown, "\n```\n")
	var text bytes.Buffer
	if err := byID["S001-02"].WriteText(&text); err != nil || !found || !strings.HasPrefix(text.String(), shown) {
		t.Errorf("the README shows another letter than is written: %v\n%s", err, shown)
	}
	if letters != len(p.Teachers) || len(p.Schools) != len(c.Schools) {
		t.Errorf("%d letters to teachers for %d, %d to schools for %d", len(p.Teachers), letters, len(p.Schools), len(c.Schools))
	}
}

// Every byte of every public file is searched: for each name and ID number of people.csv, for the words of causes of exemptions in both languages, for
// homes. The copy with names has them, and says so. The plan is one in which many are exempt and nobody lives where a school is.
func TestPublicFilesTellNothingPersonal(t *testing.T) {
	if testing.Short() {
		t.Skip("TestLettersSayWhatThePlanSays writes as many letters by several goroutines")
	}
	c := read(t, "zhangwu")
	c.Townships = append(c.Townships, model.Township{ID: "HOME-7731", Name: "桃花源秘境", NameEn: "Hometownia", Position: c.Townships[0].Position})
	var people []model.Person
	for i := range c.Teachers {
		x := &c.Teachers[i]
		x.Home = "HOME-7731"
		if i%3 == 0 {
			x.Exemptions = []model.Exemption{model.Exemption(1 + i/3%3)}
		}
		people = append(people, model.Person{Teacher: x.ID, Name: fmt.Sprintf("阚鑫淼%04d", i), IDNumber: fmt.Sprintf("21092219%010d", i)})
	}
	public, _ := publish(t, c, nil)
	words := []string{"阚鑫淼", "21092219", "桃花源秘境", "home-7731", "hometownia", "km from home", "姓名：", "元", "yuan",
		"孕", "哺乳", "产假", "重病", "疾病", "免于交流", "退休教师", "maternity", "pregnan", "nursing", "illness", "exempt", "medical"}
	all := files(t, public)
	if len(all) != 5+2*(len(public.Teachers)+len(public.Schools)) {
		t.Fatalf("%d files", len(all))
	}
	for name, content := range all {
		content = strings.ToLower(content)
		for _, word := range words {
			if at := strings.Index(content, word); at >= 0 {
				t.Fatalf("%s has %q: …%s…", name, word, content[max(0, at-60):min(len(content), at+60)])
			}
		}
		for i := range c.Teachers { // the day of birth of anybody, in the ways days are written
			if born := c.Teachers[i].Born.String(); strings.HasPrefix(name, "teachers/"+string(c.Teachers[i].ID)+".") && strings.Contains(content, born) {
				t.Fatalf("%s has a day of birth", name)
			}
		}
	}
	named, _ := publish(t, c, func(o *letter.Options) { o.People = people; o.Only = []model.TeacherID{people[1].Teacher} })
	letters := files(t, named)
	if _, there := letters["posting.html"]; there || !strings.Contains(letters["letters.zh.html"], people[1].Name+"（") || !strings.Contains(letters["letters.zh.html"], "不得公开") {
		t.Error("the copy with names is not one, or does not say so")
	}
	for name, content := range letters {
		if strings.Contains(content, "21092219") || strings.Contains(content, "illness") {
			t.Errorf("%s: even the copy with names has no ID numbers and no causes", name)
		}
	}
}

// Texts from the data can't end a tag: a school whose name is a script stays a name.
func TestNamesAreEscaped(t *testing.T) {
	c := read(t, "tiny")
	c.Schools[0].Name = `<script>alert(1)</script>`
	p, _ := publish(t, c, nil)
	for name, content := range files(t, p) {
		if strings.HasSuffix(name, ".html") && strings.Contains(content, "<script") {
			t.Errorf("%s runs a name", name)
		}
	}
}

// Of the hiring rounds a letter says points, rank and cut-off as they were.
func TestLettersOfTheRounds(t *testing.T) {
	c := read(t, "zhangwu")
	r, err := allocation.Rounds(context.Background(), c, allocation.RoundsOptions{Seed: 7})
	if err != nil {
		t.Fatal(err)
	}
	p, err := letter.New(context.Background(), r.County, r.Plan, letter.Options{Day: 20260701, Until: 20260708, Rounds: r})
	if err != nil {
		t.Fatal(err)
	}
	said := 0
	for _, d := range r.Decisions {
		if d.Reason != allocation.ReasonRanked || d.Round == allocation.RoundInSchool {
			continue
		}
		i := slices.IndexFunc(p.Teachers, func(l letter.Letter) bool { return l.ID == string(d.Teacher) })
		want := letter.Fact{Name: "竞聘结果", Value: fmt.Sprintf("报该岗位%d人，您列第%d名；最后一名受聘者积分%d分", d.Of, d.Rank, d.CutOff.Points)}
		if slices.Contains(p.Teachers[i].Zh.Facts, want) {
			said++
		}
	}
	vain := 0
	for i := range p.Teachers {
		if strings.Contains(strings.Join(p.Teachers[i].Zh.Sections[0].Lines, ""), "需积分高于最后一名受聘者") {
			vain++
		}
	}
	if said < 20 || vain == 0 || !p.Posting.FromRounds {
		t.Errorf("%d letters say how the round went, %d what points would have been needed", said, vain)
	}
}

// Where rules cut across schools a letter does not say that there is no other post: it was not looked for.
func TestLettersWithRulesAcrossSchools(t *testing.T) {
	c := read(t, "tiny")
	c.Rules.Exchange, c.Rules.ExchangeShare = model.RuleSetting{Force: model.ForceSoft, Weight: 100}, 5000
	p, _ := publish(t, c, nil)
	for i := range p.Teachers {
		if text := strings.Join(p.Teachers[i].Zh.Sections[0].Lines, ""); strings.Contains(text, "没有其他") || strings.Contains(text, "无人可以让出") {
			t.Errorf("%s: %s", p.Teachers[i].ID, text)
		}
	}
}

// The same publication is the same bytes, however many goroutines write it.
func TestPublicationIsReproducible(t *testing.T) {
	c := read(t, "tiny")
	a, _ := publish(t, c, nil)
	b, _ := publish(t, c, nil)
	if diff := cmp.Diff(files(t, a), files(t, b)); diff != "" {
		t.Error(diff)
	}
}

func BenchmarkLetters(b *testing.B) {
	c := read(b, "zhangwu")
	plan, err := allocation.Solve(context.Background(), c, nil)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		p, err := letter.New(context.Background(), c, plan, letter.Options{Day: 20260701, Until: 20260708})
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(len(p.Teachers)+len(p.Schools)), "letters")
	}
}

// pages counts the sheets of a printed document.
func pages(pdf []byte) int {
	return len(regexp.MustCompile(`/Type\s*/Page[^s]`).FindAll(bytes.ReplaceAll(pdf, []byte("\n"), []byte(" ")), -1))
}
