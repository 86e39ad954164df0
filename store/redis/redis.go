// Package redis keeps the store on a Redis server or a Redis Cluster, where any number of
// processes may share it. Nothing else coordinates them.
//
// The store is divided into store.Partitions parts. All that one chat's turns write lies in
// one of them, under one hash tag, so that one script writes a whole change on a cluster as on
// one server. What a change has to say elsewhere goes first into a list of its own part, with
// the rest of the change, and is brought to the other part after that: once, whatever crashes
// on the way.
//
// An acknowledged commit survives a killed server and a loss of power if the server is told
// to sync its append-only file always (appendfsync always). With everysec, which Open
// allows, the last second or two are lost with the power, and with the server if it is killed
// while the disk is slow: it then answers before it writes. The loss of a master in a cluster,
// or of a server with everysec, is survived with Options.Replicas. There remains the case in
// which every server that confirmed the commit is lost too. A cluster for which that is to
// hold has two replicas to each master, min-replicas-to-write 1, a replica validity factor
// above 0, and cluster-allow-replica-migration no: a replica that has just come over from
// another master may be made the master before it has anything of its data.
//
// The package reads no answer and no word; what it keeps of a person is sealed.
package redis

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	goredis "github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/logging"
	"github.com/redis/go-redis/v9/maintnotifications"

	"referralbot/store"
	"referralbot/store/seal"
)

var _ store.Store = (*Store)(nil)

// Options change what a Store does. The zero value is a store that waits for no replica.
type Options struct {
	// Replicas is how many replicas must have a write before it is acknowledged.
	Replicas int
	// ReplicasWithin is how long to wait for them. Zero means half a second.
	ReplicasWithin time.Duration
	// Within is how long to wait for a server's answer, where the context does not end
	// sooner. Zero means two seconds.
	Within time.Duration
	// LookEvery is how often Take looks at everything, not only at what this process has
	// left to be taken. Zero means 50 milliseconds.
	LookEvery time.Duration
	// Prefix comes before every key, so that several stores may share a server. It holds
	// no braces.
	Prefix string
}

const (
	dialWithin     = 500 * time.Millisecond
	usualWithin    = 2 * time.Second
	usualReplicas  = 500 * time.Millisecond
	usualLook      = 50 * time.Millisecond
	reloadEvery    = time.Second // what the client knows of a cluster is no older
	mostRedirects  = 3
	redirectsPause = 100 * time.Millisecond
)

// Store is a store.Store on Redis.
type Store struct {
	client  goredis.UniversalClient
	keys    *seal.Keys
	options Options
	codec   codec
	parts   [store.Partitions]part
	touched atomic.Uint64 // a bit for each part in which this process may have left something due
	looked  atomic.Int64  // when every part was last looked at
	// chaining is who of this process adds to the chains of a part, and relaying who brings
	// from it what goes elsewhere.
	chaining, relaying turns
	// resealing is the part in which something was last sealed anew.
	resealing atomic.Int32
	secured   time.Duration // for how long a slot is kept for a change that books it
	now       func() time.Time
}

// Open opens the store at address, such as "redis://localhost:6379", "rediss://user:word@host:6379/1"
// or, for a cluster, "redis://host1:6379,host2:6379,host3:6379". It refuses servers that
// would lose what they have acknowledged, and a store that is divided otherwise or sealed
// under other keys.
func Open(ctx context.Context, address string, keys *seal.Keys, options Options) (*Store, error) {
	where, err := parse(address)
	if err != nil {
		return nil, err
	}
	options.Within = cmp.Or(options.Within, usualWithin)
	options.ReplicasWithin = cmp.Or(options.ReplicasWithin, usualReplicas)
	options.LookEvery = cmp.Or(options.LookEvery, usualLook)
	goredis.SetLogger(&logging.VoidLogger{}) // what goes wrong is returned, and said there
	s := &Store{client: connect(where, options), keys: keys, options: options, codec: codec{keys}, secured: usualSecured, now: time.Now, chaining: newTurns(), relaying: newTurns()}
	s.parts = newParts(options.Prefix)
	if err := s.check(ctx); err != nil {
		return nil, errors.Join(within("open", err), s.client.Close())
	}
	return s, nil
}

// connect makes the client. It tries nothing twice: what it might then do twice must be
// done by us, who know whether it may.
func connect(where *goredis.UniversalOptions, options Options) goredis.UniversalClient {
	where.MaxRetries, where.DialerRetries, where.MaxRedirects = -1, 1, mostRedirects
	where.DialTimeout, where.ReadTimeout, where.WriteTimeout = dialWithin, options.Within, options.Within
	where.ContextTimeoutEnabled = true
	where.PipelinePoolSize = -1
	where.MaintNotificationsConfig = &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}
	if len(where.Addrs) == 1 {
		return goredis.NewUniversalClient(where)
	}
	o := where.Cluster()
	o.ClusterStateReloadInterval = reloadEvery
	cluster := goredis.NewClusterClient(o)
	cluster.OnNewNode(func(node *goredis.Client) { node.AddHook(reloader{cluster}) })
	return cluster
}

// Close frees the connections.
func (s *Store) Close() error { return within("close", s.client.Close()) }

// within says where err came about. What a caller branches on is left as it is.
func within(what string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("redis: %s: %w", what, err)
}

// everyPart are the numbers of all parts.
func everyPart() []int {
	all := make([]int, store.Partitions)
	for n := range all {
		all[n] = n
	}
	return all
}
