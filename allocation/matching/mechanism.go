package matching

import "fmt"

// Guarantees are what a mechanism promises on every market. The tests of this
// package hold each of them on thousands of random markets.
type Guarantees struct {
	Stable         bool `json:"stable"`          // no BlockingPairs
	Envyless       bool `json:"envyless"`        // no JustifiedEnvy
	Efficient      bool `json:"efficient"`       // no ParetoImprovement
	StrategyProof  bool `json:"strategy_proof"`  // no applicant gains by a false list
	KeepsPeople    bool `json:"keeps_people"`    // nobody is below the present post: no one WorseOff
	KeepsSchools   bool `json:"keeps_schools"`   // no school is below what it has: none of SchoolsWorseOff
	ExchangesSpent bool `json:"exchanges_spent"` // no TwoSidedExchange is left; so with every stable and every efficient one
	Floors         bool `json:"floors"`          // no Breaches, if every applicant lists every school
}

// Mechanism is a mechanism by name, for programs that compare them.
type Mechanism struct {
	Name       string     `json:"name"`
	Title      string     `json:"title"`
	Guarantees Guarantees `json:"guarantees"`
	Complexity string     `json:"complexity"` // n applicants, E list entries, R entries of rankings, q places of a school, S schools
	Source     string     `json:"source"`
	capped     bool       // knows of class caps
	run        func(p *Problem, o Options, trace *Trace) (Matching, error)
}

// Options are the choices that some mechanisms leave open; the zero value is each
// one's default.
type Options struct {
	Order  []int32   // serial dictatorship, multi-stage deferred acceptance
	Chains ChainRule // top trading cycles and chains
}

// Run applies the mechanism. A nil trace records nothing. Errors are
// *InfeasibleError of the mechanisms with floors, *NoStableError with couples, *Error where schools
// cap classes and the mechanism does not know of caps.
func (m Mechanism) Run(p *Problem, o Options, trace *Trace) (Matching, error) {
	if p.ClassCapped() && !m.capped {
		return nil, &Error{Record: "mechanism", Index: -1, Field: "name", Value: m.Name, Want: `"da" or "da-present" for schools with class caps`}
	}
	return m.run(p, o, trace)
}

// ByName is the mechanism of a name; otherwise the error is an *Error with the
// nearest one.
func ByName(name string) (Mechanism, error) {
	var names []string
	for _, m := range Mechanisms() {
		if m.Name == name {
			return m, nil
		}
		names = append(names, m.Name)
	}
	want := fmt.Sprintf("one of %q", names)
	if near := nearest(name, names); near != "" {
		want += fmt.Sprintf("; did you mean %q?", near)
	}
	return Mechanism{}, &Error{Record: "mechanism", Index: -1, Field: "name", Value: name, Want: want}
}

