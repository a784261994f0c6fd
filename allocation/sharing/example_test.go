package sharing_test

import (
	"context"
	"fmt"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/sharing"
	"github.com/xianguan/xianguan/model/table"
)

// Periods that whole posts leave open, and what is left of them when classes join lessons of the town school.
func ExampleShare() {
	county, err := table.Read("../../testdata/tiny")
	if err != nil {
		fmt.Println(err)
		return
	}
	plan, err := allocation.Solve(context.Background(), county, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	result, err := sharing.Share(context.Background(), county, plan, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("missing alone: %s periods a week\n", result.Alone)
	for _, level := range result.Levels {
		fmt.Printf("%s: %d, proven %v\n", level.Name, level.Value, level.Proven)
	}
	remedy := result.Missing[0]
	fmt.Printf("%s lacks %s periods: %s, at %s, for %s yuan a month\n", remedy.PostID, remedy.Periods, remedy.Means, remedy.Host, remedy.Monthly)
	// Output:
	// missing alone: 84 periods a week
	// missing: 320, proven true
	// network: 520, proven true
	// metres: 0, proven true
	// S1/primary/chinese lacks 8 periods: host, at S2, for 620.00 yuan a month
}
