package redis

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"strings"
	"time"

	goredis "github.com/redis/go-redis/v9"
)

var (
	//go:embed lua/prelude.lua
	prelude string
	//go:embed lua/commit.lua
	commitLua string
	//go:embed lua/take.lua
	takeLua string
	//go:embed lua/start.lua
	startLua string
	//go:embed lua/done.lua
	doneLua string
	//go:embed lua/retry.lua
	retryLua string
	//go:embed lua/dead.lua
	deadLua string
	//go:embed lua/timer.lua
	timerLua string
	//go:embed lua/append.lua
	appendLua string
	//go:embed lua/slot.lua
	slotLua string
	//go:embed lua/settle.lua
	settleLua string
	//go:embed lua/erase.lua
	eraseLua string
	//go:embed lua/lease.lua
	leaseLua string
	//go:embed lua/reseal.lua
	resealLua string
)

// The scripts. Those which are safe to lose, because all that follows is that something is
// done again, need not be confirmed by replicas.
var (
	commitScript = newScript(commitLua, confirmed)
	startScript  = newScript(startLua, confirmed)
	doneScript   = newScript(doneLua, confirmed)
	deadScript   = newScript(deadLua, confirmed)
	appendScript = newScript(appendLua, confirmed)
	eraseScript  = newScript(eraseLua, confirmed)
	leaseScript  = newScript(leaseLua, confirmed)
	slotScript   = newScript(slotLua, confirmed)
	settleScript = newScript(settleLua, confirmed)
	timerScript  = newScript(timerLua, !confirmed)
	takeScript   = newScript(takeLua, !confirmed)
	retryScript  = newScript(retryLua, !confirmed)
	resealScript = newScript(resealLua, !confirmed)
)

const confirmed = true

// script is one of ours, on the server. The first line has the server refuse a key that
// was not declared.
type script struct {
	*goredis.Script
	confirmed bool
}

func newScript(body string, confirmed bool) script {
	return script{goredis.NewScript("#!lua\n" + prelude + "\n" + body), confirmed}
}

// errUnconfirmed: the write is on the master, and may be lost with it. Acknowledge nothing.
var errUnconfirmed = errors.New("too few replicas have it")

// call is what a script is given, in the order in which it reads it.
type call struct {
	part
	names []string
	args  []any
	err   error // the first payload that could not be made
}

func (s *Store) call(number int) *call { return &call{part: s.part(number)} }

// key adds the key of the one thing of a kind that has the id, and keys those of kinds.
func (c *call) key(kind, id string) *call {
	c.names = append(c.names, c.part.keyOf(kind, id))
	return c
}

func (c *call) keys(kinds ...string) *call {
	for _, kind := range kinds {
		c.names = append(c.names, c.part.key(kind))
	}
	return c
}

func (c *call) arg(args ...any) *call {
	c.args = append(c.args, args...)
	return c
}

// sealed adds what may have failed to be made.
func (c *call) sealed(payload []byte, err error) *call {
	if c.err == nil {
		c.err = err
	}
	return c.arg(payload)
}

// bit is how a script is told of a condition.
func bit(set bool) int {
	if set {
		return 1
	}
	return 0
}

// run runs a script on the server that has the part, and has it confirmed if that is asked
// for. It is run again only where the server has said that it did not run.
func (s *Store) run(ctx context.Context, sc script, c *call) (any, error) {
	if c.err != nil {
		return nil, c.err
	}
	for tries := 1; ; tries++ {
		reply, err := s.attempt(ctx, sc, c)
		if !elsewhere(err) || tries > mostRedirects {
			return reply, err
		}
		if err := pause(ctx, redirectsPause); err != nil {
			return nil, err
		}
	}
}

func (s *Store) attempt(ctx context.Context, sc script, c *call) (any, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	node, err := s.master(ctx, c.part)
	if err != nil {
		return nil, err
	}
	reply, err := s.evaluate(ctx, node, sc, c, sc.EvalSha)
	if goredis.HasErrorPrefix(err, "NOSCRIPT") {
		reply, err = s.evaluate(ctx, node, sc, c, sc.Eval)
	}
	return reply, err
}

// way is EVALSHA, which passes the script by its name, or EVAL.
type way func(ctx context.Context, on goredis.Scripter, keys []string, args ...any) *goredis.Cmd

// evaluate runs a script in one way, and has it confirmed on the same connection.
func (s *Store) evaluate(ctx context.Context, node *goredis.Client, sc script, c *call, by way) (any, error) {
	if !sc.confirmed || s.options.Replicas == 0 {
		reply, err := by(ctx, node, c.names, c.args...).Result()
		return reply, found(err)
	}
	pipe := node.Pipeline()
	ran := by(ctx, pipe, c.names, c.args...)
	replicas := pipe.Do(ctx, "wait", s.options.Replicas, s.options.ReplicasWithin.Milliseconds())
	_, _ = pipe.Exec(ctx) // each command has its own error
	reply, err := ran.Result()
	if found(err) != nil {
		return nil, err
	}
	if n, err := replicas.Int64(); err != nil {
		return nil, err
	} else if n < int64(s.options.Replicas) {
		return nil, errUnconfirmed
	}
	return reply, nil
}

// master returns the client of the server that has the part.
func (s *Store) master(ctx context.Context, p part) (*goredis.Client, error) {
	switch client := s.client.(type) {
	case *goredis.ClusterClient:
		return client.MasterForKey(ctx, p.tag)
	case *goredis.Client:
		return client, nil
	}
	return nil, fmt.Errorf("a client of an unknown kind: %T", s.client)
}

// elsewhere reports whether the server said that it has not run the command, as another
// has the part or will have it in a moment.
func elsewhere(err error) bool {
	if err == nil {
		return false
	}
	for _, prefix := range []string{"MOVED", "READONLY", "CLUSTERDOWN", "TRYAGAIN", "LOADING"} {
		if strings.HasPrefix(err.Error(), prefix+" ") {
			return true
		}
	}
	return false
}

// pause waits, and returns early with an error if ctx ends.
func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
