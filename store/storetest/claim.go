package storetest

import (
	"context"
	"errors"

	"referralbot/dialog"
	"referralbot/store"
)

var errHeld = errors.New("held by another")

// claim has the clinician take the referral if nobody holds it.
func claim(s store.Store, clinician string) error {
	for {
		r, err := s.Referral(context.Background(), ref)
		if err != nil {
			return err
		}
		if r.Claimant.ID != "" {
			return errHeld
		}
		r.Status, r.Claimant = dialog.Claimed, dialog.Clinician{ID: clinician}
		_, err = s.Commit(context.Background(), placed(store.Change{Referral: &r, Audit: []dialog.Entry{entry("claimed")}}))
		if !errors.Is(err, store.ErrConflict) {
			return err
		}
	}
}
