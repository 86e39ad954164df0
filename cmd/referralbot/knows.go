package main

import (
	"context"
	"slices"

	"referralbot/bot/slack"
	"referralbot/dialog"
	"referralbot/rules"
)

// knows is what the bot knows from one person, and what it makes of it.
type knows struct {
	Stage    dialog.Stage  `json:"stage"`
	Ref      string        `json:"ref"`
	Status   dialog.Status `json:"status"`   // of the referral, "" while nobody holds one
	Claimant string        `json:"claimant"` // who holds it
	Told     []dialog.Told `json:"told"`
	Criteria []criterion   `json:"criteria"`
	Missing  []string      `json:"missing"`
	Risk     []sign        `json:"risk"`
	Bands    rules.Bands   `json:"bands"`
	Notes    []string      `json:"notes"`
	Overall  rules.Verdict `json:"overall"`
}

// criterion is one criterion and what it says of the answers so far.
type criterion struct {
	Title     string        `json:"title"`
	Verdict   rules.Verdict `json:"verdict"`
	Source    string        `json:"source"` // the guidance's own words
	Sentences string        `json:"sentences"`
	Needs     []string      `json:"needs"` // what would settle it
}

// sign is a sign of risk, and who looks into it.
type sign struct {
	Category     string `json:"category"`
	Level        string `json:"level"`
	Acknowledged string `json:"acknowledged"`
}

// knows reads what is stored of chat, as the bot would.
func (d *demo) knows(ctx context.Context, chat dialog.Chat) knows {
	c, err := d.store.Conversation(ctx, chat)
	if err != nil {
		return d.appraise(dialog.Conversation{Chat: chat})
	}
	k := d.appraise(c)
	if r, err := d.store.Referral(ctx, c.Ref); c.Ref != "" && err == nil {
		k.Status, k.Claimant = r.Status, r.Claimant.Name
		for _, a := range r.Alerts {
			k.Risk = append(k.Risk, sign{a.Category, a.Level, a.Acknowledged.Name})
		}
	}
	return k
}

// appraise is what there is to know of c alone.
func (d *demo) appraise(c dialog.Conversation) knows {
	audience := c.Audience
	if audience == "" {
		audience = rules.Parent
		if c.Chat.Platform == slack.Platform {
			audience = rules.Professional
		}
	}
	asked := rules.Case{Audience: audience, Today: rules.DateOf(d.clock.now()), Answers: c.Answers, Service: rules.DefaultService(), Heard: c.Heard}
	a := rules.Assess(asked)
	k := knows{Stage: c.Stage, Ref: c.Ref, Told: dialog.Tell(asked), Missing: titles(a.Missing), Risk: []sign{}, Bands: a.Bands, Overall: a.Overall, Notes: []string{}}
	for _, n := range a.Notes {
		k.Notes = append(k.Notes, rules.NoteMeaning(n))
	}
	for _, c := range rules.Criteria() {
		k.Criteria = append(k.Criteria, criterion{c.Title, a.Verdicts[c.Rule], c.Source, c.Sentences, titles(a.Needs[c.Rule])})
	}
	return k
}

// titles are what clinicians call fields, each once.
func titles(fields []rules.Field) []string {
	out := []string{}
	for _, f := range fields {
		if t := dialog.Title(f); !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	return out
}
