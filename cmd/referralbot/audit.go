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
	db, err := c.openToRead()
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
	c.note(ctx, io, c.Ref, "audit_shown")
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
	fmt.Fprintln(w, "IN LONDON\tUTC\tWHO\tDID WHAT\tRULES")
	for _, e := range entries {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", inLondon(e.At), e.At.UTC().Format(time.DateTime), who(e), did(e), e.RuleSet)
	}
	return w.Flush()
}

// inLondon is a time as people there read it on a clock, which goes back once a year.
func inLondon(t time.Time) string {
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		panic(err) // package rules embeds the zones
	}
	return t.In(london).Format("2 January 2006 15:04:05 MST")
}

// who is the actor of an entry in words, or the id of a clinician or an operator.
func who(e dialog.Entry) string {
	return cmp.Or(map[string]string{"referrer": "who referred", "service": "the bot"}[e.Actor], e.Actor)
}

// deeds are the actions of the audit in words. Of another the name has to do.
var deeds = map[string]string{
	"acknowledged":   "acknowledged",
	"alerted":        "raised an alert",
	"answered":       "answered more",
	"aside_shown":    "read what was set aside of it",
	"audit_shown":    "read this audit",
	"call_requested": "asked for a call",
	"claimed":        "claimed it",
	"deleted":        "deleted what was not sent",
	"erased":         "erased it",
	"escalated":      "passed on",
	"exported":       "exported all that is held",
	"opened":         "read it",
	"refused":        "was refused",
	"released":       "released it",
	"sent":           "sent it",
	"shown":          "read all of it",
	"unacknowledged": "found nobody left to pass on",
	"unreachable":    "could not reach who referred",
	"withdrawn":      "took it back",
}

// did is what was done in words, with its detail.
func did(e dialog.Entry) string {
	words := cmp.Or(deeds[e.Action], e.Action)
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

// note writes down that a referral is read. While the bot has a store that only one process can
// write to, it cannot be, and it is said so.
func (r reading) note(ctx context.Context, io streams, ref, action string) {
	e := dialog.Entry{Ref: ref, At: time.Now().UTC(), Actor: r.By, Action: action}
	if err := r.writeDown(ctx, e); err != nil {
		fmt.Fprintf(io.err, "This is not in the audit, which cannot be written to now: write down yourself that you have read %s.\n", ref)
	}
}

// writeDown puts one entry into the audit, which only one process can write to.
func (r reading) writeDown(ctx context.Context, e dialog.Entry) error {
	db, err := r.open()
	if err != nil {
		return err
	}
	_, err = db.Commit(ctx, store.Change{Audit: []dialog.Entry{e}, At: e.At})
	return errors.Join(err, db.Close())
}
