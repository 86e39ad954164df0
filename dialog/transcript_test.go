package dialog

import (
	"encoding/json"
	goflag "flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"referralbot/rules"
)

var update = goflag.Bool("update", false, "write the transcripts anew")

// A transcript is a conversation as a clinician would read it. Lines that begin with ">"
// are what the person does: words typed, or [a button], or old [a button of the first
// prompt], or form: field=value | field=value; in brackets before them, how it was heard. Lines
// that begin with "+" are what a clinician does to the referral, with the values of the sheet
// for it that are not filled in already, what keeps one busy, or time that passes. Lines that begin
// with two spaces are what
// comes of it. Before the first ">" stand the settings: as, forms, at.
func TestTranscripts(t *testing.T) {
	t.Parallel()
	for _, path := range transcripts(t) {
		t.Run(filepath.Base(path), func(t *testing.T) {
			t.Parallel()
			was := readTranscript(t, path)
			is := newTalk(t).run(was)
			if *update {
				if err := os.WriteFile(path, []byte(is), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(was, is); diff != "" {
				t.Errorf("the conversation went otherwise (run with -update if it should):\n%s", diff)
			}
		})
	}
}

func transcripts(t *testing.T) []string {
	t.Helper()
	paths, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no transcripts: %v", err)
	}
	return paths
}

func readTranscript(tb testing.TB, path string) string {
	tb.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		tb.Fatal(err)
	}
	return string(b)
}

// talk is a conversation being held by a test.
type talk struct {
	t       testing.TB
	c       Conversation
	r       Referral         // as the clinicians hold it
	due     map[string]Timer // of the referral, and news
	diary   rules.Diary
	service *rules.Service
	now     time.Time
	turns   int
	open    Reply // the latest message with a prompt
	form    Form  // the form on the person's screen
	letters []Letter
	first   string
	out     strings.Builder
	seen    map[string]bool // what has come up: questions, stages, flags, commands

	answered map[string]map[rules.Field]bool // by reference, as the audit has it
}

func newTalk(t testing.TB) *talk {
	t.Helper()
	return &talk{
		t: t, service: rules.DefaultService(), now: time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC), seen: map[string]bool{}, due: map[string]Timer{},
		answered: map[string]map[rules.Field]bool{},
		c:        Conversation{Chat: Chat{Platform: "test", ID: "1"}, Audience: rules.Parent},
	}
}

func (k *talk) run(script string) string {
	forms := false
	for l := range strings.SplitSeq(strings.TrimRight(script, "\n"), "\n") {
		switch {
		case l == "" || strings.HasPrefix(l, "  ") || l == "> (timer "+timerNews+")":
			continue // what came of it the last time
		case strings.HasPrefix(l, "as "):
			k.c.Audience = rules.Audience(strings.TrimPrefix(l, "as "))
		case l == "forms":
			forms = true
		case l == "calls":
			k.service = callsService
		case l == "guidance":
			with := *k.service
			with.Guidance = "example.org/refer"
			k.service = &with
		case strings.HasPrefix(l, "sent"):
			k.sent(l)
		case strings.HasPrefix(l, "at "):
			at, err := time.Parse("2006-01-02 15:04", strings.TrimPrefix(l, "at "))
			if err != nil {
				k.t.Fatal(err)
			}
			k.now = at
		case strings.HasPrefix(l, ">"):
			if k.turns == 0 {
				k.out.WriteString("\n")
			}
			k.out.WriteString(l + "\n")
			said, why := k.trouble(strings.TrimSpace(strings.TrimPrefix(l, ">")))
			in := k.input(said)
			in.Forms = forms
			if why != "" {
				k.turns++
				out, _ := Emergency(why, k.c.Audience, in, k.facts())
				k.write(out)
				continue
			}
			k.hear(in)
			continue
		case strings.HasPrefix(l, "+ later "):
			k.out.WriteString(l + "\n")
			k.later(strings.TrimPrefix(l, "+ later "))
			k.out.WriteString("\n")
			continue
		case strings.HasPrefix(l, "+ ") && strings.Contains(l, " is busy on "):
			k.out.WriteString(l + "\n\n")
			k.busy(strings.TrimPrefix(l, "+ "))
			continue
		case strings.HasPrefix(l, "+ another books "):
			k.out.WriteString(l + "\n\n")
			k.another(strings.TrimPrefix(l, "+ another books "))
			continue
		case strings.HasPrefix(l, "+ "):
			k.out.WriteString(l + "\n")
			k.deed(strings.TrimPrefix(l, "+ "))
			continue
		}
		k.out.WriteString(l + "\n")
	}
	return strings.TrimRight(k.out.String(), "\n") + "\n"
}

