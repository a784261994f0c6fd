package table

import (
	"slices"
	"strconv"

	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/policy"
)

// setting is one key of settings.csv that is not a policy key.
type setting struct {
	key     string
	repeats bool
	read    func(c *model.County, value string) error
	write   func(c *model.County) []string // the values of its rows
}

// keyValue is one row of settings.csv.
type keyValue struct{ key, value string }

func settingColumns() []column[keyValue] {
	return []column[keyValue]{
		required(textColumn("key", func(r *keyValue) *string { return &r.key })),
		required(textColumn("value", func(r *keyValue) *string { return &r.value })),
		sparse(column[keyValue]{name: "note", read: func(*keyValue, string) error { return nil }, write: func(*keyValue) string { return "" }}),
	}
}

// settings lists the keys in the order in which they are written.
func settings() []setting {
	return []setting{
		textSetting("county.id", func(c *model.County) *model.CountyID { return &c.ID }),
		textSetting("county.name", func(c *model.County) *string { return &c.Name }),
		textSetting("county.name_en", func(c *model.County) *string { return &c.NameEn }),
		valueSetting("county.date", func(c *model.County) *model.Date { return &c.Date }, parseDay, model.Date.String),
		seatSetting("county.seat_lat", 90, func(c *model.County) *int32 { return &c.Seat.Lat }),
		seatSetting("county.seat_lon", 180, func(c *model.County) *int32 { return &c.Seat.Lon }),
		textSetting(policyKey, func(c *model.County) *string { return &c.Policy }),
		valueSetting("origin.synthetic", func(c *model.County) *bool { return &c.Origin.Synthetic }, parseBool, formatBool),
		textSetting("origin.source", func(c *model.County) *string { return &c.Origin.Source }),
		textSetting("origin.licence", func(c *model.County) *string { return &c.Origin.Licence }),
		valueSetting("origin.seed", func(c *model.County) *uint64 { return &c.Origin.Seed }, parseSeed,
			func(v uint64) string { return strconv.FormatUint(v, 10) }),
		listSetting("origin.real", func(c *model.County) *[]string { return &c.Origin.Real }),
		listSetting("origin.assumed", func(c *model.County) *[]string { return &c.Origin.Assumed }),
	}
}

func textSetting[S ~string](key string, at func(*model.County) *S) setting {
	s := valueSetting(key, at, nil, func(s S) string { return string(s) })
	s.read = func(c *model.County, value string) error {
		*at(c) = S(value)
		return nil
	}
	return s
}

func valueSetting[V comparable](key string, at func(*model.County) *V, parse func(string) (V, error), format func(V) string) setting {
	return setting{key: key,
		read: func(c *model.County, value string) (err error) {
			*at(c), err = parse(plain(value))
			return err
		},
		write: func(c *model.County) []string {
			var zero V
			if *at(c) == zero {
				return nil
			}
			return []string{format(*at(c))}
		}}
}

func seatSetting(key string, limit int32, at func(*model.County) *int32) setting {
	return setting{key: key,
		read: func(c *model.County, value string) (err error) {
			*at(c), err = parseDegrees(plain(value), limit)
			return err
		},
		write: func(c *model.County) []string {
			if c.Seat.IsZero() {
				return nil
			}
			return []string{model.FormatDegrees(*at(c))}
		}}
}

func listSetting(key string, at func(*model.County) *[]string) setting {
	return setting{key: key, repeats: true,
		read: func(c *model.County, value string) error {
			*at(c) = append(*at(c), value)
			return nil
		},
		write: func(c *model.County) []string { return *at(c) }}
}

func parseSeed(text string) (uint64, error) {
	for _, r := range text {
		if r < '0' || r > '9' {
			return 0, &mistake{numeric(text, "a whole number in plain digits"), nil}
		}
	}
	v, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		return 0, &mistake{"a whole number below 2^64", err}
	}
	return v, nil
}

