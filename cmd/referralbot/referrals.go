package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"referralbot/bot"
	"referralbot/dialog"
	"referralbot/rules"
	"referralbot/store"
)

// referralsCmd is what an operator does with what is stored, at a person's wish or for the
// service. Whoever may read the store's file may do all of it.
type referralsCmd struct {
	List   listCmd   `cmd:"" help:"List the referrals; it names nobody."`
	Show   showCmd   `cmd:"" help:"Print the whole of a referral."`
	Export exportCmd `cmd:"" help:"Give referrals to another system, a colleague, or the person they are of."`
	Erase  eraseCmd  `cmd:"" help:"Erase a referral and its conversation, with the bot stopped."`
}

// operating are the flags of those that are written down.
type operating struct {
	reading
	Service string `env:"SERVICE" placeholder:"FILE" help:"Profile of your service (YAML)."`
}

// filters choose among the referrals.
type filters struct {
	Since  string   `placeholder:"DATE" help:"Only those received on that day or later, such as 2026-11-23."`
	Status []string `placeholder:"STATUS" help:"Only those of it: draft, received, claimed, awaiting, decided, closed or withdrawn; several with commas between them."`
}

// statuses are those that can be asked for, in the order of a referral's life.
var statuses = []dialog.Status{dialog.Draft, dialog.Received, dialog.Claimed, dialog.Awaiting, dialog.Decided, dialog.Closed, dialog.Withdrawn}

// joined are words with commas between them.
func joined[S ~string](words []S) string {
	var b strings.Builder
	for i, w := range words {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(string(w))
	}
	return b.String()
}

// of returns the referrals that pass, in order, together with store.ErrDamaged if some do not
// open.
func (f filters) of(ctx context.Context, db store.Store) ([]dialog.Referral, error) {
	var faults usageError
	since, ok := rules.ParseISODate(f.Since)
	if f.Since != "" && !ok {
		faults = append(faults, "--since must be a day such as 2026-11-23")
	}
	for _, s := range f.Status {
		if !slices.Contains(statuses, dialog.Status(s)) {
			faults = append(faults, "--status must be of: "+joined(statuses))
		}
	}
	if faults != nil {
		return nil, faults
	}
	all, err := db.Referrals(ctx)
	return slices.DeleteFunc(all, func(r dialog.Referral) bool {
		return f.Since != "" && rules.DateOf(r.ReceivedAt).Compare(since.First()) < 0 ||
			len(f.Status) > 0 && !slices.Contains(f.Status, string(r.Status))
	}), err
}

type listCmd struct {
	kept
	filters
}

// Run prints a line for every referral, by due date.
func (c listCmd) Run(ctx context.Context, io streams) error {
	db, err := c.openToRead()
	if err != nil {
		return err
	}
	defer db.Close()
	all, damaged := c.of(ctx, db)
	if damaged != nil && !errors.Is(damaged, store.ErrDamaged) {
		return damaged
	}
	w := tabwriter.NewWriter(io.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "REFERENCE\tKIND\tSTATUS\tRECEIVED\tDUE\tALERT\tFROM\tOUTCOME")
	for _, r := range all {
		alert := ""
		if r.Alarming() {
			alert = "open"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", r.Ref, r.Kind, r.Status, r.ReceivedAt.Format(time.DateOnly), r.DueAt.Format(time.DateOnly),
			alert, cmp.Or(r.Answers.One(rules.ReferrerType), string(r.Audience)), r.Outcome())
	}
	if err := w.Flush(); err != nil || damaged == nil {
		return err
	}
	return errUnopened
}

// errUnopened says that what was printed is not all there is.
var errUnopened = errors.New("some referrals do not open and are left out; see audit verify")

type showCmd struct {
	operating
	Ref string `arg:"" help:"The reference."`
}

// Run prints every answer of a referral, and where it stands.
func (c showCmd) Run(ctx context.Context, io streams) error {
	b, err := c.bot(c.openToAudit)
	if err != nil {
		return err
	}
	defer b.Store.Close()
	r, err := find(ctx, b.Store, c.Ref)
	if err != nil {
		return err
	}
	if err := c.note(ctx, b, r.Ref, "shown", ""); err != nil {
		return err
	}
	for _, s := range dialog.Held(r, b.Facts(r.Chat)) {
		fmt.Fprintln(io.out, s.Title)
		for _, l := range s.Lines {
			fmt.Fprintf(io.out, "  %s: %s\n", l.Label, l.Value)
		}
	}
	return nil
}

// bot puts together as much of the bot as is needed beside the store.
func (c operating) bot(open func() (store.Store, error)) (*bot.Bot, error) {
	service, err := readService(c.Service)
	if err != nil {
		return nil, usageError{"SERVICE " + err.Error()}
	}
	db, err := open()
	if err != nil {
		return nil, err
	}
	return &bot.Bot{Store: db, Service: service}, nil
}

// find returns the referral of a reference as somebody typed it.
func find(ctx context.Context, db store.Store, ref string) (dialog.Referral, error) {
	r, err := db.Referral(ctx, typedRef(ref))
	return r, noReferral(err, ref)
}

func typedRef(ref string) string { return strings.ToUpper(strings.TrimSpace(ref)) }

func noReferral(err error, ref string) error {
	if errors.Is(err, store.ErrNotFound) {
		return fmt.Errorf("there is no referral %s; referrals list prints those there are", ref)
	}
	return err
}

type eraseCmd struct {
	operating
	Ref    string `arg:"" help:"The reference."`
	Reason string `required:"" help:"Why, for the audit: a few words that name nobody."`
}

// Run erases what is held and says what an operator still has to do.
func (c eraseCmd) Run(ctx context.Context, io streams) error {
	if file := storeFile(c.Store); file != "" { // nothing is made where there is nothing
		db, err := c.openToRead()
		if err != nil {
			return err
		}
		db.Close()
	}
	b, err := c.bot(c.open)
	if err != nil {
		return fmt.Errorf("%w; stop the bot to erase, and start it again afterwards", err)
	}
	defer b.Store.Close()
	if err := b.Erase(ctx, typedRef(c.Ref), c.By, c.Reason); err != nil {
		return noReferral(err, c.Ref)
	}
	fmt.Fprintf(io.out, "%s is erased. Its audit stays, which names no family.\n"+
		"Still to be deleted by hand: its card in the clinicians' channel, the person's own chat, and backups made before now.\n", c.Ref)
	return nil
}
