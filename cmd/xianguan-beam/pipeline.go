package main

import (
	"encoding/json"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/fileio"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"

	"github.com/xianguan/xianguan/allocation/scenario"
)

func init() {
	register.DoFn2x0[fileio.ReadableFile, func(span)](&spanFn{})
	register.Emitter1[span]()
}

// newPipeline builds the pipeline:
//
//	glob → files → spans (a county and some of its scenarios) → plans → results ─┬→ Parquet
//	                                                              └ faults → JSON └→ sums by scenario → JSON
func newPipeline(o *options, scenarios []scenario.Scenario) (*beam.Pipeline, error) {
	text, err := json.Marshal(scenarios)
	if err != nil {
		return nil, err
	}
	p, s := beam.NewPipelineWithRoot()
	files := fileio.ReadMatches(s, fileio.MatchFiles(s, o.counties, fileio.MatchEmptyDisallow()), fileio.ReadUncompressed())
	spans := beam.Reshuffle(s, beam.ParDo(s, &spanFn{Scenarios: len(scenarios), Chunk: o.chunk}, files))
	planned, faults := beam.ParDo2(s.Scope("plan"), &planFn{Scenarios: text, TimeLimit: o.limit, Kept: o.kept}, spans)
	writeParquet(s.Scope("parquet"), o.out, o.parts, planned)
	writeTotals(s.Scope("totals"), o.out, planned)
	writeFaults(s.Scope("faults"), o.out, faults)
	return p, nil
}

// span is a county with some of its scenarios, which are planned one after the other: from First to before End.
type span struct {
	Path       string
	First, End int
}

// spanFn divides the scenarios of each county into spans.
type spanFn struct{ Scenarios, Chunk int }

// ProcessElement gives the spans of a county.
func (f *spanFn) ProcessElement(file fileio.ReadableFile, emit func(span)) {
	for first := 0; first < f.Scenarios; first += f.Chunk {
		emit(span{file.Metadata.Path, first, min(first+f.Chunk, f.Scenarios)})
	}
}
