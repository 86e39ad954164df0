package telegram

import (
	"context"

	"referralbot/dialog"
	"referralbot/rules"
)

// introduction is what of the bot can be seen beside its chats, by the ends of the methods that
// tell and change it. Telegram lets it be changed only now and then, so what is right is left.
var introduction = []struct{ method, param, text string }{
	{"MyDescription", "description", dialog.ToParents.Introduction},
	{"MyShortDescription", "short_description", dialog.ToParents.Summary},
}

// introduce sees that the bot is introduced in the service's name, and that its menu is that of
// the commands. Nobody waits for it: what fails is tried again at the next start.
func (c *Client) introduce(ctx context.Context, s *rules.Service) {
	c.courtesy(ctx, func(ctx context.Context) {
		for _, part := range introduction {
			want, is := dialog.Fill(part.text, s), map[string]string{}
			err := c.call(ctx, "get"+part.method, struct{}{}, &is)
			if err == nil && is[part.param] != want {
				err = c.call(ctx, "set"+part.method, map[string]string{part.param: want}, nil)
			}
			if err != nil {
				c.log.Warn("telegram", "code", "not introduced: "+part.param)
			}
		}
		if c.call(ctx, "setChatMenuButton", map[string]any{"menu_button": map[string]string{"type": "commands"}}, nil) != nil {
			c.log.Warn("telegram", "code", "not introduced: menu_button")
		}
	})
}

// setCommands offers the commands in the menu beside the text box.
func (c *Client) setCommands(ctx context.Context) error {
	var commands []map[string]string
	for _, command := range dialog.ToParents.Commands {
		commands = append(commands, map[string]string{"command": command.Name, "description": command.Does})
	}
	return c.call(ctx, "setMyCommands", map[string]any{
		"commands": commands,
		"scope":    map[string]string{"type": "all_private_chats"},
	}, nil)
}
