package sim

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// slJSON is a JSON object on its way to the app.
type slJSON = map[string]any

// SlackBlock is one block of a message or view, with the fields that can be seen.
type SlackBlock struct {
	Type      string         `json:"type"`
	ID        string         `json:"block_id,omitempty"`
	Text      *SlackText     `json:"text,omitempty"`
	Fields    []SlackText    `json:"fields,omitempty"`
	Accessory *SlackElement  `json:"accessory,omitempty"`
	Elements  []SlackElement `json:"elements,omitempty"` // of actions and context blocks

	// Of input blocks.
	Label    *SlackText    `json:"label,omitempty"`
	Hint     *SlackText    `json:"hint,omitempty"`
	Element  *SlackElement `json:"element,omitempty"`
	Optional bool          `json:"optional,omitempty"`
}

// SlackElement is a button, an input, or a text in a context block.
type SlackElement struct {
	Type        string        `json:"type"`
	ActionID    string        `json:"action_id,omitempty"`
	Text        *SlackText    `json:"text,omitempty"`
	Value       string        `json:"value,omitempty"`
	Style       string        `json:"style,omitempty"`
	URL         string        `json:"url,omitempty"`
	Placeholder *SlackText    `json:"placeholder,omitempty"`
	Options     []SlackOption `json:"options,omitempty"` // those of groups included

	Initial   []string `json:"initial,omitempty"` // values, or the one text
	Multiline bool     `json:"multiline,omitempty"`
	MinLength int      `json:"min_length,omitempty"`
	MaxLength int      `json:"max_length,omitempty"`
}

// SlackOption is one choice of a select, of radio buttons or of checkboxes.
type SlackOption struct {
	Text        SlackText  `json:"text"`
	Value       string     `json:"value"`
	Description *SlackText `json:"description,omitempty"`
}

// SlackText is a text and how it is read: plain_text as it stands, mrkdwn with markup.
type SlackText struct {
	Type string `json:"type,omitempty"`
	Text string `json:"text"`
}

// UnmarshalJSON reads a text object, or a bare string as context blocks have it.
func (t *SlackText) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '"' {
		return json.Unmarshal(b, &t.Text)
	}
	type plain SlackText
	return json.Unmarshal(b, (*plain)(t))
}

// UnmarshalJSON reads an element, gathering the option groups into Options and the several
// ways to say an initial value into Initial.
func (e *SlackElement) UnmarshalJSON(b []byte) error {
	type plain SlackElement
	all := struct {
		*plain
		Groups []struct {
			Options []SlackOption `json:"options"`
		} `json:"option_groups"`
		Chosen  []SlackOption `json:"initial_options"`
		Only    *SlackOption  `json:"initial_option"`
		Words   string        `json:"initial_value"`
		Day     string        `json:"initial_date"`
		Person  string        `json:"initial_user"`
		Daytime string        `json:"initial_time"`
	}{plain: (*plain)(e)}
	if err := json.Unmarshal(b, &all); err != nil {
		return err
	}
	for _, g := range all.Groups {
		e.Options = append(e.Options, g.Options...)
	}
	if all.Only != nil {
		all.Chosen = append(all.Chosen, *all.Only)
	}
	for _, o := range all.Chosen {
		e.Initial = append(e.Initial, o.Value)
	}
	for _, text := range []string{all.Words, all.Day, all.Daytime, all.Person} {
		if text != "" {
			e.Initial = append(e.Initial, text)
		}
	}
	return nil
}

// option returns the element's option with that value.
func (e SlackElement) option(value string) (SlackOption, bool) {
	i := slices.IndexFunc(e.Options, func(o SlackOption) bool { return o.Value == value })
	if i < 0 {
		return SlackOption{}, false
	}
	return e.Options[i], true
}

// slAction returns the button or select with that action id, or with that block's id, a slash
// and its own, and the block it is in. The inputs of a form are not among them: they act only
// when it is submitted.
func slAction(blocks []SlackBlock, action string) (SlackBlock, SlackElement, bool) {
	block, rest, inBlock := strings.Cut(action, "/")
	if inBlock {
		action = rest
	}
	for _, b := range blocks {
		if inBlock && b.ID != block {
			continue
		}
		elements := b.Elements
		if b.Accessory != nil {
			elements = []SlackElement{*b.Accessory}
		}
		for _, e := range elements {
			if e.ActionID == action {
				return b, e, true
			}
		}
	}
	return SlackBlock{}, SlackElement{}, false
}

// blocks gives every block and element without an id one, as Slack does, and returns
// the blocks as they are seen. Raw has passed the schema.
func (s *Slack) blocks(raw []any) []SlackBlock {
	for _, r := range raw {
		block := r.(map[string]any)
		s.identify(block, "block_id")
		if !slices.Contains([]any{"actions", "input", "section"}, block["type"]) {
			continue
		}
		elements, _ := block["elements"].([]any)
		for _, e := range append(slices.Clone(elements), block["element"], block["accessory"]) {
			if element, ok := e.(map[string]any); ok && element["type"] != "image" {
				s.identify(element, "action_id")
			}
		}
	}
	text, err := json.Marshal(raw)
	if err != nil {
		panic(fmt.Sprintf("sim: blocks that passed the schema: %v", err))
	}
	var seen []SlackBlock
	if err := json.Unmarshal(text, &seen); err != nil {
		panic(fmt.Sprintf("sim: blocks that passed the schema: %v", err))
	}
	return seen
}

func (s *Slack) identify(object map[string]any, key string) {
	if id, _ := object[key].(string); id == "" {
		s.serial++
		object[key] = fmt.Sprintf("auto%d", s.serial)
	}
}
