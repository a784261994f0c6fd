package supervision

import (
	"fmt"
	"slices"

	"github.com/xianguan/xianguan/allocation/scenario"
	"github.com/xianguan/xianguan/model"
)

// balance: the teacher indicators of balanced quality, by school and between schools.
func (i *inspector) balance() {
	for _, s := range scenario.MeasureBalance(i.county, i.plan).Staff {
		if s.Figure == 0 || s.Stage == model.StageSenior { // compulsory education
			continue
		}
		f := Finding{Article: "二", Source: balance, Quote: "有条件的县区实现优质均衡", Figure: fmt.Sprintf("%s schools with %s %s for each 100 pupils", s.Stage, model.Fen(s.Figure), s.Kind), FigureZ: s.Stage.Chinese() + "每百名学生" + s.Kind.Chinese() + "达标学校",
			Asked: "all", Got: fmt.Sprintf("%d of %d", s.Schools-len(s.Missed), s.Schools), Status: met(len(s.Missed) == 0), Evidence: "the plan; xianguan equity has each school and what it lacks"}
		for _, m := range s.Missed {
			f.Schools = append(f.Schools, m.School)
		}
		i.add(f)
		i.add(Finding{Article: "二", Source: balance, Quote: "校际差异系数", Figure: fmt.Sprintf("coefficient of variation of %s, %s", s.Kind, s.Stage), FigureZ: s.Stage.Chinese() + s.Kind.Chinese() + "校际差异系数",
			Asked: "<= " + s.Cap.String(), Got: fmt.Sprintf("%.1f%%", 100*s.After.Variation), Status: met(s.WithinCap()), Evidence: "the plan, weighted by pupils"})
	}
}

// funding: spending never falls, small schools are funded as if larger, boarders add to it.
func (i *inspector) funding() {
	for _, x := range []struct {
		figure, zh, flag string
		series           []model.Fen
	}{{"spending on education", "一般公共预算教育支出", "--spending", i.in.Spending}, {"spending for each pupil", "生均一般公共预算教育支出", "--per-pupil", i.in.PerPupil}} {
		f := Finding{Article: "四（二）", Source: fuxin, Quote: "逐年只增不减", Figure: x.figure, FigureZ: x.zh, Asked: "never below the year before", Got: "not given", Status: Unknown, Evidence: "an input (" + x.flag + ")"}
		if n := len(x.series); n >= 2 {
			f.Asked, f.Got, f.Status = ">= "+x.series[n-2].String(), x.series[n-1].String(), met(slices.IsSorted(x.series))
			if n > 2 {
				f.Got += fmt.Sprintf(" (%d years, fell %d times)", n, falls(x.series))
			}
		}
		i.add(f)
	}
	floor := i.county.Rules.SmallFundingPupils
	small, extra, boarders := 0, 0, 0
	for k := range i.county.Schools {
		s := &i.county.Schools[k]
		if n := s.Pupils(0); n > 0 && n < floor {
			small++
			extra += floor - n
		}
		if s.Rural {
			boarders += s.Boarders
		}
	}
	i.add(Finding{Article: "四（二）", Source: fuxin, Quote: "不足100人的小规模学校和教学点按照不低于100人核定公用经费", Figure: fmt.Sprintf("schools under %d pupils, and pupils to fund beyond those they have", floor), FigureZ: fmt.Sprintf("不足%d人的学校及应补足的人数", floor),
		Asked: "-", Got: fmt.Sprintf("%d schools, %d pupils", small, extra), Status: Report, Evidence: "pupils of each school"})
	i.add(Finding{Article: "四（二）", Source: fuxin, Quote: "按照寄宿生年生均200元标准增加公用经费补助", Figure: "funding of rural boarders, yuan a year", FigureZ: "乡村寄宿生公用经费补助（元/年）",
		Asked: "-", Got: (model.Fen(boarders) * i.county.Rules.BoarderFunding).String(), Status: Report, Evidence: fmt.Sprintf("%d boarders at %s yuan", boarders, i.county.Rules.BoarderFunding)})
}

// falls counts the years in which an amount falls.
func falls(series []model.Fen) (n int) {
	for k := 1; k < len(series); k++ {
		if series[k] < series[k-1] {
			n++
		}
	}
	return n
}