// sent begins with a referral just sent, with an alert of it or with how the parent may be
// reached where the line says so.
func (k *talk) sent(l string) {
	k.t.Helper()
	answers := sentAnswers[k.c.Audience]
	if strings.HasSuffix(l, "somebody else sees the phone") {
		answers = answers.With(rules.SafeContact, "call_ok", "someone_else_sees")
	}
	k.c.Ref, k.c.Answers, k.c.Warned, k.c.HeardAt = "R00-0000", answers, []string{welcomed}, k.now
	if k.c.Audience == rules.Professional {
		k.c.Forms = true
	}
	t := begin(k.c, k.facts())
	t.submit(KindReferral)
	if missing := rules.Missing(t.cas()); len(missing) > 0 {
		k.t.Fatalf("sent without %v", missing)
	}
	k.c, k.r = t.c, *t.out.Referral
	k.c.Stage = Sent
	if strings.HasSuffix(l, "with an alert") {
		k.r.Alerts = []Alert{{Ref: k.r.Ref, N: 1, Category: rules.CategorySuicide, Level: levelUrgent, Rule: "risk", At: k.now, Audience: k.c.Audience}}
	}
	k.set(t.out.Timers)
	k.set(wound(Referral{}, k.r, k.facts()))
}

// sentAnswers are those of a referral that is whole.
var sentAnswers = map[rules.Audience]rules.Answers{
	rules.Parent: {
		rules.Private: {"yes"}, rules.Consent: {"yes"}, rules.GPSharing: {"yes"}, rules.Stage: {"born"}, rules.ParentName: {"Megan Tolley"},
		rules.ParentDOB: {"1998-12-01"}, rules.ParentAddress: {"14 Mill Lane, Braintree CM77 8AA"}, rules.ParentPostcode: {"CM77 8AA"},
		rules.ParentPhone: {"07700 900104"}, rules.SafeContact: {"call_ok", "text_ok"}, rules.ParentGP: {"Riverside Surgery, Braintree"},
		rules.ParentGPArea: {"essex"}, rules.Needs: {"none"}, rules.CarerRelationship: {"mother"}, rules.CarerPrimary: {"yes"},
		rules.BabyName: {"Arlo"}, rules.BabyDOB: {"2026-05-03"}, rules.BabyGPArea: {"same"}, rules.Circumstances: {"none"},
		rules.Concern: {"I feel nothing when I look at him"}, rules.Indicators: {"avoids_baby"}, rules.Pervasive: {"consistent"},
		rules.MentalHealth: {"none"}, rules.Risk: {"none"}, rules.DomesticAbuse: {"none_known"}, rules.Safeguarding: {"none_known"}, rules.Network: {"health_visitor"},
	},
	rules.Professional: {
		rules.Consent: {"yes"}, rules.Stage: {"born"}, rules.ReferrerName: {"Sam Okafor"}, rules.ReferrerType: {"health_visitor"},
		rules.ReferrerOrganisation: {"Mid Essex health visiting"}, rules.ReferrerPhone: {"01632 960101"}, rules.ParentName: {"Tess Marlowe"},
		rules.ParentDOB: {"1996-04-03"}, rules.ParentAddress: {"5 Church Street"}, rules.ParentPostcode: {"CM2 9AB"}, rules.ParentPhone: {"07700 900101"},
		rules.SafeContact: {"call_ok"}, rules.ParentGP: {"Church Lane Surgery"}, rules.ParentGPArea: {"essex"}, rules.Needs: {"none"},
		rules.CarerRelationship: {"mother"}, rules.CarerPrimary: {"yes"}, rules.BabyName: {"Rowan Marlowe"}, rules.BabyDOB: {"2026-06-20"},
		rules.BabySex: {"male"}, rules.BabyGPArea: {"same"}, rules.Circumstances: {"none"},
		rules.Concern:    {"Tess says she feels nothing when she looks at Rowan and this has not shifted in four months."},
		rules.Indicators: {"neg_consistent"}, rules.Pervasive: {"consistent"}, rules.MentalHealth: {"none"}, rules.Risk: {"none"},
		rules.DomesticAbuse: {"none_known"}, rules.Safeguarding: {"none_known"}, rules.Network: {"health_visitor"}, rules.Factors: {"prefer_not"},
		rules.BabyImpact: {"none_seen"},
	},
}

