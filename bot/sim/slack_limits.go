package sim

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

// Slack's limits, from the Block Kit reference (docs.slack.dev/reference/block-kit) and
// the doc comments of @slack/types 3.2.0. The words of a refusal are those Slack sends.
const (
	slMessageBlocks = 50
	slViewBlocks    = 100
	slBlocksSize    = 13_200 // characters of a message's blocks in JSON (slackapi/bolt-js#2509)
	slTextKept      = 40_000 // characters of a message's text; the rest is cut off
	slTextUpdate    = 4_000  // of an updated message's text
	slViewSize      = 250_000
	slAckSize       = 20 * 1024 // bytes; a longer acknowledgement is dropped
	slStack         = 3         // views
	slSockets       = 10
)

// A slShape checks one JSON value and reports through c what is wrong with it.
type slShape func(c *slChecker, path string, v any)

type slChecker struct{ faults []string }

func (c *slChecker) fault(path, format string, args ...any) {
	c.faults = append(c.faults, fmt.Sprintf(format, args...)+" [json-pointer:"+path+"]")
}

// slSchema is what messages and views may be made of.
type slSchema struct{ message, modal, home slShape }

func newSlackSchema() slSchema {
	inMessage, inView := slBlockShapes()
	view := slObject{"blocks!": slBlocks(1, slViewBlocks, inView), "private_metadata": slString(0, 3000),
		"callback_id": slName, "external_id": slName}
	return slSchema{
		message: slBlocks(0, slMessageBlocks, inMessage),
		home:    view.with(slObject{"type!": slOneOf("home")}).object(),
		modal: view.with(slObject{"type!": slOneOf("modal"), "title!": slPlain(24), "submit": slPlain(24), "close": slPlain(24),
			"clear_on_close": slBool, "notify_on_close": slBool, "submit_disabled": slBool}).object(slSubmits),
	}
}

// slBlockShapes returns the blocks a message and a view may hold, by type.
func slBlockShapes() (inMessage, inView map[string]slShape) {
	block := slObject{"block_id": slName}
	accessories, actions, inputs := slElementShapes()
	context := map[string]slShape{"image": slImage().shape(), "plain_text": slTextOf(3000, "plain_text"), "mrkdwn": slTextOf(3000, "mrkdwn")}
	common := map[string]slShape{
		"section": block.with(slObject{"text": slRichText(3000), "fields": slList(1, 10, slRichText(2000)),
			"accessory": slUnion(accessories), "expand": slBool}).shape(slTextOrFields),
		"header":  block.with(slObject{"text!": slPlain(150), "level": slNumber(1, 6)}).shape(),
		"divider": block.shape(),
		"context": block.with(slObject{"elements!": slList(1, 10, slUnion(context))}).shape(),
		"actions": block.with(slObject{"elements!": slList(1, 25, slUnion(actions))}).shape(slActionIDs),
		"image":   block.with(slImage(), slObject{"title": slPlain(2000)}).shape(),
	}
	inMessage, inView = maps.Clone(common), maps.Clone(common)
	inMessage["markdown"] = block.with(slObject{"text!": slString(1, 12_000)}).shape()
	inMessage["rich_text"] = block.with(slObject{"elements!": slAnything}).shape()
	inView["input"] = block.with(slObject{"label!": slPlain(2000), "element!": slUnion(inputs), "hint": slPlain(2000),
		"optional": slBool, "dispatch_action": slBool}).shape()
	return inMessage, inView
}

// slElementShapes returns what may stand beside a section, among actions and in an input
// block, by type.
func slElementShapes() (accessories, actions, inputs map[string]slShape) {
	confirm := slObject{"title!": slPlain(100), "text!": slRichText(300), "confirm!": slPlain(30), "deny!": slPlain(30),
		"style": slStyle}.shape()
	plain, rich := slOptionShape(slPlain(75)), slOptionShape(slRichText(75))
	options, ticks := slList(1, 100, plain), slList(1, 10, rich)
	groups := slList(1, 100, slObject{"label!": slPlain(75), "options!": options}.shape())

	element := slObject{"action_id": slName, "confirm": confirm}
	field := element.with(slObject{"focus_on_load": slBool})
	picker := field.with(slObject{"placeholder": slPlain(150)})
	selects := picker.with(slObject{"options": options, "option_groups": groups})
	accessories = map[string]slShape{
		"image": slImage().shape(),
		"button": element.with(slObject{"text!": slPlain(75), "value": slString(0, 2000), "url": slURL, "style": slStyle,
			"accessibility_label": slString(0, 75)}).shape(),
		"overflow":      element.with(slObject{"options!": slList(1, 5, plain)}).shape(),
		"datepicker":    picker.with(slObject{"initial_date": slString(10, 10)}).shape(),
		"timepicker":    picker.with(slObject{"initial_time": slString(5, 5), "timezone": slName}).shape(),
		"checkboxes":    field.with(slObject{"options!": ticks, "initial_options": ticks}).shape(slInitial),
		"radio_buttons": field.with(slObject{"options!": ticks, "initial_option": rich}).shape(slInitial),
		"static_select": selects.with(slObject{"initial_option": plain}).shape(slOptionsOrGroups, slInitial),
		"multi_static_select": selects.with(slObject{"initial_options": options,
			"max_selected_items": slNumber(1, 100)}).shape(slOptionsOrGroups, slInitial),
		"users_select": picker.with(slObject{"initial_user": slString(1, 255)}).shape(),
	}
	actions = slWithout(accessories, "image", "multi_static_select")
	inputs = slWithout(accessories, "image", "button", "overflow")
	maps.Copy(inputs, slTextInputShapes())
	return accessories, actions, inputs
}

