package allocation_test

import (
	"slices"
	"testing"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/check"
	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/table"
)

// The terms of a county say what Solve works with: a plan's cost and vacancies add up from them, and everybody's post is among their choices.
func TestStateAgreesWithThePlan(t *testing.T) {
	c, err := table.Read("../testdata/zhangwu")
	if err != nil {
		t.Fatal(err)
	}
	terms, err := allocation.State(c, nil)
	if err != nil {
		t.Fatal(err)
	}
	plan, err := allocation.Solve(t.Context(), c, nil)
	if err != nil {
		t.Fatal(err)
	}
	to := map[model.TeacherID]model.PostID{}
	for _, a := range plan.Assignments {
		to[a.Teacher] = a.To
	}
	var cost model.Cost
	short, bySchool := int64(0), make([]int, len(terms.Schools))
	for _, p := range terms.People {
		post := to[p.ID]
		if post.IsZero() {
			if !p.MayBeOut {
				t.Errorf("%s has no post and must have one", p.ID)
			}
			continue
		}
		at := slices.IndexFunc(p.Choices, func(x allocation.Choice) bool { return terms.Posts[x.Post].ID == post })
		if at < 0 {
			t.Fatalf("%s: %s is not among the choices", p.ID, post)
		}
		cost = cost.Add(p.Choices[at].Cost)
	}
	for i, p := range plan.Posts {
		if terms.Posts[i].ID != p.PostID || terms.Posts[i].Need != p.Need || p.Filled > terms.Posts[i].Capacity {
			t.Fatalf("post %s: %+v", p.PostID, terms.Posts[i])
		}
		for k := range p.Short() {
			short += terms.Posts[i].Vacancy[k]
		}
		bySchool[terms.Posts[i].School] += p.Short()
	}
	for s, n := range bySchool {
		for k := range n {
			short += terms.Schools[s].Vacancy[k]
		}
	}
	if cost != plan.Cost || short != plan.Levels[0].Objective {
		t.Errorf("cost %v and shortage %d, the plan has %v and %d", cost, short, plan.Cost, plan.Levels[0].Objective)
	}
}

// Prices steer: without any the proposal is as good as the plan, and a price above every vacancy keeps people out of a post, or draws one there.
func TestAssignPriced(t *testing.T) {
	c, err := table.Read("../testdata/tiny")
	if err != nil {
		t.Fatal(err)
	}
	plan, err := allocation.Solve(t.Context(), c, nil)
	if err != nil {
		t.Fatal(err)
	}
	assign := func(prices ...allocation.Price) map[model.TeacherID]model.PostID {
		pins, err := allocation.AssignPriced(t.Context(), c, nil, prices)
		if err != nil {
			t.Fatal(err)
		}
		to := map[model.TeacherID]model.PostID{}
		for _, pin := range pins {
			to[pin.Teacher] = pin.Post
		}
		return to
	}
	levels, violations := check.Evaluate(c, model.Options{}, assign())
	for k, l := range plan.Levels {
		if len(violations) > 0 || levels[k] != l.Objective {
			t.Errorf("without prices %s is %d, the plan has %d; %v", l.Name, levels[k], l.Objective, violations)
		}
	}
	post := model.PostID{School: "S3", Stage: model.StagePrimary, Subject: "mathematics"}
	if got := assign(allocation.Price{Teacher: "T5", Post: post, Points: 1_000_000}); got["T5"] == post {
		t.Error("T5 takes a post at any price")
	}
	if got := assign(allocation.Price{Teacher: "T5", Points: -1_000_000}, allocation.Price{Teacher: "nobody", Points: 1}, allocation.Price{Teacher: "T5", Post: model.PostID{School: "S9"}, Points: 1}); !got["T5"].IsZero() {
		t.Errorf("T5 takes %s and not the price for waiting", got["T5"])
	}
}
