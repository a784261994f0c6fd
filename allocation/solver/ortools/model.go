package ortools

import (
	"math"

	"google.golang.org/protobuf/encoding/protowire"

	"github.com/xianguan/xianguan/allocation/solver"
)

// Field numbers of ortools/sat/cp_model.proto.
const (
	modelName        = 1  // CpModelProto.name
	modelVariables   = 2  // CpModelProto.variables
	modelConstraints = 3  // CpModelProto.constraints
	modelObjective   = 4  // CpModelProto.objective
	variableDomain   = 2  // IntegerVariableProto.domain
	constraintLinear = 12 // ConstraintProto.linear
	constraintOne    = 29 // ConstraintProto.exactly_one
	oneLiterals      = 1  // BoolArgumentProto.literals
	linearVariables  = 1  // LinearConstraintProto.vars
	linearCoeffs     = 2  // LinearConstraintProto.coeffs
	linearDomain     = 3  // LinearConstraintProto.domain
	objectiveVars    = 1  // CpObjectiveProto.vars
	objectiveOffset  = 2  // CpObjectiveProto.offset
	objectiveScaling = 3  // CpObjectiveProto.scaling_factor
	objectiveCoeffs  = 4  // CpObjectiveProto.coeffs
)

// model is the CpModelProto of one level on a face. Fixed variables are left out, their share moved to the other side.
type model struct {
	face     *face
	index    []int32 // by variable, its number in the model; −1 where it is fixed
	variable []int32 // by number in the model
	constant int64   // of the objective: what the fixed variables cost
	bytes    []byte

	message, part []byte    // scratch for one message and one message in it
	terms         []term    // scratch for one expression
	place         []int32   // by number in the model: 1 + its place among the terms, 0 where it is not among them
	packed        []byte    // scratch for one packed field
	degree        nodeLists // arcs by node
}

// term is a coefficient and the number of a variable in the model.
type term struct {
	variable    int32
	coefficient int64
}

// newModel encodes: minimise level k on the face. It takes O(nodes + arcs + entries of rows).
func newModel(f *face, k int) *model {
	m := &model{face: f, index: make([]int32, len(f.lower)), degree: arcsByNode(f.p)}
	for v := range f.lower {
		m.index[v] = -1
		if !f.fixed(v) {
			m.index[v] = int32(len(m.variable))
			m.variable = append(m.variable, int32(v))
		}
	}
	m.place = make([]int32, len(m.variable))
	m.bytes = protowire.AppendTag(m.bytes, modelName, protowire.BytesType)
	m.bytes = protowire.AppendString(m.bytes, "xianguan")
	m.variables()
	for v := range f.p.Supply {
		m.conserve(v)
	}
	for r := range f.p.Rows {
		m.row(&f.p.Rows[r])
	}
	for _, h := range f.held {
		constant := m.addCosts(h.level)
		m.linear(solver.NoLower, h.most-constant)
	}
	m.objective(k)
	return m
}

func (m *model) variables() {
	for _, v := range m.variable {
		m.message = appendPacked(m.message[:0], &m.packed, variableDomain, m.face.lower[v], m.face.upper[v])
		m.bytes = appendMessage(m.bytes, modelVariables, m.message)
	}
}

// add puts coefficient·variable into the expression that is being formed. A variable may come twice. What is fixed is
// returned as a number.
func (m *model) add(v int, coefficient int64) (constant int64) {
	i := m.index[v]
	switch {
	case coefficient == 0:
	case i < 0:
		return coefficient * m.face.lower[v]
	case m.place[i] > 0:
		m.terms[m.place[i]-1].coefficient += coefficient
	default:
		m.terms = append(m.terms, term{i, coefficient})
		m.place[i] = int32(len(m.terms))
	}
	return 0
}

// clear ends an expression.
func (m *model) clear() {
	for _, t := range m.terms {
		m.place[t.variable] = 0
	}
	m.terms = m.terms[:0]
}

// addCosts adds the objective of a level, and returns what the fixed variables cost.
func (m *model) addCosts(k int) (constant int64) {
	for v := range m.index {
		constant += m.add(v, m.face.cost(k, v))
	}
	return constant
}

// conserve adds Σ out − Σ in = supply at a node. Where all arcs are Boolean this is Σ out + Σ ¬in = supply + number
// in; if that sum is 1, or the sum the other way round, it says that exactly one of these literals is true, as it
// does for a teacher's arcs.
func (m *model) conserve(v int) {
	supply := m.face.p.Supply[v]
	in, out, boolean := int64(0), int64(0), true
	for _, a := range m.degree.at(v) {
		arc, coefficient := int(a), int64(1)
		if int(m.face.p.Head[arc]) == v {
			coefficient = -1
		}
		supply -= m.add(arc, coefficient)
		if m.index[arc] < 0 {
			continue
		}
		boolean = boolean && m.face.boolean(arc)
		if coefficient > 0 {
			out++
		} else {
			in++
		}
	}
	switch {
	case boolean && supply+in == 1 && in+out > 0:
		m.exactlyOne(1)
	case boolean && out-supply == 1 && in+out > 0:
		m.exactlyOne(-1)
	case len(m.terms) > 0 || supply != 0:
		m.linear(supply, supply)
		return
	}
	m.clear()
}

