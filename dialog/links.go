package dialog

import (
	"slices"
	"strings"
	"sync"
	"unicode"
)

// Link is a page on the web that a message speaks of, as a button that opens it. It is the same
// for everybody: nothing that a person has said is in it.
type Link struct {
	Label string `json:"label"` // at most 75 characters
	URL   string `json:"url"`   // begins https://
}

// link gives each reply a button for every page whose address stands in its words. Pages are
// those of the service's profile and of our own words: what somebody has typed makes none.
func (t *turn) link() {
	pages := sync.OnceValue(t.pages)
	for i := range t.out.Replies {
		r := &t.out.Replies[i]
		if r.Invite != nil {
			continue
		}
		words := addresses(r.Text)
		if len(words) == 0 {
			continue
		}
		for _, p := range pages() {
			if slices.Contains(words, p.address) {
				r.Links = append(r.Links, p.Link)
			}
		}
	}
}

// page is a page on the web, and its address as words have it.
type page struct {
	address string
	Link
}

// regulator is the address of whom people may complain to of what is done with what they tell.
const regulator = "ico.org.uk"

func (t *turn) pages() []page {
	s := t.f.Service
	pages := []page{{regulator, Link{t.line(linePage, "name", t.line(lineRegulator)), "https://" + regulator}}}
	if label, url := t.line(lineGuidancePage), s.GuidancePage(); label != "" && url != "" {
		pages = append(pages, page{s.Guidance, Link{label, url}})
	}
	for _, r := range s.Shown() {
		if url := r.Page(); url != "" {
			pages = append(pages, page{r.Contact, Link{t.line(linePage, "name", r.Name), url}})
		}
	}
	return pages
}

// addresses returns the words of text that may be addresses, without what ends a sentence.
func addresses(text string) []string {
	words := strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(`,;()"`, r) })
	for i, w := range words {
		words[i] = strings.TrimRight(w, ".:?!")
	}
	return slices.DeleteFunc(words, func(w string) bool { return !strings.Contains(w, ".") })
}
