package redis

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	goredis "github.com/redis/go-redis/v9"

	"referralbot/store"
)

// Why a server, or what is on it, is refused.
var (
	errVersion    = errors.New("needs Redis 7 or later")
	errAppendOnly = errors.New("would forget what it has acknowledged: set appendonly yes")
	errEviction   = errors.New("would drop records when its memory is full: set maxmemory-policy noeviction")
	errPlain      = errors.New("is a node of a cluster: name several of its hosts in the address")
	errReplica    = errors.New("is a replica: name its master")
	errKeys       = errors.New("the store is sealed under other keys: use the file of keys it was made with")
	errNewer      = errors.New("the store is that of a newer release")
	errPartitions = errors.New("the store is divided into another number of parts")
)

// check refuses servers that do not keep their word, and a store that is not ours.
func (s *Store) check(ctx context.Context) error {
	if err := s.forEachMaster(ctx, checkServer); err != nil {
		return err
	}
	return s.checkMeta(ctx)
}

func (s *Store) forEachMaster(ctx context.Context, do func(context.Context, *goredis.Client) error) error {
	switch client := s.client.(type) {
	case *goredis.ClusterClient:
		return client.ForEachMaster(ctx, do)
	case *goredis.Client:
		if err := do(ctx, client); err != nil {
			return err
		}
		return checkAlone(ctx, client)
	}
	return nil
}

// checkServer refuses a server whose settings would lose something.
func checkServer(ctx context.Context, server *goredis.Client) error {
	info, err := info(ctx, server)
	if err == nil {
		err = keepsItsWord(info)
	}
	if err != nil {
		return fmt.Errorf("%s %w", server.Options().Addr, err)
	}
	return nil
}

// keepsItsWord returns all that is wrong with a server that says this of itself.
func keepsItsWord(info map[string]string) error {
	major, _, _ := strings.Cut(info["redis_version"], ".")
	version, _ := strconv.Atoi(major) // none is 0
	var wrong []error
	for _, need := range []struct {
		met bool
		err error
	}{
		{version >= 7, errVersion},
		{info["aof_enabled"] == "1", errAppendOnly},
		{info["maxmemory_policy"] == "noeviction", errEviction},
	} {
		if !need.met {
			wrong = append(wrong, need.err)
		}
	}
	return errors.Join(wrong...)
}

// risky are settings under which a server may lose what it has acknowledged, and with which it
// is taken all the same.
var risky = []struct {
	setting, value string
	inCluster      bool // it matters there alone
	why            string
}{
	{"appendfsync", "everysec", false, "may lose what it acknowledged last, with the power or where it is killed while its disk is slow: set appendfsync always"},
	{"appendfsync", "no", false, "may lose what it acknowledged in the last half minute: set appendfsync always"},
	{"min-replicas-to-write", "0", true, "goes on alone where it is cut off from its replicas, and then loses that: set min-replicas-to-write 1"},
	{"cluster-allow-replica-migration", "yes", true, "may take a replica that has not caught up for its master's heir: set cluster-allow-replica-migration no"},
}

// Remarks are what an operator should know of servers that are taken all the same, as far as
// they tell of it.
func (s *Store) Remarks(ctx context.Context) (remarks []string) {
	_, cluster := s.client.(*goredis.ClusterClient)
	if cluster && s.options.Replicas == 0 {
		remarks = append(remarks, "a cluster loses what its masters acknowledged last when one of them is lost: set STORE_WAIT=1")
	}
	var mu sync.Mutex
	// It ends early only where a server is away, which other calls tell of.
	_ = s.forEachMaster(ctx, func(ctx context.Context, server *goredis.Client) error {
		for _, r := range risky {
			set, err := server.ConfigGet(ctx, r.setting).Result()
			if err == nil && set[r.setting] == r.value && (cluster || !r.inCluster) {
				mu.Lock()
				remarks = append(remarks, server.Options().Addr+" "+r.why)
				mu.Unlock()
			}
		}
		return nil
	})
	slices.Sort(remarks)
	return remarks
}

// checkAlone refuses a server that was named alone and is not.
func checkAlone(ctx context.Context, server *goredis.Client) error {
	info, err := info(ctx, server)
	switch {
	case err != nil:
		return err
	case info["redis_mode"] == "cluster":
		return fmt.Errorf("%s %w", server.Options().Addr, errPlain)
	case info["role"] != "master":
		return fmt.Errorf("%s %w", server.Options().Addr, errReplica)
	}
	return nil
}

// info is what a server says of itself.
func info(ctx context.Context, server *goredis.Client) (map[string]string, error) {
	all, err := server.Info(ctx).Result()
	if err != nil {
		return nil, err
	}
	fields := map[string]string{}
	for line := range strings.Lines(all) {
		if name, value, found := strings.Cut(strings.TrimSpace(line), ":"); found {
			fields[name] = value
		}
	}
	return fields, nil
}

// format is the number of the format of the records. It goes up when a release stores what the
// one before would lose by writing a record again.
const format = 1

// meta is what a store knows of itself.
type meta struct {
	Partitions int `json:"partitions"`
	Format     int `json:"format"`
}

// checkMeta refuses a store that is divided otherwise, sealed under other keys, or of a newer
// release. In an empty one it notes how it is divided, its format and under which keys it is
// sealed, and where the format or the key is newer than the noted one it notes that: who has not
// got it is refused from then on.
func (s *Store) checkMeta(ctx context.Context) error {
	ours, err := s.codec.seal(meta{store.Partitions, format}, metaPlace())
	if err != nil {
		return err
	}
	key := s.part(0).key(kindMeta)
	if err := s.client.SetNX(ctx, key, ours, 0).Err(); err != nil {
		return err
	}
	sealed, err := s.client.Get(ctx, key).Bytes()
	if err != nil {
		return err
	}
	var m meta
	if err := s.codec.open(sealed, metaPlace(), &m); err != nil {
		return fmt.Errorf("%w: %w", errKeys, err)
	}
	if m.Partitions != store.Partitions {
		return fmt.Errorf("%w: %d, not %d", errPartitions, m.Partitions, store.Partitions)
	}
	if m.Format > format {
		return errNewer
	}
	if m.Format == format && s.keys.Current(sealed) {
		return nil
	}
	return s.client.Set(ctx, key, ours, 0).Err()
}
