package subsidy

import (
	"fmt"
	"io"
	"slices"
	"strconv"

	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/table"
)

// The columns of past assignments, of cut-offs, and of the subsidies of several years.
const (
	columnYear    = "year"
	columnPost    = "post"
	columnPoints  = "points"
	columnPresent = "present"
	columnTier    = "tier"
	columnFrom    = "from_years"
	columnMonthly = "yuan_per_month"

	// closedPost stands for the points of a post that took no newcomer.
	closedPost = "closed"
)

// Bounds of what files can hold.
const (
	firstYear, lastYear = 1900, 2200
	greatestPoints      = 1e6
	greatestYears       = 80
)

// ReadAssignments reads past assignments, one row for each teacher and year who took part: columns year,
// teacher, post (as in "S014/primary/chinese", or none), points, and optionally present, the post held before (none
// for none; empty: the one that the county has), and synthetic. The error is a *table.Errors of *table.CellError,
// which says what was meant where a teacher or post is not the county's.
func ReadAssignments(r io.Reader, file string, supply *Supply) ([]Assignment, error) {
	s, err := readSheet(r, file)
	if err != nil {
		return nil, err
	}
	if err := s.want([]string{columnYear, columnTeacher, columnPost, columnPoints}, []string{columnPresent, columnSynthetic}); err != nil {
		return nil, err
	}
	if len(s.rows) == 0 {
		s.fault(0, "", "", "at least one assignment")
	}
	ids := supply.ids()
	type line struct {
		year    int
		teacher int32
	}
	seen := map[line]int{}
	var all []Assignment
	for row := range s.rows {
		a := Assignment{Year: s.whole(row, columnYear, firstYear, lastYear), Teacher: ids.teacher(s, row), row: row + 2,
			Points: s.number(row, columnPoints, -greatestPoints, greatestPoints), Synthetic: s.yes(row, columnSynthetic)}
		a.Post = ids.post(s, row, columnPost)
		if s.cell(row, columnPresent) != "" {
			a.Present = ids.post(s, row, columnPresent)
		} else if a.Present = -1; a.Teacher >= 0 {
			a.Present = supply.People[a.Teacher].Present
		}
		if a.Teacher >= 0 {
			key := line{a.Year, a.Teacher}
			if first, twice := seen[key]; twice {
				s.bad(row, columnTeacher, fmt.Sprintf("each teacher once a year; row %d has %s too", first, supply.People[a.Teacher].ID))
			}
			seen[key] = row + 2
		}
		all = append(all, a)
	}
	if err := s.err(); err != nil {
		return nil, err
	}
	return all, nil
}

// ReadCutOffs reads published cut-offs: columns year, post and points, which is closed for a post that took no
// newcomer. A post that is not listed had places left. The error is a *table.Errors of *table.CellError.
func ReadCutOffs(r io.Reader, file string, supply *Supply) (CutOffs, error) {
	s, err := readSheet(r, file)
	if err != nil {
		return nil, err
	}
	if err := s.want([]string{columnYear, columnPost, columnPoints}, nil); err != nil {
		return nil, err
	}
	ids := supply.ids()
	c := CutOffs{}
	for row := range s.rows {
		at := PostYear{s.whole(row, columnYear, firstYear, lastYear), ids.post(s, row, columnPost)}
		if at.Post < 0 {
			if s.cell(row, columnPost) == NoPost {
				s.bad(row, columnPost, "a post")
			}
			continue
		}
		if _, twice := c[at]; twice {
			s.bad(row, columnPost, "each post once a year")
		}
		if c[at] = Closed(); s.cell(row, columnPoints) != closedPost {
			c[at] = s.number(row, columnPoints, -greatestPoints, greatestPoints)
		}
	}
	if err := s.err(); err != nil {
		return nil, err
	}
	return c, nil
}

