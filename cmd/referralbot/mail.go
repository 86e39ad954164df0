package main

import (
	"context"
	"fmt"
	"time"

	"referralbot/bot"
	"referralbot/bot/mail"
	"referralbot/rules"
	"referralbot/store"
)

// mailTroubles says, apart from all other messages, what of the mail to the service's mailbox has
// not gone out, and where to look: forms are waited for there.
func mailTroubles(ctx context.Context, db store.Store, service *rules.Service) (troubles []string) {
	q, err := db.Queue(ctx, mail.Destination(service.Mailbox))
	if err == nil && q.Attempts > 0 {
		troubles = append(troubles, fmt.Sprintf("mail that waits: %d, the first since %v and after %d attempts; the log says why, under a code",
			q.Waiting, q.Oldest.Round(time.Second), q.Attempts))
	}
	all, err := db.Asides(ctx, mostAsides)
	if err != nil {
		return troubles
	}
	refused := 0
	for _, a := range all {
		if a.Kind == bot.KindMail {
			refused++
		}
	}
	if refused > 0 {
		troubles = append(troubles, fmt.Sprintf("mail that was refused for good in the last thirty days: %d; referralbot aside lists it, and audit show of its reference says what was refused", refused))
	}
	return troubles
}
