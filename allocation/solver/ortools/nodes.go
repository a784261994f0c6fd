package ortools

import "github.com/xianguan/xianguan/allocation/solver"

// nodeLists holds the arcs at every node in two slices.
type nodeLists struct {
	first []int32 // by node, its first place in arcs; one more at the end
	arcs  []int32
}

// arcsByNode lists the arcs that leave or enter each node, ascending, without self-loops, which conserve any flow.
func arcsByNode(p *solver.Programme) nodeLists {
	first := make([]int32, len(p.Supply)+2)
	for a, tail := range p.Tail {
		if head := p.Head[a]; head != tail {
			first[tail+2]++
			first[head+2]++
		}
	}
	for v := range p.Supply {
		first[v+2] += first[v+1]
	}
	arcs := make([]int32, first[len(first)-1])
	for a, tail := range p.Tail { // first[v+1] is the next free place of v, and its end when all are placed
		if head := p.Head[a]; head != tail {
			arcs[first[tail+1]] = int32(a)
			first[tail+1]++
			arcs[first[head+1]] = int32(a)
			first[head+1]++
		}
	}
	return nodeLists{first[:len(p.Supply)+1], arcs}
}

func (l nodeLists) at(v int) []int32 { return l.arcs[l.first[v]:l.first[v+1]] }
