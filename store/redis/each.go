package redis

import (
	"context"
	"errors"

	goredis "github.com/redis/go-redis/v9"
)

// answer is a command that gives a T.
type answer[T any] interface{ Result() (T, error) }

// each asks the parts with these numbers one thing each, in one pipeline, and passes every
// answer on. It returns the first error, and passes on the answers of the other parts all
// the same.
func each[T any, C answer[T]](
	ctx context.Context, s *Store, numbers []int, ask func(goredis.Pipeliner, part) C, read func(part, T),
) (err error) {
	if len(numbers) == 0 {
		return nil
	}
	pipe := s.client.Pipeline()
	cmds := make([]C, len(numbers))
	for i, n := range numbers {
		cmds[i] = ask(pipe, s.part(n))
	}
	_, _ = pipe.Exec(ctx) // each has its own error
	for i, n := range numbers {
		v, failed := cmds[i].Result()
		switch {
		case failed == nil:
			read(s.part(n), v)
		case !errors.Is(failed, goredis.Nil) && err == nil:
			err = failed
		}
	}
	return err
}

// member is what z is the score of.
func member(z goredis.Z) string {
	m, _ := z.Member.(string)
	return m
}
