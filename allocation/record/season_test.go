package record_test

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/appeal"
	"github.com/xianguan/xianguan/allocation/record"
	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/table"
)

// shelf is a store in memory, as a database would be one.
type shelf struct {
	mutex   sync.Mutex
	entries [][]byte
	objects map[string][]byte
}

func (s *shelf) Append(_ context.Context, number int, entry []byte) error {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if number != len(s.entries)+1 {
		return &record.ConflictError{Number: number}
	}
	s.entries = append(s.entries, slices.Clone(entry))
	return nil
}

func (s *shelf) Entry(_ context.Context, number int) ([]byte, error) {
	if number > len(s.entries) {
		return nil, fs.ErrNotExist
	}
	return s.entries[number-1], nil
}

func (s *shelf) Put(_ context.Context, hash string, content []byte) error {
	if s.objects == nil {
		s.objects = map[string][]byte{}
	}
	s.objects[hash] = slices.Clone(content)
	return nil
}

func (s *shelf) Object(_ context.Context, hash string) ([]byte, error) {
	if content, found := s.objects[hash]; found {
		return content, nil
	}
	return nil, fs.ErrNotExist
}

// clock is a fixed time that goes on by a minute a look.
func clock() func() time.Time {
	at := time.Date(2026, 7, 1, 8, 0, 0, 0, time.UTC)
	return func() time.Time { at = at.Add(time.Minute); return at }
}

