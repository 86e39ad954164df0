package sim

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// TelegramOptions say what a local Telegram is like. The zero value will do.
type TelegramOptions struct {
	Token string           // the bot's token; empty means one that only this server takes
	Now   func() time.Time // dates messages and ages updates; nil means time.Now
	Names map[int64]string // first names by user id; whoever is missing is "Person"
	Joins bool             // the bot may be put into groups

	// Second is how long one of Telegram's seconds lasts, where it makes somebody wait: a
	// press lives 150 of them, a failing webhook is left alone for 1, 2, 4 of them, and so
	// on. Zero means a real one.
	Second time.Duration
}

// Telegram is a local Bot API server with one bot, and the people who write to it.
//
// It differs from the real one in what it leaves out: texts are plain (a parse_mode is
// refused), a webhook may be plain HTTP and its answer is not read for a method call, and
// nobody is slowed down unless a Fault says so.
type Telegram struct {
	token  string
	now    func() time.Time
	names  map[int64]string
	second time.Duration
	joins  bool

	server  *server
	faults  faults
	changes watchers

	revoked atomic.Bool // no call is taken

	mu       sync.Mutex          // guards everything below
	waiting  map[int64]*watchers // of one chat each
	calls    []*Call
	chats    map[int64]*tgChat
	lastID   int // of the messages: one count for all chats of a bot, as at Telegram
	presses  map[string]*tgPress
	answers  []TelegramAnswer
	queue    tgQueue
	profile  map[string]string // what stands beside the bot's name, by the API's names for it
	commands []TelegramCommand
}

// A TelegramMessage is one message as a person sees it now.
type TelegramMessage struct {
	ID        int
	FromBot   bool
	From      int64  // whose it is, 0 if the bot's
	Kind      string // "text", or what else it holds: "voice", "photo", "document" and so on
	Text      string // a caption, if Kind is not text
	Buttons   [][]TelegramButton
	Sent      time.Time
	Edited    time.Time // zero if never
	Protected bool      // cannot be forwarded or saved
	Silent    bool      // came without a sound
	File      string    // what is in a document of the bot's
}

// A TelegramButton is one button under a message.
type TelegramButton struct {
	Text string
	Data string // what a press sends to the bot; empty if the button opens URL
	URL  string
}

// A TelegramCommand is one line of the menu beside the text box.
type TelegramCommand struct {
	Command     string // without a slash
	Description string
}

// A TelegramAnswer is what a bot said to a press.
type TelegramAnswer struct {
	Press string // the id that Press returned
	User  int64
	Text  string // empty if it only stopped the waiting
	Alert bool   // to be shown in a dialogue, not in passing
}

// tgChat is one chat. A private chat has its person's id, a group a negative one.
type tgChat struct {
	id       int64
	messages []*tgMessage
	closed   string // what a bot that writes here is refused with; empty if it may
}

type tgMessage struct {
	TelegramMessage
	content map[string]any // what the API says of it beside what every message has
}

// tgPress is a press that waits for its answer.
type tgPress struct {
	user int64
	at   time.Time
}

// NewTelegram starts a Telegram on a free port of 127.0.0.1. It panics if there is none.
// Close ends it.
func NewTelegram(o TelegramOptions) *Telegram {
	t := &Telegram{
		token:   o.Token,
		now:     o.Now,
		names:   o.Names,
		joins:   o.Joins,
		second:  o.Second,
		chats:   map[int64]*tgChat{},
		waiting: map[int64]*watchers{},
		presses: map[string]*tgPress{},
		queue:   newTgQueue(),
		profile: map[string]string{},
	}
	if t.token == "" {
		t.token = "7000001:local-telegram-token-of-no-value"
	}
	if t.now == nil {
		t.now = time.Now
	}
	if t.second == 0 {
		t.second = time.Second
	}
	t.server = startServer(http.HandlerFunc(t.serve))
	return t
}

// URL is where the Bot API listens, without a slash at its end.
func (t *Telegram) URL() string { return t.server.url }

