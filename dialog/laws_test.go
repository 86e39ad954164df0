package dialog

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"referralbot/rules"
)

// canary is in everything that clinicians write here.
const canary = "Canary Quillfeather"

// TestLaws: whatever people do to referrals, in whatever order, and whatever timers come due,
// what must hold of every referral holds. The referrals are of the family stories, and nothing
// that was submitted or written stands in any message to the channel.
func TestLaws(t *testing.T) {
	t.Parallel()
	for _, v := range rules.Vignettes() {
		for seed := range uint64(2) {
			t.Run(fmt.Sprint("story ", v.ID, " seed ", seed), func(t *testing.T) {
				t.Parallel()
				newCourt(t, v.Case, seed).hold(80)
			})
		}
	}
}

// court does random deeds to one referral and judges each.
type court struct {
	t       *testing.T
	rnd     *rand.Rand
	r       Referral
	now     time.Time
	secrets []string
	reached map[Status]bool
}

func newCourt(t *testing.T, c rules.Case, seed uint64) *court {
	k := &court{t: t, rnd: rand.New(rand.NewPCG(seed, 11)), now: time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC), reached: map[Status]bool{}}
	k.r = Referral{
		Ref: "R00-0000-0000-0000-0001", Kind: KindReferral, Chat: Chat{"test", "1"}, Audience: c.Audience, Status: Received,
		Answers: c.Answers, Assessment: rules.Assess(c), RuleSet: rules.RuleSetVersion, ReceivedAt: k.now, DueAt: k.facts().Service.Calendar().DueAt(k.now),
	}
	if seed%3 == 0 {
		k.r.Alerts = []Alert{{Ref: k.r.Ref, N: 1, Category: rules.CategorySuicide}}
	}
	if seed%4 == 1 {
		k.r.Entered, k.r.Chat = "phone", Chat{}
	}
	for _, secret := range append(submitted(c.Answers), canary) {
		k.secrets = append(k.secrets, strings.ToLower(secret))
	}
	return k
}

// submitted are all values of free answers, in every form in which they may be written.
func submitted(a rules.Answers) []string {
	var out []string
	for _, s := range table {
		if chosen(s.Type) {
			continue
		}
		for _, v := range a[s.Field] {
			write := fiveWords
			if form, ok := writtenForms[s.Type]; ok {
				write = form
			}
			out = append(out, write(v)...)
		}
	}
	return slices.DeleteFunc(out, func(s string) bool { return len(s) < 4 })
}

// writtenForms are how values are written that are not words.
var writtenForms = map[rules.Type]func(string) []string{
	rules.TypeName: func(v string) []string { return append(strings.Fields(v), v) },
	rules.TypeList: func(v string) []string { return append(strings.Fields(v), v) },
	rules.TypeDate: func(v string) []string {
		d, ok := rules.ParseISODate(v)
		if !ok {
			return nil
		}
		day := time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC)
		out := []string{d.Words()}
		for _, form := range []string{time.DateOnly, "02/01/2006", "2/1/2006", "02/01/06", "2/1/06", "02.01.2006", "02-01-2006", "02 01 2006",
			"2 Jan 2006", "Jan 2, 2006", "January 2, 2006", "2 January 06", "2006/01/02", "20060102", "02012006"} {
			out = append(out, day.Format(form))
		}
		return out
	},
	rules.TypePhone: func(v string) []string {
		n := strings.ReplaceAll(v, " ", "")
		if len(n) < 10 {
			return nil
		}
		return []string{v, n, n[1:], "+44" + n[1:], n[:5] + " " + n[5:], n[:4] + " " + n[4:7] + " " + n[7:], n[:5] + "-" + n[5:], n[5:]}
	},
	rules.TypeNHSNumber: func(v string) []string {
		return []string{v, v[:3] + " " + v[3:6] + " " + v[6:], v[:3] + "-" + v[3:6] + "-" + v[6:]}
	},
	rules.TypePostcode: func(v string) []string { return []string{v, strings.ReplaceAll(v, " ", "")} },
}

// fiveWords is a text, and any five words of it that come one after another.
func fiveWords(v string) []string {
	out, all := []string{v}, strings.Fields(v)
	for i := 0; i+5 <= len(all); i++ {
		out = append(out, strings.Join(all[i:i+5], " "))
	}
	return out
}

func (k *court) facts() Facts {
	other := &Referral{Ref: "R00-0000-0000-0000-0002", Kind: KindReferral}
	return Facts{Now: k.now, Reference: "R00-0000-0000-0000-0009", Service: rules.DefaultService(), Referral: other}
}

func (k *court) hold(n int) {
	for range n {
		k.now = k.now.Add(time.Duration(k.rnd.IntN(8*3600)) * time.Second)
		k.judge(k.deed())
	}
}

