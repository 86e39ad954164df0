package sim

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A slMethod is one method of the Web API. Its run holds the workspace's mutex.
type slMethod struct {
	run   func(*Slack, slArgs) (slJSON, error)
	scope string // of the bot token; "" if none is needed, or it depends on the channel
	reads bool   // it takes no JSON body, as Slack's reading methods do not
}

func slMethods() map[string]slMethod {
	return map[string]slMethod{
		"auth.test":             {run: (*Slack).authTest},
		"apps.connections.open": {run: (*Slack).connectionsOpen},
		"chat.postMessage":      {run: (*Slack).postMessage, scope: "chat:write"},
		"chat.postEphemeral":    {run: (*Slack).postEphemeral, scope: "chat:write"},
		"chat.update":           {run: (*Slack).updateMessage, scope: "chat:write"},
		"chat.delete":           {run: (*Slack).deleteMessage, scope: "chat:write"},
		"conversations.open":    {run: (*Slack).conversationsOpen, scope: "im:write"},
		"conversations.info":    {run: (*Slack).conversationsInfo, reads: true},
		"conversations.members": {run: (*Slack).conversationsMembers, reads: true},
		"conversations.history": {run: (*Slack).conversationsHistory, reads: true},
		"users.conversations":   {run: (*Slack).usersConversations, reads: true},
		"users.info":            {run: (*Slack).usersInfo, scope: "users:read", reads: true},
		"usergroups.users.list": {run: (*Slack).groupUsers, scope: "usergroups:read", reads: true},
		"views.open":            {run: (*Slack).viewsOpen},
		"views.push":            {run: (*Slack).viewsPush},
		"views.update":          {run: (*Slack).viewsUpdate},
		"views.publish":         {run: (*Slack).viewsPublish},
	}
}

func (s *Slack) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/api/{method}", s.serveMethod)
	mux.HandleFunc("/link/", s.serveSocket)
	mux.HandleFunc("POST /respond/{id}", s.serveResponse)
	return mux
}

// serveMethod lets a fault strike the call if one waits, and answers it otherwise.
func (s *Slack) serveMethod(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return // the caller is gone
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	method := r.PathValue("method")
	fault, struck := s.struck(method)
	act := func(w http.ResponseWriter, r *http.Request) { s.act(w, r, method, body) }
	if !struck {
		act(w, r)
		return
	}
	if !fault.After || fault.refused() != "" {
		_, args := slParse(r, body, false)
		s.log(method, args, fault.refused())
	}
	fault.strike(w, r, act, slRefuse)
}

// act does what a call asks for and answers it.
func (s *Slack) act(w http.ResponseWriter, r *http.Request, method string, body []byte) {
	s.mu.Lock()
	m, known := s.methods[method]
	token, args := slParse(r, body, m.reads)
	answer, err := slJSON(nil), error(slError{code: "unknown_method"})
	if known {
		answer, err = s.call(m, method, token, args)
	}
	s.logLocked(method, args, slCode(err))
	scopes := strings.Join(s.scopes, ",")
	s.mu.Unlock()

	w.Header().Set("X-OAuth-Scopes", scopes)
	if err != nil {
		slFail(w, err)
		return
	}
	if answer == nil {
		answer = slJSON{}
	}
	answer["ok"] = true
	slWrite(w, http.StatusOK, answer)
}

func (s *Slack) call(m slMethod, method, token string, args slArgs) (slJSON, error) {
	if err := s.allowed(method, token); err != nil {
		return nil, err
	}
	if err := s.needs(m.scope); err != nil {
		return nil, err
	}
	return m.run(s, args)
}

// allowed says whether the token may call the method at all.
func (s *Slack) allowed(method, token string) error {
	opens := method == "apps.connections.open"
	switch {
	case token == "":
		return slError{code: "not_authed"}
	case token != s.BotToken() && token != s.AppToken():
		return slError{code: "invalid_auth"}
	case opens != (token == s.AppToken()):
		return slError{code: "not_allowed_token_type"}
	case s.revoked && !opens:
		return slError{code: "token_revoked"}
	}
	return nil
}

func (s *Slack) needs(scope string) error {
	if scope == "" || slices.Contains(s.scopes, scope) {
		return nil
	}
	return slError{code: "missing_scope", needed: scope, provided: strings.Join(s.scopes, ",")}
}

func (s *Slack) log(method string, args slArgs, refused string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.logLocked(method, args, refused)
}

