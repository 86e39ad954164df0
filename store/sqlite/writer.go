package sqlite

import (
	"context"
	"database/sql"
	"errors"
)

var (
	errClosed   = errors.New("sqlite: closed")
	errReadOnly = errors.New("sqlite: opened for reading only")
)

// batchLimit is how many writes may share one commit.
const batchLimit = 256

// writer runs every write on one connection. What arrives while it is busy is committed
// together, so that many turns cost one wait for the disk. Each write is whole or
// nothing by itself, and none returns before the commit that holds it.
type writer struct {
	*statements
	jobs chan job
	quit chan struct{}
	done chan struct{} // closed when the last batch is committed
	conn *sql.Conn
}

// job is one write and where its outcome goes.
type job struct {
	run     func(*statements) error
	outcome chan error
}

func newWriter(db *sql.DB) (*writer, error) {
	conn, err := db.Conn(context.Background())
	if err != nil {
		return nil, err
	}
	w := &writer{
		statements: newStatements(conn), conn: conn,
		jobs: make(chan job), quit: make(chan struct{}), done: make(chan struct{}),
	}
	go w.work()
	return w, nil
}

// write runs run in a transaction, which is undone if run returns an error.
func (s *Store) write(ctx context.Context, run func(*statements) error) error {
	if s.beside {
		return errReadOnly
	}
	return s.writeTo(ctx, run)
}

func (s *Store) writeTo(ctx context.Context, run func(*statements) error) error {
	w := s.writer
	if w == nil {
		return errReadOnly
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	j := job{run: run, outcome: make(chan error, 1)}
	select {
	case w.jobs <- j:
		return <-j.outcome // not given up for ctx: the write may already be in the file
	case <-ctx.Done():
		return ctx.Err()
	case <-w.quit:
		return errClosed
	}
}

func (w *writer) work() {
	defer close(w.done)
	for {
		select {
		case first := <-w.jobs:
			w.commit(w.gather(first))
		case <-w.quit:
			return
		}
	}
}

// gather adds to first whatever is waiting by now.
func (w *writer) gather(first job) []job {
	batch := []job{first}
	for len(batch) < batchLimit {
		select {
		case j := <-w.jobs:
			batch = append(batch, j)
		default:
			return batch
		}
	}
	return batch
}

// commit runs the batch in one transaction. If the file fails, every job of it fails.
func (w *writer) commit(batch []job) {
	outcomes := make([]error, len(batch))
	err := w.do("BEGIN IMMEDIATE")
	for i := 0; i < len(batch) && err == nil; i++ {
		outcomes[i], err = w.attempt(batch[i])
	}
	if err == nil {
		err = w.do("COMMIT")
	}
	if err != nil {
		_ = w.do("ROLLBACK") // fails where SQLite has rolled back by itself
	}
	for i, j := range batch {
		if err != nil {
			outcomes[i] = err
		}
		j.outcome <- outcomes[i]
	}
}

// attempt runs one job and undoes what it did if it fails. An err, unlike an outcome,
// spoils the batch.
func (w *writer) attempt(j job) (outcome, err error) {
	if err := w.do("SAVEPOINT job"); err != nil {
		return nil, err
	}
	if outcome = j.run(w.statements); outcome != nil {
		err = w.do("ROLLBACK TO job")
	}
	return outcome, errors.Join(err, w.do("RELEASE job"))
}

func (w *writer) do(query string) error {
	_, err := w.exec(context.Background(), query)
	return err
}

func (w *writer) close() error {
	close(w.quit)
	<-w.done
	return errors.Join(w.statements.close(), w.conn.Close())
}
