package sharing

// step is one change of the flow on a link.
type step struct {
	link   int32 // of local, or of away where it is below 0: -1-link
	change int64 // 1 or -1
}

// path finds a way to teach more through a visit: back from the visitor to somebody with time to spare, and on from the visit to a lesson that is
// short. It gives the steps and the most that can flow, or false.
func (r *residual) path(v int32, into []step) (steps []step, most int64, source, sink int32, found bool) {
	most = r.g.visits[v].aDay*r.days[v] - r.through[v]
	if most <= 0 {
		return into, 0, 0, 0, false
	}
	steps, source, most, found = r.back(r.g.visits[v].teacher, into, most)
	if !found {
		return steps, 0, 0, 0, false
	}
	steps, sink, most, found = r.forth(v, steps, most)
	return steps, most, source, sink, found
}

// back searches from a teacher for time: the teacher's own, or that of somebody who can take over a lesson, from the teacher or from whom
// the teacher could relieve in turn.
func (r *residual) back(t int32, steps []step, most int64) ([]step, int32, int64, bool) {
	r.now++
	r.list = append(r.list[:0], t)
	r.seen[t] = r.now
	for head := 0; head < len(r.list); head++ {
		i := r.list[head]
		if r.spare[i] > 0 {
			most = min(most, r.spare[i])
			for at := i; at != t; { // came: the link that at takes over, and the one that is let go
				take, leave := r.came[at], r.came[len(r.g.teachers)+int(r.g.local[r.came[at]].lesson)]
				steps = append(steps, step{take, 1}, step{leave, -1})
				most = min(most, r.local[leave], r.g.Upper[r.g.local[take].arc]-r.local[take])
				at = r.g.local[leave].teacher
			}
			return steps, i, most, true
		}
		for _, leave := range r.teaches[i] {
			j := r.g.local[leave].lesson
			node := len(r.g.teachers) + int(j)
			if r.local[leave] == 0 || r.seen[node] == r.now {
				continue
			}
			r.seen[node], r.came[node] = r.now, leave
			for _, take := range r.taughtBy[j] {
				other := r.g.local[take].teacher
				if r.seen[other] != r.now && r.local[take] < r.g.Upper[r.g.local[take].arc] {
					r.seen[other], r.came[other] = r.now, take
					r.list = append(r.list, other)
				}
			}
		}
	}
	return steps, 0, 0, false
}

// forth searches from a visit for a lesson that is short: one of its own, or one that a teacher of the school can turn to where the visitor takes over.
func (r *residual) forth(v int32, steps []step, most int64) ([]step, int32, int64, bool) {
	r.now++
	r.list = r.list[:0]
	for _, k := range r.stops[v] {
		if r.away[k] < r.g.Upper[r.g.away[k].arc] {
			r.reach(r.g.away[k].lesson, -1-k)
		}
	}
	return r.onward(-1, steps, most)
}

// forthFrom is forth from a teacher at home.
func (r *residual) forthFrom(t int32, steps []step, most int64) ([]step, int32, int64, bool) {
	r.now++
	r.list = r.list[:0]
	r.seen[t] = r.now
	for _, k := range r.teaches[t] {
		if r.local[k] < r.g.Upper[r.g.local[k].arc] {
			r.reach(r.g.local[k].lesson, k)
		}
	}
	return r.onward(t, steps, most)
}

// reach notes that more of a lesson could be taught, and by which link.
func (r *residual) reach(j, came int32) {
	if node := len(r.g.teachers) + int(j); r.seen[node] != r.now {
		r.seen[node], r.came[node] = r.now, came
		r.list = append(r.list, j)
	}
}

// onward searches from the lessons that are reached. It began at a visit, or at a teacher.
func (r *residual) onward(from int32, steps []step, most int64) ([]step, int32, int64, bool) {
	offset := len(r.g.teachers)
	for head := 0; head < len(r.list); head++ {
		j := r.list[head]
		if r.wanted(j) {
			most = min(most, r.missing[j])
			for at := j; ; {
				came := r.came[offset+int(at)]
				if came < 0 {
					steps = append(steps, step{came, 1})
					most = min(most, r.g.Upper[r.g.away[-1-came].arc]-r.away[-1-came])
					return steps, j, most, true
				}
				if t := r.g.local[came].teacher; t == from {
					steps = append(steps, step{came, 1})
					return steps, j, min(most, r.g.Upper[r.g.local[came].arc]-r.local[came]), true
				}
				leave := r.came[r.g.local[came].teacher]
				steps = append(steps, step{came, 1}, step{leave, -1})
				most = min(most, r.local[leave], r.g.Upper[r.g.local[came].arc]-r.local[came])
				at = r.g.local[leave].lesson
			}
		}
		for _, leave := range r.taughtBy[j] {
			t := r.g.local[leave].teacher
			if r.local[leave] == 0 || r.seen[t] == r.now {
				continue
			}
			r.seen[t], r.came[t] = r.now, leave
			for _, take := range r.teaches[t] {
				if r.local[take] < r.g.Upper[r.g.local[take].arc] {
					r.reach(r.g.local[take].lesson, take)
				}
			}
		}
	}
	return steps, 0, 0, false
}

// push sends flow along a path; a negative amount takes it back.
func (r *residual) push(v int32, steps []step, amount int64, source, sink int32) {
	for _, s := range steps {
		if s.link < 0 {
			r.away[-1-s.link] += s.change * amount
		} else {
			r.local[s.link] += s.change * amount
		}
	}
	r.through[v] += amount
	r.spare[source] -= amount
	r.missing[sink] -= amount
	r.count(sink, -amount)
}
