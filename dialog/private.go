package dialog

import (
	"time"

	"referralbot/rules"
)

// privateFor is how long a parent's word that they are somewhere private is relied on.
const privateFor = 30 * time.Minute

// lapse veils what a parent comes back to after so long that somebody else may hold the phone, and
// reports whether what they say is set aside until they have said again that they are somewhere
// private. Urgent help is there for anybody, and so is all else that may be asked for at any time, as
// far as it shows nothing.
func (t *turn) lapse(in Input) bool {
	if in.Timer != "" || t.c.Audience != rules.Parent || !t.c.Answers.Has(rules.Private) || t.c.HeardAt.IsZero() || t.f.Now.Sub(t.c.HeardAt) < privateFor {
		return false
	}
	t.veil()
	t.back = true
	do, always := command(plain(in.Text))
	return !(do != nil && always) && !(in.Press != nil && ever(in.Press.Choice) != nil)
}

// veil forgets that they are somewhere private: until they have said so again nothing that
// is kept is shown, not even that there is something.
func (t *turn) veil() {
	t.c.Changing = ""
	t.set(t.c.Answers.Without(rules.Private))
}

// veiled reports whether a parent of whom something is kept has yet to say so.
func (t *turn) veiled() bool {
	return t.c.Audience == rules.Parent && len(t.c.Answers) > 0 && !t.c.Answers.Has(rules.Private)
}

// telling are the stages that show something of what is kept.
var telling = []Stage{Greeting, Warning, Reviewing, Recalling, Sent}

// hide leaves nothing in the chat but one bland line. What professionals say is in their
// service's own chats, and stays.
func (t *turn) hide() {
	t.lead = []string{t.line(lineHidden)}
	if t.c.Audience == rules.Parent {
		t.veil()
		t.retire()
		t.out.Hide, t.out.Retire = true, nil // the buttons go with everything else
	}
	if t.c.Stage != Stopped {
		t.move(evStop)
	}
}
