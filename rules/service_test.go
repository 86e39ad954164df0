package rules

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestHome(t *testing.T) {
	t.Parallel()
	s := DefaultService()
	for postcode, want := range map[string]Home{
		"CM9 6EG": HomeIn, "CM2 9AB": HomeIn, "SS0 0AA": HomeIn, "RM20 1AA": HomeIn, "IG10 1AA": HomeIn, "CM92 1AA": HomeIn,
		"CM13 3AA": HomeIn, "CM14 5AA": HomeIn, "RM15": HomeIn, "RM15 5AA": HomeIn, "CB10 2AA": HomeIn,
		"RM15 4AA": HomeStraddle, "CM23 1AA": HomeStraddle, "CM23": HomeStraddle, "E4 7QJ": HomeStraddle, "CO8 5AA": HomeStraddle, "CM23 7AA": HomeStraddle,
		"CM23 2AA": HomeOut, "CB9 0AA": HomeOut, "E4 9AA": HomeOut, "RM1 1AA": HomeOut, "EC1A 1BB": HomeOut, "NR1 1AA": HomeOut, "E1 1AA": HomeOut,
		"private": HomeRefuge, "refuge": HomeRefuge,
		"ZZ99 3VZ": HomeUnknown, "ZZ99 3WZ": HomeUnknown, "BFPO 58": HomeUnknown, "": HomeUnknown, "CM": HomeUnknown, "CM23 1": HomeUnknown, "nonsense": HomeUnknown,
	} {
		t.Run(postcode, func(t *testing.T) {
			t.Parallel()
			if got := s.Home(postcode); got != want {
				t.Errorf("Home(%q) = %s, want %s", postcode, got, want)
			}
		})
	}
	count := map[Home]int{}
	for _, home := range s.sectors {
		count[home]++
	}
	if count[HomeStraddle] != 34 {
		t.Errorf("%d sectors straddle the border, want 34", count[HomeStraddle])
	}
	if len(s.districts) != 85 {
		t.Errorf("%d districts, want 85", len(s.districts))
	}
}

func TestDefaultService(t *testing.T) {
	t.Parallel()
	s, err := ParseService(defaultService)
	if err != nil {
		t.Fatal(err)
	}
	if s.Name != "Together with Baby" || s.Telephone != "01621 866900" || s.Mailbox != "epunft.pimhs.eput@nhs.net" ||
		s.AgeLimitMonths != 24 || s.ConfirmReceipt != (ConfirmReceipt{Days: 5, RemindOn: 3, LeadOn: 4}) || s.Retention != (Retention{DraftsDays: 14, HandedOverDays: 30}) || len(s.Councils) != 14 {
		t.Errorf("the profile is not that of the guidance: %+v", s.ConfirmReceipt)
	}
	if !strings.HasPrefix(s.Address, "Cherry Trees at St Peter's Hospital") || !strings.HasSuffix(s.Address, "CM9 6EG") {
		t.Errorf("address = %q", s.Address)
	}
	if !strings.Contains(s.Notice, "Contains OS data") {
		t.Error("the notice of the map data is missing")
	}
}

// TestResources checks that every criterion that may put a family off, and every
// situation, has somewhere else to turn for both audiences, and that nothing only
// believed is shown.
func TestResources(t *testing.T) {
	t.Parallel()
	s := DefaultService()
	for _, situation := range []string{"age", "carer", "contact", "assessment", "relationship", "availability", "loss",
		"mental-health", "crisis", "safeguarding", "domestic_abuse", "intrusive_thoughts", "birth_trauma", "substance_use"} {
		for _, a := range []Audience{Professional, Parent} {
			found := s.Resources(situation, a)
			if len(found) == 0 {
				t.Errorf("%s: nothing for a %s", situation, a)
			}
			for _, r := range found {
				if r.Grade == believed || r.LastChecked().IsZero() || !r.For(a) {
					t.Errorf("%s: a %s is given %s", situation, a, r.ID)
				}
			}
		}
	}
	if got := s.Resources("neonatal", Parent); len(got) != 0 {
		t.Errorf("neonatal: %d, want none that is more than believed", len(got))
	}
	for _, r := range s.Places {
		if strings.Contains(r.Contact, "01924") {
			t.Error("the Miscarriage Association's number of old is listed")
		}
	}
}

