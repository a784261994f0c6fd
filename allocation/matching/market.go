package matching

// Market is a matching market as plain data: people with lists of schools,
// schools with places and a ranking of the people whom they may take. It can be
// saved as JSON. NewProblem validates it.
type Market struct {
	Applicants []Applicant `json:"applicants"`
	Schools    []School    `json:"schools"`
	Regions    []Region    `json:"regions,omitempty"` // for FlexibleDeferredAcceptance alone
	Couples    []Couple    `json:"couples,omitempty"` // for WithCouples alone
}

// Applicant is a person who ranks schools.
type Applicant struct {
	ID   string   `json:"id"`
	List []string `json:"list"` // schools, most wanted first; who leaves a school out would rather have none
	// Present is the school where the applicant holds a post now, or empty. The
	// mechanisms that protect it never take it away, and disregard what the list
	// names after it; a list that leaves it out has it at the end.
	Present string `json:"present,omitempty"`
	// Class is the group that the applicant is counted in where schools cap classes: a title
	// class (职称), for one.
	Class string `json:"class,omitempty"`
}

// School has places and ranks the people who are eligible for them.
type School struct {
	ID       string `json:"id"`
	Capacity int    `json:"capacity"` // places
	// Ranking names the eligible people with their points (积分), more is better, in
	// any order. Equal points are a tie, which the lottery breaks. Who is not in it
	// can't be taken, and naming the school on a list is then an error.
	Ranking []Candidate `json:"ranking"`
	Floor   int         `json:"floor,omitempty"`  // people to be placed here at least; at most Capacity
	Target  int         `json:"target,omitempty"` // places filled before any school goes beyond its target; 0: Floor
	// ClassCaps is how many people of a class may be placed here at most (职称结构比例); a class that is
	// not named has no cap. For DeferredAcceptance alone, also on Protect.
	ClassCaps map[string]int `json:"class_caps,omitempty"`
}

// Candidate is a person in a school's ranking.
type Candidate struct {
	Applicant string `json:"applicant"`
	Points    int64  `json:"points"`
}

// InOrder is a strict ranking, best first: the last has 1 point, the first has
// as many as there are names.
func InOrder(applicants ...string) []Candidate {
	ranking := make([]Candidate, len(applicants))
	for i, id := range applicants {
		ranking[i] = Candidate{Applicant: id, Points: int64(len(applicants) - i)}
	}
	return ranking
}

// Region bounds the number of people placed in a set of schools. Regions must
// nest or be disjoint.
type Region struct {
	ID      string   `json:"id"`
	Schools []string `json:"schools"`
	Floor   int      `json:"floor,omitempty"` // at least
	Cap     int      `json:"cap,omitempty"`   // at most; 0: no limit
}

// Couple is two applicants who rank pairs of schools together. Their own lists
// are not used by WithCouples and may be empty; their schools must rank them.
type Couple struct {
	First  string      `json:"first"`
	Second string      `json:"second"`
	List   [][2]string `json:"list"` // school of the first and of the second, "" for none, most wanted first
}
