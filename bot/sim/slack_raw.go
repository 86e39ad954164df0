package sim

import "encoding/json"

// Envelope sends the app one envelope of this kind with any payload, as Slack never would,
// and reports whether it was acknowledged in time.
func (s *Slack) Envelope(kind, payload string) (acknowledged bool) {
	s.mu.Lock()
	e := s.post(slJSON{"type": kind, "accepts_response_payload": false, "payload": json.RawMessage(payload)})
	s.mu.Unlock()
	_, acknowledged = s.await(e)
	return acknowledged
}
