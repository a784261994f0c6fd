package synthetic_test

import (
	"errors"
	"fmt"

	"github.com/xianguan/xianguan/model/synthetic"
)

func ExampleGenerate() {
	county, err := synthetic.Generate(synthetic.Options{Teachers: 3000, Landscape: synthetic.Mountain, Seed: 1})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(county.NameEn, len(county.Teachers), county.Origin.Synthetic)
	// Output: Synthetic mountain county 3000 true
}

func ExampleGenerate_error() {
	_, err := synthetic.Generate(synthetic.Options{Teachers: 3000, Landscape: "pastorl"})
	var option *synthetic.OptionError
	fmt.Println(errors.As(err, &option), err)
	// Output: true synthetic county: Landscape "pastorl": want plain, mountain or pastoral; did you mean "pastoral"?
}
