package bench

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/synthetic"
)

var some = Instance{Landscape: synthetic.Plain, Teachers: 100, Seed: 1, Rules: AllRules, Tightness: 5000,
	Hard: []string{"housing.force", "outflow.force"}, Budget: 123400}

// result is a result with the objective and the bound of each level.
func result(backend string, objective, bound [4]int64) Result {
	r := Result{Cell: Cell{Instance: some, Backend: backend, Gap: 1e-4}, County: "c", Stop: "time"}
	conditional := false
	for k, name := range levels {
		l := model.PlanLevel{Name: name, Objective: objective[k], Bound: bound[k], Proven: objective[k] == bound[k], Conditional: conditional}
		l.Gap = float64(l.Objective-l.Bound) / max(1, float64(l.Objective))
		conditional = conditional || !l.Proven
		r.Levels = append(r.Levels, l)
	}
	return r
}

func TestCheck(t *testing.T) {
	known := Book{{Instance: some, County: "c", Objective: []int64{100, 2, 50, 100_000}, Bound: []int64{100, 2, 50, 99_000},
		FoundBy: []string{"highs"}, ProvedBy: []string{"native"}}}
	other := result("native", [4]int64{100, 2, 50, 100_000}, [4]int64{100, 2, 50, 100_000})
	other.County = "d"
	wide := result("native", [4]int64{104, 9, 99, 300_000}, [4]int64{100, 9, 99, 300_000})
	wide.Gap = 0.05
	failed := Result{Cell: Cell{Instance: some, Backend: "highs"}, Stop: stopFailed, Failure: "it crashed"}
	planless := Result{Cell: Cell{Instance: some, Backend: "highs"}, County: "c", Stop: "time"}
	elsewhere := result("native", [4]int64{900, 2, 50, 0}, [4]int64{1, 2, 50, 0})
	elsewhere.Instance.Seed = 2
	for _, test := range []struct {
		reason string
		r      Result
		level  string
		want   string // part of the fault; "" is none
	}{
		{"the same, proven", result("native", [4]int64{100, 2, 50, 100_000}, [4]int64{100, 2, 50, 100_000}), "", ""},
		{"better at the last level", result("native", [4]int64{100, 2, 50, 99_500}, [4]int64{100, 2, 50, 99_000}), "", ""},
		{"better at a level that was not proven would contradict its bound", result("native", [4]int64{100, 1, 50, 0}, [4]int64{100, 1, 50, 0}), "unplaced", "the bound 2 is known"},
		{"worse at the last level within the gap asked for", result("native", [4]int64{100, 2, 50, 100_010}, [4]int64{100, 2, 50, 100_000}), "", ""},
		{"worse at the last level beyond it", result("native", [4]int64{100, 2, 50, 100_011}, [4]int64{100, 2, 50, 99_000}), "cost", "worse than the best known 100000"},
		{"worse at a level before, within the gap asked for", wide, "", ""},
		{"worse at a level before, though out of time", result("native", [4]int64{100, 3, 10, 5}, [4]int64{100, 0, 0, 0}), "unplaced", "worse than the best known 2"},
		{"a bound above a known plan", result("native", [4]int64{101, 2, 50, 0}, [4]int64{101, 0, 0, 0}), "shortage", "its bound is 101, but a plan with 100"},
		{"a bound above a known plan at the last level", result("native", [4]int64{100, 2, 50, 100_005}, [4]int64{100, 2, 50, 100_001}), "cost", "one of them is wrong"},
		{"a plan below a known bound at the last level", result("native", [4]int64{100, 2, 50, 98_999}, [4]int64{100, 2, 50, 98_999}), "cost", "the bound 99000 is known"},
		{"bounds after a level that is not proven mean nothing", result("native", [4]int64{100, 2, 50, 100_000}, [4]int64{90, 7, 70, 200_000}), "", ""},
		{"another county", other, "", "the best known is of c"},
		{"a failed cell", failed, "", "it crashed"},
		{"no plan", planless, "shortage", "no plan (time)"},
		{"an instance that is not in the book", elsewhere, "", ""},
	} {
		err := known.Check([]Result{test.r})
		var fault *Fault
		switch {
		case test.want == "":
			if err != nil {
				t.Errorf("%s: %v", test.reason, err)
			}
		case !errors.As(err, &fault) || !strings.Contains(err.Error(), test.want) || fault.Level != test.level:
			t.Errorf("%s: %v, want a fault of level %q with %q", test.reason, err, test.level, test.want)
		}
	}
}

