package stats

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"referralbot/dialog"
	"referralbot/rules"
	"referralbot/store"
)

var update = flag.Bool("update", false, "write the reports as they are now")

// TestReports compares a report of the year, in every form, with how it was when somebody last
// read it.
func TestReports(t *testing.T) {
	t.Parallel()
	y := aYear()
	r := Of(y.Data, theYear, y.service, y.now)
	var text, page, data bytes.Buffer
	if err := r.Text(&text); err != nil {
		t.Fatal(err)
	}
	if err := r.HTML(&page); err != nil {
		t.Fatal(err)
	}
	if err := r.JSON(&data); err != nil {
		t.Fatal(err)
	}
	for file, got := range map[string][]byte{"year.txt": text.Bytes(), "year.json": data.Bytes(), "year.html": page.Bytes()} {
		file = filepath.Join("testdata", file)
		if *update {
			if err := os.WriteFile(file, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), string(got)); diff != "" {
			t.Errorf("%s (-want +got); go test ./bot/stats -update writes it:\n%s", file, diff)
		}
	}
}

// TestItAddsUp: of the drafts begun in any time, each is sent, ended, left, silent or under way,
// and each that was left or is silent stands somewhere it had been shown.
func TestItAddsUp(t *testing.T) {
	t.Parallel()
	y := aYear()
	begun := map[rules.Audience]int{}
	for month := range 12 {
		first := rules.Date{Year: 2026, Month: time.Month(month + 1), Day: 1}
		p := Period{From: first, To: first.AddMonths(1).AddDays(-1)}
		f := facts{Data: Data{Tallies: map[dialog.Tally]int{}, Drafts: y.Drafts}, period: p, service: y.service, now: y.now}
		for tally, n := range y.Tallies {
			if p.hasDay(tally.Day) {
				f.Tallies[tally] = n
			}
		}
		for _, who := range audiences {
			is := f.fateOf(who.audience)
			if parts := is.sent + is.ended + is.left + is.silent + is.going; parts != is.begun {
				t.Errorf("%s, month %d: %d begun, of which %d are known of", who.title, month+1, is.begun, parts)
			}
			stand := 0
			for p, n := range is.at {
				stand += n
				if n > is.shown[p] {
					t.Errorf("%s, month %d: %d stand at %s, to which %d came", who.title, month+1, n, p, is.shown[p])
				}
			}
			if stand != is.left+is.silent {
				t.Errorf("%s, month %d: %d left or silent, of which %d stand somewhere", who.title, month+1, is.left+is.silent, stand)
			}
			begun[who.audience] += is.begun
		}
	}
	if whole := (facts{Data: y.Data, period: theYear, now: y.now}).fateOf(rules.Parent); begun[rules.Parent] != whole.begun || whole.begun != 60 || begun[rules.Professional] != 30 {
		t.Errorf("begun %v by the month, %d in the year", begun, whole.begun)
	}
}

// TestADraftIsCountedTheSameOnceItIsForgotten has a silent draft erased, as it is after some days.
func TestADraftIsCountedTheSameOnceItIsForgotten(t *testing.T) {
	t.Parallel()
	y := aYear()
	f := facts{Data: y.Data, period: theYear, now: y.now}
	f.Tallies = maps.Clone(f.Tallies)
	before := f.fateOf(rules.Parent)
	for _, c := range y.Drafts {
		for _, tally := range c.Left() {
			f.Tallies[tally]++
		}
	}
	f.Drafts = nil
	after := f.fateOf(rules.Parent)
	if after.left != before.left+before.silent || after.silent != 0 {
		t.Errorf("%d left and %d silent became %d left", before.left, before.silent, after.left)
	}
	after.left, after.silent = before.left, before.silent
	if diff := cmp.Diff(before, after, cmp.AllowUnexported(fate{})); diff != "" {
		t.Errorf("before and after (-want +got):\n%s", diff)
	}
}