// TestResourcesInOrder checks who comes first: a message has room for five.
func TestResourcesInOrder(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		situation string
		audience  Audience
		want      string
	}{
		{"age", Parent, "health_visiting set_camhs"},
		{"carer", Parent, "family_rights_group"},
		{"contact", Parent, "family_rights_group"},
		{"relationship", Parent, "health_visiting pandas cry_sis home_start family_lives"},
		{"availability", Professional, "perinatal frank stars"},
		{"availability", Parent, "frank stars"},
		{"loss", Parent, "by_your_side sands tommys miscarriage_uk petals"},
		{"mental-health", Professional, "crisis_line perinatal talking_therapies apni pandas"},
		{"mental-health", Parent, "crisis_line talking_therapies apni pandas app_network"},
		{"domestic_abuse", Parent, "emergency compass domestic_abuse_helpline mens_advice_line respect"},
		{"birth_trauma", Parent, "birth_trauma"},
		{"crisis", Parent, "emergency crisis_line samaritans shout"},
	} {
		t.Run(tt.situation+"/"+string(tt.audience), func(t *testing.T) {
			t.Parallel()
			found := DefaultService().Resources(tt.situation, tt.audience)
			if got := ids(found[:min(5, len(found))]); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func ids(resources []Resource) string {
	var ids []string
	for _, r := range resources {
		ids = append(ids, r.ID)
	}
	return strings.Join(ids, " ")
}

// TestHiddenAndStale: what nobody has checked is hidden, but never the numbers for a crisis.
func TestHiddenAndStale(t *testing.T) {
	t.Parallel()
	s := &Service{Places: []Resource{
		{ID: "never", Grade: "A", With: []string{"loss"}},
		{ID: "lately", Grade: "A", Checked: "2026-05-23", With: []string{"loss"}},
		{ID: "long_ago", Grade: "B", Checked: "2026-05-22", With: []string{"loss"}},
		{ID: "believed", Grade: "C", Checked: "2026-05-23", With: []string{"loss"}},
		{ID: "crisis_never", Grade: "C", With: []string{"crisis", "loss"}},
		{ID: "crisis_long_ago", Grade: "A", Checked: "2026-05-22", With: []string{"crisis"}},
	}}
	for _, tt := range []struct {
		name string
		got  []Resource
		want string
	}{
		{"given", s.Resources("loss", Parent), "lately long_ago crisis_never"},
		{"hidden", s.Hidden(), "never believed"},
		{"stale", s.Stale(today), "long_ago crisis_never crisis_long_ago"},
	} {
		if got := ids(tt.got); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

func TestCover(t *testing.T) {
	t.Parallel()
	cover := DefaultService().Cover
	for at, want := range map[string]bool{
		"2026-11-23T08:59:59Z": false,
		"2026-11-23T09:00:00Z": true,
		"2026-11-23T16:59:59Z": true,
		"2026-11-23T17:00:00Z": false,
		"2026-07-20T08:00:00Z": true, // summer time
		"2026-11-21T12:00:00Z": false,
	} {
		when, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		if got := cover.At(when); got != want {
			t.Errorf("At(%s) = %t", at, got)
		}
	}
}

func TestOnCall(t *testing.T) {
	t.Parallel()
	filled := strings.Replace(string(defaultService), "on_call: []", "on_call: [{name: Ewa, slack: U012AB3CD}, {name: Femi, slack: W012AB3CD}]", 1)
	s, err := ParseService([]byte(filled))
	if err != nil {
		t.Fatal(err)
	}
	want := []OnCall{{"Ewa", "U012AB3CD"}, {"Femi", "W012AB3CD"}}
	if !slices.Equal(s.Cover.OnCall, want) || s.Cover.AcknowledgeWithin != 15 {
		t.Errorf("cover %+v", s.Cover)
	}
	if len(DefaultService().Cover.OnCall) > 0 {
		t.Error("the example names somebody")
	}
}

// TestParseServiceProblems checks that a bad profile is told everything at once.
func TestParseServiceProblems(t *testing.T) {
	t.Parallel()
	change := strings.NewReplacer(
		"name: Together with Baby", "nam: Together with Baby",
		"mailbox: epunft.pimhs.eput@nhs.net", "mailbox: epunft",
		`guidance: ""`, `guidance: "tel:01621 866900"`,
		"mail: {carry: reference}", "mail: {carry: everything, cary: form}",
		"age_limit_months: 24", "age_limit_months: 0",
		"{days: 5, working: false, remind_on_day: 3, tell_lead_on_day: 4}", "{days: 0, wroking: false, tell_lead_on_day: 1}",
		`{days: [Mon, Tue, Wed, Thu, Fri], from: "09:00", to: "17:00"}`, `{days: [Mo], from: "9:00", to: "09:30"}`,
		"closed: []", "closed: [2026-12-24, 2026-02-30, Christmas]",
		`leads: []`, `leads: [U012AB3CD, "<!here>"]`,
		"unclaimed_remind_working_hours: 4", "unclaimed_remind_working_hours: 0",
		"unclaimed_escalate_working_days: 1", "unclaimed_escalate_working_days: 0",
		"release_after_working_days: 1", "release_after_working_days: -1",
		`digest_at: "09:00"`, `digest_at: "9"`,
		"out_of_hours: false", "night_messages: false",
		"drafts_days: 14, handed_over_days: 30, legal_hold: false", "drafts_days: -1, legal_hld: true",
		"days: [Mon, Tue, Wed, Thu, Fri]\n", "days: [Mon, Tuesday]\n",
		"  to: \"17:00\"\n", "  to: \"8:00\"\n",
		"acknowledge_within_minutes: 15", "acknowledge_within_minutes: 0",
		"on_call: []", `on_call: [{name: "", slack: "<!channel>"}, {name: Ewa, slak: U012AB3CD}]`,
		"CM0, CM1,", "C0M, CM1,",
		"CB9: {out: [0, 1, 8, 9], straddle: [7]}", "CB9: {out: [0, 1, 8, 19], straddle: [7]}",
		"CB10: {in: [2, 9]", "CB10: {in: [1, 9]",
		"id: samaritans,", "id: emergency,",
		"contact: text SHOUT to 85258, grade: B", "contact: text SHOUT to 85258, grade: D",
		"2026-09-13", "13/09/2026",
		"with: [domestic_abuse]", "with: [abuse]",
		"audience: [professional]", "audience: [doctor]",
	)
	_, err := ParseService([]byte(change.Replace(string(defaultService))))
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{
		"nam: no such key", "name: missing", "mailbox: not an email address", "guidance: not an address on the web", "mail.carry: \"everything\" is not known", "mail.cary: no such key", "age_limit_months: want", "confirm_receipt.days: want",
		"confirm_receipt.wroking: no such key", "confirm_receipt.remind_on_day: want", "confirm_receipt.tell_lead_on_day: want",
		`working_hours.days: "Mo" is not a day`, "working_hours.from: want", "working_hours: to must be later",
		`closed: "2026-02-30" is not a day`, `closed: "Christmas" is not a day`,
		`triage.leads[1]: "<!here>" is not`, "triage.unclaimed_remind_working_hours: want a number", "triage.unclaimed_escalate_working_days: want",
		"triage.release_after_working_days: want", "triage.digest_at: want a time such", "triage.digest_at: want a time within", "triage.night_messages: no such key",
		"retention.drafts_days: want", "retention.handed_over_days: want", "retention.legal_hld: no such key", `"Tuesday" is not a day`, "cover.to: want", "cover.acknowledge_within_minutes: want",
		"cover.on_call[0].name: missing", `"<!channel>" is not a Slack member id`, "cover.on_call[1].slak: no such key", "cover.on_call[1].slack: ",
		`"C0M" is not`,
		"area.border.CB9: want sectors", "area.border.CB10: a sector stands twice", `"emergency" stands twice`, ".grade: want A, B or C",
		".last_checked: want a day", `"abuse" is no criterion`, ".audience: want professional or parent",
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("not told: %s\nin: %v", want, err)
		}
	}
}

func TestTriageProfile(t *testing.T) {
	t.Parallel()
	s := DefaultService()
	want := Triage{Leads: []string{}, RemindAfterHours: 4, EscalateAfterDays: 1, ReleaseAfterDays: 1, DigestAt: "09:00"}
	if !reflect.DeepEqual(s.Triage, want) || len(s.Closed) > 0 || s.WorkingHours.From != "09:00" || s.WorkingHours.To != "17:00" || len(s.WorkingHours.Days) != 5 {
		t.Errorf("triage %+v, working hours %+v, closed %v", s.Triage, s.WorkingHours, s.Closed)
	}
	filled := strings.NewReplacer("leads: []", "leads: [U012AB3CD, U045EF6GH]", "closed: []", "closed: [2026-12-24]", "out_of_hours: false", "out_of_hours: true")
	s, err := ParseService([]byte(filled.Replace(string(defaultService))))
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(s.Triage.Leads, []string{"U012AB3CD", "U045EF6GH"}) || !s.Triage.OutOfHours || s.Calendar().IsWorkingDay(Date{2026, 12, 24}) || !s.Calendar().IsWorkingDay(Date{2026, 12, 23}) {
		t.Errorf("triage %+v, closed %v", s.Triage, s.Closed)
	}
	late := strings.Replace(string(defaultService), "unclaimed_remind_working_hours: 4", "unclaimed_remind_working_hours: 8", 1)
	if _, err := ParseService([]byte(late)); err == nil || !strings.Contains(err.Error(), "want fewer hours") {
		t.Errorf("reminded no sooner than the lead: %v", err)
	}
}

func TestParseServiceNotYAML(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "name: [", "- a\n- b", "name: x\nage_limit_months: many", "confirm_receipt: 5", "resources: 7"} {
		if _, err := ParseService([]byte(text)); err == nil {
			t.Errorf("%q: no error", text)
		}
	}
}

func FuzzParseService(f *testing.F) {
	f.Add("name: x\narea: {border: {CM9: {in: [1]}}}")
	f.Add("resources: [{id: a, with: [b]}]")
	f.Fuzz(func(t *testing.T, text string) {
		if s, err := ParseService([]byte(text)); (s == nil) == (err == nil) {
			t.Fatalf("service %v, error %v", s, err)
		}
	})
}

// TestPage checks what is taken for an address on the web.
func TestPage(t *testing.T) {
	t.Parallel()
	for contact, want := range map[string]string{
		"petalscharity.org":                "https://petalscharity.org",
		"eput.nhs.uk/byyourside":           "https://eput.nhs.uk/byyourside",
		"https://example.org/a-b/c_d.html": "https://example.org/a-b/c_d.html",
		"116 123":                          "",
		"tel:116123":                       "",
		"999":                              "",
		"someone@example.org":              "",
		"search nhs.uk for \"talking therapies\"": "",
		"http://example.org":                      "",
		"example.org/refer?family=1":              "",
		"example.org:8080":                        "",
		"0800 0147 800, Monday to Friday 9 to 5":  "",
		"example.org/ javascript:alert(1)":        "",
	} {
		if got := (Resource{Contact: contact}).Page(); got != want {
			t.Errorf("%q opens %q, want %q", contact, got, want)
		}
	}
}