func county(t testing.TB, name string) *model.County {
	t.Helper()
	c, err := table.Read("../../testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

const (
	publishedOn model.Date = 20260701
	until       model.Date = 20260708
)

// published begins a season on tiny and publishes it.
func published(t testing.TB, store record.Store) *record.Season {
	t.Helper()
	ctx := context.Background()
	s, err := record.Open(ctx, store, clock())
	must(t, err)
	c := county(t, "tiny")
	plan, err := allocation.Solve(ctx, c, nil)
	must(t, err)
	must(t, s.Begin(ctx, c, plan, publishedOn))
	must(t, s.Publish(ctx, record.Publication{Day: publishedOn, Until: until}))
	return s
}

// T2 was to rotate to S4; an illness comes out, and T2 stays.
var illness = appeal.Decision{Appeal: "A001", Day: 20260710, By: "教育局", Upheld: true, Reason: "经核实",
	Corrections: []appeal.Correction{{Teacher: "T2", Field: "exemption", Value: "illness"}}}

// played plays the whole season.
func played(t testing.TB, store record.Store) *record.Season {
	t.Helper()
	ctx := context.Background()
	s := published(t, store)
	_, err := s.Appeal(ctx, appeal.Appeal{Day: 20260702, Teacher: "T2", Ground: appeal.GroundExemption, Evidence: "医2026-1", Text: "附诊断"})
	must(t, err)
	_, err = s.Appeal(ctx, appeal.Appeal{Day: 20260703, School: "S3", Ground: appeal.GroundSchool})
	must(t, err)
	must(t, s.Decide(ctx, illness))
	must(t, s.Decide(ctx, appeal.Decision{Appeal: "A002", Day: 20260710, By: "教育局", Reason: "学籍系统数据无误"}))
	_, err = s.Amend(ctx, record.AmendOptions{Day: 20260711})
	must(t, err)
	must(t, s.Publish(ctx, record.Publication{Day: 20260712, Until: 20260719}))
	must(t, s.Finalize(ctx, record.Final{Day: 20260720, Approver: "县教育局党组会议"}))
	return s
}

func TestSeason(t *testing.T) {
	ctx := context.Background()
	store := &shelf{}
	s := played(t, store)
	v, err := record.Verify(ctx, store, record.VerifyOptions{Head: s.Head()})
	must(t, err)
	if !v.OK() || v.Entries != 10 || v.Replayed != 2 || v.Head != s.Head() {
		t.Errorf("%+v %v", v, v.Faults)
	}
	a := v.State.Amendments[0]
	if diff := cmp.Diff([]appeal.Applied{{Correction: illness.Corrections[0]}}, a.Applied); diff != "" {
		t.Error(diff)
	}
	if len(a.Own) != 1 || a.Own[0].Teacher != "T2" || a.Own[0].To.School != "S1" || !a.Proven || a.Others != int64(len(a.Touched)) {
		t.Errorf("%+v", a)
	}
	// A second reader goes on where the record ends, and it ends.
	again, err := record.Open(ctx, store, clock())
	must(t, err)
	if diff := cmp.Diff(s.State.Plan, again.State.Plan); diff != "" || again.Length() != 10 || !again.AllFinal() {
		t.Errorf("%d entries, final %v\n%s", again.Length(), again.AllFinal(), diff)
	}
	_, err = again.Appeal(ctx, appeal.Appeal{Day: 20260713, Teacher: "T1", Ground: appeal.GroundPost})
	var step *record.StepError
	if !errors.As(err, &step) || len(store.entries) != 10 {
		t.Errorf("an appeal after all is final: %v", err)
	}
}

// A writer that is stopped between the two entries of Begin goes on with the same county, and with no other.
func TestBegunAndStopped(t *testing.T) {
	ctx := context.Background()
	store := &shelf{}
	s := published(t, store)
	c, plan := s.County, s.Plan
	store.entries = store.entries[:1]
	s, err := record.Open(ctx, store, clock())
	must(t, err)
	other := *c
	other.Name = "别县"
	another, err := allocation.Solve(ctx, &other, nil)
	must(t, err)
	if err := s.Begin(ctx, &other, another, publishedOn); err == nil {
		t.Error("another county goes on")
	}
	must(t, s.Begin(ctx, c, plan, publishedOn))
	if !s.Holds(plan) || s.Holds(another) || s.Length() != 2 {
		t.Errorf("%d entries", s.Length())
	}
}

// With rules across schools there are no duals: the record says so, and all else is replayed.
func TestSeasonWithRulesAcrossSchools(t *testing.T) {
	ctx := context.Background()
	store := &shelf{}
	s, err := record.Open(ctx, store, clock())
	must(t, err)
	c := county(t, "tiny")
	c.Rules.Exchange, c.Rules.ExchangeShare = model.RuleSetting{Force: model.ForceSoft, Weight: 100}, 5000
	plan, err := allocation.Solve(ctx, c, &model.Options{TimeLimit: time.Hour})
	must(t, err)
	must(t, s.Begin(ctx, c, plan, publishedOn))
	must(t, s.Publish(ctx, record.Publication{Day: publishedOn, Until: until}))
	_, err = s.Appeal(ctx, appeal.Appeal{Day: 20260702, Teacher: "T2", Ground: appeal.GroundExemption})
	must(t, err)
	must(t, s.Decide(ctx, illness))
	_, err = s.Amend(ctx, record.AmendOptions{Day: 20260711, Fill: true, Planner: allocation.Planner{Options: model.Options{TimeLimit: time.Hour}}})
	must(t, err)
	v, err := record.Verify(ctx, store, record.VerifyOptions{})
	must(t, err)
	if !v.OK() || v.Replayed != 2 || len(v.Notes) == 0 || !strings.Contains(v.Notes[0], "without duals") {
		t.Errorf("%+v %v", v, v.Faults)
	}
}

// Every step that does not come now, or does not fit, is refused with a typed error and appends nothing.
func TestRefusals(t *testing.T) {
	ctx := context.Background()
	early := appeal.Appeal{Day: 20260630, Teacher: "T2", Ground: appeal.GroundPost}
	late := appeal.Appeal{Day: 20260709, Teacher: "T2", Ground: appeal.GroundPost}
	add := func(s *record.Season, a appeal.Appeal) error { _, err := s.Appeal(ctx, a); return err }
	upheld := func(edit func(*appeal.Decision)) func(*record.Season) error {
		return func(s *record.Season) error {
			must(t, add(s, appeal.Appeal{Day: 20260702, Teacher: "T2", Ground: appeal.GroundExemption}))
			d := illness
			edit(&d)
			return s.Decide(ctx, d)
		}
	}
	for _, tc := range []struct {
		reason string
		do     func(*record.Season) error
		want   string
	}{
		{"published twice", func(s *record.Season) error {
			return s.Publish(ctx, record.Publication{Day: 20260702, Until: 20260709})
		}, "a plan that was not published yet"},
		{"begun twice", func(s *record.Season) error { return s.Begin(ctx, s.County, s.Plan, 20260702) }, "one season a record"},
		{"amended without an upheld appeal", func(s *record.Season) error { _, err := s.Amend(ctx, record.AmendOptions{}); return err }, "an appeal that was upheld"},
		{"an appeal before publication", func(s *record.Season) error { return add(s, early) }, `day "2026-06-30": want not before 2026-07-01`},
		{"a late appeal", func(s *record.Season) error { return add(s, late) }, "objections were open until 2026-07-08"},
		{"a teacher who is not there", func(s *record.Season) error {
			return add(s, appeal.Appeal{Day: 20260702, Teacher: "T22", Ground: appeal.GroundPost})
		}, `did you mean "T2"?`},
		{"a ground that is not there", func(s *record.Season) error {
			return add(s, appeal.Appeal{Day: 20260702, Teacher: "T2", Ground: "posts"})
		}, `did you mean "post"?`},
		{"nobody objects", func(s *record.Season) error { return add(s, appeal.Appeal{Day: 20260702, Ground: appeal.GroundPost}) }, "a teacher or a school"},
		{"an appeal that is not there", func(s *record.Season) error {
			must(t, add(s, appeal.Appeal{Day: 20260702, Teacher: "T2", Ground: appeal.GroundPost}))
			return s.Decide(ctx, appeal.Decision{Appeal: "A01", Day: 20260710, By: "x", Reason: "x"})
		}, `did you mean "A001"?`},
		{"upheld without a remedy", upheld(func(d *appeal.Decision) { d.Corrections = nil }), "a correction, a pin or a ban"},
		{"dismissed with a remedy", upheld(func(d *appeal.Decision) { d.Upheld = false }), "none: an appeal that is dismissed"},
		{"a field that is not there", upheld(func(d *appeal.Decision) {
			d.Corrections = []appeal.Correction{{Teacher: "T2", Field: "bron", Value: "x"}}
		}), `did you mean "born"?`},
		{"a word that is not there", upheld(func(d *appeal.Decision) {
			d.Corrections = []appeal.Correction{{Teacher: "T2", Field: "exemption", Value: "ilness"}}
		}), `did you mean "illness"?`},
		{"a county that would not be valid", upheld(func(d *appeal.Decision) {
			d.Corrections = []appeal.Correction{{Teacher: "T2", Field: "born", Value: "2020-01-01"}}
		}), "16 to 80 years"},
		{"decided before it came in", upheld(func(d *appeal.Decision) { d.Day = 20260701 }), "a day from 2026-07-02"},
		{"decided by nobody", upheld(func(d *appeal.Decision) { d.By = "" }), "who decided"},
		{"decided twice", func(s *record.Season) error {
			must(t, upheld(func(*appeal.Decision) {})(s))
			return s.Decide(ctx, illness)
		}, "A001 is decided"},
		{"final while an appeal is open", func(s *record.Season) error {
			must(t, add(s, appeal.Appeal{Day: 20260702, Teacher: "T2", Ground: appeal.GroundPost}))
			return s.Finalize(ctx, record.Final{Day: 20260709, Approver: "x"})
		}, "A001 is open"},
		{"final before the amendment", func(s *record.Season) error {
			must(t, upheld(func(*appeal.Decision) {})(s))
			return s.Finalize(ctx, record.Final{Day: 20260711, Approver: "x"})
		}, "A001 was upheld"},
		{"final while one may object", func(s *record.Season) error { return s.Finalize(ctx, record.Final{Day: 20260708, Approver: "x"}) }, "a day after 2026-07-08"},
		{"final without approval", func(s *record.Season) error { return s.Finalize(ctx, record.Final{Day: 20260709}) }, "who approves"},
		{"an amendment that nobody has read", func(s *record.Season) error {
			must(t, upheld(func(*appeal.Decision) {})(s))
			_, err := s.Amend(ctx, record.AmendOptions{Day: 20260711})
			must(t, err)
			return s.Finalize(ctx, record.Final{Day: 20260712, Approver: "x"})
		}, "the amendment published first"},
		{"an upheld appeal of a final post", func(s *record.Season) error {
			must(t, s.Finalize(ctx, record.Final{Day: 20260709, Approver: "x", Teachers: []model.TeacherID{"T2"}}))
			a := late
			a.Late = true
			must(t, add(s, a))
			return s.Decide(ctx, illness)
		}, "the post of T2, S4/primary/chinese, is final"},
	} {
		store := &shelf{}
		s := published(t, store)
		err := tc.do(s)
		if err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: %v, want %q", tc.reason, err, tc.want)
		}
		v, err := record.Verify(ctx, store, record.VerifyOptions{ChainOnly: true})
		if err != nil || !v.OK() || v.Entries != s.Length() {
			t.Errorf("%s: the record is broken after a refusal: %v %+v", tc.reason, err, v)
		}
	}
}

// Whoever appends to a store that another writer has moved on gets a typed error, and nothing is lost.
func TestTwoWritersOfOneStore(t *testing.T) {
	ctx := context.Background()
	store := &shelf{}
	first := published(t, store)
	second, err := record.Open(ctx, store, clock())
	must(t, err)
	a := appeal.Appeal{Day: 20260702, Teacher: "T2", Ground: appeal.GroundPost}
	_, err = first.Appeal(ctx, a)
	must(t, err)
	_, err = second.Appeal(ctx, a)
	var conflict *record.ConflictError
	if !errors.As(err, &conflict) || conflict.Number != 4 || len(store.entries) != 4 {
		t.Errorf("the second writer: %v, %d entries", err, len(store.entries))
	}
}

// A partial finalization holds: who is final keeps the post whatever comes after, or the amendment is refused.
func TestFinalPostsDoNotChange(t *testing.T) {
	ctx := context.Background()
	for _, tc := range []struct {
		reason string
		final  model.TeacherID
		pin    model.PostID // that T1 gets
		fails  bool
	}{
		{"somebody else is final", "T6", model.PostID{School: "S4", Stage: model.StagePrimary, Subject: "chinese"}, false},
		{"the one whose place is taken is final", "T2", model.PostID{School: "S4", Stage: model.StagePrimary, Subject: "chinese"}, true},
	} {
		store := &shelf{}
		s := published(t, store)
		must(t, s.Finalize(ctx, record.Final{Day: 20260709, Approver: "x", Teachers: []model.TeacherID{tc.final}}))
		_, err := s.Appeal(ctx, appeal.Appeal{Day: 20260710, Late: true, Teacher: "T3", Ground: appeal.GroundPost})
		must(t, err)
		must(t, s.Decide(ctx, appeal.Decision{Appeal: "A001", Day: 20260711, By: "x", Reason: "x", Upheld: true, Pins: []model.Pin{{Teacher: "T3", Post: tc.pin}}}))
		before := s.Length()
		m, err := s.Amend(ctx, record.AmendOptions{Day: 20260711})
		switch {
		case tc.fails && (err == nil || s.Length() != before):
			t.Errorf("%s: %+v", tc.reason, m)
		case !tc.fails && (err != nil || len(m.Touched) != 1 || m.Touched[0].Teacher != "T2" || m.Touched[0].By != "T3"):
			t.Errorf("%s: %v %+v", tc.reason, err, m)
		}
	}
}

func keys(m map[string][]byte) []string { return slices.Sorted(maps.Keys(m)) }
