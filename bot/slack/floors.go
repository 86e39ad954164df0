package slack

import (
	"io"
	"math"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"sync"
	"time"
)

// floors keep a call from being made before the time that Slack last asked calls of its kind
// to wait for, whatever it is for. What comes too early is answered as Slack would answer it.
type floors struct {
	next http.RoundTripper

	mu    sync.Mutex
	until map[string]time.Time // by kind
}

// RoundTrip implements http.RoundTripper.
func (f *floors) RoundTrip(r *http.Request) (*http.Response, error) {
	kind := kindOf(r)
	if wait := f.wait(kind); wait > 0 {
		return tooEarly(r, wait), nil
	}
	answer, err := f.next.RoundTrip(r)
	if err == nil && answer.StatusCode == http.StatusTooManyRequests {
		seconds, _ := strconv.Atoi(answer.Header.Get("Retry-After"))
		f.raise(kind, max(time.Duration(seconds)*time.Second, patience))
	}
	return answer, err
}

// wait is how long no call of the kind may be made yet.
func (f *floors) wait(kind string) time.Duration {
	f.mu.Lock()
	defer f.mu.Unlock()
	wait := time.Until(f.until[kind])
	if wait <= 0 {
		delete(f.until, kind)
	}
	return wait
}

func (f *floors) raise(kind string, wait time.Duration) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.until == nil {
		f.until = map[string]time.Time{}
	}
	f.until[kind] = time.Now().Add(wait)
}

// posting are the methods that Slack counts together.
var posting = map[string]string{"chat.postEphemeral": "chat.postMessage"}

// kindOf is what Slack limits together: a method, to one channel if it is about one.
func kindOf(r *http.Request) string {
	method := path.Base(r.URL.Path)
	if same, ok := posting[method]; ok {
		method = same
	}
	return method + " " + channelOf(r)
}

// channelOf reads the channel that a call names, "" if it names none.
func channelOf(r *http.Request) string {
	if r.GetBody == nil {
		return ""
	}
	body, err := r.GetBody()
	if err != nil {
		return ""
	}
	defer body.Close()
	raw, err := io.ReadAll(body)
	if err != nil {
		return ""
	}
	form, err := url.ParseQuery(string(raw))
	if err != nil {
		return ""
	}
	return form.Get("channel")
}

// tooEarly is the answer to a call that is not made.
func tooEarly(r *http.Request, wait time.Duration) *http.Response {
	if r.Body != nil {
		r.Body.Close()
	}
	seconds := strconv.Itoa(int(math.Ceil(wait.Seconds())))
	return &http.Response{
		Status: "429 Too Many Requests", StatusCode: http.StatusTooManyRequests,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: http.Header{"Retry-After": {seconds}}, Body: http.NoBody, Request: r,
	}
}
