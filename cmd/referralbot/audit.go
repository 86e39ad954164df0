package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"referralbot/bot"
	"referralbot/dialog"
	"referralbot/store"
	"referralbot/store/seal"
)

// auditCmd is for what was done to the referrals, and for seeing that nobody has changed what
// is written of it. It may run beside serve.
type auditCmd struct {
	Verify verifyAuditCmd `cmd:"" help:"See that nothing in the audit was changed, deleted, put in or moved, and, with heads, that nothing is missing at its end."`
	Heads  headsCmd       `cmd:"" help:"Print where the audit of each referral ends, to be kept in another place than the store; it names nobody."`
	Show   showAuditCmd   `cmd:"" help:"Print who did what to a referral, and when."`
}

type verifyAuditCmd struct {
	kept
	Heads string `placeholder:"FILE" help:"What audit heads printed before; without it, it does not show if the last entries are missing."`
}

// Run prints a line for everything that is wrong.
func (c verifyAuditCmd) Run(ctx context.Context, io streams) error {
	keys, err := c.keys()
	if err != nil {
		return err
	}
	before, err := readHeads(c.Heads, keys)
	if err != nil {
		return err
	}
	v, err := c.verified(ctx, keys, before.heads)
	if err != nil {
		return err
	}
	for _, f := range v.faults {
		fmt.Fprintln(io.out, f)
	}
	if len(v.faults) > 0 {
		return fmt.Errorf("the audit is not as it was written: faults: %d", len(v.faults))
	}
	fmt.Fprintf(io.out, "The audit is as it was written: %d entries of %d referrals.\n", v.entries, len(v.heads))
	if c.Heads == "" {
		fmt.Fprintln(io.out, "Whether the last ones are missing shows only with --heads.")
	} else {
		fmt.Fprintf(io.out, "Nothing is missing of what there was at %s.\n", inLondon(before.at))
	}
	return nil
}

// verified is what there is in the audit of a store.
type verified struct {
	entries int
	heads   []store.Head // by reference
	faults  []store.Fault
}

// verified reads the whole audit, and compares it with the heads of before. A referral is never
// without an entry.
func (k kept) verified(ctx context.Context, keys *seal.Keys, before []store.Head) (v verified, err error) {
	db, err := k.openToRead()
	if err != nil {
		return v, err
	}
	defer db.Close()
	held, err := db.Referrals(ctx)
	if err != nil && !errors.Is(err, store.ErrDamaged) {
		return v, err
	}
	for _, r := range held {
		before = append(before, store.Head{Ref: r.Ref})
	}
	known, chains := make([]string, len(before)), map[string]store.Chain{}
	for i, h := range before {
		known[i] = h.Ref
	}
	err = db.Chains(ctx, known, func(c store.Chain) error {
		chains[c.Ref] = c
		v.entries += len(c.Links)
		v.heads = append(v.heads, c.Head())
		v.faults = append(v.faults, c.Faults(keys.Sum)...)
		return nil
	})
	for _, h := range before {
		if f, wrong := chains[h.Ref].Since(h); wrong && !slices.Contains(v.faults, f) {
			v.faults = append(v.faults, f)
		}
	}
	slices.SortFunc(v.heads, func(a, b store.Head) int { return strings.Compare(a.Ref, b.Ref) })
	slices.SortStableFunc(v.faults, func(a, b store.Fault) int {
		return cmp.Or(strings.Compare(a.Ref, b.Ref), cmp.Compare(a.From, b.From))
	})
	return v, err
}

type headsCmd struct{ kept }

// Run prints them, also those of chains in which something is wrong, but then it fails.
func (c headsCmd) Run(ctx context.Context, io streams) error {
	keys, err := c.keys()
	if err != nil {
		return err
	}
	v, err := c.verified(ctx, keys, nil)
	if err != nil {
		return err
	}
	if err := writeHeads(io.out, heads{time.Now().UTC(), v.heads}, keys); err != nil {
		return err
	}
	if len(v.faults) > 0 {
		return fmt.Errorf("the audit is not as it was written, and its heads are of what is there now; see audit verify: faults: %d", len(v.faults))
	}
	return nil
}

