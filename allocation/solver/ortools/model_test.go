package ortools

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/encoding/protowire"

	"github.com/xianguan/xianguan/allocation/solver"
)

// read prints a CpModelProto, one variable or constraint a line, by the field numbers of cp_model.proto as they are
// there, without those of the encoder.
func read(t *testing.T, b []byte) string {
	t.Helper()
	var out strings.Builder
	each(t, b, func(number protowire.Number, value []byte) {
		switch number {
		case 2:
			each(t, value, func(_ protowire.Number, domain []byte) { fmt.Fprintln(&out, "variable", unpack(t, domain)) })
		case 3:
			each(t, value, func(kind protowire.Number, inner []byte) {
				fmt.Fprint(&out, map[protowire.Number]string{12: "linear", 29: "exactly one"}[kind])
				each(t, inner, func(_ protowire.Number, packed []byte) { fmt.Fprint(&out, " ", unpack(t, packed)) })
				fmt.Fprintln(&out)
			})
		case 4:
			fmt.Fprint(&out, "minimise")
			each(t, value, func(_ protowire.Number, packed []byte) { fmt.Fprint(&out, " ", unpack(t, packed)) })
			fmt.Fprintln(&out)
		}
	})
	return out.String()
}

// each visits the fields of a message that are messages, strings or packed.
func each(t *testing.T, b []byte, visit func(protowire.Number, []byte)) {
	t.Helper()
	for len(b) > 0 {
		number, kind, n := protowire.ConsumeTag(b)
		if n < 0 {
			t.Fatal(protowire.ParseError(n))
		}
		b = b[n:]
		if n = protowire.ConsumeFieldValue(number, kind, b); n < 0 {
			t.Fatal(protowire.ParseError(n))
		}
		if kind == protowire.BytesType {
			value, _ := protowire.ConsumeBytes(b)
			visit(number, value)
		}
		b = b[n:]
	}
}

func unpack(t *testing.T, packed []byte) []int64 {
	t.Helper()
	var values []int64
	for len(packed) > 0 {
		x, n := protowire.ConsumeVarint(packed)
		if n < 0 {
			t.Fatal(protowire.ParseError(n))
		}
		values = append(values, int64(x))
		packed = packed[n:]
	}
	return values
}

// sample has a teacher at node 0 with three ways, a post at node 1 that passes flow on, a self-loop, an arc without
// capacity, a column and two rows.
func sample() *solver.Programme {
	return &solver.Programme{
		Supply:  []int64{1, 0, -1},
		Tail:    []int32{0, 0, 0, 1, 1, 0},
		Head:    []int32{1, 1, 2, 2, 1, 2},
		Upper:   []int64{1, 1, 1, 1, 3, 0},
		Levels:  []solver.Level{{Name: "first", Cost: []int64{0, 0, 4, 0, 2, 0}}, {Name: "second", Cost: []int64{7, -3, 0, 0, 0, 0}}},
		Columns: []solver.Column{{Lower: -2, Upper: 5, Cost: []int64{0, 6}}},
		Rows: []solver.Row{
			{Lower: 1, Upper: solver.NoUpper, Arc: []int32{0, 1, 0, 5}, ArcCoef: []int64{2, 3, 2, 9}, Column: []int32{0}, ColumnCoef: []int64{1}},
			{Lower: solver.NoLower, Upper: 99, Arc: []int32{0}, ArcCoef: []int64{5}},
		},
	}
}

