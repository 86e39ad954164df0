package dialog

import (
	"context"
	"fmt"
	"slices"

	"github.com/looplab/fsm"
)

// move is one event and where it is legal. The table says what may happen; the code
// only chooses which event to fire. No event leads from a stage to itself: looplab/fsm
// reports that as an error, and answering a question is not an event.
type move struct {
	event string
	from  []Stage
	to    Stage
}

// The events of a conversation.
const (
	evGreet  = "greet"
	evAsk    = "ask"
	evWarn   = "warn"
	evBook   = "book"
	evReview = "review"
	evDelete = "delete"
	evRecall = "recall"
	evUrge   = "urge"
	evSend   = "send"
	evRest   = "rest"
	evStop   = "stop"
)

var conversationMoves = []move{
	{evGreet, []Stage{Stopped, Asking, Warning, Booking, Reviewing, Deleting, Recalling, Urgent, Sent}, Greeting},
	{evAsk, []Stage{Stopped, Greeting, Warning, Booking, Reviewing, Deleting, Recalling, Urgent, Sent}, Asking},
	{evWarn, []Stage{Stopped, Greeting, Asking, Booking, Reviewing, Deleting, Recalling, Urgent}, Warning},
	{evBook, []Stage{Stopped, Greeting, Asking, Warning, Reviewing, Deleting, Recalling, Urgent, Sent}, Booking},
	{evReview, []Stage{Stopped, Greeting, Asking, Warning, Booking, Deleting, Recalling, Urgent}, Reviewing},
	{evDelete, []Stage{Stopped, Greeting, Asking, Warning, Booking, Reviewing, Recalling, Urgent, Sent}, Deleting},
	{evRecall, []Stage{Stopped, Greeting, Asking, Warning, Booking, Reviewing, Deleting, Urgent, Sent}, Recalling},
	{evUrge, []Stage{Stopped, Greeting, Asking, Warning, Booking, Reviewing, Deleting, Recalling, Sent}, Urgent},
	{evSend, []Stage{Asking, Warning, Reviewing}, Sent},
	{evRest, []Stage{Stopped, Greeting, Asking, Booking, Deleting, Recalling, Urgent}, Sent},
	{evStop, []Stage{Greeting, Asking, Warning, Booking, Reviewing, Deleting, Recalling, Urgent, Sent}, Stopped},
}

// deedMove is likewise for the life of a referral.
type deedMove struct {
	action Action
	from   []Status
	to     Status
}

var referralMoves = []deedMove{
	{ActClaim, []Status{Received}, Claimed},
	{ActReassign, []Status{Received}, Claimed},
	{ActRelease, []Status{Claimed}, Received},
	{stepRelease, []Status{Claimed}, Received},
	{evWait, []Status{Claimed}, Awaiting},
	{ActAnswer, []Status{Awaiting}, Claimed},
	{evDecide, []Status{Claimed, Awaiting}, Decided},
	{evClose, []Status{Claimed, Awaiting, Decided}, Closed},
	{ActCancelCall, []Status{Received, Claimed, Awaiting}, Closed},
	{ActReopen, []Status{Decided, Closed}, Claimed},
	{ActWithdraw, []Status{Received, Claimed, Awaiting, Decided, Closed}, Withdrawn},
}

// What outcomes lead to, beside the actions that are events themselves.
const (
	evWait   Action = "wait" // for more information
	evDecide Action = "decide"
	evClose  Action = "close"
)

// conversationEvents and referralEvents are the tables as the library reads them. They
// are never changed.
var (
	conversationEvents = events(conversationMoves, func(m move) (string, []Stage, Stage) { return m.event, m.from, m.to })
	referralEvents     = events(referralMoves, func(m deedMove) (string, []Status, Status) { return string(m.action), m.from, m.to })
)

func events[M any, S ~string](table []M, row func(M) (string, []S, S)) fsm.Events {
	var out fsm.Events
	for _, m := range table {
		event, from, to := row(m)
		src := make([]string, len(from))
		for i, s := range from {
			src[i] = string(s)
		}
		out = append(out, fsm.EventDesc{Name: event, Src: src, Dst: string(to)})
	}
	return out
}

// fire moves one machine, built for this turn from the stored state, by one event. The
// context is Background on purpose: a cancelled one would leave the machine stuck.
func fire(events fsm.Events, from, event string) (string, error) {
	m := fsm.NewFSM(from, events, nil)
	if err := m.Event(context.Background(), event); err != nil {
		return from, fmt.Errorf("dialog: %s at %s: %w", event, from, err)
	}
	return m.Current(), nil
}

// can reports whether event is legal from a state.
func can(events fsm.Events, from, event string) bool {
	return slices.ContainsFunc(events, func(e fsm.EventDesc) bool {
		return e.Name == event && slices.Contains(e.Src, from)
	})
}

// Graph draws both state machines as Mermaid state diagrams, a conversation first.
func Graph() (string, error) {
	out := ""
	for _, g := range []struct {
		title, initial string
		events         fsm.Events
	}{
		{"A conversation", string(Stopped), conversationEvents},
		{"A referral", string(Received), referralEvents},
	} {
		drawn, err := fsm.VisualizeForMermaidWithGraphType(fsm.NewFSM(g.initial, g.events, nil), fsm.StateDiagram)
		if err != nil {
			return "", fmt.Errorf("dialog: draw %s: %w", g.title, err)
		}
		out += "%% " + g.title + "\n" + drawn + "\n"
	}
	return out, nil
}
