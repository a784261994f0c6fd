package census_test

import (
	"fmt"
	"os"

	"github.com/xianguan/xianguan/model/census"
)

// A district office of Sarawak becomes a county that can be planned.
func ExampleImport() {
	mapping, err := census.ReadMapping("../../testdata/malaysia/mapping.json")
	if err != nil {
		fmt.Println(err)
		return
	}
	file, err := os.Open("../../testdata/malaysia/malaysia-schools-2025-07.csv")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer file.Close()
	county, err := census.Import(file, mapping, []string{"PPD BELAGA"}, census.Options{Seed: 1})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(county.ID, len(county.Schools), "schools", len(county.Teachers), "teachers")
	fmt.Println(county.Schools[0].Name, county.Schools[0].Position, "tier", county.Schools[0].Tier)
	fmt.Println("real:", county.Origin.Real[1])
	// Output:
	// ppd-belaga 15 schools 412 teachers
	// SEKOLAH KEBANGSAAN NG TELAWAN 2.483783,113.560483 tier 3
	// real: Enrolment of each school, July 2025: main (ENROLMEN) plus special needs (ENROLMEN KHAS).
}

// A census is read once, and its districts are listed.
func ExampleRead() {
	mapping, err := census.ReadMapping("../../testdata/malaysia/mapping.json")
	if err != nil {
		fmt.Println(err)
		return
	}
	file, err := os.Open("../../testdata/malaysia/malaysia-schools-2025-07.csv")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer file.Close()
	c, err := census.Read(file, mapping)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, d := range c.Districts()[:3] {
		fmt.Println(d.Name, d.Schools, d.Pupils, d.Teachers)
	}
	// Output:
	// JPN PERLIS 104 46767 4690
	// JPWP LABUAN 28 18452 1451
	// JPWP PUTRAJAYA 27 39581 2533
}

func ExampleDistrictError() {
	c, err := malaysia()
	if err != nil {
		fmt.Println(err)
		return
	}
	_, err = c.County([]string{"KAPIT"}, census.Options{})
	fmt.Println(err)
	// Output: census: unknown district "KAPIT": did you mean "PPD KAPIT"? (146 districts in all)
}
