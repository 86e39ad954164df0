package rules

import (
	_ "embed"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
)

// Service is a service's own particulars: what it may change without a release. It is
// read once and never changed.
type Service struct {
	Name      string `yaml:"name"`
	Team      string `yaml:"team"`
	Provider  string `yaml:"provider"`
	Address   string `yaml:"address"`
	Telephone string `yaml:"telephone"`
	Mailbox   string `yaml:"mailbox"`
	// Guidance is the address of the page that tells professionals whom to refer, "" for none.
	Guidance string `yaml:"guidance"`
	Mail     Mail   `yaml:"mail"`
	// CrisisLine says how the region's crisis line is reached.
	CrisisLine string `yaml:"crisis_line"`
	// AgeLimitMonths is the oldest a baby may be; the birthday itself is not over it.
	AgeLimitMonths int            `yaml:"age_limit_months"`
	ConfirmReceipt ConfirmReceipt `yaml:"confirm_receipt"`
	WorkingHours   Hours          `yaml:"working_hours"`
	// Closed are days on which the service does not work, beside the bank holidays.
	Closed    []string  `yaml:"closed"`
	Calls     Calls     `yaml:"calls"`
	Triage    Triage    `yaml:"triage"`
	Retention Retention `yaml:"retention"`
	Cover     Cover     `yaml:"cover"`
	Councils  []string  `yaml:"councils"` // of the area
	Area      Area      `yaml:"area"`
	// Notice is the attribution that the data of the area asks for.
	Notice string `yaml:"notice"`
	// Places is everything known of where else people can turn; Resources chooses.
	Places []Resource `yaml:"resources"`

	districts map[string]Home // by outward code, "CM23"
	sectors   map[string]Home // by "CM23 1"
}

// ConfirmReceipt is the promise that a person confirms receipt within so many days, the
// day of receipt being day 0.
type ConfirmReceipt struct {
	Days    int  `yaml:"days"`
	Working bool `yaml:"working"` // only the working days of the service count
	// RemindOn is the day on which the channel is reminded, LeadOn that on which the leads are
	// told.
	RemindOn int `yaml:"remind_on_day"`
	LeadOn   int `yaml:"tell_lead_on_day"`
}

// Hours are times of certain days of the week, in Europe/London.
type Hours struct {
	Days []string `yaml:"days"` // Mon, Tue, …
	From string   `yaml:"from"` // "09:00"
	To   string   `yaml:"to"`   // "17:00": no longer from then on
}

// Triage is how the team is kept at it. All of it counts in the working hours.
type Triage struct {
	// Leads are the Slack member ids of those who are told when the team is late and may give
	// any referral to another clinician.
	Leads []string `yaml:"leads"`
	// A referral that nobody has claimed is brought to mind after so many working hours,
	// and to the leads after so many working days.
	RemindAfterHours  int `yaml:"unclaimed_remind_working_hours"`
	EscalateAfterDays int `yaml:"unclaimed_escalate_working_days"`
	// ReleaseAfterDays is after how many working days without action a claim is given back.
	ReleaseAfterDays int `yaml:"release_after_working_days"`
	// DigestAt is when on each working day what is open is summed up: "09:00".
	DigestAt string `yaml:"digest_at"`
	// OutOfHours says that the team may be told things at night and on closed days too.
	OutOfHours bool `yaml:"out_of_hours"`
}

// Mail is how the mailbox is told of referrals.
type Mail struct {
	// Carry says what a mail may have in it: CarryForm or, as is taken where nothing is said,
	// CarryReference.
	Carry string `yaml:"carry"`
}

// What a mail to the mailbox may have in it.
const (
	CarryForm      = "form"      // the whole referral, as a form
	CarryReference = "reference" // its reference and its dates, and nothing of the family
)

// Retention is how long what people tell is kept here.
type Retention struct {
	// DraftsDays is how many days after its last message a draft is erased.
	DraftsDays int `yaml:"drafts_days"`
	// HandedOverDays is how many days after it was taken back a referral is erased.
	HandedOverDays int `yaml:"handed_over_days"`
	// LegalHold says that nothing may be erased, by the clock or by an operator. What
	// people delete of their own drafts is theirs to delete.
	LegalHold bool `yaml:"legal_hold"`
}

// Cover is when somebody watches the alerts, in Europe/London.
type Cover struct {
	Days []string `yaml:"days"` // Mon, Tue, …
	From string   `yaml:"from"` // "09:00"
	To   string   `yaml:"to"`   // "17:00": nobody from then on
	// Example says that the hours are not the service's own yet.
	Example bool `yaml:"example"`
	// AcknowledgeWithin is after how many minutes an alert that nobody has acknowledged is
	// passed on to the next of OnCall, and after the last of them is told again to all.
	AcknowledgeWithin int      `yaml:"acknowledge_within_minutes"`
	OnCall            []OnCall `yaml:"on_call"`
}

// OnCall is somebody to whom an alert is passed on.
type OnCall struct {
	Name  string `yaml:"name"`  // as colleagues know them
	Slack string `yaml:"slack"` // their member id, such as U012AB3CD
}

