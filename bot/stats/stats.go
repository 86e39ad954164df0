// Package stats counts what becomes of referrals over some time, for those who run a service and
// for those it reports to: where referrals come from, how the criteria read them and whether
// clinicians agreed, where people give up, how long things take, and whether they are fair to all.
//
// It knows no store but as something to read, and nothing of how a report is asked for. Nothing
// it reports leads to a person: what is of fewer than five people is hidden, with as much beside
// it as it could be worked out from.
package stats

import (
	"cmp"
	"context"
	"errors"
	"time"

	"referralbot/bot"
	"referralbot/dialog"
	"referralbot/rules"
	"referralbot/store"
)

// Period is some days in Europe/London, the first and the last among them.
type Period struct {
	From, To rules.Date
}

// has reports whether t is in the period.
func (p Period) has(t time.Time) bool { return p.hasDay(rules.DateOf(t)) }

func (p Period) hasDay(d rules.Date) bool { return d.Compare(p.From) >= 0 && d.Compare(p.To) <= 0 }

// LastYear is the twelve months that end with a day.
func LastYear(to rules.Date) Period {
	return Period{From: to.AddYears(-1).AddDays(1), To: to}
}

// Data is what a report is made from.
type Data struct {
	Referrals []dialog.Referral         // all there are
	Audits    map[string][]dialog.Entry // of those received in the period
	Tallies   map[dialog.Tally]int      // of the period
	Drafts    []dialog.Conversation     // all there are
	Standing  store.Stats
	Mail      store.Queue // what waits for the mailbox
	Refused   int         // mail set aside, at most asides
}

// asides is how many of the things set aside are looked through for mail.
const asides = 1000

// Gather reads what a report of the period is made from, with what waits at the mailbox, a
// destination. It returns what opens together with
// store.ErrDamaged, if something does not.
func Gather(ctx context.Context, s store.Store, p Period, mailbox string) (d Data, err error) {
	var damaged error
	stop := func() bool {
		if errors.Is(err, store.ErrDamaged) {
			damaged, err = err, nil
		}
		return err != nil
	}
	if d.Referrals, err = s.Referrals(ctx); stop() {
		return d, err
	}
	d.Audits = map[string][]dialog.Entry{}
	for _, r := range d.Referrals {
		if !p.has(r.ReceivedAt) {
			continue
		}
		if d.Audits[r.Ref], err = s.Audit(ctx, r.Ref); stop() {
			return d, err
		}
	}
	if d.Tallies, err = s.Tallies(ctx, p.From, p.To); stop() {
		return d, err
	}
	if d.Drafts, err = bot.Drafts(ctx, s); stop() {
		return d, err
	}
	if d.Mail, err = s.Queue(ctx, mailbox); stop() {
		return d, err
	}
	set, err := s.Asides(ctx, asides)
	if err != nil {
		return d, err
	}
	for _, a := range set {
		if a.Kind == bot.KindMail {
			d.Refused++
		}
	}
	d.Standing, err = s.Stats(ctx)
	return d, cmp.Or(err, damaged)
}

// Report is what is counted, as it may be shown.
type Report struct {
	Service  string    `json:"service"`
	From     string    `json:"from"` // "2026-11-30"
	To       string    `json:"to"`
	MadeAt   time.Time `json:"made_at"`
	Sections []Section `json:"sections"`
}

// Section is one table.
type Section struct {
	ID      string   `json:"id"`
	Title   string   `json:"title"`
	About   string   `json:"about"` // what is counted, and how
	Columns []Column `json:"columns"`
	Rows    []Row    `json:"rows"`
	// Drawn is how many of the columns, from the first, are drawn as bars: one beside another.
	Drawn int `json:"-"`
}

// Column is what stands in one column of a table.
type Column struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Unit  Unit   `json:"unit"`
}

// Unit is what a column's numbers are of.
type Unit string

// The units.
const (
	Number  Unit = "number"
	Share   Unit = "share" // from 0 to 1
	Seconds Unit = "seconds"
)

// Row is one row of a table.
type Row struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Cells []Cell `json:"cells"`
	// Whole says that the row is the sum of those before it.
	Whole bool `json:"-"`
}

// facts is what sections are made from.
type facts struct {
	Data
	period    Period
	service   *rules.Service
	now       time.Time
	referrals []dialog.Referral // received in the period, whole ones
}

// Of makes the report of a period, as of now (UTC).
func Of(d Data, p Period, service *rules.Service, now time.Time) Report {
	f := facts{Data: d, period: p, service: service, now: now}
	for _, r := range d.Referrals {
		if r.Kind == dialog.KindReferral && p.has(r.ReceivedAt) {
			f.referrals = append(f.referrals, r)
		}
	}
	report := Report{Service: service.Name, From: p.From.String(), To: p.To.String(), MadeAt: now}
	for _, section := range []func(facts) Section{
		sources, ages, kinds, states, verdicts, agreement, turnedOn, outcomes, receipts, times, alerts, calls, endsOfCalls,
		drafts, droppedByProfessionals, droppedByParents, ethnicities, needs, districts, standing,
	} {
		report.Sections = append(report.Sections, section(f))
	}
	return report
}
