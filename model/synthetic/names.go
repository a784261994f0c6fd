package synthetic

import (
	"fmt"

	"github.com/xianguan/xianguan/model"
)

// syllable is half of a made-up place name.
type syllable struct{ zh, en string }

// townshipName makes up the name of a township, a different one for each index.
func townshipName(i int, suffix [2]string) (zh, en string) {
	first := [...]syllable{{"青", "Qing"}, {"柳", "Liu"}, {"云", "Yun"}, {"石", "Shi"}, {"白", "Bai"}, {"金", "Jin"}, {"长", "Chang"},
		{"安", "An"}, {"东", "Dong"}, {"永", "Yong"}, {"新", "Xin"}, {"高", "Gao"}, {"松", "Song"}, {"清", "Qing"}, {"龙", "Long"},
		{"平", "Ping"}, {"红", "Hong"}, {"大", "Da"}, {"和", "He"}, {"沙", "Sha"}, {"文", "Wen"}, {"玉", "Yu"}, {"梅", "Mei"}}
	second := [...]syllable{{"河", "he"}, {"山", "shan"}, {"桥", "qiao"}, {"泉", "quan"}, {"岭", "ling"}, {"塘", "tang"}, {"坪", "ping"},
		{"溪", "xi"}, {"湾", "wan"}, {"店", "dian"}, {"堡", "bao"}, {"林", "lin"}, {"庄", "zhuang"}, {"口", "kou"}, {"城", "cheng"},
		{"沟", "gou"}, {"川", "chuan"}, {"田", "tian"}, {"洼", "wa"}}
	a, b := first[i%len(first)], second[i%len(second)] // 23 and 19 are prime to each other: 437 pairs
	zh, en = a.zh+b.zh, a.en+b.en
	if round := i / (len(first) * len(second)); round > 0 {
		zh, en = fmt.Sprint(zh, round+1), fmt.Sprint(en, round+1)
	}
	return zh + suffix[0], en + " " + suffix[1]
}

// villageName gives one of 24 names of villages, by turns.
func villageName(k int) string {
	names := [...]string{"东升", "红旗", "前进", "胜利", "新立", "向阳", "永丰", "兴旺", "团结", "和平", "太平", "富强", "光明", "建新",
		"双泉", "三合", "四方", "五台", "上洼", "下洼", "北山", "南沟", "西甸", "柳条"}
	return names[k%len(names)]
}

// numeral writes small numbers the way schools are named: 第一, 第二, … 第十二.
func numeral(n int) string {
	digits := [...]string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九"}
	switch {
	case n < 10:
		return "第" + digits[n]
	case n < 20:
		return "第十" + digits[n-10]
	case n < 100:
		return "第" + digits[n/10] + "十" + digits[n%10]
	}
	return fmt.Sprint("第", n)
}

// People makes up a name for every teacher of a county: a common surname, 某
// ("so-and-so") and a number, so that nobody can take it for a real name. No
// one has an ID number.
func People(c *model.County) []model.Person {
	surnames := []rune("王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗包白乌")
	people := make([]model.Person, len(c.Teachers))
	for i := range c.Teachers {
		id := c.Teachers[i].ID
		dice := stream(c.Origin.Seed, "name", string(id))
		people[i] = model.Person{Teacher: id, Name: fmt.Sprintf("%c某%0*d", pick(dice, surnames), width(len(people)), i+1)}
	}
	return people
}
