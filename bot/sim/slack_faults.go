package sim

// Disturb asks choose, before every call of method that no other fault strikes, whether one
// strikes that. It is asked from many goroutines; nil ends it.
func (s *Slack) Disturb(method string, choose func() (Fault, bool)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.disturb[method] = choose
}

// struck returns the fault that strikes this call of method, if any.
func (s *Slack) struck(method string) (Fault, bool) {
	if f, ok := s.faults.take(method); ok {
		return f, true
	}
	s.mu.Lock()
	choose := s.disturb[method]
	s.mu.Unlock()
	if choose == nil {
		return Fault{}, false
	}
	return choose()
}
