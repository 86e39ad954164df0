package rules

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// caller is a service that takes calls as calls says.
func caller(t *testing.T, calls string) *Service {
	t.Helper()
	before, rest, _ := strings.Cut(string(defaultService), "calls:\n")
	_, after, _ := strings.Cut(rest, "\n\n")
	s, err := ParseService([]byte(before + "calls: " + calls + "\n\n" + after))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

const usualCalls = `{hours: {Mon: ["09:30-11:00"], Tue: ["23:00-23:59"], Thu: ["10:00-10:30"], Fri: ["10:00-10:30"], Sun: ["00:30-03:30"]},
  length_minutes: 30, buffer_minutes: 10, notice_hours: 4, horizon_days: 8, at_once: 1, change_until_hours: 2, hold_minutes: 10, attempts: 3}`

func instant(t *testing.T, s string) time.Time {
	t.Helper()
	at, err := time.Parse("2006-01-02T15:04Z", s)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// TestFreeCalls states which slots there are around the days on which the clocks change and
// around holidays: as UTC, beside what the clocks in London show.
func TestFreeCalls(t *testing.T) {
	t.Parallel()
	s := caller(t, usualCalls)
	for _, test := range []struct {
		name, now string
		want      []string
	}{
		{"the clocks go forward on the 28th: an hour of the night is not there", "2027-03-26T12:00Z", []string{
			"2027-03-28T00:30Z Sun 00:30", // Easter Sunday, and no bank holiday; Good Friday has been today
			"2027-03-28T01:10Z Sun 02:10",
			"2027-03-28T01:50Z Sun 02:50",
			"2027-03-30T22:00Z Tue 23:00",
			"2027-04-01T09:00Z Thu 10:00",
			"2027-04-02T09:00Z Fri 10:00",
		}},
		{"before Good Friday and Easter Monday", "2027-03-24T12:00Z", []string{
			"2027-03-25T10:00Z Thu 10:00",
			"2027-03-28T00:30Z Sun 00:30",
			"2027-03-28T01:10Z Sun 02:10",
			"2027-03-28T01:50Z Sun 02:50",
			"2027-03-30T22:00Z Tue 23:00",
			"2027-04-01T09:00Z Thu 10:00",
		}},
		{"the clocks go back on the 31st: an hour of the night comes twice", "2027-10-29T12:00Z", []string{
			"2027-10-30T23:30Z Sun 00:30",
			"2027-10-31T00:10Z Sun 01:10",
			"2027-10-31T00:50Z Sun 01:50",
			"2027-10-31T01:30Z Sun 01:30",
			"2027-10-31T02:10Z Sun 02:10",
			"2027-10-31T02:50Z Sun 02:50",
			"2027-11-01T09:30Z Mon 09:30",
			"2027-11-01T10:10Z Mon 10:10",
			"2027-11-02T23:00Z Tue 23:00",
			"2027-11-04T10:00Z Thu 10:00",
			"2027-11-05T10:00Z Fri 10:00",
		}},
		{"Christmas, whose bank holidays are on the 27th and 28th", "2027-12-23T12:00Z", []string{
			"2027-12-24T10:00Z Fri 10:00",
			"2027-12-26T00:30Z Sun 00:30",
			"2027-12-26T01:10Z Sun 01:10",
			"2027-12-26T01:50Z Sun 01:50",
			"2027-12-26T02:30Z Sun 02:30",
			"2027-12-30T10:00Z Thu 10:00",
			"2027-12-31T10:00Z Fri 10:00",
		}},
		{"not sooner than the notice", "2026-11-30T05:31Z", []string{
			"2026-11-30T10:10Z Mon 10:10",
			"2026-12-01T23:00Z Tue 23:00",
			"2026-12-03T10:00Z Thu 10:00",
			"2026-12-04T10:00Z Fri 10:00",
			"2026-12-06T00:30Z Sun 00:30",
			"2026-12-06T01:10Z Sun 01:10",
			"2026-12-06T01:50Z Sun 01:50",
			"2026-12-06T02:30Z Sun 02:30",
			"2026-12-07T09:30Z Mon 09:30",
			"2026-12-07T10:10Z Mon 10:10",
			"2026-12-08T23:00Z Tue 23:00",
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, f := range s.FreeCalls(instant(t, test.now), Diary{}, "") {
				if f.To.Sub(f.From) != 30*time.Minute {
					t.Errorf("%v lasts %v", f.From, f.To.Sub(f.From))
				}
				got = append(got, f.From.UTC().Format("2006-01-02T15:04Z ")+f.From.In(london()).Format("Mon 15:04"))
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// TestFreeCallsTaken states what takes a slot and who is left for it.
func TestFreeCallsTaken(t *testing.T) {
	t.Parallel()
	const hours = `hours: {Mon: ["09:30-11:00"]}, length_minutes: 30, buffer_minutes: 10, notice_hours: 4, horizon_days: 6, change_until_hours: 2, hold_minutes: 10, attempts: 3`
	alone := caller(t, "{"+hours+", at_once: 1}")
	two := caller(t, "{"+hours+`, at_once: 1, clinicians: [{name: Anna, slack: UANNA}, {name: Ben, slack: UBEN}]}`)
	monday := func(from, to string) Span {
		return Span{instant(t, "2026-11-30T"+from+"Z"), instant(t, "2026-11-30T"+to+"Z")}
	}
	taken := func(holder, with string, lane int, s Span) Taken {
		return Taken{Slot: Slot{s, lane}, Holder: holder, With: with}
	}
	block := func(who string, free bool, s Span) Block { return Block{ID: who, Who: who, Span: s, Free: free} }
	for _, test := range []struct {
		name    string
		service *Service
		diary   Diary
		want    []string // as the clocks show it, the lane, and who
	}{
		{"nothing is taken", alone, Diary{}, []string{"09:30 0 []", "10:10 0 []"}},
		{"one call at once", alone, Diary{Taken: []Taken{taken("R1", "", 0, monday("09:30", "10:00"))}}, []string{"10:10 0 []"}},
		{"what is one's own is free", alone, Diary{Taken: []Taken{taken("mine", "", 0, monday("09:30", "10:00"))}}, []string{"09:30 0 []", "10:10 0 []"}},
		{"a call of other hours than these", alone, Diary{Taken: []Taken{taken("R1", "", 0, monday("09:45", "10:15"))}}, nil},
		{"somebody blocks it", alone, Diary{Blocks: []Block{block("UX", false, monday("10:30", "12:00"))}}, []string{"09:30 0 []"}},
		{"somebody adds to it", alone, Diary{Blocks: []Block{block("UX", true, monday("10:50", "12:00"))}},
			[]string{"09:30 0 []", "10:10 0 []", "10:50 0 [UX]", "11:30 0 [UX]"}},
		{"two are free", two, Diary{}, []string{"09:30 0 [UANNA UBEN]", "10:10 0 [UANNA UBEN]"}},
		{"who has fewer comes first", two, Diary{Taken: []Taken{taken("R1", "UANNA", 0, monday("10:10", "10:40"))}},
			[]string{"09:30 0 [UBEN UANNA]", "10:10 1 [UBEN]"}},
		{"one's own counts for nobody", two, Diary{Taken: []Taken{taken("mine", "UANNA", 0, monday("10:10", "10:40"))}},
			[]string{"09:30 0 [UANNA UBEN]", "10:10 0 [UANNA UBEN]"}},
		{"two calls at once and no more", two, Diary{Taken: []Taken{taken("R1", "UANNA", 1, monday("10:10", "10:40")), taken("R2", "UBEN", 0, monday("10:10", "10:40"))}},
			[]string{"09:30 0 [UANNA UBEN]"}},
		{"one is busy, and the call of the other stands", two,
			Diary{Busy: map[string][]Span{"UANNA": {monday("09:00", "09:31")}}, Taken: []Taken{taken("R1", "UBEN", 1, monday("09:30", "10:00"))}},
			[]string{"10:10 0 [UANNA UBEN]"}},
		{"all are away", two, Diary{Busy: map[string][]Span{"UANNA": {monday("09:00", "12:00")}}, Blocks: []Block{block("UBEN", false, monday("09:00", "10:20"))}}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, f := range test.service.FreeCalls(instant(t, "2026-11-29T12:00Z"), test.diary, "mine") {
				got = append(got, fmt.Sprint(f.From.In(london()).Format("15:04 "), f.Lane, " ", f.Who))
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// TestCallsProfile reports everything that is wrong with the calls of a profile at once, and
// repeats no address of a calendar.
func TestCallsProfile(t *testing.T) {
	t.Parallel()
	before, rest, _ := strings.Cut(string(defaultService), "calls:\n")
	_, after, _ := strings.Cut(rest, "\n\n")
	_, err := ParseService([]byte(before + `calls: {hours: {Mon: ["9-12"], Funday: ["09:00-12:00", "11:00-13:00"], Tue: [], Wed: ["09:00-09:10"]},
  length_minutes: 30, clinicians: [{name: "", slack: anna, calendars: ["ftp://secret.example/x", "http://secret.example/x", "http://127.0.0.1:1/x", "webcal://secret.example/x"]}, {name: A, slack: UANNA}, {name: B, slack: UANNA}]}` + "\n\n" + after))
	if err == nil {
		t.Fatal("taken as it is")
	}
	for _, want := range []string{
		`calls.hours: "Funday"`, `calls.hours.Funday: 11:00-13:00 begins before`, `calls.hours.Mon: "9-12"`, "calls.hours.Tue: missing", "calls.hours.Wed: 09:00-09:10 is shorter",
		"calls.horizon_days", "calls.hold_minutes", "calls.attempts", "clinicians[0].name", "clinicians[0].slack", "clinicians[0].calendars[0]", "clinicians[0].calendars[1]", `clinicians[2].slack: "UANNA" stands twice`,
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not in\n%v", want, err)
		}
	}
	if strings.Contains(err.Error(), "secret.example") || strings.Contains(err.Error(), "calendars[2]") || strings.Contains(err.Error(), "calendars[3]") {
		t.Errorf("an address is repeated:\n%v", err)
	}
	if said := fmt.Sprintf("%v %+v %#v %s", CallClinician{Calendars: []Secret{"https://secret.example"}}, Secret("secret.example"), Secret("secret.example"), Secret("secret.example")); strings.Contains(said, "secret.example") {
		t.Errorf("an address is shown: %s", said)
	}
}
