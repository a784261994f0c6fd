package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/google/renameio/v2"
	"github.com/spf13/cobra"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/check"
	"github.com/xianguan/xianguan/allocation/report"
	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/table"
)

func newExchange() *cobra.Command {
	var out, backend, aim string
	var options allocation.ExchangeOptions
	var pins, bans []string
	cmd := &cobra.Command{
		Use:   "exchange COUNTY [--longest-cycle N] [--longest-chain N] [--out FOLDER]",
		Short: "Find voluntary swaps and chains (互换与链式交流)",
		Long: `Finds swaps, cycles and chains of posts on the county in COUNTY, a folder of CSV files or one
JSON file. Volunteers and people due for rotation may take part, nobody who moves is worse
off, every post stays covered, and the exchange and backbone shares are met as far as that
goes, at the least cost. Nobody else is touched. It prints each cycle and chain, and writes
to the folder of --out:
  exchange.csv    every move with its ground, choice, gain and cost
  exchange.json   the same with shares, levels and bounds
  plan.json       the plan in which everybody else stays, for
                  xianguan verify COUNTY plan.json`,
		Args: arguments(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			options.Aim = allocation.ExchangeAim(aim)
			if options.Pins, err = parsePins("--pin", pins); err != nil {
				return err
			}
			if options.Bans, err = parsePins("--ban", bans); err != nil {
				return err
			}
			return runExchange(cmd, args[0], out, backend, options)
		},
	}
	f := cmd.Flags()
	f.StringVar(&out, "out", "", "folder to write to; made where it does not exist (default: only print)")
	f.IntVar(&options.LongestCycle, "longest-cycle", 0, "people in a cycle, at most; 1: no cycles (default: no limit)")
	f.IntVar(&options.LongestChain, "longest-chain", 0, "people in a chain, at most (default: no limit)")
	f.BoolVar(&options.NoChains, "no-chains", false, "cycles only: every post keeps as many people as it has")
	f.StringVar(&aim, "aim", string(allocation.AimCost), "what counts once the shares are met: cost (of the county) or gain (of who moves)")
	f.IntVar(&options.Uncovered, "uncovered", 0, "people whom a post may lack beyond today, though never all")
	f.StringArrayVar(&pins, "pin", nil, "TEACHER=SCHOOL/STAGE/SUBJECT, or TEACHER alone to keep the present post; may repeat")
	f.StringArrayVar(&bans, "ban", nil, "TEACHER=SCHOOL/STAGE/SUBJECT that the teacher must not have; may repeat")
	f.Uint64Var(&options.Seed, "seed", 0, "draw lots among equal exchanges with this seed (default: no lottery)")
	f.Float64Var(&options.Gap, "gap", 0, "relative gap accepted at every level; 0 is proven optimal")
	f.DurationVar(&options.TimeLimit, "time-limit", 0, "stop after this time with the best exchange so far, as in 30s (default: none)")
	f.IntVar(&options.Workers, "workers", 0, "workers; never changes the exchange (default: one for each processor)")
	addBackend(cmd, &backend)
	return cmd
}

func parsePins(flag string, texts []string) ([]model.Pin, error) {
	var pins []model.Pin
	for _, text := range texts {
		pin, err := parsePin(text)
		if err != nil {
			return nil, badInput("%s: %w", flag, err)
		}
		pins = append(pins, pin)
	}
	return pins, nil
}

func runExchange(cmd *cobra.Command, path, out, backend string, options allocation.ExchangeOptions) error {
	chosen, err := findBackend(backend)
	if err != nil {
		return err
	}
	county, err := readCounty(path)
	if err != nil {
		return err
	}
	if out != "" { // fail before the work, not after
		if err := os.MkdirAll(out, 0o755); err != nil {
			return err
		}
	}
	bar := newProgress(cmd.ErrOrStderr())
	exchanger := allocation.Exchanger{Options: options, Backend: chosen, Progress: bar.show}
	exchange, err := exchanger.Exchange(cmd.Context(), county)
	bar.done()
	if err != nil {
		return errors.Join(err, explainExchange(cmd, county, err))
	}
	verdict := check.Plan(county, exchange.Plan)
	if out != "" {
		if err := writeExchange(out, county, exchange); err != nil {
			return err
		}
	}
	if asJSON(cmd) {
		err = printJSON(cmd.OutOrStdout(), exchangeResult{exchange, verdict.OK(), out})
	} else {
		err = report.WriteExchange(cmd.OutOrStdout(), county, exchange, verdict)
	}
	if broken := verdict.Err(); broken != nil {
		return fmt.Errorf("the checker refuses our own plan: %w", broken)
	}
	return err
}

// explainExchange prints why a county has no exchange; nothing for other errors.
func explainExchange(cmd *cobra.Command, county *model.County, err error) error {
	var none *allocation.InfeasibleError
	switch {
	case !errors.As(err, &none):
		return nil
	case asJSON(cmd):
		return printJSON(cmd.OutOrStdout(), none)
	}
	return report.WriteNoExchange(cmd.OutOrStdout(), county, none)
}

// exchangeResult is what `exchange --json` prints.
type exchangeResult struct {
	*allocation.ExchangePlan
	OK  bool   `json:"every_rule_holds"`
	Out string `json:"out,omitempty"`
}

// writeExchange writes the files of an exchange, each whole or not at all.
func writeExchange(out string, c *model.County, e *allocation.ExchangePlan) error {
	if err := table.WritePlan(filepath.Join(out, "plan.json"), e.Plan); err != nil {
		return err
	}
	text, err := json.MarshalIndent(e, "", " ")
	if err != nil {
		return err
	}
	if err := renameio.WriteFile(filepath.Join(out, "exchange.json"), append(text, '\n'), 0o644); err != nil {
		return err
	}
	var moves bytes.Buffer
	if err := report.WriteExchangeMoves(&moves, c, e); err != nil {
		return err
	}
	return renameio.WriteFile(filepath.Join(out, "exchange.csv"), moves.Bytes(), 0o644)
}
