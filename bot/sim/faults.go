package sim

import (
	"bytes"
	"io"
	"net"
	"net/http"
	"sync"
	"time"
)

// A Fault is what goes wrong with the next calls of a method.
type Fault struct {
	Kind  FaultKind
	Times int // how many calls it strikes; 0 means one

	// After lets the call take effect and spoils only its answer, so that the caller
	// cannot know. It means nothing to RateLimit and Refuse, which are a definite no.
	After bool

	RetryAfter time.Duration // of RateLimit; 0 means one second
	Status     int           // of Down; 0 means 502
	Error      string        // of Refuse: the platform's own words
}

// A FaultKind is one way for a call to fail.
type FaultKind int

// The kinds of fault.
const (
	RateLimit FaultKind = iota // 429 and how long to wait
	Refuse                     // the platform's refusal with Fault.Error
	Down                       // a 5xx with a page of HTML, as from a proxy
	Hang                       // no answer until the caller goes away
	Reset                      // the connection is reset
)

// A Call is one call of a platform's API, as the server saw it.
type Call struct {
	At     time.Time
	Method string
	Params map[string]string // a value that is not a string is in JSON

	// Refused is what the call was refused with, by the platform or a fault. It is
	// empty while the call waits, when it succeeded, and when only its answer was lost.
	Refused string
}

// faults are the faults yet to strike, by method; "" is any method.
type faults struct {
	mu      sync.Mutex
	waiting map[string][]Fault
}

func (fs *faults) add(method string, f Fault) {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	if fs.waiting == nil {
		fs.waiting = map[string][]Fault{}
	}
	f.Times = max(f.Times, 1)
	fs.waiting[method] = append(fs.waiting[method], f)
}

// take returns the fault that strikes this call of method, if any.
func (fs *faults) take(method string) (Fault, bool) {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	for _, key := range []string{method, ""} {
		queue := fs.waiting[key]
		if len(queue) == 0 {
			continue
		}
		f := queue[0]
		queue[0].Times--
		if queue[0].Times == 0 {
			fs.waiting[key] = queue[1:]
		}
		return f, true
	}
	return Fault{}, false
}

// refused returns what a Call struck by f is refused with; "" if the caller gets no answer
// that it could take for a refusal.
func (f Fault) refused() string {
	return map[FaultKind]string{RateLimit: "rate limit", Refuse: f.Error}[f.Kind]
}

// strike answers r as f says. Act does what r asks for; refuse writes the platform's
// form of RateLimit and Refuse.
func (f Fault) strike(w http.ResponseWriter, r *http.Request, act http.HandlerFunc, refuse func(http.ResponseWriter, Fault)) {
	if f.Kind == RateLimit || f.Kind == Refuse {
		refuse(w, f)
		return
	}
	// A request's context ends with its connection only once its body has been read.
	body, _ := io.ReadAll(r.Body)
	if f.After {
		r.Body = io.NopCloser(bytes.NewReader(body))
		act(unheard{http.Header{}}, r)
	}
	map[FaultKind]func(http.ResponseWriter, *http.Request, Fault){
		Down: strikeDown, Hang: strikeHang, Reset: strikeReset,
	}[f.Kind](w, r, f)
}

func strikeDown(w http.ResponseWriter, _ *http.Request, f Fault) {
	status := f.Status
	if status == 0 {
		status = http.StatusBadGateway
	}
	w.Header().Set("Content-Type", "text/html")
	w.WriteHeader(status)
	io.WriteString(w, "<html><head><title>"+http.StatusText(status)+"</title></head><body>nginx</body></html>")
}

func strikeHang(_ http.ResponseWriter, r *http.Request, _ Fault) {
	<-r.Context().Done()
}

func strikeReset(w http.ResponseWriter, _ *http.Request, _ Fault) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	if tcp, ok := conn.(*net.TCPConn); ok {
		tcp.SetLinger(0) // a reset, not an orderly end
	}
	conn.Close()
}

// unheard is the writer of an answer that is lost on its way.
type unheard struct{ header http.Header }

func (u unheard) Header() http.Header         { return u.header }
func (u unheard) Write(p []byte) (int, error) { return len(p), nil }
func (u unheard) WriteHeader(int)             {}
