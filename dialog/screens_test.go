package dialog

import (
	"reflect"
	"regexp"
	"strings"
	"testing"

	"referralbot/rules"
)

// screens are the words of every screen, by audience and field.
func screens() map[string]string {
	all := map[string]string{}
	for _, table := range []any{ToParents, ToProfessionals, ToClinicians} {
		v := reflect.ValueOf(table)
		for i := range v.NumField() {
			name := v.Type().Name() + "." + v.Type().Field(i).Name
			if text, ok := v.Field(i).Interface().(string); ok {
				all[name] = text
			}
		}
	}
	for _, c := range ToParents.Commands {
		all["ParentScreens./"+c.Name] = c.Does
	}
	return all
}

// TestScreensAreWorded: every one, and with nothing in braces that is not filled in.
func TestScreensAreWorded(t *testing.T) {
	t.Parallel()
	left := regexp.MustCompile(`\{(\w+)\}`)
	given := []string{"n", "2", "ref", "R", "command", "/c", "what", "W", "received", "R", "confirm", "C", "mark", "?", "source", "S", "pages", "3"}
	for name, text := range screens() {
		if strings.TrimSpace(text) == "" {
			t.Errorf("%s says nothing", name)
		}
		if in := left.FindString(Fill(text, rules.DefaultService(), given...)); in != "" {
			t.Errorf("%s leaves %s", name, in)
		}
	}
}

// TestScreensNameNoTrouble: what can be seen over a shoulder tells nobody what the bot is for,
// and fits where it stands.
func TestScreensNameNoTrouble(t *testing.T) {
	t.Parallel()
	trouble := regexp.MustCompile(`(?i)mental|risk|harm|crisis|refus|reject|fail|invalid|exclud`)
	for text, most := range map[string]int{ToParents.Introduction: 512, ToParents.Summary: 120} {
		said := Fill(text, rules.DefaultService())
		if trouble.MatchString(said) || len(said) > most {
			t.Errorf("%d characters of %d: %s", len(said), most, said)
		}
	}
	for _, text := range []string{ToProfessionals.Notification, ToClinicians.Notification} {
		if trouble.MatchString(text) || strings.Contains(text, "{") {
			t.Errorf("a notification: %s", text)
		}
	}
}
