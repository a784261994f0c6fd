package sharing

import (
	"fmt"
	"time"

	"github.com/samber/lo"

	"github.com/xianguan/xianguan/model"
)

// Options says what may be shared. The zero value works: it takes the default of each field.
type Options struct {
	Reach         model.Metres `json:"reach"`          // road distance of a visit, one way; 0: 20 km
	Travel        model.Metres `json:"travel"`         // a teacher's visits in a week, there and back; 0: 120 km
	Days          int          `json:"days"`           // days of a week that a teacher may be away; 0: 3
	PeriodsADay   int          `json:"periods_a_day"`  // that a visitor teaches in a day; 0: 5
	Schools       int          `json:"schools"`        // that a teacher visits; 0: 3
	Stops         int          `json:"stops"`          // schools of one day, at most 3; a period is lost on each road between; 0: 1
	Joined        int          `json:"joined"`         // classes that join a lesson of a host over the network; 0: 2
	NoVisits      bool         `json:"no_visits"`      // nobody visits
	NoNetwork     bool         `json:"no_network"`     // no lessons over the network
	NetworkShare  model.Share  `json:"network_share"`  // of a lesson's periods, at most; 0: all
	NetworkWeight model.Share  `json:"network_weight"` // what a period over the network counts beside one in presence, in the figures; 0: 70 %

	// What remedies cost a month, where no table has it: assumed, and to be set by the county.
	PostCost model.Fen `json:"post_cost"` // a full post, with everything; 0: 8,000 yuan
	HostCost model.Fen `json:"host_cost"` // a further host for one subject and stage; 0: 300 yuan
	JoinCost model.Fen `json:"join_cost"` // one weekly period over the network, with somebody who sits with the class; 0: 40 yuan

	Rounds int           `json:"rounds"` // of the search that ends visits and gives their days anew; 0: 1,500
	Proof  time.Duration `json:"proof"`  // time for the proof of the best there is, after the search; 0: 5 s
}

// filled gives the options with their defaults, or a *[model.FieldError].
func (o Options) filled() (Options, error) {
	for _, f := range []struct {
		name  string
		value int64
		most  int64
	}{{"reach", int64(o.Reach), 1_000_000}, {"travel", int64(o.Travel), 10_000_000}, {"days", int64(o.Days), 5}, {"periods_a_day", int64(o.PeriodsADay), 12},
		{"schools", int64(o.Schools), 20}, {"stops", int64(o.Stops), 3}, {"joined", int64(o.Joined), 20}, {"network_share", int64(o.NetworkShare), int64(model.Whole)},
		{"network_weight", int64(o.NetworkWeight), int64(model.Whole)}, {"post_cost", int64(o.PostCost), 100_000_00}, {"host_cost", int64(o.HostCost), 100_000_00}, {"join_cost", int64(o.JoinCost), 100_000_00},
		{"rounds", int64(o.Rounds), 1_000_000}, {"proof", int64(o.Proof), 1 << 62}} {
		if f.value < 0 || f.value > f.most {
			return o, &model.FieldError{Table: "sharing", Index: -1, Field: f.name, Value: fmt.Sprint(f.value), Want: fmt.Sprintf("a whole number from 0 to %d", f.most)}
		}
	}
	o.Reach, o.Travel = lo.CoalesceOrEmpty(o.Reach, 20_000), lo.CoalesceOrEmpty(o.Travel, 120_000)
	o.Days, o.PeriodsADay = lo.CoalesceOrEmpty(o.Days, 3), lo.CoalesceOrEmpty(o.PeriodsADay, 5)
	o.Stops = lo.CoalesceOrEmpty(o.Stops, 1)
	o.Schools, o.Joined = lo.CoalesceOrEmpty(o.Schools, 3), lo.CoalesceOrEmpty(o.Joined, 2)
	o.NetworkShare, o.NetworkWeight = lo.CoalesceOrEmpty(o.NetworkShare, model.Whole), lo.CoalesceOrEmpty(o.NetworkWeight, 7000)
	o.PostCost, o.HostCost, o.JoinCost = lo.CoalesceOrEmpty(o.PostCost, 8_000_00), lo.CoalesceOrEmpty(o.HostCost, 300_00), lo.CoalesceOrEmpty(o.JoinCost, 40_00)
	o.Rounds = lo.CoalesceOrEmpty(o.Rounds, 1_500)
	o.Proof = lo.CoalesceOrEmpty(o.Proof, 5*time.Second)
	return o, nil
}
