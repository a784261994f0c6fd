package allocation

import (
	"github.com/xianguan/xianguan/model"
)

var ruleQuota = Rule{
	ID:            model.RuleQuota,
	Sentence:      "A school's people stay within its quota; an excess may shrink, never grow.",
	Chinese:       "学校用编不超核定数，超编只减不增。",
	Mathematics:   "Σ_{t, p in s} x_tp ≤ max(T_s, inc_s)",
	Source:        "中央编办发〔2014〕72号",
	ChineseSource: "中央编办发〔2014〕72号",
}