// heads are those of all chains at some time.
type heads struct {
	at    time.Time
	heads []store.Head
}

// How the file of heads begins, and how its last line does.
const (
	headsTitle = "referralbot audit heads "
	headsSum   = "sum "
)

var errHeads = errors.New("is not as audit heads printed it, or it is of another store: copy it again from where it is kept")

// writeHeads writes a line for each, and at the end a sum over them all, without which the file
// is not taken for ours.
func writeHeads(w io.Writer, h heads, keys *seal.Keys) error {
	var text bytes.Buffer
	fmt.Fprintln(&text, headsTitle+h.at.Format(time.RFC3339))
	for _, head := range h.heads {
		if head.N > 0 {
			fmt.Fprintln(&text, head.Ref, head.N, head.Sum)
		}
	}
	_, err := fmt.Fprintf(w, "%s%s%s\n", text.Bytes(), headsSum, keys.Sum("heads", text.String()))
	return err
}

// readHeads reads what writeHeads wrote to a file; "" has none.
func readHeads(file string, keys *seal.Keys) (h heads, err error) {
	if file == "" {
		return h, nil
	}
	all, err := os.ReadFile(file)
	if err != nil {
		return h, err
	}
	end := bytes.LastIndex(all, []byte("\n"+headsSum)) + 1
	text := string(all[:end])
	if string(all[end:]) != headsSum+keys.Sum("heads", text)+"\n" {
		return h, fmt.Errorf("%s %w", file, errHeads)
	}
	title, lines, _ := strings.Cut(text, "\n")
	if h.at, err = time.Parse(time.RFC3339, strings.TrimPrefix(title, headsTitle)); err != nil {
		return h, fmt.Errorf("%s %w", file, errHeads)
	}
	for line := range strings.Lines(lines) {
		var head store.Head
		if _, err := fmt.Sscan(line, &head.Ref, &head.N, &head.Sum); err != nil {
			return h, fmt.Errorf("%s %w", file, errHeads)
		}
		h.heads = append(h.heads, head)
	}
	return h, nil
}

type showAuditCmd struct {
	reading
	Ref string `arg:"" help:"The reference; the referral may be erased."`
}

// Run prints an entry to a line, the last of them that it was read.
func (c showAuditCmd) Run(ctx context.Context, io streams) error {
	db, err := c.openToAudit()
	if err != nil {
		return err
	}
	defer db.Close()
	entries, damaged := db.Audit(ctx, c.Ref)
	if damaged != nil && !errors.Is(damaged, store.ErrDamaged) {
		return damaged
	}
	if len(entries) == 0 && damaged == nil {
		return fmt.Errorf("there is no audit of %s", c.Ref)
	}
	if err := c.note(ctx, &bot.Bot{Store: db}, c.Ref, "audit_shown", ""); err != nil {
		return err
	}
	if entries, err = db.Audit(ctx, c.Ref); err != nil && !errors.Is(err, store.ErrDamaged) {
		return err
	}
	if err := printEntries(io.out, entries); err != nil {
		return err
	}
	if damaged != nil {
		return errors.New("some entries do not open and are left out; see audit verify")
	}
	return nil
}

func printEntries(out io.Writer, entries []dialog.Entry) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "IN LONDON\tUTC\tWHO\tKNOWN BY\tDID WHAT\tWHERE\tREFERRAL\tRULES\tQUESTIONS\tCONSENT\tID")
	for _, e := range entries {
		fmt.Fprintln(w, strings.Join([]string{
			inLondon(e.At), e.At.UTC().Format(time.DateTime), who(e), spaced(e.Auth), did(e), spaced(e.Channel), change(e),
			e.RuleSet, e.QuestionSet, e.Consent, e.ID,
		}, "\t"))
	}
	return w.Flush()
}

func spaced(code string) string { return strings.ReplaceAll(code, "_", " ") }

