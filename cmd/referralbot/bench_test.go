package main

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
	goredis "github.com/redis/go-redis/v9"

	"referralbot/bot/sim"
	"referralbot/store/redis/redistest"
)

// BenchmarkTurns reports the turns a second of the whole program, parents writing at once at
// a local Telegram, on each store; and beside it those of the least a bot on Redis can do: a
// handler of the library's own that gets one key, sets it, and answers.
func BenchmarkTurns(b *testing.B) {
	for _, talkers := range []int{1, 50, 500} {
		b.Run(fmt.Sprint("talkers=", talkers), func(b *testing.B) {
			b.Run("sqlite", func(b *testing.B) {
				benchProgram(b, talkers, "sqlite:"+filepath.Join(b.TempDir(), "bench.db"))
			})
			if !redistest.Installed() {
				return
			}
			b.Run("redis", func(b *testing.B) { benchProgram(b, talkers, redistest.Own(b).URL()) })
			b.Run("bare", func(b *testing.B) { benchBare(b, talkers, redistest.Own(b).URL()) })
		})
	}
}

func benchProgram(b *testing.B, talkers int, store string) {
	telegram := sim.NewTelegram(sim.TelegramOptions{})
	defer telegram.Close()
	slack := sim.NewSlack(sim.SlackOptions{})
	defer slack.Close()
	p, err := assembleLocal(telegram, slack, store, slog.New(slog.DiscardHandler))
	if err != nil {
		b.Fatal(err)
	}
	defer p.store.Close()
	p.bot.Unhurried = true
	benchTurns(b, talkers, telegram, func(ctx context.Context) error { return p.run(ctx) })
}

func benchBare(b *testing.B, talkers int, store string) {
	telegram := sim.NewTelegram(sim.TelegramOptions{})
	defer telegram.Close()
	o, err := goredis.ParseURL(store)
	if err != nil {
		b.Fatal(err)
	}
	db := goredis.NewClient(o)
	defer db.Close()
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = 64
	handler := func(ctx context.Context, api *tg.Bot, u *models.Update) {
		key := "chat:" + strconv.FormatInt(u.Message.Chat.ID, 10)
		n, _ := db.Get(ctx, key).Int()
		db.Set(ctx, key, n+1, 0)
		api.SendMessage(ctx, &tg.SendMessageParams{
			ChatID: u.Message.Chat.ID, Text: fmt.Sprint("turn ", n),
			ReplyMarkup: &models.InlineKeyboardMarkup{InlineKeyboard: [][]models.InlineKeyboardButton{{{Text: "Yes", CallbackData: "yes"}}}},
		})
	}
	api, err := tg.New(telegram.Token(), tg.WithServerURL(telegram.URL()), tg.WithDefaultHandler(handler), tg.WithSkipGetMe(),
		tg.WithHTTPClient(time.Minute, &http.Client{Transport: transport, Timeout: 70 * time.Second}))
	if err != nil {
		b.Fatal(err)
	}
	benchTurns(b, talkers, telegram, func(ctx context.Context) error { api.Start(ctx); return nil })
}

// benchTurns takes b.N turns, shared by the talkers, while the bot runs.
func benchTurns(b *testing.B, talkers int, telegram *sim.Telegram, run actor) {
	c := benchCmd{Conversations: talkers, Turns: max(2, b.N/talkers)}
	var l load
	b.ResetTimer()
	err := together(b.Context(), run, func(ctx context.Context) (err error) {
		l, err = c.talk(ctx, telegram)
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(len(l.took))/l.whole.Seconds(), "turns/s")
	b.ReportMetric(float64(l.within(0.50).Microseconds()), "p50-µs")
	b.ReportMetric(float64(l.within(0.99).Microseconds()), "p99-µs")
}
