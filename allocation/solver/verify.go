package solver

import (
	"fmt"
	"math/big"
	"math/bits"
)

// CertificateError says where the certificate of a solution fails.
type CertificateError struct {
	Check string // such as "reduced cost" or "bound"
	Level int    // −1 when no level is meant
	Arc   int    // −1 when no arc is meant
	Got   string
	Want  string
}

func (e *CertificateError) Error() string {
	where := ""
	if e.Level >= 0 {
		where += fmt.Sprintf(" of level %d", e.Level)
	}
	if e.Arc >= 0 {
		where += fmt.Sprintf(" at arc %d", e.Arc)
	}
	return fmt.Sprintf("solver: certificate fails: %s%s is %s, want %s", e.Check, where, e.Got, e.Want)
}

// Verify checks, in exact integers and from the programme alone, that the flow is feasible, that every figure of
// the solution is right, and that its potentials prove every bound that is called certified. It does not trust the programme
// either and validates it first. The first failure is a [*FieldError] or a [*CertificateError].
//
// Why this proves the lexicographic optimum: at a proven level, every arc fixed so far and every free arc together
// satisfy complementary slackness, so f is optimal on the face. An arc may be called fixed by a level only where
// its reduced cost there is not zero; by the identity in the package comment every optimum of the level agrees with
// f on such an arc, so holding it loses none of them. Should a certificate fix fewer arcs than it could, the next
// level is merely proven on a larger set that still contains f, which proves more.
//
// It takes O(nodes + arcs) for each level.
func Verify(p *Programme, s *Solution) error {
	if err := p.Validate(); err != nil {
		return err
	}
	if err := verifyShape(p, s); err != nil {
		return err
	}
	if err := p.validateFlow("Flow", s.Flow); err != nil {
		return err
	}
	if err := p.validateColumns("Columns", s.Flow, s.Columns); err != nil {
		return err
	}
	for k := range p.Levels {
		if err := verifyFigures(p, s, k); err != nil {
			return err
		}
		if !s.Levels[k].Certified {
			continue
		}
		if err := verifyDual(p, s, k); err != nil {
			return err
		}
	}
	return verifyStop(s)
}

func verifyShape(p *Programme, s *Solution) error {
	length := func(field string, got, want int) error {
		if got == want {
			return nil
		}
		return &FieldError{field, -1, fmt.Sprintf("%d long", got), fmt.Sprint(want)}
	}
	if err := length("Flow", len(s.Flow), len(p.Tail)); err != nil {
		return err
	}
	if err := length("Fixed", len(s.Fixed), len(p.Tail)); err != nil {
		return err
	}
	if err := length("Levels", len(s.Levels), len(p.Levels)); err != nil {
		return err
	}
	for k, level := range s.Levels {
		if level.Certified && !p.Pure() {
			return &CertificateError{"certified", k, -1, "true", "false: potentials alone prove nothing beside rows"}
		}
	}
	if err := length("Potentials", len(s.Potentials), len(p.Levels)); err != nil {
		return err
	}
	for k, potential := range s.Potentials {
		if potential == nil {
			continue
		}
		if err := length(fmt.Sprintf("Potentials[%d]", k), len(potential), len(p.Supply)); err != nil {
			return err
		}
		for v, pi := range potential {
			if magnitude(pi) > 2*MaxTotal { // so that a reduced cost fits
				return &FieldError{fmt.Sprintf("Potentials[%d]", k), v, fmt.Sprint(pi), fmt.Sprintf("at most %d in magnitude", int64(2*MaxTotal))}
			}
		}
	}
	for a, by := range s.Fixed {
		if int(by) > len(p.Levels) {
			return &FieldError{"Fixed", a, fmt.Sprint(by), fmt.Sprintf("0 (free) or the number of a level, 1 to %d", len(p.Levels))}
		}
		if by > 0 && !s.Levels[by-1].Proven {
			return &FieldError{"Fixed", a, fmt.Sprint(by), "the number of a proven level: only an optimum can be held"}
		}
	}
	return nil
}

