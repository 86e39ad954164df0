package slack

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"referralbot/bot/sim"
	"referralbot/dialog"
)

// numbered are references that tell themselves apart at a glance.
func numbered(n int) string { return fmt.Sprintf("R17-7K3Q-F2M8-TQXB-%04d", n) }

// A clinician sees what is open, page by page, and opens one of them from there, wherever they
// typed the command. Nobody else sees any of it.
func TestBoard(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sim.SlackOptions{})
	const all = 23
	for i := range all {
		w.keep(numbered(i))
	}
	for _, where := range []string{triage, "D0CLINICIANA"} {
		before := len(w.slack.Ephemerals(carys))
		w.does(w.slack.Command(carys, "/help", "")) // opens her direct messages
		w.does(w.slack.CommandIn(carys, where, "/triage", ""))
		w.until("she is shown a board", func() bool { return len(w.slack.Ephemerals(carys)) > before })
		shown := func() sim.SlackMessage { m := w.slack.Ephemerals(carys); return m[len(m)-1] }
		var seen []string
		for page := 0; ; page++ {
			m := shown()
			for i := range all {
				if strings.Contains(text(m), numbered(i)) {
					seen = append(seen, numbered(i))
				}
			}
			next := fmt.Sprintf("board%d", page+1)
			if !strings.Contains(text(m), next) {
				break
			}
			w.does(w.slack.PressMessage(carys, where, m.TS, next))
			w.until("the page is turned", func() bool { return !strings.Contains(text(shown()), next) })
		}
		slices.Sort(seen)
		if len(seen) != all || len(slices.Compact(seen)) != all {
			t.Errorf("in %s she is shown %d of %d", where, len(seen), all)
		}
		last := shown()
		open := slices.IndexFunc(last.Blocks, func(b sim.SlackBlock) bool { return b.Accessory != nil })
		opened := last.Blocks[open].ID
		w.does(w.slack.PressMessage(carys, where, last.TS, opened+"/act:open"))
		v := w.front(carys, func(v sim.View) bool { return strings.HasPrefix(opened, v.Title) })
		w.does(w.slack.CloseView(carys, v.ID))
		if n := count(w.audited(opened), "opened"); n == 0 {
			t.Error("it was not written down")
		}
		if strings.Contains(text(last), canary) {
			t.Errorf("the board says %s", text(last))
		}
	}
	if errs := w.slack.Errors(carys); len(errs) > 0 {
		t.Errorf("she saw %v", errs)
	}
}

func TestBoardIsForTheTeam(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, who string
		before    func(s *sim.Slack)
		want      string
	}{
		{"a professional", visitor, func(*sim.Slack) {}, dialog.ToClinicians.NotTheTeam},
		{"a guest", guest, func(*sim.Slack) {}, dialog.ToClinicians.NotTheTeam},
		{"unknown", carys, func(s *sim.Slack) { s.Fault("conversations.members", sim.Fault{Kind: sim.Down}) }, clinicians.NotAsked},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, sim.SlackOptions{})
			w.keep(ref)
			for _, words := range []string{"", "enter"} {
				test.before(w.slack)
				w.does(w.slack.Command(test.who, "/triage", words))
				w.until("they are told", func() bool { return strings.Contains(w.told(test.who), test.want) })
				if got := w.told(test.who); strings.Contains(got, ref) || len(w.slack.Views(test.who)) > 0 {
					t.Errorf("they are shown %s", got)
				}
			}
		})
	}
}

// What a board shows may be taken away again: whoever has left the team turns no page of it.
func TestBoardOfALeaver(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sim.SlackOptions{})
	for i := range onBoard + 1 {
		w.keep(numbered(i))
	}
	w.does(w.slack.Command(daniel, "/triage", ""))
	w.until("he is shown a board", func() bool { return strings.Contains(w.told(daniel), "board1") })
	shown := w.slack.Ephemerals(daniel)[0]
	w.slack.Leave(triage, daniel)
	w.forgotten()
	w.does(w.slack.PressMessage(daniel, shown.Channel, shown.TS, "board1"))
	w.until("he is refused", func() bool { return strings.Contains(w.told(daniel)+w.direct(daniel), "Only members") })
	w.does(w.slack.PressMessage(daniel, shown.Channel, shown.TS, numbered(0)+"/act:open"))
	w.until("he is refused again", func() bool { return count(w.audited(numbered(0)), "refused") == 1 })
	if strings.Contains(w.told(daniel), numbered(onBoard)) || len(w.slack.Views(daniel)) > 0 {
		t.Error("he was obeyed")
	}
}
