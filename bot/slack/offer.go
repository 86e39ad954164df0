package slack

import (
	"cmp"
	"context"
	"time"

	"referralbot/dialog"
	"referralbot/rules"
)

// lookUpWithin is how long a form waits for what Slack says of the person: it has to be opened
// within three seconds in all.
const lookUpWithin = time.Second

// facts are what a form may know, with what the person's profile says of them. Where Slack does
// not say, they fill it in.
func (c *Client) facts(ctx context.Context, conversation dialog.Conversation) dialog.Facts {
	f := c.bot.Facts(conversation.Chat)
	ctx, cancel := context.WithTimeout(ctx, lookUpWithin)
	defer cancel()
	u, err := c.person(ctx, conversation.Chat.ID)
	if err != nil {
		return f
	}
	f.Offered = map[rules.Field]string{
		rules.ReferrerName:  clean(cmp.Or(u.RealName, u.Profile.RealName)),
		rules.ReferrerType:  clean(u.Profile.Title),
		rules.ReferrerEmail: u.Profile.Email, // if the app may see it
		rules.ReferrerPhone: u.Profile.Phone,
	}
	return f
}
