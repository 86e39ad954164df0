package main

import (
	"encoding/base64"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"referralbot/bot/sim"
	"referralbot/rules"
)

// calendarRead has vobject validate a calendar, and returns its lines: its method, and of its
// call the sequence and the words.
func calendarRead(t *testing.T, calendar string) (method, sequence, summary string) {
	t.Helper()
	if strings.Count(calendar, "\n") != strings.Count(calendar, "\r\n") {
		t.Errorf("a line does not end in CRLF:\n%q", calendar)
	}
	values := map[string]string{}
	for line := range strings.SplitSeq(calendar, "\r\n") {
		name, value, _ := strings.Cut(line, ":")
		values[name] = value
	}
	const python = "/usr/bin/python3"
	if exec.Command(python, "-c", "import vobject").Run() == nil {
		cmd := exec.Command(python, "-W", "ignore", "../../bot/calendar/testdata/validate.py")
		cmd.Stdin = strings.NewReader(calendar)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("vobject: %v\n%s\nof\n%s", err, out, calendar)
		}
	} else if t.Log("NOT TESTED with vobject, which is not installed (python3-vobject)"); os.Getenv("CI") != "" {
		t.Error("vobject is not installed: apt-get install python3-vobject")
	}
	return values["METHOD"], values["SEQUENCE"], values["SUMMARY"]
}

// TestParentHasTheCallAsAFile takes a call as a file, and is given another when the call is
// changed and when it is cancelled. It says nothing of what the call is about.
func TestParentHasTheCallAsAFile(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sim.SlackOptions{})
	w.profile = callsProfile(t)
	w.serve(t)
	w.asks(t, "hello", "Are you somewhere private")
	w.asks(t, "[Yes, go on]", "Can we keep your answers")
	w.asks(t, "human", "What is the best number?")
	offered := w.asks(t, "07700 900104", "the next times").Buttons
	w.asks(t, "["+offered[0][0].Text+"]", "Shall I book it?")
	w.asks(t, "[Yes, book it]", "Your call is booked.")
	files := func() (all []sim.TelegramMessage) {
		for _, m := range w.telegram.Messages(demoParent) {
			if m.Kind == "document" {
				all = append(all, m)
			}
		}
		return all
	}
	if n := len(files()); n > 0 {
		t.Fatalf("%d files that nobody asked for", n)
	}
	w.asks(t, "[Put it in my calendar]", "Your call is booked.")
	w.asks(t, "[Change the time]", "the next times")
	w.asks(t, "2", "Shall I book it?")
	w.asks(t, "yes", "Your call is booked.")
	w.asks(t, "[Cancel the call]", "Your call is cancelled.")
	got := files()
	if len(got) != 3 {
		t.Fatalf("%d files", len(got))
	}
	for i, want := range [][2]string{{"PUBLISH", "0"}, {"PUBLISH", "2"}, {"CANCEL", "3"}} {
		method, sequence, summary := calendarRead(t, got[i].File)
		if method != want[0] || sequence != want[1] || summary != "Phone call" || got[i].Protected {
			t.Errorf("file %d: %s %s %q:\n%s", i, method, sequence, summary, got[i].File)
		}
		for _, secret := range []string{"Together", "Carys", "referral,", "900104", "960100", "nhs"} {
			if strings.Contains(got[i].File, secret) {
				t.Errorf("file %d tells of %s:\n%s", i, secret, got[i].File)
			}
		}
	}
	if calls := w.telegram.Calls(); !slices.ContainsFunc(calls, func(c sim.Call) bool { return c.Params["document"] == "call.ics" }) {
		t.Error("the file has another name")
	}
}

// TestProfessionalIsInvited begins a referral with an address, books a call, changes and cancels
// it: each goes by mail to that address as what calendars understand. No family is in it, and no
// address in the log.
func TestProfessionalIsInvited(t *testing.T) {
	t.Parallel()
	box := newPostbox(t)
	w := newWorld(t, sim.SlackOptions{})
	w.profile, w.more = callsProfile(t), map[string]string{"SMTP_URL": box.url}
	w.serve(t)
	family := visitorReferring(rules.DateOf(time.Now()))
	address := family[rules.ReferrerEmail][0]
	d := w.people(t)
	p := filler{demo: d, pen: pen{d.plays, asVisitor}, family: family, user: sim.SlackHealthVisitor}
	var v sim.View
	ok := false
	await(t, w, "the first page", func() bool { // Slack's patience may run out on a busy machine
		v, ok = p.start(t.Context())
		return ok
	})
	for page := 0; ok && page < 2; page++ { // who refers, and who the parent is
		v, ok = p.page(t.Context(), v)
	}
	if !ok {
		t.Fatalf("no third page; log:\n%s", w.log)
	}
	if err := w.slack.CloseView(p.user, v.ID); err != nil {
		t.Fatal(err)
	}
	says := func(words, answer string) {
		t.Helper()
		before := len(w.slack.DM(p.user))
		w.slack.Say(p.user, words)
		await(t, w, answer, func() bool {
			all := w.slack.DM(p.user)
			return len(all) > before && strings.Contains(asJSON(all[before:]), answer)
		})
	}
	says("human", "These are the next times")
	says("2", "Shall I book it?")
	says("yes", "Your call is booked.")
	says("change the time", "These are the next times")
	says("3", "Shall I book it?")
	says("yes", "Your call is booked.")
	says("cancel the call", "The call is cancelled.")
	invitations := func() (all []string) {
		for _, mail := range box.kept() {
			if strings.Contains(mail, "To: <"+address+">") {
				all = append(all, mail)
			}
		}
		return all
	}
	await(t, w, "three mails", func() bool { return len(invitations()) == 3 })
	for i, want := range []struct{ subject, method, sequence string }{
		{"Call about a referral", "REQUEST", "0"}, {"Changed: call about a referral", "REQUEST", "2"}, {"Cancelled: call about a referral", "CANCEL", "3"},
	} {
		mail := invitations()[i]
		calendar := calendarIn(t, mail, want.method)
		method, sequence, summary := calendarRead(t, calendar)
		if !strings.Contains(mail, "Subject: "+want.subject) || method != want.method || sequence != want.sequence || !strings.HasPrefix(summary, `Call about a referral\, R`) ||
			!strings.Contains(strings.ReplaceAll(calendar, "\r\n ", ""), "mailto:"+address) {
			t.Errorf("mail %d: %s %s %q:\n%s\n%s", i, method, sequence, summary, mail, calendar)
		}
		for _, secret := range []string{"Marlowe", "900101", "CM9", "Helen"} {
			if strings.Contains(mail+calendar, secret) {
				t.Errorf("mail %d tells of %s:\n%s", i, secret, mail)
			}
		}
	}
	if strings.Contains(w.log.String(), address) {
		t.Errorf("the log has the address:\n%s", w.log)
	}
}

// calendarIn is the calendar in a mail, for a method.
func calendarIn(t *testing.T, mail, method string) string {
	t.Helper()
	_, part, ok := strings.Cut(mail, "Content-Type: text/calendar; method="+method)
	_, part, _ = strings.Cut(part, "\n\n")
	part, _, _ = strings.Cut(part, "\n--")
	data, err := base64.StdEncoding.DecodeString(strings.ReplaceAll(part, "\n", ""))
	if !ok || err != nil {
		t.Fatalf("no calendar (%v) in\n%s", err, mail)
	}
	return string(data)
}