// deed is something that somebody, or a timer, may try.
func (k *court) deed() Deed {
	who := []Clinician{anna, anna, ben, cara}[k.rnd.IntN(4)]
	switch n := k.rnd.IntN(40); {
	case n == 0:
		return Deed{Action: ActWithdraw}
	case n == 1:
		return Deed{Action: ActAnswer, Answers: rules.Answers{rules.ParentGP: {canary}}}
	case n == 2:
		return Deed{Action: "acknowledge:1", By: who}
	case n < 10:
		steps := sortedKeys(ticks)
		return Deed{Action: steps[k.rnd.IntN(len(steps))]}
	}
	d := Deed{By: who, Action: deeds[k.rnd.IntN(len(deeds)-1)].action} // the last is entering
	if could := Can(k.r, who); len(could) > 0 && k.rnd.IntN(3) > 0 {
		d.Action = could[k.rnd.IntN(len(could))]
	}
	if slices.Contains(administrative, d.Action) && k.rnd.IntN(10) > 0 { // else little else comes about
		d.Action = ActNote
	}
	if s := SheetFor(k.r, d.Action, who, k.facts()); s != nil && k.rnd.IntN(5) > 0 {
		d.Turn, d.Filled = s.Turn, k.fill(s)
		if k.rnd.IntN(10) == 0 {
			d.Turn--
		}
	}
	return d
}

func sortedKeys(m map[Action]func(*acting)) []Action {
	var out []Action
	for a := range m {
		out = append(out, a)
	}
	slices.Sort(out)
	return out
}

func (k *court) fill(s *Sheet) map[string][]string {
	filled := map[string][]string{}
	for _, i := range s.Items {
		switch {
		case i.Optional && k.rnd.IntN(2) == 0:
		case i.Key == "ref" && i.Kind == rules.TypeText:
			filled[i.Key] = []string{k.facts().Referral.Ref}
		case i.Kind == Colleague:
			filled[i.Key] = []string{ben.ID, ben.Name}
		case len(i.Options) > 0:
			filled[i.Key] = []string{i.Options[k.rnd.IntN(len(i.Options))].Code}
		case i.Kind == rules.TypeDate && k.rnd.IntN(5) > 0:
			filled[i.Key] = i.Initial
		case i.Kind == rules.TypeDate:
			filled[i.Key] = []string{rules.DateOf(k.now).AddDays(k.rnd.IntN(9) - 2).String()}
		default:
			filled[i.Key] = []string{canary}
		}
	}
	return filled
}

func (k *court) judge(d Deed) {
	t, was := k.t, k.r
	t.Helper()
	before := asJSON(t, was)
	is, out, err := Act(was, d, k.facts())
	if err != nil {
		t.Fatalf("%s at %s: %v", d.Action, was.Status, err)
	}
	if asJSON(t, was) != before {
		t.Fatalf("%s changed what it was given", d.Action)
	}
	changed := !reflect.DeepEqual(was, is)
	nothing := out.Refused != "" || out.Mistakes != nil
	_, ofCard := deedFor(d.Action)
	switch fail := func(law string) { t.Errorf("%s by %s at %s: %s: %+v", d.Action, d.By.Name, was.Status, law, out) }; {
	case changed && len(out.Audit) == 0:
		fail("changed without a trace")
	case nothing && changed:
		fail("not done, and yet changed")
	case ofCard && d.Filled == nil && slices.Contains(Can(was, d.By), d.Action) != (out.Refused == ""):
		fail("what can be done is not what is done")
	case is.Status == Received && is.Claimant.ID != "" || is.held() && is.Claimant.ID == "":
		fail("a holder without a state, or a state without a holder")
	case is.Proposed != nil && !is.held():
		fail("an outcome is proposed of what nobody holds")
	case is.Claimant.Lead, is.Confirmed.Lead:
		fail("being lead is kept")
	}
	if len(is.Results) > len(was.Results) {
		k.judgeOutcome(was, is.Results[len(was.Results)])
	}
	for _, timer := range out.Timers {
		if timer.At.Before(k.now) || timer.Ref == "" && was.Chat == (Chat{}) {
			t.Errorf("%s sets %+v at %s", d.Action, timer, k.now)
		}
	}
	var back Referral
	if err := json.Unmarshal([]byte(asJSON(t, is)), &back); err != nil || asJSON(t, back) != asJSON(t, is) {
		t.Errorf("%s leaves what cannot be kept: %v", d.Action, cmp.Diff(asJSON(t, is), asJSON(t, back)))
	}
	k.r = is
	k.reached[is.Status] = true
	k.scan(d, out)
	if is.Status == Withdrawn { // begin anew
		k.r = Referral{
			Ref: is.Ref, Kind: is.Kind, Chat: is.Chat, Audience: is.Audience, Status: Received, Answers: is.Answers,
			Assessment: is.Assessment, ReceivedAt: k.now, Alerts: is.Alerts,
		}
	}
}

