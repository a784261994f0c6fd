package allocation_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/table"
)

// infeasible plans a county that has no plan.
func infeasible(t *testing.T, c *model.County, o model.Options) *allocation.InfeasibleError {
	t.Helper()
	_, err := allocation.Solve(context.Background(), c, &o)
	var none *allocation.InfeasibleError
	if !errors.As(err, &none) {
		t.Fatalf("got %v, want an InfeasibleError", err)
	}
	return none
}

func post(school, subject string) model.PostID {
	return model.PostID{School: model.SchoolID(school), Stage: model.StagePrimary, Subject: model.SubjectID(subject)}
}

// The conflicts and ways out of testdata/infeasible-exchange are worked out by hand in its README.
func TestConflictsAndWaysOutAsByHand(t *testing.T) {
	county, err := table.Read("../testdata/infeasible-exchange")
	if err != nil {
		t.Fatal(err)
	}
	none := infeasible(t, county, model.Options{Pins: []model.Pin{
		{Teacher: "T1", Post: post("S2", "chinese")}, {Teacher: "T5", Post: post("S4", "music")}}})
	if len(none.Conflicts) != 3 || none.MoreConflicts || none.MoreRelaxations {
		t.Errorf("%d conflicts, more %v, more ways out %v: want 3 and no more\n%v", len(none.Conflicts), none.MoreConflicts, none.MoreRelaxations, none)
	}
	var menu []string
	for _, way := range none.Relaxations {
		line := fmt.Sprintf("%d %v:", way.Severity, way.Proven)
		for _, change := range way.Changes {
			line += fmt.Sprintf(" %v [%s];", change, change.Setting)
		}
		menu = append(menu, line)
	}
	want := []string{
		"102 true: drop the pin of T1 to S2/primary/chinese []; drop the pin of T5 to S4/primary/music []; " +
			"rule exchange: from 2 to at most 1 person [exchange.share=50%];",
		"121 true: drop the pin of T1 to S2/primary/chinese []; rule budget: from 600.00 to at least 900.00 yuan a month [subsidy.budget=900.00]; " +
			"rule exchange: from 2 to at most 1 person [exchange.share=50%];",
		"131 true: drop the pin of T1 to S2/primary/chinese []; rule outflow at school S1: from 1 to at least 2 people []; " +
			"rule budget: from 600.00 to at least 1,600.00 yuan a month [subsidy.budget=1600.00]; " +
			"rule backbone: from 60% to at most 50% [exchange.backbone_share=50%];",
	}
	if diff := cmp.Diff(want, menu); diff != "" {
		t.Errorf("menu (-by hand +got)\n%s", diff)
	}
}

func TestWaysOut(t *testing.T) {
	hard := model.RuleSetting{Force: model.ForceHard}
	s2 := post("S2", "chinese")
	tests := []struct {
		reason  string
		set     func(*model.County)
		options model.Options
		want    []string // changes of each way out
	}{
		{"of two pins on one place, either may go",
			nil, model.Options{Pins: []model.Pin{{Teacher: "T2", Post: s2}, {Teacher: "T6", Post: s2}}},
			[]string{"drop the pin of T2 to S2/primary/chinese", "drop the pin of T6 to S2/primary/chinese"}},
		{"a pin and a ban on the same pair: either may go, at the same price",
			nil, model.Options{Pins: []model.Pin{{Teacher: "T6", Post: s2}}, Bans: []model.Pin{{Teacher: "T6", Post: s2}}},
			[]string{"drop the ban of T6 from S2/primary/chinese", "drop the pin of T6 to S2/primary/chinese"}},
		{"who may only stay and is barred from staying: the ban must go",
			nil, model.Options{Bans: []model.Pin{{Teacher: "T1", Post: post("S1", "chinese")}}},
			[]string{"drop the ban of T1 from S1/primary/chinese"}},
		{"a ban that is not in the way is not on the menu",
			nil, model.Options{Pins: []model.Pin{{Teacher: "T1", Post: s2}}, Bans: []model.Pin{{Teacher: "T6", Post: s2}}},
			[]string{"drop the pin of T1 to S2/primary/chinese"}},
		{"T5, a recruit, is pinned to the town school: the pin is easier to drop than the rule; dropping the rule alone leaves S1 with two for one place",
			func(c *model.County) { c.Rules.RuralFirst, c.Posts[1].Need = hard, 2 },
			model.Options{Pins: []model.Pin{{Teacher: "T5", Post: post("S1", "mathematics")}}},
			[]string{"drop the pin of T5 to S1/primary/mathematics", "rule rural-first: from 0 to at least 1 person"}},
		{"T2 and T3 due for rotation must both leave S1, where only one place in two is open to them",
			func(c *model.County) { c.Rules.Rotation = hard },
			model.Options{Pins: []model.Pin{{Teacher: "T6", Post: s2}}},
			[]string{"drop the pin of T6 to S2/primary/chinese", "rule rotation at school S1: from 2 to at most 1 person"}},
		{"a rule that no plan obeys is eased by itself",
			func(c *model.County) {
				c.Schools[1].Partner, c.Rules.Support, c.Rules.SupportTeachers = "S1", hard, 3
			}, model.Options{},
			[]string{"rule support at school S2: from 3 to at most 1 person"}},
	}
	for _, test := range tests {
		county := readTiny(t)
		if test.set != nil {
			test.set(county)
		}
		none := infeasible(t, county, test.options)
		var got []string
		for _, way := range none.Relaxations {
			if len(way.Changes) != 1 || !way.Proven || len(way.Levels) != 4 {
				t.Errorf("%s: got %+v, want one proven change and four levels", test.reason, way)
			}
			got = append(got, way.Changes[0].String())
		}
		slices.Sort(got)
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s: ways out (-want +got)\n%s", test.reason, diff)
		}
	}
}

