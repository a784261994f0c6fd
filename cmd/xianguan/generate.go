package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/synthetic"
	"github.com/xianguan/xianguan/model/table"
)

func newGenerate() *cobra.Command {
	var options synthetic.Options
	var landscape, out string
	cmd := &cobra.Command{
		Use:   "generate --teachers N --landscape plain|mountain|pastoral --out FOLDER",
		Short: "Make a synthetic county (生成合成县)",
		Long: `Makes a county that does not exist, calibrated to the policy's figures: surplus in
town, vacancies in the villages, subjects short. The same seed gives the same bytes. Every
output of a synthetic county is labelled so.`,
		Args: arguments(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if out == "" {
				return badInput("generate: want --out FOLDER")
			}
			options.Landscape = synthetic.Landscape(landscape)
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
	f.StringVar(&out, "out", "", "folder to write the county to")
	cobra.CheckErr(cmd.RegisterFlagCompletionFunc("landscape", cobra.FixedCompletions(
		[]string{string(synthetic.Plain), string(synthetic.Mountain), string(synthetic.Pastoral)}, cobra.ShellCompDirectiveNoFileComp)))
	return cmd
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
