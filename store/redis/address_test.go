package redis

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"referralbot/dialog"
	"referralbot/store"
)

func TestAddress(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		address string
		hosts   []string
		user    string
		secure  bool
		number  int
		err     error
	}{
		{address: "redis://localhost:6379", hosts: []string{"localhost:6379"}},
		{address: "redis://localhost:6379/", hosts: []string{"localhost:6379"}},
		{address: "rediss://bot:s%40cret,@cache.example.org:6380/3", hosts: []string{"cache.example.org:6380"}, user: "bot", secure: true, number: 3},
		{address: "redis://a:1,b:2,c:3", hosts: []string{"a:1", "b:2", "c:3"}},
		{address: "rediss://bot:secret@a:1,[::1]:2", hosts: []string{"a:1", "[::1]:2"}, user: "bot", secure: true},
		{address: "redis://a:1,b:2/1", err: errNumber},
		{address: "redis://localhost", err: errAddress},
		{address: "redis://bot:secret@", err: errAddress},
		{address: "redis://a:1,", err: errAddress},
		{address: "redis://bot:secret@a:1/x", err: errAddress},
		{address: "redis://a:1?db=secret", err: errAddress},
		{address: "http://a:1", err: errAddress},
		{address: "a:1", err: errAddress},
		{address: "", err: errAddress},
	} {
		t.Run(tt.address, func(t *testing.T) {
			t.Parallel()
			got, err := parse(tt.address)
			if !errors.Is(err, tt.err) {
				t.Fatalf("got error %v, want %v", err, tt.err)
			}
			if (Valid(tt.address) == nil) != (err == nil) {
				t.Errorf("Valid says %v", Valid(tt.address))
			}
			if err != nil {
				if strings.Contains(err.Error(), "secret") {
					t.Errorf("the error tells a password: %v", err)
				}
				return
			}
			if !slices.Equal(got.Addrs, tt.hosts) || got.Username != tt.user || (got.TLSConfig != nil) != tt.secure || got.DB != tt.number {
				t.Errorf("read %v, user %q, TLS %v, database %d", got.Addrs, got.Username, got.TLSConfig != nil, got.DB)
			}
		})
	}
}

// TestParts sees that a change is written where its chat is, or not at all.
func TestParts(t *testing.T) {
	t.Parallel()
	chat, other := dialog.Chat{Platform: "telegram", ID: "1001"}, dialog.Chat{Platform: "telegram", ID: "1002"}
	here, there := store.Partition(chat), store.Partition(other)
	if here == there || here == 5 || there == 5 {
		t.Fatal("the chats of this test must be in parts of their own")
	}
	inPart5 := "R05-7K3Q-F2M8-TQXB-9YRD"
	for _, tt := range []struct {
		name string
		c    store.Change
		want int
		err  error
	}{
		{name: "of nothing", want: 0},
		{name: "of a chat", c: store.Change{Chat: chat}, want: here},
		{name: "of a conversation", c: store.Change{Conversation: &dialog.Conversation{Chat: other}}, want: there},
		{name: "of a referral", c: store.Change{Referral: &dialog.Referral{Ref: inPart5}}, want: 5},
		{name: "of a referral's timer", c: store.Change{Fired: []store.Timer{{Ref: inPart5}}}, want: 5},
		{name: "of an entry", c: store.Change{Audit: []dialog.Entry{{Ref: inPart5}}}, want: 5},
		{name: "of no reference", c: store.Change{Audit: []dialog.Entry{{Ref: "R99-"}, {Ref: "draft"}, {Ref: "R"}}}, want: 0},
		{name: "of a message", c: store.Change{Heard: []store.Message{{Destination: "telegram:1002"}}}, want: there},
		{name: "of a delivery", c: store.Change{Deliveries: []store.Delivery{{Destination: "telegram:1001"}, {Destination: "telegram:1002"}}}, want: here},
		{name: "a chat that delivers elsewhere", c: store.Change{Chat: chat, Deliveries: []store.Delivery{{Destination: "telegram:1002"}}}, want: here},
		{name: "two chats", c: store.Change{Chat: chat, Conversation: &dialog.Conversation{Chat: other}}, err: errApart},
		{name: "another's timer", c: store.Change{Chat: chat, Timers: []store.Timer{{Chat: other}}}, err: errApart},
		{name: "another's referral", c: store.Change{Chat: chat, Referral: &dialog.Referral{Ref: inPart5}}, err: errApart},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := of(tt.c)
			if got != tt.want || !errors.Is(err, tt.err) {
				t.Errorf("got %d, %v; want %d, %v", got, err, tt.want, tt.err)
			}
		})
	}
	if _, err := ofErasure(store.Erasure{Chat: chat, Destination: "telegram:1002"}); !errors.Is(err, errApart) {
		t.Errorf("an erasure of two chats: %v", err)
	}
}
