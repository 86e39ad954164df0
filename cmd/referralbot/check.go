package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"

	"referralbot/bot/telegram"
	"referralbot/rules"
	"referralbot/store"
	"referralbot/store/sqlite"
)

// checkCmd tries every setting and credential. It says nothing to anybody but its caller.
type checkCmd struct {
	settings
}

// checkWithin is how long one thing may take to be tried.
const checkWithin = 15 * time.Second

// errUnfit says that something was found wrong; each thing has been told.
var errUnfit = errors.New("mend what is marked ✗ above, and check again")

// Run tries everything, prints a line for each, and returns an error if anything is wrong.
// What begins with ! is worth knowing and stops nothing.
func (c checkCmd) Run(ctx context.Context, io streams) error {
	if err := c.check(); err != nil {
		return err
	}
	for _, warning := range c.oldNumbers(time.Now()) {
		fmt.Fprintf(io.out, "! %s\n", warning)
	}
	unfit := false
	for _, t := range c.tries() {
		ctx, cancel := context.WithTimeout(ctx, checkWithin)
		found := t.try(ctx)
		cancel()
		for _, remark := range found.remarks {
			fmt.Fprintf(io.out, "! %s: %s\n", t.what, remark)
		}
		for _, fault := range found.faults {
			fmt.Fprintf(io.out, "✗ %s: %s\n", t.what, strings.ReplaceAll(fault, "\n", "; "))
			unfit = true
		}
		if len(found.faults) == 0 {
			fmt.Fprintf(io.out, "✓ %s\n", t.what)
		}
	}
	if unfit {
		return errUnfit
	}
	return nil
}

// oldNumbers tells of the resources that somebody should check again, or for the first time.
func (c checkCmd) oldNumbers(now time.Time) []string {
	service, err := readService(c.Service)
	if err != nil {
		return nil // a fault of the settings, told as that
	}
	var out []string
	if old := service.Stale(rules.DateOf(now)); len(old) > 0 {
		out = append(out, "nobody has checked these in six months: "+names(old)+"; try each, and put the day as its last_checked in the service profile")
	}
	if hidden := service.Hidden(); len(hidden) > 0 {
		out = append(out, "hidden from people, because nobody has checked these yet: "+names(hidden))
	}
	return out
}

func names(resources []rules.Resource) string {
	var names []string
	for _, r := range resources {
		names = append(names, r.Name)
	}
	return strings.Join(names, ", ")
}

// try is one thing to try.
type try struct {
	what string
	try  func(context.Context) findings
}

// findings are what is wrong with one thing, and what is only worth knowing of it, each with how
// to mend it.
type findings struct{ faults, remarks []string }

func (c checkCmd) tries() []try {
	return []try{
		{"settings, keys and service profile", well}, // or we would not be here
		{"store", c.tryStore},
		{"Slack", c.trySlack},
		ifGiven(c.TelegramToken, try{"Telegram", c.tryTelegram}, "Telegram is left out: parents cannot use it"),
		ifGiven(c.SMTPURL, try{"mail", c.tryMail}, "mail is left out: the mailbox is not told of referrals"),
		{"calendars", c.tryCalendars},
	}
}

func well(context.Context) findings { return findings{} }

// told is one fault, or none.
func told(err error) findings {
	if err == nil {
		return findings{}
	}
	return findings{faults: []string{err.Error()}}
}

// ifGiven is t if its setting is given, and otherwise only says what is without it.
func ifGiven(setting string, t try, without string) try {
	if setting == "" {
		return try{without, well}
	}
	return t
}