// trouble takes from what is said the reason why it is not heard.
func (k *talk) trouble(said string) (string, Trouble) {
	for mark, why := range map[string]Trouble{"(not saved) ": NotSaved, "(our fault) ": OurFault, "(too much) ": TooMuch} {
		if rest, ok := strings.CutPrefix(said, mark); ok {
			return rest, why
		}
	}
	return said, ""
}

func (k *talk) input(said string) Input {
	switch {
	case strings.HasPrefix(said, "(heard after all) "):
		in := k.input(strings.TrimPrefix(said, "(heard after all) "))
		in.Told = true
		return in
	case strings.HasPrefix(said, "(lost) "):
		in := k.input(strings.TrimPrefix(said, "(lost) "))
		in.Lost, k.c = true, Conversation{Chat: k.c.Chat, Audience: k.c.Audience}
		return in
	case strings.HasPrefix(said, "form:"):
		values := map[rules.Field][]string{}
		for _, in := range k.form.Inputs {
			values[in.Field] = nil
		}
		for pair := range strings.SplitSeq(strings.TrimPrefix(said, "form:"), "|") {
			if f, v, ok := strings.Cut(strings.TrimSpace(pair), "="); ok {
				values[rules.Field(f)] = strings.Split(v, ",")
				if s, _ := rules.Lookup(rules.Field(f)); s.Type != rules.TypeMulti {
					values[rules.Field(f)] = []string{v}
				}
			}
		}
		return Input{Form: values}
	case strings.HasPrefix(said, "old ["):
		return Input{Press: &Press{Prompt: k.first, Choice: k.code(strings.Trim(said[4:], "[]"))}}
	case strings.HasPrefix(said, "["):
		label := strings.Trim(said, "[]")
		code := k.code(label)
		if code == "" {
			k.t.Fatalf("no button %q; so far:\n%s", label, k.out.String())
		}
		return Input{Press: &Press{Prompt: k.open.Prompt, Choice: code}}
	case strings.HasPrefix(said, "(sends "):
		return Input{Media: strings.TrimSuffix(strings.TrimPrefix(said, "(sends "), ")")}
	case strings.HasPrefix(said, "(too soon) "):
		return Input{Text: strings.TrimPrefix(said, "(too soon) "), Unseen: true}
	case strings.HasPrefix(said, "(edits) "):
		return Input{Text: strings.TrimPrefix(said, "(edits) "), Edited: true}
	case strings.HasPrefix(said, "(timer "):
		return Input{Timer: strings.TrimSuffix(strings.TrimPrefix(said, "(timer "), ")")}
	}
	return Input{Text: strings.ReplaceAll(said, `\n`, "\n")}
}

func (k *talk) code(label string) string {
	for _, c := range append(slices.Clone(k.open.Choices), k.open.Aside...) {
		if c.Label == label {
			return c.Code
		}
	}
	return ""
}

func (k *talk) facts() Facts {
	return Facts{
		Now: k.now, Reference: fmt.Sprintf("R00-%04d", k.turns), Nonce: fmt.Sprintf("n%d", k.turns),
		Service: k.service,
	}
}

// callsService is one that takes calls.
var callsService = func() *rules.Service {
	before, rest, _ := strings.Cut(string(rules.DefaultProfile()), "\n  hours: {}\n")
	rest, _, _ = strings.Cut(rest, "\n  clinicians: []\n")
	_, after, _ := strings.Cut(string(rules.DefaultProfile()), "\n  clinicians: []\n")
	s, err := rules.ParseService([]byte(before + `
  hours: {Mon: ["09:30-12:00", "13:30-16:00"], Tue: ["09:30-12:00"], Thu: ["13:30-16:00"]}
` + rest + `
  clinicians: [{name: Anna Lund, slack: UANNA, rings_from: 01632 960100}, {name: Ben Ojo, slack: UBEN}]
` + after))
	if err != nil {
		panic(err)
	}
	s.Calls.Clinicians[0].Slack, s.Calls.Clinicians[1].Slack = anna.ID, ben.ID
	return s
}()

