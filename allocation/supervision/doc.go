// Package supervision holds a plan against the articles of the policy that concern teachers, as the yearly inspection (督导) does: what an article asks,
// the figure, met or not, and the evidence.
//
// The articles are those of 阜政办发〔2020〕21号 (Fuxin city government office, 2020, no. 21), with the exchange of 教师〔2014〕4号 and the indicators of
// 教督〔2017〕6号 that they rest on. Every figure comes from the county, from the plan by the independent checker, or from the sharing of its periods. What
// the data cannot say is called so, and is not passed over.
package supervision
