package main

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"referralbot/bot"
	"referralbot/bot/calendar"
	"referralbot/bot/mail"
	"referralbot/bot/metrics"
	"referralbot/bot/slack"
	"referralbot/bot/telegram"
	"referralbot/rules"
	"referralbot/store"
	"referralbot/store/seal"
)

// serveCmd is the bot.
type serveCmd struct {
	settings
}

// Run serves until ctx is done, and then hears no more and finishes what is in hand. It
// returns early if a token is refused.
func (c serveCmd) Run(ctx context.Context, io streams) error {
	if err := c.check(); err != nil {
		return err
	}
	log := c.log(io)
	keys, err := c.keys()
	if err != nil {
		return err
	}
	p, err := c.assemble(log, keys)
	if err != nil {
		return err
	}
	defer p.store.Close()
	if p.telegram == nil {
		log.Warn("no TELEGRAM_TOKEN: parents cannot use Telegram")
	}
	if p.mail == nil {
		log.Warn("no SMTP_URL: the mailbox is not told of referrals")
	}
	log.Info("serving", "version", version(), "telegram", p.telegram != nil, "mail", p.mail != nil)
	defer log.Info("stopped")
	if c.Listen == "" {
		return p.run(ctx)
	}
	listener, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return fmt.Errorf("LISTEN: %w", err)
	}
	log.Info("answering", "address", listener.Addr().String())
	answer := func(ctx context.Context) error { return answerHTTP(ctx, listener, p.routes()) }
	return p.run(ctx, answer)
}

// program is the bot with everything it needs, put together and not yet running.
type program struct {
	bot      *bot.Bot
	store    store.Store
	meter    *metrics.Meter
	slack    *slack.Client
	telegram *telegram.Client // nil without a token
	called   bool             // by Telegram, which is not polled
	mail     *mail.Client     // nil without a server
	busy     *calendar.Watch  // of the clinicians' own calendars
	feeds    http.Handler     // of the clinicians' calls
}

// assemble puts the rooms together. The caller closes the store.
func (s settings) assemble(log *slog.Logger, keys *seal.Keys) (*program, error) {
	service, err := readService(s.Service)
	if err != nil {
		return nil, err
	}
	db, err := openStore(s.kept, keys)
	if err != nil {
		return nil, err
	}
	for _, remark := range remarksOn(context.Background(), db) {
		log.Warn("store", "remark", remark)
	}
	if own, ok := db.(interface{ Clock(func() time.Time) }); ok && s.Now != nil {
		own.Clock(s.Now)
	}
	meter := metrics.New()
	db = meter.Store(db)
	b := s.bot(db, service, log)
	b.Measure = meter.Turn
	busy := calendar.NewWatch(service.Calls, log)
	b.Busy = func() map[string][]rules.Span { return busy.Busy(time.Now()) }
	b.Feed = s.feedOf(service, keys)
	p := &program{
		bot: b, store: db, meter: meter, slack: s.slack(b),
		busy: busy, feeds: feeds(db, service, keys),
	}
	meter.Watch(db, p.slack.Sockets)
	if s.TelegramToken != "" {
		if p.telegram, err = s.telegram(log); err != nil {
			db.Close()
			return nil, err
		}
	}
	if s.SMTPURL != "" {
		if p.mail, err = s.mail(b); err != nil {
			db.Close()
			return nil, err
		}
	}
	p.called = s.PublicURL != ""
	return p, nil
}

func (s settings) bot(db store.Store, service *rules.Service, log *slog.Logger) *bot.Bot {
	b := &bot.Bot{
		Store:   db,
		Service: service,
		Log:     log,
		Triage:  slack.Platform + ":" + s.TriageChannel,
		Safety:  slack.Platform + ":" + s.SafetyChannel,
		Lease:   s.Lease,
		Now:     s.Now,
	}
	if s.SMTPURL != "" {
		b.Mailbox = mail.Destination(service.Mailbox)
	}
	return b
}

func (s settings) mail(b *bot.Bot) (*mail.Client, error) {
	server, err := mail.ParseServer(s.SMTPURL)
	return mail.New(b, mail.Options{Server: server, Invitation: calendar.Invitation}), err
}

func (s settings) slack(b *bot.Bot) *slack.Client {
	return slack.New(b, slack.Options{
		AppToken: s.SlackAppToken, BotToken: s.SlackBotToken, URL: s.slackURL(),
		Lease: s.Lease, Quiet: s.SlackQuiet, SweepEvery: s.SlackSweep,
	})
}

func (s settings) telegram(log *slog.Logger) (*telegram.Client, error) {
	return telegram.New(telegram.Options{
		Token: s.TelegramToken, URL: s.telegramURL(), Public: s.PublicURL, Log: log, Lease: s.Lease, File: calendar.File,
	})
}

// run hears, until ctx is done or something fails, and delivers a little longer. What else
// is given runs as long as hearing does.
func (p *program) run(ctx context.Context, others ...actor) error {
	messengers := map[string]bot.Messenger{slack.Platform: p.slack}
	hearers := append(others, p.slack.Run, p.bot.Timers, p.reseal, p.busy.Run)
	if p.telegram != nil {
		messengers[telegram.Platform] = p.telegram
		hearers = append(hearers, func(ctx context.Context) error { return p.telegram.Run(ctx, p.bot) })
	}
	if p.mail != nil {
		messengers[mail.Platform] = p.mail
	}
	for platform, m := range messengers {
		messengers[platform] = p.meter.Messenger(m)
	}
	deliver := func(ctx context.Context) error { return p.bot.Deliver(ctx, messengers) }
	return lastOut(ctx, deliver, hearers...)
}
