// Command xianguan-beam carries out the tasks of a sweep on Apache Beam: many counties under many scenarios, on one machine or on a cluster. It is a module of its
// own, so that whoever embeds Xianguan never sees Beam.
//
// It reads counties, a JSON file each, from a glob, plans each under every scenario, has the checker hold every plan against the rules, and writes to the folder of --out
//
//	results-000-of-001.parquet  a row for each county and scenario: indicators, and the result itself
//	totals.json                 the sums of each scenario over all counties
//	faults.json                 counties that could not be read or that a scenario does not fit
//
// A result is the same, byte for byte, as that which "xianguan sweep" keeps. With --kept it is kept in that folder under the hash of its task, and what is there
// already is not made again, whichever engine made it.
//
// # On this machine, with the embedded Prism runner
//
//	cd cmd/xianguan-beam
//	go run . --counties '/data/counties/*.json' --scenarios /data/sweep.yaml --out /data/beam
//
// # On Flink
//
// A cluster, the job server of Beam's Flink runner beside it, and the pipeline; testdata/flink/run.sh starts all of them on one machine from the packages of
// Maven. With LOOPBACK the process that starts the pipeline does the planning, which needs no containers and suits a test; with DOCKER the workers of the
// cluster do, from an image with the Go SDK's boot program, and counties and results must be where all of them reach them.
//
//	java -cp 'lib/*' org.apache.beam.runners.flink.FlinkJobServerDriver --flink-master=localhost:8081 --job-port=8099
//	go run . --runner=flink --endpoint=localhost:8099 --environment_type=LOOPBACK --parallelism=2 \
//	    --counties '/data/counties/*.json' --scenarios /data/sweep.yaml --out /data/beam
//	go run . --runner=flink --endpoint=jobserver:8099 --environment_type=DOCKER --environment_config=apache/beam_go_sdk:2.77.0 --parallelism=64 \
//	    --counties 'gs://BUCKET/counties/*.json' --scenarios /data/sweep.yaml --kept gs://BUCKET/results --out gs://BUCKET/beam
//
// # On Dataflow
//
// The scenarios are read where the pipeline starts; counties and results are in Cloud Storage. With --dry_run the job is shown and not submitted.
//
//	go run . --runner=dataflow --project=PROJECT --region=REGION --staging_location=gs://BUCKET/staging --temp_location=gs://BUCKET/temp \
//	    --sdk_container_image=apache/beam_go_sdk:2.77.0 --worker_machine_type=n2-standard-2 --number_of_worker_harness_threads=2 --max_num_workers=50 \
//	    --counties 'gs://BUCKET/counties/*.json' --scenarios sweep.yaml --kept gs://BUCKET/results --out gs://BUCKET/beam --job_name=xianguan-sweep
//
// # What was run
//
// Tests run Prism, and the translation of the Dataflow line, always; run.sh runs them on a Flink 1.19 cluster with LOOPBACK, whose files are those of Prism, byte for byte.
// The pipeline was never run on Dataflow, nor with DOCKER.
//
// Exit codes: 0 done, 2 bad input, also of one county (the others are done), 1 anything else.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/options/jobopts"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/x/beamx"

	"github.com/xianguan/xianguan/allocation/scenario"
)

// Exit codes, those of xianguan.
const (
	exitDone     = 0
	exitFault    = 1
	exitBadInput = 2
)

// options are what the pipeline is built from.
type options struct {
	counties  string // glob of JSON files
	scenarios string // file on this machine; "" is the counties as they are
	out       string
	kept      string
	parts     int
	chunk     int
	limit     time.Duration
}

func main() {
	o := newOptions()
	flag.Parse()
	beam.Init() // on a worker of a cluster this serves, and does not come back
	os.Exit(report(os.Stderr, run(context.Background(), o)))
}

// newOptions makes options that flags set, beside those of Beam and its runners.
func newOptions() *options {
	o := &options{}
	flag.StringVar(&o.counties, "counties", "", "glob of counties, a JSON file each")
	flag.StringVar(&o.scenarios, "scenarios", "", "file of scenarios, YAML or JSON (default: the counties as they are)")
	flag.StringVar(&o.out, "out", "", "folder to write to")
	flag.StringVar(&o.kept, "kept", "", "folder in which results are kept, so that none is made again")
	flag.IntVar(&o.parts, "parts", 1, "Parquet files to write")
	flag.IntVar(&o.chunk, "chunk", 8, "scenarios of a county that are planned one after the other, for each time that it is read")
	flag.DurationVar(&o.limit, "time-limit", 0, "of each plan (default: none, which alone makes results the same on every machine)")
	return o
}

// inputError marks what the caller gave as wrong.
type inputError struct{ error }

func (e inputError) Unwrap() error { return e.error }

// report prints an error and gives its exit code.
func report(stderr io.Writer, err error) int {
	if err == nil {
		return exitDone
	}
	fmt.Fprintln(stderr, "xianguan-beam:", err)
	if input := (inputError{}); errors.As(err, &input) {
		return exitBadInput
	}
	return exitFault
}

// run builds the pipeline, runs it on the runner that the flags name, and says which counties had faults.
func run(ctx context.Context, o *options) error {
	if o.counties == "" || o.out == "" || o.parts < 1 || o.chunk < 1 || o.limit < 0 {
		return inputError{errors.New("want --counties GLOB and --out FOLDER; --parts and --chunk 1 or more, --time-limit 0 or more")}
	}
	scenarios, err := readScenarios(o.scenarios)
	if err != nil {
		return inputError{err}
	}
	pipeline, err := newPipeline(o, scenarios)
	if err != nil {
		return err
	}
	if err := beamx.Run(ctx, pipeline); err != nil || !awaited() {
		return err
	}
	return faultsOf(ctx, o.out)
}

// awaited reports whether the pipeline is at its end when the runner comes back: not where it was only submitted, or only shown.
func awaited() bool {
	shown := flag.Lookup("dry_run")
	return !*jobopts.Async && (shown == nil || shown.Value.String() != "true")
}

// readScenarios reads the scenarios; none are the counties as they are.
func readScenarios(path string) ([]scenario.Scenario, error) {
	set := &scenario.File{}
	if path != "" {
		file, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		defer file.Close()
		if set, err = scenario.ReadFile(file, path); err != nil {
			return nil, err
		}
	}
	return set.Expand()
}