// ReadSchedules reads the subsidies of several years: columns year, tier, from_years and yuan_per_month. The
// error is a *table.Errors of *table.CellError.
func ReadSchedules(r io.Reader, file string) (map[int]model.SubsidySchedule, error) {
	s, err := readSheet(r, file)
	if err != nil {
		return nil, err
	}
	if err := s.want([]string{columnYear, columnTier, columnFrom, columnMonthly}, nil); err != nil {
		return nil, err
	}
	schedules := map[int]model.SubsidySchedule{}
	for row := range s.rows {
		year := s.whole(row, columnYear, firstYear, lastYear)
		line := model.SubsidyLine{Tier: model.Tier(s.whole(row, columnTier, 0, int(model.MaxTier))), FromYears: s.whole(row, columnFrom, 0, greatestYears)}
		if line.Monthly, err = model.ParseYuan(s.cell(row, columnMonthly)); err != nil {
			s.because(row+2, columnMonthly, s.cell(row, columnMonthly), "an amount in yuan", err)
		}
		if slices.ContainsFunc(schedules[year], func(l model.SubsidyLine) bool { return l.Tier == line.Tier && l.FromYears == line.FromYears }) {
			s.bad(row, columnTier, "each tier and number of years once a year")
		}
		schedules[year] = append(schedules[year], line)
	}
	if err := s.err(); err != nil {
		return nil, err
	}
	return schedules, nil
}

// whole reads a whole number within bounds.
func (s *sheet) whole(row int, column string, least, greatest int) int {
	x, err := strconv.Atoi(s.cell(row, column))
	if err != nil || x < least || x > greatest {
		s.bad(row, column, fmt.Sprintf("a whole number from %d to %d", least, greatest))
		return least
	}
	return x
}

// identifiers find the teachers and posts of a county by what files call them.
type identifiers struct {
	teachers, posts       map[string]int32
	knownPeople, knownAll []string // ids to choose a likely one from; teachers who are away count as known
	knownPosts            []string
}

func (s *Supply) ids() *identifiers {
	d := &identifiers{teachers: map[string]int32{}, posts: map[string]int32{NoPost: -1}, knownPosts: []string{NoPost}}
	for i := range s.People {
		d.teachers[string(s.People[i].ID)] = int32(i)
		d.knownPeople = append(d.knownPeople, string(s.People[i].ID))
	}
	for i := range s.County.Teachers {
		d.knownAll = append(d.knownAll, string(s.County.Teachers[i].ID))
	}
	slices.Sort(d.knownAll)
	for i := range s.Posts {
		d.posts[s.Posts[i].String()] = int32(i)
		d.knownPosts = append(d.knownPosts, s.Posts[i].String())
	}
	return d
}

// teacher finds who is named in a row; -1, and a fault, for nobody.
func (d *identifiers) teacher(s *sheet, row int) int32 {
	id := s.cell(row, columnTeacher)
	if i, found := d.teachers[id]; found {
		return i
	}
	if _, away := slices.BinarySearch(d.knownAll, id); away {
		s.bad(row, columnTeacher, "a teacher who is not on leave, seconded or retired on the day of the county's data")
	} else {
		s.stray(row, columnTeacher, "teacher", id, wantTeacher, d.knownPeople)
	}
	return -1
}

// post finds the post in a cell; -1 for none, and for a fault.
func (d *identifiers) post(s *sheet, row int, column string) int32 {
	name := s.cell(row, column)
	i, found := d.posts[name]
	if !found {
		s.stray(row, column, "post", name, wantPost, d.knownPosts)
		return -1
	}
	return i
}

// stray notes a teacher or post that is not the county's, with the id that was meant, perhaps: after
// many faults no longer, since looking for it takes long and the file is that of another county.
func (s *sheet) stray(row int, column, what, word, want string, known []string) {
	const looked = 100
	cause := &model.UnknownWordError{What: what, Word: word, Known: known}
	if s.faults.Total < looked {
		if near := model.Nearest(word, known); near != "" {
			want += fmt.Sprintf(" (did you mean %q?)", near)
		}
	}
	s.because(row+2, column, word, want, cause)
}

const (
	wantTeacher = "a teacher of the county"
	wantPost    = "a post of the county, as SCHOOL/STAGE/SUBJECT, or " + NoPost
)

// Check holds the teachers and posts of a history to those of a county: who is away now may have chosen. file names the
// file that the history was read from, row by row. The error is a *table.Errors of *table.CellError.
func (h *History) Check(supply *Supply, file string) error {
	s := &sheet{file: file, faults: &table.Errors{}}
	ids := supply.ids()
	for n, teacher := range h.Teachers {
		if _, known := slices.BinarySearch(ids.knownAll, teacher); !known {
			s.stray(h.Data.First[n], columnTeacher, "teacher", teacher, wantTeacher, ids.knownAll)
		}
	}
	for row, post := range h.Alternatives {
		if _, known := ids.posts[post]; !known {
			s.stray(row, columnAlternative, "post", post, wantPost, ids.knownPosts)
		}
	}
	return s.err()
}