// change says what became of the referral, by the sums of before and after, as far as one tells
// them apart.
func change(e dialog.Entry) string {
	const enough = 8
	before, after := e.Before[:min(enough, len(e.Before))], e.After[:min(enough, len(e.After))]
	switch {
	case e.Before == e.After:
		return after
	default:
		return cmp.Or(before, "nothing") + " to " + cmp.Or(after, "nothing")
	}
}

// inLondon is a time as people there read it on a clock, which goes back once a year.
func inLondon(t time.Time) string {
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		panic(err) // package rules embeds the zones
	}
	return t.In(london).Format("2 January 2006 15:04:05 MST")
}

// who is the actor of an entry in words, or the id of a clinician or an operator, and what they
// are to the referral.
func who(e dialog.Entry) string {
	name := cmp.Or(map[string]string{"referrer": "who referred", "service": "the bot"}[e.Actor], e.Actor)
	if e.Role == "" || e.Role == dialog.RoleService {
		return name
	}
	return name + " (" + string(e.Role) + ")"
}

// deeds are the actions of the audit in words. Of another the name has to do.
var deeds = map[string]string{
	"acknowledged":       "acknowledged",
	"alerted":            "raised an alert",
	"agreed":             "agreed to the outcome",
	"alike":              "found that it may be of the same family",
	"answer_late":        "brought to mind that no answer has come",
	"answered":           "answered",
	"aside_shown":        "read what was set aside of it",
	"audit_shown":        "read this audit",
	"auto_release":       "gave it back, as nothing was done about it",
	"began":              "began to fill in",
	"call_requested":     "asked for a call",
	"claimed":            "claimed it",
	"cleared":            "took back the answer",
	"deleted":            "deleted what was not sent",
	"edited":             "changed the answer",
	"entered":            "took it down, as it came",
	"erased":             "erased it",
	"escalated":          "passed on",
	"exported":           "exported it",
	"gave_more":          "has answered what was asked again",
	"given_back":         "gave it back, as who had it is away when its call is",
	"handed_over":        "handed it over to",
	"joined":             "joined it to",
	"mailed":             "mailed",
	"noted":              "wrote a note",
	"opened":             "read it",
	"outcome":            "decided",
	"parted":             "parted it from",
	"proposed":           "proposed",
	"reach_given":        "said how to reach them for the call",
	"receipt_breach":     "wrote down that receipt was not confirmed in time",
	"receipt_confirmed":  "confirmed receipt",
	"receipt_lead":       "told the leads that receipt is not confirmed",
	"receipt_remind":     "reminded the channel that receipt is not confirmed",
	"refused":            "was refused",
	"released":           "released it",
	"reopened":           "reopened it",
	"sent":               "sent it",
	"sent_back":          "sent the outcome back",
	"shown":              "read all of it",
	"sibling":            "found that it may be of a sibling",
	"snooze_over":        "brought to mind what was put off",
	"snoozed":            "put it off until",
	"told":               "told who referred",
	"unacknowledged":     "found nobody left to pass on",
	"unclaimed_escalate": "told the leads that nobody has claimed it",
	"unclaimed_remind":   "reminded the channel that nobody has claimed it",
	"unreachable":        "could not reach who referred",
	"withdrawn":          "took it back",
}

// did is what was done in words, with its detail.
func did(e dialog.Entry) string {
	words := cmp.Or(deeds[e.Action], spaced(e.Action))
	if e.Result == dialog.Failure && e.Action != "refused" {
		words = "could not: " + words
	}
	if e.Detail == "" {
		return words
	}
	return words + ": " + e.Detail
}

// reading are the settings of those commands that read what people said, and are written down.
type reading struct {
	kept
	By string `env:"USER" default:"operator" help:"Who does it, for the audit."`
}

// note writes down that a referral is read. What cannot be written down is not to be shown.
func (r reading) note(ctx context.Context, b *bot.Bot, ref, action, detail string) error {
	if err := b.Note(ctx, "", dialog.Noted(ref, time.Now().UTC(), r.By, dialog.RoleOperator, action, detail)); err != nil {
		return fmt.Errorf("it cannot be written into the audit that %s is read, so it is not shown: %w", ref, err)
	}
	return nil
}
