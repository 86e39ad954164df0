package storetest

import (
	"encoding/json"
	"strconv"
	"time"

	"referralbot/dialog"
	"referralbot/rules"
	"referralbot/store"
)

// ref and otherRef are referrals of chat: a reference says in which part of the store its
// chat is.
const (
	ref      = "R22-7K3Q-F2M8-TQXB-9YRD"
	otherRef = "R22-0000-0000-0000-0000"
)

// noon is an hour of the tests' own. The store's clock has nothing to do with it.
func noon() time.Time { return time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC) }

func chat() dialog.Chat { return dialog.Chat{Platform: "telegram", ID: "1001"} }

// talk is a conversation at version, with something in every field.
func talk(version int64) *dialog.Conversation {
	return &dialog.Conversation{
		Chat: chat(), Audience: rules.Parent, Version: version, Stage: dialog.Asking, Ref: ref,
		Answers:  rules.Answers{rules.ParentName: {"Amira Example"}, rules.Needs: {"bsl", "large_print"}},
		Passed:   []rules.Field{rules.Ethnicity},
		Asked:    dialog.Prompt{ID: "7K3QF2", Field: rules.BabyDOB, Draft: []string{"2026-01-05"}, Confirming: true},
		Trail:    []rules.Field{rules.ParentName, rules.Needs},
		Changing: rules.Needs, Forms: true, Notices: []string{"Please send soon."},
		Warned: []string{"area:discuss"}, Alerted: []string{"safe_now"}, Call: true, CallTimes: "morning",
		SentAt: noon(), HeardAt: noon().Add(1500 * time.Microsecond),
	}
}

// family is a referral at version, with something in every field.
func family(version int64) *dialog.Referral {
	return &dialog.Referral{
		Ref: ref, Version: version, Kind: dialog.KindReferral, Chat: chat(), Audience: rules.Parent,
		Status:  dialog.Claimed,
		Answers: rules.Answers{rules.ParentPhone: {"07700 900123"}, rules.Concern: {"<b>feeding & sleep</b>\n“quoted”"}},
		Assessment: rules.Assessment{
			Verdicts: map[rules.Rule]rules.Verdict{rules.RuleArea: rules.Unknown},
			Needs:    map[rules.Rule][]rules.Field{rules.RuleArea: {rules.ParentPostcode}},
			Overall:  rules.Incomplete, Missing: []rules.Field{rules.ParentPostcode},
			Bands: rules.Bands{Safety: "S0", SafetyReasons: []string{}, Relational: "L1", RelationalReasons: []string{"bonding"}},
			Notes: []rules.Note{"age_near_limit"},
		},
		RuleSet: "2026-1", ReceivedAt: noon(), DueAt: noon().Add(5 * 24 * time.Hour),
		Claimant: dialog.Clinician{ID: "U1", Name: "Sam Example"}, ClaimedAt: noon().Add(time.Hour),
		CallWanted: true, Unreachable: true,
	}
}

// message is a plain delivery.
func message(destination, id string) store.Delivery {
	return store.Delivery{ID: id, Destination: destination, Kind: "reply", Body: json.RawMessage(`{"text":` + strconv.Quote(id) + `}`)}
}

// entry is a line of the audit of ref.
func entry(action string) dialog.Entry {
	return dialog.Entry{Ref: ref, At: noon(), Actor: "U1", Action: action, Detail: "web"}
}

// reminder is a timer of the conversation, due so long after noon.
func reminder(name string, after time.Duration) store.Timer {
	return store.Timer{Chat: chat(), Name: name, At: noon().Add(after)}
}

// everything is a change that has something of each sort: a conversation and a referral
// at their versions, two deliveries, two timers, two audit entries and a tally.
func (f *fixture) everything(conversation, referral int64, keys ...string) store.Change {
	return store.Change{
		Keys: keys, At: f.past,
		Conversation: talk(conversation), Referral: family(referral),
		Deliveries: []store.Delivery{message("telegram:1001", "a"), message("slack:C1", "b")},
		Timers:     []store.Timer{reminder("nudge", 0), {Ref: ref, Name: "unclaimed", At: noon()}},
		Audit:      []dialog.Entry{entry("sent"), entry("claimed")},
		Tallies:    []dialog.Tally{tally(dialog.CountSent, "", "2026-03-02")},
	}
}