// exactlyOne takes each term as its variable where the coefficient has the sign, else as the variable negated.
func (m *model) exactlyOne(sign int64) {
	m.packed = m.packed[:0]
	for _, t := range m.terms {
		literal := int64(t.variable)
		if t.coefficient != sign {
			literal = -literal - 1
		}
		m.packed = protowire.AppendVarint(m.packed, uint64(literal))
	}
	m.part = appendMessage(m.part[:0], oneLiterals, m.packed)
	m.message = appendMessage(m.message[:0], constraintOne, m.part)
	m.bytes = appendMessage(m.bytes, modelConstraints, m.message)
}

func (m *model) row(r *solver.Row) {
	constant := int64(0)
	for i, a := range r.Arc {
		constant += m.add(int(a), r.ArcCoef[i])
	}
	for i, c := range r.Column {
		constant += m.add(len(m.face.p.Tail)+int(c), r.ColumnCoef[i])
	}
	m.linear(shift(r.Lower, constant), shift(r.Upper, constant))
}

// beyond is further than any activity reaches.
const beyond = 2 * solver.MaxTotal

// shift moves a constant to the other side of a row. A side without a bound stays so; a bound far beyond what any
// activity reaches may be cut short.
func shift(bound, constant int64) int64 {
	if bound == solver.NoLower || bound == solver.NoUpper {
		return bound
	}
	return max(-beyond, min(beyond, bound)) - constant
}

// linear writes lower ≤ Σ terms ≤ upper and clears the terms. Nothing is written where the bounds of the variables
// already say so.
func (m *model) linear(lower, upper int64) {
	defer m.clear()
	least, most := int64(0), int64(0)
	for _, t := range m.terms {
		v := m.variable[t.variable]
		x, y := t.coefficient*m.face.lower[v], t.coefficient*m.face.upper[v]
		least += min(x, y)
		most += max(x, y)
	}
	if lower <= least && most <= upper {
		return
	}
	m.part = m.appendTerms(m.part[:0], linearVariables, linearCoeffs)
	m.part = appendPacked(m.part, &m.packed, linearDomain, lower, upper)
	m.message = appendMessage(m.message[:0], constraintLinear, m.part)
	m.bytes = appendMessage(m.bytes, modelConstraints, m.message)
}

// objective writes the level, scaled by 1, so that CP-SAT's inner bound is the integer bound. The offset is there for the gap alone, which CP-SAT
// takes relative to the objective with it.
func (m *model) objective(k int) {
	m.constant = m.addCosts(k)
	defer m.clear()
	if len(m.terms) == 0 {
		return
	}
	m.message = m.appendTerms(m.message[:0], objectiveVars, objectiveCoeffs)
	m.message = appendDouble(m.message, objectiveOffset, float64(m.constant+m.face.p.Levels[k].Constant))
	m.message = appendDouble(m.message, objectiveScaling, 1)
	m.bytes = appendMessage(m.bytes, modelObjective, m.message)
}

func (m *model) appendTerms(b []byte, variables, coefficients protowire.Number) []byte {
	m.packed = m.packed[:0]
	for _, t := range m.terms {
		m.packed = protowire.AppendVarint(m.packed, uint64(t.variable))
	}
	b = appendMessage(b, variables, m.packed)
	m.packed = m.packed[:0]
	for _, t := range m.terms {
		m.packed = protowire.AppendVarint(m.packed, uint64(t.coefficient))
	}
	return appendMessage(b, coefficients, m.packed)
}

func appendMessage(b []byte, number protowire.Number, message []byte) []byte {
	b = protowire.AppendTag(b, number, protowire.BytesType)
	return protowire.AppendBytes(b, message)
}

func appendPacked(b []byte, scratch *[]byte, number protowire.Number, values ...int64) []byte {
	*scratch = (*scratch)[:0]
	for _, x := range values {
		*scratch = protowire.AppendVarint(*scratch, uint64(x))
	}
	return appendMessage(b, number, *scratch)
}

func appendDouble(b []byte, number protowire.Number, x float64) []byte {
	b = protowire.AppendTag(b, number, protowire.Fixed64Type)
	return protowire.AppendFixed64(b, math.Float64bits(x))
}
