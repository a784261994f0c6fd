package policy_test

import (
	"fmt"

	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/policy"
)

// A county takes a pack and sets what differs.
func Example() {
	pack, err := policy.Load("fuxin")
	if err != nil {
		fmt.Println(err)
		return
	}
	rules, err := pack.Resolve([]model.Override{{Key: "rotation.years", Value: "9"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("rotation after", rules.RotationYears, "years; classes of", rules.ClassCap.Primary)
	value, _ := pack.Value("class_cap.primary")
	fmt.Println(value.Value, value.Unit, "—", value.Source)
	// Output:
	// rotation after 9 years; classes of 45
	// 45 pupils a class — 阜政办发〔2020〕21号 三（一）
}

// A key that no rule has is an error that names the nearest one.
func ExamplePack_Resolve() {
	pack, err := policy.Load("national")
	if err != nil {
		fmt.Println(err)
		return
	}
	_, err = pack.Resolve([]model.Override{{Key: "rotation.year", Value: "9"}})
	fmt.Println(err)
	// Output:
	// unknown policy key "rotation.year": did you mean "rotation.years"?
}