func (s *Slack) logLocked(method string, args slArgs, refused string) {
	s.calls = append(s.calls, Call{At: time.Now(), Method: method, Params: args, Refused: refused})
}

// slError is a refusal in Slack's own words.
type slError struct {
	code             string
	messages         []string // what is wrong, one by one
	needed, provided string   // scopes
	after            time.Duration
}

func (e slError) Error() string { return e.code }

// slCode returns the code of a refusal, "" if err is nil.
func slCode(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// slInvalid refuses an argument, as Slack's schema does.
func slInvalid(code string, faults ...string) slError { return slError{code: code, messages: faults} }

// slFail writes a refusal in Slack's form.
func slFail(w http.ResponseWriter, err error) {
	var refusal slError
	if !errors.As(err, &refusal) {
		refusal.code = "internal_error"
	}
	if refusal.after > 0 {
		slRefuse(w, Fault{Kind: RateLimit, RetryAfter: refusal.after})
		return
	}
	answer := slJSON{"ok": false, "error": refusal.code}
	if refusal.needed != "" {
		answer["needed"], answer["provided"] = refusal.needed, refusal.provided
	}
	if len(refusal.messages) > 0 {
		var messages []string
		for _, m := range refusal.messages {
			messages = append(messages, "[ERROR] "+m)
		}
		answer["errors"] = refusal.messages
		answer["response_metadata"] = slJSON{"messages": messages}
	}
	slWrite(w, http.StatusOK, answer)
}

// slRefuse writes the two faults that are a definite no.
func slRefuse(w http.ResponseWriter, f Fault) {
	if f.Kind == Refuse {
		slWrite(w, http.StatusOK, slJSON{"ok": false, "error": f.Error})
		return
	}
	after := max(1, int64((f.RetryAfter+time.Second-1)/time.Second))
	w.Header().Set("Retry-After", strconv.FormatInt(after, 10))
	slWrite(w, http.StatusTooManyRequests, slJSON{"ok": false, "error": "ratelimited"})
}

func slWrite(w http.ResponseWriter, status int, answer slJSON) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(answer) // an error here is the caller's having gone
}

// slArgs are a call's arguments; one that is not a string is in JSON.
type slArgs map[string]string

// slParse reads the token and the arguments of a call. A form may carry the token among
// its arguments; with a JSON body it must be in the header, and a method that only reads
// does not look at such a body.
func slParse(r *http.Request, body []byte, reads bool) (token string, args slArgs) {
	args = slArgs{}
	for key, values := range r.URL.Query() {
		args[key] = values[0]
	}
	kind, params, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch kind {
	case "application/json":
		if !reads {
			args.addJSON(body)
		}
		delete(args, "token")
	case "multipart/form-data":
		args.addMultipart(body, params["boundary"])
	default:
		form, _ := url.ParseQuery(string(body))
		args.addForm(form)
	}
	token = args["token"]
	delete(args, "token")
	if bearer, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
		token = bearer
	}
	return token, args
}

func (a slArgs) addForm(form url.Values) {
	for key, values := range form {
		a[key] = values[0]
	}
}

func (a slArgs) addMultipart(body []byte, boundary string) {
	form, err := multipart.NewReader(bytes.NewReader(body), boundary).ReadForm(1 << 20)
	if err == nil {
		a.addForm(form.Value)
	}
}

func (a slArgs) addJSON(body []byte) {
	var fields map[string]json.RawMessage
	if json.Unmarshal(body, &fields) != nil {
		return
	}
	for key, raw := range fields {
		var text string
		if json.Unmarshal(raw, &text) == nil {
			a[key] = text
		} else {
			a[key] = string(raw)
		}
	}
}

// decode reads an argument that is JSON, keeping numbers as they are written.
func (a slArgs) decode(key string) (any, error) {
	d := json.NewDecoder(strings.NewReader(a[key]))
	d.UseNumber()
	var v any
	err := d.Decode(&v)
	return v, err
}

func (a slArgs) bool(key string) bool { return a[key] == "true" || a[key] == "1" }

// need refuses the call if an argument is missing.
func (a slArgs) need(keys ...string) error {
	var faults []string
	for _, key := range keys {
		if a[key] == "" {
			faults = append(faults, "missing required field: "+key)
		}
	}
	if faults == nil {
		return nil
	}
	return slInvalid("invalid_arguments", faults...)
}