func TestModel(t *testing.T) {
	for _, test := range []struct {
		name, reason string
		level        int
		prepare      func(*face)
		want         string
	}{{
		name: "first level", reason: "the arc without capacity is no variable, the loop is in no node, the post passes on what comes in (x₀ + x₁ = x₃), the row that always holds is left out",
		want: `variable [0 1]
variable [0 1]
variable [0 1]
variable [0 1]
variable [0 3]
variable [-2 5]
exactly one [0 1 2]
exactly one [0 1 -4]
exactly one [-3 -4]
linear [0 1 5] [4 3 1] [1 9223372036854775807]
minimise [2 4] [4 2]
`,
	}, {
		name: "held by bounds", reason: "at its floor of 0 every arc with a cost is empty", level: 1,
		prepare: func(f *face) { f.hold(0, 0) },
		want: `variable [0 1]
variable [0 1]
variable [0 1]
variable [-2 5]
exactly one [0 1]
exactly one [0 1 -3]
exactly one [2]
linear [0 1 3] [4 3 1] [1 9223372036854775807]
minimise [0 1 3] [7 -3 6]
`,
	}, {
		name: "held by a row", reason: "above its floor a level is a row, and what is fixed moves to the other side", level: 1,
		prepare: func(f *face) { f.hold(0, 4); f.lower[4] = 1; f.upper[4] = 1 },
		want: `variable [0 1]
variable [0 1]
variable [0 1]
variable [0 1]
variable [-2 5]
exactly one [0 1 2]
exactly one [0 1 -4]
exactly one [-3 -4]
linear [0 1 4] [4 3 1] [1 9223372036854775807]
linear [2] [4] [-9223372036854775808 2]
minimise [0 1 4] [7 -3 6]
`,
	}} {
		t.Run(test.name, func(t *testing.T) {
			f := newFace(sample())
			if test.prepare != nil {
				test.prepare(f)
			}
			if diff := cmp.Diff(test.want, read(t, newModel(f, test.level).bytes)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", test.reason, diff)
			}
		})
	}
}

// parse prints what the descriptors of OR-Tools make of the bytes that are given in hexadecimal.
const parse = `
import sys
from ortools.sat import cp_model_pb2, sat_parameters_pb2
m = cp_model_pb2.CpModelProto.FromString(bytes.fromhex(sys.argv[1]))
for v in m.variables: print("variable", list(v.domain))
for c in m.constraints:
    if c.WhichOneof("constraint") == "exactly_one": print("exactly one", list(c.exactly_one.literals))
    else: print("linear", list(c.linear.vars), list(c.linear.coeffs), list(c.linear.domain))
print("minimise", list(m.objective.vars), list(m.objective.coeffs), m.objective.scaling_factor, m.objective.offset)
p = sat_parameters_pb2.SatParameters.FromString(bytes.fromhex(sys.argv[2]))
print(p.max_time_in_seconds, p.relative_gap_limit, p.num_workers, p.random_seed, p.catch_sigint_signal, p.log_search_progress,
      p.log_to_stdout, p.linearization_level, len(p.ListFields()))
`

// The descriptors that come with OR-Tools read the same from the bytes.
func TestDescriptorsAgree(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err == nil {
		err = exec.Command(python, "-c", "import ortools.sat.cp_model_pb2").Run()
	}
	switch {
	case err != nil && os.Getenv("XIANGUAN_REQUIRE_ORTOOLS") == "1":
		t.Fatalf("python3 with ortools: %v", err)
	case err != nil:
		t.Skipf("python3 with ortools: %v", err)
	}
	m := newModel(newFace(sample()), 0).bytes
	p := parameters{time: 2500 * time.Millisecond, gap: 0.25, threads: 3, seed: 77}.encode()
	out, err := exec.Command(python, "-c", parse, fmt.Sprintf("%x", m), fmt.Sprintf("%x", p)).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	want := strings.TrimSuffix(read(t, m), "\n") + " 1.0 0.0\n2.5 0.25 3 77 False False False 2 8\n"
	if diff := cmp.Diff(want, strings.ReplaceAll(string(out), ",", "")); diff != "" {
		t.Errorf("the bytes (-as written +as OR-Tools reads them):\n%s", diff)
	}
}

// A response that can be read has a known status, whatever the bytes.
func FuzzDecodeResponse(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte{8, 4, 18, 2, 1, 0, 232, 1, 1})
	f.Add([]byte{8, 2, 16, 1, 16, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1, 162, 1, 2, 'h', 'i'})
	f.Fuzz(func(t *testing.T, b []byte) {
		r, err := decodeResponse(b)
		if err != nil {
			return
		}
		if strings.HasPrefix(r.status.String(), "status(") {
			t.Errorf("status %v", r.status)
		}
		if len(r.solution) > len(b) {
			t.Errorf("%d values out of %d bytes", len(r.solution), len(b))
		}
	})
}
