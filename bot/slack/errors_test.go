package slack

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"referralbot/bot"
)

func TestJudge(t *testing.T) {
	t.Parallel()
	person, channel := place{user: "U1"}, place{channel: "C1"}
	api := func(code string) error { return slack.SlackErrorResponse{Err: code} }
	sent := func(err error) error { return &url.Error{Op: "Post", URL: "https://slack.com/xoxb-secret", Err: err} }
	for _, test := range []struct {
		name string
		at   place
		err  error
		want error
	}{
		{"blocked", person, api("user_not_found"), bot.ErrGone},
		{"closed", person, api("channel_not_found"), bot.ErrGone},
		{"no such triage", channel, api("channel_not_found"), bot.ErrBroken},
		{"archived triage", channel, api("is_archived"), bot.ErrBroken},
		{"not invited", channel, api("not_in_channel"), bot.ErrBroken},
		{"token", person, api("token_revoked"), bot.ErrBroken},
		{"scope", channel, api("missing_scope"), bot.ErrBroken},
		{"blocks", channel, api("invalid_blocks"), bot.ErrRefused},
		{"too long", person, api("msg_too_long"), bot.ErrRefused},
		{"fatal", channel, api("fatal_error"), bot.ErrUncertain},
		{"internal", channel, api("internal_error"), bot.ErrUncertain},
		{"not known", channel, api("something_new"), bot.ErrUncertain},
		{"5xx", channel, slack.StatusCodeError{Code: 502}, bot.ErrUncertain},
		{"401", channel, slack.StatusCodeError{Code: 401}, bot.ErrBroken},
		{"timeout", channel, sent(context.DeadlineExceeded), bot.ErrUncertain},
		{"reset", channel, sent(&net.OpError{Op: "read", Err: io.EOF}), bot.ErrUncertain},
		{"judged before", channel, fmt.Errorf("slack: %w: invalid_blocks", bot.ErrRefused), bot.ErrRefused},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got := judge(test.at, test.err)
			if !errors.Is(got, test.want) || strings.Contains(got.Error(), "secret") {
				t.Errorf("judge(%v) = %v, want %v", test.err, got, test.want)
			}
		})
	}
}

func TestJudgeLater(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name string
		err  error
		want time.Duration
	}{
		{"limited", &slack.RateLimitedError{RetryAfter: 17 * time.Second}, 17 * time.Second},
		{"limited without saying for how long", slack.StatusCodeError{Code: 429}, patience},
		{"limited in words", slack.SlackErrorResponse{Err: "ratelimited"}, patience},
		{"no connection", &url.Error{Err: &net.OpError{Op: "dial", Err: io.EOF}}, patience},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var later *bot.Later
			if got := judge(place{channel: "C1"}, test.err); !errors.As(got, &later) || later.After != test.want {
				t.Errorf("judge = %v, want later, after %v", got, test.want)
			}
		})
	}
}

// A code that Slack would never send is not repeated, whatever it says.
func TestCodeOfForeignWords(t *testing.T) {
	t.Parallel()
	if got := code(slack.SlackErrorResponse{Err: "xoxb-12-secret Jane Doe"}); got != "failed" {
		t.Errorf("code = %q", got)
	}
}
