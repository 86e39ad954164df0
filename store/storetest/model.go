package storetest

import (
	"fmt"
	"math/rand/v2"

	"referralbot/store"
)

// queueModel is one destination as it should be.
type queueModel struct {
	waiting []store.Delivery // with the Attempt that Take is to find
	held    store.Delivery   // what was taken, if leased
	leased  bool
	latest  string // the id of the latest message, which every delivery both makes and edits
}

// model does random things to three destinations and to a model of them, and sees that
// what is taken is always what the model says.
func model(f *fixture) {
	for seed := range uint64(4) {
		f.part(fmt.Sprint("seed ", seed), func(f *fixture) {
			random := rand.New(rand.NewPCG(seed, 0))
			queues := map[string]*queueModel{"slack:C1": {}, "slack:C2": {}, "telegram:1": {}}
			names := []string{"slack:C1", "slack:C2", "telegram:1"}
			for turn := range 200 {
				name := names[random.IntN(len(names))]
				if do := random.IntN(6); do == 0 {
					f.modelCommit(name, queues[name], fmt.Sprint(turn), random.IntN(2) == 0)
				} else if do == 1 {
					f.modelTake(queues)
				} else if queues[name].leased {
					f.modelFinish(queues[name], do, fmt.Sprint("m", turn))
				}
			}
		})
	}
}

func (f *fixture) modelCommit(name string, q *queueModel, id string, leased bool) {
	f.Helper()
	d := message(name, id)
	d.Name, d.Edits = "card", "card"
	c := store.Change{At: f.past, Deliveries: []store.Delivery{d}}
	if leased {
		c.Lease = ages
	}
	idle := !q.leased && len(q.waiting) == 0
	got, err := f.Commit(f.ctx(), placed(c))
	f.must(err)
	q.waiting = append(q.waiting, d)
	if len(got) == 0 {
		return
	}
	f.same("leased because it was asked for, and nothing was there", true, leased && idle)
	f.modelHeld(q, got[0])
	q.waiting[0].Attempt++
}

func (f *fixture) modelTake(queues map[string]*queueModel) {
	f.Helper()
	free := 0
	for _, q := range queues {
		if !q.leased && len(q.waiting) > 0 {
			free++
		}
	}
	d, found, err := f.Take(f.ctx(), ages)
	f.must(err)
	f.same("something to take", free > 0, found)
	if !found {
		return
	}
	q := queues[d.Destination]
	f.modelHeld(q, d)
}

// modelHeld compares what is leased with the head of the queue.
func (f *fixture) modelHeld(q *queueModel, d store.Delivery) {
	f.Helper()
	f.same("leased before", false, q.leased)
	f.same("id", q.waiting[0].ID, d.ID)
	f.same("attempt", q.waiting[0].Attempt, d.Attempt)
	f.same("target", q.latest, d.Target)
	if d.Fence <= q.held.Fence {
		f.Fatalf("fence %d after %d, want a higher one", d.Fence, q.held.Fence)
	}
	q.held, q.leased = d, true
}

func (f *fixture) modelFinish(q *queueModel, do int, external string) {
	f.Helper()
	switch do {
	case 2:
		f.must(f.Start(f.ctx(), q.held))
		q.waiting[0].Attempt++
		return
	case 3:
		f.must(f.Retry(f.ctx(), q.held, 0, "later"))
	case 4:
		f.must(f.Dead(f.ctx(), q.held, "refused"))
		q.waiting = q.waiting[1:]
	case 5:
		f.must(f.Done(f.ctx(), q.held, external))
		q.waiting, q.latest = q.waiting[1:], external
	}
	q.leased = false
}
