package dialog

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"referralbot/rules"
)

// called is somebody whose draft is whole and who has a call booked, which Anna has claimed.
func called(t *testing.T, a rules.Audience) *talk {
	t.Helper()
	k := newTalk(t)
	k.service = callsService
	k.c.Audience, k.c.Ref, k.c.Answers, k.c.Stage, k.c.Warned, k.c.HeardAt = a, "R00-0000", sentAnswers[a], Stopped, []string{welcomed}, k.now
	for _, said := range []string{"human", "1", "yes"} {
		k.hear(Input{Text: said, Forms: a == rules.Professional})
	}
	k.deed("Anna: claim")
	if k.r.Kind != KindCall || !k.r.Booked.ToCome() || k.r.Status != Claimed {
		t.Fatalf("no call is booked:\n%s", k.out.String())
	}
	return k
}

const (
	advised    = "Anna: outcome:ADVICE_CONSULTATION recorded=yes | contact_with=referrer | contact_how=phone"
	signposted = "Anna: outcome:SIGNPOSTED resources=home_start | next_step=referrer | contact_with=referrer | contact_how=phone"
	unanswered = "Anna: outcome:CALL_NO_ANSWER"
	finished   = "Anna: outcome:CALL_COMPLETED_TOGETHER"
	notNeeded  = "Anna: outcome:CALL_NOT_NEEDED reason=found other help"
)

// TestSentAfterItsCall: whether a draft that is sent asks for the call that came before it depends on
// what has come of that.
func TestSentAfterItsCall(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		ends  []string
		wants bool
	}{
		"it is to come":      {nil, true},
		"not reached yet":    {[]string{unanswered}, true},
		"not reached at all": {[]string{unanswered, unanswered, unanswered}, false},
		"advice":             {[]string{advised}, false},
		"other help":         {[]string{signposted}, false},
		"together":           {[]string{finished}, false},
		"not needed":         {[]string{notNeeded}, false},
	} {
		for _, a := range []rules.Audience{rules.Parent, rules.Professional} {
			t.Run(name+"/"+string(a), func(t *testing.T) {
				t.Parallel()
				k := called(t, a)
				for _, end := range tt.ends {
					k.deed(end)
				}
				for _, said := range []string{"yes", "review", "send"} {
					k.hear(Input{Text: said})
				}
				if k.r.Kind != KindReferral || k.r.CallWanted != tt.wants {
					t.Errorf("sent as a %s, and a call is wanted: %v; so far:\n%s", k.r.Kind, k.r.CallWanted, k.out.String())
				}
				card := linesOf(CardOf(k.r, k.facts()).Lines)
				if asks := strings.Contains(card, "Talk first: ") || strings.Contains(card, "Call: "); asks != tt.wants {
					t.Errorf("the card says\n%s", card)
				}
			})
		}
	}
}

// TestNewsOfACall: whoever has sent nothing is not told of what they sent, and after a loss there is no
// word of a baby, nor of anything to go on with.
func TestNewsOfACall(t *testing.T) {
	t.Parallel()
	told := []string{newsSeen, newsTalk, newsReopened, newsCallWith, newsCallSoon, newsCallOff, newsCallLast}
	for _, e := range endings {
		if !slices.Equal(e.from, []Status{Decided}) && e.code != ReturnedIncomplete { // what has been decided was more than a call
			told = append(told, string(e.code))
		}
	}
	sent := regexp.MustCompile(`(?i)you sent|you have sent|have read|your referral|refer again|no referral`)
	hurts := regexp.MustCompile(`(?i)baby|draft|your answers|go on with`)
	for a, v := range map[rules.Audience]*voice{rules.Parent: &parentVoice, rules.Professional: &professionalVoice} {
		for _, what := range told {
			r := &Referral{Ref: "R1", Kind: KindCall, Audience: a, Answers: rules.Answers{rules.Stage: {"born"}}}
			if text := v.told(what, r); text == "" || sent.MatchString(text) {
				t.Errorf("of %s a %s who asked for a call is told %q", what, a, text)
			}
			r.Answers = rules.Answers{rules.Stage: {lossNoBaby}}
			if text := v.told(what, r); text == "" || sent.MatchString(text) || hurts.MatchString(text) {
				t.Errorf("of %s a %s is told after a loss %q", what, a, text)
			}
			r.Kind = KindReferral
			if text := v.told(what, r); text != v.news[what] {
				t.Errorf("of %s a %s who has sent a referral is told %q", what, a, text)
			}
		}
	}
}

