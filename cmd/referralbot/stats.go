package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"text/tabwriter"
	"time"
)

// statsCmd counts what is stored. It may run beside serve.
type statsCmd struct {
	kept
}

// Run prints the counts. They identify nobody.
func (c statsCmd) Run(ctx context.Context, io streams) error {
	db, err := c.openToRead()
	if err != nil {
		return err
	}
	defer db.Close()
	s, err := db.Stats(ctx)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(io.out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "conversations\t%d\n", s.Conversations)
	for _, status := range slices.Sorted(maps.Keys(s.Referrals)) {
		fmt.Fprintf(w, "referrals %s\t%d\n", status, s.Referrals[status])
	}
	fmt.Fprintf(w, "messages waiting\t%d\n", s.Waiting)
	fmt.Fprintf(w, "oldest waiting\t%v\n", s.OldestWaiting.Round(time.Second))
	fmt.Fprintf(w, "set aside\t%d\n", s.Aside)
	return w.Flush()
}
