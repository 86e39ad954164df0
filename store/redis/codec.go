package redis

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

// codec makes and reads everything that is kept. Every payload and every name of a record
// passes through here.
type codec struct{ keys *seal.Keys }

// The kinds of record, as they are called where they are sealed.
const (
	kindConversation = "conversation"
	kindReferral     = "referral"
	kindDelivery     = "delivery"
	kindTimer        = "timer"
	kindAudit        = "audit"
	kindAside        = "aside"
	kindTally        = "tally"
	kindMeta         = "meta"
)

// place is that of a record's payload. The payload opens only beside the same version and
// the same of whatever else of the record it is bound to.
func place(kind, id string, version int64, beside ...string) seal.Place {
	return seal.Place{Table: kind, ID: id, Field: strings.Join(append([]string{"payload"}, beside...), " "), Version: version}
}

func conversationPlace(chat string, version int64) seal.Place {
	return place(kindConversation, chat, version)
}

func referralPlace(ref string, version int64, status string, due int64) seal.Place {
	return place(kindReferral, ref, version, status, strconv.FormatInt(due, 10))
}

func deliveryPlace(record, destination string) seal.Place {
	return place(kindDelivery, record, 0, destination)
}

func timerPlace(id string, at int64) seal.Place { return place(kindTimer, id, at) }

func auditPlace(record, ref string) seal.Place { return place(kindAudit, record, 0, ref) }

// asidePlace is where what is aside was sealed, which is elsewhere if it comes from there.
func asidePlace(origin, record, owner string) seal.Place { return place(origin, record, 0, owner) }

func metaPlace() seal.Place { return place(kindMeta, kindMeta, 0) }

// seal makes the payload of a record.
func (c codec) seal(v any, at seal.Place) ([]byte, error) {
	payload, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("encode %T: not valid", v) // err may quote what was said
	}
	return c.keys.Seal(payload, at)
}

// open reads what seal made for the same place, or returns store.ErrDamaged.
func (c codec) open(sealed []byte, at seal.Place, v any) error {
	payload, err := c.keys.Open(sealed, at)
	if errors.Is(err, seal.ErrKey) {
		return fmt.Errorf("%w: in %s: no key for it", store.ErrDamaged, at.Table)
	}
	if err != nil || json.Unmarshal(payload, v) != nil { // the error may quote what was said
		return fmt.Errorf("%w: in %s", store.ErrDamaged, at.Table)
	}
	return nil
}

func (c codec) chat(chat dialog.Chat) string { return c.keys.Name("chat", chat.Platform, chat.ID) }
func (c codec) ref(ref string) string        { return c.keys.Name("referral", ref) }
func (c codec) input(key string) string      { return c.keys.Name("input", key) }
func (c codec) to(destination string) string { return c.keys.Name("destination", destination) }

// message is how a message is called at its destination, "" if it has no name.
func (c codec) message(name string) string {
	if name == "" {
		return ""
	}
	return c.keys.Name("message", name)
}

// tally names what is counted, on whatever day.
func (c codec) tally(t dialog.Tally) string {
	return c.keys.Name("tally", string(t.Name), string(t.Audience), t.By)
}

// owner names all the timers of a chat or a referral.
func (c codec) owner(chat dialog.Chat, ref string) string {
	return c.keys.Name("owner", chat.Platform, chat.ID, ref)
}

// timer begins with its owner.
func (c codec) timer(t store.Timer) string {
	return c.owner(t.Chat, t.Ref) + "." + c.keys.Name("timer", t.Name)
}

// micros is t as the store has it, which knows no time before 1970.
func micros(t time.Time) int64 { return max(0, t.UnixMicro()) }

// instant is what micros was made from, in UTC.
func instant(micros int64) time.Time {
	if micros == 0 {
		return time.Time{}
	}
	return time.UnixMicro(micros).UTC()
}

// ownerOf is whose a timer with the id is.
func ownerOf(id string) string {
	owner, _, _ := strings.Cut(id, ".")
	return owner
}
