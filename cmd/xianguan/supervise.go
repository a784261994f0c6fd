package main

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/xianguan/xianguan/allocation/report"
	"github.com/xianguan/xianguan/allocation/sharing"
	"github.com/xianguan/xianguan/allocation/supervision"
	"github.com/xianguan/xianguan/model"
)

func newSupervise() *cobra.Command {
	var retention, spending, perPupil string
	var noSharing bool
	cmd := &cobra.Command{
		Use:   "supervise COUNTY [PLAN]",
		Short: "Hold a county and its plan against the policy, article by article (督导报告)",
		Long: `Reports for the yearly inspection (督导): each article of 阜政办发〔2020〕21号 that concerns teachers, with 教师〔2014〕4号 and
教督〔2017〕6号 on which it rests: what it asks, the figure, met or not, the evidence, and the schools that fall short; and the articles that no
plan of posts can answer, with the reason. Retention and spending are inputs, since no table holds them. Without PLAN the county is planned
first. Exit code 0, also where an article is not met: that is a finding.`,
		Args: arguments(cobra.RangeArgs(1, 2)),
		RunE: func(cmd *cobra.Command, args []string) error {
			in, err := inspectionInputs(retention, spending, perPupil)
			if err != nil {
				return err
			}
			county, plan, err := sharingInput(cmd, args)
			if err != nil {
				return err
			}
			var shared *sharing.Result
			if !noSharing {
				if shared, err = sharing.Share(cmd.Context(), county, plan, &sharing.Options{Proof: 1}); err != nil {
					return err
				}
			}
			found := supervision.Inspect(county, plan, shared, in)
			if asJSON(cmd) {
				return printJSON(cmd.OutOrStdout(), found)
			}
			return report.WriteInspection(cmd.OutOrStdout(), county, found)
		},
	}
	f := cmd.Flags()
	f.StringVar(&retention, "retention", "", "share of an intake that completes compulsory education, such as 97.5%")
	f.StringVar(&spending, "spending", "", "spending on education in yuan, year by year, this year last, as in 812000000,830000000")
	f.StringVar(&perPupil, "per-pupil", "", "spending for each pupil in yuan, year by year")
	f.BoolVar(&noSharing, "no-sharing", false, "leave out shared teaching; the full curriculum is then unknown")
	return cmd
}

// inspectionInputs reads the figures that no table holds.
func inspectionInputs(retention, spending, perPupil string) (in supervision.Inputs, err error) {
	if retention != "" {
		share, err := model.ParseShare(retention)
		if err != nil || share > model.Whole {
			return in, badInput("supervise: --retention %q: want a percentage up to 100%%, such as 97.5%%", retention)
		}
		in.Retention = &share
	}
	for _, x := range []struct {
		flag, text string
		into       *[]model.Fen
	}{{"spending", spending, &in.Spending}, {"per-pupil", perPupil, &in.PerPupil}} {
		if x.text == "" {
			continue
		}
		for _, part := range strings.Split(x.text, ",") {
			amount, err := model.ParseYuan(strings.TrimSpace(part))
			if err != nil {
				return in, badInput("supervise: --%s %q: want yuan of two years or more, this year last, as in 812000000,830000000", x.flag, x.text)
			}
			*x.into = append(*x.into, amount)
		}
		if len(*x.into) < 2 {
			return in, badInput("supervise: --%s %q: want two amounts or more, this year last", x.flag, x.text)
		}
	}
	return in, nil
}