// another has somebody else book the time, or every time there is.
func (k *talk) another(when string) {
	k.t.Helper()
	booked := 0
	for n := 1; n > 0; booked += n {
		n = 0
		for _, f := range k.service.FreeCalls(k.now, k.diary, "") {
			if when == "everything" || At(f.From) == when {
				n++
				k.diary.Taken = append(k.diary.Taken, rules.Taken{Slot: f.Slot, Holder: "R99-" + strconv.Itoa(len(k.diary.Taken)), With: first(f.Who)})
			}
		}
	}
	if booked == 0 {
		k.t.Fatalf("there is no call to be had on %s", when)
	}
}

// busy has a clinician's calendar say that they have something else for an hour.
func (k *talk) busy(line string) {
	k.t.Helper()
	name, when, _ := strings.Cut(line, " is busy on ")
	from, err := time.ParseInLocation("Monday 2 January at 15:04 2006", when+k.now.Format(" 2006"), london)
	if err != nil || people[name].ID == "" {
		k.t.Fatalf("%s: %v", line, err)
	}
	busy := map[string][]rules.Span{people[name].ID: {{From: from.UTC(), To: from.UTC().Add(time.Hour)}}}
	for who, spans := range k.diary.Busy {
		busy[who] = append(busy[who], spans...)
	}
	k.diary.Busy = busy
}

// slots does to the diary what an outcome says.
func (k *talk) slots(out Outcome) {
	mine := func(t rules.Taken) bool { return t.Holder == out.GiveUp }
	if out.GiveUp != "" {
		k.diary.Taken = slices.DeleteFunc(slices.Clone(k.diary.Taken), mine)
	}
	if take := out.Take; take != nil {
		k.diary.Taken = slices.DeleteFunc(slices.Clone(k.diary.Taken), func(t rules.Taken) bool {
			return t.Holder == take.Holder && (take.Until.IsZero() || !t.Until.IsZero())
		})
		for _, t := range k.diary.Taken {
			if t.Holder != take.Holder && t.Lane == take.Lane && t.Overlaps(take.Span) {
				k.t.Fatalf("%v is taken twice", take)
			}
		}
		k.diary.Taken = append(k.diary.Taken, *take)
	}
}

// hear takes one step, with the conversation written down and read back before and after.
func (k *talk) hear(in Input) Outcome {
	k.t.Helper()
	k.turns++
	k.now = k.now.Add(20 * time.Second)
	before := k.json()
	facts := k.facts()
	if ref := About(k.c, in); ref != "" && ref == k.r.Ref {
		facts.Referral = &k.r
	}
	c, out, err := Step(k.c, in, facts)
	if err == nil && out.Look {
		if facts.Diary = &k.diary; !reflect.DeepEqual(c, k.c) {
			k.t.Fatal("looking has changed the conversation")
		}
		c, out, err = Step(k.c, in, facts)
	}
	if err != nil || out.Look {
		k.t.Fatalf("%s at %s: %v", in, k.c.Stage, err)
	}
	if after := k.json(); before != after {
		k.t.Fatalf("Step changed what it was given:\n%s", cmp.Diff(before, after))
	}
	k.c = c
	written := k.json()
	k.c = Conversation{}
	if err := json.Unmarshal([]byte(written), &k.c); err != nil {
		k.t.Fatal(err)
	}
	if r := out.Referral; r != nil && (r.Kind == KindReferral) != slices.Equal(out.Mails, []Mail{{r.Ref, WhySent}}) || r == nil && len(out.Mails) > 0 {
		k.t.Errorf("the mailbox is told %v, and what is sent is %v", out.Mails, r)
	}
	k.note(in, out)
	k.keep(&out)
	k.write(out)
	return out
}

// keep keeps what a step gives the clinicians, and does what it does to what they hold.
func (k *talk) keep(out *Outcome) {
	was := k.r
	defer func() { k.letters = Letters(&was, k.r, k.service, k.now) }()
	if sent := out.Referral; sent != nil {
		if joined := *sent; k.r.Ref == sent.Ref {
			joined = Merge(k.r, joined)
			k.r = joined
		} else {
			k.r = joined
		}
	}
	k.slots(*out)
	defer func() {
		if out.Referral != nil {
			out.Referral = &k.r // as it is stored, and its card drawn
		}
	}()
	if out.Deed != nil && out.DeedTo == k.r.Ref {
		r, done, err := Act(k.r, *out.Deed, k.facts())
		if err != nil {
			k.t.Fatal(err)
		}
		k.r = r
		k.slots(done)
		out.Posts, out.Timers = append(out.Posts, done.Posts...), append(out.Timers, done.Timers...)
	}
	k.set(out.Timers)
}

