package report

import (
	"cmp"
	"fmt"
	"html/template"
	"math"
	"slices"
	"strings"

	"github.com/xianguan/xianguan/model"
)

// moveRow is how many people move between two schools: the map as a table.
type moveRow struct {
	From, To string
	People   int
}

// The map's size and margin, in its own units.
const mapWidth, mapMargin = 960.0, 40.0

// mapHeight keeps a map of a county that is long and thin on a screen.
const leastMapHeight, mostMapHeight = 320.0, 900.0

// drawMap draws the schools, as large as their need and coloured by what stays vacant, and the moves between them as arcs, as wide as the people are many. The
// projection is equirectangular at the county's middle latitude. Schools without a position are in the table of moves alone.
func drawMap(c *model.County, p *model.Plan) (template.HTML, []moveRow) {
	need, vacant := map[model.SchoolID]int{}, map[model.SchoolID]int{}
	for i := range p.Posts {
		need[p.Posts[i].School] += p.Posts[i].Need
		vacant[p.Posts[i].School] += p.Posts[i].Short()
	}
	people := map[[2]model.SchoolID]int{}
	for i := range p.Assignments {
		if a := &p.Assignments[i]; a.Moved() && !a.From.IsZero() && a.From.School != a.To.School {
			people[[2]model.SchoolID{a.From.School, a.To.School}]++
		}
	}
	names := schoolNames(c)
	var pairs [][2]model.SchoolID
	for pair := range people {
		pairs = append(pairs, pair)
	}
	slices.SortFunc(pairs, func(a, b [2]model.SchoolID) int {
		return cmp.Or(cmp.Compare(people[b], people[a]), cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1]))
	})
	var moves []moveRow
	for _, pair := range pairs {
		moves = append(moves, moveRow{names[pair[0]], names[pair[1]], people[pair]})
	}
	at, height := project(c)
	if len(at) == 0 {
		return "", moves
	}
	var svg strings.Builder
	fmt.Fprintf(&svg, `<svg viewBox="0 0 %.0f %.0f" role="img" aria-labelledby="map-title map-text"><title id="map-title">学校与调动 Schools and moves</title><desc id="map-text">%d schools, %d pairs of schools with moves; the table below has them all.</desc><defs><marker id="tip" viewBox="0 0 6 6" refX="3" refY="3" markerWidth="6" markerHeight="6" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0L6 3L0 6z"/></marker></defs><g class="arcs">`,
		mapWidth, height, len(at), len(pairs))
	for _, pair := range pairs {
		from, known := at[pair[0]]
		to, there := at[pair[1]]
		if !known || !there {
			continue
		}
		fmt.Fprintf(&svg, `<path d="%s" stroke-width="%.1f"><title>%s → %s: %d</title></path>`, arc(from, to),
			math.Sqrt(float64(people[pair])), template.HTMLEscapeString(names[pair[0]]), template.HTMLEscapeString(names[pair[1]]), people[pair])
	}
	svg.WriteString(`</g><g class="schools">`)
	for i := range c.Schools {
		s := &c.Schools[i]
		point, known := at[s.ID]
		if !known {
			continue
		}
		class := "full"
		if vacant[s.ID] > 0 {
			class = "short"
		}
		if need[s.ID] > 0 && 10*vacant[s.ID] > need[s.ID] {
			class = "bare"
		}
		fmt.Fprintf(&svg, `<circle class="%s" cx="%.1f" cy="%.1f" r="%.1f"><title>%s: %d / %d</title></circle>`, class, point[0], point[1], 2+math.Sqrt(float64(need[s.ID])),
			template.HTMLEscapeString(s.Name), need[s.ID]-vacant[s.ID], need[s.ID])
	}
	svg.WriteString(`</g></svg>`)
	return template.HTML(svg.String()), moves
}

// arc draws a quadratic curve whose bend is a fifth of the way, to the left of the direction of the move. It is cut in two halves (de Casteljau), so that
// there is a vertex in the middle for the arrow.
func arc(from, to [2]float64) string {
	bend := [2]float64{(from[0]+to[0])/2 + (to[1]-from[1])/5, (from[1]+to[1])/2 - (to[0]-from[0])/5}
	middle := func(a, b [2]float64) [2]float64 { return [2]float64{(a[0] + b[0]) / 2, (a[1] + b[1]) / 2} }
	first, second := middle(from, bend), middle(bend, to)
	top := middle(first, second)
	return fmt.Sprintf("M%.1f %.1fQ%.1f %.1f %.1f %.1fQ%.1f %.1f %.1f %.1f", from[0], from[1], first[0], first[1], top[0], top[1], second[0], second[1], to[0], to[1])
}

// project places the schools that have a position on the map, and gives its height.
func project(c *model.County) (map[model.SchoolID][2]float64, float64) {
	at := map[model.SchoolID][2]float64{}
	west, east, south, north := math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
	for i := range c.Schools {
		if p := c.Schools[i].Position; !p.IsZero() {
			west, east = min(west, float64(p.Lon)), max(east, float64(p.Lon))
			south, north = min(south, float64(p.Lat)), max(north, float64(p.Lat))
			at[c.Schools[i].ID] = [2]float64{float64(p.Lon), float64(p.Lat)}
		}
	}
	if len(at) == 0 {
		return at, 0
	}
	narrow := math.Cos((south + north) / 2 / 1e6 * math.Pi / 180)
	width, tall := max(1, (east-west)*narrow), max(1, north-south)
	scale := min((mapWidth-2*mapMargin)/width, (mostMapHeight-2*mapMargin)/tall)
	height := max(leastMapHeight, tall*scale+2*mapMargin)
	for id, p := range at {
		at[id] = [2]float64{mapWidth/2 + (p[0]-(west+east)/2)*narrow*scale, height/2 - (p[1]-(south+north)/2)*scale}
	}
	return at, height
}

// heat is what stays vacant by school and subject: schools with a vacancy.
type heat struct {
	Subjects []term
	Rows     []heatRow
}

type heatRow struct {
	School string
	Tier   model.Tier
	Cells  []heatCell
	Vacant int
}

type heatCell struct {
	Vacant int
	Level  int // 0 to 3: how dark
}

func newHeat(c *model.County, p *model.Plan) heat {
	vacant := map[model.SchoolID]map[model.SubjectID]int{}
	used := map[model.SubjectID]bool{}
	for i := range p.Posts {
		post := &p.Posts[i]
		if n := post.Short(); n > 0 {
			if vacant[post.School] == nil {
				vacant[post.School] = map[model.SubjectID]int{}
			}
			vacant[post.School][post.Subject] += n
			used[post.Subject] = true
		}
	}
	var h heat
	for _, s := range c.Subjects {
		if used[s.ID] {
			en := s.NameEn
			if en == "" {
				en = string(s.ID)
			}
			h.Subjects = append(h.Subjects, term{s.Name, en})
		}
	}
	for i := range c.Schools {
		s := &c.Schools[i]
		if vacant[s.ID] == nil {
			continue
		}
		row := heatRow{School: s.Name, Tier: s.Tier}
		for _, subject := range c.Subjects {
			if used[subject.ID] {
				n := vacant[s.ID][subject.ID]
				row.Cells = append(row.Cells, heatCell{n, min(n, 3)})
				row.Vacant += n
			}
		}
		h.Rows = append(h.Rows, row)
	}
	slices.SortStableFunc(h.Rows, func(a, b heatRow) int { return b.Vacant - a.Vacant })
	return h
}
