// Command replan plans a county, lets a teacher leave, and plans again with the fewest changes to what was
// published: who changes, and why.
package main

import (
	"context"
	"fmt"
	"log"
	"slices"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/table"
)

func main() {
	county, err := table.Read("../../testdata/tiny")
	if err != nil {
		log.Fatal(err)
	}
	ctx := context.Background()
	published, err := allocation.Solve(ctx, county, nil)
	if err != nil {
		log.Fatal(err)
	}
	left := func(t model.Teacher) bool { return t.ID == "T6" }
	county.Teachers = slices.DeleteFunc(county.Teachers, left)

	_, changes, err := allocation.Replan(ctx, county, published, nil)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(changes.Count, "change,", len(changes.Kept), "keep the published post")
	for _, m := range changes.Changed {
		fmt.Println(m.Teacher, m.Published, "=>", m.To, m.Reason, m.By)
	}
	for _, chain := range changes.Chains {
		fmt.Println("without:", chain.Level, chain.Worse, "higher")
	}
}
