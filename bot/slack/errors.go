package slack

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"regexp"
	"time"

	"github.com/slack-go/slack"

	"referralbot/bot"
)

// errLater stands in the table below for a definite no that passes.
var errLater = errors.New("later")

// patience is how long to wait after a no that does not say.
const patience = time.Second

// verdict is what an error of Slack's means for a person's direct messages and for a channel.
type verdict struct{ person, channel error }

// verdicts is what the codes of errors mean. Whatever is not here is taken as uncertain, and so
// tried again.
var verdicts = map[string]verdict{
	"ratelimited":            {errLater, errLater},
	"rate_limited":           {errLater, errLater},
	"message_limit_exceeded": {errLater, errLater},
	"no_connection":          {errLater, errLater}, // ours: nothing was sent

	"user_not_found":      {bot.ErrGone, bot.ErrGone},
	"users_not_found":     {bot.ErrGone, bot.ErrGone},
	"user_disabled":       {bot.ErrGone, bot.ErrGone},
	"user_not_visible":    {bot.ErrGone, bot.ErrGone},
	"cannot_dm_bot":       {bot.ErrGone, bot.ErrGone},
	"user_not_in_channel": {bot.ErrGone, bot.ErrGone},

	"channel_not_found": {bot.ErrGone, bot.ErrBroken},
	"is_archived":       {bot.ErrGone, bot.ErrBroken},
	"not_in_channel":    {bot.ErrGone, bot.ErrBroken},

	"invalid_auth":                {bot.ErrBroken, bot.ErrBroken},
	"not_authed":                  {bot.ErrBroken, bot.ErrBroken},
	"token_revoked":               {bot.ErrBroken, bot.ErrBroken},
	"token_expired":               {bot.ErrBroken, bot.ErrBroken},
	"account_inactive":            {bot.ErrBroken, bot.ErrBroken},
	"missing_scope":               {bot.ErrBroken, bot.ErrBroken},
	"no_permission":               {bot.ErrBroken, bot.ErrBroken},
	"not_allowed_token_type":      {bot.ErrBroken, bot.ErrBroken},
	"org_login_required":          {bot.ErrBroken, bot.ErrBroken},
	"ekm_access_denied":           {bot.ErrBroken, bot.ErrBroken},
	"restricted_action":           {bot.ErrBroken, bot.ErrBroken},
	"messages_tab_disabled":       {bot.ErrBroken, bot.ErrBroken},
	"invalid_blocks":              {bot.ErrRefused, bot.ErrRefused},
	"invalid_blocks_format":       {bot.ErrRefused, bot.ErrRefused},
	"invalid_arguments":           {bot.ErrRefused, bot.ErrRefused},
	"invalid_metadata_format":     {bot.ErrRefused, bot.ErrRefused},
	"msg_too_long":                {bot.ErrRefused, bot.ErrRefused},
	"msg_blocks_too_long":         {bot.ErrRefused, bot.ErrRefused},
	"no_text":                     {bot.ErrRefused, bot.ErrRefused},
	"edit_window_closed":          {bot.ErrRefused, bot.ErrRefused},
	"cant_update_message":         {bot.ErrRefused, bot.ErrRefused},
	"fatal_error":                 {bot.ErrUncertain, bot.ErrUncertain},
	"internal_error":              {bot.ErrUncertain, bot.ErrUncertain},
	"request_timeout":             {bot.ErrUncertain, bot.ErrUncertain},
	"service_unavailable":         {bot.ErrUncertain, bot.ErrUncertain},
	"duplicate_message_not_found": {bot.ErrUncertain, bot.ErrUncertain},
	"duplicate_channel_not_found": {bot.ErrUncertain, bot.ErrUncertain},
}

// judge turns an error of a call about p into one of bot's errors of Deliver. What it
// returns has a short code in it and nothing of the call or its answer.
func judge(p place, err error) error {
	if err == nil {
		return nil
	}
	if later, ok := errors.AsType[*bot.Later](err); ok {
		return later
	}
	for _, judged := range []error{bot.ErrUncertain, bot.ErrGone, bot.ErrRefused, bot.ErrBroken} {
		if errors.Is(err, judged) {
			return err
		}
	}
	if limited, ok := errors.AsType[*slack.RateLimitedError](err); ok {
		return &bot.Later{After: max(limited.RetryAfter, patience)}
	}
	v, known := verdicts[code(err)]
	if !known {
		v = verdict{bot.ErrUncertain, bot.ErrUncertain}
	}
	kind := v.channel
	if p.channel == "" {
		kind = v.person
	}
	if kind == errLater {
		return &bot.Later{After: patience}
	}
	return fmt.Errorf("slack: %w: %s", kind, code(err))
}

// neverSent reports whether the call failed before anything of it left.
func neverSent(err error) bool {
	if op, ok := errors.AsType[*net.OpError](err); ok && op.Op == "dial" {
		return true
	}
	_, refused := errors.AsType[*tls.CertificateVerificationError](err)
	return refused
}

// codeShape is what a code of Slack's looks like. Anything else is not repeated.
var codeShape = regexp.MustCompile(`^[a-z][a-z_]{2,59}$`)

// statusCodes are the codes of answers that are not Slack's own.
var statusCodes = map[int]string{
	http.StatusUnauthorized:       "invalid_auth",
	http.StatusForbidden:          "invalid_auth",
	http.StatusTooManyRequests:    "ratelimited",
	http.StatusServiceUnavailable: "service_unavailable",
}

// code returns a short word for err that is fit for a log: it says nothing of the call.
func code(err error) string {
	if answer, ok := errors.AsType[slack.SlackErrorResponse](err); ok && codeShape.MatchString(answer.Err) {
		return answer.Err
	}
	if status, ok := errors.AsType[slack.StatusCodeError](err); ok {
		return cmp.Or(statusCodes[status.Code], fmt.Sprintf("http_%d", status.Code))
	}
	if _, ok := errors.AsType[*slack.RateLimitedError](err); ok {
		return "ratelimited"
	}
	switch {
	case neverSent(err):
		return "no_connection"
	case errors.Is(err, context.Canceled):
		return "cancelled"
	case errors.Is(err, context.DeadlineExceeded):
		return "timeout"
	}
	return "failed"
}
