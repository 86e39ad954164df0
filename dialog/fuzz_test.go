package dialog

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"referralbot/rules"
)

// vocabulary is what people say that means something here, and some that means nothing.
var vocabulary = strings.Split("\u202eevil|"+`/start|start|hi|stop|delete|withdraw|hide|help|human|urgent|start again|back|why|skip|review|status|send|save|change|change your name|carry on|keep|
done|yes|no|not sure|i don't know|none|none of these|private|refuge|no phone|unknown|other|mother|grandparent|shared|born|pregnant|my baby died|
Megan Tolley|12|3 April 1996|03/04/1996|11/23/2026|31 February 2026|23 November|20 June 2026|19/10/2026|15 February 2027|2024-11-22|tomorrow|5 months old|
CM2 9AB|CM23 1AA|14 Mill Lane, Braintree CM77 8AA|07700 900104 after five|01632 960101|999 000 1014|999 000 1015|sam@example.nhs.uk|
hospital, twins|hospital, prison, rehab|loss|court|my baby doesn't live with me all the time|foster|the plan is adoption|Max, Leo|Ada and Bea|
I want to die|I shook him|he's got a knife|I hear voices telling me the baby is evil|current|most of the time|now and then|EPDS 14 on 1 November 2026, item 10: 2|
I feel nothing when I look at her and it has been like this since she was born.|😀|*bold* <!channel>|/foo|`, "|")

// times are what people say who choose a time.
var times = []string{"2", "tuesday", "tuesday morning", "10.30", "the 31st", "40 december", "half past ten", "tomorrow at 3pm", "later", "book it", "yes", "another day", "cancel the call", "change the time"}

// FuzzStep: whatever is said, in whatever order, there is an answer, no error, nothing that
// was given is changed, and from wherever that leads a person can still send a referral.
func FuzzStep(f *testing.F) {
	f.Add(uint64(1), false, false)
	f.Add(uint64(2), true, false)
	f.Add(uint64(3), true, true)
	f.Fuzz(func(t *testing.T, seed uint64, professional, forms bool) { wander(t, seed, professional, forms) })
}

func TestWandering(t *testing.T) {
	t.Parallel()
	for seed := range uint64(60) {
		wander(t, seed, seed%3 > 0, seed%3 > 1)
	}
}

func wander(t *testing.T, seed uint64, professional, forms bool) {
	rnd := rand.New(rand.NewPCG(seed, 7))
	k := newTalk(t)
	if professional {
		k.c.Audience = rules.Professional
	}
	if seed%2 > 0 {
		k.service = callsService
	}
	for range 60 {
		k.try(anything(rnd, k, forms))
	}
	k.finish(forms)
}

// try takes one step and checks what must hold of every step.
func (k *talk) try(in Input) Outcome {
	k.t.Helper()
	out := k.hear(in)
	if len(out.Replies) == 0 && len(out.Problems) == 0 && in.Timer == "" {
		k.t.Fatalf("silence after:\n%s", tail(k.out.String()))
	}
	for _, r := range out.Replies {
		if strings.TrimSpace(r.Text) == "" || strings.ContainsAny(r.Text, "{}") {
			k.t.Fatalf("an empty or unfilled message: %q after:\n%s", r.Text, tail(k.out.String()))
		}
		all := append(slices.Clone(r.Choices), r.Aside...)
		asked := r.Prompt != "" && k.c.Stage == Asking
		if asked && k.c.Audience == rules.Parent && !strings.Contains(r.Text, "999") {
			k.t.Fatalf("no number to call stands under %q", r.Text)
		}
		if asked && !slices.ContainsFunc(all, func(c Choice) bool { return c.Code == codeUrgent }) {
			k.t.Fatalf("no button for urgent help beside %q", r.Text)
		}
		for _, c := range all {
			if len(c.Code) > 32 || c.Label == "" || len([]rune(c.Label)) > 75 && !strings.Contains(c.Label, " ") {
				k.t.Fatalf("a button that cannot be shown: %+v", c)
			}
		}
	}
	if (&turn{c: k.c}).veiled() && slices.Contains(telling, k.c.Stage) {
		k.t.Fatalf("shown before they said that they are private:\n%s", tail(k.out.String()))
	}
	if said, is := k.answeredBy(out), slices.Sorted(maps.Keys(k.c.Answers.Without(rules.Private))); !slices.Equal(said, is) {
		k.t.Fatalf("answered are %v, and by the audit %v, after:\n%s", is, said, tail(k.out.String()))
	}
	for _, a := range out.Alerts {
		if r := out.Referral; r == nil || r.Ref != a.Ref || !slices.Contains(r.Alerts, a) {
			k.t.Fatalf("the alert %+v is held nowhere: %v", a, r)
		}
		number := fmt.Sprint("alert ", a.Ref, " ", a.N)
		if k.seen[number] {
			k.t.Fatalf("two alerts are %s", number)
		}
		k.seen[number] = true
	}
	if r := out.Referral; r != nil && !slices.ContainsFunc(out.Audit, func(e Entry) bool { return e.Ref == r.Ref }) {
		k.t.Fatalf("what is held has changed, and it is not in the audit, after:\n%s", tail(k.out.String()))
	}
	if r := out.Referral; r != nil && r.Kind == KindReferral {
		if m := rules.Missing(rules.Case{Audience: r.Audience, Today: rules.DateOf(k.now), Answers: r.Answers, Service: rules.DefaultService()}); len(m) > 0 {
			k.t.Fatalf("sent without %v", m)
		}
		if !r.Answers.Is(rules.Consent, "yes") {
			k.t.Fatal("sent without agreement")
		}
	}
	return out
}

