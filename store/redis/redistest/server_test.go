package redistest

import "testing"

// TestPortOfAnother: a server is never taken for another that answers at its port.
func TestPortOfAnother(t *testing.T) {
	t.Parallel()
	if Missing(t) {
		return
	}
	first := Own(t)
	second := &Server{Folder: t.TempDir(), Port: first.Port}
	t.Cleanup(second.Kill)
	if err := second.Start(); err == nil {
		t.Error("two servers have one port")
	}
}