func TestImprove(t *testing.T) {
	for _, test := range []struct {
		reason  string
		results []Result
		want    Best
	}{
		{"a better plan, a better bound of another", []Result{
			result("native", [4]int64{100, 2, 60, 7}, [4]int64{100, 2, 40, 0}),
			result("highs", [4]int64{100, 2, 50, 900}, [4]int64{100, 2, 30, 0})},
			Best{Objective: []int64{100, 2, 50, 900}, Bound: []int64{100, 2, 40}, FoundBy: []string{"highs"}, ProvedBy: []string{"native"}}},
		{"two that agree", []Result{
			result("native", [4]int64{100, 2, 50, 9}, [4]int64{100, 2, 50, 9}),
			result("highs:2", [4]int64{100, 2, 50, 9}, [4]int64{100, 2, 50, 9})},
			Best{Objective: []int64{100, 2, 50, 9}, Bound: []int64{100, 2, 50, 9}, FoundBy: []string{"highs", "native"}, ProvedBy: []string{"highs", "native"}}},
		{"a bound that goes further down proves more", []Result{
			result("native", [4]int64{100, 2, 50, 9}, [4]int64{100, 2, 40, 0}),
			result("highs", [4]int64{100, 2, 50, 9}, [4]int64{100, 2, 50, 8})},
			Best{Objective: []int64{100, 2, 50, 9}, Bound: []int64{100, 2, 50, 8}, FoundBy: []string{"highs", "native"}, ProvedBy: []string{"highs"}}},
		{"a plan that meets the bound of another: nothing is known of the levels below", []Result{
			result("native", [4]int64{120, 0, 0, 0}, [4]int64{100, 0, 0, 0}),
			result("highs", [4]int64{100, 2, 50, 9}, [4]int64{90, 0, 0, 0})},
			Best{Objective: []int64{100, 2, 50, 9}, Bound: []int64{100}, FoundBy: []string{"highs"}, ProvedBy: []string{"native"}}},
	} {
		test.want.Instance, test.want.County = some, "c"
		for range 2 { // the order of results does not matter
			book, err := Book(nil).Improve(test.results)
			if diff := cmp.Diff(Book{test.want}, book); err != nil || diff != "" {
				t.Errorf("%s: %v (-want +got)\n%s", test.reason, err, diff)
			}
			slices.Reverse(test.results)
		}
	}
}

// What contradicts the book leaves it as it is.
func TestImproveContradiction(t *testing.T) {
	book, err := Book(nil).Improve([]Result{result("native", [4]int64{100, 2, 50, 9}, [4]int64{100, 2, 50, 9})})
	if err != nil {
		t.Fatal(err)
	}
	wrong := result("highs", [4]int64{100, 2, 49, 9}, [4]int64{100, 2, 49, 9})
	improved, err := book.Improve([]Result{wrong})
	var fault *Fault
	if diff := cmp.Diff(book, improved); diff != "" || !errors.As(err, &fault) {
		t.Errorf("%v; the book is another (-want +got)\n%s", err, diff)
	}
}

