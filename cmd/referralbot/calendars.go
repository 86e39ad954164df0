package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"text/tabwriter"

	"referralbot/bot/calendar"
	"referralbot/dialog"
	"referralbot/rules"
	"referralbot/store"
	"referralbot/store/seal"
)

// calendarsCmd prints the addresses at which clinicians subscribe to their own calls.
type calendarsCmd struct {
	Keys      string `env:"KEYS" placeholder:"FILE" help:"File of the keys that everything is sealed under."`
	Service   string `env:"SERVICE" placeholder:"FILE" help:"Profile of your service (YAML), which lists the clinicians."`
	PublicURL string `name:"public-url" env:"PUBLIC_URL" placeholder:"URL" help:"Address at which LISTEN is reached over https, such as https://bot.example; without it, the addresses are printed from their first slash."`
}

// Run prints a line for each clinician.
func (c calendarsCmd) Run(io streams) error {
	keys, err := kept{Keys: c.Keys}.keys()
	if err != nil {
		return err
	}
	service, err := readService(c.Service)
	if err != nil {
		return usageError{"SERVICE " + err.Error()}
	}
	if len(service.Calls.Clinicians) == 0 {
		return usageError{"SERVICE lists nobody under calls.clinicians"}
	}
	feeds := calendar.Feeds{Name: keys.Sum}
	lines := tabwriter.NewWriter(io.out, 0, 0, 2, ' ', 0)
	for _, who := range service.Calls.Clinicians {
		fmt.Fprintf(lines, "%s\t%s%s\n", who.Name, strings.TrimRight(c.PublicURL, "/"), feeds.Path(who))
	}
	return lines.Flush()
}

// feeds are the clinicians' calls, each one's for their own calendar.
func feeds(db store.Store, service *rules.Service, keys *seal.Keys) http.Handler {
	return calendar.Feeds{
		Clinicians: service.Calls.Clinicians,
		Name:       keys.Sum,
		Title:      "Calls, " + service.Name,
		Calls: func(ctx context.Context, clinician string) ([]dialog.Invite, error) {
			open, err := db.Open(ctx)
			if err != nil && !errors.Is(err, store.ErrDamaged) { // what does not open is told elsewhere
				return nil, err
			}
			return dialog.Agenda(open, clinician), nil
		},
	}
}

// feedOf gives the address of a clinician's feed, for them alone: "" where nobody outside could
// reach it, or the profile does not list them.
func (s settings) feedOf(service *rules.Service, keys *seal.Keys) func(clinician string) string {
	return func(clinician string) string {
		who, listed := service.Calls.Clinician(clinician)
		if !listed || s.PublicURL == "" {
			return ""
		}
		return strings.TrimRight(s.PublicURL, "/") + calendar.Feeds{Name: keys.Sum}.Path(who)
	}
}

// tryCalendars reads every clinician's calendar once.
func (c checkCmd) tryCalendars(ctx context.Context) findings {
	service, err := readService(c.Service)
	if err != nil {
		return told(err)
	}
	faults, remarks := calendar.NewWatch(service.Calls, slog.New(slog.DiscardHandler)).Check(ctx)
	return findings{faults, remarks}
}
