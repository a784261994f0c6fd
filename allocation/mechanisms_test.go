package allocation_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/matching"
	"github.com/xianguan/xianguan/model"
)

// On random counties the figures of every row follow from what the mechanism, the rounds or the plan says, and each
// mechanism keeps what it guarantees.
func TestMechanismsOnRandomCounties(t *testing.T) {
	if testing.Short() {
		t.Skip("many cases: the run without -short tries them")
	}
	const counties = 300
	seen := map[string]int{}
	for seed := range uint64(counties) {
		r := rand.New(rand.NewPCG(seed, 9))
		c, o := randomRounds(r)
		result, err := allocation.Mechanisms(context.Background(), c, allocation.MechanismsOptions{Seed: o.Seed, PerPost: seed%2 == 1})
		if err != nil {
			t.Fatalf("county %d: %v", seed, err)
		}
		rows := map[string]allocation.MechanismRow{}
		for _, row := range result.Rows {
			rows[row.Name] = row
			if row.Filled > result.Posts || row.Rural > min(row.Filled, result.RuralNeed) || row.Envy > row.Blocking || row.Surplus > result.People {
				t.Fatalf("county %d: %+v of %+v", seed, row, result)
			}
		}
		for _, m := range matching.Mechanisms() {
			row, found := rows[m.Name]
			if !found {
				continue
			}
			holdRow(t, seed, c, result, m, row)
			if row.Envy > 0 {
				seen[m.Name+" envy"]++
			}
			if row.WorseOff > 0 {
				seen[m.Name+" worse off"]++
			}
		}
		if p := rows[allocation.RowPresent]; p.Moved > 0 || p.WorseOff > 0 {
			t.Fatalf("county %d: everybody stays: %+v", seed, p)
		}
		if seed%2 == 0 { // one ranking for all posts: one serial dictatorship
			for _, name := range []string{"da-school", "ttc", "serial"} {
				row := rows[name]
				row.Name = "da"
				if diff := cmp.Diff(rows["da"], row); diff != "" {
					t.Fatalf("county %d: %s is not da\n%s", seed, name, diff)
				}
			}
		}
		holdOthers(t, seed, c, o.Seed, rows)
	}
	t.Logf("%d counties had %v", counties, seen)
	for _, what := range []string{"da worse off", "ttc-present envy", "da-present envy", "to-be envy"} {
		if seen[what] < 5 {
			t.Errorf("%q was seen %d times, want 5 at least", what, seen[what])
		}
	}
}

// holdRow holds the row of a mechanism to its guarantees, and to another run on the market of the result.
func holdRow(t *testing.T, seed uint64, c *model.County, result *allocation.MechanismsResult, m matching.Mechanism, row allocation.MechanismRow) {
	t.Helper()
	g := m.Guarantees
	if (g.Stable && row.Blocking > 0) || (g.Envyless && row.Envy > 0) || (g.KeepsPeople && row.WorseOff > 0) {
		t.Fatalf("county %d: %s does not keep its word: %+v", seed, m.Name, row)
	}
	if m.Name == "serial" || m.Name == "multistage" || m.Name == "ttcc" {
		return // they have an order of their own
	}
	problem, err := matching.NewProblem(result.Market, matching.Lottery{Seed: result.Options.Seed, PerSchool: result.Options.PerPost})
	if err != nil {
		t.Fatal(err)
	}
	again, err := m.Run(problem, matching.Options{}, nil)
	if err != nil {
		return
	}
	ranks := matching.RankDistribution(problem, again)
	pairs := problem.Pairs(again)
	need := map[string]int{}
	for _, p := range allocation.Demand(c).Posts {
		need[p.String()] = p.Need
	}
	moved := 0
	for i, pair := range pairs {
		if pair.School != "" && pair.School != result.Market.Applicants[i].Present {
			moved++
		}
	}
	if ranks.Mean != row.Rank || moved != row.Moved || len(matching.WorseOff(problem, again)) != row.WorseOff || row.OffList > 0 {
		t.Fatalf("county %d: %s gives mean rank %v, %d moves, %d worse off; the row is %+v", seed, m.Name, ranks.Mean, moved, len(matching.WorseOff(problem, again)), row)
	}
}

