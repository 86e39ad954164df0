package main

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"referralbot/bot/sim"
	"referralbot/bot/telegram"
	"referralbot/dialog"
	"referralbot/store/faulttest"
)

// TestFaultReordered has people press Yes and write yes in the same breath, and Telegram, which
// keeps what is pressed and what is written apart, bring either long before the other. One of the
// two answers the question they had before them; neither answers the next, which nobody had
// seen; and the old button does nothing any more.
func TestFaultReordered(t *testing.T) {
	t.Parallel()
	onEach(t, true, func(tr *trial) {
		skew := time.Duration(faulttest.Count(10, 30)) * 50 * time.Millisecond // 30 of Telegram's seconds
		tr.front.late = func([]byte) time.Duration { return rand.N(skew) }
		tr.start("")
		tr.open()
		row := faulttest.Row{ID: "F5", Fault: fmt.Sprintf("a press and a text brought in any order, up to %v apart", skew), How: "`serve` on " + tr.on, Count: faulttest.Count(20, 2000)}
		var mu sync.Mutex
		free := make(chan struct{}, 50)
		var all sync.WaitGroup
		for n := range row.Count {
			free <- struct{}{}
			all.Go(func() {
				defer func() { <-free }()
				was, is := tr.answersTwice(int64(1000 + n))
				given := maps.Clone(is.Answers)
				delete(given, was.Asked.Field)
				mu.Lock()
				defer mu.Unlock()
				if !is.Answers.Is(was.Asked.Field, "yes") {
					row.Lost++
				}
				if len(given) > 0 {
					row.Doubled++
				}
				if !is.Answers.Is(was.Asked.Field, "yes") || len(given) > 0 || is.Version != was.Version+3 {
					tr.Errorf("chat %d: %d other things are answered, version %d", 1000+n, len(given), is.Version)
				}
			})
		}
		all.Wait()
		row.Note = "chats; nothing answered what had not been seen"
		faulttest.Report(tr.T, row)
	})
}

// answersTwice lets user answer a question by a button and in words, at once, and then
// press the old button again. It returns the conversation before and after that.
func (tr *trial) answersTwice(user int64) (was, is dialog.Conversation) {
	tr.Helper()
	chat := dialog.Chat{Platform: telegram.Platform, ID: strconv.FormatInt(user, 10)}
	heard := func(version int64) dialog.Conversation {
		var c dialog.Conversation
		tr.until("it to be heard", func() bool {
			var err error
			c, err = tr.db.Conversation(tr.Context(), chat)
			return err == nil && c.Version >= version
		})
		return c
	}
	tr.telegram.Say(user, "/start")
	was = heard(1)
	shown := func() (message int, data string) {
		tr.until("the question to be shown", func() bool {
			all := tr.telegram.Messages(user)
			i := slices.IndexFunc(all, func(m sim.TelegramMessage) bool {
				return slices.ContainsFunc(slices.Concat(m.Buttons...), func(b sim.TelegramButton) bool {
					data = b.Data
					return strings.HasPrefix(b.Data, was.Asked.ID+":") && strings.HasSuffix(b.Data, ":yes")
				})
			})
			if i >= 0 {
				message = all[i].ID
			}
			return i >= 0
		})
		return message, data
	}
	message, data := shown()
	tr.telegram.Press(user, message, data)
	tr.telegram.Say(user, "yes")
	heard(was.Version + 2)
	tr.telegram.Press(user, message, data)
	return was, heard(was.Version + 3)
}
