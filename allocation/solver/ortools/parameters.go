package ortools

import (
	"time"

	"google.golang.org/protobuf/encoding/protowire"
)

// Field numbers of ortools/sat/sat_parameters.proto.
const (
	parameterSeed        = 31
	parameterTime        = 36
	parameterLog         = 41
	parameterLinear      = 90
	parameterCatchSigint = 135
	parameterGap         = 160
	parameterLogToStdout = 186
	parameterWorkers     = 206
)

// parameters are the SatParameters of one level.
type parameters struct {
	time    time.Duration // 0 is no limit
	gap     float64       // relative
	threads int
	seed    int32 // 0 is CP-SAT's default
}

// linearization puts every constraint into the linear relaxation, which for a network alone is its convex hull.
// CP-SAT's default leaves some out, and took a hundred times as long to prove an assignment of 200 people on one
// thread.
const linearization = 2

// encode writes the parameters. CP-SAT must neither take over the interrupt signal nor print.
func (p parameters) encode() []byte {
	var b []byte
	varint := func(number protowire.Number, x uint64) {
		b = protowire.AppendTag(b, number, protowire.VarintType)
		b = protowire.AppendVarint(b, x)
	}
	if p.seed != 0 {
		varint(parameterSeed, uint64(p.seed))
	}
	if p.time > 0 {
		b = appendDouble(b, parameterTime, p.time.Seconds())
	}
	varint(parameterLog, 0)
	varint(parameterLinear, linearization)
	varint(parameterCatchSigint, 0)
	if p.gap > 0 {
		b = appendDouble(b, parameterGap, p.gap)
	}
	varint(parameterLogToStdout, 0)
	varint(parameterWorkers, uint64(p.threads))
	return b
}