func (k *talk) set(timers []Timer) {
	for _, t := range timers {
		if t.Name == string(ActCompare) {
			continue // there is no other family here
		}
		if t.Ref != "" || strings.HasPrefix(t.Name, timerNews) {
			k.due[t.Name] = t
		}
	}
}

// people are the clinicians of transcripts.
var people = map[string]Clinician{"Anna": anna, "Ben": ben, "Cara": {ID: "U3", Name: "Cara", Lead: true}}

// deed does what a line says, with the sheet that it needs.
func (k *talk) deed(line string) {
	k.t.Helper()
	name, does, _ := strings.Cut(line, ": ")
	action, filling, _ := strings.Cut(does, " ")
	d := Deed{Action: Action(action), By: people[name]}
	k.now = k.now.Add(20 * time.Second)
	out := k.act(d)
	if s := out.Sheet; s != nil {
		d.Turn, d.Filled = s.Turn, map[string][]string{}
		k.out.WriteString("  sheet: " + s.Title + " [" + s.Submit + "]\n")
		for _, n := range s.Notices {
			k.out.WriteString("  " + strings.ReplaceAll(n, "\n", "\n  ") + "\n")
		}
		for _, i := range s.Items {
			k.out.WriteString("  " + i.Label + "\n")
			d.Filled[i.Key] = i.Initial
		}
		for pair := range strings.SplitSeq(filling, " | ") {
			if key, v, ok := strings.Cut(pair, "="); ok {
				d.Filled[key] = strings.Split(v, ",")
			}
		}
		out = k.act(d)
		for _, i := range s.Items {
			if wrong := out.Mistakes[i.Key]; wrong != "" {
				k.out.WriteString("  " + i.Label + " " + wrong + "\n")
			}
		}
	}
	k.out.WriteString("\n")
	k.tellNews()
}

func (k *talk) act(d Deed) Outcome {
	k.t.Helper()
	was := k.r
	r, out, err := Act(k.r, d, k.facts())
	if err != nil {
		k.t.Fatalf("%s: %v", d.Action, err)
	}
	k.r, k.letters = r, Letters(&was, r, k.service, k.now)
	k.slots(out)
	k.set(out.Timers)
	for _, n := range out.Notices {
		k.out.WriteString("  => to " + n.To + ": " + n.Text + "\n")
	}
	k.posted(out)
	return out
}

// invite is a call as a calendar holds it.
func invite(i Invite) string {
	what := "file for a calendar"
	if i.Cancelled {
		what = "file to take out of a calendar"
	}
	return what + ", " + strconv.Itoa(i.Sequence) + ": " + i.Summary + ", " + At(i.From) + " to " + i.To.In(london).Format("15:04")
}

func (k *talk) posted(out Outcome) {
	for _, p := range out.Posts {
		to := ""
		if p.Notify != "" {
			to = " (" + p.Notify + ")"
		}
		k.out.WriteString("  => triage channel" + to + ": " + p.Text + "\n")
	}
	for _, m := range out.Mails {
		k.out.WriteString("  => mailbox: " + string(m.Why) + "\n")
	}
	for _, l := range k.letters {
		k.out.WriteString("  => by mail to " + l.To + ": " + l.Subject + "\n     " + strings.ReplaceAll(l.Text, "\n\n", "\n     ") + "\n     (" + invite(l.Invite) + ")\n")
	}
}

// tellNews lets the chat hear the news that is due.
func (k *talk) tellNews() {
	for _, name := range slices.Sorted(maps.Keys(k.due)) {
		if strings.HasPrefix(name, timerNews) {
			delete(k.due, name)
			k.out.WriteString("> (timer " + timerNews + ")\n")
			k.hear(Input{Timer: name})
		}
	}
}

