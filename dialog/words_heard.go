package dialog

// heardWords are what people may type beside answers, as plain leaves it: for each thing, all the
// whole messages that mean it. A translation is one more heardWords.
type heardWords struct {
	// Commands. They mean the same wherever they are said.
	urgent, hide, talk, help, privacy, stop, delete, withdraw []string
	start, restart, back, why, skip, review, answer, status   []string

	dontKnow []string // it is not known, or not said
	maybe    string   // the word for it among those of an answer that stands for it
	goOn     []string // something that is no answer to a question in free words
	keep     []string // an answer as it is
	loss     []string // within a message: a baby who died, or a pregnancy that ended
	denying  []string // within a message: a word in it may mean the opposite

	cancel              string // a command, but where a call is shown: that call
	change, mine, yours string // before what is to be changed: "change my …", and before its title
	and                 string // between several answers
}

var heard = heardWords{
	urgent: []string{"urgent", "/urgent", "urgent help", "emergency", "999", "sos"},
	hide:   []string{"hide", "/hide", "hide this chat"},
	talk: []string{
		"human", "/human", "talk", "/talk", "talk first", "talk it over", "talk it over first",
		"i want to talk", "i want to talk to someone", "id like to talk to someone", "i need to talk to someone",
		"can i speak to someone", "can i talk to someone", "talk to someone", "talk to a person", "talk to a human",
		"speak to someone", "speak to a person", "a person", "ring me", "call me",
	},
	help:     []string{"help", "/help"},
	privacy:  []string{"privacy", "/privacy", "privacy notice"},
	stop:     []string{"stop", "/stop", "cancel", "/cancel", "quit"},
	delete:   []string{"delete", "/delete", "delete everything", "delete my answers"},
	withdraw: []string{"withdraw", "/withdraw", "take it back", "withdraw my referral", "take my referral back"},
	start:    []string{"start", "/start", "refer", "/refer", "hello", "hi"},
	restart:  []string{"start again", "restart", "/restart", "start over", "begin again"},
	back:     []string{"back", "/back", "go back"},
	why:      []string{"why", "/why", "why do you ask", "why are you asking"},
	skip:     []string{"skip", "/skip"},
	review:   []string{"review", "/review", "my answers", "check my answers", "show my answers"},
	answer:   []string{"answer", "/answer"},
	status:   []string{"status", "/status"},

	dontKnow: []string{
		"i dont know", "dont know", "dunno", "idk", "not known", "unknown", "not sure", "im not sure", "no idea",
		"id rather not say", "rather not say", "prefer not to say",
	},
	maybe: "i dont know",
	goOn:  []string{"send", "done", "next", "carry on", "continue", "yes", "no"},
	keep:  []string{"keep", "keep it"},
	loss: []string{
		"stillborn", "stillbirth", "miscarr", "my baby died", "our baby died", "baby passed away", "lost my baby",
		"lost our baby", "lost the baby", "pregnancy ended", "my baby is dead",
	},
	denying: []string{"no", "not", "dont", "never", "isnt", "arent", "cant", "wasnt", "didnt", "havent"},

	cancel: "cancel",
	change: "change ", mine: "my ", yours: "your ",
	and: " and ",
}