// Whatever honest results come in, in whatever order, the plan of the book never gets worse and its bound never weaker, and no
// honest result contradicts it.
func TestBookNeverGetsWorse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		optimum := [4]int64{}
		for k := range optimum {
			optimum[k] = rapid.Int64Range(1, 3).Draw(t, "optimum")
		}
		var book Book
		for range rapid.IntRange(1, 8).Draw(t, "results") {
			objective, bound := optimum, optimum
			if k := rapid.IntRange(0, 4).Draw(t, "proven"); k < 4 { // the plan leaves the optimum at level k or later
				bound[k] -= rapid.Int64Range(1, 2).Draw(t, "gap")
				for j := k; j < 4; j++ {
					objective[j] += rapid.Int64Range(0, 2).Draw(t, "excess")
					if j > k {
						bound[j] = rapid.Int64Range(-5, objective[j]).Draw(t, "bound that means nothing")
					}
				}
			}
			r := result("native", objective, bound)
			improved, err := book.Improve([]Result{r})
			if err != nil {
				t.Fatalf("optimum %v: objective %v, bound %v: %v", optimum, objective, bound, err)
			}
			now := improved[0]
			if slices.Compare(now.Objective, objective[:]) > 0 || slices.Compare(now.Bound, bestOf(&r).Bound) < 0 {
				t.Fatalf("objective %v and bound %v are not in %v, %v", objective, bound, now.Objective, now.Bound)
			}
			if len(book) > 0 && (slices.Compare(now.Objective, book[0].Objective) > 0 || slices.Compare(now.Bound, book[0].Bound) < 0) {
				t.Fatalf("%v, %v became %v, %v", book[0].Objective, book[0].Bound, now.Objective, now.Bound)
			}
			if now.contradiction(optimum[:]) >= 0 {
				t.Fatalf("the bound %v does not hold for the optimum %v", now.Bound, optimum)
			}
			book = improved
		}
	})
}

func TestBookRoundTrip(t *testing.T) {
	other := result("ortools", [4]int64{5, 0, 3, 9}, [4]int64{4, 0, 0, 0})
	other.Instance = Instance{Landscape: synthetic.Pastoral, Teachers: 50, Seed: 7, Rules: NoRules, Tightness: Loose}
	want, err := Book(nil).Improve([]Result{result("native", [4]int64{100, 2, 50, 9}, [4]int64{100, 2, 50, 9}), other})
	if err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(t.TempDir(), "new")
	if err := want.Write(folder); err != nil {
		t.Fatal(err)
	}
	got, err := ReadBook(folder)
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v (-written +read)\n%s", err, diff)
	}
	if got[0].Instance.Landscape != synthetic.Pastoral {
		t.Errorf("%s comes first, want the network alone before all rules", got[0].Instance)
	}
	if empty, err := ReadBook(t.TempDir()); err != nil || empty != nil {
		t.Errorf("a folder without a book has %v, %v", empty, err)
	}
}

func TestReadBookFaults(t *testing.T) {
	book := Book{{Instance: some, County: "c", Objective: []int64{100, 2, 50, 9}, Bound: []int64{100, 2, 40}, FoundBy: []string{"highs"}, ProvedBy: []string{"native"}}}
	good := strings.Join(book[0].fields(), ",")
	for _, test := range []struct{ reason, old, new, want string }{
		{"a landscape that there is not", "plain", "plian", `did you mean "plain"?`},
		{"rules that there are not", ",all,", ",some,", "set of rules"},
		{"a size that is no number", ",100,1,", ",lots,1,", `teachers "lots"`},
		{"a seed below 0", ",100,1,", ",100,-1,", `seed "-1"`},
		{"a tightness that is no percentage", "50%", "half", `tightness "half"`},
		{"a budget that is no amount", "1234.00", "a lot", `budget_yuan "a lot"`},
		{"an objective that is no number", ",9,", ",9.5,", `cost "9.5"`},
		{"a bound above the plan", "50,40", "50,60", "want a bound at most the objective"},
		{"a bound after a level that is not proven", "9,,highs", "9,9,highs", "none after it"},
		{"an instance twice", good, good + "\n" + good, "record 3: plain-100-1 all 50%: want each instance once"},
		{"another header", "proved_by", "proven", "want the header"},
		{"a field too few", ",native", "", "wrong number of fields"},
	} {
		folder := t.TempDir()
		text := strings.Join(bookHeader(), ",") + "\n" + good + "\n"
		broken := strings.Replace(text, test.old, test.new, 1)
		if broken == text {
			t.Fatalf("%s: the text %q is not there", test.reason, test.old)
		}
		if err := os.WriteFile(filepath.Join(folder, BookFile), []byte(broken), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := ReadBook(folder); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: error %v, want %q", test.reason, err, test.want)
		}
	}
}
