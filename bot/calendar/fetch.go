package calendar

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"referralbot/rules"
)

// The bounds of fetching a calendar.
const (
	fetchWithin   = 30 * time.Second
	redirectsMost = 5
	headersMost   = 64 << 10 // bytes
)

// Why a calendar could not be read, beside those of reading.
var (
	errAddress  = failure("no_address")
	errElse     = failure("sent_elsewhere")
	errNoAnswer = failure("no_answer")
	errNoTLS    = failure("not_who_it_says")
)

// mends say how to mend what Check may find, by code; any other is a status of HTTP.
var mends = map[failure]string{
	errAddress:    "the address must begin with https; copy it again from the settings of the calendar",
	errElse:       "the address leads elsewhere, and not by https; copy it again from the settings of the calendar",
	errNoAnswer:   "nobody answers there in time; check that this machine may connect to it, and try again",
	errNoTLS:      "whoever answers is not who they say; check the address, and that its certificate is one this machine believes",
	errNoCalendar: "what is there is not a calendar; copy the address again that ends in .ics, and not that of the page",
	errTooMuch:    "the calendar has more in it than is read; publish one that holds only when you are busy",
}

const mendStatus = "the calendar is not there any more, or not for everybody who has its address; publish it again and put the new address in the profile"

// mend says how to mend f.
func (f failure) mend() string {
	if m, known := mends[f]; known {
		return m
	}
	return mendStatus
}

// fetcher fetches calendars.
type fetcher struct {
	client *http.Client
}

func newFetcher() fetcher {
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.MaxResponseHeaderBytes = headersMost
	return fetcher{&http.Client{Transport: t, Timeout: fetchWithin, CheckRedirect: mayFollow}}
}

// mayFollow lets redirects lead only where an address might, and tells nobody there where they
// came from. What began on this machine stays on it.
func mayFollow(to *http.Request, from []*http.Request) error {
	to.Header.Del("Referer")
	here := isHere(from[0].URL.Hostname())
	if len(from) > redirectsMost || !fit(to.URL) || isHere(to.URL.Hostname()) != here {
		return errElse
	}
	return nil
}

// fit reports whether a calendar may be fetched from u: over https, or on this machine.
func fit(u *url.URL) bool {
	return u.Host != "" && (u.Scheme == "https" || u.Scheme == "http" && isHere(u.Hostname()))
}

// isHere reports whether a host is this machine.
func isHere(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// fetch reads the calendar at address: when its owner is busy within window. Its error is a
// failure.
func (f fetcher) fetch(ctx context.Context, address rules.Secret, window rules.Span) (busy, error) {
	ctx, cancel := context.WithTimeout(ctx, fetchWithin)
	defer cancel()
	u, err := url.Parse(strings.Replace(string(address), "webcal://", "https://", 1))
	if err != nil || !fit(u) {
		return busy{}, errAddress
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return busy{}, errAddress
	}
	request.Header.Set("Accept", "text/calendar")
	request.Header.Set("User-Agent", "referralbot")
	answer, err := f.client.Do(request)
	if err != nil {
		return busy{}, judged(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return busy{}, failure(fmt.Sprintf("status_%d", answer.StatusCode))
	}
	b, err := read(ctx, answer.Body, window)
	return b, judged(err)
}

// judged makes a failure of an error, whose text has the address in it.
func judged(err error) error {
	if err == nil {
		return nil
	}
	if f, ok := errors.AsType[failure](err); ok {
		return f
	}
	if _, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return errNoTLS
	}
	if _, ok := errors.AsType[tls.RecordHeaderError](err); ok {
		return errNoTLS
	}
	return errNoAnswer
}
