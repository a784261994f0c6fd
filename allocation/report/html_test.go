package report

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
	"testing"
	"unicode"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/check"
	"github.com/xianguan/xianguan/allocation/subsidy"
	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/synthetic"
	"github.com/xianguan/xianguan/model/table"
)

// pageOf plans a county and writes its page.
func pageOf(t testing.TB, c *model.County) string {
	t.Helper()
	plan, err := allocation.Solve(t.Context(), c, nil)
	if err != nil {
		t.Fatal(err)
	}
	var page bytes.Buffer
	if err := WriteHTML(&page, c, plan, check.Plan(c, plan), HTMLOptions{}); err != nil {
		t.Fatal(err)
	}
	return page.String()
}

// fullPage is the page of zhangwu with all that a page can have: rounds, a front with a point that is not proven, names.
func fullPage(t testing.TB) string {
	t.Helper()
	c := sample(t, "zhangwu")
	plan, err := allocation.Solve(t.Context(), c, nil)
	if err != nil {
		t.Fatal(err)
	}
	rounds, err := allocation.Rounds(t.Context(), c, allocation.RoundsOptions{Seed: 7})
	if err != nil {
		t.Fatal(err)
	}
	front := &subsidy.Frontier{Last: subsidy.Outcome{Filled: 1335, Cost: 93_108_000}, Points: []subsidy.FrontierPoint{
		{Outcome: subsidy.Outcome{Filled: 1336, Cost: 95_604_000}, Proven: true, Bound: 95_604_000},
		{Outcome: subsidy.Outcome{Filled: 1340, Cost: 108_623_000}, Bound: 99_000_000, Yuan: &subsidy.Marginal{Low: 3_254_000, High: 5_618_000}}}}
	var page bytes.Buffer
	err = WriteHTML(&page, c, plan, check.Plan(c, plan), HTMLOptions{Rounds: rounds, Frontier: &SubsidyFrontier{Frontier: front, Model: Acceptance{Synthetic: true}},
		People: []model.Person{{Teacher: "S001-52", Name: "张𬭎"}}})
	if err != nil {
		t.Fatal(err)
	}
	return page.String()
}

// Every chart is well-formed, and says what its table says.
func TestHTMLCharts(t *testing.T) {
	page := fullPage(t)
	charts := 0
	for part := range strings.SplitSeq(page, `<svg class="chart"`) {
		chart, _, closed := strings.Cut(part, "</svg>")
		if charts++; charts == 1 || !closed {
			continue
		}
		if err := xml.Unmarshal([]byte("<svg"+chart+"</svg>"), new(struct{})); err != nil {
			t.Errorf("chart %d: %v", charts-1, err)
		}
	}
	if charts != 3 {
		t.Errorf("%d charts, want the schedule and the front", charts-1)
	}
	for _, want := range []string{`class="open"`, `class="proven"`, `class="last"`, "差距至多9.7202%", "gap at most 9.7202%", "32,540.00 – 56,180.00", "made up or declared", "抽签种子7", "校内竞聘", "in school", "2,480.00", "<td>4.70 – 75.00</td><td>4.18 – 75.00</td>"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not have %q", want)
		}
	}
}

