package main

import (
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite hazards.md")

// A hazard is one way in which the bot could take part in harming somebody.
type hazard struct {
	name, cause, harm string
	severity          string
	likelihood        string // with nothing done about it
	residual          string // likelihood with the controls below
	controls          []control
	missing           string // what the program does not do about it, or ""
	service           string // what stays with the service that runs it
}

// A control is something done about a hazard, and the tests that prove that it is done, as
// package.Test or package.Test/file of the package's testdata.
type control struct {
	done  string
	tests []string
}

// severities and likelihoods, mildest and rarest first, and how they are rated together:
// 1 and 2 may be accepted, 3 must be reduced or justified, 4 must be reduced, 5 may not be.
// The matrix is the one commonly quoted with DCB0129, for the safety officer to confirm.
var (
	severities  = []string{"Minor", "Significant", "Considerable", "Major", "Catastrophic"}
	likelihoods = []string{"Very low", "Low", "Medium", "High", "Very high"}
	ratings     = [][]int{
		{1, 1, 2, 2, 3},
		{1, 2, 2, 3, 4},
		{2, 2, 3, 3, 4},
		{2, 3, 3, 4, 5},
		{3, 4, 4, 5, 5},
	}
)

func rating(severity, likelihood string) int {
	return ratings[slices.Index(likelihoods, likelihood)][slices.Index(severities, severity)]
}

var hazards = []hazard{
	{
		name:  "A disclosure of suicide or self-harm is missed",
		cause: "Words the rows do not know, a voice note, a thought spread over several messages, nobody on duty.",
		harm:  "Death or serious injury of a parent.", severity: "Catastrophic", likelihood: "Medium", residual: "Low",
		controls: []control{
			{"Everybody is asked directly, and whoever names a risk is asked whether they are safe now.", []string{"dialog.TestTranscripts/parent_urgent.txt", "dialog.TestEverythingIsInATranscript"}},
			{"Every message is read for signs of risk, whatever question it answers; the last five are read as one.", []string{"rules.TestDetectRiskAgreesWithPublishedSentences", "rules.TestDetectRiskPinnedEmergencies", "rules.TestDetectRiskTogether", "dialog.TestTranscripts/parent_at_night.txt"}},
			{"What is written anew over a message is read too, and is no answer.", []string{"bot/slack.TestEditIsReadForRisk", "dialog.TestTranscripts/parent_commands.txt"}},
			{"The numbers to call stand under every question to a parent, and beside every question is a button for urgent help.", []string{"dialog.TestWandering", "dialog.TestTranscripts/parent_born.txt"}},
			{"A voice note or picture where safety is asked about counts as wanting to talk to somebody.", []string{"dialog.TestTranscripts/parent_at_night.txt"}},
			{"The card comes and people are told though the store is down.", []string{"bot.TestDangerDoesNotWaitForTheStore", "bot/telegram.TestDangerWhileTheStoreIsDown", "bot/slack.TestDangerWhileStoreIsDown", "cmd/referralbot.TestDangerWithTheStoreStopped"}},
		},
		missing: "The rows miss much of what they have not met: see the README for how much. Reading them is no substitute for a person.",
		service: "A person reads every referral; misses are reviewed every week and added to the rows. Likelihood becomes very low only with evidence of people on duty.",
	},
	{
		name:  "Harm to a baby is missed or ignored",
		cause: "As above; a parent is afraid to say; a thought is taken for an act or an act for a thought.",
		harm:  "Death or injury of a baby.", severity: "Catastrophic", likelihood: "Medium", residual: "Low",
		controls: []control{
			{"An act and a thought are told apart, and each has its own warm words.", []string{"rules.TestDetectRiskTellsActFromThought", "dialog.TestWordsToParents"}},
			{"Whoever says that a baby was shaken or hit is told that the baby must be seen today.", []string{"dialog.TestEverythingIsInATranscript"}},
			{"A professional is reminded of their own duty to safeguard, with the numbers to call.", []string{"dialog.TestTranscripts/professional_antenatal.txt", "dialog.TestTranscripts/professional_more.txt"}},
			{"Somebody's own words raise the band of the referral.", []string{"rules.TestWordsRaiseTheBand"}},
		},
		missing: "The rows miss much of what they have not met, and most of all what is only hinted at.",
		service: "A person reads every referral and acts on safeguarding procedures. Likelihood becomes very low only with evidence of people on duty.",
	},
	{
		name:  "A violent partner reads the chat",
		cause: "A shared phone, a preview on a locked screen, a message at a bad time.",
		harm:  "Violence or death.", severity: "Catastrophic", likelihood: "Medium", residual: "Low",
		controls: []control{
			{"Whether they are private is asked first, and again after half an hour's pause.", []string{"dialog.TestTranscripts/parent_at_night.txt", "dialog.TestTranscripts/parent_hide.txt"}},
			{"Hide empties the chat and leaves one bland line; what cannot be deleted is said.", []string{"dialog.TestTranscripts/parent_hide.txt", "bot.TestHideIsGivenWhatStandsInTheChat", "bot/telegram.TestHideLeavesOnlyWhatCannotBeDeleted", "bot/telegram.TestHideIsTriedAgain", "cmd/referralbot.TestHideLeavesOneBlandLine"}},
			{"Who rings and when is told by a neutral line first, and in words only once they are private.", []string{"dialog.TestTranscripts/parent_call_reminded.txt", "cmd/referralbot.TestParentBooksACall"}},
			{"Whoever comes back after half an hour is asked again before it is said when their call is, whatever they type.", []string{"dialog.TestTranscripts/parent_call_later.txt"}},
			{"No answer about safety is shown again.", []string{"dialog.TestTranscripts/parent_born.txt"}},
			{"The alert says how they may be reached, and that they must not be if they have not said so.", []string{"dialog.TestAlertTellsNobodyWhoTheyAre"}},
		},
		missing: "Screenshots, alerts on other devices and messages older than two days are beyond the bot; it says so.",
		service: "People who ring keep to the safe times and the safe number. The telephone stays an equal way in. The bot's name and picture say nothing of mental health.",
	},
	{
		name:  "An alert is raised and nobody acts",
		cause: "No cover, too many alerts, the channel muted.",
		harm:  "Help comes late.", severity: "Major", likelihood: "Medium", residual: "Low",
		controls: []control{
			{"An alert must be acknowledged by somebody; until then it is passed on from one to the next, once each, through restarts.", []string{"bot.TestUnacknowledgedAlertIsPassedOn", "bot.TestAcknowledgedAlertIsPassedOnToNobody", "bot.TestEveryAlertHasItsOwnClock", "bot/slack.TestAlertPassedOn", "bot/slack.TestWhoMayAcknowledge", "bot/slack.TestAlertAcknowledgedWhileReading", "bot.TestAlertOfAFault", "cmd/referralbot.TestAlertsOutliveTheProgram"}},
			{"No parent is let in before the service has put its own hours of cover.", []string{"cmd/referralbot.TestParentChannelNeedsCover"}},
			{"A profile whose list is empty passes it on to the whole channel.", []string{"dialog.TestNobodyOnCall"}},
			{"Outside the hours of cover the bot says before it asks that nobody watches.", []string{"rules.TestCover", "dialog.TestTranscripts/parent_at_night.txt"}},
			{"A delivery that fails is tried again.", []string{"bot.TestUncertainIsTriedAgain", "bot/slack.TestCardThroughFaults"}},
		},
		missing: "No signal is sent that the bot itself is alive; the health address must be watched.",
		service: "Hours of cover, a list of people on call, a rule for who acts, and a review of how many alerts are false.",
	},
	{
		name:  "Somebody takes a warning for a refusal",
		cause: "Wording, literacy, a mistake in the rules.",
		harm:  "No help is looked for.", severity: "Major", likelihood: "Medium", residual: "Low",
		controls: []control{
			{"Every warning offers to talk it over and to carry on; only people end a referral.", []string{"dialog.TestTranscripts/parent_warnings.txt", "dialog.TestMoves"}},
			{"No sentence rejects, judges or promises.", []string{"dialog.TestWordsToParents"}},
			{"No sentence is hard to read.", []string{"dialog.TestReadingAge"}},
			{"The criteria are those that the guidance states, sentence by sentence.", []string{"rules.TestSentences", "rules.TestLaws", "rules.TestVignettes"}},
		},
		missing: "Nobody outside the project has yet tried the words on parents.",
		service: "Words are tried with parents; every warning that ended a conversation is looked at.",
	},
	{
		name:  "An unfinished form hides a risk",
		cause: "Only complete referrals are sent.",
		harm:  "Help comes late.", severity: "Catastrophic", likelihood: "Medium", residual: "Very low",
		controls: []control{
			{"The alert is committed with the message that raised it, with no consent, no name and nothing sent.", []string{"dialog.TestAlertBeforeAnythingIsSent", "bot.TestHearCommitsBeforeItReturns"}},
			{"Whoever opens the alert reads the draft.", []string{"dialog.TestDraftFollowsTheConversation", "bot.TestDraftHasNoCardUntilItIsSent", "bot/slack.TestAlertOfADraft"}},
			{"An alert outlives the draft that it came from.", []string{"dialog.TestMergeKeepsAlerts", "dialog.TestTranscripts/professional_no_agreement.txt"}},
		},
		missing: "What an unfinished form says and the rows do not recognise is read by nobody (hazards 1 and 2).",
		service: "The duty clinician opens the alerts of drafts as they do those of referrals.",
	},
	{
		name:  "The wrong person or baby is linked",
		cause: "Names alike, twins mixed up, one parent in two chats.",
		harm:  "A wrong record, or a breach of confidence.", severity: "Major", likelihood: "Low", residual: "Very low",
		controls: []control{
			{"Each referral has a reference of its own.", []string{"bot.TestReferences", "bot.TestReferralSentAgainKeepsItsPlace"}},
			{"An NHS number is held to its check digit, and a date is said back.", []string{"rules.TestReadNHSNumber", "rules.TestReadDate", "dialog.TestTranscripts/parent_slips.txt"}},
			{"Of twins it is asked which baby it is about.", []string{"dialog.TestTranscripts/parent_warnings.txt"}},
			{"What may be the same family, or a sibling, is shown on both cards, and joined by nobody but a clinician.", []string{"dialog.TestLikeness", "dialog.TestCompare", "bot/slack.TestPerhapsTheSameFamily"}},
		},
		service: "A person traces the family in the national record before anything is filed.",
	},
	{
		name:  "Somebody can be recognised in the channel",
		cause: "A name typed by a clinician, an unfurled link, an export.",
		harm:  "A breach of confidence, or danger from a partner.", severity: "Considerable", likelihood: "High", residual: "Low",
		controls: []control{
			{"Cards and alerts are built without names, words or numbers.", []string{"dialog.TestCardTellsNobodyWhoTheyAre", "dialog.TestAlertTellsNobodyWhoTheyAre", "bot/slack.TestForgedLine"}},
			{"Whoever opens a referral must be a member of the channel, and it is noted.", []string{"bot/slack.TestOpen", "bot/slack.TestMembershipUnknown"}},
			{"Nothing personal is in a log or an error.", []string{"cmd/referralbot.TestFaultCanaries", "bot/slack.TestErrorsAreDiscreet"}},
			{"Whoever types what may say who a family is beside a card is warned, and offered a note instead.", []string{"dialog.TestNaming", "bot/slack.TestNameUnderACard", "bot/slack.TestNumberInTheChannel"}},
			{"Whatever is done to a referral, nothing that was submitted stands in the channel, in any form of writing it.", []string{"dialog.TestLaws"}},
		},
		service: "Both channels are private, their messages are kept no longer than needed, and staff are told not to write names.",
	},
	{
		name:  "A referral is lost though it was said to be sent",
		cause: "A crash, a queue, a limit of a platform.",
		harm:  "No care.", severity: "Major", likelihood: "Medium", residual: "Very low",
		controls: []control{
			{"Nothing is said to be sent before it is stored.", []string{"bot.TestHearCommitsBeforeItReturns", "bot/telegram.TestCrashBetweenCommitAndOffset", "store/sqlite.TestFaultProcessKilled", "cmd/referralbot.TestNothingIsLostWhenKilled"}},
			{"What is heard twice is heard once.", []string{"bot.TestHeardTwiceIsHeardOnce", "bot/telegram.TestYesTwiceAnswersOneQuestion"}},
			{"A card that cannot be delivered is tried again until it is.", []string{"bot/slack.TestCardThroughFaults", "bot.TestBackoffGrowsToALimit"}},
			{"A full disk or a damaged record is told, not swallowed.", []string{"store/sqlite.TestFullDisk", "store/sqlite.TestDamagedRecord"}},
		},
		service: "Backups, and every day a count of what was sent against what was filed.",
	},
	{
		name:  "The promise to confirm receipt is not kept",
		cause: "Holidays, nobody owns the referral.",
		harm:  "No help, and trust lost.", severity: "Significant", likelihood: "Medium", residual: "Low",
		controls: []control{
			{"The day is worked out once, and stands on the receipt and on the card.", []string{"rules.TestDueAt", "dialog.TestTranscripts/parent_born.txt"}},
			{"Exactly one clinician holds a referral.", []string{"bot.TestFiftyClaimsOneWinner", "cmd/referralbot.TestOneOfFiftyClaims"}},
			{"To claim a referral is not to confirm its receipt: its card says so until somebody does.", []string{"bot/slack.TestReceipt", "dialog.TestTranscripts/parent_receipt.txt", "dialog.TestTranscripts/professional_receipt.txt"}},
			{"The channel is reminded and the leads are told before the day, each once, and a breach is written down and mailed.", []string{"rules.TestClocksOverTwoYears", "rules.TestPausedClocksOverTwoYears", "dialog.TestTranscripts/professional_clocks.txt"}},
		},
		service: "A calendar of cover, and somebody who looks for referrals that nobody has claimed.",
	},
	{
		name:  "A call that was promised is not made",
		cause: "Two people are given one time, nobody takes the call, the clocks change, the clinician is away, the number is not answered.",
		harm:  "Somebody who was waiting for it gives up.", severity: "Considerable", likelihood: "Medium", residual: "Low",
		controls: []control{
			{"One time is one person's, on every store, and whoever is told that it is booked has it.", []string{"bot.TestFaultCalls", "bot.TestCallTaken", "store/redis.TestSlotCrashes"}},
			{"Times are right on the days on which the clocks change, and there are none on holidays.", []string{"rules.TestFreeCalls"}},
			{"What a clinician has else is never offered, and they see their calls where they block time.", []string{"rules.TestFreeCallsTaken", "bot/slack.TestAvailability"}},
			{"A call that nobody has claimed is told to the lead before it, and what came of it is asked after it.", []string{"dialog.TestTranscripts/professional_call_outcomes.txt", "dialog.TestTranscripts/professional_call.txt"}},
			{"Whoever has claimed a call and is away when it is moved gives it back, and who has the fewest is suggested; the person is told no name that is not so.", []string{"bot.TestCallAtWhichItsClinicianIsAway", "dialog.TestTranscripts/professional_call_away.txt"}},
			{"Who has given no number is told that nobody can ring, and how they are reached goes to whoever rings when it is said.", []string{"dialog.TestNumberOfACall", "dialog.TestTranscripts/parent_call_no_number.txt", "dialog.TestTranscripts/professional_call_no_number.txt", "dialog.TestTranscripts/parent_call_reach.txt"}},
			{"A call that does not take place is taken out of the calendar that has it.", []string{"dialog.TestTranscripts/parent_call_filed.txt", "dialog.TestLetters", "cmd/referralbot.TestWhatComesOfAParentsCalls"}},
			{"Who does not answer is told so and asked for another time, as often as the profile says.", []string{"bot/slack.TestACall", "dialog.TestTranscripts/parent_call_reminded.txt"}},
		},
		missing: "The bot does not ring, and cannot know that somebody did.",
		service: "Somebody covers the calls of a clinician who falls ill.",
	},
	{
		name:  "Age or area is worked out wrongly",
		cause: "Time zones, 29 February, midnight, postcodes out of date.",
		harm:  "Wrong advice.", severity: "Significant", likelihood: "Medium", residual: "Very low",
		controls: []control{
			{"Days are days, without hours or zones, and their edges are in tables.", []string{"rules.TestAgeBoundaries", "rules.TestDateArithmetic", "rules.TestDateOf", "dialog.TestTranscripts/parent_second_birthday.txt"}},
			{"A postcode at the border is never called outside.", []string{"rules.TestHome"}},
			{"Nothing is decided by it: a person looks.", []string{"rules.TestLaws"}},
		},
		service: "Postcodes are worked out anew from the current release of the map data.",
	},
	{
		name:  "A loss is handled badly",
		cause: "A due date that has passed, questions about a baby who died.",
		harm:  "Serious distress, and risk.", severity: "Considerable", likelihood: "Medium", residual: "Very low",
		controls: []control{
			{"After a loss nothing is asked about a baby.", []string{"rules.TestLossIsAlone", "dialog.TestTranscripts/parent_loss.txt", "dialog.TestTranscripts/professional_loss.txt"}},
			{"A due date in the past is asked about, and nothing is taken for granted.", []string{"dialog.TestTranscripts/parent_loss_no_call.txt", "dialog.TestTranscripts/parent_pregnant_overdue.txt"}},
			{"Who supports bereaved families is named at once.", []string{"rules.TestResourcesInOrder", "dialog.TestTranscripts/parent_resources.txt"}},
		},
		missing: "The words have not been read by bereaved parents.",
		service: "The words are read with bereaved parents and with the bereavement service.",
	},
	{
		name:  "Data reach a host that nobody approved, or a stranger",
		cause: "A chat platform's own servers, a token that leaks, a stolen phone.",
		harm:  "A breach of confidence.", severity: "Major", likelihood: "Medium", residual: "Low",
		controls: []control{
			{"What is said or known of a person is sealed under keys kept apart from the store, and in none of its files in the clear.", []string{"store/sqlite.TestNothingIsInTheClear", "store/seal.TestOpensOnlyAtItsPlace", "cmd/referralbot.TestWithoutTheRightKeys", "cmd/referralbot.TestFaultCanaries"}},
			{"Where home is not safe the address is in no form that is mailed.", []string{"bot/mail.TestFormTellsNobodyWhereTheyAre"}},
			{"Tokens come from the environment or from files alone, and appear nowhere.", []string{"cmd/referralbot.TestFaultCanaries", "cmd/referralbot.TestSettingsAreAllToldAtOnce"}},
			{"Only the bot's own user may read the store.", []string{"store/sqlite.TestOnlyItsUserMayRead"}},
			{"Slack takes names in a form or a direct message, never where others read.", []string{"bot/slack.TestSecluded", "bot/slack.TestSeclusionUnknown", "dialog.TestTranscripts/professional_dm.txt"}},
			{"Whoever comes back is asked whether they are private before anything is shown.", []string{"dialog.TestTranscripts/parent_hide.txt"}},
		},
		missing: "Telegram and Slack keep what is typed on servers of their own.",
		service: "An assessment of data protection, an approved host with an encrypted disk, tokens in a vault, and a decision on whether Telegram may be used at all.",
	},
	{
		name:  "A wrong or dead number is given",
		cause: "Numbers change, and nobody looks.",
		harm:  "Help in a crisis comes late.", severity: "Major", likelihood: "Medium", residual: "Low",
		controls: []control{
			{"Numbers are in the service profile with the day somebody last checked them; what nobody checked is hidden, save those for an emergency.", []string{"rules.TestResources", "rules.TestHiddenAndStale"}},
			{"check names those that are six months old, and those that are hidden.", []string{"cmd/referralbot.TestCheckNamesOldNumbers"}},
			{"In a crisis more than one way to get help is given.", []string{"rules.TestResourcesInOrder", "dialog.TestTranscripts/parent_urgent.txt"}},
		},
		missing: "The built-in days are those of research at a desk: nobody has rung the numbers. The cards for a crisis carry numbers of their own, which check does not date.",
		service: "Every number is rung before the service goes live and every six months after. With that likelihood is very low, and the rating 2.",
	},
	{
		name:  "Language or access keeps somebody out",
		cause: "English alone, dyslexia, no smartphone.",
		harm:  "Unfairness, and need that nobody meets.", severity: "Considerable", likelihood: "High", residual: "Medium",
		controls: []control{
			{"What they need to take part is asked, and told to the clinician.", []string{"rules.TestNotes", "dialog.TestTranscripts/parent_warnings.txt"}},
			{"Plain words, measured.", []string{"dialog.TestReadingAge", "dialog.TestGrade"}},
			{"The telephone is offered throughout as an equal way in.", []string{"dialog.TestTranscripts/parent_commands.txt"}},
			{"Mistyped answers are met with an example, and lose nothing.", []string{"dialog.TestTranscripts/parent_slips.txt"}},
		},
		missing: "English only. No Easy Read, and no reading aloud.",
		service: "Interpreters, Easy Read, and a report of who comes by which way. With those likelihood is low, and the rating 2.",
	},
}

// TestHazardLog: hazards.md says what the table says, and every test that it names exists.
func TestHazardLog(t *testing.T) {
	t.Parallel()
	got := hazardLog()
	const file = "hazards.md"
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s is out of date (write it with -update; -file +table):\n%s", file, diff)
	}
	tests := testsOf(t, "../..")
	for i, h := range hazards {
		if len(h.controls) == 0 || h.service == "" {
			t.Errorf("hazard %d has no control, or leaves the service nothing to do", i+1)
		}
		for _, c := range h.controls {
			if len(c.tests) == 0 {
				t.Errorf("hazard %d: nothing proves that %q", i+1, c.done)
			}
			for _, name := range c.tests {
				if !tests.has(name) {
					t.Errorf("hazard %d is said to be controlled by %s, which does not exist", i+1, name)
				}
			}
		}
	}
}

