package sqlite

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"referralbot/dialog"
	"referralbot/store"
)

// encode makes the payload of a row. Every payload in the file passes through here and
// through decode.
func encode(v any) ([]byte, error) {
	payload, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("encode %T: not valid", v) // err may quote what was said
	}
	return payload, nil
}

// decode reads what encode made.
func decode(payload []byte, v any) error {
	if err := json.Unmarshal(payload, v); err != nil {
		return fmt.Errorf("decode %T: damaged", v) // err may quote what was said
	}
	return nil
}

// key makes the key of a row from what identifies it. No row is found but by such a key.
func key(parts ...string) string { return strings.Join(parts, "\x1f") }

func chatKey(c dialog.Chat) string { return key(c.Platform, c.ID) }

func timerKey(t store.Timer) string { return key(t.Chat.Platform, t.Chat.ID, t.Ref, t.Name) }

// delivery is the payload of a store.Delivery.
type delivery struct {
	ID          string          `json:"id"`
	Destination string          `json:"destination"`
	Kind        string          `json:"kind"`
	Name        string          `json:"name,omitempty"`
	Edits       string          `json:"edits,omitempty"`
	Clears      bool            `json:"clears,omitempty"`
	Body        json.RawMessage `json:"body,omitempty"`
}

// timer is the payload of a store.Timer.
type timer struct {
	Chat dialog.Chat `json:"chat"`
	Ref  string      `json:"ref,omitempty"`
	Name string      `json:"name"`
}

// micros is t as the file has it.
func micros(t time.Time) int64 { return t.UnixMicro() }

// instant is what micros was made from, in UTC.
func instant(micros int64) time.Time { return time.UnixMicro(micros).UTC() }
