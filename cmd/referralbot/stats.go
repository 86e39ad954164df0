package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"referralbot/bot/mail"
	"referralbot/bot/stats"
	"referralbot/rules"
	"referralbot/store"
)

// statsCmd reports what becomes of referrals. It may run beside serve.
type statsCmd struct {
	kept
	Service string `env:"SERVICE" placeholder:"FILE" help:"Profile of your service (YAML); without it, Together with Baby."`
	From    string `placeholder:"DATE" help:"The first day to count, such as 2026-04-01; without it, twelve months before the last."`
	To      string `placeholder:"DATE" help:"The last day to count; without it, today."`
	JSON    bool   `name:"json" xor:"form" help:"Print JSON."`
	HTML    bool   `name:"html" xor:"form" help:"Print a page with charts, complete in itself."`
}

// Run prints the report. It identifies nobody.
func (c statsCmd) Run(ctx context.Context, s streams) error {
	now := time.Now().UTC()
	period, err := c.period(rules.DateOf(now))
	if err != nil {
		return err
	}
	service, err := readService(c.Service)
	if err != nil {
		return usageError{"SERVICE " + err.Error()}
	}
	db, err := c.openToRead()
	if err != nil {
		return err
	}
	defer db.Close()
	data, err := stats.Gather(ctx, db, period, mail.Destination(service.Mailbox))
	if err != nil && !errors.Is(err, store.ErrDamaged) {
		return err
	}
	if err := c.print(stats.Of(data, period, service, now), s.out); err != nil {
		return err
	}
	if err != nil {
		return fmt.Errorf("what does not open is not counted: %w", err)
	}
	return nil
}

func (c statsCmd) print(report stats.Report, to io.Writer) error {
	switch {
	case c.JSON:
		return report.JSON(to)
	case c.HTML:
		return report.HTML(to)
	}
	return report.Text(to)
}

// period is what is to be counted, by default the twelve months that end today.
func (c statsCmd) period(today rules.Date) (stats.Period, error) {
	var wrong usageError
	day := func(flag, given string, otherwise rules.Date) rules.Date {
		if given == "" {
			return otherwise
		}
		d, ok := rules.ParseISODate(given)
		if !ok || d.Day == 0 {
			wrong = append(wrong, flag+" must be a day, such as 2026-04-01")
		}
		return d
	}
	to := day("--to", c.To, today)
	p := stats.Period{From: day("--from", c.From, stats.LastYear(to).From), To: to}
	if wrong == nil && p.From.Compare(p.To) > 0 {
		wrong = append(wrong, "--from must not be after --to: "+p.From.String()+" is after "+p.To.String())
	}
	if wrong != nil {
		return p, wrong
	}
	return p, nil
}
