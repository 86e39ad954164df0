package sqlite

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"referralbot/dialog"
	"referralbot/store"
	"referralbot/store/seal"
)

// codec makes what is in the file of what is not to be read there: payloads, which are
// sealed, and the names that rows are found by. Everything passes through it.
type codec struct{ keys *seal.Keys }

// encode makes the payload for a place.
func (c codec) encode(v any, at seal.Place) ([]byte, error) {
	plain, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("encode %T: not valid", v) // err may quote what was said
	}
	return c.keys.Seal(plain, at)
}

// decode reads what encode made for the same place, or returns store.ErrDamaged.
func (c codec) decode(payload []byte, at seal.Place, v any) error {
	plain, err := c.keys.Open(payload, at)
	if errors.Is(err, seal.ErrKey) {
		return fmt.Errorf("%w: in %s: no key for it", store.ErrDamaged, at.Table)
	}
	if err != nil || json.Unmarshal(plain, v) != nil { // the error may quote what was said
		return fmt.Errorf("%w: in %s", store.ErrDamaged, at.Table)
	}
	return nil
}

// place is that of a row's payload. The payload opens only beside the same version and
// the same of whatever else of the row it is bound to.
func place(table, row string, version int64, beside ...string) seal.Place {
	return seal.Place{Table: table, ID: row, Field: strings.Join(append([]string{"payload"}, beside...), " "), Version: version}
}

func conversationPlace(chat string, version int64) seal.Place {
	return place("conversation", chat, version)
}

func referralPlace(ref string, version int64, status string, due int64) seal.Place {
	return place("referral", ref, version, status, strconv.FormatInt(due, 10))
}

func deliveryPlace(record, destination string) seal.Place {
	return place("delivery", record, 0, destination)
}

func timerPlace(key, owner string, at int64) seal.Place { return place("timer", key, at, owner) }

func auditPlace(record, ref string) seal.Place { return place("audit", record, 0, ref) }

// asidePlace is where what is aside was sealed, which is elsewhere if it comes from there.
func asidePlace(origin, record, owner string) seal.Place { return place(origin, record, 0, owner) }

// The names. What is said first keeps one sort apart from another.

func (c codec) heard(key string) string { return c.keys.Name("heard", key) }

func (c codec) chat(chat dialog.Chat) string { return c.keys.Name("chat", chat.Platform, chat.ID) }

func (c codec) ref(ref string) string { return c.keys.Name("referral", ref) }

func (c codec) destination(d string) string { return c.keys.Name("destination", d) }

func (c codec) message(destination, name string) string {
	return c.keys.Name("message", destination, name)
}

func (c codec) timer(t store.Timer) string {
	return c.keys.Name("timer", t.Chat.Platform, t.Chat.ID, t.Ref, t.Name)
}

// owner names all the timers of a conversation or a referral.
func (c codec) owner(chat dialog.Chat, ref string) string {
	return c.keys.Name("owner", chat.Platform, chat.ID, ref)
}

// tally names what is counted, on whatever day.
func (c codec) tally(t dialog.Tally) string {
	return c.keys.Name("tally", string(t.Name), string(t.Audience), t.By)
}

func (c codec) part(name string) string { return c.keys.Name("part", name) }

func (c codec) holder(holder string) string { return c.keys.Name("holder", holder) }

// micros is t as the file has it.
func micros(t time.Time) int64 { return t.UnixMicro() }

// instant is what micros was made from, in UTC.
func instant(micros int64) time.Time { return time.UnixMicro(micros).UTC() }
