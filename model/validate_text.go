package model

import (
	"strings"
	"unicode/utf8"
)

// texts faults what no file could keep: text that is not UTF-8, which JSON
// would change in silence, or that has a NUL byte.
func (v *validation) texts() {
	r := record{v, "settings", -1, ""}
	r.text("county.id", string(v.ID))
	r.text("county.name", v.Name)
	r.text("county.name_en", v.NameEn)
	r.text("origin.source", v.Origin.Source)
	r.text("origin.licence", v.Origin.Licence)
	r.sentences("origin.real", v.Origin.Real)
	r.sentences("origin.assumed", v.Origin.Assumed)
	for i := range v.Townships {
		t := &v.Townships[i]
		r := record{v, "townships", i, string(t.ID)}
		r.text("name", t.Name)
		r.text("name_en", t.NameEn)
	}
	for i := range v.Subjects {
		s := &v.Subjects[i]
		r := record{v, "curriculum", i, string(s.ID)}
		r.text("name", s.Name)
		r.text("name_en", s.NameEn)
		r.label("language", string(s.Language))
	}
	for i := range v.Schools {
		s := &v.Schools[i]
		r := record{v, "schools", i, string(s.ID)}
		r.text("name", s.Name)
		r.label("district", string(s.District))
		r.label("language", string(s.Language))
	}
	for i := range v.Outside {
		record{v, "outside", i, string(v.Outside[i].ID)}.text("name", v.Outside[i].Name)
	}
}

func (r record) text(field, value string) {
	if !printable(value) {
		r.fault(field, value, "UTF-8 text without NUL bytes")
	}
}

// label faults a text that stands beside others and must compare with them.
func (r record) label(field, value string) {
	r.text(field, value)
	if value != strings.TrimSpace(value) {
		r.fault(field, value, "text without blanks around it")
	}
}

// sentences faults a list of texts that has an empty one.
func (r record) sentences(field string, values []string) {
	for _, value := range values {
		r.text(field, value)
		if value == "" {
			r.fault(field, value, "a sentence in each entry")
		}
	}
}

// printable reports whether files can keep the text.
func printable(text string) bool {
	return utf8.ValidString(text) && strings.IndexByte(text, 0) < 0
}
