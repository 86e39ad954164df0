package mail

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	gomail "github.com/wneessen/go-mail"
)

func TestParseServer(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		address string
		want    Server
		policy  gomail.TLSPolicy
	}{
		{"smtps://smtp.example.org", Server{host: "smtp.example.org", port: 465, implicit: true}, gomail.NoTLS},
		{"smtps://bot:p%40ss%3Aword@smtp.example.org:4650/", Server{host: "smtp.example.org", port: 4650, implicit: true, user: "bot", password: "p@ss:word"}, gomail.NoTLS},
		{"smtp://bot%40nhs.net:x@smtp.example.org", Server{host: "smtp.example.org", port: 587, user: "bot@nhs.net", password: "x"}, gomail.TLSMandatory},
		{"smtp://smtp.example.org?from=bot%40example.org", Server{host: "smtp.example.org", port: 587, from: "bot@example.org"}, gomail.TLSMandatory},
		{"smtp://127.0.0.1:2525?from=bot@example.org", Server{host: "127.0.0.1", port: 2525, here: true, from: "bot@example.org"}, gomail.TLSOpportunistic},
		{"smtp://[::1]:2525", Server{host: "::1", port: 2525, here: true}, gomail.TLSOpportunistic},
		{"smtp://localhost:2525", Server{host: "localhost", port: 2525, here: true}, gomail.TLSOpportunistic},
	} {
		t.Run(tt.address, func(t *testing.T) {
			t.Parallel()
			got, err := ParseServer(tt.address)
			if got != tt.want || err != nil {
				t.Errorf("not as wanted: %v, %v", got, err)
			}
			if got.policy() != tt.policy {
				t.Errorf("policy %v, want %v", got.policy(), tt.policy)
			}
		})
	}
}

func TestParseServerRefuses(t *testing.T) {
	t.Parallel()
	for _, address := range []string{
		"", "canary", "http://canary.example.org", "smtp://", "smtps://:465", "smtp://canary:@h", "smtp://:canary@h", "smtp://canary@h",
		"smtp://h:0", "smtp://h:65536", "smtp://h/canary", "smtp://h?to=canary", "smtp://h?from=canary", "smtp://h?from=Canary+<a@b.org>",
		"smtp://u:can%zzary@h", "smtp:canary", "smtp://h#canary",
	} {
		t.Run(address, func(t *testing.T) {
			t.Parallel()
			if _, err := ParseServer(address); !errors.Is(err, ErrServer) || strings.Contains(err.Error(), "canary") {
				t.Errorf("error: %v", err)
			}
		})
	}
}

func TestServersAreNotPrinted(t *testing.T) {
	t.Parallel()
	s, err := ParseServer("smtps://canary:canary@smtp.example.org")
	if err != nil {
		t.Fatal(err)
	}
	for _, form := range []string{"%v", "%+v", "%#v", "%s"} {
		for _, v := range []any{s, &s, Options{Server: s}} {
			if got := fmt.Sprintf(form, v); strings.Contains(got, "canary") {
				t.Errorf("%s of %T prints %s", form, v, got)
			}
		}
	}
}
