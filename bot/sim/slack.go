package sim

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"
	"time"
)

// The workspace that NewSlack makes when SlackOptions names no users or channels. The
// triage and safety channels are private; the guest is a member of triage, as a guest who
// could press a button there would be.
const (
	SlackHealthVisitor = "U0HEALTHVIS"
	SlackClinicianA    = "U0CLINICIANA"
	SlackClinicianB    = "U0CLINICIANB"
	SlackGuest         = "U0GUEST0000"
	SlackBot           = "U0REFERRALBT" // the bot's own user, in every workspace
	SlackTriage        = "C0TRIAGE000"
	SlackSafety        = "C0SAFETY000"
)

const (
	slTeam     = "T0SERVICE00"
	slTeamName = "Parent-infant service"
	slDomain   = "parent-infant"
	slAppID    = "A0REFERRAL0"
	slBotID    = "B0REFERRAL0"
)

// SlackOptions are what differs from a workspace of the usual size and pace. Every zero
// value means what Slack itself does.
type SlackOptions struct {
	Users    []SlackUser    // nil: a health visitor, two clinicians and a guest
	Channels []SlackChannel // nil: a private triage and a private safety channel
	Groups   map[string][]string

	Now func() time.Time // dates messages; nil means time.Now

	Scopes []string // of the bot token; nil: those of the manifest
	Events []string // subscribed to; nil: those of the manifest, and member_joined_channel

	AckWithin   time.Duration   // 0: 3 s to acknowledge an envelope
	TriggerLife time.Duration   // 0: 3 s to use a trigger id
	Redeliver   []time.Duration // before each further try of an event; nil: at once, 1 min, 5 min
	PingEvery   time.Duration   // 0: 10 s between WebSocket pings
	PostEvery   time.Duration   // between two posts to one channel, Slack asks for 1 s; 0: no limit
	ReadEvery   time.Duration   // between two readings of one channel's history; 0: no limit
	ReadLag     time.Duration   // before a message can be read in the history; 0: none
}

// SlackUser is a person of the workspace, or a stranger in a shared channel.
type SlackUser struct {
	ID              string `json:"id"`
	Name            string `json:"name"`
	RealName        string `json:"real_name"`
	Title           string `json:"title,omitempty"`
	Email           string `json:"email,omitempty"` // shown to apps that may see it
	Phone           string `json:"phone,omitempty"`
	Team            string `json:"team_id,omitempty"` // "": the workspace's own
	Bot             bool   `json:"is_bot"`
	Deleted         bool   `json:"deleted"`
	Restricted      bool   `json:"is_restricted"`
	UltraRestricted bool   `json:"is_ultra_restricted"`
	Stranger        bool   `json:"is_stranger"`
}

// SlackChannel is a channel, or with IM set the direct messages between that user and the bot.
type SlackChannel struct {
	ID        string   `json:"id"`
	Name      string   `json:"name"`
	IM        string   `json:"user,omitempty"`
	Private   bool     `json:"is_private"`
	Archived  bool     `json:"is_archived"`
	ExtShared bool     `json:"is_ext_shared"`
	Members   []string `json:"members"` // the bot too, if it has been invited
}

// SlackMessage is one message as a person sees it now.
type SlackMessage struct {
	Channel   string       `json:"channel"`
	TS        string       `json:"ts"` // its id in the channel
	Thread    string       `json:"thread_ts,omitempty"`
	User      string       `json:"user"` // who wrote it, SlackBot for the bot
	Text      string       `json:"text"` // with Blocks, only what a notification shows
	Blocks    []SlackBlock `json:"blocks,omitempty"`
	Edited    bool         `json:"edited,omitempty"`
	Ephemeral bool         `json:"ephemeral,omitempty"`
	At        time.Time    `json:"at"`
	Metadata  string       `json:"metadata,omitempty"` // JSON; no one sees it, but any app may read it
}

// View is a modal or a Home tab as a person sees it now.
type View struct {
	ID              string       `json:"id"`
	User            string       `json:"user"`
	Type            string       `json:"type"` // modal or home
	Title           string       `json:"title,omitempty"`
	Submit          string       `json:"submit,omitempty"` // the button's label; "" if there is none
	Close           string       `json:"close,omitempty"`
	CallbackID      string       `json:"callback_id,omitempty"`
	PrivateMetadata string       `json:"private_metadata,omitempty"`
	Blocks          []SlackBlock `json:"blocks"`

	// Entered are the values typed or chosen so far, by block id.
	Entered map[string][]string `json:"entered,omitempty"`
}

// Slack is a local workspace with one app installed. Its methods may be called from any
// goroutine.
type Slack struct {
	o       SlackOptions
	server  *server
	faults  faults
	disturb map[string]func() (Fault, bool) // by method
	watch   watchers
	methods map[string]slMethod
	schema  slSchema
	done    context.Context // ends with Close
	end     context.CancelFunc

	mu         sync.Mutex
	users      map[string]SlackUser
	channels   map[string]*slChannel
	ephemerals map[string][]*slMessage // by user
	views      map[string]*slView
	stacks     map[string][]string // ids of the modals a user has open, the top one last
	homes      map[string]*slView  // by user
	triggers   map[string]*slTrigger
	replies    map[string]*slReply // response URLs still open, by id
	mishaps    map[string][]string // what Slack has told a user went wrong
	scopes     []string
	revoked    bool
	mute       bool // events are lost
	twice      bool // events come twice
	tickets    map[string]time.Time
	sockets    []*slSocket
	turn       int // whose turn it is among sockets
	lastTS     int64
	serial     int
	calls      []Call
}

