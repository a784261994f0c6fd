package report

import (
	"strings"
	"testing"
	"unicode"

	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/synthetic"
)

// Every sentence that a generated county lists is there in Chinese, whatever the landscape and the gazetteer, and no translation is of a sentence that nothing lists.
func TestOriginInChinese(t *testing.T) {
	listed := map[string]bool{}
	list := func(c *model.County, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		for _, sentence := range append(c.Origin.Real, c.Origin.Assumed...) {
			listed[sentence] = true
		}
	}
	for _, landscape := range synthetic.Landscapes() {
		list(synthetic.Generate(synthetic.Options{Teachers: 60, Landscape: landscape, Seed: 1}))
	}
	list(synthetic.Zhangwu())
	list(synthetic.Fumeng())
	list(sample(t, "tiny"), nil)
	for sentence := range listed {
		chinese := originChinese[sentence]
		if !strings.HasSuffix(chinese, "。") || strings.ContainsFunc(chinese, func(r rune) bool { return unicode.Is(unicode.Latin, r) }) {
			t.Errorf("%q is %q in Chinese", sentence, chinese)
		}
	}
	for sentence := range originChinese {
		if !listed[sentence] {
			t.Errorf("no county lists %q", sentence)
		}
	}
}

func TestOriginTermsOfACounty(t *testing.T) {
	for _, test := range []struct {
		reason, sentence, zh, en string
	}{
		{"a generator's", "In the mountains roads are 1.7 times the straight line.", "山区的道路里程按直线距离的1.7倍计。", "In the mountains roads are 1.7 times the straight line."},
		{"the county's own", "学生数取自2026年9月的报表。", "学生数取自2026年9月的报表。", "学生数取自2026年9月的报表。"},
		{"nearly a generator's", "In the mountains roads are 1.8 times the straight line.", "In the mountains roads are 1.8 times the straight line.", "In the mountains roads are 1.8 times the straight line."},
	} {
		if got := originTerms([]string{test.sentence}); len(got) != 1 || got[0] != (term{test.zh, test.en}) {
			t.Errorf("%s: %v", test.reason, got)
		}
	}
}
