package allocation

import (
	"github.com/xianguan/xianguan/model"
)

var ruleTerm = Rule{
	ID:            model.RuleTerm,
	Sentence:      "Who serves a term or an exchange stays until it ends.",
	Chinese:       "服务期或交流期未满者留任。",
	Mathematics:   "a running term or exchange, with a present post ⇒ p = p0",
	Source:        "special-post plan (特岗计划): 3 years; directed training (定向培养): provincial rules",
	ChineseSource: "特岗计划：3年；定向培养：省级规定",
	forbids: func(n *instance, t *person, p *post) bool {
		return t.bound
	},
}
