package subsidy

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// likelihood is a log-likelihood that is a sum over people.
type likelihood interface {
	parameters() int
	people() int
	// add adds what the people from first to end contribute. Orders: 0 the value, 1 the gradient
	// too, 2 the Hessian and the outer products of the people's scores too.
	add(into *sums, theta []float64, first, end, order int)
}

// sums are a log-likelihood and its derivatives; matrices are full, row by row.
type sums struct {
	value    float64
	gradient []float64
	hessian  []float64
	scores   []float64 // Σ g_i g_iᵀ over people, g_i the gradient of person i
}

func newSums(size int) *sums {
	return &sums{gradient: make([]float64, size), hessian: make([]float64, size*size), scores: make([]float64, size*size)}
}

func (s *sums) plus(t *sums) {
	s.value += t.value
	for i := range s.gradient {
		s.gradient[i] += t.gradient[i]
	}
	for i := range s.hessian {
		s.hessian[i] += t.hessian[i]
		s.scores[i] += t.scores[i]
	}
}

// outer adds weight · v vᵀ to a full matrix; mirror fills in what is below the diagonal.
func outer(matrix []float64, weight float64, v []float64) {
	size := len(v)
	for a, x := range v {
		if x == 0 {
			continue
		}
		row, wx := matrix[a*size:(a+1)*size], weight*x
		for b := a; b < size; b++ {
			row[b] += wx * v[b]
		}
	}
}

func mirror(matrix []float64, size int) {
	for a := range size {
		for b := range a {
			matrix[a*size+b] = matrix[b*size+a]
		}
	}
}

// chunk is how many people are summed by one worker at a time. It is fixed, and the sums of the
// chunks are added in order: so the same data give the same bytes whatever the number of workers.
const chunk = 128

// evaluate sums a likelihood over all people.
func evaluate(l likelihood, theta []float64, order, workers int) *sums {
	people, size := l.people(), l.parameters()
	parts := make([]*sums, (people+chunk-1)/chunk)
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	var next atomic.Int64
	var group sync.WaitGroup
	for range min(workers, len(parts)) {
		group.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= len(parts) {
					return
				}
				parts[i] = newSums(size)
				l.add(parts[i], theta, i*chunk, min(people, (i+1)*chunk), order)
			}
		})
	}
	group.Wait()
	total := newSums(size)
	for _, part := range parts {
		total.plus(part)
	}
	mirror(total.hessian, size)
	mirror(total.scores, size)
	return total
}
