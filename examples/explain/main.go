// Command explain asks why a county is planned as it is.
package main

import (
	"context"
	"fmt"
	"log"

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
	plan, err := allocation.Solve(ctx, county, nil)
	if err != nil {
		log.Fatal(err)
	}
	explainer, err := allocation.NewExplainer(ctx, county, plan, nil) // once for all questions
	if err != nil {
		log.Fatal(err)
	}

	// T6 lives far from S4: the county pays more, and T2 gives way.
	answer, err := explainer.WhyNot(ctx, "T6", model.PostID{School: "S4", Stage: model.StagePrimary, Subject: "chinese"})
	if err != nil {
		log.Fatal(err)
	}
	for _, extra := range answer.Extra {
		fmt.Println("extra", extra.Level, extra.High)
	}
	for _, change := range answer.Changes {
		fmt.Println(change.Teacher, "to", change.To, "instead of", change.From)
	}

	// T4 may not be moved at all.
	answer, err = explainer.WhyNot(ctx, "T4", model.PostID{School: "S3", Stage: model.StagePrimary, Subject: "mathematics"})
	if err != nil {
		log.Fatal(err)
	}
	for _, f := range answer.Forbidden {
		fmt.Println("T4 is kept from S3 by the rule", f.Rule)
	}

	school, err := explainer.School(ctx, "S4")
	if err != nil {
		log.Fatal(err)
	}
	for _, post := range school.Empty {
		fmt.Println(post.Post, "stays empty:", post.Reason)
	}
}