// TestAddressGivenLater: a professional who books a call and only then gives an address is sent the
// invitation there and then, once, though all else is sent after; nothing goes where no call is to come.
func TestAddressGivenLater(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		before string // what a clinician does, or the person says, before
		want   int
	}{
		"it is to come":          {"", 1},
		"called off":             {notNeeded, 0},
		"cancelled":              {"> [Cancel the call]", 0},
		"it has come and gone":   {"+ later 48h", 0},
		"rung without an answer": {unanswered, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			k := called(t, rules.Professional)
			switch {
			case strings.HasPrefix(tt.before, "> "):
				k.hear(Input{Text: "human"})
				k.hear(k.input(tt.before[2:]))
			case strings.HasPrefix(tt.before, "+ later "):
				k.later(tt.before[len("+ later "):])
			case tt.before != "":
				k.deed(tt.before)
			}
			var to []string
			for n, in := range []Input{
				{Form: map[rules.Field][]string{rules.ReferrerEmail: {"sam@example.org"}}},
				{Form: map[rules.Field][]string{rules.Wishes: {"to be helped"}}},
				{Text: "review"},
				{Text: "send"},
			} {
				if len(in.Form) > 0 {
					k.hear(Input{Text: "start"})
					k.hear(Input{Text: "yes"})
				}
				k.hear(in)
				for _, l := range k.letters {
					if n > 0 || l.Invite.Cancelled || l.Invite.UID != "R00-0000@referralbot" {
						t.Errorf("after input %d: %+v", n, l.Invite)
					}
					to = append(to, l.To)
				}
			}
			if k.r.Kind != KindReferral || first(k.r.Answers[rules.ReferrerEmail]) != "sam@example.org" {
				t.Fatalf("sent as a %s:\n%s", k.r.Kind, k.out.String())
			}
			if len(to) != tt.want || tt.want > 0 && to[0] != "sam@example.org" {
				t.Errorf("invitations go to %v:\n%s", to, k.out.String())
			}
		})
	}
}

// TestNumberOfACall: whoever asks for a call is rung on the number they give for it, also where they
// gave none at first, whatever else they have sent or have still to answer.
func TestNumberOfACall(t *testing.T) {
	t.Parallel()
	const number = "07700 900104"
	lost := rules.Answers{rules.Private: {"yes"}, rules.Consent: {"yes"}, rules.Stage: {lossNoBaby}}
	unknown := sentAnswers[rules.Parent].With(rules.ParentPhone, notKnown)
	for name, tt := range map[string]struct {
		answers rules.Answers
		says    []string
		kind    Kind
	}{
		"asked for":               {rules.Answers{rules.Private: {"yes"}}, []string{"human", number, "1", "yes"}, KindCall},
		"after a loss":            {lost, []string{"human", number, "1", "yes"}, KindCall},
		"later":                   {unknown, []string{"human", "1", "yes", number}, KindCall},
		"later, after a loss":     {lost, []string{"human", "i dont know", "1", "yes", number}, KindCall},
		"left out, after a loss":  {lost, []string{"human", "skip", "1", "yes", number}, KindCall},
		"later, after it is sent": {unknown, []string{"review", "send", "human", "1", "yes", number}, KindReferral},
		"in danger, after a loss": {lost, []string{"human", number, "i want to die"}, KindDraft},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			k := newTalk(t)
			k.service = callsService
			k.c.Ref, k.c.Answers, k.c.Stage, k.c.Warned, k.c.HeardAt = "R00-0000", tt.answers, Stopped, []string{welcomed}, k.now
			for _, said := range tt.says {
				k.hear(Input{Text: said})
			}
			if got := first(k.r.Answers[rules.ParentPhone]); got != number || k.r.Kind != tt.kind {
				t.Errorf("the team, who hold a %s, would ring %q:\n%s", k.r.Kind, got, k.out.String())
			}
		})
	}
}
