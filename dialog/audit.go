package dialog

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"sync"
	"time"

	"referralbot/rules"
)

// Entry is one line of the audit: who did what to which referral, and when. It has no
// clinical content and no name of a parent. All was done that an entry says, unless its Result
// is Failure.
type Entry struct {
	// ID is unique, and the same however often the change is made anew.
	ID     string    `json:"id,omitempty"`
	Ref    string    `json:"ref"`
	At     time.Time `json:"at"`    // UTC
	Actor  string    `json:"actor"` // "referrer", "service", or the clinician's or operator's id
	Role   Role      `json:"role,omitempty"`
	Auth   string    `json:"auth,omitempty"` // how it was known who they are: Role.Auth
	Action string    `json:"action"`         // sent, claimed, released, opened, refused, alerted, acknowledged, escalated, deleted …
	Detail string    `json:"detail,omitempty"`
	// Channel is where it was done, such as "slack", or "" for nowhere but in the service.
	Channel string `json:"channel,omitempty"`
	// Result is Success or Failure. Entries of before there were results have none: of those
	// only what was refused has not been done.
	Result string `json:"result,omitempty"`
	// Before and After are sums of the referral as it was and as it is, "" where there was or is
	// none. They are the same where it was only read, and in all entries of one change.
	Before string `json:"before,omitempty"`
	After  string `json:"after,omitempty"`
	// RuleSet is the version of the rules by which it was read, if it was.
	RuleSet string `json:"rule_set,omitempty"`
	// QuestionSet and Consent are the versions of the questions and of the words in which
	// agreement is asked for, as they then stood for whoever refers.
	QuestionSet string `json:"question_set,omitempty"`
	Consent     string `json:"consent,omitempty"`
}

// The results of an entry.
const (
	Success = "success"
	Failure = "failure"
)

// Role is what somebody is to a referral.
type Role string

// The roles.
const (
	RoleParent       Role = "parent"
	RoleProfessional Role = "professional"
	RoleClinician    Role = "clinician"
	RoleLead         Role = "lead"
	RoleOutsider     Role = "outsider" // not one of the team
	RoleOperator     Role = "operator"
	RoleService      Role = "service" // nobody: it happened by itself
)

// auths say how it is known who somebody is.
var auths = map[Role]string{
	RoleParent:       "chat_account",
	RoleProfessional: "workspace_account",
	RoleClinician:    "channel_membership",
	RoleLead:         "channel_membership",
	RoleOutsider:     "workspace_account",
	RoleOperator:     "system_account",
}

// Auth is how it is known who somebody of the role is, "" for the service itself.
func (r Role) Auth() string { return auths[r] }

// Noted is an entry of what somebody did to a referral.
func Noted(ref string, at time.Time, actor string, role Role, action, detail string) Entry {
	return Entry{Ref: ref, At: at, Actor: actor, Role: role, Auth: role.Auth(), Action: action, Detail: detail, Result: Success}
}

// asked is e with what it is about as it stood for whoever refers.
func (e Entry) asked(a rules.Audience, ruleSet string) Entry {
	e.RuleSet, e.QuestionSet, e.Consent = ruleSet, QuestionSet(a), ConsentWording(a)
	return e
}

// roleOf is what the referrers of an audience are to their referrals.
func roleOf(a rules.Audience) Role {
	if a == rules.Professional {
		return RoleProfessional
	}
	return RoleParent
}

// versions are made of what they are of, so that they change with it and are never forgotten.
type versions struct{ questions, consent string }

var versionsOf = map[rules.Audience]func() versions{
	rules.Parent:       sync.OnceValue(func() versions { return readVersions(rules.Parent) }),
	rules.Professional: sync.OnceValue(func() versions { return readVersions(rules.Professional) }),
}

func readVersions(a rules.Audience) versions {
	questions, v := sha256.New(), voiceOf(a)
	for _, s := range table {
		if s.For(a) {
			fmt.Fprintf(questions, "%q %q %#v\n", s.Field, s.Type, v.questions[s.Field])
		}
	}
	consent := fmt.Sprintf("%#v %q", v.questions[rules.Consent], v.lines[lineConsentMore])
	return versions{short(questions.Sum(nil)), version(consent)}
}

func version(s string) string {
	sum := sha256.Sum256([]byte(s))
	return short(sum[:])
}

func short(sum []byte) string { return hex.EncodeToString(sum[:6]) }

// QuestionSet is the version of the questions as they are put to an audience. It changes with
// every word of them.
func QuestionSet(a rules.Audience) string { return versionsFor(a).questions }

// ConsentWording is the version of the words in which agreement is asked for. It changes with
// every one of them.
func ConsentWording(a rules.Audience) string { return versionsFor(a).consent }

func versionsFor(a rules.Audience) versions {
	if of, ok := versionsOf[a]; ok {
		return of()
	}
	return versions{}
}