// answeredBy are the questions of this conversation's referral that are answered, by what the
// audit has been told and by what waits to be told to it.
func (k *talk) answeredBy(out Outcome) []rules.Field {
	for _, e := range out.Audit {
		k.apply(e.Ref, Change{Field: rules.Field(e.Detail), Action: e.Action})
	}
	told := maps.Clone(k.answered[k.c.Ref])
	for _, c := range k.c.Unwritten {
		k.apply(k.c.Ref, c)
	}
	all := slices.Sorted(maps.Keys(k.answered[k.c.Ref]))
	k.answered[k.c.Ref] = told
	return all
}

// apply makes one change of the answers to a referral. None is made twice.
func (k *talk) apply(ref string, c Change) {
	k.t.Helper()
	if k.answered[ref] == nil {
		k.answered[ref] = map[rules.Field]bool{}
	}
	switch was := k.answered[ref][c.Field]; {
	case c.Action == "answered" && !was, c.Action == "edited" && was:
		k.answered[ref][c.Field] = true
	case c.Action == "cleared" && was:
		delete(k.answered[ref], c.Field)
	case slices.Contains([]string{"answered", "edited", "cleared"}, c.Action):
		k.t.Fatalf("%s is %s, and was answered: %v", c.Field, c.Action, was)
	}
}

func tail(s string) string { return s[max(0, len(s)-1500):] }

func anything(rnd *rand.Rand, k *talk, forms bool) Input {
	in := Input{Forms: forms}
	if k.service == callsService && k.c.Stage == Booking && rnd.IntN(3) == 0 {
		in.Text = times[rnd.IntN(len(times))]
		return in
	}
	switch n := rnd.IntN(20); {
	case n == 0:
		in.Press = &Press{Prompt: "stale", Choice: "yes"}
	case n == 1:
		in.Media = "voice"
	case n == 2:
		in.Timer = timerPause
	case n == 3:
		in.Text, in.Unseen = word(rnd), true
	case n < 9 && len(k.open.Choices)+len(k.open.Aside) > 0:
		all := append(slices.Clone(k.open.Choices), k.open.Aside...)
		in.Press = &Press{Prompt: k.open.Prompt, Choice: all[rnd.IntN(len(all))].Code}
	case n < 12 && forms && len(k.form.Inputs) > 0:
		in.Form = map[rules.Field][]string{}
		for _, i := range k.form.Inputs {
			in.Form[i.Field] = nil
			if rnd.IntN(4) == 0 {
				in.Form[i.Field] = []string{word(rnd)}
			} else {
				in.Form[i.Field] = good(i.Type, i.Field, codes(i.Options))
			}
		}
	default:
		in.Text = word(rnd)
	}
	return in
}