// Token is the only token the Bot API takes.
func (t *Telegram) Token() string { return t.token }

// Close ends the server and every call that waits on it.
func (t *Telegram) Close() {
	t.mu.Lock()
	t.dropWebhook(nil)
	t.mu.Unlock()
	t.server.close()
}

// Commands returns the menu beside the text box, as the bot last set it.
func (t *Telegram) Commands() []TelegramCommand {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Clone(t.commands)
}

// Messages returns the chat with user as that person sees it now, oldest first: edited
// messages as they were last edited, deleted ones gone. A group is read by its own id.
func (t *Telegram) Messages(user int64) []TelegramMessage {
	t.mu.Lock()
	defer t.mu.Unlock()
	chat := t.chats[user]
	if chat == nil {
		return nil
	}
	seen := make([]TelegramMessage, len(chat.messages))
	for i, m := range chat.messages {
		seen[i] = m.TelegramMessage
	}
	return seen
}

// Answers returns what the bot said to the presses of user, oldest first.
func (t *Telegram) Answers(user int64) []TelegramAnswer {
	t.mu.Lock()
	defer t.mu.Unlock()
	var said []TelegramAnswer
	for _, a := range t.answers {
		if a.User == user {
			said = append(said, a)
		}
	}
	return said
}

// Wait returns nil as soon as holds is true of the chat with user, or the error of ctx.
func (t *Telegram) Wait(ctx context.Context, user int64, holds func([]TelegramMessage) bool) error {
	t.mu.Lock()
	if t.waiting[user] == nil {
		t.waiting[user] = &watchers{}
	}
	chat := t.waiting[user]
	t.mu.Unlock()
	return chat.wait(ctx, func() bool { return holds(t.Messages(user)) })
}

// wake tells those who wait for a change of one chat, and those who watch everything.
func (t *Telegram) wake(chat int64) {
	t.mu.Lock()
	waiting := t.waiting[chat]
	t.mu.Unlock()
	if waiting != nil {
		waiting.wake()
	}
	t.changes.wake()
}

// Watch returns a channel that holds a value after anything changed, and a function that
// ends the watch.
func (t *Telegram) Watch() (<-chan struct{}, func()) { return t.changes.watch() }

// Fault makes the next calls of method fail as f says; "" stands for any method.
func (t *Telegram) Fault(method string, f Fault) { t.faults.add(strings.ToLower(method), f) }

// Revoke makes Telegram refuse the token from now on, or take it again.
func (t *Telegram) Revoke(refuse bool) { t.revoked.Store(refuse) }

// Profile returns what stands beside the bot's name: description, short_description and
// menu_button.
func (t *Telegram) Profile() map[string]string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return maps.Clone(t.profile)
}

// Calls returns every call of the Bot API so far, in the order they came.
func (t *Telegram) Calls() []Call {
	t.mu.Lock()
	defer t.mu.Unlock()
	calls := make([]Call, len(t.calls))
	for i, c := range t.calls {
		calls[i] = *c
	}
	return calls
}

// serve answers one call of the Bot API: /bot<token>/<method>.
func (t *Telegram) serve(w http.ResponseWriter, r *http.Request) {
	token, method, ok := strings.Cut(strings.TrimPrefix(r.URL.Path, "/bot"), "/")
	if !ok || !strings.HasPrefix(r.URL.Path, "/bot") {
		tgRefuse(w, tgNotFound)
		return
	}
	if token != t.token || t.revoked.Load() {
		tgRefuse(w, &tgRefusal{code: http.StatusUnauthorized})
		return
	}
	params, err := tgReadParams(w, r)
	if err != nil {
		tgRefuse(w, tgBad("can't parse the request body"))
		return
	}
	call := t.record(method, params)
	name := strings.ToLower(method)
	act := func(w http.ResponseWriter, r *http.Request) { t.act(w, r, call, tgMethods[name], params) }
	f, struck := t.faults.take(name)
	if !struck {
		act(w, r)
		return
	}
	f.strike(w, r, act, func(w http.ResponseWriter, f Fault) {
		t.refuse(w, call, tgFaultRefusal(f))
	})
}

