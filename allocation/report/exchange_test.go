package report

import (
	"testing"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/model"
)

func TestMoveSentences(t *testing.T) {
	moves := []allocation.ExchangeMove{{Teacher: "T1", Rank: 1, Present: 3}, {Teacher: "T2", Rank: 2}, {Teacher: "T3", Gain: 5}}
	tests := []struct {
		reason           string
		chain            allocation.ExchangeChain
		place            int
		english, chinese string
	}{
		{"the first of a chain fills a vacancy", allocation.ExchangeChain{Moves: moves}, 0,
			"fills a vacancy; choice 1, before the present school, choice 3", "填补空岗；第1志愿，优于现任学校（第3志愿）"},
		{"the next takes the place of the first", allocation.ExchangeChain{Moves: moves}, 1,
			"takes the place of T1; choice 2, the present school is not on the list", "接任T1的岗位；第2志愿，现任学校不在志愿内"},
		{"the last leaves a post that can spare a person", allocation.ExchangeChain{Moves: moves}, 2,
			"takes the place of T2; subsidy less travel rises by 0.05 yuan a month; the post left can spare a person",
			"接任T2的岗位；补贴减交通费每月增加0.05元；原岗位可以腾出一人"},
		{"the first of a cycle takes the place of the last", allocation.ExchangeChain{Cycle: true, Moves: moves}, 0,
			"takes the place of T3; choice 1, before the present school, choice 3", "接任T3的岗位；第1志愿，优于现任学校（第3志愿）"},
	}
	for _, test := range tests {
		if english, chinese := moveSentence(&test.chain, test.place); english != test.english || chinese != test.chinese {
			t.Errorf("%s: %q, %q", test.reason, english, chinese)
		}
	}
}

func TestChainsOfPeople(t *testing.T) {
	post := func(s model.SchoolID) model.PostID {
		return model.PostID{School: s, Stage: model.StagePrimary, Subject: "music"}
	}
	moves := []allocation.ExchangeMove{{Teacher: "T1", From: post("B"), To: post("A")}, {Teacher: "T2", From: post("C"), To: post("B")}}
	names := map[model.SchoolID]string{"A": "甲校", "B": "乙校", "C": "丙校"}
	want := "T2 (C 丙校, primary music) → T1 (B 乙校, primary music) → vacancy (空岗) at A 甲校, primary music"
	if got := chainText(names, &allocation.ExchangeChain{Moves: moves}); got != want {
		t.Errorf("a chain: %q", got)
	}
	moves[0].To = post("C")
	want = "T1 (B 乙校, primary music) → T2 (C 丙校, primary music) → back to T1"
	if got := chainText(names, &allocation.ExchangeChain{Cycle: true, Moves: moves}); got != want {
		t.Errorf("a swap: %q", got)
	}
}

func TestSignedYuan(t *testing.T) {
	for fen, want := range map[model.Fen]string{-50: "-0.50", 0: "0.00", 123456: "1,234.56", -123456: "-1,234.56"} {
		if got := signedYuan(fen); got != want {
			t.Errorf("%d fen: %q, want %q", fen, got, want)
		}
	}
}