func word(rnd *rand.Rand) string { return strings.TrimSpace(vocabulary[rnd.IntN(len(vocabulary))]) }

func codes(options []Choice) []string {
	var out []string
	for _, o := range options {
		out = append(out, o.Code)
	}
	return out
}

// good is an answer that fits.
func good(ty rules.Type, f rules.Field, options []string) []string {
	if len(options) > 0 {
		return options[:1]
	}
	switch ty {
	case rules.TypeDate:
		if f == rules.EDD {
			return []string{"15 January 2027"}
		}
		if f == rules.BabyDOB {
			return []string{"20 June 2026"}
		}
		return []string{"4 March 1996"}
	case rules.TypePhone:
		return []string{"07700 900104"}
	case rules.TypePostcode:
		return []string{"CM2 9AB"}
	case rules.TypeEmail:
		return []string{"sam@example.nhs.uk"}
	case rules.TypeNHSNumber:
		return []string{"999 000 1014"}
	case rules.TypeList:
		return []string{"Ada, Bea"}
	case rules.TypeScores:
		return []string{"PHQ-9 17 on 2 November 2026"}
	case rules.TypeLongText:
		return []string{"She feels nothing when she looks at him, and this has not shifted."}
	}
	return []string{"Somebody Somewhere"}
}

// finish brings the conversation to its end from wherever it is, as somebody would who
// answers what they are asked.
func (k *talk) finish(forms bool) {
	k.t.Helper()
	for range 150 {
		if k.c.Stage == Sent {
			return
		}
		k.try(k.sensible(forms))
	}
	k.t.Fatalf("stuck at %s on %q:\n%s", k.c.Stage, k.c.Asked.Field, tail(k.out.String()))
}

func (k *talk) sensible(forms bool) Input {
	in := Input{Forms: forms}
	if k.c.Asked.ID == "" || k.c.Stage == Stopped {
		in.Text = "/start"
		return in
	}
	press := func(code string) Input {
		in.Press = &Press{Prompt: k.c.Asked.ID, Choice: code}
		return in
	}
	switch k.c.Stage {
	case Greeting, Warning:
		return press(codeCarryOn)
	case Deleting, Recalling:
		return press(codeKeep)
	case Urgent:
		return press(codeSafe)
	case Reviewing:
		if k.c.Answers.Has(rules.Consent) && !k.c.Answers.Is(rules.Consent, "yes") {
			return press("c_consent")
		}
		if k.c.Asked.Draft != nil {
			return press(codeKeep)
		}
		if len(rules.Missing(rules.Case{Audience: k.c.Audience, Today: rules.DateOf(k.now), Answers: k.c.Answers, Service: rules.DefaultService()})) > 0 {
			return press(codeCarryOn)
		}
		return press(codeSend)
	case Booking:
		for _, code := range []string{codeCarryOn, codeAnyTime, codeNotNow, codeKeepCall} {
			if k.c.Asked.Field == "" && slices.ContainsFunc(k.open.Choices, func(c Choice) bool { return c.Code == code }) {
				return press(code)
			}
		}
	}
	f := k.c.Asked.Field
	s, _ := rules.Lookup(f)
	if forms && !chosen(s.Type) {
		in.Form = map[rules.Field][]string{}
		for _, i := range k.form.Inputs {
			in.Form[i.Field] = good(i.Type, i.Field, codes(i.Options))
		}
		return in
	}
	switch {
	case k.c.Asked.Confirming:
		return press(codeYes)
	case s.Type == rules.TypeMulti && len(k.c.Asked.Draft) > 0, s.Type == rules.TypeLongText && len(k.c.Asked.Draft) > 0:
		return press(codeDone)
	case f == rules.Stage:
		return press("born")
	case f == rules.EDDStatus:
		return press("baby_born")
	case chosen(s.Type):
		values := s.Values(rules.Case{Audience: k.c.Audience, Answers: k.c.Answers, Service: rules.DefaultService()})
		i := max(0, slices.Index(values, "none"))
		code := values[i]
		if f == rules.BabiesOfConcern {
			code = "o0"
		}
		return press(strings.ReplaceAll(code, " ", "_"))
	}
	in.Text = good(s.Type, f, nil)[0]
	return in
}
