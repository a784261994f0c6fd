package main

import (
	"bytes"
	"os"
	"path/filepath"

	"github.com/google/renameio/v2"
	"github.com/spf13/cobra"

	"github.com/xianguan/xianguan/allocation/report"
	"github.com/xianguan/xianguan/allocation/scenario"
	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/census"
)

func newNation() *cobra.Command {
	var flags runFlags
	var mapping string
	var seed uint64
	cmd := &cobra.Command{
		Use:   "nation CENSUS.csv --mapping FILE --out FOLDER",
		Short: "Plan, verify and report every district of a school census (全国测算)",
		Long: `Makes a county of each district of a census, as "import" does, plans it, has the independent checker hold the plan against every rule, and sums up: the whole,
each state, each district. It prints the report and writes to the folder nation.txt, nation.csv (a row a district) and nation.json. The schools are real; the people
are drawn from the seed, and every output says so.

Each result is kept in FOLDER/results as soon as it is there, so a run that was stopped, even killed, goes on where it was. With --plans each plan is
kept as well; "import" with the same district and seed makes the county that "verify" holds it against.
With --shard the districts are divided among machines; once they are done, the command without it sums up what they have left in the folder.`,
		Args: arguments(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			if mapping == "" {
				return badInput("nation: want --mapping FILE")
			}
			return runNation(cmd, args[0], mapping, seed, &flags)
		},
	}
	flags.add(cmd)
	cmd.Flags().StringVar(&mapping, "mapping", "", "mapping file, JSON")
	cmd.Flags().Uint64Var(&seed, "seed", 1, "seed of the people that are drawn")
	return cmd
}

func runNation(cmd *cobra.Command, path, mapping string, seed uint64, flags *runFlags) error {
	read, err := readCensus(path, mapping)
	if err != nil {
		return inputError{err}
	}
	sources := districtsOf(read, seed)
	if len(sources) == 0 {
		return badInput("%s: want a school that is not left out", path)
	}
	work, err := flags.work(sources, []scenario.Scenario{{Name: "base"}})
	if err != nil {
		return err
	}
	results, kept, err := work.run(cmd.Context(), nil)
	if err != nil {
		return err
	}
	if work.shard.Count > 0 {
		return work.printShard(cmd, len(results), kept)
	}
	states := map[string]string{}
	for _, d := range read.Districts() {
		states[d.Name] = d.State
	}
	var districts []report.NationDistrict
	for i := range results {
		name := sources[i].String()
		districts = append(districts, report.NationDistrict{State: states[name], Name: name, Result: results[i]})
	}
	nation := report.NewNation(filepath.Base(path), nationOrigin(read, seed), districts)
	return writeNation(cmd, nation, flags.out)
}

// nationOrigin is what is real and what is assumed in every district.
func nationOrigin(read *census.Census, seed uint64) model.Origin {
	o := read.Origin(seed)
	o.Assumed = append(o.Assumed, "What is assumed of one district, such as its seat, stands with its own plan: import and plan it to see.")
	return o
}

// writeNation writes the files of a nation, each whole or not at all, and prints it.
func writeNation(cmd *cobra.Command, nation *report.Nation, out string) error {
	var text, rows, all bytes.Buffer
	if err := report.WriteNation(&text, nation); err != nil {
		return err
	}
	if err := report.WriteNationTable(&rows, nation); err != nil {
		return err
	}
	if err := printJSON(&all, nation); err != nil {
		return err
	}
	if out != "" {
		if err := os.MkdirAll(out, 0o755); err != nil {
			return err
		}
		for name, content := range map[string][]byte{"nation.txt": text.Bytes(), "nation.csv": rows.Bytes(), "nation.json": all.Bytes()} {
			if err := renameio.WriteFile(filepath.Join(out, name), content, 0o644); err != nil {
				return err
			}
		}
	}
	shown := &text
	if asJSON(cmd) {
		shown = &all
	}
	_, err := cmd.OutOrStdout().Write(shown.Bytes())
	return err
}
