package sim

import (
	"fmt"
	"net/mail"
	"net/url"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"
)

// value returns what an input block holds: what was entered, or else what it began with.
func (v *slView) value(b SlackBlock) []string {
	if values, ok := v.Entered[b.ID]; ok {
		return values
	}
	return b.Element.Initial
}

// enter fills in inputs by block id, refusing what no client could send.
func (s *Slack) enter(v *slView, values map[string][]string) error {
	next := map[string][]string{}
	for id, entered := range v.Entered {
		next[id] = entered
	}
	for id, entered := range values {
		i := slices.IndexFunc(v.Blocks, func(b SlackBlock) bool { return b.ID == id && b.Element != nil })
		if i < 0 {
			return fmt.Errorf("sim: no input %q in view %s", id, v.ID)
		}
		if err := s.takes(v.Blocks[i].Element, entered); err != nil {
			return fmt.Errorf("sim: input %q: %w", id, err)
		}
		next[id] = slFilled(entered)
	}
	v.Entered = next
	return nil
}

// takes says whether a client lets these values be entered at all.
func (s *Slack) takes(e *SlackElement, values []string) error {
	if len(values) > 1 && !e.many() {
		return fmt.Errorf("takes one value, not %d", len(values))
	}
	for _, value := range values {
		if _, ok := e.option(value); !ok && e.chooses() && value != "" {
			return fmt.Errorf("offers no option %q", value)
		}
		if e.Type == "users_select" && value != "" && s.users[value].ID == "" {
			return fmt.Errorf("lists nobody called %q", value)
		}
		if n := utf8.RuneCountInString(value); e.Type == "plain_text_input" && n > e.most() {
			return fmt.Errorf("takes no more than %d characters, not %d", e.most(), n)
		}
	}
	return nil
}

func (e *SlackElement) many() bool {
	return e.Type == "checkboxes" || e.Type == "multi_static_select"
}

func (e *SlackElement) chooses() bool {
	return e.many() || slices.Contains([]string{"radio_buttons", "static_select", "overflow"}, e.Type)
}

func (e *SlackElement) most() int {
	if e.MaxLength > 0 {
		return e.MaxLength
	}
	return 3000
}

// slFilled drops the blanks, which a client does not send.
func slFilled(values []string) []string {
	filled := []string{}
	for _, value := range values {
		if value != "" {
			filled = append(filled, value)
		}
	}
	return filled
}

// incomplete returns, by block id, what Slack's client says before it would submit.
func (v *slView) incomplete() map[string]string {
	problems := map[string]string{}
	for _, b := range v.Blocks {
		if b.Element == nil {
			continue
		}
		values := v.value(b)
		switch {
		case len(values) == 0 && !b.Optional:
			problems[b.ID] = "Please complete this required field."
		case len(values) > 0:
			if problem := b.Element.problem(values[0]); problem != "" {
				problems[b.ID] = problem
			}
		}
	}
	return problems
}

// problem is what Slack's client says of one text, "" if nothing.
func (e *SlackElement) problem(text string) string {
	if n := e.MinLength; utf8.RuneCountInString(text) < n {
		return fmt.Sprintf("Must be at least %d characters.", n)
	}
	check := map[string]struct {
		valid func(string) bool
		words string
	}{
		"email_text_input": {slIsEmail, "Enter a valid email."},
		"url_text_input":   {slIsURL, "Enter a valid URL."},
		"number_input":     {slIsNumber, "Enter a valid number."},
		"datepicker":       {slIsLayout(time.DateOnly), "Enter a valid date."},
		"timepicker":       {slIsLayout("15:04"), "Enter a valid time."},
	}[e.Type]
	if check.valid == nil || check.valid(text) {
		return ""
	}
	return check.words
}

func slIsEmail(text string) bool { _, err := mail.ParseAddress(text); return err == nil }
func slIsURL(text string) bool {
	u, err := url.ParseRequestURI(text)
	return err == nil && u.Host != ""
}
func slIsNumber(text string) bool { _, err := strconv.ParseFloat(text, 64); return err == nil }

func slIsLayout(layout string) func(string) bool {
	return func(text string) bool { _, err := time.Parse(layout, text); return err == nil }
}

// state is what the view's inputs hold, as Slack sends it.
func (v *slView) state() slJSON {
	state := slJSON{}
	for _, b := range v.Blocks {
		if b.Element != nil {
			state[b.ID] = slJSON{b.Element.ActionID: b.Element.state(v.value(b))}
		}
	}
	return state
}

// state is the element's part of a view's state. An input left blank is null, or an
// empty list where several may be chosen.
func (e *SlackElement) state(values []string) slJSON {
	var one any
	if len(values) > 0 {
		one = values[0]
	}
	w := slJSON{"type": e.Type}
	switch e.Type {
	case "checkboxes", "multi_static_select":
		chosen := []SlackOption{}
		for _, value := range values {
			o, _ := e.option(value)
			chosen = append(chosen, o)
		}
		w["selected_options"] = chosen
	case "radio_buttons", "static_select", "overflow":
		w["selected_option"] = nil
		if one != nil {
			w["selected_option"], _ = e.option(values[0])
		}
	case "datepicker":
		w["selected_date"] = one
	case "timepicker":
		w["selected_time"] = one
	case "users_select":
		w["selected_user"] = one
	default:
		w["value"] = one
	}
	return w
}
