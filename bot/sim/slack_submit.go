package sim

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
)

// ErrSlackTrouble is the end of a form that the app did not answer in time, or answered with
// something that Slack refuses.
var ErrSlackTrouble = errors.New("sim: the answer to a form was late or refused")

// Fill enters values in the modal in front without submitting it. A value is a string or a
// []string, by block id; one for an input that offers choices is an option's value.
func (s *Slack) Fill(user, viewID string, values map[string]any) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, err := s.fill(user, viewID, values)
	return err
}

func (s *Slack) fill(user, viewID string, values map[string]any) (*slView, error) {
	v, err := s.inFront(user, viewID)
	if err != nil {
		return nil, err
	}
	entered, err := slValues(values)
	if err != nil {
		return nil, err
	}
	defer s.watch.wake()
	return v, s.enter(v, entered)
}

func slValues(values map[string]any) (map[string][]string, error) {
	entered := map[string][]string{}
	for id, value := range values {
		switch value := value.(type) {
		case string:
			entered[id] = []string{value}
		case []string:
			entered[id] = value
		default:
			return nil, fmt.Errorf("sim: the value of %q is a %T, not a string or a []string", id, value)
		}
	}
	return entered, nil
}

// Submit fills in the modal in front, as Fill does, submits it and waits for the app's
// answer. Inputs not named keep what they hold.
//
// It returns the problems shown beside inputs, by block id, be they the client's own or
// the app's; the modal now in front, if any; and whether no modal is left. Its error is
// ErrSlackTrouble if the app's answer is late or refused, and says what was wrong with the
// call otherwise.
func (s *Slack) Submit(user, viewID string, values map[string]any) (problems map[string]string, next *View, cleared bool, err error) {
	s.mu.Lock()
	v, err := s.fill(user, viewID, values)
	if err == nil && v.Submit == "" {
		err = fmt.Errorf("sim: view %s has no submit button", viewID)
	}
	if err != nil {
		s.mu.Unlock()
		return nil, nil, false, err
	}
	if problems = v.incomplete(); len(problems) == 0 {
		problems, err = s.submit(v)
	}
	next = s.front(user)
	s.mu.Unlock()
	return problems, next, next == nil, err
}

// submit sends a complete form and does what the app answers. It holds the mutex, but not
// while it waits.
func (s *Slack) submit(v *slView) (map[string]string, error) {
	for _, b := range v.Blocks {
		if b.Element != nil {
			v.Entered[b.ID] = v.value(b)
		}
	}
	e := s.ask("interactive", s.interaction(v.User, slJSON{"type": "view_submission", "view": s.wireView(v),
		"response_urls": []any{}, "trigger_id": s.trigger(v.User, true)}))
	s.mu.Unlock()
	payload, ok := s.await(e)
	s.mu.Lock()
	if !ok {
		s.mishap(v.User, slTrouble)
		return nil, ErrSlackTrouble
	}
	problems, err := s.respond(v, payload)
	if err != nil {
		s.mishap(v.User, slTrouble)
		return nil, err
	}
	return problems, nil
}

// respond does what the acknowledgement of a form asks for.
func (s *Slack) respond(v *slView, payload json.RawMessage) (map[string]string, error) {
	var answer struct {
		Action string            `json:"response_action"`
		Errors map[string]string `json:"errors"`
		View   json.RawMessage   `json:"view"`
	}
	if len(payload) > 0 && json.Unmarshal(payload, &answer) != nil {
		return nil, ErrSlackTrouble
	}
	act := map[string]func() error{
		"":       func() error { s.close(v); return nil },
		"clear":  func() error { s.closeAll(v.User); return nil },
		"errors": func() error { return v.mark(answer.Errors) },
		"update": func() error { return s.answerView(answer.View, func(raw slJSON) { s.rewrite(v, raw) }) },
		"push": func() error {
			if len(s.stacks[v.User]) == slStack {
				return ErrSlackTrouble
			}
			return s.answerView(answer.View, func(raw slJSON) { s.show(v.User, s.newView(v.User, raw)) })
		},
	}[answer.Action]
	if act == nil {
		return nil, ErrSlackTrouble
	}
	if s.views[v.ID] == nil {
		return nil, nil // closed in the meantime
	}
	if answer.Action != "errors" {
		answer.Errors = nil
	}
	return answer.Errors, act()
}

// mark accepts problems only beside inputs, as Slack does.
func (v *slView) mark(problems map[string]string) error {
	for id := range problems {
		if !slices.ContainsFunc(v.Blocks, func(b SlackBlock) bool { return b.ID == id && b.Element != nil }) {
			return ErrSlackTrouble
		}
	}
	if len(problems) == 0 {
		return ErrSlackTrouble
	}
	return nil
}

func (s *Slack) answerView(raw json.RawMessage, show func(slJSON)) error {
	view, err := slReadView(slArgs{"view": string(raw)}, s.schema.modal)
	if err != nil {
		return ErrSlackTrouble
	}
	show(view)
	return nil
}

// CloseView closes the modal in front by its cancel button.
func (s *Slack) CloseView(user, viewID string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	v, err := s.inFront(user, viewID)
	if err != nil {
		return err
	}
	wire := s.wireView(v)
	if v.clearOnClose {
		s.closeAll(user)
	} else {
		s.close(v)
	}
	if v.notifyOnClose {
		s.interactive(user, slJSON{"type": "view_closed", "view": wire, "is_cleared": v.clearOnClose})
	}
	return nil
}
