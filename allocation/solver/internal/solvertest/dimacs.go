package solvertest

import (
	"bufio"
	"fmt"
	"io"

	"github.com/xianguan/xianguan/allocation/solver"
)

// WriteDIMACS writes one level of a programme in the DIMACS format for minimum-cost flows, for other solvers to
// read. Self-loops are left out, as the format has none; SelfLoopCost is what they contribute to every optimum.
func WriteDIMACS(w io.Writer, p *solver.Programme, level int) error {
	arcs := 0
	for a := range p.Tail {
		if p.Tail[a] != p.Head[a] {
			arcs++
		}
	}
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "p min %d %d\n", len(p.Supply), arcs)
	for v, b := range p.Supply {
		if b != 0 {
			fmt.Fprintf(out, "n %d %d\n", v+1, b)
		}
	}
	for a := range p.Tail {
		if p.Tail[a] != p.Head[a] {
			fmt.Fprintf(out, "a %d %d 0 %d %d\n", p.Tail[a]+1, p.Head[a]+1, p.Upper[a], cost(p, level, a))
		}
	}
	return out.Flush()
}

// SelfLoopCost is the optimal cost of the self-loops at one level taken alone: a loop of negative cost is full.
func SelfLoopCost(p *solver.Programme, level int) int64 {
	sum := int64(0)
	for a := range p.Tail {
		if p.Tail[a] == p.Head[a] {
			sum += min(0, cost(p, level, a)) * p.Upper[a]
		}
	}
	return sum
}

func cost(p *solver.Programme, level, a int) int64 {
	if c := p.Levels[level].Cost; c != nil {
		return c[a]
	}
	return 0
}