// unfilled finds words in braces that nothing was put in the place of.
var unfilled = regexp.MustCompile(`\{[a-z_]+\}`)

func (k *court) judgeOutcome(was Referral, res Result) {
	switch {
	case !was.held():
		k.t.Errorf("an outcome of what nobody holds: %+v", res)
	case len(was.Alerts) > 0 && res.Code != MoreInfo && (res.Agreed.ID == "" || res.Agreed.ID == res.By.ID):
		k.t.Errorf("one person alone decided after an alert: %+v", res)
	case len(was.Alerts) == 0 && res.By.ID != was.Claimant.ID:
		k.t.Errorf("somebody else than %s decided: %+v", was.Claimant.Name, res)
	case res.Code == ReturnedIncomplete && was.Entered == "":
		k.t.Error("returned as incomplete, though the bot lets nothing incomplete be sent")
	}
}

// scan looks for what must not stand in a channel in everything that goes there.
func (k *court) scan(d Deed, out Outcome) {
	f := k.facts()
	said := fmt.Sprintf("%+v %+v %+v %+v %+v %+v", CardOf(k.r, f), out.Posts, out.Notices, Board([]Referral{k.r}, anna, f), Digest([]Referral{k.r}, f), out.Audit)
	for _, a := range k.r.Alerts {
		said += fmt.Sprintf(" %+v", AlertCard(a, f))
	}
	if gap := unfilled.FindString(said + fmt.Sprintf("%+v %+v", Whole(k.r, f), out.Sheet)); gap != "" {
		k.t.Errorf("after %s %s is not filled in", d.Action, gap)
	}
	said = strings.ToLower(said)
	for _, secret := range k.secrets {
		if strings.Contains(said, secret) {
			k.t.Errorf("after %s the channel or the audit says %q: %s", d.Action, secret, said)
		}
	}
	for _, word := range []string{"reject", "abuse", "substance", "prison"} {
		if strings.Contains(said, word) {
			k.t.Errorf("after %s the channel says %q: %s", d.Action, word, said)
		}
	}
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestLawsAreTried: random deeds do lead to every state, and to outcomes of every kind.
func TestLawsAreTried(t *testing.T) {
	t.Parallel()
	reached, results, story := map[Status]bool{}, map[Action]bool{}, rules.Vignettes()[0].Case
	for seed := range uint64(16) {
		k := newCourt(t, story, seed)
		for range 120 {
			k.hold(1)
			for _, res := range k.r.Results {
				results[endingOf(res.Code).event] = true
			}
		}
		maps.Copy(reached, k.reached)
	}
	if len(reached) != 6 || len(results) < 3 {
		t.Errorf("only %v and %v", reached, results)
	}
}

// TestEndings: every outcome has words for both audiences, a title that fits, and asks for all
// that it requires.
func TestEndings(t *testing.T) {
	t.Parallel()
	f := Facts{Now: time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC), Service: rules.DefaultService()}
	r := Referral{Ref: "R1", Kind: KindReferral, Audience: rules.Professional, Status: Claimed, Claimant: anna, CallWanted: true, Life: Life{Entered: "phone"}, ReceivedAt: f.Now, Chat: Chat{"test", "1"}}
	for _, e := range endings {
		for _, v := range []*voice{&parentVoice, &professionalVoice} {
			if v.news[string(e.code)] == "" && e.code != ReturnedIncomplete { // that has no chat to be told in
				t.Errorf("%s has no words for one audience", e.code)
			}
		}
		r := r
		r.Status = e.from[0]
		action := ActOutcome.with(e.code)
		s := SheetFor(r, action, anna, f)
		if s == nil || len(s.Title) > 24 || len(s.Submit) > 24 {
			t.Errorf("%s has the sheet %+v", e.code, s)
			continue
		}
		_, out, err := Act(r, Deed{Action: action, By: anna, Turn: s.Turn, Filled: map[string][]string{}}, f)
		required := slices.DeleteFunc(slices.Clone(s.Items), func(i SheetItem) bool { return i.Optional })
		if err != nil || len(out.Mistakes) != len(required) {
			t.Errorf("%s left blank: %v, %v", e.code, out.Mistakes, err)
		}
	}
	for _, d := range deeds {
		if w := d.words(); len([]rune(w.label)) > 75 || w.label == "" || w.verb == "" || len(d.from) == 0 {
			t.Errorf("%s cannot be shown: %q", d.action, w.label)
		}
	}
}
