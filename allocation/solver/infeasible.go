package solver

import "fmt"

// InfeasibleError reports that no flow meets every supply, and proves it: more is supplied inside the node set than
// the arcs that leave the set can carry. By the theorem of Gale (1957) and Hoffman (1960) such a set exists
// whenever there is no feasible flow. A programme with side rows has no such witness; there the backend vouches.
type InfeasibleError struct {
	Unmet    int64   // Supply − Capacity; the least total supply that any flow leaves where it is
	Nodes    []int32 // the set, ascending: the source side of a minimum cut
	Supply   int64   // net supply of the set
	Capacity int64   // of the arcs that leave it
	Vouched  string  // the backend that says so, where there is no witness; else ""
}

func (e *InfeasibleError) Error() string {
	if e.Vouched != "" {
		return fmt.Sprintf("solver: no flow obeys every row, says backend %s", e.Vouched)
	}
	return fmt.Sprintf("solver: no feasible flow: %d nodes supply %d but the arcs out of them carry at most %d, %d too few",
		len(e.Nodes), e.Supply, e.Capacity, e.Unmet)
}

// Verify recomputes the witness from the programme. It proves that there is no feasible flow; that Unmet is the
// least shortfall is not checked.
func (e *InfeasibleError) Verify(p *Programme) error {
	inside := make([]bool, len(p.Supply))
	supply := int64(0)
	for i, v := range e.Nodes {
		if v < 0 || int(v) >= len(inside) {
			return &FieldError{"Nodes", i, fmt.Sprint(v), fmt.Sprintf("a node from 0 to %d", len(inside)-1)}
		}
		if i > 0 && v <= e.Nodes[i-1] {
			return &FieldError{"Nodes", i, fmt.Sprint(v), "ascending nodes"}
		}
		inside[v] = true
		supply += p.Supply[v]
	}
	capacity := int64(0)
	for a, u := range p.Upper {
		if inside[p.Tail[a]] && !inside[p.Head[a]] {
			capacity += u
		}
	}
	switch {
	case supply != e.Supply:
		return &FieldError{"Supply", -1, fmt.Sprint(e.Supply), fmt.Sprintf("%d, the net supply of the nodes", supply)}
	case capacity != e.Capacity:
		return &FieldError{"Capacity", -1, fmt.Sprint(e.Capacity), fmt.Sprintf("%d, the capacity of the arcs that leave", capacity)}
	case e.Unmet != supply-capacity:
		return &FieldError{"Unmet", -1, fmt.Sprint(e.Unmet), fmt.Sprintf("%d, the supply less the capacity", supply-capacity)}
	case supply <= capacity:
		return &FieldError{"Unmet", -1, fmt.Sprint(e.Unmet), "more than 0: this set does not show that there is no flow"}
	}
	return nil
}

// StoppedError reports that the solver was stopped before it knew any feasible flow.
type StoppedError struct {
	Stop  StopReason // StopTime or StopCancelled
	Unmet int64      // supply not yet placed
	Cause error      // the context's error; context.DeadlineExceeded for a time limit
}

func (e *StoppedError) Error() string {
	return fmt.Sprintf("solver: stopped (%v) before a feasible flow was known, %d of the supply not yet placed: %v", e.Stop, e.Unmet, e.Cause)
}

// Unwrap gives the cause, for errors.Is(err, context.Canceled).
func (e *StoppedError) Unwrap() error { return e.Cause }
