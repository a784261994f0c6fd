package matching

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
)

// Problem is a valid market with strict rankings, ready for every mechanism. It
// is never changed after NewProblem, so it may be shared between goroutines.
//
// Applicants and schools are numbered as in the market. The list of applicant t
// is edges listStart[t] to listStart[t+1], most wanted first; the ranking of
// school s is order[orderStart[s]:orderStart[s+1]], best first. A rank counts
// from 0 inside and from 1 wherever it is shown.
type Problem struct {
	applicants, schools     []string
	byApplicant, bySchool   map[string]int32
	capacity, floor, target []int32
	listStart               []int32
	edgeSchool, edgeRank    []int32 // of an edge: the school, and the applicant's rank there
	orderStart, order       []int32
	orderPoints             []int64
	orderEdge               []int32 // of a place in a ranking: the edge in the applicant's list, or None
	present, presentRank    []int32 // school where the applicant is now and rank there, or None
	staffStart, staff       []int32 // present applicants by school, best first
	regions                 []region
	regionOf                []int32 // of a school: the smallest region around it, or None
	couples                 []couple
	classes                 *classes // nil where no school caps a class
	lottery                 Lottery
}

// None stands for no school, no applicant or no rank.
const None int32 = -1

// NewProblem validates a market and breaks ties by the lottery.
//
// Every fault is an *Error with its place: empty or repeated ids, a list or a
// region that names an unknown school, a school twice on a list, a school on a
// list that does not rank the applicant, a ranking that names somebody unknown
// or twice, negative capacities, floors or targets beyond the capacity, more
// people present than places or than a class cap allows, caps on a class that nobody has, regions that cross, couples that share a member.
// Time O(E log R) for E entries of lists and rankings in all and rankings of
// length R, memory O(E).
func NewProblem(m *Market, lottery Lottery) (*Problem, error) {
	p := &Problem{lottery: lottery}
	var f faults
	p.index(m, &f)
	if len(f.list) > 0 {
		return nil, f.err() // names that mean two things would make the other faults guesses
	}
	p.readSchools(m, &f)
	p.readLists(m, &f)
	p.readPresent(m, &f)
	p.readRegions(m, &f)
	p.readClasses(m, &f)
	if err := f.err(); err != nil {
		return nil, err
	}
	p.sortRankings()
	p.link(&f)
	p.checkClasses(&f)
	if err := f.err(); err != nil {
		return nil, err
	}
	p.readCouples(m, &f)
	if err := f.err(); err != nil {
		return nil, err
	}
	return p, nil
}

func (p *Problem) index(m *Market, f *faults) {
	p.byApplicant = make(map[string]int32, len(m.Applicants))
	p.bySchool = make(map[string]int32, len(m.Schools))
	p.applicants = make([]string, len(m.Applicants))
	p.schools = make([]string, len(m.Schools))
	add := func(record string, i int, id string, known map[string]int32) {
		if id == "" {
			f.add(record, i, id, "id", id, "an id")
		} else if first, found := known[id]; found {
			f.add(record, i, id, "id", id, fmt.Sprintf("an id of its own; %s %d has it too", record, first))
		}
		known[id] = int32(i)
	}
	for i := range m.Applicants {
		p.applicants[i] = m.Applicants[i].ID
		add("applicant", i, m.Applicants[i].ID, p.byApplicant)
	}
	for i := range m.Schools {
		p.schools[i] = m.Schools[i].ID
		add("school", i, m.Schools[i].ID, p.bySchool)
	}
}

