package bot

import "sync"

// mostRecent is how much is remembered.
const mostRecent = 10_000

// recent remembers the latest of what was put into it. The zero value is ready to use.
type recent[V any] struct {
	mu         sync.Mutex
	young, old map[string]V // once the young are many they are the old
}

// get returns what was put under key, or the zero value.
func (r *recent[V]) get(key string) V {
	r.mu.Lock()
	defer r.mu.Unlock()
	if v, ok := r.young[key]; ok {
		return v
	}
	return r.old[key]
}

func (r *recent[V]) put(key string, v V) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.young == nil || len(r.young) >= mostRecent/2 {
		r.young, r.old = map[string]V{}, r.young
	}
	r.young[key] = v
}