// Mechanisms is every mechanism of the package.
func Mechanisms() []Mechanism {
	plain := func(f func(*Problem, *Trace) Matching) func(*Problem, Options, *Trace) (Matching, error) {
		return func(p *Problem, _ Options, t *Trace) (Matching, error) { return f(p, t), nil }
	}
	protected := func(f func(*Problem, *Trace) Matching) func(*Problem, Options, *Trace) (Matching, error) {
		return func(p *Problem, _ Options, t *Trace) (Matching, error) { return f(Protect(p), t), nil }
	}
	return []Mechanism{
		{"da", "Deferred acceptance, applicants propose (申请人延迟接受)",
			Guarantees{Stable: true, Envyless: true, StrategyProof: true, ExchangesSpent: true},
			"O(E log q)", "Gale and Shapley 1962; class caps: Abdulkadiroğlu and Sönmez 2003", true, plain(DeferredAcceptance)},
		{"da-school", "Deferred acceptance, schools propose (学校延迟接受)",
			Guarantees{Stable: true, Envyless: true, ExchangesSpent: true},
			"O(R)", "Gale and Shapley 1962", false, plain(SchoolDeferredAcceptance)},
		{"da-present", "Deferred acceptance, present posts safe (保岗延迟接受)",
			Guarantees{StrategyProof: true, KeepsPeople: true},
			"O(R + E log q)", "Compte and Jehiel 2008; Pereyra 2013", true, protected(DeferredAcceptance)},
		{"ttc", "Top trading cycles (顶端交易循环)",
			Guarantees{Efficient: true, StrategyProof: true, ExchangesSpent: true},
			"O(E + R)", "Shapley and Scarf 1974; Abdulkadiroğlu and Sönmez 2003", false, plain(TopTradingCycles)},
		{"ttc-present", "Top trading cycles, present posts safe (保岗交易循环)",
			Guarantees{Efficient: true, StrategyProof: true, KeepsPeople: true, ExchangesSpent: true},
			"O(E + R)", "Shapley and Scarf 1974; Abdulkadiroğlu and Sönmez 2003", false, protected(TopTradingCycles)},
		{"ttcc", "Top trading cycles and chains (交易循环与链)",
			Guarantees{Efficient: true, StrategyProof: true, KeepsPeople: true, ExchangesSpent: true},
			"O(E + R)", "Roth, Sönmez and Ünver 2004; Abdulkadiroğlu and Sönmez 1999", false,
			func(p *Problem, o Options, t *Trace) (Matching, error) {
				return TopTradingCyclesAndChains(p, o.Chains, t), nil
			}},
		{"serial", "Serial dictatorship (按序选岗)",
			Guarantees{Efficient: true, StrategyProof: true, ExchangesSpent: true},
			"O(E)", "Svensson 1999; Abdulkadiroğlu and Sönmez 1998", false,
			func(p *Problem, o Options, t *Trace) (Matching, error) { return SerialDictatorship(p, o.Order, t), nil }},
		{"boston", "Boston, immediate acceptance (志愿优先)",
			Guarantees{Efficient: true, ExchangesSpent: true},
			"O(E log E)", "Abdulkadiroğlu and Sönmez 2003", false, plain(Boston)},
		{"flexible", "Flexible deferred acceptance with floors and caps (带上下限的延迟接受)",
			Guarantees{Envyless: true, StrategyProof: true, Floors: true},
			"O(E (n log n + S)) at worst", "Kamada and Kojima 2015; Fragiadakis et al. 2016; Goto et al. 2016, 2017", false,
			func(p *Problem, _ Options, t *Trace) (Matching, error) { return FlexibleDeferredAcceptance(p, t) }},
		{"multistage", "Multi-stage deferred acceptance with floors (分段延迟接受)",
			Guarantees{StrategyProof: true, Floors: true},
			"O(n (n + S) + E log q)", "Fragiadakis et al. 2016", false,
			func(p *Problem, o Options, t *Trace) (Matching, error) {
				return MultiStageDeferredAcceptance(p, o.Order, t)
			}},
		{"block-exchange", "Block exchange from the present posts (双向改进交换)",
			Guarantees{KeepsPeople: true, KeepsSchools: true, ExchangesSpent: true},
			"O(E) an exchange", "Combe, Tercieux and Terrier 2022", false,
			func(p *Problem, _ Options, t *Trace) (Matching, error) {
				return BlockExchange(p, p.Present(), t), nil
			}},
		{"1s-be", "One-sided block exchange from the present posts (单边改进交换)",
			Guarantees{KeepsPeople: true, ExchangesSpent: true},
			"O(E + n log n) an exchange", "Combe, Tercieux and Terrier 2022; Erdil and Ergin 2008", false,
			func(p *Problem, _ Options, t *Trace) (Matching, error) {
				return OneSidedBlockExchange(p, p.Present(), t), nil
			}},
		{"to-be", "Teacher-optimal block exchange (教师最优双向交换)",
			Guarantees{StrategyProof: true, KeepsPeople: true, KeepsSchools: true, ExchangesSpent: true},
			"O((E + R) log n)", "Combe, Tercieux and Terrier 2022", false, plain(TeacherOptimalExchange)},
		{"couples", "Deferred acceptance with couples (夫妻联合延迟接受)",
			Guarantees{},
			"bounded search", "Roth and Peranson 1999", false,
			func(p *Problem, _ Options, t *Trace) (Matching, error) { return WithCouples(p, t) }},
		{"rank", "Assignment of minimum total rank (最小总志愿序)",
			Guarantees{Efficient: true, ExchangesSpent: true},
			"O(n E log S) at worst", "Jonker and Volgenant 1987", false,
			func(p *Problem, _ Options, _ *Trace) (Matching, error) { return MinimumTotalRank(p).Matching, nil }},
	}
}
