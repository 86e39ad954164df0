package calendar

// failure is why a calendar cannot be read, by a code that is safe to log: what a server said,
// and where it is, are not.
type failure string

// Error is the code.
func (f failure) Error() string { return string(f) }