// holdOthers holds the rows of the rounds and the plan to what these say themselves.
func holdOthers(t *testing.T, seed uint64, c *model.County, lottery uint64, rows map[string]allocation.MechanismRow) {
	t.Helper()
	plan, err := allocation.Solve(context.Background(), c, &model.Options{Seed: lottery})
	if err != nil {
		t.Fatal(err)
	}
	row := rows[allocation.RowPlan]
	if l := plan.Ledger; row.Filled != l.Filled || row.Surplus != l.Unplaced || row.Moved != l.Moved || row.Cost != plan.Cost.Total() {
		t.Fatalf("county %d: the plan has %+v and costs %s, its row is %+v", seed, l, plan.Cost.Total(), row)
	}
	rounds, err := allocation.Rounds(context.Background(), c, allocation.RoundsOptions{Seed: lottery})
	if err != nil {
		t.Fatal(err)
	}
	last := rounds.Steps[len(rounds.Steps)-1].Ledger
	if row = rows[allocation.RowRounds]; row.Filled != last.Filled || row.Surplus != last.Surplus {
		t.Fatalf("county %d: the rounds end with %+v, their row is %+v", seed, last, row)
	}
}

// Ours, by hand. an (20 points) at hill and bo (10) at lake want each other's post; chen (30) has none and wants hill.
// There is no free place. Unprotected, chen takes hill and an takes lake, where an outranks bo, who is left without.
// Protected, nobody can come: chen envies an at hill, and an envies bo at lake.
func TestMechanismsByHand(t *testing.T) {
	c := readTiny(t)
	hill, lake := model.PostID{School: "S2", Stage: model.StagePrimary, Subject: "chinese"}, model.PostID{School: "S3", Stage: model.StagePrimary, Subject: "chinese"}
	c.Posts = []model.ApprovedPost{{PostID: hill, Need: 1}, {PostID: lake, Need: 1}}
	person := func(id model.TeacherID, school model.SchoolID, points int, wants model.SchoolID) model.Teacher {
		return model.Teacher{ID: id, School: school, Stages: []model.Stage{model.StagePrimary}, Main: "chinese", Degree: model.DegreeBachelor,
			Born: 19900101, Points: points, Volunteer: school != "", Preferences: []model.SchoolID{wants}}
	}
	chen := person("chen", "", 30, "S2")
	chen.Pool = model.PoolRecruit
	c.Teachers = []model.Teacher{person("an", "S2", 20, "S3"), person("bo", "S3", 10, "S2"), chen}
	for i := range c.Schools {
		c.Schools[i].Language = ""
		c.Schools[i].Rural = c.Schools[i].ID == "S3"
		c.Schools[i].Town = false
	}
	result, err := allocation.Mechanisms(t.Context(), c, allocation.MechanismsOptions{})
	if err != nil {
		t.Fatal(err)
	}
	type figures struct{ Filled, Surplus, Blocking, Envy, WorseOff, Moved, Rural int }
	want := map[string]figures{
		allocation.RowPresent: {2, 1, 2, 2, 0, 0, 1},
		"da":                  {2, 1, 0, 0, 1, 2, 1},
		"da-present":          {2, 1, 2, 2, 0, 0, 1},
		"ttc-present":         {2, 1, 1, 1, 0, 2, 1}, // an and bo trade; chen envies bo at hill
		"to-be":               {2, 1, 2, 2, 0, 0, 1}, // hill ranks bo below an, so they may not trade
	}
	for _, row := range result.Rows {
		if w, asked := want[row.Name]; asked {
			if diff := cmp.Diff(w, figures{row.Filled, row.Surplus, row.Blocking, row.Envy, row.WorseOff, row.Moved, row.Rural}); diff != "" {
				t.Errorf("%s (-want +got)\n%s", row.Name, diff)
			}
			delete(want, row.Name)
		}
	}
	if len(want) > 0 || result.Taking != 3 || result.RuralNeed != 1 {
		t.Errorf("rows missing: %v; %+v", want, result)
	}
}

func TestMechanismsErrors(t *testing.T) {
	broken := readTiny(t)
	broken.Teachers[0].School = "S9"
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := allocation.Mechanisms(t.Context(), broken, allocation.MechanismsOptions{}); len(model.FieldErrors(err)) != 1 {
		t.Errorf("a county that is not valid: %v", err)
	}
	faults := model.FieldErrors(func() error {
		_, err := allocation.Mechanisms(t.Context(), readTiny(t), allocation.MechanismsOptions{TimeLimit: -1, Workers: -1})
		return err
	}())
	if len(faults) != 2 {
		t.Errorf("options that are not valid: %v", faults)
	}
	var stopped *allocation.StoppedError
	if _, err := allocation.Mechanisms(cancelled, readTiny(t), allocation.MechanismsOptions{}); !errors.As(err, &stopped) {
		t.Errorf("cancelled: %v, want a *StoppedError", err)
	}
}
