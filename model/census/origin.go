package census

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/xianguan/xianguan/model"
)

// origin lists what is real and what is assumed in one county: the sentences of
// the mapping, and those that follow from it.
func (b *build) origin(seed uint64) model.Origin {
	o := b.census.Origin(seed)
	add := func(sentence string, args ...any) { o.Assumed = append(o.Assumed, fmt.Sprintf(sentence, args...)) }
	b.kindSentences(add)
	for _, district := range b.districts {
		switch at := b.seats[district]; {
		case at == nil:
			add("%s has no school of known position: hardship follows from urban or rural alone.", district)
		case at.urban:
			add("The seat of %s is taken to be at %s (%s), its urban school with most pupils.", district, at.name, at.id)
		default:
			add("The seat of %s is taken to be at %s (%s), its school with most pupils; none is urban.", district, at.name, at.id)
		}
	}
	b.faultSentences(add)
	return o
}

// Origin lists what is real and what is assumed in every county of the census: the sentences of the mapping and its overrides. What depends on the
// districts stands in the origin of each county.
func (c *Census) Origin(seed uint64) model.Origin {
	s := c.scheme
	o := model.Origin{Synthetic: true, Source: s.Source, Licence: s.Licence, Seed: seed, Real: slices.Clone(s.Real), Assumed: slices.Clone(s.Assumed)}
	(&build{scheme: s}).overrideSentences(func(sentence string, args ...any) { o.Assumed = append(o.Assumed, fmt.Sprintf(sentence, args...)) })
	return o
}

// overrideSentences states the overrides; neighbours with one value and one
// reason share a sentence.
func (b *build) overrideSentences(add func(string, ...any)) {
	for i := 0; i < len(b.Overrides); {
		first, keys := b.Overrides[i], []string{}
		for ; i < len(b.Overrides) && b.Overrides[i].Value == first.Value && b.Overrides[i].Why == first.Why; i++ {
			keys = append(keys, b.Overrides[i].Key)
		}
		add("%s = %s: %s.", strings.Join(keys, ", "), first.Value, strings.TrimSuffix(first.Why, "."))
	}
}

// kindSentences states what is assumed of the kinds of school that the county has.
func (b *build) kindSentences(add func(string, ...any)) {
	count := make([]int, len(b.Kinds))
	for i := range b.schools {
		count[b.schools[i].kind]++
	}
	for i := range b.Kinds {
		k := &b.Kinds[i]
		if count[i] == 0 {
			continue
		}
		sentence := fmt.Sprintf("%s (%s) teaches grades %s", cmp.Or(k.String(), "Any kind"), plural(count[i], "school"), k.Grades)
		if k.Language != "" {
			sentence += fmt.Sprintf(" in %q", k.Language)
		}
		if k.ClassSize > 0 {
			sentence += fmt.Sprintf(", in classes of at most %d", k.ClassSize)
		}
		if k.KeepStaff {
			sentence += ", with the teachers in post as its staffing quota"
		}
		if k.Assumption != "" {
			sentence += ": " + strings.TrimSuffix(k.Assumption, ".")
		}
		add("%s.", sentence)
	}
}

// faultSentences states which faults of the census touch the county, and what
// was done.
func (b *build) faultSentences(add func(string, ...any)) {
	for _, rule := range b.Faults.rules() {
		var ids []string
		for _, f := range b.census.findings {
			if f.Fault == rule.fault && slices.Contains(b.districts, f.District) {
				ids = append(ids, f.School)
			}
		}
		if len(ids) > 0 {
			add("Fault of the census: %s; %s: %s.", fmt.Sprintf(rule.says, plural(len(ids), "school")),
				rule.treatment.says(), strings.Join(ids, ", "))
		}
	}
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
