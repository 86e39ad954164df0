package storetest

import (
	"encoding/json"
	"time"

	"github.com/google/go-cmp/cmp"

	"referralbot/store"
)

// asides returns the ids of what is set aside.
func (f *fixture) asides(n int) (ids []string) {
	f.Helper()
	all, err := f.Asides(f.ctx(), n)
	f.must(err)
	for _, a := range all {
		ids = append(ids, a.ID)
	}
	return ids
}

func asidesKept(f *fixture) {
	f.same("at first", []string(nil), f.asides(10))
	before := time.Now().UTC().Add(-time.Hour).Truncate(time.Second)
	input := store.Aside{ID: "update 1", Kind: "input", Cause: "panic", At: before, Body: json.RawMessage(`{"text":"<b>“good”</b>","n":1.50}`)}
	bare := store.Aside{ID: "update 2", Kind: "input", Cause: "undecodable", At: before.Add(time.Second)}
	f.commit(store.Change{Keys: []string{"update 1"}, Aside: []store.Aside{input}})
	f.want(store.ErrDuplicate, f.try(store.Change{Keys: []string{"update 1"}, Aside: []store.Aside{input}}))
	f.commit(store.Change{Aside: []store.Aside{bare}})
	f.queue("slack:C1", "a", "b")
	dead := f.take(ages)
	f.must(f.Start(f.ctx(), dead))
	f.must(f.Dead(f.ctx(), dead, "refused"))
	f.want(store.ErrLeaseLost, f.Dead(f.ctx(), dead, "refused"))
	f.reopen()

	got, err := f.Asides(f.ctx(), 10)
	f.must(err)
	if len(got) > 0 {
		if since := time.Since(got[0].At); since < 0 || since > time.Minute || got[0].At.Location() != time.UTC {
			f.Errorf("set aside at %v, want just now, in UTC", got[0].At)
		}
		got[0].At = time.Time{}
	}
	want := []store.Aside{{ID: "a", Kind: "reply", Cause: "refused", Body: dead.Body}, bare, input}
	if diff := cmp.Diff(want, got, cmp.Transformer("value", value)); diff != "" {
		f.Fatalf("set aside, latest first (-want +got):\n%s", diff)
	}
	f.same("the latest two", []string{"a", "update 2"}, f.asides(2))
	stats, err := f.Stats(f.ctx())
	f.must(err)
	f.same("counted", 3, stats.Aside)
	f.same("the rest", []string{"b"}, f.drain()["slack:C1"])
}

func asidesForgotten(f *fixture) {
	old := store.Aside{ID: "old", Kind: "input", Cause: "panic", At: time.Now().Add(-store.AsideKept - time.Minute)}
	kept := store.Aside{ID: "kept", Kind: "input", Cause: "panic", At: time.Now().Add(-store.AsideKept + time.Minute)}
	f.commit(store.Change{Aside: []store.Aside{old, kept}})
	f.same("set aside", []string{"kept"}, f.asides(10))
	stats, err := f.Stats(f.ctx())
	f.must(err)
	f.same("counted", 1, stats.Aside)
}