// verifyFigures checks what a level says of itself.
func verifyFigures(p *Programme, s *Solution, k int) error {
	r := &s.Levels[k]
	fail := func(check string, got, want any) error {
		return &CertificateError{check, k, -1, fmt.Sprint(got), fmt.Sprint(want)}
	}
	if r.Name != p.Levels[k].Name {
		return fail("name", r.Name, p.Levels[k].Name)
	}
	if objective := p.Objective(k, s.Flow, s.Columns); r.Objective != objective {
		return fail("objective", r.Objective, objective)
	}
	if r.Bound > r.Objective {
		return fail("bound", r.Bound, fmt.Sprintf("at most the objective %d", r.Objective))
	}
	if proven := r.Bound == r.Objective; r.Proven != proven {
		return fail("proven", r.Proven, proven)
	}
	if gap := p.Levels[k].Gap(r.Objective, r.Bound); r.Gap != gap {
		return fail("gap", r.Gap, gap)
	}
	conditional := k > 0 && (s.Levels[k-1].Conditional || !s.Levels[k-1].Proven)
	if r.Conditional != conditional {
		return fail("conditional", r.Conditional, conditional)
	}
	return nil
}

// verifyDual checks that the potentials of a level prove its bound on the face of the levels before, and that the
// level fixes only arcs that all its optima agree on.
func verifyDual(p *Programme, s *Solution, k int) error {
	bound := lagrangian(p, s, k)
	if bound.Cmp(big.NewInt(s.Levels[k].Bound)) < 0 {
		return &CertificateError{"bound", k, -1, fmt.Sprint(s.Levels[k].Bound), fmt.Sprintf("at most %v, which the potentials prove", bound)}
	}
	for a, by := range s.Fixed {
		if by > 0 && int(by) <= k {
			continue // held by a level before, so free of conditions here
		}
		rc := p.reducedCost(k, s.Potentials[k], a)
		if int(by) == k+1 && rc == 0 {
			return &CertificateError{"reduced cost", k, a, "0", "not 0 on an arc that this level fixes"}
		}
		if !s.Levels[k].Proven {
			continue
		}
		if rc > 0 && s.Flow[a] != 0 || rc < 0 && s.Flow[a] != p.Upper[a] {
			return &CertificateError{"reduced cost", k, a, fmt.Sprint(rc),
				fmt.Sprintf("complementary to the flow %d of capacity %d", s.Flow[a], p.Upper[a])}
		}
	}
	return nil
}

// reducedCost is c − π_tail + π_head; nil potentials are zero.
func (p *Programme) reducedCost(k int, potential []int64, a int) int64 {
	rc := int64(0)
	if cost := p.Levels[k].Cost; cost != nil {
		rc = cost[a]
	}
	if potential != nil {
		rc += potential[p.Head[a]] - potential[p.Tail[a]]
	}
	return rc
}

// lagrangian is the bound that the potentials of level k prove on the face of the levels before: an arc held by one
// of those contributes rc·f, any other min(0, rc)·u. The potentials may come from anywhere, so the sum is 128 bits
// wide.
func lagrangian(p *Programme, s *Solution, k int) *big.Int {
	var sum wide
	potential := s.Potentials[k]
	for v, pi := range potential {
		sum.add(pi, p.Supply[v])
	}
	for a, by := range s.Fixed {
		rc := p.reducedCost(k, potential, a)
		if by > 0 && int(by) <= k {
			sum.add(rc, s.Flow[a])
		} else {
			sum.add(min(0, rc), p.Upper[a])
		}
	}
	return sum.big()
}

// verifyStop checks the reason against what is proven.
func verifyStop(s *Solution) error {
	proven := 0
	for _, r := range s.Levels {
		if r.Proven && !r.Conditional {
			proven++
		}
	}
	var want string
	switch {
	case s.Stop < StopOptimal || s.Stop > StopCancelled:
		want = "a known reason"
	case (s.Stop == StopOptimal) != (proven == len(s.Levels)):
		want = "optimal if and only if every level is proven"
	default:
		return nil
	}
	return &CertificateError{"stop", -1, -1, s.Stop.String(), want}
}

// wide is a two's complement sum of products of 128 bits. A product of validated numbers is below 2¹²³ in magnitude
// and a sum over capacities or supplies below 2¹²⁵, so it cannot overflow.
type wide struct{ hi, lo uint64 }

func (w *wide) add(x, y int64) {
	hi, lo := bits.Mul64(magnitude(x), magnitude(y))
	if (x < 0) != (y < 0) {
		var borrow uint64
		w.lo, borrow = bits.Sub64(w.lo, lo, 0)
		w.hi, _ = bits.Sub64(w.hi, hi, borrow)
		return
	}
	var carry uint64
	w.lo, carry = bits.Add64(w.lo, lo, 0)
	w.hi, _ = bits.Add64(w.hi, hi, carry)
}

func (w *wide) big() *big.Int {
	sum := new(big.Int).SetInt64(int64(w.hi))
	return sum.Lsh(sum, 64).Add(sum, new(big.Int).SetUint64(w.lo))
}
