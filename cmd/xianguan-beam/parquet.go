package main

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"hash/fnv"
	"slices"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"
	"github.com/parquet-go/parquet-go"

	"github.com/xianguan/xianguan/allocation/scenario"
)

func init() {
	register.DoFn1x2[planned, int, planned](&partFn{})
	register.DoFn3x1[context.Context, int, func(*planned) bool, error](&parquetFn{})
	register.Iter1[planned]()
}

// row is a result in a Parquet file. Shares are basis points, money is fen a month.
type row struct {
	County       string  `parquet:"county"`
	Name         string  `parquet:"name"`
	Scenario     string  `parquet:"scenario"`
	Task         string  `parquet:"task"`
	Plan         string  `parquet:"plan_hash"`
	Refused      string  `parquet:"refused"`
	Synthetic    bool    `parquet:"synthetic"`
	Proven       bool    `parquet:"proven"`
	Schools      int64   `parquet:"schools"`
	People       int64   `parquet:"people"`
	Need         int64   `parquet:"need"`
	Filled       int64   `parquet:"filled"`
	Vacant       int64   `parquet:"vacant"`
	VacantBefore int64   `parquet:"vacant_before"`
	Fill         int64   `parquet:"fill_bp"`
	RuralFill    int64   `parquet:"rural_fill_bp"`
	LeastFill    int64   `parquet:"least_fill_bp"`
	Unplaced     int64   `parquet:"unplaced"`
	Moved        int64   `parquet:"moved"`
	Compelled    int64   `parquet:"compelled"`
	Over         int64   `parquet:"over"`
	Shortage     int64   `parquet:"shortage"`
	Soft         int64   `parquet:"soft"`
	Cost         int64   `parquet:"cost_fen"`
	Subsidy      int64   `parquet:"subsidy_fen"`
	Gini         float64 `parquet:"gini"`
	Result       []byte  `parquet:"result"` // whole, as it is kept
}

func rowOf(p *planned) (*row, error) {
	r, err := scenario.Decode(p.Text)
	if err != nil {
		return nil, err
	}
	i := &r.Indicators
	return &row{string(r.County.ID), r.County.Name, r.Scenario.Name, r.Task, r.Plan, r.Refused, r.County.Synthetic, i.Proven,
		int64(i.Schools), int64(i.People), int64(i.Need), int64(i.Filled), int64(i.Vacant), int64(i.VacantBefore), int64(i.Fill), int64(i.RuralFill), int64(i.LeastFill),
		int64(i.Unplaced), int64(i.Moved), int64(i.Compelled), int64(i.Over), i.Shortage, i.Soft, int64(i.Cost), int64(i.Subsidy), i.After.Gini, p.Text}, nil
}

// writeParquet writes results to Parquet files, each county in one of them, in order of county and scenario; so the files are the same
// bytes however the work was divided.
func writeParquet(s beam.Scope, out string, parts int, results beam.PCollection) {
	beam.ParDo0(s, &parquetFn{Out: out, Parts: parts}, beam.GroupByKey(s, beam.ParDo(s, &partFn{parts}, results)))
}

// partFn says in which file a county stands.
type partFn struct{ Parts int }

// ProcessElement gives the file of a result.
func (f *partFn) ProcessElement(p planned) (int, planned) {
	h := fnv.New32a()
	h.Write([]byte(p.County)) // never fails
	return int(h.Sum32() % uint32(f.Parts)), p
}

// parquetFn writes a file. It holds the results of the file.
type parquetFn struct {
	Out   string
	Parts int
}

// ProcessElement writes the results of one file.
func (f *parquetFn) ProcessElement(ctx context.Context, part int, next func(*planned) bool) error {
	var all []planned
	for p := (planned{}); next(&p); p = (planned{}) {
		all = append(all, p)
	}
	slices.SortFunc(all, func(a, b planned) int {
		return cmp.Or(cmp.Compare(a.County, b.County), cmp.Compare(a.Scenario, b.Scenario), bytes.Compare(a.Text, b.Text))
	})
	var content bytes.Buffer
	writer := parquet.NewGenericWriter[row](&content, parquet.Compression(&parquet.Zstd))
	for i := range all {
		r, err := rowOf(&all[i])
		if err != nil {
			return err
		}
		if _, err := writer.Write([]row{*r}); err != nil {
			return err
		}
	}
	if err := writer.Close(); err != nil {
		return err
	}
	return writeFile(ctx, join(f.Out, fmt.Sprintf("results-%03d-of-%03d.parquet", part, f.Parts)), content.Bytes())
}
