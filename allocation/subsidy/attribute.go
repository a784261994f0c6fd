package subsidy

import "github.com/xianguan/xianguan/model"

// Attribute is one thing about a post that a teacher weighs.
type Attribute uint8

// The attributes, in the order of Values and Taste. All but the first four are 0 or 1.
const (
	AttributeSubsidy     Attribute = iota // hardship subsidy, in hundreds of yuan a month (补贴)
	AttributeDistance                     // road distance from home, in kilometres (离家距离)
	AttributeRemoteness                   // hardship tier of the school, 0 to 6 (艰苦边远类别)
	AttributeHousing                      // the school has transitional housing, and home is beyond commuting range (周转房)
	AttributeTown                         // a school in the county seat or a town (城镇学校)
	AttributeOwnStage                     // the stage that the teacher teaches now, or was trained for first (本学段)
	AttributePartnerNear                  // the partner works at the school, in its township or near it (配偶在附近)
	AttributeStaying                      // the teacher's present school (留在原校)
	AttributeOutside                      // none of the posts: leaves, or does not come (不接受)
)

// AttributeCount is the number of attributes.
const AttributeCount = int(AttributeOutside) + 1

// FenPerUnit is the money of one unit of AttributeSubsidy: a hundred yuan.
const FenPerUnit = model.Fen(10000)

type attributeText struct{ name, english, chinese, unit string }

var attributeTexts = [AttributeCount]attributeText{
	{"subsidy", "Subsidy", "补贴", "100 yuan a month"},
	{"distance", "Distance from home", "离家距离", "km"},
	{"remoteness", "Remoteness", "艰苦类别", "tier"},
	{"housing", "Housing", "周转房", "has it"},
	{"town", "Town school", "城镇学校", "is one"},
	{"own_stage", "Own stage", "本学段", "is it"},
	{"partner_near", "Partner near", "配偶在附近", "is near"},
	{"staying", "Staying", "留在原校", "stays"},
	{"outside", "None of the posts", "不接受", "constant"},
}

// Attributes lists all attributes in order.
func Attributes() []Attribute {
	all := make([]Attribute, AttributeCount)
	for i := range all {
		all[i] = Attribute(i)
	}
	return all
}

// String gives the name in files, as in "own_stage".
func (a Attribute) String() string { return attributeTexts[a].name }

// English gives the name in tables.
func (a Attribute) English() string { return attributeTexts[a].english }

// Chinese gives the Chinese term.
func (a Attribute) Chinese() string { return attributeTexts[a].chinese }

// Unit says what one more of the attribute is.
func (a Attribute) Unit() string { return attributeTexts[a].unit }

// ParseAttribute reads a name; the error is a *model.UnknownWordError.
func ParseAttribute(name string) (Attribute, error) {
	known := make([]string, AttributeCount)
	for i := range attributeTexts {
		if known[i] = attributeTexts[i].name; known[i] == name {
			return Attribute(i), nil
		}
	}
	return 0, &model.UnknownWordError{What: "attribute", Word: name, Known: known}
}

// MarshalText implements encoding.TextMarshaler.
func (a Attribute) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (a *Attribute) UnmarshalText(text []byte) (err error) {
	*a, err = ParseAttribute(string(text))
	return err
}

// Values are the attributes of one alternative for one teacher.
type Values [AttributeCount]float64

// Units gives an amount of money in units of AttributeSubsidy.
func Units(amount model.Fen) float64 { return float64(amount) / float64(FenPerUnit) }
