// Command record runs a season of a county from publication to taking effect, with the record in the program's own store, as an HR system would
// keep it in its database: an objection is upheld, the plan mended, approved, and all of it replayed.
package main

import (
	"context"
	"fmt"
	"io/fs"
	"log"
	"time"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/appeal"
	"github.com/xianguan/xianguan/allocation/record"
	"github.com/xianguan/xianguan/model/table"
)

// database is a record.Store: two tables, one keyed by number, one by hash.
type database struct {
	entries map[int][]byte
	objects map[string][]byte
}

func (d *database) Append(_ context.Context, number int, entry []byte) error {
	if _, taken := d.entries[number]; taken { // INSERT into a primary key
		return &record.ConflictError{Number: number}
	}
	d.entries[number] = entry
	return nil
}

func (d *database) Entry(_ context.Context, number int) ([]byte, error) {
	return found(d.entries, number)
}

func (d *database) Put(_ context.Context, hash string, content []byte) error {
	d.objects[hash] = content
	return nil
}

func (d *database) Object(_ context.Context, hash string) ([]byte, error) {
	return found(d.objects, hash)
}

func found[K comparable](in map[K][]byte, key K) ([]byte, error) {
	if content, there := in[key]; there {
		return content, nil
	}
	return nil, fs.ErrNotExist
}

func main() {
	ctx := context.Background()
	county, err := table.Read("../../testdata/tiny")
	check(err)
	plan, err := allocation.Solve(ctx, county, nil)
	check(err)

	store := &database{map[int][]byte{}, map[string][]byte{}}
	clock := func() time.Time { return time.Date(2026, 7, 1, 8, 0, 0, 0, time.UTC) }
	season, err := record.Open(ctx, store, clock)
	check(err)
	check(season.Begin(ctx, county, plan, 20260701))
	check(season.Publish(ctx, record.Publication{Day: 20260701, Until: 20260708}))

	id, err := season.Appeal(ctx, appeal.Appeal{Day: 20260702, Teacher: "T2", Ground: appeal.GroundExemption, Evidence: "医2026-3"})
	check(err)
	check(season.Decide(ctx, appeal.Decision{Appeal: id, Day: 20260709, By: "教育局", Upheld: true, Reason: "属实",
		Corrections: []appeal.Correction{{Teacher: "T2", Field: "exemption", Value: "illness"}}}))
	amendment, err := season.Amend(ctx, record.AmendOptions{Day: 20260710})
	check(err)
	for _, m := range amendment.Own {
		fmt.Println(m.Teacher, m.Published, "=>", m.To)
	}
	fmt.Println("others touched:", amendment.Others, "least:", amendment.Least, "proven:", amendment.Proven)

	check(season.Publish(ctx, record.Publication{Day: 20260713, Until: 20260720}))
	check(season.Finalize(ctx, record.Final{Day: 20260721, Approver: "县教育局党组会议"}))

	verified, err := record.Verify(ctx, store, record.VerifyOptions{Head: season.Head()})
	check(err)
	fmt.Println("whole:", verified.OK(), "entries:", verified.Entries, "plans made again:", verified.Replayed)

	store.entries[4][100] ^= 1 // somebody changes a byte of the appeal
	verified, err = record.Verify(ctx, store, record.VerifyOptions{Head: season.Head()})
	check(err)
	fmt.Println("whole:", verified.OK(), "entry:", verified.Faults[0].Entry, "byte:", verified.Faults[0].Offset)
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