func sample(t testing.TB, name string) *model.County {
	t.Helper()
	c, err := table.Read("../../testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func generated(t testing.TB, teachers int) *model.County {
	t.Helper()
	c, err := synthetic.Generate(synthetic.Options{Teachers: teachers, Landscape: synthetic.Mountain, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestHTMLSaysWhatThePlanSays(t *testing.T) {
	page := pageOf(t, sample(t, "zhangwu"))
	for _, want := range []string{"彰武县", "人员为合成数据", "Synthetic people", "261,061", "1,393,105.24", "已证最优", "proven: no plan is better", "乡村3类", "Rural, tier 3",
		`<path class="mark bare"`, "劳动、综合实践", "学校、学生和教师均按随机种子虚构", "All schools, pupils and teachers are made up", "孕哺期、重病及临近退休教师不作强制交流", `"S001-52"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not have %q", want)
		}
	}
	if again := pageOf(t, sample(t, "zhangwu")); again != page {
		t.Error("the same plan gives another page")
	}
	from, to := strings.Index(page, `<svg viewBox="0 0 960`), strings.Index(page, "</g></svg>")
	if err := xml.Unmarshal([]byte(page[from:to+len("</g></svg>")]), new(struct{})); err != nil {
		t.Errorf("the map: %v", err)
	}
}

// The map and its legend are read without colour: each mark has a shape of its own, on as many schools as the plan says, and the map's text counts them.
func TestMapWithoutColour(t *testing.T) {
	c := sample(t, "zhangwu")
	plan, err := allocation.Solve(t.Context(), c, nil)
	if err != nil {
		t.Fatal(err)
	}
	need, vacant := map[model.SchoolID]int{}, map[model.SchoolID]int{}
	for i := range plan.Posts {
		need[plan.Posts[i].School] += plan.Posts[i].Need
		vacant[plan.Posts[i].School] += max(0, plan.Posts[i].Need-plan.Posts[i].Filled)
	}
	want := map[string]int{}
	for i := range c.Schools {
		switch id := c.Schools[i].ID; {
		case vacant[id] == 0:
			want["full"]++
		case 10*vacant[id] > need[id]:
			want["bare"]++
		default:
			want["short"]++
		}
	}
	drawn, marks, _ := drawMap(c, plan)
	described, _, _ := strings.Cut(string(drawn), "</desc>")
	shapes := map[string]bool{}
	for i := range marks {
		m := &marks[i]
		shapes[m.shape] = true
		outline := fmt.Sprintf(`class="mark %s"`, m.class)
		if n := strings.Count(string(drawn), outline); n != want[m.class] || m.Schools != n {
			t.Errorf("%s: %d schools drawn, %d counted, want %d", m.En, n, m.Schools, want[m.class])
		}
		if n := strings.Count(string(drawn), `d="`+m.shape+`"`); n != want[m.class] || !strings.Contains(string(m.Sample()), m.shape) {
			t.Errorf("%s: its shape is on %d schools, want %d, and in the legend", m.En, n, want[m.class])
		}
		for _, text := range []string{fmt.Sprintf("%d%s", want[m.class], m.Zh), fmt.Sprintf("%d %s", want[m.class], m.En)} {
			if !strings.Contains(described, text) {
				t.Errorf("the text of the map does not say %q", text)
			}
		}
	}
	if len(want) != 3 || len(shapes) != 3 {
		t.Errorf("%d kinds of school and %d shapes, want 3", len(want), len(shapes))
	}
}

// Whatever a county is called, its page runs nothing but its own script and asks nothing of a network.
func TestHTMLIsHarmless(t *testing.T) {
	c := sample(t, "tiny")
	const evil = `</script><script>alert(1)</script><img src=x onerror=alert(2)>"'&{{.}}`
	c.Name, c.NameEn, c.Schools[0].Name, c.Schools[1].Name, c.Subjects[0].Name, c.Origin.Assumed = evil, evil, evil, evil, evil, []string{evil}
	page := pageOf(t, c)
	if n := strings.Count(page, "<script"); n != 2 {
		t.Errorf("%d scripts, want the data and the page's own", n)
	}
	for _, bad := range []string{"<img", "alert(1)</script>", "http://", "https://", "//cdn", " onclick=", " style="} {
		if strings.Contains(page, bad) {
			t.Errorf("the page has %q", bad)
		}
	}
	if !strings.Contains(page, "default-src 'none'") && !strings.Contains(page, "default-src &#39;none&#39;") {
		t.Error("the page does not forbid the network")
	}
}

// No home and no cause of an exemption is on the page; the townships of zhangwu are in names of schools, so homes are given names of their own.
func TestHTMLIsPublic(t *testing.T) {
	c := sample(t, "zhangwu")
	for i := range c.Townships {
		c.Townships[i].Name, c.Townships[i].NameEn = "秘密乡", "Secret"
	}
	page := pageOf(t, c)
	for i := range c.Teachers {
		for _, cause := range c.Teachers[i].Exemptions {
			if strings.Contains(page, `"`+cause.String()+`"`) {
				t.Fatalf("the page tells of %s", cause)
			}
		}
	}
	for _, private := range []string{"秘密乡", "Secret", "李某", `"born"`, "exemptions"} {
		if strings.Contains(page, private) {
			t.Errorf("the page has %q", private)
		}
	}
}

func TestHTMLOfAFewThousandIsSmall(t *testing.T) {
	page := pageOf(t, generated(t, 5000))
	t.Logf("%d bytes", len(page))
	if len(page) > 3<<20 {
		t.Errorf("%d bytes, want at most 3 MiB", len(page))
	}
}

func BenchmarkHTML(b *testing.B) {
	c := generated(b, 5000)
	plan, err := allocation.Solve(b.Context(), c, nil)
	if err != nil {
		b.Fatal(err)
	}
	verdict := check.Plan(c, plan)
	for b.Loop() {
		var page bytes.Buffer
		if err := WriteHTML(&page, c, plan, verdict, HTMLOptions{}); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(page.Len()), "bytes")
	}
}

// A page in Chinese says in Chinese where each rule comes from.
func TestRulesHaveChineseSources(t *testing.T) {
	for id, rule := range RuleTexts() {
		if rule.ChineseSource == "" || !strings.ContainsFunc(rule.ChineseSource, func(r rune) bool { return unicode.Is(unicode.Han, r) }) || strings.ContainsFunc(rule.ChineseSource, unicode.IsLower) {
			t.Errorf("%s: %q", id, rule.ChineseSource)
		}
	}
}

// The two halves of an arc meet in its middle, where the arrow is.
func TestArc(t *testing.T) {
	if got, want := arc([2]float64{0, 0}, [2]float64{100, 0}), "M0.0 0.0Q25.0 -10.0 50.0 -10.0Q75.0 -10.0 100.0 0.0"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
