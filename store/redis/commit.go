package redis

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"referralbot/dialog"
	"referralbot/store"
)

// commitTries is how often one commit is sent to a server that goes away meanwhile. The
// server knows a commit again, and answers as it did the first time.
const commitTries = 2

var errReply = errors.New("the script has not said what it did")

// Commit implements store.Store.
func (s *Store) Commit(ctx context.Context, c store.Change) ([]store.Delivery, error) {
	number, err := of(c)
	if err != nil {
		return nil, within("commit", err)
	}
	var before int64
	if c.Take != nil {
		if before, err = s.takeSlot(ctx, c, number); err != nil {
			return nil, within("commit", err)
		}
	}
	queues, away := s.sort(c, number)
	settling, err := s.settling(c)
	if err != nil {
		return nil, within("commit", err)
	}
	reply, err := s.chained(ctx, number, c.Audit, func(links []addition) (any, error) {
		return s.commit(ctx, s.commitCall(number, c, queues, outward{away, settling, before}, links))
	})
	if err != nil {
		return nil, within("commit", err)
	}
	switch text(reply, 0) {
	case "duplicate":
		return nil, store.ErrDuplicate
	case "conflict":
		return nil, store.ErrConflict
	case "late":
		return nil, store.ErrSlotTaken
	case "written":
	default:
		return nil, within("commit", errReply)
	}
	if len(away)+len(settling) > 0 {
		_ = s.relay(ctx, number) // what it leaves, Take finds
	}
	out := leased(c, queues, reply)
	if len(out) < len(c.Deliveries) {
		s.touch(number)
	}
	return out, nil
}

// commit runs the script, and again if the connection broke before the reply came.
func (s *Store) commit(ctx context.Context, c *call) (reply any, err error) {
	for range commitTries {
		reply, err = s.run(ctx, commitScript, c)
		if answer := goredis.Error(nil); err == nil || errors.As(err, &answer) || errors.Is(err, errUnconfirmed) || ctx.Err() != nil {
			break
		}
	}
	return reply, err
}

// queued is what a change delivers to one destination of its own part.
type queued struct {
	to         string // its name
	deliveries []item
}

// item is a delivery on its way into a queue.
type item struct {
	store.Delivery
	place             int    // in the change
	record, to, edits string // names: its own, its destination's, and that of the message it edits
}

// sort parts the deliveries of c: those of its own part by destination, and the others.
func (s *Store) sort(c store.Change, number int) (queues []queued, away []item) {
	heard := s.heard(c)
	at, names := map[string]int{}, map[string]string{}
	for n, d := range c.Deliveries {
		if names[d.Destination] == "" {
			names[d.Destination] = s.codec.to(d.Destination)
		}
		record := s.keys.Name("record", d.Destination, d.ID, heard)
		it := item{d, n, record, names[d.Destination], s.codec.message(d.Edits)}
		if partOfDestination(d.Destination) != number {
			away = append(away, it)
			continue
		}
		if _, known := at[d.Destination]; !known {
			at[d.Destination] = len(queues)
			queues = append(queues, queued{to: it.to})
		}
		q := &queues[at[d.Destination]]
		q.deliveries = append(q.deliveries, it)
	}
	return queues, away
}

// heard is what c is known by when it is made anew: the same input, heard after a server
// that forgot it was lost, delivers the same. A change that hears nothing is never made
// anew by anybody.
func (s *Store) heard(c store.Change) string {
	all := slices.Clone(c.Keys)
	for _, t := range c.Fired {
		all = append(all, fmt.Sprint(s.codec.timer(t), " ", micros(t.At)))
	}
	if len(all) == 0 {
		return rand.Text()
	}
	return strings.Join(all, "\x00")
}

// chain is how many of the deliveries of a queue may be leased together: none whose Target
// or Messages depend on what comes of one before it.
func (q queued) chain() int {
	named := map[string]bool{}
	for n, d := range q.deliveries {
		if n > 0 && (d.Clears || named[d.Edits]) {
			return n
		}
		if name := cmp.Or(d.Name, d.Edits); name != "" {
			named[name] = true
		}
	}
	return len(q.deliveries)
}

// leased returns the deliveries that the script has leased to us.
func leased(c store.Change, queues []queued, reply any) []store.Delivery {
	var all []item
	target := 0
	for n, q := range queues {
		fence, chain := integer(reply, 1, n), q.chain()
		for i, d := range q.deliveries {
			if fence > 0 && i < chain {
				d.Delivery = plain(d.Delivery)
				d.At, d.Kept, d.Fence, d.Target = instant(micros(c.At)), i < chain-1, fence+int64(i), text(reply, 2, target)
				if i == 0 && d.Clears {
					d.Messages = texts(reply, 3, n)
				}
				all = append(all, d)
			}
			target++
		}
	}
	slices.SortStableFunc(all, func(a, b item) int { return cmp.Compare(a.place, b.place) })
	var out []store.Delivery
	for _, d := range all {
		out = append(out, d.Delivery)
	}
	return out
}

// plain is d without what is filled in by Take.
func plain(d store.Delivery) store.Delivery {
	return store.Delivery{
		ID: d.ID, Destination: d.Destination, Kind: d.Kind, Name: d.Name, Edits: d.Edits, Clears: d.Clears, Body: d.Body,
	}
}

