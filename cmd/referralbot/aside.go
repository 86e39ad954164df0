package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"text/tabwriter"
	"time"

	"referralbot/bot"
	"referralbot/dialog"
	"referralbot/store"
)

// asideCmd is for what was set aside: what no platform takes, what met a fault of ours
// again and again, and what does not open. It may run beside serve.
type asideCmd struct {
	List listAsideCmd `cmd:"" default:"withargs" help:"List what was set aside in the last thirty days, the latest first; it names nobody."`
	Show showAsideCmd `cmd:"" help:"Print what was set aside, in which people may be named."`
}

// mostAsides is how many are looked through.
const mostAsides = 10_000

// asides reads what was set aside.
func (k kept) asides(ctx context.Context) ([]store.Aside, error) {
	db, err := k.openToRead()
	if err != nil {
		return nil, err
	}
	defer db.Close()
	return db.Asides(ctx, mostAsides)
}

type listAsideCmd struct{ kept }

// Run prints a line for each.
func (c listAsideCmd) Run(ctx context.Context, io streams) error {
	all, err := c.asides(ctx)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(io.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "ID\tKIND\tCAUSE\tTIME")
	for _, a := range all {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", a.ID, a.Kind, a.Cause, a.At.Format(time.DateTime))
	}
	return w.Flush()
}

type showAsideCmd struct {
	reading
	ID string `arg:"" help:"The id."`
}

// Run prints one, once it is written down that it is read.
func (c showAsideCmd) Run(ctx context.Context, io streams) error {
	all, err := c.asides(ctx)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(all, func(a store.Aside) bool { return a.ID == c.ID })
	if at < 0 {
		return fmt.Errorf("nothing is set aside under %s", c.ID)
	}
	if all[at].Body == nil {
		return fmt.Errorf("%s does not open, or held nothing", c.ID)
	}
	ref, err := c.about(ctx, all[at].Body)
	if err != nil {
		return err
	}
	if err := c.noteAside(ctx, ref, all[at]); err != nil {
		return err
	}
	var body bytes.Buffer
	if err := json.Indent(&body, all[at].Body, "", "  "); err != nil {
		return fmt.Errorf("%s is not JSON", c.ID)
	}
	fmt.Fprintln(io.out, body.String())
	return nil
}

// asidesAudit is where it is written down that what belongs to no referral is read.
const asidesAudit = "aside"

// noteAside writes down that it is read, in the audit of the referral it is about. Its id may be
// made of a chat's, and is not for what is kept for good.
func (c showAsideCmd) noteAside(ctx context.Context, ref string, a store.Aside) error {
	db, err := c.openToAudit()
	if err != nil {
		return err
	}
	defer db.Close()
	return c.note(ctx, &bot.Bot{Store: db}, cmp.Or(ref, asidesAudit), "aside_shown", a.Kind+" "+a.Cause)
}

// about returns the reference of the referral that a body is about: the one it names, or that of
// the conversation it was heard in. There may be none.
func (c showAsideCmd) about(ctx context.Context, body json.RawMessage) (string, error) {
	var what struct {
		Ref  string
		Chat dialog.Chat
	}
	if json.Unmarshal(body, &what) != nil || what.Ref != "" || what.Chat == (dialog.Chat{}) {
		return what.Ref, nil
	}
	db, err := c.openToRead()
	if err != nil {
		return "", err
	}
	defer db.Close()
	talk, err := db.Conversation(ctx, what.Chat)
	if errors.Is(err, store.ErrDamaged) {
		return "", nil
	}
	return talk.Ref, err
}