func (t *Telegram) record(method string, params tgParams) *Call {
	call := &Call{At: t.now(), Method: method, Params: params}
	t.mu.Lock()
	t.calls = append(t.calls, call)
	t.mu.Unlock()
	t.changes.wake()
	return call
}

// act does what the call asks for and answers it.
func (t *Telegram) act(w http.ResponseWriter, r *http.Request, call *Call, do tgMethod, params tgParams) {
	if do == nil {
		t.refuse(w, call, &tgRefusal{http.StatusNotFound, "method not found", 0})
		return
	}
	result, refusal := do(t, r.Context(), params)
	if refusal != nil {
		t.refuse(w, call, refusal)
		return
	}
	chat, _ := strconv.ParseInt(params["chat_id"], 10, 64) // 0, which is nobody's, if there is none
	t.wake(chat)
	tgAnswer(w, http.StatusOK, map[string]any{"ok": true, "result": result})
}

func (t *Telegram) refuse(w http.ResponseWriter, call *Call, refusal *tgRefusal) {
	t.mu.Lock()
	call.Refused = refusal.Error()
	t.mu.Unlock()
	tgRefuse(w, refusal)
}

// chat returns the chat with this id, which it opens if need be. It wants t.mu.
func (t *Telegram) chat(id int64) *tgChat {
	if t.chats[id] == nil {
		t.chats[id] = &tgChat{id: id}
	}
	return t.chats[id]
}

// add puts m into chat, numbered and dated. It wants t.mu.
func (t *Telegram) add(chat *tgChat, m tgMessage) *tgMessage {
	t.lastID++
	m.ID = t.lastID
	m.Sent = t.now()
	chat.messages = append(chat.messages, &m)
	return &m
}

func (c *tgChat) find(messageID int) *tgMessage {
	i := slices.IndexFunc(c.messages, func(m *tgMessage) bool { return m.ID == messageID })
	if i < 0 {
		return nil
	}
	return c.messages[i]
}

func (c *tgChat) remove(messageID int) {
	c.messages = slices.DeleteFunc(c.messages, func(m *tgMessage) bool { return m.ID == messageID })
}

// What the API says of people, chats and messages.

func (t *Telegram) botJSON() map[string]any {
	id, _, _ := strings.Cut(t.token, ":")
	number, _ := strconv.ParseInt(id, 10, 64)
	return map[string]any{"id": number, "is_bot": true, "first_name": "Bot", "username": "local_bot"}
}

func (t *Telegram) userJSON(user int64) map[string]any {
	return map[string]any{"id": user, "is_bot": false, "first_name": t.name(user), "language_code": "en"}
}

func (t *Telegram) name(user int64) string {
	if name, ok := t.names[user]; ok {
		return name
	}
	return "Person"
}

func (t *Telegram) chatJSON(id int64) map[string]any {
	if id < 0 {
		return map[string]any{"id": id, "type": "group", "title": fmt.Sprintf("Group %d", -id)}
	}
	return map[string]any{"id": id, "type": "private", "first_name": t.name(id)}
}

func (t *Telegram) messageJSON(chat int64, m *tgMessage) map[string]any {
	j := map[string]any{"message_id": m.ID, "chat": t.chatJSON(chat), "date": m.Sent.Unix()}
	if m.FromBot {
		j["from"] = t.botJSON()
	} else {
		j["from"] = t.userJSON(m.From)
	}
	if !m.Edited.IsZero() {
		j["edit_date"] = m.Edited.Unix()
	}
	if m.Protected {
		j["has_protected_content"] = true
	}
	if m.Buttons != nil {
		j["reply_markup"] = tgKeyboardJSON(m.Buttons)
	}
	for k, v := range m.content {
		j[k] = v
	}
	return j
}