// TestHazardTestsAreFound proves that a test that is named wrongly is found out.
func TestHazardTestsAreFound(t *testing.T) {
	t.Parallel()
	tests := testsOf(t, "../..")
	for name, want := range map[string]bool{
		"dialog.TestTranscripts":                           true,
		"dialog.TestTranscripts/parent_urgent.txt":         true,
		"cmd/referralbot.TestHazardLog":                    true,
		"dialog.TestTranscripts/no_such_conversation.txt":  false,
		"dialog.TestNoSuchThing":                           false,
		"dialog.TestNoSuchThing/parent_urgent.txt":         false,
		"bot.TestTranscripts":                              false,
		"TestTranscripts":                                  false,
		"dialog.TestTranscripts/../../../bot/hear_test.go": false,
	} {
		if got := tests.has(name); got != want {
			t.Errorf("has(%q) = %t", name, got)
		}
	}
}

// tests are the tests of a module, by package.Test, and the folder that it is in.
type tests struct {
	root  string
	named map[string]bool
}

func testsOf(t *testing.T, root string) tests {
	t.Helper()
	found := tests{root, map[string]bool{}}
	err := filepath.WalkDir(root, func(file string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(file, "_test.go") {
			return err
		}
		tree, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		folder, err := filepath.Rel(root, filepath.Dir(file))
		for _, d := range tree.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil && strings.HasPrefix(f.Name.Name, "Test") && f.Name.Name != "TestMain" {
				found.named[filepath.ToSlash(folder)+"."+f.Name.Name] = true
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// has reports whether there is a test of this name, and, for package.Test/file, the file.
func (ts tests) has(name string) bool {
	pkg, under, found := strings.Cut(name, ".Test")
	test, file, _ := strings.Cut(under, "/")
	if !found || !ts.named[pkg+".Test"+test] {
		return false
	}
	if file == "" {
		return true
	}
	_, err := os.Stat(filepath.Join(ts.root, pkg, "testdata", file))
	return err == nil && path.Base(file) == file
}

// hazardLog is hazards.md.
func hazardLog() string {
	var b strings.Builder
	b.WriteString(`# Hazard log

Written by a test from the table in [hazards_test.go](hazards_test.go): do not edit it here.
A test that is named here and does not exist fails the build.

**The ratings are proposals.** The program is not certified. Whoever runs it names a clinical
safety officer, who confirms the matrix and every rating (DCB0129 for who makes it, DCB0160
for who runs it). Hazards 1 to 3 stay at 4, which must be reduced, by what software can do:
only people on duty, with evidence, bring them down. Until then the channel for parents stays
off.

A rating joins severity and likelihood: 1 and 2 may be accepted, 3 is reduced or justified,
4 must be reduced, 5 may not be.

`)
	fmt.Fprintf(&b, "| likelihood | %s |\n|---|%s\n", strings.Join(severities, " | "), strings.Repeat("---|", len(severities)))
	for i, l := range slices.Backward(likelihoods) {
		fmt.Fprintf(&b, "| %s | %s |\n", l, strings.Trim(strings.ReplaceAll(fmt.Sprint(ratings[i]), " ", " | "), "[]"))
	}
	b.WriteString("\n| | hazard | severity | at first | with the controls |\n|---|---|---|---|---|\n")
	for i, h := range hazards {
		fmt.Fprintf(&b, "| %d | %s | %s | %s: %d | %s: %d |\n", i+1, h.name, h.severity,
			h.likelihood, rating(h.severity, h.likelihood), h.residual, rating(h.severity, h.residual))
	}
	for i, h := range hazards {
		fmt.Fprintf(&b, "\n## %d. %s\n\nCause: %s\n\nHarm: %s %s.\n\n", i+1, h.name, h.cause, h.harm, h.severity)
		fmt.Fprintf(&b, "Likelihood: %s, rating %d; with the controls %s, rating %d.\n\n",
			strings.ToLower(h.likelihood), rating(h.severity, h.likelihood), strings.ToLower(h.residual), rating(h.severity, h.residual))
		for _, c := range h.controls {
			fmt.Fprintf(&b, "- %s `%s`\n", c.done, strings.Join(c.tests, "` `"))
		}
		if h.missing != "" {
			fmt.Fprintf(&b, "\nControlled only in part: %s\n", h.missing)
		}
		fmt.Fprintf(&b, "\nStays with the service: %s\n", h.service)
	}
	b.WriteString(`
## Also to be watched

No test can control these; the service looks for them.

- A referrer takes it that the bot has accepted the family.
- A professional tells the bot and makes no safeguarding call.
- Staff use the bands of a referral as thresholds.
- Somebody writes orders to a machine into their own words. The bot obeys none: it reads for risk, and nothing it reads can tell it what to do.
- Made-up families are sent to the live service, or real ones to a trial.
`)
	return b.String()
}
