package table

import (
	"fmt"
	"strings"

	"github.com/xianguan/xianguan/model"
)

// resolveNames puts the id where a reference gives the name of a school, a subject or a township, as people write it: "语文" for chinese. An id
// goes before a name, and a name that two records share stands for none. It takes time linear in the county.
func resolveNames(c *model.County) {
	schools, subjects, townships, outside := schoolIDs(c), subjectIDs(c), townshipIDs(c), outsideIDs(c)
	for i := range c.Schools {
		townships.resolve(&c.Schools[i].Township)
		schools.resolve(&c.Schools[i].Partner)
		outside.resolve(&c.Schools[i].OutsidePartner)
	}
	for i := range c.Teachers {
		t := &c.Teachers[i]
		schools.resolve(&t.School)
		schools.resolve(&t.WorkingSchool)
		subjects.resolve(&t.Main)
		subjects.resolve(&t.Teaches)
		townships.resolve(&t.Home)
		for j := range t.Second {
			subjects.resolve(&t.Second[j])
		}
		for j := range t.Preferences {
			schools.resolve(&t.Preferences[j])
		}
	}
	for i := range c.Posts {
		schools.resolve(&c.Posts[i].School)
		subjects.resolve(&c.Posts[i].Subject)
	}
	for i := range c.Outside {
		for j := range c.Outside[i].Subjects {
			subjects.resolve(&c.Outside[i].Subjects[j])
		}
	}
}

// idsOf gives the id of a record for its id and its names. An id is itself, whatever else has it for a name.
func idsOf[R any, ID ~string](records []R, of func(*R) (id ID, names []string)) ids[ID] {
	m := ids[ID]{}
	for i := range records {
		id, names := of(&records[i])
		m.name(id, names...)
	}
	for i := range records {
		id, _ := of(&records[i])
		m[string(id)] = id
	}
	return m
}

func schoolIDs(c *model.County) ids[model.SchoolID] {
	return idsOf(c.Schools, func(s *model.School) (model.SchoolID, []string) { return s.ID, []string{s.Name} })
}

func subjectIDs(c *model.County) ids[model.SubjectID] {
	return idsOf(c.Subjects, func(s *model.Subject) (model.SubjectID, []string) { return s.ID, []string{s.Name, s.NameEn} })
}

func townshipIDs(c *model.County) ids[model.TownshipID] {
	return idsOf(c.Townships, func(t *model.Township) (model.TownshipID, []string) { return t.ID, []string{t.Name, t.NameEn} })
}

func outsideIDs(c *model.County) ids[model.OutsideID] {
	return idsOf(c.Outside, func(s *model.OutsideSchool) (model.OutsideID, []string) { return s.ID, []string{s.Name} })
}

// ids gives the id that a text stands for: "" where it is the name of two.
type ids[ID ~string] map[string]ID

func (m ids[ID]) name(id ID, names ...string) {
	for _, name := range names {
		if other, taken := m[name]; taken && other != id {
			id = ""
		}
		m[name] = id
	}
}

func (m ids[ID]) resolve(at *ID) {
	if id := m[string(*at)]; *at != "" && id != "" {
		*at = id
	}
}

// nameHint helps with a reference in Chinese that is neither an id nor a name: with the nearest name.
func nameHint(c *model.County, cell *CellError) {
	table, reference := strings.CutPrefix(cell.Hint, "an id from ")
	if !reference || !chinese(cell.Value) {
		return
	}
	var names []string
	switch table {
	case "schools":
		for i := range c.Schools {
			names = append(names, c.Schools[i].Name)
		}
	case "curriculum":
		for i := range c.Subjects {
			names = append(names, c.Subjects[i].Name)
		}
	case "outside":
		for i := range c.Outside {
			names = append(names, c.Outside[i].Name)
		}
	case "townships":
		for i := range c.Townships {
			names = append(names, c.Townships[i].Name)
		}
	default:
		return
	}
	cell.Hint = "an id or a name from " + table
	same := 0
	for _, name := range names {
		if name == cell.Value {
			same++
		}
	}
	if same > 1 {
		cell.Hint = fmt.Sprintf("the id: %d records of %s have this name", same, table)
	} else if near := model.Nearest(cell.Value, names); near != "" {
		cell.Hint += fmt.Sprintf("; did you mean %q?", near)
	}
}
