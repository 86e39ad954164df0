package dialog

import (
	"maps"
	"slices"
	"time"

	"referralbot/rules"
)

// Change is what has become of one answer, without what it says.
type Change struct {
	Field rules.Field `json:"field"`
	// Action is what the audit calls it: answered, edited or cleared.
	Action string    `json:"action"`
	At     time.Time `json:"at"` // UTC
}

// mostUnwritten is how many changes a draft carries with it.
const mostUnwritten = 100

// write notes for the audit which answers this turn has changed. Those of a draft that nobody
// else has wait in it until it is sent, a call is asked for or an alert raised, so that of what is
// deleted before nothing is left. Whether somebody is in a private place is asked again and
// again, and says nothing of a family.
func (t *turn) write() {
	both := rules.Answers{}
	maps.Copy(both, t.before)
	maps.Copy(both, t.c.Answers)
	delete(both, rules.Private)
	for _, f := range slices.Sorted(maps.Keys(both)) {
		if was, is := t.before[f], t.c.Answers[f]; !slices.Equal(was, is) {
			t.c.Unwritten = append(slices.Clip(t.c.Unwritten), Change{f, changed(was, is), t.f.Now})
		}
	}
	alone := t.c.Unsent() && !t.c.Held && len(t.c.Alerted) == 0 && len(t.c.Unwritten) <= mostUnwritten
	if alone && !t.audited(t.c.Ref) {
		return
	}
	after := t.out.Audit
	t.out.Audit = nil
	for _, c := range t.c.Unwritten {
		t.auditAt(c.At, t.c.Ref, c.Action, string(c.Field))
	}
	t.out.Audit = append(t.out.Audit, after...)
	t.c.Unwritten = nil
}

// audited reports whether the audit is told something of a referral in this turn.
func (t *turn) audited(ref string) bool {
	return slices.ContainsFunc(t.out.Audit, func(e Entry) bool { return e.Ref == ref })
}

// changed is what the audit calls it that an answer which was is now another.
func changed(was, is []string) string {
	switch {
	case len(was) == 0:
		return "answered"
	case len(is) == 0:
		return "cleared"
	}
	return "edited"
}
