package matching

// path is a path of applicants who point at each other, with the place of each.
type path struct {
	nodes []int32
	place []int32 // of an applicant: the place on the path, or None
}

func newPath(n int) path {
	p := path{place: make([]int32, n)}
	for t := range p.place {
		p.place[t] = None
	}
	return p
}

func (p *path) last() int32 { return p.nodes[len(p.nodes)-1] }

func (p *path) push(t int32) {
	p.place[t] = int32(len(p.nodes))
	p.nodes = append(p.nodes, t)
}

// cut takes away the path from a place on.
func (p *path) cut(from int32) {
	for _, t := range p.nodes[from:] {
		p.place[t] = None
	}
	p.nodes = p.nodes[:from]
}

func (p *path) pop() { p.cut(int32(len(p.nodes)) - 1) }

// walker points from applicant to applicant.
type walker interface {
	point(t int32) (owner int32) // whom an applicant points at; None if there is nothing left to want
	unplace(t int32)             // the applicant leaves with nothing
	close(from int32)            // those on the path from a place on are a cycle: they get what they point at, and leave it
}

// follow goes along the pointers from an applicant until the applicant is gone, and closes each cycle it
// meets.
func (p *path) follow(start int32, w walker) {
	p.push(start)
	for len(p.nodes) > 0 {
		t := p.last()
		switch owner := w.point(t); {
		case owner == None:
			w.unplace(t)
			p.pop()
		case p.place[owner] == None:
			p.push(owner)
		default:
			w.close(p.place[owner])
		}
	}
}
