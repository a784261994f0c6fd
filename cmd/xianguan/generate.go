package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/synthetic"
	"github.com/xianguan/xianguan/model/table"
)

func newGenerate() *cobra.Command {
	var options synthetic.Options
	var landscape, out string
	var counties int
	cmd := &cobra.Command{
		Use:   "generate --teachers N --landscape plain|mountain|pastoral [--counties N] --out FOLDER",
		Short: "Make a synthetic county (生成合成县)",
		Long: `Makes a county that does not exist, calibrated to the policy's figures: surplus in
town, vacancies in the villages, subjects short. The same seed gives the same bytes. Every
output of a synthetic county is labelled so.
With --counties it makes several, with seeds from that of --seed on, each a JSON file in the folder, as sweeps over many counties read them.`,
		Args: arguments(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if out == "" {
				return badInput("generate: want --out FOLDER")
			}
			options.Landscape = synthetic.Landscape(landscape)
			if cmd.Flags().Changed("counties") {
				return generateMany(cmd, out, options, counties)
			}
			county, err := synthetic.Generate(options)
			if err != nil {
				return inputError{err}
			}
			return writeCounty(cmd, out, county)
		},
	}
	f := cmd.Flags()
	f.IntVar(&options.Teachers, "teachers", 1500, "people, the pool among them")
	f.StringVar(&landscape, "landscape", string(synthetic.Plain), "plain, mountain or pastoral")
	f.Uint64Var(&options.Seed, "seed", 1, "seed of everything that is drawn")
	f.BoolVar(&options.Duties, "duties", false, "principals, release time and after-school service as well")
	f.IntVar(&counties, "counties", 1, "make this many, each a JSON file")
	f.StringVar(&out, "out", "", "folder to write the county to")
	cobra.CheckErr(cmd.RegisterFlagCompletionFunc("landscape", cobra.FixedCompletions(
		[]string{string(synthetic.Plain), string(synthetic.Mountain), string(synthetic.Pastoral)}, cobra.ShellCompDirectiveNoFileComp)))
	return cmd
}

// generateMany makes counties of one kind with seeds one after the other, each a JSON file of its id. One is held at a time.
func generateMany(cmd *cobra.Command, out string, options synthetic.Options, counties int) error {
	if counties < 1 {
		return badInput("--counties %d: want 1 or more", counties)
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	schools, teachers := 0, 0
	for range counties {
		county, err := synthetic.Generate(options)
		if err != nil {
			return inputError{err}
		}
		if err := table.WriteJSON(filepath.Join(out, string(county.ID)+".json"), county); err != nil {
			return err
		}
		schools, teachers = schools+len(county.Schools), teachers+len(county.Teachers)
		options.Seed++
	}
	made := map[string]any{"out": out, "counties": counties, "schools": schools, "teachers": teachers}
	return answered(cmd, made, func() error {
		_, err := fmt.Fprintf(cmd.OutOrStdout(), "%s: %d counties with %d schools and %d teachers in all (synthetic people, 人员为合成数据)\n", out, counties, schools, teachers)
		return err
	})
}

// writeCounty writes a county that was made and says what it is.
func writeCounty(cmd *cobra.Command, out string, county *model.County) error {
	if err := table.WriteFolder(out, county); err != nil {
		return inputError{err}
	}
	if asJSON(cmd) {
		return printJSON(cmd.OutOrStdout(), map[string]any{"out": out, "county": county.ID, "schools": len(county.Schools),
			"teachers": len(county.Teachers), "origin": county.Origin})
	}
	fmt.Fprintf(cmd.OutOrStdout(), "%s: %s with %d schools and %d teachers (synthetic people, 人员为合成数据)\n",
		out, county.Name, len(county.Schools), len(county.Teachers))
	return nil
}
