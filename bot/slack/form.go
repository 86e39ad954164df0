package slack

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"referralbot/dialog"
	"referralbot/rules"
)

const (
	mostChoices = 10     // options shown at once; more go into a menu
	mostOptions = 100    // options of a menu
	mostAnswer  = 20_000 // bytes of an acknowledgement; Slack drops a larger one without a word
)

// drawForm draws a form as a modal. It carries the id of its prompt and nothing else.
func drawForm(f dialog.Form) *slack.ModalViewRequest {
	var blocks []slack.Block
	for _, notice := range f.Notices {
		blocks = append(blocks, paragraphs(notice)...)
	}
	blocks = append(blocks, written(f.Review)...)
	blocks = append(blocks, promptButtons(f.Prompt, f.Choices)...)
	for _, in := range f.Inputs {
		blocks = append(blocks, drawInput(in))
	}
	view := modal(f.Title, blocks)
	view.CallbackID = formSection
	view.PrivateMetadata = f.Prompt
	if f.Submit != "" || len(f.Inputs) > 0 {
		view.Submit = plain(cmp.Or(f.Submit, professionals.Next), mostTitle)
	}
	return view
}

// modal returns a view that can be closed.
func modal(title string, blocks []slack.Block) *slack.ModalViewRequest {
	if len(blocks) == 0 {
		blocks = paragraphs(title) // a view must hold something
	}
	return &slack.ModalViewRequest{
		Type:   slack.VTModal,
		Title:  plain(title, mostTitle),
		Close:  plain(professionals.Close, mostTitle),
		Blocks: slack.Blocks{BlockSet: blocks},
	}
}

// closing returns a view that only says something.
func closing(title, words string) *slack.ModalViewRequest { return modal(title, paragraphs(words)) }

// drawInput draws one question. Its block and its element bear the name of the field.
func drawInput(in dialog.FormInput) *slack.InputBlock {
	element, cut := elementOf(in)
	name := in.Label
	for _, whole := range cut {
		name += "\n• " + whole
	}
	block := slack.NewInputBlock(string(in.Field), plain(name, mostLabel), nil, element)
	block.Optional = in.Optional
	if in.Hint != "" {
		block.Hint = plain(in.Hint, mostLabel)
	}
	return block
}

// elements says how each type of question is answered. Any other is typed in one line.
var elements = map[rules.Type]func(dialog.FormInput, options) slack.BlockElement{
	rules.TypeChoice:   oneOf,
	rules.TypeMulti:    someOf,
	rules.TypeLongText: manyLines,
	rules.TypeList:     manyLines,
	rules.TypeScores:   manyLines,
}

// elementOf draws what a question is answered with. It returns also the labels of options
// that had to be cut short.
func elementOf(in dialog.FormInput) (element slack.BlockElement, cut []string) {
	draw, ok := elements[in.Type]
	if !ok {
		draw = oneLine
	}
	o := drawOptions(in.Options)
	return draw(in, o), o.cut
}

// options are the options of a question as Slack has them.
type options struct {
	all, ticked []*slack.OptionBlockObject
	cut         []string // labels too long to be shown whole
}

// drawOptions draws options. What of a label does not fit stands below it, if it fits there.
func drawOptions(choices []dialog.Choice) options {
	var o options
	for _, c := range choices[:min(len(choices), mostOptions)] {
		option := slack.NewOptionBlockObject(c.Code, plain(c.Label, mostOption), nil)
		if words := clean(c.Label); length(words) > mostOption {
			first, rest := divide(words, mostOption)
			option.Text, option.Description = plain(first, mostOption), plain(rest, mostOption)
			if length(rest) > mostOption {
				o.cut = append(o.cut, words)
			}
		}
		o.all = append(o.all, option)
		if c.Ticked {
			o.ticked = append(o.ticked, option)
		}
	}
	return o
}

func oneOf(in dialog.FormInput, o options) slack.BlockElement {
	var chosen *slack.OptionBlockObject
	if len(o.ticked) > 0 {
		chosen = o.ticked[0]
	}
	if len(o.all) > mostChoices {
		menu := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, nil, string(in.Field), o.all...)
		menu.InitialOption = chosen
		return menu
	}
	radio := slack.NewRadioButtonsBlockElement(string(in.Field), o.all...)
	radio.InitialOption = chosen
	return radio
}

func someOf(in dialog.FormInput, o options) slack.BlockElement {
	if len(o.all) > mostChoices {
		menu := slack.NewOptionsMultiSelectBlockElement(slack.MultiOptTypeStatic, nil, string(in.Field), o.all...)
		menu.InitialOptions = o.ticked
		return menu
	}
	boxes := slack.NewCheckboxGroupsBlockElement(string(in.Field), o.all...)
	boxes.InitialOptions = o.ticked
	return boxes
}

func manyLines(in dialog.FormInput, o options) slack.BlockElement {
	return oneLine(in, o).(*slack.PlainTextInputBlockElement).WithMultiline(true)
}

func oneLine(in dialog.FormInput, _ options) slack.BlockElement {
	most := mostTyped
	if in.Max > 0 {
		most = min(in.Max, mostTyped)
	}
	return slack.NewPlainTextInputBlockElement(nil, string(in.Field)).
		WithMaxLength(most).
		WithInitialValue(head(clean(in.Initial), most))
}

// entered returns what was entered in each input of a view; nothing, where it was left blank.
func entered[K ~string](v slack.View) map[K][]string {
	values := map[K][]string{}
	for _, field := range inputs(v) {
		values[K(field)] = []string{}
	}
	if v.State == nil {
		return values
	}
	for field, actions := range v.State.Values {
		for _, a := range actions {
			values[K(field)] = valuesOf(a)
		}
	}
	return values
}

// inputs lists the fields a view asks for.
func inputs(v slack.View) []string {
	var fields []string
	for _, b := range v.Blocks.BlockSet {
		if in, ok := b.(*slack.InputBlock); ok {
			fields = append(fields, in.BlockID)
		}
	}
	if len(v.Blocks.BlockSet) == 0 && v.State != nil {
		fields = slices.Sorted(maps.Keys(v.State.Values))
	}
	return fields
}

// valuesOf returns what was chosen or typed in one element.
func valuesOf(a slack.BlockAction) []string {
	values := []string{}
	for _, o := range append(a.SelectedOptions, a.SelectedOption) {
		if o.Value != "" {
			values = append(values, o.Value)
		}
	}
	for _, s := range []string{a.Value, a.SelectedDate, a.SelectedUser} {
		if strings.TrimSpace(s) != "" {
			values = append(values, s)
		}
	}
	return values
}

// problems returns what is wrong, by input of the view. Slack takes no other keys, so what
// belongs to none of its inputs is said at the first.
func problems[K ~string](v slack.View, found map[K]string) map[string]string {
	fields := inputs(v)
	if len(found) == 0 || len(fields) == 0 {
		return nil
	}
	wrong := map[string]string{}
	for _, field := range slices.Sorted(maps.Keys(found)) {
		at := string(field)
		if !slices.Contains(fields, at) {
			at = fields[0]
		}
		wrong[at] = strings.TrimSpace(wrong[at] + " " + clean(found[field]))
	}
	return wrong
}