func TestWhatAnOutcomeSaysOfAFlag(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		had          string
		status       dialog.Status
		excluded, to says // discuss
	}{
		{"", dialog.Received, silent, silent},
		{"MORE_INFO", dialog.Awaiting, silent, agreed},
		{"ADVICE_CONSULTATION", dialog.Closed, agreed, agreed},
		{"SIGNPOSTED", dialog.Closed, agreed, agreed},
		{"TRANSFERRED_OUT_OF_AREA", dialog.Closed, agreed, silent},
		{"RETURNED_INCOMPLETE", dialog.Closed, silent, agreed},
		{"ACCEPTED_FOR_ASSESSMENT", dialog.Decided, otherwise, otherwise},
		{"MORE_INFO ACCEPTED_FOR_ASSESSMENT", dialog.Decided, otherwise, agreed},
		{"ACCEPTED_FOR_ASSESSMENT ASSESSED SIGNPOSTED_AFTER_ASSESSMENT", dialog.Closed, otherwise, otherwise},
		{"ACCEPTED_FOR_ASSESSMENT SIGNPOSTED", dialog.Closed, otherwise, agreed}, // reopened
		{"NO_CONSENT", dialog.Closed, silent, silent},
		{"DUPLICATE", dialog.Closed, silent, silent},
		{"CALL_COMPLETED_TOGETHER", dialog.Claimed, silent, agreed},
		{"CALL_NO_ANSWER ACCEPTED_FOR_ASSESSMENT", dialog.Decided, otherwise, otherwise},
		{"CALL_NOT_NEEDED", dialog.Received, silent, silent},
		{"NO_CONSENT", dialog.Claimed, silent, silent}, // reopened
	} {
		r := dialog.Referral{Status: test.status}
		for code := range strings.FieldsSeq(test.had) {
			r.Results = append(r.Results, dialog.Result{Code: dialog.Code(code)})
		}
		if got := saysOf(r, rules.RuleAge, rules.LikelyExcluded); got != test.excluded {
			t.Errorf("%q says %d of what may not fit, want %d", test.had, got, test.excluded)
		}
		if got := saysOf(r, rules.RuleAge, rules.Discuss); got != test.to {
			t.Errorf("%q says %d of what is to be discussed, want %d", test.had, got, test.to)
		}
	}
	signposted := dialog.Referral{Status: dialog.Closed, Life: dialog.Life{Results: []dialog.Result{{Code: dialog.Signposted, Filled: map[string][]string{"criteria": {"age", "area"}}}}}}
	for rule, want := range map[rules.Rule]says{rules.RuleAge: agreed, rules.RuleArea: agreed, rules.RuleCarer: silent} {
		if got := saysOf(signposted, rule, rules.LikelyExcluded); got != want {
			t.Errorf("an outcome that turned on age and area says %d of %s, want %d", got, rule, want)
		}
	}
	for _, code := range append(dialog.Codes(), taken...) {
		if code.Title() == "" {
			t.Errorf("there is no outcome %s", code)
		}
	}
}

// TestEndOfCall counts the latest of what came of a wish to talk: a call that its person has cancelled is
// counted as that, unless they were rung after all.
func TestEndOfCall(t *testing.T) {
	t.Parallel()
	const cancel = string(dialog.CallCancelled)
	service := rules.DefaultService()
	now := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	from := now.Add(48 * time.Hour)
	for _, test := range []struct{ booked, had, want string }{
		{"", "", "open"},
		{"yes", "", "to_come"},
		{"yes", cancel, cancel},
		{"yes", "CALL_NO_ANSWER " + cancel, cancel}, // having chosen another time
		{"yes", cancel + " CALL_COMPLETED_TOGETHER", "CALL_COMPLETED_TOGETHER"},
		{"yes", cancel + " ADVICE_CONSULTATION", cancel},
		{"yes", "CALL_COMPLETED_TOGETHER", "CALL_COMPLETED_TOGETHER"},
		{"yes", "ADVICE_CONSULTATION", "ended"},
		{"", "CALL_NO_ANSWER CALL_NOT_NEEDED", "CALL_NOT_NEEDED"},
		{"", "SIGNPOSTED", "ended"},
	} {
		r := dialog.Referral{Ref: "R00-0001", Kind: dialog.KindReferral, Status: dialog.Claimed, CallWanted: true}
		r.Claimant = anna
		booked := dialog.Call{Slot: rules.Slot{Span: rules.Span{From: from, To: from.Add(30 * time.Minute)}}, BookedAt: now}
		if test.booked != "" {
			r.Booked = &booked
		}
		for n, code := range strings.Fields(test.had) {
			at := now.Add(time.Duration(n+1) * time.Hour)
			if code == cancel {
				r.Booked = &booked
				next, out, err := dialog.Act(r, dialog.Deed{Action: dialog.ActCancelCall}, dialog.Facts{Now: at, Service: service})
				if err != nil || out.Refused != "" {
					t.Fatal(err, out.Refused)
				}
				r = next
				continue
			}
			r.Results = append(r.Results, dialog.Result{Code: dialog.Code(code), At: at})
			if r.Booked.ToCome() {
				ended := *r.Booked
				ended.Ended, ended.EndedAt = dialog.Code(code), at
				r.Booked = &ended
			}
		}
		if !asked(r) {
			t.Errorf("%q is not counted", test.had)
		}
		if got := endOfCall(r); got != test.want {
			t.Errorf("%q came to %s, want %s", test.had, got, test.want)
		}
	}
}

// TestAskedAndSent: a wish to talk is counted, though what came of it was followed by the referral.
func TestAskedAndSent(t *testing.T) {
	t.Parallel()
	call := dialog.Referral{Ref: "R1", Kind: dialog.KindCall, Status: dialog.Closed, CallWanted: true, CallTimes: "morning"}
	sent := dialog.Merge(call, dialog.Referral{Ref: "R1", Kind: dialog.KindReferral, Status: dialog.Received})
	if sent.CallWanted || !asked(sent) || asked(dialog.Referral{Ref: "R2", Kind: dialog.KindReferral}) {
		t.Errorf("a call is wanted: %v; counted: %v", sent.CallWanted, asked(sent))
	}
}

