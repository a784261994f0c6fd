package ortools

import (
	"fmt"
	"math"

	"google.golang.org/protobuf/encoding/protowire"
)

// Field numbers of CpSolverResponse in ortools/sat/cp_model.proto.
const (
	responseStatus     = 1
	responseSolution   = 2
	responseInfo       = 20
	responseInnerBound = 29
)

// status is CpSolverStatus.
type status int32

const (
	statusUnknown      status = 0
	statusModelInvalid status = 1
	statusFeasible     status = 2
	statusInfeasible   status = 3
	statusOptimal      status = 4
)

var statusNames = [...]string{"UNKNOWN", "MODEL_INVALID", "FEASIBLE", "INFEASIBLE", "OPTIMAL"}

func (s status) String() string {
	if s < 0 || int(s) >= len(statusNames) {
		return fmt.Sprintf("status(%d)", int32(s))
	}
	return statusNames[s]
}

// response is what is needed of a CpSolverResponse. Objectives come as floats as well; they are not read, since the
// solution and the inner bound are exact.
type response struct {
	status   status
	solution []int64 // by number in the model
	bound    int64   // inner_objective_lower_bound; 0 where the field is absent
	info     string  // CP-SAT's own words
}

// responseError says what is wrong with the bytes of a response.
type responseError struct {
	field string
	err   error
}

func (e *responseError) Error() string {
	return fmt.Sprintf("the response is no CpSolverResponse: field %s: %v", e.field, e.err)
}

func (e *responseError) Unwrap() error { return e.err }

// decodeResponse reads a CpSolverResponse and passes over the fields it does not need.
func decodeResponse(b []byte) (*response, error) {
	r := &response{}
	for len(b) > 0 {
		number, kind, n := protowire.ConsumeTag(b)
		if n < 0 {
			return nil, &responseError{"tag", protowire.ParseError(n)}
		}
		b = b[n:]
		n, err := r.field(number, kind, b)
		if err != nil {
			return nil, err
		}
		b = b[n:]
	}
	if r.status < statusUnknown || r.status > statusOptimal {
		return nil, &responseError{"status", fmt.Errorf("it is %d, want 0 to %d", int32(r.status), statusOptimal)}
	}
	return r, nil
}

// field reads one field and returns its length.
func (r *response) field(number protowire.Number, kind protowire.Type, b []byte) (int, error) {
	fail := func(n int) (int, error) {
		return 0, &responseError{fmt.Sprint(number), protowire.ParseError(n)}
	}
	switch {
	case (number == responseStatus || number == responseInnerBound || number == responseSolution) && kind == protowire.VarintType:
		x, n := protowire.ConsumeVarint(b)
		if n < 0 {
			return fail(n)
		}
		switch {
		case number == responseInnerBound:
			r.bound = int64(x)
		case number == responseSolution:
			r.solution = append(r.solution, int64(x))
		case x > math.MaxInt32:
			return 0, &responseError{"status", fmt.Errorf("it is %d", x)}
		default:
			r.status = status(x)
		}
		return n, nil
	case number == responseSolution && kind == protowire.BytesType:
		packed, n := protowire.ConsumeBytes(b)
		if n < 0 {
			return fail(n)
		}
		for len(packed) > 0 {
			x, n := protowire.ConsumeVarint(packed)
			if n < 0 {
				return fail(n)
			}
			r.solution = append(r.solution, int64(x))
			packed = packed[n:]
		}
		return n, nil
	case number == responseInfo && kind == protowire.BytesType:
		text, n := protowire.ConsumeBytes(b)
		if n < 0 {
			return fail(n)
		}
		r.info = string(text)
		return n, nil
	}
	n := protowire.ConsumeFieldValue(number, kind, b)
	if n < 0 {
		return fail(n)
	}
	return n, nil
}
