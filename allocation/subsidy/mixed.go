package subsidy

import "math"

// mixed is the simulated log-likelihood of the mixed logit with normal coefficients,
// each on its own. Person i has one taste β_i = b + W z_i in all choices. With R draws z_ir,
//
//	ln L = Σ_i ln (1/R) Σ_r L_ir,   L_ir = Π_n p_n(β_ir)
//
// Let θ = (b, w), s_ir = ∂ ln L_ir/∂θ = Jᵀ Σ_n (x_n − x̄_n), J = (I, diag z_ir), and
// q_ir = L_ir / Σ_r L_ir. Then, with I_ir the information of the choices at β_ir,
//
//	∇_i  = Σ_r q_ir s_ir
//	∇²_i = Σ_r q_ir (s_ir s_irᵀ − Jᵀ I_ir J) − ∇_i ∇_iᵀ
//
// Revelt and Train, Review of Economics and Statistics 80 (1998); Train (2009), chapters 6 and 10.
type mixed struct {
	data   *Data
	first  []int // first choice of each person
	random []int // columns whose coefficient differs between people
	draws  int   // R
	points *halton
}

func newMixed(d *Data, random []int, draws int, seed uint64) *mixed {
	return &mixed{d, d.people(), random, draws, newHalton(len(random), seed)}
}

func (m *mixed) parameters() int { return len(m.data.Columns) + len(m.random) }
func (m *mixed) people() int     { return len(m.first) - 1 }

// tasteDraw is one draw of a person's taste: its likelihood and derivatives.
type tasteDraw struct {
	value float64   // ln L_ir
	score []float64 // s_ir
	curve []float64 // −Jᵀ I_ir J
}

func (m *mixed) add(into *sums, theta []float64, first, end, order int) {
	size, columns := m.parameters(), len(m.data.Columns)
	scratch := newChoiceScratch(columns)
	z, taste := make([]float64, len(m.random)), make([]float64, columns)
	information := make([]float64, columns*columns)
	draws := make([]tasteDraw, m.draws)
	for r := range draws {
		draws[r] = tasteDraw{score: make([]float64, size), curve: make([]float64, size*size)}
	}
	weight, gradient := make([]float64, m.draws), make([]float64, size)
	for person := first; person < end; person++ {
		for r := range draws {
			m.points.normal(z, person*m.draws+r)
			copy(taste, theta[:columns])
			for d, k := range m.random {
				taste[k] += theta[columns+d] * z[d]
			}
			m.draw(&draws[r], person, taste, z, order, scratch, information)
			weight[r] = draws[r].value
		}
		into.value += softmax(weight) - math.Log(float64(m.draws)) // weight is q_ir now
		if order == 0 {
			continue
		}
		clear(gradient)
		for r := range draws {
			for k, s := range draws[r].score {
				gradient[k] += weight[r] * s
			}
		}
		for k, g := range gradient {
			into.gradient[k] += g
		}
		if order < 2 {
			continue
		}
		for r := range draws {
			outer(into.hessian, weight[r], draws[r].score)
			for k, c := range draws[r].curve {
				into.hessian[k] += weight[r] * c
			}
		}
		outer(into.hessian, -1, gradient)
		outer(into.scores, 1, gradient)
	}
}

// draw works out one draw of one person.
func (m *mixed) draw(t *tasteDraw, person int, taste, z []float64, order int, scratch *choiceScratch, information []float64) {
	columns := len(taste)
	t.value = 0
	clear(t.score)
	clear(information)
	for n := m.first[person]; n < m.first[person+1]; n++ {
		t.value += m.data.choice(scratch, n, taste)
		if order > 0 {
			m.data.addScore(t.score[:columns], scratch, n)
		}
		if order > 1 {
			m.data.addInformation(information, scratch, n, 1)
		}
	}
	for d, k := range m.random {
		t.score[columns+d] = t.score[k] * z[d]
	}
	if order > 1 {
		mirror(information, columns)
		m.bend(t.curve, information, z)
	}
}

// bend writes −Jᵀ I J above the diagonal.
func (m *mixed) bend(curve, information, z []float64) {
	columns, size := len(m.data.Columns), m.parameters()
	for a := range size {
		i, left := m.factor(a, z)
		for b := a; b < size; b++ {
			j, right := m.factor(b, z)
			curve[a*size+b] = -left * right * information[i*columns+j]
		}
	}
}

// factor gives the column that parameter a belongs to, and what its coefficient gains by it.
func (m *mixed) factor(a int, z []float64) (column int, gain float64) {
	if columns := len(m.data.Columns); a >= columns {
		return m.random[a-columns], z[a-columns]
	}
	return a, 1
}