type slChannel struct {
	SlackChannel
	ever     map[string]bool // all who have ever been members
	messages []*slMessage
	nextPost time.Time
	nextRead time.Time
}

type slMessage struct {
	SlackMessage
	raw    []any // Blocks in Slack's own JSON
	past   [][]SlackBlock
	client string // client_msg_id of a person's message
}

// NewSlack starts a workspace on a free port of the loopback.
func NewSlack(o SlackOptions) *Slack {
	s := &Slack{
		o:          o.orSlacks(),
		disturb:    map[string]func() (Fault, bool){},
		users:      map[string]SlackUser{},
		channels:   map[string]*slChannel{},
		ephemerals: map[string][]*slMessage{},
		views:      map[string]*slView{},
		stacks:     map[string][]string{},
		homes:      map[string]*slView{},
		triggers:   map[string]*slTrigger{},
		replies:    map[string]*slReply{},
		mishaps:    map[string][]string{},
		tickets:    map[string]time.Time{},
		methods:    slMethods(),
		schema:     newSlackSchema(),
	}
	s.done, s.end = context.WithCancel(context.Background())
	s.scopes = slices.Clone(s.o.Scopes)
	s.users[SlackBot] = SlackUser{ID: SlackBot, Name: "referralbot", RealName: "Referral bot", Bot: true}
	for _, u := range s.o.Users {
		s.users[u.ID] = u
	}
	for _, c := range s.o.Channels {
		s.addChannel(c)
	}
	s.server = startServer(s.routes())
	return s
}

// orSlacks fills what is not set with what Slack does.
func (o SlackOptions) orSlacks() SlackOptions {
	if o.Now == nil {
		o.Now = time.Now
	}
	o.AckWithin = cmp.Or(o.AckWithin, 3*time.Second)
	o.TriggerLife = cmp.Or(o.TriggerLife, 3*time.Second)
	o.PingEvery = cmp.Or(o.PingEvery, 10*time.Second)
	if o.Redeliver == nil {
		o.Redeliver = []time.Duration{0, time.Minute, 5 * time.Minute}
	}
	if o.Scopes == nil {
		o.Scopes = []string{"chat:write", "commands", "users:read", "usergroups:read", "groups:read",
			"groups:history", "im:read", "im:write", "im:history", "metadata.message:read", "users:read.email"}
	}
	if o.Events == nil {
		o.Events = []string{"message.im", "message.groups", "app_home_opened", "member_joined_channel",
			"member_left_channel", "app_uninstalled", "tokens_revoked"}
	}
	if o.Users == nil {
		o.Users = []SlackUser{
			{ID: SlackHealthVisitor, Name: "helen.marsh", RealName: "Helen Marsh", Title: "Health visitor", Email: "helen.marsh@nhs.example"},
			{ID: SlackClinicianA, Name: "carys.bevan", RealName: "Carys Bevan", Title: "Parent-infant therapist"},
			{ID: SlackClinicianB, Name: "daniel.osei", RealName: "Daniel Osei", Title: "Clinical psychologist"},
			{ID: SlackGuest, Name: "gwen.foster", RealName: "Gwen Foster", Title: "Visiting student", Restricted: true},
		}
	}
	if o.Channels == nil {
		team := []string{SlackBot, SlackClinicianA, SlackClinicianB}
		o.Channels = []SlackChannel{
			{ID: SlackTriage, Name: "triage", Private: true, Members: append(slices.Clone(team), SlackGuest)},
			{ID: SlackSafety, Name: "safety", Private: true, Members: team},
		}
	}
	return o
}

// URL returns the address of the Web API, with a slash at its end.
func (s *Slack) URL() string { return s.server.url + "/api/" }

// AppToken returns the app-level token, which opens sockets and nothing else.
func (s *Slack) AppToken() string { return "xapp-1-" + slAppID + "-1-sim" }

// BotToken returns the token for every other method.
func (s *Slack) BotToken() string { return "xoxb-1-1-sim" }

// Close cuts every connection and frees the port.
func (s *Slack) Close() {
	s.end()
	s.Drop()
	s.server.close()
}

// Fault makes the next calls of method fail as f says; "" is any method. The answer of a
// rate limit carries Retry-After in whole seconds, as Slack's does.
func (s *Slack) Fault(method string, f Fault) { s.faults.add(method, f) }

// Calls returns every call of the Web API so far, oldest first.
func (s *Slack) Calls() []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.calls)
}

// Watch returns a channel that holds a value after any change on anybody's screen since it
// was last read, and a function that ends the watch.
func (s *Slack) Watch() (<-chan struct{}, func()) { return s.watch.watch() }

// Wait returns nil once holds does. It asks after every change, and returns the context's
// error if that ends first. Holds may call any method of s.
func (s *Slack) Wait(ctx context.Context, holds func() bool) error { return s.watch.wait(ctx, holds) }

// ts returns the present time as Slack writes it, never the same twice.
func (s *Slack) ts() string {
	s.lastTS = max(s.lastTS+1, s.o.Now().UnixMicro())
	return fmt.Sprintf("%d.%06d", s.lastTS/1e6, s.lastTS%1e6)
}

// id returns a new id that begins with prefix.
func (s *Slack) id(prefix string) string {
	s.serial++
	return fmt.Sprintf("%s0SIM%06d", prefix, s.serial)
}
