package redis

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"referralbot/dialog"
	"referralbot/store"
	"referralbot/store/redis/redistest"
)

// A cluster is as small as one can be that keeps its word when it loses any one server: with
// one replica to a master nobody would be left to confirm a write after that.
const (
	masters  = 3
	replicas = 2
)

// cluster is one of the tests' own: masters first, and then the replicas of the first, the
// second and the third master, and of the first again.
type cluster struct{ servers []*redistest.Server }

// start starts the servers, in folders within folder, and makes them a cluster.
func (c *cluster) start(folder string) error {
	c.servers = make([]*redistest.Server, masters*(1+replicas))
	errs := make([]error, len(c.servers))
	var all sync.WaitGroup
	for i := range c.servers {
		all.Go(func() {
			c.servers[i], errs[i] = redistest.New(folder, "--cluster-enabled", "yes", "--cluster-node-timeout", "2000",
				"--cluster-require-full-coverage", "no", "--cluster-replica-validity-factor", "10",
				"--cluster-allow-replica-migration", "no", // or another master's may take over without the data
				"--min-replicas-to-write", "1", "--repl-diskless-sync-delay", "0", "--repl-ping-replica-period", "1")
		})
	}
	all.Wait()
	if err := errors.Join(errs...); err != nil {
		return err
	}
	return c.join()
}

// address is that of the cluster.
func (c *cluster) address() string {
	var hosts []string
	for _, s := range c.servers {
		hosts = append(hosts, s.Address())
	}
	return "redis://" + strings.Join(hosts, ",")
}

// join makes a cluster of the servers.
func (c *cluster) join() error {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	first := clientOf(c.servers[0])
	defer first.Close()
	for i, s := range c.servers {
		if err := c.meet(ctx, first, i, s); err != nil {
			return err
		}
	}
	for i, s := range c.servers {
		if err := c.follow(ctx, i, s); err != nil {
			return err
		}
	}
	return c.settled(ctx)
}

// meet gives a master its slots and makes every server known to the first.
func (c *cluster) meet(ctx context.Context, first *goredis.Client, i int, s *redistest.Server) error {
	client := clientOf(s)
	defer client.Close()
	if err := client.Do(ctx, "cluster", "set-config-epoch", i+1).Err(); err != nil {
		return err
	}
	if i < masters {
		const slots = 16384
		if err := client.ClusterAddSlotsRange(ctx, i*slots/masters, (i+1)*slots/masters-1).Err(); err != nil {
			return err
		}
	}
	return first.ClusterMeet(ctx, "127.0.0.1", fmt.Sprint(s.Port)).Err()
}

// follow makes a server that is no master the replica of one, once it knows it.
func (c *cluster) follow(ctx context.Context, i int, s *redistest.Server) error {
	if i < masters {
		return nil
	}
	master, replica := clientOf(c.servers[i%masters]), clientOf(s)
	defer master.Close()
	defer replica.Close()
	id, err := master.Do(ctx, "cluster", "myid").Text()
	if err != nil {
		return err
	}
	return until(ctx, func() error { return replica.ClusterReplicate(ctx, id).Err() })
}

// settled waits until every server sees the whole cluster, every master has its replicas,
// and those have caught up with it.
func (c *cluster) settled(ctx context.Context) error {
	for _, s := range c.servers {
		client := clientOf(s)
		defer client.Close()
		err := until(ctx, func() error {
			seen, err := client.ClusterInfo(ctx).Result()
			if err != nil || !strings.Contains(seen, "cluster_state:ok") || !strings.Contains(seen, "cluster_known_nodes:9") {
				return fmt.Errorf("%s does not see the cluster: %w", s.Address(), err)
			}
			shards, err := client.ClusterShards(ctx).Result()
			if err != nil || slices.ContainsFunc(shards, func(s goredis.ClusterShard) bool { return len(s.Nodes) != 1+replicas }) {
				return fmt.Errorf("%s does not see who has what: %w", s.Address(), err)
			}
			role, err := info(ctx, client)
			if err != nil {
				return err
			}
			online := 0
			for i := range replicas {
				if strings.Contains(role[fmt.Sprint("slave", i)], "state=online") {
					online++
				}
			}
			if role["role"] == "master" && online != replicas || role["role"] == "slave" && role["master_link_status"] != "up" {
				return fmt.Errorf("%s, a %s, has %d replicas", s.Address(), role["role"], online)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func clientOf(s *redistest.Server) *goredis.Client {
	return goredis.NewClient(&goredis.Options{Addr: s.Address(), MaxRetries: -1})
}

// until tries again until do succeeds or ctx ends.
func until(ctx context.Context, do func() error) error {
	for {
		err := do()
		if err == nil || ctx.Err() != nil {
			return err
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// serving returns the master that has chat at the moment, and its replicas.
func (c *cluster) serving(s *Store, chat dialog.Chat) (master *redistest.Server, followers []*redistest.Server, err error) {
	ctx := context.Background()
	shards, err := s.client.ClusterShards(ctx).Result()
	if err != nil {
		return nil, nil, err
	}
	slot := s.client.ClusterKeySlot(ctx, s.part(store.Partition(chat)).tag).Val()
	for _, shard := range shards {
		if !slices.ContainsFunc(shard.Slots, func(r goredis.SlotRange) bool { return r.Start <= slot && slot <= r.End }) {
			continue
		}
		for _, node := range shard.Nodes {
			at := slices.IndexFunc(c.servers, func(s *redistest.Server) bool { return int64(s.Port) == node.Port })
			if node.Role == "master" {
				master = c.servers[at]
			} else {
				followers = append(followers, c.servers[at])
			}
		}
	}
	return master, followers, nil
}

// heal starts what is not running and waits until the cluster is whole.
func (c *cluster) heal() error {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	for _, s := range c.servers {
		if s.Process.ProcessState != nil { // it has ended
			if err := s.Start(); err != nil {
				return err
			}
		}
	}
	return c.settled(ctx)
}