func (p *Problem) readSchools(m *Market, f *faults) {
	n := len(m.Schools)
	p.capacity, p.floor, p.target = make([]int32, n), make([]int32, n), make([]int32, n)
	p.orderStart = make([]int32, n+1)
	entries := 0
	for i := range m.Schools {
		entries += len(m.Schools[i].Ranking)
	}
	if entries > math.MaxInt32 {
		f.add("school", -1, "", "ranking", strconv.Itoa(entries), "less than 2^31 entries in all rankings")
		return
	}
	p.order = make([]int32, 0, entries)
	p.orderPoints = make([]int64, 0, entries)
	seen := make([]int32, len(m.Applicants)) // seen[t] = s+1 when school s ranks t
	for i := range m.Schools {
		s := &m.Schools[i]
		bounded := func(field string, value, most int, want string) int32 {
			if value < 0 || value > most {
				f.add("school", i, s.ID, field, strconv.Itoa(value), want)
				return 0
			}
			return int32(value)
		}
		p.capacity[i] = bounded("capacity", s.Capacity, math.MaxInt32, "0 or more")
		p.floor[i] = bounded("floor", s.Floor, max(0, s.Capacity), "0 to the capacity")
		p.target[i] = bounded("target", s.Target, max(0, s.Capacity), "0 to the capacity")
		p.target[i] = max(p.target[i], p.floor[i])
		for k, c := range s.Ranking {
			t, found := p.byApplicant[c.Applicant]
			switch {
			case !found:
				f.unknown("school", i, s.ID, fmt.Sprintf("ranking[%d]", k), c.Applicant, "an applicant", p.applicants)
				continue
			case seen[t] == int32(i)+1:
				f.add("school", i, s.ID, fmt.Sprintf("ranking[%d]", k), c.Applicant, "each applicant once")
				continue
			}
			seen[t] = int32(i) + 1
			p.order = append(p.order, t)
			p.orderPoints = append(p.orderPoints, c.Points)
		}
		p.orderStart[i+1] = int32(len(p.order))
	}
}

func (p *Problem) readLists(m *Market, f *faults) {
	entries := 0
	for i := range m.Applicants {
		entries += len(m.Applicants[i].List)
	}
	p.listStart = make([]int32, len(m.Applicants)+1)
	if entries > math.MaxInt32 {
		f.add("applicant", -1, "", "list", strconv.Itoa(entries), "less than 2^31 entries in all lists")
		return
	}
	p.edgeSchool = make([]int32, 0, entries)
	seen := make([]int32, len(m.Schools))
	for i := range m.Applicants {
		a := &m.Applicants[i]
		for k, id := range a.List {
			s, found := p.bySchool[id]
			switch {
			case !found:
				f.unknown("applicant", i, a.ID, fmt.Sprintf("list[%d]", k), id, "a school", p.schools)
			case seen[s] == int32(i)+1:
				f.add("applicant", i, a.ID, fmt.Sprintf("list[%d]", k), id, "each school once")
			default:
				seen[s] = int32(i) + 1
				p.edgeSchool = append(p.edgeSchool, s)
			}
		}
		p.listStart[i+1] = int32(len(p.edgeSchool))
	}
}

func (p *Problem) readPresent(m *Market, f *faults) {
	p.present = make([]int32, len(m.Applicants))
	people := make([]int, len(m.Schools))
	for i := range m.Applicants {
		p.present[i] = None
		id := m.Applicants[i].Present
		if id == "" {
			continue
		}
		s, found := p.bySchool[id]
		if !found {
			f.unknown("applicant", i, m.Applicants[i].ID, "present", id, "a school", p.schools)
			continue
		}
		p.present[i] = s
		people[s]++
	}
	for s, n := range people {
		if capacity := m.Schools[s].Capacity; capacity >= 0 && n > capacity {
			f.add("school", s, m.Schools[s].ID, "capacity", strconv.Itoa(capacity), fmt.Sprintf("%d or more, the number of people present", n))
		}
	}
}

