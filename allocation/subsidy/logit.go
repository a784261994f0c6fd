package subsidy

// logit is the log-likelihood of the conditional logit. With p_nj the probability of
// alternative j in choice n, x̄_n = Σ_j p_nj x_nj and i the alternative chosen:
//
//	ln L = Σ_n ln p_ni
//	∇    = Σ_n (x_ni − x̄_n)
//	∇²   = −Σ_n Σ_j p_nj (x_nj − x̄_n)(x_nj − x̄_n)ᵀ
//
// ∇² is negative semidefinite, so every maximum is global.
//
// McFadden, "Conditional logit analysis of qualitative choice behavior" (1974).
type logit struct {
	data  *Data
	first []int // first choice of each person
}

func newLogit(d *Data) *logit { return &logit{d, d.people()} }

func (l *logit) parameters() int { return len(l.data.Columns) }
func (l *logit) people() int     { return len(l.first) - 1 }

func (l *logit) add(into *sums, theta []float64, first, end, order int) {
	size := l.parameters()
	score, scratch := make([]float64, size), newChoiceScratch(size)
	for person := first; person < end; person++ {
		clear(score)
		for n := l.first[person]; n < l.first[person+1]; n++ {
			into.value += l.data.choice(scratch, n, theta)
			if order == 0 {
				continue
			}
			l.data.addScore(score, scratch, n)
			if order > 1 {
				l.data.addInformation(into.hessian, scratch, n, -1)
			}
		}
		for k, g := range score {
			into.gradient[k] += g
		}
		if order > 1 {
			outer(into.scores, 1, score)
		}
	}
}

// choiceScratch is room for what is worked out on one choice.
type choiceScratch struct {
	p          []float64 // probabilities
	mean       []float64 // x̄
	difference []float64
}

func newChoiceScratch(size int) *choiceScratch {
	return &choiceScratch{mean: make([]float64, size), difference: make([]float64, size)}
}

// choice works out the probabilities of choice n and gives the logarithm of the chosen one's.
func (d *Data) choice(s *choiceScratch, n int, theta []float64) float64 {
	s.p = s.p[:0]
	for i := d.First[n]; i < d.First[n+1]; i++ {
		v := 0.0
		for k, x := range d.row(i) {
			v += theta[k] * x
		}
		if d.Offset != nil {
			v += d.Offset[i]
		}
		s.p = append(s.p, v)
	}
	chosen := s.p[d.Chosen[n]-d.First[n]]
	return chosen - softmax(s.p)
}

// addScore adds x_ni − x̄_n and leaves x̄_n in the scratch.
func (d *Data) addScore(score []float64, s *choiceScratch, n int) {
	clear(s.mean)
	for j, p := range s.p {
		for k, x := range d.row(d.First[n] + j) {
			s.mean[k] += p * x
		}
	}
	for k, x := range d.row(d.Chosen[n]) {
		score[k] += x - s.mean[k]
	}
}

// addInformation adds weight · Σ_j p_nj (x_nj − x̄_n)(x_nj − x̄_n)ᵀ.
func (d *Data) addInformation(into []float64, s *choiceScratch, n int, weight float64) {
	for j, p := range s.p {
		for k, x := range d.row(d.First[n] + j) {
			s.difference[k] = x - s.mean[k]
		}
		outer(into, weight*p, s.difference)
	}
}
