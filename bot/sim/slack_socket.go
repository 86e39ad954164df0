package sim

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/gorilla/websocket"
)

const (
	slTicketLife = 30 * time.Second // from apps.connections.open to the dial
	slGrace      = 10 * time.Second // from a disconnect message to the end of the socket
	slBacklog    = 1024             // envelopes a socket may fall behind before it is cut
)

// A slSocket is one WebSocket of Socket Mode.
type slSocket struct {
	conn    *websocket.Conn
	out     chan any
	gone    chan struct{} // closed with the socket
	pending map[string]chan json.RawMessage
	leaving bool // it has been told to disconnect, and gets no more envelopes
}

// Refresh tells the n oldest sockets to disconnect and come again, as Slack does every few
// hours. What is on its way to such a socket may be lost.
func (s *Slack) Refresh(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, k := range s.open()[:min(n, len(s.open()))] {
		k.leaving = true
		k.send(slDisconnect("refresh_requested"))
		time.AfterFunc(slGrace, func() { k.conn.Close() })
	}
}

// Drop cuts every socket without a word.
func (s *Slack) Drop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, k := range s.sockets {
		k.conn.Close()
	}
}

// Sockets returns how many sockets are open and take envelopes.
func (s *Slack) Sockets() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.open())
}

// Unacknowledged returns how many envelopes wait to be acknowledged, and may still be.
func (s *Slack) Unacknowledged() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, k := range s.sockets {
		n += len(k.pending)
	}
	return n
}

// open returns the sockets that take envelopes, the oldest first.
func (s *Slack) open() []*slSocket {
	var open []*slSocket
	for _, k := range s.sockets {
		if !k.leaving {
			open = append(open, k)
		}
	}
	return open
}

func (s *Slack) connectionsOpen(slArgs) (slJSON, error) {
	ticket := s.id("ticket")
	s.tickets[ticket] = time.Now().Add(slTicketLife)
	address := "ws" + strings.TrimPrefix(s.server.url, "http")
	return slJSON{"url": address + "/link/?ticket=" + ticket + "&app_id=" + slAppID}, nil
}

// admit uses up a ticket.
func (s *Slack) admit(ticket string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	expires, ok := s.tickets[ticket]
	delete(s.tickets, ticket)
	return ok && time.Now().Before(expires)
}

func (s *Slack) serveSocket(w http.ResponseWriter, r *http.Request) {
	if !s.admit(r.URL.Query().Get("ticket")) {
		http.Error(w, "not_authed", http.StatusUnauthorized)
		return
	}
	upgrader := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	conn, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return // Upgrade has answered
	}
	defer conn.Close()
	k := &slSocket{conn: conn, out: make(chan any, slBacklog), gone: make(chan struct{}),
		pending: map[string]chan json.RawMessage{}}
	if !s.connect(k) {
		conn.WriteJSON(slDisconnect("too_many_websockets"))
		return
	}
	go k.write(s.o.PingEvery)
	s.read(k)
	s.disconnect(k)
}

// connect takes a socket into service and greets it, unless there are too many.
func (s *Slack) connect(k *slSocket) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.sockets) == slSockets || s.done.Err() != nil {
		return false
	}
	s.sockets = append(s.sockets, k)
	k.send(slJSON{"type": "hello", "num_connections": len(s.sockets), "connection_info": slJSON{"app_id": slAppID},
		"debug_info": slJSON{"host": "applink-sim", "build_number": 1, "approximate_connection_time": 18060}})
	s.watch.wake()
	return true
}

func (s *Slack) disconnect(k *slSocket) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sockets = slices.DeleteFunc(s.sockets, func(x *slSocket) bool { return x == k })
	close(k.gone)
	s.watch.wake()
}

func slDisconnect(reason string) slJSON {
	return slJSON{"type": "disconnect", "reason": reason, "debug_info": slJSON{"host": "applink-sim"}}
}

// send queues a message. A socket too far behind is cut.
func (k *slSocket) send(message any) {
	select {
	case k.out <- message:
	default:
		k.conn.Close()
	}
}

// write sends what is queued, and a ping at once and then every so often. It alone writes
// to the connection.
func (k *slSocket) write(every time.Duration) {
	pings := time.NewTicker(every)
	defer pings.Stop()
	err := k.ping()
	for err == nil {
		select {
		case message := <-k.out:
			err = k.conn.WriteJSON(message)
		case <-pings.C:
			err = k.ping()
		case <-k.gone:
			return
		}
	}
	k.conn.Close()
}

func (k *slSocket) ping() error {
	return k.conn.WriteControl(websocket.PingMessage, []byte("sim"), time.Now().Add(time.Second))
}

// read hears acknowledgements until the socket ends. One that is too long, or of an
// envelope that went over another socket, is ignored.
func (s *Slack) read(k *slSocket) {
	for {
		_, text, err := k.conn.ReadMessage()
		if err != nil {
			return
		}
		var ack struct {
			Envelope string          `json:"envelope_id"`
			Payload  json.RawMessage `json:"payload"`
		}
		if len(text) > slAckSize || json.Unmarshal(text, &ack) != nil {
			continue
		}
		s.mu.Lock()
		if waiting := k.pending[ack.Envelope]; waiting != nil {
			delete(k.pending, ack.Envelope)
			waiting <- ack.Payload
		}
		s.mu.Unlock()
	}
}

// An slEnvelope is one message to the app that is to be acknowledged.
type slEnvelope struct {
	id     string
	socket *slSocket
	acked  chan json.RawMessage
}

// post sends an envelope over one of the open sockets, each in its turn, or returns nil if
// none is open.
func (s *Slack) post(envelope slJSON) *slEnvelope {
	open := s.open()
	if len(open) == 0 {
		return nil
	}
	s.turn++
	e := &slEnvelope{id: s.id("envelope"), socket: open[s.turn%len(open)], acked: make(chan json.RawMessage, 1)}
	e.socket.pending[e.id] = e.acked
	envelope["envelope_id"] = e.id
	// What the payload holds may change once the mutex is free, so it is written out now.
	text, err := json.Marshal(envelope)
	if err != nil {
		panic("sim: " + err.Error())
	}
	e.socket.send(json.RawMessage(text))
	return e
}

// await returns what an envelope was acknowledged with, or false if it was not in time.
// It must be called without the mutex.
func (s *Slack) await(e *slEnvelope) (json.RawMessage, bool) {
	if e == nil {
		return nil, false
	}
	late := time.NewTimer(s.o.AckWithin)
	defer late.Stop()
	select {
	case payload := <-e.acked:
		return payload, true
	case <-late.C:
	case <-s.done.Done():
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(e.socket.pending, e.id)
	return nil, false
}
