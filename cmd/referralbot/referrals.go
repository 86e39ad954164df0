package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"referralbot/bot"
	"referralbot/dialog"
	"referralbot/store"
)

// referralsCmd is what an operator does with what is stored, at a person's wish or for the
// service. Whoever may read the store's file may do all of it.
type referralsCmd struct {
	List   listCmd   `cmd:"" help:"List the referrals; it names nobody."`
	Show   showCmd   `cmd:"" help:"Print the whole of a referral."`
	Export exportCmd `cmd:"" help:"Print everything held of the person of a referral, as JSON, to be given to them."`
	Erase  eraseCmd  `cmd:"" help:"Erase a referral and its conversation, with the bot stopped."`
}

// operating are the flags of those that are written down.
type operating struct {
	reading
	Service string `env:"SERVICE" placeholder:"FILE" help:"Profile of your service (YAML)."`
}

type listCmd struct{ kept }

// Run prints a line for every referral, by due date.
func (c listCmd) Run(ctx context.Context, io streams) error {
	db, err := c.openToRead()
	if err != nil {
		return err
	}
	defer db.Close()
	all, err := db.Referrals(ctx)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(io.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "REFERENCE\tKIND\tSTATUS\tRECEIVED\tDUE\tALERT")
	for _, r := range all {
		alert := ""
		if r.Alarming() {
			alert = "open"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", r.Ref, r.Kind, r.Status, r.ReceivedAt.Format(time.DateOnly), r.DueAt.Format(time.DateOnly), alert)
	}
	return w.Flush()
}

type showCmd struct {
	operating
	Ref string `arg:"" help:"The reference."`
}

// Run prints every answer of a referral, and where it stands.
func (c showCmd) Run(ctx context.Context, io streams) error {
	return c.read(ctx, c.Ref, "shown", func(b *bot.Bot, r dialog.Referral) error {
		for _, s := range dialog.Held(r, b.Facts(r.Chat)) {
			fmt.Fprintln(io.out, s.Title)
			for _, l := range s.Lines {
				fmt.Fprintf(io.out, "  %s: %s\n", l.Label, l.Value)
			}
		}
		return nil
	})
}

// read gives do the referral, once it has been written down that it is read.
func (c operating) read(ctx context.Context, ref, action string, do func(*bot.Bot, dialog.Referral) error) error {
	b, err := c.bot(c.openToAudit)
	if err != nil {
		return err
	}
	defer b.Store.Close()
	r, err := b.Store.Referral(ctx, ref)
	if err != nil {
		return noReferral(err, ref)
	}
	if err := c.note(ctx, b, r.Ref, action, ""); err != nil {
		return err
	}
	return do(b, r)
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

func noReferral(err error, ref string) error {
	if errors.Is(err, store.ErrNotFound) {
		return fmt.Errorf("there is no referral %s", ref)
	}
	return err
}

type exportCmd struct {
	operating
	Person string `required:"" placeholder:"REF" help:"The reference of a referral of theirs."`
	Format string `default:"json" enum:"json" help:"Form of what is printed: json."`
}

// exported is everything held of a person: in words, and as it is stored.
type exported struct {
	Reference    string               `json:"reference"`
	ExportedAt   time.Time            `json:"exported_at"`
	Readable     []section            `json:"readable"`
	Referral     dialog.Referral      `json:"referral"`
	Conversation *dialog.Conversation `json:"conversation,omitempty"` // if it is about this referral
	Audit        []dialog.Entry       `json:"audit"`
}

type section struct {
	Title string  `json:"title"`
	Lines []entry `json:"entries"`
}

type entry struct {
	Label string `json:"label"`
	Value string `json:"value"`
}

// Run prints what is held.
func (c exportCmd) Run(ctx context.Context, io streams) error {
	return c.read(ctx, c.Person, "exported", func(b *bot.Bot, r dialog.Referral) error {
		out := exported{Reference: r.Ref, ExportedAt: time.Now().UTC(), Readable: sections(dialog.Held(r, b.Facts(r.Chat))), Referral: r}
		talk, err := b.Store.Conversation(ctx, r.Chat)
		if err != nil {
			return err
		}
		if talk.Ref == r.Ref {
			out.Conversation = &talk
		}
		if out.Audit, err = b.Store.Audit(ctx, r.Ref); err != nil {
			return err
		}
		return indented(io.out, out)
	})
}

func sections(held []dialog.Section) []section {
	var out []section
	for _, s := range held {
		lines := make([]entry, len(s.Lines))
		for i, l := range s.Lines {
			lines[i] = entry(l)
		}
		out = append(out, section{s.Title, lines})
	}
	return out
}

func indented(out io.Writer, v any) error {
	w := json.NewEncoder(out)
	w.SetEscapeHTML(false)
	w.SetIndent("", "  ")
	return w.Encode(v)
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
	if err := b.Erase(ctx, c.Ref, c.By, c.Reason); err != nil {
		return noReferral(err, c.Ref)
	}
	fmt.Fprintf(io.out, "%s is erased. Its audit stays, which names no family.\n"+
		"Still to be deleted by hand: its card in the clinicians' channel, the person's own chat, and backups made before now.\n", c.Ref)
	return nil
}