// later lets time pass, and every timer of the referral be heard in its turn.
func (k *talk) later(span string) {
	d, err := time.ParseDuration(span)
	if err != nil {
		k.t.Fatal(err)
	}
	end := k.now.Add(d)
	for {
		next := Timer{At: end.Add(1)}
		for _, name := range slices.Sorted(maps.Keys(k.due)) { // of two at once the first by name
			if t := k.due[name]; t.At.Before(next.At) && t.Name != TimerForget {
				next = t
			}
		}
		if next.Name == "" {
			break
		}
		delete(k.due, next.Name)
		k.now = next.At
		if strings.HasPrefix(next.Name, timerNews) {
			k.out.WriteString("> (timer " + timerNews + ")\n")
			k.hear(Input{Timer: next.Name})
			continue
		}
		k.out.WriteString("  (" + next.Name + " at " + clock(next.At) + ")\n")
		k.act(Deed{Action: Action(next.Name)})
	}
	k.now = end
}

func (k *talk) json() string {
	b, err := json.Marshal(k.c)
	if err != nil {
		k.t.Fatal(err)
	}
	return string(b)
}

func (k *talk) note(in Input, out Outcome) {
	audience := string(k.c.Audience)
	k.seen["stage "+string(k.c.Stage)] = true
	if f := k.c.Asked.Field; f != "" {
		k.seen["question "+audience+" "+string(f)] = true
	}
	for _, w := range k.c.Warned {
		k.seen["flag "+audience+" "+w] = true
	}
	if in.Text != "" {
		k.seen["command "+plain(in.Text)] = true
	}
	for _, r := range out.Replies {
		if r.Prompt != "" {
			k.open = r
			if k.first == "" {
				k.first = r.Prompt
			}
		}
		k.seen["said "+audience] = true
	}
	if form, ok := FormFor(k.c, k.facts()); ok {
		for _, in := range form.Inputs {
			k.seen["question "+audience+" "+string(in.Field)] = true
		}
	}
}

func (k *talk) write(out Outcome) {
	if out.Hide {
		k.out.WriteString("  (the chat is emptied)\n")
	}
	for i, r := range out.Replies {
		if i > 0 {
			k.out.WriteString("  --\n")
		}
		if r.Again == InPlace {
			k.out.WriteString("  (the same message)\n")
		} else {
			for l := range strings.SplitSeq(r.Text, "\n") {
				k.out.WriteString(strings.TrimRight("  "+l, " ") + "\n")
			}
		}
		if r.Invite != nil {
			k.out.WriteString("  (" + invite(*r.Invite) + ")\n")
		}
		var row []string
		for _, c := range r.Choices {
			if c.Ticked {
				c.Label = "✓ " + c.Label
			}
			row = append(row, "["+c.Label+"]")
		}
		for _, c := range r.Aside {
			row = append(row, "("+c.Label+")")
		}
		if r.Form {
			row = append(row, "[Open the form]")
		}
		if len(row) > 0 {
			k.out.WriteString("  " + strings.Join(row, " ") + "\n")
		}
		for _, l := range r.Links {
			k.out.WriteString("  [" + l.Label + " → " + l.URL + "]\n")
		}
	}
	for _, f := range sorted(out.Problems) {
		k.out.WriteString("  problem with " + string(f) + ": " + out.Problems[f] + "\n")
	}
	if form, ok := FormFor(k.c, k.facts()); ok && len(out.Problems) == 0 {
		k.form = form
		k.out.WriteString("  form: " + form.Title)
		for _, in := range form.Inputs {
			k.out.WriteString(" | " + string(in.Field))
		}
		k.out.WriteString("\n")
	}
	if len(out.Posts)+len(k.letters) > 0 {
		k.posted(Outcome{Posts: out.Posts})
	}
	for _, a := range out.Alerts {
		k.out.WriteString("  => safety channel: " + a.Level + " " + a.Category + " from " + a.Rule + ", contact " + a.Contact + "\n")
	}
	if r := out.Referral; r != nil && r.Kind != KindDraft {
		k.out.WriteString("  => triage channel:\n")
		for _, l := range CardOf(*r, k.facts()).Lines {
			k.out.WriteString("     " + l.Label + ": " + l.Value + "\n")
		}
	}
	k.out.WriteString("\n")
}

func sorted[V any](m map[rules.Field]V) []rules.Field {
	var out []rules.Field
	for f := range m {
		out = append(out, f)
	}
	slices.Sort(out)
	return out
}