// At reports whether somebody watches at t.
func (c Cover) At(t time.Time) bool {
	t = t.In(london())
	clock := t.Format("15:04")
	return slices.Contains(c.Days, t.Format("Mon")) && c.From <= clock && clock < c.To
}

// Area is the area that the service covers, by postcode.
type Area struct {
	Inside []string           `yaml:"inside"` // districts, such as "CM9"
	Border map[string]Sectors `yaml:"border"` // districts that the border runs through
}

// Sectors says how the sectors of one district lie, each by its digit.
type Sectors struct {
	In       []int `yaml:"in"`
	Out      []int `yaml:"out"`
	Straddle []int `yaml:"straddle"`
}

// Resource is somewhere else to turn.
type Resource struct {
	ID      string `yaml:"id"`
	Name    string `yaml:"name"`
	Purpose string `yaml:"for"`
	Contact string `yaml:"contact"` // a number with its hours, or an address on the web
	// Grade is A for seen on the organisation's own or a public body's page, B for seen
	// elsewhere, C for only believed.
	Grade string `yaml:"grade"`
	// Checked is the day on which somebody last saw that it is right, "" for never.
	Checked string `yaml:"last_checked"`
	// With are the criteria and situations it goes with.
	With []string `yaml:"with"`
	// Audience is who may be given it; empty is everybody.
	Audience []Audience `yaml:"audience"`
}

// For reports whether the resource may be given to a.
func (r Resource) For(a Audience) bool {
	return len(r.Audience) == 0 || slices.Contains(r.Audience, a)
}

// LastChecked returns the day on which somebody last saw that it is right; zero for never.
func (r Resource) LastChecked() Date {
	d, _ := ParseISODate(r.Checked)
	return d
}

// Resources returns what may be given to a and goes with a criterion or a situation, in the
// profile's order.
func (s *Service) Resources(situation string, a Audience) []Resource {
	var found []Resource
	for _, r := range s.Places {
		if r.shown() && r.For(a) && slices.Contains(r.With, situation) {
			found = append(found, r)
		}
	}
	return found
}

// Page returns the URL of the resource's page if its contact is an address on the web, else "".
func (r Resource) Page() string { return webPage(r.Contact) }

// GuidancePage returns the URL of the page that tells professionals whom to refer, "" for none.
func (s *Service) GuidancePage() string { return webPage(s.Guidance) }

// webPage returns the URL that words stand for, "" if they are no address on the web. What comes
// after a question mark is for one visitor, so an address has none.
func webPage(words string) string {
	if !webForm.MatchString(words) {
		return ""
	}
	return "https://" + strings.TrimPrefix(words, "https://")
}

var webForm = regexp.MustCompile(`^(?:https://)?(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/[A-Za-z0-9._~/-]*)?$`)

// Shown returns the resources that people may be given.
func (s *Service) Shown() []Resource {
	var shown []Resource
	for _, r := range s.Places {
		if r.shown() {
			shown = append(shown, r)
		}
	}
	return shown
}

// shown reports whether people may be given r: somebody has seen that it is right, or
// without it nobody would be left to call.
func (r Resource) shown() bool {
	return slices.Contains(r.With, crisis) || r.Grade != believed && r.Checked != ""
}

// Hidden returns the resources that nobody is given until somebody has checked them.
func (s *Service) Hidden() []Resource {
	var hidden []Resource
	for _, r := range s.Places {
		if !r.shown() {
			hidden = append(hidden, r)
		}
	}
	return hidden
}

// Stale returns the resources that people are given though nobody has checked them in the
// six months before today.
func (s *Service) Stale(today Date) []Resource {
	var old []Resource
	for _, r := range s.Places {
		checked := r.LastChecked()
		if r.shown() && (checked.IsZero() || checked.AddMonths(staleMonths).Compare(today) < 0) {
			old = append(old, r)
		}
	}
	return old
}

const (
	believed    = "C"
	crisis      = "crisis" // the situation whose resources are never hidden
	staleMonths = 6
)

//go:embed service.yaml
var defaultService []byte

var parseDefault = sync.OnceValue(func() *Service {
	s, err := ParseService(defaultService)
	if err != nil {
		panic(err) // a test reads the embedded profile
	}
	return s
})

// DefaultService returns the embedded profile, that of Together with Baby.
func DefaultService() *Service { return parseDefault() }

// DefaultProfile returns the embedded profile as it is written, for a service to make its
// own of.
func DefaultProfile() []byte { return slices.Clone(defaultService) }

// place fills the look-ups by postcode.
func (s *Service) place() {
	s.districts = make(map[string]Home)
	s.sectors = make(map[string]Home)
	for district, sectors := range s.Area.Border {
		s.districts[district] = HomeStraddle
		for home, digits := range map[Home][]int{HomeIn: sectors.In, HomeOut: sectors.Out, HomeStraddle: sectors.Straddle} {
			for _, digit := range digits {
				s.sectors[district+" "+string(rune('0'+digit))] = home
			}
		}
	}
	for _, district := range s.Area.Inside {
		s.districts[district] = HomeIn
	}
}
