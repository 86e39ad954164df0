package dialog

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"referralbot/rules"
)

// TestArrange adds to when a clinician can be talked to and takes from it, says what is wrong with
// a sheet, and leaves alone what is of others.
func TestArrange(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 30, 9, 0, 0, 0, time.UTC)
	at := func(clock string) time.Time {
		t.Helper()
		at, err := time.Parse("2006-01-02 15:04", "2026-12-01 "+clock)
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	others := rules.Block{ID: "b0", Who: ben.ID, Span: rules.Span{From: at("10:00"), To: at("11:00")}}
	f := Facts{Now: now, Nonce: "b1", Service: callsService, Diary: &rules.Diary{Taken: []rules.Taken{
		{Slot: rules.Slot{Span: rules.Span{From: at("10:10"), To: at("10:40")}}, Holder: "R1", With: anna.ID},
	}}}
	was := Roster{Version: 3, Blocks: []rules.Block{others}}
	does := func(r Roster, filled map[string][]string) (Roster, Outcome) {
		t.Helper()
		next, out, err := Arrange(r, Deed{Action: ActArrange, By: anna, Filled: filled}, f)
		if err != nil {
			t.Fatal(err)
		}
		return next, out
	}
	_, out := does(was, nil)
	if out.Sheet == nil || !strings.Contains(strings.Join(out.Sheet.Notices, " "), "Tuesday 1 December at 10:10: R1") {
		t.Fatalf("the sheet is %+v", out.Sheet)
	}
	if strings.Contains(strings.Join(out.Sheet.Notices, " "), "subscribe") {
		t.Errorf("there is no feed: %q", out.Sheet.Notices)
	}
	f.Feed = "https://bot.example/calendar/secret.ics"
	if _, out := does(was, nil); !strings.HasSuffix(out.Sheet.Notices[len(out.Sheet.Notices)-1], "\n"+f.Feed) {
		t.Errorf("her feed is not among %q", out.Sheet.Notices)
	}
	for key, filled := range map[string]map[string][]string{
		"from": {"what": {arrangeBlock}, "day": {"2026-12-01"}, "from": {"teatime"}, "to": {"12"}},
		"to":   {"what": {arrangeBlock}, "day": {"2026-12-01"}, "from": {"12:00"}, "to": {"9.30"}},
		"day":  {"what": {arrangeBlock}, "day": {"2026-11-29"}, "from": {"9"}, "to": {"10"}},
		"what": {"what": {arrangeNothing}, "day": {"2026-12-01"}},
	} {
		if next, out := does(was, filled); out.Mistakes[key] == "" || !cmp.Equal(next, was) {
			t.Errorf("%v: mistakes %v, roster %v", filled, out.Mistakes, next)
		}
	}
	blocked, out := does(was, map[string][]string{"what": {arrangeBlock}, "day": {"2026-12-01"}, "from": {"9.30"}, "to": {"12:00"}})
	want := append([]rules.Block{others}, rules.Block{ID: "b1", Who: anna.ID, Name: anna.Name, Span: rules.Span{From: at("09:30"), To: at("12:00")}})
	if diff := cmp.Diff(want, blocked.Blocks); diff != "" {
		t.Error(diff)
	}
	if told := out.Notices[0].Text; !strings.Contains(told, "away Tuesday 1 December at 09:30 to 12:00") || !strings.Contains(told, "R1") {
		t.Errorf("told: %s", told)
	}
	if _, out := does(blocked, nil); len(out.Sheet.Items) != 5 || out.Sheet.Items[4].Options[0].Code != "b1" || len(out.Sheet.Items[4].Options) != 1 {
		t.Errorf("the sheet lists %+v", out.Sheet.Items)
	}
	cleared, _ := does(blocked, map[string][]string{"what": {arrangeNothing}, "day": {"2026-12-01"}, "remove": {"b1"}})
	if diff := cmp.Diff(was, cleared); diff != "" {
		t.Error(diff)
	}
}
