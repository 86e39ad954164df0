package sqlite

import (
	"cmp"
	"context"
	"crypto/rand"
	"database/sql"

	"referralbot/dialog"
	"referralbot/store"
)

// chain appends entries, each to the audit of its referral. It runs where the rest is written:
// what the next link follows is known only there.
func (s *Store) chain(ctx context.Context, db *statements, entries []dialog.Entry) error {
	const query = "INSERT INTO audit (record, ref, payload) VALUES (?, ?, ?)"
	for _, e := range entries {
		ref, record := s.ref(e.Ref), rand.Text()
		head, err := s.head(ctx, db, ref)
		if err != nil {
			return err
		}
		link, err := head.Next(e, s.keys.Sum)
		if err != nil {
			return err
		}
		payload, err := s.encode(link, auditPlace(record, ref))
		if err != nil {
			return err
		}
		if _, err := db.exec(ctx, query, record, ref, payload); err != nil {
			return err
		}
	}
	return nil
}

// head is the last link of a chain. Where that does not open, only its place is known: the
// chain goes on, and the damage shows in what is before.
func (s *Store) head(ctx context.Context, db *statements, ref string) (store.Link, error) {
	const (
		last  = "SELECT record, payload FROM audit WHERE ref = ? ORDER BY seq DESC LIMIT 1"
		count = "SELECT count(*) FROM audit WHERE ref = ?"
	)
	var record string
	var payload []byte
	found, err := db.one(ctx, last, []any{ref}, []any{&record, &payload})
	if err != nil || !found {
		return store.Link{}, err
	}
	link, damaged := s.link(record, ref, payload)
	if damaged != nil {
		_, err = db.one(ctx, count, []any{ref}, []any{&link.N})
	}
	return link, err
}

// link reads a link. If it does not open it is zero.
func (s *Store) link(record, ref string, payload []byte) (store.Link, error) {
	var link store.Link
	if err := s.decode(payload, auditPlace(record, ref), &link); err != nil {
		return store.Link{}, err
	}
	return link, nil
}

// links reads the chain that is stored under ref, and returns store.ErrDamaged beside it if not
// all of it opens.
func (s *Store) links(ctx context.Context, ref string) (links []store.Link, damaged, err error) {
	const query = "SELECT record, payload FROM audit WHERE ref = ? ORDER BY seq"
	err = s.reads.each(ctx, query, []any{ref}, func(rows *sql.Rows) error {
		var record string
		var payload []byte
		if err := rows.Scan(&record, &payload); err != nil {
			return err
		}
		link, err := s.link(record, ref, payload)
		links, damaged = append(links, link), cmp.Or(damaged, err)
		return nil
	})
	return links, damaged, err
}

// Audit implements store.Store.
func (s *Store) Audit(ctx context.Context, ref string) ([]dialog.Entry, error) {
	links, damaged, err := s.links(ctx, s.ref(ref))
	return store.Chain{Links: links}.Entries(), within("audit", cmp.Or(err, damaged))
}

const allChains = "SELECT DISTINCT ref FROM audit"

// Chains implements store.Store.
func (s *Store) Chains(ctx context.Context, known []string, see func(store.Chain) error) error {
	refs := map[string]string{}
	for _, ref := range known {
		refs[s.ref(ref)] = ref
	}
	var names []string
	err := s.reads.each(ctx, allChains, nil, func(rows *sql.Rows) error {
		var name string
		err := rows.Scan(&name)
		names = append(names, name)
		return err
	})
	if err != nil {
		return within("chains", err)
	}
	for _, name := range names {
		links, _, err := s.links(ctx, name)
		if err != nil {
			return within("chains", err)
		}
		if err := see(store.Chain{Ref: cmp.Or(refs[name], name), Links: links}.Named()); err != nil {
			return err
		}
	}
	return nil
}
