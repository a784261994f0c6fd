package horizon

import (
	"context"
	"errors"
	"math"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/model"
)

const (
	steps       = 100  // of the bound between two ways through the years
	firstStride = 0.05 // of the step to the best known plan, if L were straight (Polyak)
	lastStride  = 0.001
	corrections = 8   // of the worth of posts by what real plans leave vacant, at the end
	correction  = 200 // shortage points each time
)

// lookAhead raises the bound by subgradient steps and now and then goes through the years one after the other: each year is planned with what its posts are worth in
// the years ahead. The best way through the years stays. At the end the worth is corrected by the plans themselves, which know what the bound leaves out.
func (x *planning) lookAhead(ctx context.Context) error {
	d := x.duals
	total := steps * x.options.Rounds
	for i := range total {
		if i%steps == 0 {
			if _, err := x.propose(ctx); err != nil {
				return stopped(ctx, err)
			}
		}
		a := d.ask()
		goal := x.goal()
		if d.bound >= goal || a.norm == 0 {
			return nil
		}
		d.step(a, goal, firstStride*math.Pow(lastStride/firstStride, float64(i)/float64(total)))
	}
	d.back()
	for range corrections {
		w, err := x.propose(ctx)
		if err != nil || w == nil {
			return stopped(ctx, err)
		}
		d.correct(w)
	}
	return nil
}

// goal is the shortage of the best known plan of the years; without one, a tenth above the bound.
func (x *planning) goal() int64 {
	if x.best == nil {
		return x.duals.bound + max(1, x.duals.bound/10)
	}
	return x.best.total()[0]
}

// propose goes through the years with what posts are worth now. It gives nil where that leads to no lawful plan.
func (x *planning) propose(ctx context.Context) (*course, error) {
	w, err := x.travel(ctx, x.priced(x.pricesAhead()))
	var none *allocation.InfeasibleError
	switch {
	case errors.Is(err, errUnlawful) || errors.As(err, &none):
		return nil, nil
	case err != nil:
		return nil, err
	case w.better(x.best):
		x.best = w
	}
	return w, nil
}

// correct makes a post worth more in a year where real plans leave vacant what its school would fill at this worth, and less where they have more people than that.
func (d *duals) correct(w *course) {
	for k := range d.years {
		y := &d.years[k]
		wanted, have := make([]int64, len(y.posts)), map[model.PostID]int64{}
		y.takeOn(d.worth[k], wanted)
		for _, post := range seats(w.plans[k]) {
			have[post]++
		}
		for p := range y.posts {
			post := &y.posts[p]
			switch people := have[post.id]; {
			case people > wanted[p]:
				d.worth[k][p] = max(min(0, d.worth[k][p]), d.worth[k][p]-correction)
			case people < wanted[p] && people < int64(post.Need):
				d.worth[k][p] += correction
			}
		}
	}
}

// pricesAhead gives what a post is worth in the years ahead: for who has not moved yet, the best history from the next year on of staying where they are, and of
// each post that they may move to.
func (x *planning) pricesAhead() [][]allocation.Price {
	d := x.duals
	stay, still := d.toGo(d.worth)
	all := make([][]allocation.Price, len(d.years))
	for k := range len(d.years) - 1 {
		y := &d.years[k]
		for i, person := range y.person {
			h := &d.people[person]
			if h.free || !h.moves || h.last <= k {
				continue
			}
			for o := y.start[i]; o < y.start[i+1]; o++ {
				option := &y.options[o]
				price := allocation.Price{Teacher: h.id}
				switch {
				case option.still:
					price.Points = y.at(d.worth[k], o) - still[k][o]
				case option.move:
					price.Points = y.at(d.worth[k], o) - stay[k][o]
				}
				if option.post >= 0 {
					price.Post = y.posts[option.post].id
				}
				if price.Points != 0 {
					all[k] = append(all[k], price)
				}
			}
		}
	}
	return all
}