func slTextInputShapes() map[string]slShape {
	dispatch := slObject{"trigger_actions_on": slList(1, 2, slOneOf("on_enter_pressed", "on_character_entered"))}.shape()
	words := slObject{"action_id": slName, "placeholder": slPlain(150), "initial_value": slString(0, 3000),
		"dispatch_action_config": dispatch, "focus_on_load": slBool}
	return map[string]slShape{
		"plain_text_input": words.with(slObject{"multiline": slBool, "min_length": slNumber(0, 3000),
			"max_length": slNumber(1, 3000)}).shape(slInitialFits),
		"email_text_input": words.shape(),
		"url_text_input":   words.shape(),
		"number_input":     words.with(slObject{"is_decimal_allowed!": slBool, "min_value": slName, "max_value": slName}).shape(),
	}
}

func slImage() slObject {
	return slObject{"image_url!": slURL, "alt_text!": slString(1, 2000)}
}

// slOptionShape is the shape of one choice. Slack's own sources differ on a value's length,
// 75 or 150; the lesser is safe.
func slOptionShape(label slShape) slShape {
	return slObject{"text!": label, "value!": slString(1, 75), "description": slPlain(75), "url": slURL}.shape()
}

func slWithout(shapes map[string]slShape, names ...string) map[string]slShape {
	rest := maps.Clone(shapes)
	for _, name := range names {
		delete(rest, name)
	}
	return rest
}

// faults returns what is wrong with v, whose place in the call is path.
func (shape slShape) faults(path string, v any) []string {
	c := &slChecker{}
	shape(c, path, v)
	return c.faults
}

// slObject is the shape of each property of an object; a name that ends in "!" is required.
type slObject map[string]slShape

func (o slObject) with(more ...slObject) slObject {
	all := maps.Clone(o)
	for _, m := range more {
		maps.Copy(all, m)
	}
	return all
}

// shape is the shape of an object that has a type besides, which slUnion looks at.
func (o slObject) shape(rules ...func(*slChecker, string, map[string]any)) slShape {
	return o.with(slObject{"type": slString(1, 255)}).object(rules...)
}

// object is the shape of an object of just these properties that also keeps the rules.
func (o slObject) object(rules ...func(*slChecker, string, map[string]any)) slShape {
	return func(c *slChecker, path string, v any) {
		object, ok := v.(map[string]any)
		if !ok {
			c.fault(path, "must provide an object")
			return
		}
		for _, name := range slices.Sorted(maps.Keys(o)) {
			key, required := strings.CutSuffix(name, "!")
			value, present := object[key]
			switch {
			case present:
				o[name](c, path+"/"+key, value)
			case required:
				c.fault(path, "missing required field: %s", key)
			}
		}
		for _, key := range slices.Sorted(maps.Keys(object)) {
			if o[key] == nil && o[key+"!"] == nil {
				c.fault(path, "invalid additional property: %s", key)
			}
		}
		for _, rule := range rules {
			rule(c, path, object)
		}
	}
}

// slUnion is the shape of an object whose type says which of shapes it has.
func slUnion(shapes map[string]slShape) slShape {
	return func(c *slChecker, path string, v any) {
		object, _ := v.(map[string]any)
		kind, _ := object["type"].(string)
		shape := shapes[kind]
		if shape == nil {
			c.fault(path+"/type", "unsupported type: %s", kind)
			return
		}
		shape(c, path, v)
	}
}

// The shapes that recur.
func slPlain(limit int) slShape                { return slTextOf(limit, "plain_text") }
func slRichText(limit int) slShape             { return slTextOf(limit, "plain_text", "mrkdwn") }
func slName(c *slChecker, path string, v any)  { slString(0, 255)(c, path, v) }
func slURL(c *slChecker, path string, v any)   { slString(1, 3000)(c, path, v) }
func slStyle(c *slChecker, path string, v any) { slOneOf("primary", "danger")(c, path, v) }

