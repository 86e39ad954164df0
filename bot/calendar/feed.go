package calendar

import (
	"bytes"
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"net/http"
	"strconv"
	"time"

	"referralbot/dialog"
	"referralbot/rules"
)

// FeedPath is what the addresses of feeds begin with.
const FeedPath = "/calendar/"

// Feeds serves to each clinician of the profile the calls that they are to make, as a calendar
// to subscribe to. Its address is all that it takes to read it, so it is nobody's to guess: it
// is made of the service's keys. It changes, and the old one is of no use any more, when the
// profile gives the clinician another number of their feed.
type Feeds struct {
	Clinicians []rules.CallClinician
	// Name makes of parts a word that nobody without the keys can.
	Name func(parts ...string) string
	// Calls are the calls to come of one clinician.
	Calls func(ctx context.Context, clinician string) ([]dialog.Invite, error)
	// Title is what the calendar is called.
	Title string
}

// Path is the path of a clinician's feed.
func (f Feeds) Path(c rules.CallClinician) string {
	return FeedPath + f.Name("calendar feed", c.Slack, strconv.Itoa(c.Feed)) + ".ics"
}

// ServeHTTP answers with a feed. An address that was never one and one that is none any more
// are answered in the same way.
func (f Feeds) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	who, found := f.whose(r.URL.Path)
	if !found {
		http.NotFound(w, r)
		return
	}
	calls, err := f.Calls(r.Context(), who)
	if err != nil {
		http.Error(w, "the store cannot be read", http.StatusServiceUnavailable)
		return
	}
	body := feed(f.Title, calls)
	sum := sha256.Sum256(body)
	h := w.Header()
	h.Set("Content-Type", "text/calendar; charset=utf-8")
	h.Set("Cache-Control", "private, no-cache") // to be asked for again, and kept by nobody between
	h.Set("ETag", `"`+base64.RawURLEncoding.EncodeToString(sum[:])+`"`)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
}

// whose returns the clinician whose feed has the path. It takes as long for every path of the
// same length.
func (f Feeds) whose(path string) (who string, found bool) {
	for _, c := range f.Clinicians {
		if subtle.ConstantTimeCompare([]byte(f.Path(c)), []byte(path)) == 1 {
			who, found = c.Slack, true
		}
	}
	return who, found
}
