package slack

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"referralbot/dialog"
)

// What one message or one view may hold.
const (
	mostInRow   = 25      // buttons of an actions block
	mostDots    = 5       // options of the menu behind three dots
	mostFields  = 10      // fields of a section
	mostMessage = 12_000  // bytes of a message's blocks; Slack refuses somewhat more
	mostBlocks  = 90      // blocks of a view, which may have 100
	mostView    = 150_000 // bytes of a view; Slack takes 250 kB
)

// paragraphs returns text in as many sections as it takes.
func paragraphs(text string) []slack.Block {
	var blocks []slack.Block
	for _, part := range split(clean(text), mostText) {
		blocks = append(blocks, slack.NewSectionBlock(plain(part, mostText), nil, nil))
	}
	return blocks
}

// remark returns a line in small type.
func remark(text string) slack.Block {
	return slack.NewContextBlock("", plain(text, mostField))
}

// heading returns a line in large type.
func heading(text string) slack.Block {
	return slack.NewHeaderBlock(plain(text, mostHeader))
}

// promptButtons returns the choices of a prompt, each carrying the prompt it belongs to.
func promptButtons(prompt string, choices []dialog.Choice) []slack.Block {
	return rows(choices, func(c dialog.Choice) (id, value string) {
		value = prompt + ":" + c.Code
		return pressPrompt + value, value
	})
}

// rowOfLinks is how the ids of rows of links begin.
const rowOfLinks = "row:" + pressLink

// linkButtons returns links as rows of buttons.
func linkButtons(links []dialog.Link) []slack.Block {
	var blocks []slack.Block
	for row := range slices.Chunk(links, mostInRow) {
		var buttons []slack.BlockElement
		for n, l := range row {
			b := button(pressLink+strconv.Itoa(n), "", l.Label, "")
			b.URL = l.URL
			buttons = append(buttons, b)
		}
		blocks = append(blocks, slack.NewActionBlock(rowOfLinks+strconv.Itoa(len(blocks)), buttons...))
	}
	return blocks
}

// actionButtons returns the actions of a referral.
func actionButtons(ref string, choices []dialog.Choice) []slack.Block {
	return rows(choices, func(c dialog.Choice) (id, value string) { return pressAction + c.Code, ref })
}

// withMenu adds a menu to the last row of buttons, or in a row of its own.
func withMenu(blocks []slack.Block, menu slack.BlockElement) []slack.Block {
	if menu == nil {
		return blocks
	}
	if len(blocks) > 0 {
		last, ok := blocks[len(blocks)-1].(*slack.ActionBlock)
		if ok && len(last.Elements.ElementSet) < mostInRow {
			last.Elements.ElementSet = append(last.Elements.ElementSet, menu)
			return blocks
		}
	}
	return append(blocks, slack.NewActionBlock("row:"+pressMenu, menu))
}

// actionMenu returns a menu of actions of a referral, each with its reference, nil if there are
// none: three dots if Slack takes so many there, else a list to choose from.
func actionMenu(ref string, choices []dialog.Choice) slack.BlockElement {
	var options []*slack.OptionBlockObject
	for _, c := range choices[:min(len(choices), mostOptions)] {
		options = append(options, slack.NewOptionBlockObject(ref+":"+c.Code, plain(c.Label, mostOption), nil))
	}
	switch {
	case options == nil:
		return nil
	case len(options) <= mostDots:
		return slack.NewOverflowBlockElement(pressMenu, options...)
	}
	return slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plain(clinicians.More, mostButton), pressMenu, options...)
}

// rows returns choices as rows of buttons.
func rows(choices []dialog.Choice, names func(dialog.Choice) (id, value string)) []slack.Block {
	var blocks []slack.Block
	for row := range slices.Chunk(choices, mostInRow) {
		var buttons []slack.BlockElement
		for _, c := range row {
			id, value := names(c)
			buttons = append(buttons, button(id, value, label(c), c.Style))
		}
		first, _ := names(row[0])
		blocks = append(blocks, slack.NewActionBlock("row:"+first, buttons...))
	}
	return blocks
}

func button(id, value, words, style string) *slack.ButtonBlockElement {
	b := slack.NewButtonBlockElement(id, value, plain(words, mostButton))
	if style == string(slack.StylePrimary) || style == string(slack.StyleDanger) {
		b.Style = slack.Style(style)
	}
	return b
}

func label(c dialog.Choice) string {
	if c.Ticked {
		return "✓ " + c.Label
	}
	return c.Label
}

// fields returns lines two by two, as a card shows them.
func fields(lines []dialog.Line) []slack.Block {
	var blocks []slack.Block
	for some := range slices.Chunk(lines, mostFields) {
		var texts []*slack.TextBlockObject
		for _, l := range some {
			texts = append(texts, plain(l.Label+"\n"+l.Value, mostField))
		}
		blocks = append(blocks, slack.NewSectionBlock(nil, texts, nil))
	}
	return blocks
}

// written returns lines one below the other, for reading, in as few sections as hold them.
func written(lines []dialog.Line) []slack.Block {
	var text strings.Builder
	for _, l := range lines {
		text.WriteString(line(l) + "\n\n")
	}
	return paragraphs(text.String())
}

// line returns one line for reading. Words of several lines stand behind a rule, so that
// nothing typed can be taken for a line of ours.
func line(l dialog.Line) string {
	value := strings.TrimSpace(clean(l.Value))
	if !strings.Contains(value, "\n") {
		return l.Label + ": " + value
	}
	return l.Label + ":\n│ " + strings.ReplaceAll(value, "\n", "\n│ ")
}

// divided divides blocks into runs of at most count blocks and size bytes of JSON.
func divided(blocks []slack.Block, count, size int) [][]slack.Block {
	runs := [][]slack.Block{nil}
	room := size
	for _, b := range blocks {
		last := len(runs) - 1
		room -= weight(b)
		if len(runs[last]) == count || room < 0 && len(runs[last]) > 0 {
			runs, room = append(runs, nil), size-weight(b)
			last++
		}
		runs[last] = append(runs[last], b)
	}
	return runs
}

// weight is how many bytes of JSON v makes.
func weight(v any) int {
	raw, err := json.Marshal(v)
	if err != nil {
		return 0 // our own types, all of which can be marshalled
	}
	return len(raw) + len(",")
}
