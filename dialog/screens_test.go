package dialog

import (
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"referralbot/rules"
)

// screens are the words of every screen, and of all that clinicians are told, by table and field.
func screens() map[string]string {
	all := map[string]string{}
	for _, table := range []any{ToParents, ToProfessionals, ToClinicians, clinicianVoice, everybody, heard} {
		v := reflect.ValueOf(table)
		gather(v.Type().Name(), v, all)
	}
	return all
}

// gather adds every text in v to all. A question need have no hint.
func gather(name string, v reflect.Value, all map[string]string) {
	switch v.Kind() {
	case reflect.String:
		all[name] = v.String()
	case reflect.Struct:
		for i := range v.NumField() {
			if field := v.Type().Field(i).Name; v.Type() != reflect.TypeFor[question]() || field == "text" || field == "options" {
				gather(name+"."+field, v.Field(i), all)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			gather(fmt.Sprint(name, ".", i), v.Index(i), all)
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			gather(fmt.Sprint(name, ".", key), v.MapIndex(key), all)
		}
	}
}

// TestScreensAreWorded: every one, and with nothing in braces that is not filled in.
func TestScreensAreWorded(t *testing.T) {
	t.Parallel()
	left := regexp.MustCompile(`\{(\w+)\}`)
	given := []string{"n", "2", "ref", "R", "command", "/c", "what", "W", "received", "R", "confirm", "C", "mark", "?", "source", "S", "pages", "3"}
	for _, filled := range strings.Fields(`again age all audience band block by clock counts day fields flags from home left level likeness
		meanings most name network note other outcome pressures referrals refs risk rule second section since span standing state status
		time to until verb verdict waits was way when why words contact days`) {
		given = append(given, filled, "F")
	}
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
