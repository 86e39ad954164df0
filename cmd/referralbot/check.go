package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"referralbot/rules"
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
		faults := t.try(ctx)
		cancel()
		for _, fault := range faults {
			fmt.Fprintf(io.out, "✗ %s: %s\n", t.what, fault)
			unfit = true
		}
		if len(faults) == 0 {
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

// try is one thing to try. It returns what is wrong, and how to mend it.
type try struct {
	what string
	try  func(context.Context) []string
}

func (c checkCmd) tries() []try {
	return []try{
		{"settings", well}, // or we would not be here
		{"store", func(context.Context) []string { return told(c.tryStore()) }},
		{"Slack", c.trySlack},
		ifGiven(c.TelegramToken, try{"Telegram", func(ctx context.Context) []string { return told(c.tryTelegram(ctx)) }},
			"Telegram is left out: parents cannot use it"),
		ifGiven(c.SMTPURL, try{"mail", func(ctx context.Context) []string { return told(c.tryMail(ctx)) }},
			"mail is left out: the mailbox is not told of referrals"),
	}
}

func well(context.Context) []string { return nil }

// ifGiven is t if its setting is given, and otherwise only says what is without it.
func ifGiven(setting string, t try, without string) try {
	if setting == "" {
		return try{without, well}
	}
	return t
}

// tryStore sees that the store can be made or opened. A store that the bot has open now is
// only read.
func (c checkCmd) tryStore() error {
	file := storeFile(c.Store)
	if _, err := os.Stat(file); file != "" && errors.Is(err, os.ErrNotExist) {
		return tryFolder(filepath.Dir(file))
	}
	db, err := c.openToRead()
	if err != nil {
		return err
	}
	return db.Close()
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
func (c checkCmd) trySlack(ctx context.Context) []string {
	service, err := readService(c.Service)
	if err != nil {
		return told(err)
	}
	client := c.slack(c.bot(nil, service, slog.New(slog.DiscardHandler)))
	var faults []string
	for _, p := range client.Check(ctx) {
		faults = append(faults, p.What+"; "+p.Mend)
	}
	return faults
}

func (c checkCmd) tryTelegram(ctx context.Context) error {
	client, err := c.telegram(slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	return client.Check(ctx)
}

// tryMail opens a session with the mail server, and sends nothing.
func (c checkCmd) tryMail(ctx context.Context) error {
	service, err := readService(c.Service)
	if err != nil {
		return err
	}
	client, err := c.mail(c.bot(nil, service, slog.New(slog.DiscardHandler)))
	if err != nil {
		return err
	}
	return client.Check(ctx)
}

func told(err error) []string {
	if err == nil {
		return nil
	}
	return []string{err.Error()}
}
