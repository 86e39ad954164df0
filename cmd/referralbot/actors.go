package main

import (
	"context"
	"errors"
	"sync"
)

// actor does one job until its context is done or it fails.
type actor func(ctx context.Context) error

// together runs actors until all have returned. The first to return stops the others. It
// returns their errors, but not that the context was done.
func together(ctx context.Context, actors ...actor) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var (
		group sync.WaitGroup
		errs  = make([]error, len(actors))
	)
	for i, act := range actors {
		group.Go(func() {
			defer stop()
			if err := act(ctx); !errors.Is(err, context.Canceled) {
				errs[i] = err
			}
		})
	}
	group.Wait()
	return errors.Join(errs...)
}

// lastOut runs last until the others, which run together, have all returned, so that what
// they have committed can still be handed over. If last fails, the others are stopped.
func lastOut(ctx context.Context, last actor, others ...actor) error {
	hearing, stopHearing := context.WithCancel(ctx)
	defer stopHearing()
	delivering, stopDelivering := context.WithCancel(context.WithoutCancel(ctx))
	return together(context.WithoutCancel(ctx),
		func(context.Context) error {
			defer stopHearing()
			return last(delivering)
		},
		func(context.Context) error {
			defer stopDelivering()
			return together(hearing, others...)
		},
	)
}
