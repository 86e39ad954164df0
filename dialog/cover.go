package dialog

import (
	"strings"

	"referralbot/rules"
)

// away says, when nobody watches, when somebody will; "" while somebody does.
func (t *turn) away() string {
	if t.f.Service.Cover.At(t.f.Now) {
		return ""
	}
	return t.line(lineAway, "hours", hours(t.f.Service.Cover))
}

// hours says when somebody watches, as people say it.
func hours(c rules.Cover) string {
	first, last := c.Days[0], c.Days[len(c.Days)-1]
	days := everybody.weekdays[first]
	for i, d := range c.Days[1:] {
		if order(d) != order(c.Days[i])+1 { // not one after the other: name each
			names := make([]string, len(c.Days))
			for i, d := range c.Days {
				names[i] = everybody.weekdays[d]
			}
			return fill(everybody.watched, "days", strings.Join(names, ", "), "from", c.From, "to", c.To)
		}
	}
	if len(c.Days) > 1 {
		days = fill(everybody.someDays, "from", days, "to", everybody.weekdays[last])
	}
	return fill(everybody.watched, "days", days, "from", c.From, "to", c.To)
}

// order is the place of a day in the week.
func order(day string) int { return strings.Index("MonTueWedThuFriSatSun", day) / len("Mon") }
