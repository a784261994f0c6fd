package scenario_test

import (
	"context"
	"fmt"

	"github.com/xianguan/xianguan/allocation/scenario"
	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/synthetic"
)

// made is a county that is made when a worker takes a task of it; a file that is read would do the same.
type made struct{ seed uint64 }

func (m made) String() string { return fmt.Sprint("county ", m.seed) }

func (m made) County() (*model.County, error) {
	return synthetic.Generate(synthetic.Options{Teachers: 200, Seed: m.seed})
}

// Ten counties under two scenarios, on two machines that know nothing of each other: any division of the tasks gives the same results, so their sums are
// those of one machine.
func ExampleShard() {
	var tasks []scenario.Task
	for seed := range uint64(10) {
		for _, s := range []scenario.Scenario{{Name: "as it is"}, {Name: "rotation after 4 years", Policy: map[string]string{"rotation.years": "4"}}} {
			tasks = append(tasks, scenario.Task{Source: made{seed + 1}, Scenario: s})
		}
	}
	var results []scenario.Result
	for index := range 2 {
		var engine scenario.Executor = &scenario.Local{Workers: 2} // with a Folder, what was done before is not done again
		first, end := scenario.Shard{Index: index, Count: 2}.Of(len(tasks))
		part, err := engine.Run(context.Background(), tasks[first:end])
		if err != nil {
			fmt.Println(err)
			return
		}
		results = append(results, part...)
	}
	for _, t := range scenario.Totals(results) {
		fmt.Printf("%s: %d counties, %d people, %d vacancies before and %d after, %d plans proven\n", t.Scenario, t.Counties, t.People, t.VacantBefore, t.Vacant, t.Proven)
	}
	// Output:
	// as it is: 10 counties, 2000 people, 233 vacancies before and 110 after, 10 plans proven
	// rotation after 4 years: 10 counties, 2000 people, 233 vacancies before and 98 after, 10 plans proven
}
