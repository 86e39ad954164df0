package dialog

import (
	"encoding/json"
	goflag "flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"referralbot/rules"
)

var update = goflag.Bool("update", false, "write the transcripts anew")

// A transcript is a conversation as a clinician would read it. Lines that begin with ">"
// are what the person does: words typed, or [a button], or old [a button of the first
// prompt], or form: field=value | field=value; in brackets before them, how it was heard. Lines that begin with two spaces are what
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
	t     testing.TB
	c     Conversation
	now   time.Time
	turns int
	open  Reply // the latest message with a prompt
	form  Form  // the form on the person's screen
	first string
	out   strings.Builder
	seen  map[string]bool // what has come up: questions, stages, flags, commands
}

func newTalk(t testing.TB) *talk {
	t.Helper()
	return &talk{
		t: t, now: time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC), seen: map[string]bool{},
		c: Conversation{Chat: Chat{Platform: "test", ID: "1"}, Audience: rules.Parent},
	}
}

func (k *talk) run(script string) string {
	forms := false
	for l := range strings.SplitSeq(strings.TrimRight(script, "\n"), "\n") {
		switch {
		case l == "" || strings.HasPrefix(l, "  "):
			continue // what came of it the last time
		case strings.HasPrefix(l, "as "):
			k.c.Audience = rules.Audience(strings.TrimPrefix(l, "as "))
		case l == "forms":
			forms = true
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
		}
		k.out.WriteString(l + "\n")
	}
	return strings.TrimRight(k.out.String(), "\n") + "\n"
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
		Service: rules.DefaultService(),
	}
}

// hear takes one step, with the conversation written down and read back before and after.
func (k *talk) hear(in Input) Outcome {
	k.t.Helper()
	k.turns++
	k.now = k.now.Add(20 * time.Second)
	before := k.json()
	c, out, err := Step(k.c, in, k.facts())
	if err != nil {
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
	k.note(in, out)
	k.write(out)
	return out
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
