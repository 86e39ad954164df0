package redis

import (
	"context"
	"errors"
	"net"

	goredis "github.com/redis/go-redis/v9"
)

// reloader has the client ask anew which server of a cluster has what, as soon as one of
// them cannot be reached or says that it is no longer the one. By itself the client notices
// the second and not the first.
type reloader struct{ cluster *goredis.ClusterClient }

// DialHook implements goredis.Hook.
func (r reloader) DialHook(next goredis.DialHook) goredis.DialHook {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := next(ctx, network, address)
		r.see(ctx, err)
		return conn, err
	}
}

// ProcessHook implements goredis.Hook.
func (r reloader) ProcessHook(next goredis.ProcessHook) goredis.ProcessHook {
	return func(ctx context.Context, cmd goredis.Cmder) error {
		err := next(ctx, cmd)
		r.see(ctx, err)
		return err
	}
}

// ProcessPipelineHook implements goredis.Hook.
func (r reloader) ProcessPipelineHook(next goredis.ProcessPipelineHook) goredis.ProcessPipelineHook {
	return func(ctx context.Context, cmds []goredis.Cmder) error {
		err := next(ctx, cmds)
		r.see(ctx, err)
		return err
	}
}

func (r reloader) see(ctx context.Context, err error) {
	if answer := goredis.Error(nil); err != nil && (!errors.As(err, &answer) || elsewhere(err)) {
		r.cluster.ReloadState(ctx)
	}
}
