// Command province shares one budget of hardship subsidies and one quota of special posts (特岗名额) among three synthetic counties, and proves the shares.
package main

import (
	"context"
	"fmt"
	"log"
	"path/filepath"

	"github.com/xianguan/xianguan/allocation/province"
	"github.com/xianguan/xianguan/model/table"
)

func main() {
	p := &province.Province{Name: "Sample province", Budget: 104_000_00, Places: 6} // yuan in fen
	for _, name := range []string{"north", "south", "west"} {
		county, err := table.Read(filepath.Join("../../testdata/province", name))
		if err != nil {
			log.Fatal(err)
		}
		p.Counties = append(p.Counties, province.County{Name: name, County: county})
	}
	result, err := province.Solve(context.Background(), p, province.Options{})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("synthetic people:", result.Synthetic)
	for _, l := range result.Levels {
		fmt.Printf("%s: the joint optimum is in [%d, %d]\n", l.Name, l.Bound, l.Objective)
	}
	fmt.Printf("by prices alone its shortage is at least %d\n", result.Priced)
	for i := range result.Counties {
		c := &result.Counties[i]
		fmt.Printf("%s gets %s yuan and %d places; a yuan more would save %.1f points, a yuan less cost %.1f\n",
			c.Name, c.Budget, c.Places, 100*c.Yuan.More.Float(), 100*c.Yuan.Less.Float())
	}
	fmt.Printf("unspent: %s yuan and %d places\n", result.Unspent, result.Places-result.Hired)
}
