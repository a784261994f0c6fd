package main

import (
	"cmp"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/census"
)

func newImport() *cobra.Command {
	var mapping, out, id, name string
	var districts []string
	var seed uint64
	cmd := &cobra.Command{
		Use:   "import CENSUS.csv --mapping FILE --district NAME [--district NAME] --out FOLDER",
		Short: "Make a county of a school census (导入学校普查)",
		Long: `Makes a county of the real schools of one or more districts in a census, a CSV file
with a row a school. A mapping file says what the columns mean, and what is assumed where the
census is silent; assumptions are listed in every output. Without --district it lists the districts.`,
		Args: arguments(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			if mapping == "" {
				return badInput("import: want --mapping FILE")
			}
			read, err := readCensus(args[0], mapping)
			if err != nil {
				return inputError{err}
			}
			if len(districts) == 0 {
				return listDistricts(cmd, read)
			}
			if out == "" {
				return badInput("import: want --out FOLDER with --district")
			}
			county, err := read.County(districts, census.Options{Seed: seed, ID: model.CountyID(id), Name: name})
			if err != nil {
				return inputError{err}
			}
			return writeCounty(cmd, out, county)
		},
	}
	f := cmd.Flags()
	f.StringVar(&mapping, "mapping", "", "mapping file, JSON")
	f.StringArrayVar(&districts, "district", nil, "district to import; may repeat")
	f.Uint64Var(&seed, "seed", 1, "seed of what is drawn")
	f.StringVar(&id, "id", "", "id of the county (default: from the districts)")
	f.StringVar(&name, "name", "", "name of the county (default: the districts)")
	f.StringVar(&out, "out", "", "folder to write the county to")
	return cmd
}

func readCensus(path, mapping string) (*census.Census, error) {
	m, err := census.ReadMapping(mapping)
	if err != nil {
		return nil, err
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	read, err := census.Read(file, m)
	return read, cmp.Or(err, file.Close())
}

func listDistricts(cmd *cobra.Command, read *census.Census) error {
	if asJSON(cmd) {
		return printJSON(cmd.OutOrStdout(), read.Districts())
	}
	for _, d := range read.Districts() {
		fmt.Fprintf(cmd.OutOrStdout(), "%-40s %5d schools %8d pupils %7d teachers\n", d.Name, d.Schools, d.Pupils, d.Teachers)
	}
	return nil
}