func TestPeriods(t *testing.T) {
	t.Parallel()
	day := func(s string) rules.Date { d, _ := rules.ParseISODate(s); return d }
	if got := LastYear(day("2026-11-30")).From; got != day("2025-12-01") {
		t.Errorf("the year to 30 November begins on %s", got)
	}
	p := Period{From: day("2026-03-29"), To: day("2026-10-25")} // the nights on which the clocks change
	for at, want := range map[string]bool{
		"2026-03-28T23:59:59Z": false, "2026-03-29T00:00:00Z": true, "2026-10-25T23:59:59Z": true, "2026-10-26T00:00:00Z": false,
		"2026-10-24T23:30:00Z": true,
	} {
		when, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		if got := p.has(when); got != want {
			t.Errorf("%s is in the period: %v", at, got)
		}
	}
}

// TestNothingOfAnybodyIsReported looks for every free answer, reference and chat in every form.
func TestNothingOfAnybodyIsReported(t *testing.T) {
	t.Parallel()
	y := aYear()
	var all bytes.Buffer
	r := Of(y.Data, theYear, y.service, y.now)
	for _, write := range []func(io.Writer) error{r.Text, r.JSON, r.HTML} {
		if err := write(&all); err != nil {
			t.Fatal(err)
		}
	}
	said := all.String()
	looked := 0
	for _, referral := range y.Referrals {
		secrets := []string{referral.Ref}
		for _, s := range rules.Fields() {
			if s.Type != rules.TypeChoice && s.Type != rules.TypeMulti {
				secrets = append(secrets, referral.Answers[s.Field]...)
			}
		}
		for _, secret := range secrets {
			if len(secret) > 4 && secret != "private" && strings.Contains(said, secret) {
				t.Errorf("%q is reported", secret)
			}
			looked++
		}
	}
	for _, of := range []string{"Anna", "U1", "draft1", "R00-", "test:"} {
		if strings.Contains(said, of) {
			t.Errorf("%q is reported", of)
		}
	}
	if looked < 1000 {
		t.Errorf("only %d words were looked for", looked)
	}
}

// TestThePageAsksForNothing: it is complete in itself, and every chart has its table.
func TestThePageAsksForNothing(t *testing.T) {
	t.Parallel()
	y := aYear()
	r := Of(y.Data, theYear, y.service, y.now)
	var page bytes.Buffer
	if err := r.HTML(&page); err != nil {
		t.Fatal(err)
	}
	for _, asks := range []string{"http:", "https:", "//", "url(", "<script", "<link", "<img", "src=", "@import"} {
		if strings.Contains(page.String(), asks) {
			t.Errorf("there is %s in it", asks)
		}
	}
	if charts, tables := strings.Count(page.String(), "<svg"), strings.Count(page.String(), "<table"); charts < 10 || tables != len(r.Sections) {
		t.Errorf("%d charts, %d tables", charts, tables)
	}
	r.Service = `<script>"&`
	page.Reset()
	if err := r.HTML(&page); err != nil || strings.Contains(page.String(), "<script") {
		t.Errorf("the service's name is not written as text: %v", err)
	}
}

// spoilt is a store in which something does not open, or that is away.
type spoilt struct {
	store.Store
	referrals, others error
}

func (s spoilt) Referrals(context.Context) ([]dialog.Referral, error) {
	return aYear().Referrals, s.referrals
}

func (s spoilt) Audit(_ context.Context, ref string) ([]dialog.Entry, error) {
	return aYear().Audits[ref], s.others
}

func (s spoilt) Tallies(context.Context, rules.Date, rules.Date) (map[dialog.Tally]int, error) {
	return aYear().Tallies, s.others
}

func (s spoilt) Due(context.Context, time.Time, int) ([]store.Timer, error) { return nil, nil }

func (s spoilt) Queue(context.Context, string) (store.Queue, error) {
	return store.Queue{Waiting: 1}, nil
}

func (s spoilt) Asides(context.Context, int) ([]store.Aside, error) {
	return []store.Aside{{Kind: "mail"}, {Kind: "input"}}, nil
}

func (s spoilt) Stats(context.Context) (store.Stats, error) { return aYear().Standing, nil }

func TestWhatDoesNotOpenStopsNoReport(t *testing.T) {
	t.Parallel()
	damaged, away := fmt.Errorf("sqlite: referrals: %w", store.ErrDamaged), errors.New("away")
	d, err := Gather(t.Context(), spoilt{referrals: damaged}, theYear, "mail:box")
	if !errors.Is(err, store.ErrDamaged) || len(d.Tallies) == 0 || len(d.Audits) == 0 || d.Standing.Waiting == 0 || d.Mail.Waiting != 1 || d.Refused != 1 {
		t.Errorf("with something damaged: %v, %d tallies, %d audits", err, len(d.Tallies), len(d.Audits))
	}
	if _, err := Gather(t.Context(), spoilt{others: away}, theYear, "mail:box"); !errors.Is(err, away) {
		t.Errorf("with the store away: %v", err)
	}
	if _, err := Gather(t.Context(), spoilt{}, theYear, "mail:box"); err != nil {
		t.Errorf("with all well: %v", err)
	}
}
