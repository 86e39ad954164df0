package bot

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"slices"

	"referralbot/dialog"
	"referralbot/store"
)

// commandLine is the channel of what is done on the machine itself.
const commandLine = "command_line"

// Note writes down something that changes nothing, such as that a referral is read. The key makes
// it be written once; without one it is written each time.
func (b *Bot) Note(ctx context.Context, key string, e dialog.Entry) error {
	change := store.Change{At: e.At}
	if key != "" {
		change.Keys = []string{key}
	}
	change.Audit = []dialog.Entry{b.placed(e, dialog.Chat{}, cmp.Or(key, rand.Text()), 0)}
	_, err := b.Store.Commit(ctx, change)
	if errors.Is(err, store.ErrDuplicate) {
		return nil
	}
	return err
}

// witnessed are the entries of an outcome with what only the bot knows of them: where they were
// done, and what the referral was before and is after. The key makes their ids.
func (b *Bot) witnessed(chat dialog.Chat, key string, was *dialog.Referral, out dialog.Outcome) []dialog.Entry {
	all := slices.Clone(out.Audit)
	for n, e := range all {
		is := cmp.Or(out.Referral, was)
		e.Before, e.After = sumOf(was, e.Ref), sumOf(is, e.Ref)
		all[n] = b.placed(e, chat, key, n)
	}
	return all
}

// placed is an entry with its id, and where it was done by what whoever did it is.
func (b *Bot) placed(e dialog.Entry, chat dialog.Chat, key string, n int) dialog.Entry {
	e.ID = deliveryID(key, -1-n)
	if e.Channel != "" {
		return e
	}
	switch e.Role {
	case dialog.RoleParent, dialog.RoleProfessional:
		e.Channel = chat.Platform
	case dialog.RoleClinician, dialog.RoleLead, dialog.RoleOutsider:
		e.Channel = chatOf(b.Triage).Platform
	case dialog.RoleOperator:
		e.Channel = commandLine
	}
	return e
}

// sumOf is a sum of r as it stands, if it is the referral of that reference, and else "".
func sumOf(r *dialog.Referral, ref string) string {
	if r == nil || r.Ref != ref {
		return ""
	}
	all, err := json.Marshal(r)
	if err != nil {
		return "" // it could not be stored either
	}
	sum := sha256.Sum256(all)
	return hex.EncodeToString(sum[:16])
}
