// Command mechanisms compares matching mechanisms, the three hiring rounds and the optimizer on one synthetic county.
package main

import (
	"context"
	"fmt"
	"log"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/model/synthetic"
)

func main() {
	county, err := synthetic.Generate(synthetic.Options{Teachers: 300, Landscape: synthetic.Mountain, Seed: 7})
	if err != nil {
		log.Fatal(err)
	}
	result, err := allocation.Mechanisms(context.Background(), county, allocation.MechanismsOptions{Seed: 2026})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("synthetic county: %d people, %d take part, %d posts\n", result.People, result.Taking, result.Posts)
	fmt.Println("mechanism       filled surplus blocking worse moved rural")
	for _, row := range result.Rows {
		fmt.Printf("%-14s %7d %7d %8d %5d %5d %5d\n", row.Name, row.Filled, row.Surplus, row.Blocking, row.WorseOff, row.Moved, row.Rural)
	}
}