// tryStore sees that the store can be written and read, or that it can be made. One that the
// bot writes to now is only read.
func (c checkCmd) tryStore(ctx context.Context) findings {
	file := storeFile(c.Store)
	if _, err := os.Stat(file); file != "" && errors.Is(err, os.ErrNotExist) {
		return told(tryFolder(filepath.Dir(file)))
	}
	db, err := c.open()
	for n := 1; n < patientTries && isSlow(err); n++ {
		db, err = c.open()
	}
	if errors.Is(err, sqlite.ErrInUse) {
		return c.tryReading()
	}
	if err != nil {
		return told(withMend(err))
	}
	defer db.Close()
	var found findings
	h := health{db: db}
	for _, failing := range h.store(ctx) {
		found.faults = append(found.faults, failing+": "+storeMends[failing])
	}
	found.remarks = remarksOn(ctx, db)
	return found
}

// remarksOn are what an operator should know of a store that can be used all the same.
func remarksOn(ctx context.Context, db store.Store) []string {
	if r, ok := db.(interface {
		Remarks(context.Context) []string
	}); ok {
		return r.Remarks(ctx)
	}
	return nil
}

// patientTries is how often a store is opened that does not answer in time.
const patientTries = 5

func isSlow(err error) bool {
	late, ok := errors.AsType[net.Error](err)
	return ok && late.Timeout()
}

// storeMends is how to mend what the health of a store may find.
var storeMends = map[string]string{
	notWritten: "see that its disk or its memory is not full, and that its user may write",
	notRead:    "see that its user may read",
}

func (c checkCmd) tryReading() findings {
	db, err := c.openToRead()
	if err != nil {
		return told(err)
	}
	return findings{remarks: []string{"another process is writing to it, so it was only read"}, faults: told(db.Close()).faults}
}

// withMend adds to an error of the network how to mend it. The others say so themselves.
func withMend(err error) error {
	refused := strings.Contains(err.Error(), "NOAUTH") || strings.Contains(err.Error(), "WRONGPASS")
	if errors.As(err, new(net.Error)) || errors.Is(err, context.DeadlineExceeded) || refused {
		return fmt.Errorf("%w; see that it runs, and that STORE has its address and, where it asks for them, a user and a password", err)
	}
	return err
}

// tryFolder sees that files can be made in folder, and leaves none there.
func tryFolder(folder string) error {
	f, err := os.CreateTemp(folder, ".referralbot-check-")
	if err != nil {
		return fmt.Errorf("no file can be made in %s; make the folder, or let this user write there", folder)
	}
	return errors.Join(f.Close(), os.Remove(f.Name()))
}

// trySlack tries both tokens, and looks at both channels and at who is on call.
func (c checkCmd) trySlack(ctx context.Context) findings {
	service, err := readService(c.Service)
	if err != nil {
		return told(err)
	}
	client := c.slack(c.bot(nil, service, slog.New(slog.DiscardHandler)))
	var found findings
	for _, p := range client.Check(ctx) {
		if p.Who != "" {
			p.What += ": " + p.Who
		}
		if p.Remark {
			found.remarks = append(found.remarks, p.What+"; "+p.Mend)
			continue
		}
		found.faults = append(found.faults, p.What+"; "+p.Mend)
	}
	return found
}

func (c checkCmd) tryTelegram(ctx context.Context) findings {
	client, err := c.telegram(slog.New(slog.DiscardHandler))
	if err != nil {
		return told(err)
	}
	remarks, err := client.Check(ctx)
	if err != nil && !errors.Is(err, telegram.ErrToken) {
		err = errors.New("it does not answer as it should; see that this machine can reach it over https, and try again")
	}
	return findings{faults: told(err).faults, remarks: remarks}
}

// tryMail opens a session with the mail server, and sends nothing.
func (c checkCmd) tryMail(ctx context.Context) findings {
	service, err := readService(c.Service)
	if err != nil {
		return told(err)
	}
	client, err := c.mail(c.bot(nil, service, slog.New(slog.DiscardHandler)))
	if err != nil {
		return told(err)
	}
	found := told(client.Check(ctx))
	if db, err := c.openToRead(); err == nil { // a fault of the store is told as that
		defer db.Close()
		found.remarks = mailTroubles(ctx, db, service)
	}
	return found
}
