package report

import (
	"cmp"
	"fmt"
	"html/template"
	"math"
	"slices"
	"strconv"
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

// leastMark is the radius of a school without need: its shape can still be told.
const leastMark = 4.0

// schoolMark is how the map draws the schools that are filled alike. The marks differ in shape, so that the map is read without colour.
type schoolMark struct {
	term           // what it says
	class   string // of the page's style, which colours it
	shape   string // of radius 1
	Schools int    // on the map
}

// newMarks gives the marks, the best filled first.
func newMarks() []schoolMark {
	return []schoolMark{
		{term{"无空缺", "no vacancy"}, "full", "M-1 0A1 1 0 1 1 1 0A1 1 0 1 1-1 0z", 0},                                // a disc
		{term{"有空缺", "a vacancy"}, "short", "M0-1.3L1.3 1H-1.3z", 0},                                                // a triangle
		{term{"缺岗超过一成", "more than a tenth vacant"}, "bare", "M0-1.4L1.4 0L0 1.4L-1.4 0zM0-.6L-.6 0L0 .6L.6 0z", 0}, // a diamond with a hole
	}
}

// markOf gives which mark a school has.
func markOf(vacant, need int) int {
	switch {
	case vacant == 0:
		return 0
	case 10*vacant <= need:
		return 1
	}
	return 2
}

// draw draws the mark with a radius and a text for who points at it.
func (m *schoolMark) draw(x, y, radius float64, title string) string {
	return fmt.Sprintf(`<path class="mark %s" transform="translate(%.1f %.1f) scale(%.1f)" d="%s"><title>%s</title></path>`, m.class, x, y, radius, m.shape, template.HTMLEscapeString(title))
}

// Sample draws the mark for the legend, in a box of 12 by 12.
func (m schoolMark) Sample() template.HTML {
	return template.HTML(m.draw(6, 6, 4, m.Zh+" "+m.En))
}

// drawMap draws the schools, as large as their need and marked by what stays vacant, and the moves between them as arcs, as wide as the people are many. The
// projection is equirectangular at the county's middle latitude. Schools without a position are in the table of moves alone.
func drawMap(c *model.County, p *model.Plan) (template.HTML, []schoolMark, []moveRow) {
	need, vacant := map[model.SchoolID]int{}, map[model.SchoolID]int{}
	for i := range p.Posts {
		need[p.Posts[i].School] += p.Posts[i].Need
		vacant[p.Posts[i].School] += p.Posts[i].Short()
	}
	names := schoolNames(c)
	pairs, people := movesBetween(p)
	var moves []moveRow
	for _, pair := range pairs {
		moves = append(moves, moveRow{names[pair[0]], names[pair[1]], people[pair]})
	}
	at, height := project(c)
	if len(at) == 0 {
		return "", nil, moves
	}
	var schools, svg strings.Builder
	marks := newMarks()
	for i := range c.Schools {
		s := &c.Schools[i]
		point, known := at[s.ID]
		if !known {
			continue
		}
		mark := &marks[markOf(vacant[s.ID], need[s.ID])]
		mark.Schools++
		schools.WriteString(mark.draw(point[0], point[1], leastMark+math.Sqrt(float64(need[s.ID])),
			fmt.Sprintf("%s: %d / %d, %s %s", s.Name, need[s.ID]-vacant[s.ID], need[s.ID], mark.Zh, mark.En)))
	}
	fmt.Fprintf(&svg, `<svg viewBox="0 0 %.0f %.0f" role="img" aria-labelledby="map-title map-text"><title id="map-title">学校与调动 Schools and moves</title><desc id="map-text">`, mapWidth, height)
	fmt.Fprintf(&svg, "%d所学校：%s；%d对学校间有调动，全部见下表。 %d schools: %s; %d pairs of schools with moves, which the table below has all.</desc>",
		len(at), countMarks(marks, "、", func(m *schoolMark) string { return m.Zh }), len(pairs), len(at), countMarks(marks, ", ", func(m *schoolMark) string { return " " + m.En }), len(pairs))
	svg.WriteString(`<defs><marker id="tip" viewBox="0 0 6 6" refX="3" refY="3" markerWidth="6" markerHeight="6" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0L6 3L0 6z"/></marker></defs><g class="arcs">`)
	for _, pair := range pairs {
		from, known := at[pair[0]]
		to, there := at[pair[1]]
		if !known || !there {
			continue
		}
		fmt.Fprintf(&svg, `<path d="%s" stroke-width="%.1f"><title>%s → %s: %d</title></path>`, arc(from, to),
			math.Sqrt(float64(people[pair])), template.HTMLEscapeString(names[pair[0]]), template.HTMLEscapeString(names[pair[1]]), people[pair])
	}
	svg.WriteString(`</g><g class="schools">` + schools.String() + `</g></svg>`)
	return template.HTML(svg.String()), marks, moves
}

// movesBetween counts who moves from one school to another, the most people first.
func movesBetween(p *model.Plan) (pairs [][2]model.SchoolID, people map[[2]model.SchoolID]int) {
	people = map[[2]model.SchoolID]int{}
	for i := range p.Assignments {
		if a := &p.Assignments[i]; a.Moved() && !a.From.IsZero() && a.From.School != a.To.School {
			people[[2]model.SchoolID{a.From.School, a.To.School}]++
		}
	}
	for pair := range people {
		pairs = append(pairs, pair)
	}
	slices.SortFunc(pairs, func(a, b [2]model.SchoolID) int {
		return cmp.Or(cmp.Compare(people[b], people[a]), cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1]))
	})
	return pairs, people
}

// countMarks says how many schools have each mark.
func countMarks(marks []schoolMark, comma string, word func(*schoolMark) string) string {
	var parts []string
	for i := range marks {
		parts = append(parts, strconv.Itoa(marks[i].Schools)+word(&marks[i]))
	}
	return strings.Join(parts, comma)
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
