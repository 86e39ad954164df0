package sim

import (
	"slices"
	"time"
)

// A slTrigger allows one view to be opened on somebody's screen, once, for a short time.
type slTrigger struct {
	user    string
	expires time.Time
	used    bool
	inModal bool // it comes from a press in a modal
}

type slView struct {
	View
	raw           slJSON // the view in Slack's own JSON
	hash          string
	externalID    string
	clearOnClose  bool
	notifyOnClose bool
}

// trigger returns a new trigger id for user.
func (s *Slack) trigger(user string, inModal bool) string {
	id := s.id("1.2.")
	s.triggers[id] = &slTrigger{user: user, expires: time.Now().Add(s.o.TriggerLife), inModal: inModal}
	return id
}

// pull uses up a trigger id.
func (s *Slack) pull(id string) (*slTrigger, error) {
	t := s.triggers[id]
	switch {
	case t == nil:
		return nil, slError{code: "invalid_trigger_id"}
	case t.used:
		return nil, slError{code: "exchanged_trigger_id"}
	case time.Now().After(t.expires):
		return nil, slError{code: "expired_trigger_id"}
	}
	t.used = true
	return t, nil
}

// viewsOpen opens a modal, in place of any that the user has open.
func (s *Slack) viewsOpen(a slArgs) (slJSON, error) {
	v, t, err := s.triggered(a)
	if err != nil {
		return nil, err
	}
	s.closeAll(t.user)
	s.show(t.user, v)
	return slJSON{"view": s.wireView(v)}, nil
}

// viewsPush puts a modal on top of that from which its trigger came.
func (s *Slack) viewsPush(a slArgs) (slJSON, error) {
	v, t, err := s.triggered(a)
	if err != nil {
		return nil, err
	}
	switch {
	case !t.inModal || len(s.stacks[t.user]) == 0:
		return nil, slError{code: "invalid_trigger_id"}
	case len(s.stacks[t.user]) == slStack:
		return nil, slError{code: "push_limit_reached"}
	}
	s.show(t.user, v)
	return slJSON{"view": s.wireView(v)}, nil
}

// triggered reads the modal and the trigger of a call. A modal that is refused leaves the
// trigger unused.
func (s *Slack) triggered(a slArgs) (*slView, *slTrigger, error) {
	if err := a.need("trigger_id", "view"); err != nil {
		return nil, nil, err
	}
	raw, err := slReadView(a, s.schema.modal)
	if err != nil {
		return nil, nil, err
	}
	external, _ := raw["external_id"].(string)
	if s.external(external) != nil {
		return nil, nil, slError{code: "duplicate_external_id"}
	}
	t, err := s.pull(a["trigger_id"])
	if err != nil {
		return nil, nil, err
	}
	return s.newView(t.user, raw), t, nil
}

// slReadView reads the view of a call and holds it to its shape.
func slReadView(a slArgs, shape slShape) (slJSON, error) {
	v, err := a.decode("view")
	raw, ok := v.(map[string]any)
	switch {
	case err != nil || !ok:
		return nil, slInvalid("invalid_arguments", "must provide an object [json-pointer:/view]")
	case len(a["view"]) > slViewSize:
		return nil, slError{code: "view_too_large"}
	}
	if faults := shape.faults("/view", v); faults != nil {
		return nil, slInvalid("invalid_arguments", faults...)
	}
	return raw, nil
}

// viewsUpdate rewrites a modal that is still open.
func (s *Slack) viewsUpdate(a slArgs) (slJSON, error) {
	if err := a.need("view"); err != nil {
		return nil, err
	}
	raw, err := slReadView(a, s.schema.modal)
	if err != nil {
		return nil, err
	}
	v := s.views[a["view_id"]]
	if v == nil && a["external_id"] != "" {
		v = s.external(a["external_id"])
	}
	switch {
	case v == nil:
		return nil, slError{code: "not_found"}
	case a["hash"] != "" && a["hash"] != v.hash:
		return nil, slError{code: "hash_conflict"}
	}
	s.rewrite(v, raw)
	return slJSON{"view": s.wireView(v)}, nil
}

