package model_test

import (
	"fmt"

	"github.com/xianguan/xianguan/model"
)

// Validate reports every fault at once, with what would be right.
func ExampleCounty_Validate() {
	county := &model.County{Format: model.Format, ID: "demo", Name: "试验县", Date: model.NewDate(2026, 9, 1), Policy: "national",
		Subjects: []model.Subject{{ID: "chinese", Name: "语文"}},
		Schools:  []model.School{{ID: "S1", Name: "一小", Grades: []model.Grade{{Grade: 1, Pupils: 30}}}},
		Teachers: []model.Teacher{{ID: "T1", School: "S2", Stages: []model.Stage{model.StagePrimary}, Main: "chines", Born: model.NewDate(1980, 2, 30)}},
	}
	for _, fault := range model.FieldErrors(county.Validate()) {
		if fault.Table == "teachers" {
			fmt.Println(fault)
		}
	}
	// Output:
	// teachers T1: school "S2": want an id from schools; did you mean "S1"?
	// teachers T1: main "chines": want an id from curriculum; did you mean "chinese"?
	// teachers T1: born "1980-02-30": want a day that exists, such as 2026-09-01
}

// Amounts are exact: yuan in files, fen in the program.
func ExampleParseYuan() {
	fare, err := model.ParseYuan("0.60")
	fmt.Println(int64(fare), fare, err)
	_, err = model.ParseYuan("1e3")
	fmt.Println(err)
	// Output:
	// 60 0.60 <nil>
	// "1e3" is not a plain number of digits
}