func slAnything(*slChecker, string, any) {}

func slBool(c *slChecker, path string, v any) {
	if _, ok := v.(bool); !ok {
		c.fault(path, "must be a boolean")
	}
}

func slNumber(least, most int64) slShape {
	return func(c *slChecker, path string, v any) {
		number, _ := v.(json.Number)
		if n, err := number.Int64(); err != nil || n < least || n > most {
			c.fault(path, "must be an integer from %d to %d", least, most)
		}
	}
}

func slString(least, most int) slShape {
	return func(c *slChecker, path string, v any) {
		text, ok := v.(string)
		n := utf8.RuneCountInString(text)
		switch {
		case !ok:
			c.fault(path, "must provide a string")
		case n < least:
			c.fault(path, "must be more than %d characters", least-1)
		case n > most:
			c.fault(path, "must be less than %d characters", most+1)
		}
	}
}

func slOneOf(words ...string) slShape {
	return func(c *slChecker, path string, v any) {
		if word, _ := v.(string); !slices.Contains(words, word) {
			c.fault(path, "must be a valid enum value")
		}
	}
}

// slTextOf is the shape of a text object. Emoji is a word of plain text and verbatim one
// of mrkdwn only.
func slTextOf(limit int, kinds ...string) slShape {
	own := map[string]slObject{"plain_text": {"emoji": slBool}, "mrkdwn": {"verbatim": slBool}}
	shapes := map[string]slShape{}
	for _, kind := range kinds {
		shapes[kind] = own[kind].with(slObject{"text!": slString(1, limit)}).shape()
	}
	return slUnion(shapes)
}

func slList(least, most int, each slShape) slShape {
	return func(c *slChecker, path string, v any) {
		list, ok := v.([]any)
		switch {
		case !ok:
			c.fault(path, "must provide an array")
		case len(list) < least:
			c.fault(path, "no fewer than %d items allowed", least)
		case len(list) > most:
			c.fault(path, "no more than %d items allowed", most)
		}
		for i, item := range list {
			each(c, fmt.Sprintf("%s/%d", path, i), item)
		}
	}
}

// slBlocks is a list of blocks, no two with one block_id.
func slBlocks(least, most int, shapes map[string]slShape) slShape {
	list := slList(least, most, slUnion(shapes))
	return func(c *slChecker, path string, v any) {
		list(c, path, v)
		blocks, _ := v.([]any)
		slUnique(c, path, "block_id", blocks)
	}
}

func slUnique(c *slChecker, path, key string, objects []any) {
	seen := map[string]bool{}
	for i, o := range objects {
		object, _ := o.(map[string]any)
		id, _ := object[key].(string)
		if id != "" && seen[id] {
			c.fault(fmt.Sprintf("%s/%d/%s", path, i, key), "`%s` must be unique", key)
		}
		seen[id] = true
	}
}

// What a table of properties cannot say.

func slActionIDs(c *slChecker, path string, block map[string]any) {
	elements, _ := block["elements"].([]any)
	slUnique(c, path+"/elements", "action_id", elements)
}

func slTextOrFields(c *slChecker, path string, block map[string]any) {
	if block["text"] == nil && block["fields"] == nil {
		c.fault(path+"/type", "must define either `text` or `fields`")
	}
}

func slOptionsOrGroups(c *slChecker, path string, element map[string]any) {
	if (element["options"] == nil) == (element["option_groups"] == nil) {
		c.fault(path, "must define either `options` or `option_groups`")
	}
}

// slInitial wants every option chosen at first to be one of those offered.
func slInitial(c *slChecker, path string, element map[string]any) {
	text, err := json.Marshal(element)
	var e SlackElement
	if err != nil || json.Unmarshal(text, &e) != nil {
		return // its shape is wrong, which has been said
	}
	for _, value := range e.Initial {
		if _, ok := e.option(value); !ok {
			c.fault(path, "initial option must match one of the options")
		}
	}
}

func slInitialFits(c *slChecker, path string, element map[string]any) {
	text, _ := element["initial_value"].(string)
	most, _ := element["max_length"].(json.Number)
	if n, err := most.Int64(); err == nil && utf8.RuneCountInString(text) > int(n) {
		c.fault(path+"/initial_value", "must be less than %d characters", n+1)
	}
}

func slSubmits(c *slChecker, path string, view map[string]any) {
	blocks, _ := view["blocks"].([]any)
	for i, b := range blocks {
		if block, _ := b.(map[string]any); block["type"] == "input" && view["submit"] == nil {
			c.fault(fmt.Sprintf("%s/blocks/%d/input", path, i), "must define `submit` to use an `input` block in modals")
		}
	}
}
