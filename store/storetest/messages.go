package storetest

import "referralbot/store"

// named queues one delivery and takes it.
func (f *fixture) named(destination, name, edits string) store.Delivery {
	f.Helper()
	d := message(destination, "d")
	d.Name, d.Edits = name, edits
	f.commit(store.Change{At: f.past, Deliveries: []store.Delivery{d}})
	return f.take(ages)
}

func target(f *fixture) {
	d := f.named("slack:C1", "", "card")
	f.same("target before there is a message", "", d.Target)
	f.send(d, "")

	f.send(f.named("slack:C1", "card", ""), "m1")
	f.send(f.named("slack:C1", "other card", ""), "m2")
	f.send(f.named("slack:C1", "", ""), "m3")

	for _, edit := range []struct {
		what, destination, name, edits string
		target                         string // found
		external                       string // returned by the platform
	}{
		{what: "an edit", destination: "slack:C1", edits: "card", target: "m1"},
		{what: "an edit that returns the id", destination: "slack:C1", edits: "card", target: "m1", external: "m1"},
		{what: "the same name elsewhere", destination: "slack:C2", edits: "card", target: ""},
		{what: "a new message of the name", destination: "slack:C1", name: "card", target: "", external: "m4"},
		{what: "an edit of the latest", destination: "slack:C1", edits: "card", target: "m4"},
		{what: "a message of the name without an id", destination: "slack:C1", name: "card", target: ""},
		{what: "an edit after it", destination: "slack:C1", edits: "card", target: "m4"},
		{what: "an edit that takes another name", destination: "slack:C1", name: "third", edits: "other card", target: "m2", external: "m5"},
		{what: "the other name", destination: "slack:C1", edits: "other card", target: "m2"},
		{what: "the name taken", destination: "slack:C1", edits: "third", target: "m5"},
	} {
		d := f.named(edit.destination, edit.name, edit.edits)
		f.same("target of "+edit.what, edit.target, d.Target)
		f.send(d, edit.external)
	}

	f.queue("slack:C1", "x")
	f.must(f.Dead(f.ctx(), f.take(ages), "refused"))
	f.same("target after a dead delivery", "m4", f.named("slack:C1", "", "card").Target)
}

func sentAnew(f *fixture) {
	f.must(f.Dead(f.ctx(), f.named("slack:C1", "card", ""), "refused"))
	edit := f.named("slack:C1", "", "card")
	f.same("target of a message never delivered", "", edit.Target)
	f.send(edit, "m1")
	edit = f.named("slack:C1", "", "card")
	f.same("target once it was sent anew", "m1", edit.Target)
}

func shown(f *fixture) {
	see := func(want, destination, name string) {
		f.Helper()
		got, err := f.Shown(f.ctx(), destination, name)
		f.must(err)
		f.same("shown", want, got)
	}
	see("", "telegram:1001", "7K3QF2")
	d := f.named("telegram:1001", "7K3QF2", "")
	f.must(f.Start(f.ctx(), d))
	see("", "telegram:1001", "7K3QF2")
	f.must(f.Done(f.ctx(), d, "41"))
	see("41", "telegram:1001", "7K3QF2")
	f.send(f.named("telegram:1001", "7K3QF2", ""), "45")
	see("41", "telegram:1001", "7K3QF2")
	see("", "telegram:1002", "7K3QF2")
	see("", "telegram:1001", "another")
	see("", "telegram:1001", "")
}