// Severities has every rule that can be changed, once, in order.
func TestSeveritiesAreComplete(t *testing.T) {
	var rules []model.RuleID
	last := int64(0)
	for _, s := range allocation.Severities() {
		rules = append(rules, s.Rule)
		if s.Weight < last || s.Weight < 1 || s.Reason == "" {
			t.Errorf("%+v: want a weight of %d or more and a reason", s, max(1, last))
		}
		last = s.Weight
	}
	want := append(model.CrossRules(), model.RulePin, model.RuleBan)
	slices.Sort(rules)
	slices.Sort(want)
	if diff := cmp.Diff(want, rules); diff != "" {
		t.Errorf("rules (-want +got)\n%s", diff)
	}
}

// A diagnosis that has no time says what it does not know.
func TestStoppedDiagnosisSaysSo(t *testing.T) {
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	tests := []struct {
		reason string
		ctx    context.Context
		limit  time.Duration
	}{
		{"cancelled", cancelled, 0},
		{"the time is up before it begins", context.Background(), time.Nanosecond},
	}
	for _, test := range tests {
		o := model.Options{TimeLimit: test.limit, Pins: []model.Pin{{Teacher: "T1", Post: post("S2", "chinese")}}}
		_, err := allocation.Solve(test.ctx, readTiny(t), &o)
		var none *allocation.InfeasibleError
		if !errors.As(err, &none) {
			t.Errorf("%s: got %v, want the conflict that needs no search", test.reason, err)
			continue
		}
		if len(none.Conflicts) != 1 || none.Conflicts[0].Irreducible || !none.MoreConflicts || !none.MoreRelaxations || len(none.Relaxations) != 0 {
			t.Errorf("%s: got %+v, want one conflict, nothing proven, and more of both", test.reason, none)
		}
	}
}

// denier is a backend that finds no plan, ever.
type denier struct{ solver.Backend }

func (denier) Solve(context.Context, *solver.Programme, solver.Options) (*solver.Solution, error) {
	return nil, &solver.InfeasibleError{Vouched: "denier"}
}

// That there is no plan is not believed where a plan is found.
func TestBackendThatDeniesAPlanIsRefuted(t *testing.T) {
	planner := allocation.Planner{Backend: denier{}}
	_, err := planner.Solve(context.Background(), readTiny(t))
	var none *allocation.InfeasibleError
	if err == nil || errors.As(err, &none) || !strings.Contains(err.Error(), "native finds a plan") {
		t.Errorf("got %v, want an error that is no InfeasibleError", err)
	}
}

// The same county without a plan gives the same bytes.
func TestSameConflictSameBytes(t *testing.T) {
	county := generate(t, 150)
	county.Rules.Exchange, county.Rules.ExchangeShare, county.Rules.ExchangeScope = model.RuleSetting{Force: model.ForceHard}, 4000, model.ScopeSchool
	county.Rules.Outflow, county.Rules.OutflowShare = model.RuleSetting{Force: model.ForceHard}, 500
	before := county.Hash()
	var first []byte
	for range 3 {
		text, err := json.Marshal(infeasible(t, county, model.Options{}))
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = text
		}
		if diff := cmp.Diff(string(first), string(text)); diff != "" {
			t.Fatalf("(-first +later)\n%s", diff)
		}
	}
	if county.Hash() != before {
		t.Error("the diagnosis changed the county")
	}
}

func TestMembersAndChangesInWords(t *testing.T) {
	people := allocation.Amount{Value: 3, Unit: allocation.UnitPeople}
	tests := []struct{ reason, got, want string }{
		{"one person is no people", allocation.Amount{AtLeast: true, Value: 1, Unit: allocation.UnitPeople}.String(), "at least 1 person"},
		{"thousands are set apart", allocation.Amount{Value: 1_234_567, Unit: allocation.UnitPeople}.String(), "at most 1,234,567 people"},
		{"money is yuan a month", allocation.Amount{Value: 101_000_050, Unit: allocation.UnitFen}.String(), "at most 1,010,000.50 yuan a month"},
		{"small money has no comma", allocation.Amount{Value: 99_999, Unit: allocation.UnitFen}.String(), "at most 999.99 yuan a month"},
		{"a share is a percentage", allocation.Amount{AtLeast: true, Value: 1420, Unit: allocation.UnitShare}.String(), "at least 14.2%"},
		{"a condition names its school and stage",
			allocation.Member{Rule: model.RuleIndicatorArts, School: "S7", Stage: model.StageJunior, Asks: people}.String(),
			"rule indicator-arts at school S7 (junior) (at most 3 people)"},
		{"a couple has no amount", allocation.Member{Rule: model.RulePartners, Teacher: "T3"}.String(), "rule partners for the couple of T3"},
		{"and is parted", allocation.Change{Member: allocation.Member{Rule: model.RulePartners, Teacher: "T3"}}.String(),
			"rule partners: the couple of T3 may work apart"},
		{"a ceiling rises", allocation.Change{Member: allocation.Member{Rule: model.RuleOutflow, School: "S7", Asks: people}, To: 4}.String(),
			"rule outflow at school S7: from 3 to at least 4 people"},
	}
	for _, test := range tests {
		if test.got != test.want {
			t.Errorf("%s: got %q, want %q", test.reason, test.got, test.want)
		}
	}
}
