package model

// Plan says who teaches what and where. It is a value: it can be saved, read
// back, verified by another program, pinned and solved again.
type Plan struct {
	Format     int      `json:"format"`
	Software   string   `json:"software"` // name and version
	County     CountyID `json:"county"`
	CountyName string   `json:"county_name"`
	CountyHash string   `json:"county_hash"` // County.Hash of what was planned
	Date       Date     `json:"date"`
	Origin     Origin   `json:"origin,omitzero"`
	Policy     string   `json:"policy"`
	Options    Options  `json:"options"`

	Backend string      `json:"backend"`
	Stop    StopReason  `json:"stop"`
	Levels  []PlanLevel `json:"levels"` // most important first
	Ledger  Ledger      `json:"ledger"`
	Cost    Cost        `json:"cost"` // of everybody, a month

	Conditions  []Condition   `json:"conditions,omitempty"` // of the rules that cut across the network, where they are not off
	Posts       []PlannedPost `json:"posts"`                // in order of PostID
	Assignments []Assignment  `json:"assignments"`          // one for each teacher, in order of id
}

// StopReason says why the search ended. How good the plan is, and what is
// proven, stand in its levels: three separate facts.
type StopReason uint8

const (
	StopOptimal   StopReason = iota // proven optimal at every level
	StopGap                         // within the accepted gap
	StopTime                        // the time limit was reached
	StopCancelled                   // the caller cancelled
)

var stopTerms = terms{"stop reason", []term{{"optimal", "最优"}, {"gap", "达到允许间隙"}, {"time", "到时"}, {"cancelled", "已取消"}}}

// String gives the English word.
func (s StopReason) String() string { return stopTerms.word(uint8(s)) }

// Chinese gives the Chinese term.
func (s StopReason) Chinese() string { return stopTerms.zh(uint8(s)) }

// MarshalText implements [encoding.TextMarshaler].
func (s StopReason) MarshalText() ([]byte, error) { return stopTerms.marshal(uint8(s)) }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (s *StopReason) UnmarshalText(text []byte) error {
	return stopTerms.unmarshal(text, (*uint8)(s))
}

// The names of the levels of the objective, most important first. All are
// minimised.
const (
	LevelShortage = "shortage" // convex shortage, in shortage points
	LevelUnplaced = "unplaced" // teachers left without a post
	LevelChanges  = "changes"  // people whose post is not the published one, only with Options.Keep
	LevelSoft     = "soft"     // shortfall on soft rules, in soft points
	LevelCost     = "cost"     // fen a month
	LevelLottery  = "lottery"  // a draw among equal plans, only with a seed
)

// PlanLevel is what is known of one level of the objective.
type PlanLevel struct {
	Name        string  `json:"name"`
	Objective   int64   `json:"objective"`   // of the plan
	Bound       int64   `json:"bound"`       // no plan that is as good on the levels before has less
	Gap         float64 `json:"gap"`         // (objective - bound) / max(1, |objective|)
	Proven      bool    `json:"proven"`      // objective = bound
	Conditional bool    `json:"conditional"` // a level before was not proven
	Certified   bool    `json:"certified"`   // the bound's own proof was checked; otherwise the backend vouches for it
}

// Ledger accounts for every teacher: People = Posted + Unplaced + Away, and
// Need = Filled + Short, and Posted = Filled + Over.
type Ledger struct {
	People   int `json:"people"`
	Posted   int `json:"posted"`   // have a post
	Unplaced int `json:"unplaced"` // left without (待岗)
	Away     int `json:"away"`     // on leave, seconded or retired
	Moved    int `json:"moved"`    // in a post that is not the present one
	Need     int `json:"need"`     // people that the posts ask for
	Filled   int `json:"filled"`   // of the need
	Short    int `json:"short"`    // of the need, vacant
	Over     int `json:"over"`     // above the need
}

// Cost is money a month: what the last level minimises.
type Cost struct {
	Subsidy    Fen `json:"subsidy"`
	Travel     Fen `json:"travel"`
	Preference Fen `json:"preference"`
	Move       Fen `json:"move"`
}

// Total is the sum of the parts.
func (c Cost) Total() Fen { return c.Subsidy + c.Travel + c.Preference + c.Move }

// Add adds the parts one by one.
func (c Cost) Add(d Cost) Cost {
	return Cost{c.Subsidy + d.Subsidy, c.Travel + d.Travel, c.Preference + d.Preference, c.Move + d.Move}
}

// Condition is what one rule asks of one school or of the county, and what the
// plan gives. Amounts are people; of the budget, fen a month; of rural-first, people elsewhere.
type Condition struct {
	Rule   RuleID   `json:"rule"`
	School SchoolID `json:"school,omitempty"` // "" is the county
	Stage  Stage    `json:"stage,omitempty"`  // 0 is every stage
	Asked  int64    `json:"asked"`            // at least, or at most, as the rule says
	Got    int64    `json:"got"`
	Short  int64    `json:"short"`  // people short or too many; 0 where the rule holds
	Points int64    `json:"points"` // soft points: weight times shortfall
}

// PlannedPost is a post with its need and how the plan fills it.
type PlannedPost struct {
	PostID
	Need      int              `json:"need"`
	Second    []SubjectPeriods `json:"second,omitempty"` // taught beside the subject (兼教, 包班)
	Incumbent int              `json:"incumbent"`        // present holders who can be planned
	Filled    int              `json:"filled"`           // people in the plan, above the need too
}

// Short is the number of vacancies.
func (p *PlannedPost) Short() int { return max(0, p.Need-p.Filled) }

// Over is the number of people above the need.
func (p *PlannedPost) Over() int { return max(0, p.Filled-p.Need) }

// SubjectPeriods is a weekly number of periods of a subject.
type SubjectPeriods struct {
	Subject SubjectID `json:"subject"`
	Periods Tenths    `json:"periods"`
}

// Assignment is what a plan does with one teacher.
type Assignment struct {
	Teacher TeacherID `json:"teacher"`
	From    PostID    `json:"from,omitzero"` // the present post
	To      PostID    `json:"to,omitzero"`   // the post in the plan
	Ground  Ground    `json:"ground"`
	Cost    Cost      `json:"cost,omitzero"` // a month
}

// Moved reports whether the plan gives the teacher another post.
func (a *Assignment) Moved() bool { return !a.To.IsZero() && a.To != a.From }
