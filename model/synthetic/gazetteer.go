package synthetic

import (
	"embed"
	"encoding/csv"
	"fmt"
	"strconv"

	"github.com/xianguan/xianguan/model"
)

//go:embed gazetteer/*.csv
var gazetteers embed.FS

// Zhangwu is Zhangwu county (彰武县) of Fuxin city, Liaoning, with some 1,500
// synthetic teachers: what testdata/zhangwu holds.
func Zhangwu() (*model.County, error) {
	return fuxin("zhangwu", 1500, &Gazetteer{ID: "zhangwu", Name: "彰武县", NameEn: "Zhangwu county"})
}

// Fumeng is the Fuxin Mongol autonomous county (阜新蒙古族自治县) of Fuxin city,
// Liaoning, with some 3,000 synthetic teachers and Mongolian-medium schools: what
// testdata/fumeng holds.
func Fumeng() (*model.County, error) {
	return fuxin("fumeng", 3000, &Gazetteer{ID: "fumeng", Name: "阜新蒙古族自治县", NameEn: "Fuxin Mongol autonomous county"})
}

func fuxin(name string, teachers int, g *Gazetteer) (*model.County, error) {
	g.Places = readPlaces(name)
	g.Seat = g.Places[0].Position
	g.Real = []string{"The names and codes of the townships are those of the National Bureau of Statistics, 2023."}
	g.Assumed = []string{"Positions of townships were placed by hand, from public descriptions of their neighbours and their direction and distance from the seat where there are any: good to some kilometres for most, to ten or more for some. None is surveyed."}
	return Generate(Options{Teachers: teachers, Landscape: Plain, Seed: 210900, Policy: "fuxin", Gazetteer: g})
}

// readPlaces reads an embedded gazetteer: id, name, name_en, lat, lon, town (yes
// or nothing), weight, language. The first row is the county seat.
func readPlaces(name string) []Place {
	file, err := gazetteers.Open("gazetteer/" + name + ".csv")
	if err != nil {
		panic("synthetic: the gazetteers are embedded: " + err.Error())
	}
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		panic("synthetic: gazetteer " + name + ": " + err.Error())
	}
	places := make([]Place, 0, len(rows))
	for _, row := range rows[1:] {
		lat, latErr := model.ParseDegrees(row[3], 90)
		lon, lonErr := model.ParseDegrees(row[4], 180)
		weight, weightErr := strconv.Atoi(row[6])
		for _, err := range []error{latErr, lonErr, weightErr} {
			if err != nil {
				panic(fmt.Sprintf("synthetic: gazetteer %s: %s: %v", name, row[0], err))
			}
		}
		p := Place{Town: row[5] == "yes", Weight: weight, Language: model.Language(row[7])}
		p.Township = model.Township{ID: model.TownshipID(row[0]), Name: row[1], NameEn: row[2],
			Position: model.Position{Lat: lat, Lon: lon}}
		places = append(places, p)
	}
	return places
}