// outward is what a change has to bring to other parts, and before when it must be written,
// by the server's clock, for that to be so; 0 for ever.
type outward struct {
	deliveries []item
	slots      [][]byte
	before     int64
}

// commitCall is c as the script reads it.
func (s *Store) commitCall(number int, c store.Change, queues []queued, away outward, audit []addition) *call {
	p := s.call(number)
	p.key("did", rand.Text()).keys("heard", kindConversation, kindReferral, "open", "count", kindTimer, "timers")
	p.keys("due", "lease", "fence", "relay", kindAside, "audited", kindTally, "known", "traits")
	p.arg(micros(c.At), c.Lease.Microseconds()).arg(store.DuplicateWindow.Microseconds())
	p.arg(store.MessagesKept.Microseconds(), store.MostMessages, store.AsideKept.Microseconds(), away.before)

	inputs := slices.Compact(slices.Sorted(slices.Values(c.Keys)))
	p.arg(len(inputs))
	for _, key := range inputs {
		p.arg(s.codec.input(key))
	}
	p.arg(len(c.Fired))
	for _, t := range c.Fired {
		p.arg(s.codec.timer(t), micros(t.At))
	}
	s.conversation(p, c.Conversation)
	s.referral(p, c.Referral, c.Traits)
	s.roster(p, c.Roster)
	p.arg(len(c.Timers))
	for _, t := range c.Timers {
		id, at := s.codec.timer(t), micros(t.At)
		payload, err := s.codec.seal(t, timerPlace(id, at))
		p.arg(id, at).sealed(header(payload, strconv.FormatInt(at, 10)), err)
	}
	s.audit(p, audit)
	s.stood(p, c.Heard)
	s.asides(p, c.Chat, c.Aside)
	s.tallied(p, c.Tallies)
	p.arg(len(away.slots) + len(away.deliveries))
	for _, entry := range away.slots {
		p.arg(entry)
	}
	for _, d := range away.deliveries {
		to := partOfDestination(d.Destination)
		p.sealed(s.wrap(fmt.Sprintf("%d %s ", to, d.to), d, c.At))
	}
	p.arg(len(queues))
	for _, q := range queues {
		s.queue(p, q, c.At)
	}
	return p
}

func (s *Store) conversation(p *call, c *dialog.Conversation) {
	if c == nil {
		p.arg(0)
		return
	}
	id := s.codec.chat(c.Chat)
	p.arg(1, id, c.Version, c.Version+1).sealed(s.codec.seal(c, conversationPlace(id, c.Version+1)))
}

func (s *Store) referral(p *call, r *dialog.Referral, traits []string) {
	if r == nil {
		p.arg(0)
		return
	}
	id, status, due := s.codec.ref(r.Ref), string(r.Status), micros(r.DueAt)
	open := r.Status != dialog.Closed && r.Status != dialog.Withdrawn
	p.arg(1, id, r.Version, r.Version+1, status, due, bit(open))
	p.sealed(s.codec.seal(r, referralPlace(id, r.Version+1, status, due)))
	p.arg(len(traits))
	for _, t := range traits {
		p.arg(s.keys.Blind(t))
	}
}

// stood passes the messages that were heard, by where they stand.
func (s *Store) stood(p *call, heard []store.Message) {
	var destinations []string
	ids := map[string][]any{}
	for _, m := range heard {
		if ids[m.Destination] == nil {
			destinations = append(destinations, m.Destination)
		}
		ids[m.Destination] = append(ids[m.Destination], m.ID)
	}
	p.arg(len(destinations))
	for _, d := range destinations {
		p.key("standing", s.codec.to(d)).arg(len(ids[d])).arg(ids[d]...)
	}
}

func (s *Store) asides(p *call, chat dialog.Chat, all []store.Aside) {
	p.arg(len(all))
	for _, a := range all {
		record, owner := rand.Text(), s.codec.chat(chat)
		payload, err := s.codec.seal(a, asidePlace(kindAside, record, owner))
		p.arg(micros(a.At)).sealed(header(payload, kindAside, record, owner, code(a.Cause)), err)
	}
}

// tallied passes what is counted, by day.
func (s *Store) tallied(p *call, all []dialog.Tally) {
	p.arg(len(all))
	for _, t := range all {
		p.arg(t.Day.String() + " " + s.codec.tally(t))
	}
}

func (s *Store) queue(p *call, q queued, at time.Time) {
	p.arg(q.to).key("queue", q.to).key("shown", q.to).key("standing", q.to)
	p.arg(bit(q.deliveries[0].Clears), q.chain(), len(q.deliveries))
	for _, d := range q.deliveries {
		p.arg(d.edits).sealed(s.wrap("", d, at))
	}
}

// wrap makes what stands in a queue for d, after prefix: when it was committed, how many
// attempts were begun and when the first, what it is called, edits and clears, and the rest
// sealed.
func (s *Store) wrap(prefix string, d item, at time.Time) ([]byte, error) {
	payload, err := s.codec.seal(d.Delivery, deliveryPlace(d.record, d.to))
	if err != nil {
		return nil, err
	}
	head := fmt.Sprintf("%s%d 0 0 %s %s %d ", prefix, micros(at), d.record, d.edits, bit(d.Clears))
	return append([]byte(head), payload...), nil
}
