package record_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/appeal"
	"github.com/xianguan/xianguan/allocation/record"
	"github.com/xianguan/xianguan/model/table"
)

// A season in a folder: published, objected to, dismissed, final. Another program reads it back from where it ends.
func Example() {
	ctx := context.Background()
	check := func(err error) {
		if err != nil {
			log.Fatal(err)
		}
	}
	county, err := table.Read("../../testdata/tiny")
	check(err)
	plan, err := allocation.Solve(ctx, county, nil)
	check(err)
	path, err := os.MkdirTemp("", "season")
	check(err)
	defer os.RemoveAll(path)
	path = filepath.Join(path, "record")
	folder, err := record.CreateFolder(path)
	check(err)
	season, err := record.Open(ctx, folder, nil)
	check(err)
	check(season.Begin(ctx, county, plan, 20260701))
	check(season.Publish(ctx, record.Publication{Day: 20260701, Until: 20260708}))
	id, err := season.Appeal(ctx, appeal.Appeal{Day: 20260703, Teacher: "T2", Ground: appeal.GroundPost})
	check(err)
	_, err = season.Appeal(ctx, appeal.Appeal{Day: 20260709, Teacher: "T3", Ground: appeal.GroundPost})
	fmt.Println(err)
	check(season.Decide(ctx, appeal.Decision{Appeal: id, Day: 20260709, By: "教育局", Reason: "轮岗到期"}))
	check(folder.Close())

	reader, err := record.ReadFolder(path)
	check(err)
	again, err := record.Open(ctx, reader, nil)
	check(err)
	for _, c := range again.Cases {
		fmt.Println(c.Appeal.ID, c.Appeal.Teacher, c.Appeal.Ground.Chinese(), "upheld:", c.Decision.Upheld)
	}
	verified, err := record.Verify(ctx, reader, record.VerifyOptions{})
	check(err)
	fmt.Println(verified.Entries, "entries, whole:", verified.OK())
	// Output:
	// appeal A002: came in on 2026-07-09; objections were open until 2026-07-08; take it all the same with a reason, or leave it
	// A001 T2 对岗位安排有异议 upheld: false
	// 5 entries, whole: true
}