// sortRankings puts each ranking in strict order: more points first, then the
// lottery number, then the id.
func (p *Problem) sortRankings() {
	type entry struct {
		points int64
		number uint64
		t      int32
	}
	numbers := make([]uint64, len(p.applicants))
	if !p.lottery.PerSchool {
		for t, id := range p.applicants {
			numbers[t] = p.lottery.Number("", id)
		}
	}
	var ranking []entry
	for s := range p.schools {
		from, to := p.orderStart[s], p.orderStart[s+1]
		ranking = ranking[:0]
		for k := from; k < to; k++ {
			t := p.order[k]
			number := numbers[t]
			if p.lottery.PerSchool {
				number = p.lottery.Number(p.schools[s], p.applicants[t])
			}
			ranking = append(ranking, entry{p.orderPoints[k], number, t})
		}
		slices.SortFunc(ranking, func(a, b entry) int {
			if c := cmp.Compare(b.points, a.points); c != 0 {
				return c
			}
			if c := cmp.Compare(a.number, b.number); c != 0 {
				return c
			}
			return cmp.Compare(p.applicants[a.t], p.applicants[b.t])
		})
		for k, e := range ranking {
			p.order[from+int32(k)], p.orderPoints[from+int32(k)] = e.t, e.points
		}
	}
}

// link derives from lists, rankings and present posts what joins them: the rank
// of an edge, the edge of a rank, the staff of a school. It reports lists and
// present posts of people whom the school does not rank. O(E).
func (p *Problem) link(f *faults) {
	start, edges := p.edgesBySchool()
	p.edgeRank = make([]int32, len(p.edgeSchool))
	p.orderEdge = make([]int32, len(p.order))
	p.presentRank = make([]int32, len(p.applicants))
	p.staffStart = make([]int32, len(p.schools)+1)
	p.staff = p.staff[:0:0]
	for t := range p.presentRank {
		p.presentRank[t] = None
	}
	owner := p.edgeOwners()
	edgeOf := make([]int32, len(p.applicants)) // edge to the school at hand, or None
	for t := range edgeOf {
		edgeOf[t] = None
	}
	for e := range p.edgeRank {
		p.edgeRank[e] = None
	}
	for s := range p.schools {
		for _, e := range edges[start[s]:start[s+1]] {
			edgeOf[owner[e]] = e
		}
		for rank, t := range p.ranking(int32(s)) {
			e := edgeOf[t]
			p.orderEdge[p.orderStart[s]+int32(rank)] = e
			if e != None {
				p.edgeRank[e] = int32(rank)
			}
			if p.present[t] == int32(s) {
				p.presentRank[t] = int32(rank)
				p.staff = append(p.staff, t)
			}
		}
		for _, e := range edges[start[s]:start[s+1]] {
			edgeOf[owner[e]] = None
		}
		p.staffStart[s+1] = int32(len(p.staff))
	}
	p.reportIneligible(owner, f)
}

func (p *Problem) reportIneligible(owner []int32, f *faults) {
	const want = "a school whose ranking names the applicant: who is not ranked is not eligible"
	for e, rank := range p.edgeRank {
		if rank == None {
			t := owner[e]
			f.add("applicant", int(t), p.applicants[t], fmt.Sprintf("list[%d]", int32(e)-p.listStart[t]), p.schools[p.edgeSchool[e]], want)
		}
	}
	for t, s := range p.present {
		if s != None && p.presentRank[t] == None {
			f.add("applicant", t, p.applicants[t], "present", p.schools[s], want)
		}
	}
}

// edgesBySchool groups the edges by school, by counting.
func (p *Problem) edgesBySchool() (start, edges []int32) {
	start = make([]int32, len(p.schools)+1)
	for _, s := range p.edgeSchool {
		start[s+1]++
	}
	for s := range p.schools {
		start[s+1] += start[s]
	}
	next := slices.Clone(start)
	edges = make([]int32, len(p.edgeSchool))
	for e, s := range p.edgeSchool {
		edges[next[s]] = int32(e)
		next[s]++
	}
	return start, edges
}

// edgeOwners is the applicant of each edge.
func (p *Problem) edgeOwners() []int32 {
	owner := make([]int32, len(p.edgeSchool))
	for t := range p.applicants {
		for e := p.listStart[t]; e < p.listStart[t+1]; e++ {
			owner[e] = int32(t)
		}
	}
	return owner
}
