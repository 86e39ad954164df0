package dialog

import (
	"testing"
	"time"

	"referralbot/rules"
)

// TestNaming finds what may say who a family is in the ways in which people write it, and leaves
// alone what clinicians say to each other all day.
func TestNaming(t *testing.T) {
	t.Parallel()
	facts := Facts{Now: time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC), Service: rules.DefaultService()}
	const ours, others = "R17-7K3Q-F2M8-TQXB-9YRD", "R02-AAAA-BBBB-CCCC-DDDD"
	open := []Referral{
		{Ref: others, Answers: rules.Answers{rules.ParentName: {"Grace Long"}, rules.EDD: {"2027-02-03"}, rules.BabiesNames: {"Ada", "Bo"}}},
		{Ref: ours, Answers: rules.Answers{
			rules.ParentName: {"Zanzibar O’Quill"}, rules.BabyName: {"Xerxes"}, rules.ParentAddress: {"12 Acacia Avenue, Maldon"},
			rules.ParentGP: {"Canarygate Surgery"}, rules.ReferrerEmail: {"helen.marsh@example.nhs.uk"}, rules.SocialWorker: {"Sam Rivers"},
		}},
	}
	for _, test := range []struct {
		words string
		named bool
		ref   string
	}{
		{"Zanzibar rang back", true, ours},
		{"I spoke to zanzibar o'quill today", true, ours},
		{"Is Xerxes’s health visitor coming?", true, ours},
		{"xerxes", true, ours},
		{"they are at 12 acacia avenue", true, ours},
		{"registered with Canarygate Surgery", true, ours},
		{"write to Helen.Marsh@example.nhs.uk", true, ours},
		{"Rivers is the social worker", true, ours},
		{"Grace is next", true, others},
		{"Ada sleeps", true, others},
		{"due on 3 February 2027", true, others},
		{"due 03/02/2027", true, others},
		{"ring her on 07700 900123", true, ""},
		{"ring +44 1632 960 199 after ten", true, ""},
		{"NHS 999 000 0018", true, ""},
		{"9990000018?", true, ""},
		{"she lives in SS1 1AA", true, ""},
		{"ss11aa", true, ""},
		{"dob 20/6/2026", true, ""},
		{"born on the 20th of June 2026", true, ""},
		{"mum 11.02.96", true, ""},
		{"1996-02-11", true, ""},

		{ours + " needs somebody today", false, ""},
		{"and r17-7k3q-f2m8-tqxb-9yrd too", false, ""},
		{"it has been a long day, and by her good grace it ends", false, ""},
		{"I can take two more, team meeting on Tuesday at 10:30", false, ""},
		{"supervision is on 1/12/2026", false, ""},
		{"my extension is 4521, room 12, page 24/7", false, ""},
		{"999 if it is urgent", false, ""},
		{"I will claim it after lunch, may I?", false, ""},
		{"👍", false, ""},
		{"", false, ""},
	} {
		ref, named := Naming(test.words, open, facts)
		if named != test.named || ref != test.ref {
			t.Errorf("%q: %t %q, want %t %q", test.words, named, ref, test.named, test.ref)
		}
	}
	if _, named := Naming("Zanzibar rang back", nil, facts); named {
		t.Error("a name that nobody has was found")
	}
	for _, field := range []rules.Field{rules.ParentName, rules.ParentDOB, rules.ParentNHSNumber, rules.ParentAddress, rules.ParentPostcode, rules.ParentPhone,
		rules.ParentGP, rules.BabyName, rules.BabyDOB, rules.BabiesNames, rules.SocialWorker, rules.ReferrerName, rules.ReferrerPhone, rules.ReferrerEmail} {
		for _, answer := range secrets[field] {
			if _, named := Naming("so it is "+answer+", is it?", []Referral{{Ref: ours, Answers: secrets}}, facts); !named {
				t.Errorf("an answer to %s was not found", field)
			}
		}
	}
}
