package redis

import (
	"context"
	"time"
)

// Lease implements store.Store.
func (s *Store) Lease(ctx context.Context, name, holder string, last time.Duration) (bool, error) {
	c := s.call(0).key("held", s.keys.Name("part", name))
	reply, err := s.run(ctx, leaseScript, c.arg(s.keys.Name("holder", holder), last.Milliseconds()))
	return err == nil && reply == int64(1), within("lease", err)
}