// viewsPublish sets a user's Home tab.
func (s *Slack) viewsPublish(a slArgs) (slJSON, error) {
	if err := a.need("user_id", "view"); err != nil {
		return nil, err
	}
	raw, err := slReadView(a, s.schema.home)
	if err != nil {
		return nil, err
	}
	home := s.homes[a["user_id"]]
	switch {
	case s.users[a["user_id"]].ID == "":
		return nil, slInvalid("invalid_arguments", "invalid `user_id` [json-pointer:/user_id]")
	case home != nil && a["hash"] != "" && a["hash"] != home.hash:
		return nil, slError{code: "hash_conflict"}
	case home == nil:
		home = s.newView(a["user_id"], raw)
		s.homes[a["user_id"]], s.views[home.ID] = home, home
		s.watch.wake()
	default:
		s.rewrite(home, raw)
	}
	return slJSON{"view": s.wireView(home)}, nil
}

func (s *Slack) external(id string) *slView {
	for _, v := range s.views {
		if id != "" && v.externalID == id {
			return v
		}
	}
	return nil
}

func (s *Slack) newView(user string, raw slJSON) *slView {
	v := &slView{View: View{ID: s.id("V"), User: user}}
	s.draw(v, raw)
	return v
}

// show puts a modal in front of all others of the user's.
func (s *Slack) show(user string, v *slView) {
	s.views[v.ID] = v
	s.stacks[user] = append(s.stacks[user], v.ID)
	s.watch.wake()
}

// rewrite gives an open view new content. What was entered stays where a block and its
// input are the same as before, as it does in Slack's client.
func (s *Slack) rewrite(v *slView, raw slJSON) {
	before := v.Blocks
	s.draw(v, raw)
	kept := map[string][]string{}
	for _, b := range v.Blocks {
		i := slices.IndexFunc(before, func(x SlackBlock) bool { return slSameInput(x, b) })
		if values, ok := v.Entered[b.ID]; ok && i >= 0 {
			kept[b.ID] = values
		}
	}
	v.Entered = kept
	s.watch.wake()
}

func slSameInput(a, b SlackBlock) bool {
	return a.ID == b.ID && a.Element != nil && b.Element != nil &&
		a.Element.ActionID == b.Element.ActionID && a.Element.Type == b.Element.Type
}

// draw reads raw, which has passed its schema, into v.
func (s *Slack) draw(v *slView, raw slJSON) {
	blocks, _ := raw["blocks"].([]any)
	v.Blocks = s.blocks(blocks)
	text := func(key string) string {
		object, _ := raw[key].(map[string]any)
		words, _ := object["text"].(string)
		return words
	}
	word := func(key string) string { words, _ := raw[key].(string); return words }
	v.Title, v.Submit, v.Close = text("title"), text("submit"), text("close")
	v.Type, v.CallbackID, v.PrivateMetadata = word("type"), word("callback_id"), word("private_metadata")
	v.externalID = word("external_id")
	v.clearOnClose, _ = raw["clear_on_close"].(bool)
	v.notifyOnClose, _ = raw["notify_on_close"].(bool)
	v.raw, v.hash = raw, s.ts()+".sim"
}

// close closes a modal.
func (s *Slack) close(v *slView) {
	delete(s.views, v.ID)
	s.stacks[v.User] = slices.DeleteFunc(s.stacks[v.User], func(id string) bool { return id == v.ID })
	s.watch.wake()
}

func (s *Slack) closeAll(user string) {
	for _, id := range slices.Clone(s.stacks[user]) {
		s.close(s.views[id])
	}
}

// wireView is the view as Slack sends it, with what has been entered.
func (s *Slack) wireView(v *slView) slJSON {
	w := slJSON{"id": v.ID, "team_id": slTeam, "app_id": slAppID, "bot_id": slBotID, "app_installed_team_id": slTeam,
		"hash": v.hash, "state": slJSON{"values": v.state()}, "previous_view_id": nil, "root_view_id": v.ID,
		"private_metadata": "", "callback_id": "", "external_id": "", "clear_on_close": false, "notify_on_close": false,
		"title": nil, "submit": nil, "close": nil}
	for key, value := range v.raw {
		w[key] = value
	}
	if stack := s.stacks[v.User]; len(stack) > 0 && v.Type == "modal" {
		w["root_view_id"] = stack[0]
		if i := slices.Index(stack, v.ID); i > 0 {
			w["previous_view_id"] = stack[i-1]
		}
	}
	return w
}

// seen is the view as its user sees it, apart from any later change.
func (v *slView) seen() View {
	view := v.View
	view.Entered = map[string][]string{}
	for id, values := range v.Entered {
		view.Entered[id] = slices.Clone(values)
	}
	return view
}
