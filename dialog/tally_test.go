package dialog

import (
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"referralbot/rules"
)

// drafts are what somebody who looks over a person's shoulder would write down of their drafts.
type drafts struct {
	counts map[Tally]int
	ref    string         // of the draft under way, "" for none
	shown  map[Place]bool // that have been on the screen since it was begun
	last   Place          // of them
	begun  time.Time
}

// TestTalliesAreAsARecount: of whatever is said, in whatever order, and of drafts that are
// forgotten meanwhile, what is tallied is what a recount of the screens gives, and everything
// begun is sent, ended, left, or still there.
func TestTalliesAreAsARecount(t *testing.T) {
	t.Parallel()
	known := map[Tally]bool{}
	for _, tally := range Tallies() {
		known[tally] = true
	}
	all := map[Count]int{}
	for seed := range uint64(60) {
		rnd := rand.New(rand.NewPCG(seed, 11))
		k := newTalk(t)
		if seed%3 > 0 {
			k.c.Audience = rules.Professional
		}
		forms := seed%3 > 1
		h := drafts{counts: map[Tally]int{}}
		tallied := map[Tally]int{}
		tally := func(tallies []Tally) {
			for _, one := range tallies {
				tallied[one]++
				all[one.Name]++
				one.Day = rules.Date{}
				if !known[one] {
					t.Fatalf("%+v is not in the table", one)
				}
			}
		}
		step := func(in Input) {
			was := k.c
			out := k.try(in)
			tally(out.Tallies)
			h.see(k, was, in, out)
		}
		for range 40 {
			step(anything(rnd, k, forms))
			if rnd.IntN(60) == 0 { // nothing more is heard
				tally(k.c.Left())
				h.close(k.c, CountLeft)
				k.c = Conversation{Chat: k.c.Chat, Audience: k.c.Audience}
				k.now = k.now.AddDate(0, 0, 15)
			}
		}
		if seed%2 == 0 {
			for n := 0; n < 150 && k.c.Stage != Sent; n++ {
				step(k.sensible(forms))
			}
		}
		tally(k.c.Left())
		if k.c.Unsent() {
			h.close(k.c, CountLeft)
		}
		if diff := cmp.Diff(h.counts, tallied); diff != "" {
			t.Fatalf("seed %d: recounted, and tallied (-want +got):\n%s\n%s", seed, diff, tail(k.out.String()))
		}
	}
	if all[CountBegun] != all[CountSent]+all[CountEnded]+all[CountLeft] {
		t.Errorf("it does not add up: %v", all)
	}
	for _, name := range []Count{CountBegun, CountSent, CountEnded, CountLeft, CountShown, CountSkipped, CountTook} {
		if all[name] == 0 {
			t.Errorf("nothing was %s in any conversation", name)
		}
	}
}

// see looks at the screen after a turn.
func (h *drafts) see(k *talk, was Conversation, in Input, out Outcome) {
	if h.ref != "" && k.c.Ref != h.ref {
		end := CountLeft
		for _, r := range out.Replies {
			if strings.Contains(r.Text, fill(voiceOf(k.c.Audience).lines[lineLossEnd], "service", rules.DefaultService().Name, "telephone", rules.DefaultService().Telephone)) {
				end = CountEnded
			}
		}
		h.form(in)
		h.close(was, end)
	}
	if h.ref == "" && k.c.Ref != "" && k.c.Ref != was.Ref {
		h.ref, h.begun, h.shown, h.last = k.c.Ref, k.now, map[Place]bool{}, ""
		h.one(k.c, CountBegun, "")
	}
	if h.ref == "" {
		return
	}
	h.form(in)
	for _, r := range out.Replies {
		if r.Prompt != k.c.Asked.ID || r.Again != First {
			continue
		}
		if p := screen(k.c); p != "" {
			h.shown[p], h.last = true, p
		}
	}
	if !k.c.SentAt.IsZero() {
		h.one(k.c, CountTook, minutesOf(k.now.Sub(h.begun)))
		h.close(k.c, CountSent)
	}
}

// screen is what is asked or offered on it.
func screen(c Conversation) Place {
	if c.Asked.Field != "" {
		return Place(c.Asked.Field)
	}
	return map[Stage]Place{Warning: "warning", Booking: "booking", Reviewing: "reviewing"}[c.Stage]
}

func (h *drafts) form(in Input) {
	for f := range in.Form {
		if _, ok := rules.Lookup(f); ok {
			h.shown[Place(f)] = true
		}
	}
}

// close writes down how a draft came to its end.
func (h *drafts) close(c Conversation, end Count) {
	if h.ref == "" {
		return
	}
	by := ""
	if end == CountLeft {
		by = string(h.last)
	}
	h.one(c, end, by)
	for _, p := range slices.Collect(maps.Keys(h.shown)) {
		h.one(c, CountShown, string(p))
		if slices.Contains(c.Passed, rules.Field(p)) {
			h.one(c, CountSkipped, string(p))
		}
	}
	h.ref = ""
}

func (h *drafts) one(c Conversation, name Count, by string) {
	h.counts[Tally{name, c.Audience, by, rules.DateOf(h.begun)}]++
}

func TestSpansAreCountedAsFinelyAsTheyMatter(t *testing.T) {
	t.Parallel()
	for d, want := range map[time.Duration]string{
		0: "1", time.Second: "1", time.Minute: "1", 61 * time.Second: "2", 59*time.Minute + time.Second: "60", time.Hour: "60",
		time.Hour + time.Second: "120", 47*time.Hour + time.Minute: "2880", 48 * time.Hour: "2880", 49 * time.Hour: "4320",
		31 * 24 * time.Hour: "44640", 400 * 24 * time.Hour: "44640",
	} {
		got := minutesOf(d)
		if got != want {
			t.Errorf("%v is counted as %s minutes, want %s", d, got, want)
		}
		if !slices.Contains(Tallies(), Tally{Name: CountTook, Audience: rules.Parent, By: got}) {
			t.Errorf("%s minutes is not in the table", got)
		}
	}
}