// readSettings fills in the county's own fields, its policy and its rules. It
// gives the row of each key.
func readSettings(f *file, c *model.County) (rows map[string]int) {
	rows = map[string]int{}
	found := readRows(f, settingColumns())
	known := settings()
	shownAs := map[string]string{}
	for i, r := range found.list {
		row := found.row(i)
		as := r.key
		if r.key = settingKey(as); r.key != as {
			shownAs[r.key] = as
		}
		at := slices.IndexFunc(known, func(s setting) bool { return s.key == r.key })
		if rows[r.key] > 0 && (at < 0 || !known[at].repeats) {
			f.fault(row, "key", as, "each key once; row "+strconv.Itoa(rows[r.key])+" has it too", nil)
			continue
		}
		rows[r.key] = row
		if at < 0 {
			c.Overrides = append(c.Overrides, model.Override{Key: r.key, Value: plainValue(r.value)})
			continue
		}
		if err := known[at].read(c, r.value); err != nil {
			f.fault(row, r.key, r.value, hintOf(err), err)
		}
	}
	if (rows["county.seat_lat"] > 0) != (rows["county.seat_lon"] > 0) {
		f.fault(max(rows["county.seat_lat"], rows["county.seat_lon"]), "county.seat_lat", "",
			"county.seat_lat and county.seat_lon, both or neither", nil)
	}
	for key, name := range shownAs {
		f.headers[key] = name
	}
	if found.list != nil { // the header is right
		resolve(f, c, rows)
	}
	return rows
}

// plainValue folds a value of the policy, such as ９%, that no key takes as it stands; of ASCII every character counts.
func plainValue(value string) string {
	for i := range len(value) {
		if value[i] >= 0x80 {
			return plain(value)
		}
	}
	return value
}

// resolve sets the rules from the policy pack and the overrides.
func resolve(f *file, c *model.County, rows map[string]int) {
	if rows[policyKey] == 0 {
		f.fault(0, policyKey, "", "a row with the key policy and the name of a policy pack, such as national", nil)
	}
	if c.Policy == "" {
		return
	}
	pack, err := policy.Load(c.Policy)
	if err != nil {
		f.fault(rows[policyKey], policyKey, c.Policy, hintOf(err), err)
		return
	}
	c.Rules, err = pack.Resolve(c.Overrides)
	for _, key := range keyErrors(err) {
		if key.Unknown() {
			hint := "a key of settings"
			if f.errors.Total < shown {
				hint += ": " + settingHint(key.Key)
			}
			f.fault(rows[key.Key], "key", key.Key, hint, key)
		} else {
			f.fault(rows[key.Key], key.Key, key.Value, key.Want, key)
		}
	}
}

// settingHint suggests a key, of the county or of the policy.
func settingHint(key string) string {
	var keys []string
	for _, s := range settings() {
		keys = append(keys, s.key)
		if chinese(key) {
			keys[len(keys)-1] = settingNames[s.key].zh
		}
	}
	if !chinese(key) {
		keys = slices.Concat(policy.Keys(), policy.ProcedureKeys(), keys)
	}
	return (&model.UnknownWordError{What: "setting", Word: key, Known: keys}).Hint()
}

// keyErrors gives the policy's errors that Resolve has joined.
func keyErrors(err error) []*policy.KeyError {
	switch e := err.(type) {
	case *policy.KeyError:
		return []*policy.KeyError{e}
	case interface{ Unwrap() []error }:
		var all []*policy.KeyError
		for _, inner := range e.Unwrap() {
			all = append(all, keyErrors(inner)...)
		}
		return all
	}
	return nil
}

// settingRows gives the rows of the settings that a county has.
func settingRows(c *model.County) (list []keyValue) {
	for _, s := range settings() {
		for _, value := range s.write(c) {
			list = append(list, keyValue{s.key, value})
		}
	}
	for _, o := range c.Overrides {
		list = append(list, keyValue{o.Key, o.Value})
	}
	return list
}
