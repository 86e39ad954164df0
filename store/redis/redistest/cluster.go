package redistest

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

const (
	clusterOf = 3     // masters
	hashSlots = 16384 // of any cluster
)

// Cluster starts a cluster of masters without replicas for one test, which kills them in the end,
// and returns its URL.
func Cluster(tb testing.TB) string {
	tb.Helper()
	all := make([]*Server, clusterOf)
	var hosts []string
	do := func(s *Server, line string, answers func(string) bool) {
		tb.Helper()
		deadline := time.Now().Add(30 * time.Second)
		for {
			answer, err := s.Do(line)
			if err == nil && answers(answer) {
				return
			}
			if time.Now().After(deadline) {
				tb.Fatalf("%s answers %q, %v", line, answer, err)
			}
			time.Sleep(20 * time.Millisecond)
		}
	}
	ok := func(answer string) bool { return answer == "+OK" }
	for i := range all {
		all[i] = Own(tb, "--cluster-enabled", "yes", "--cluster-node-timeout", "2000")
		hosts = append(hosts, all[i].Address())
		do(all[i], fmt.Sprint("CLUSTER SET-CONFIG-EPOCH ", i+1), ok)
		do(all[i], fmt.Sprint("CLUSTER ADDSLOTSRANGE ", i*hashSlots/clusterOf, " ", (i+1)*hashSlots/clusterOf-1), ok)
		do(all[0], fmt.Sprint("CLUSTER MEET 127.0.0.1 ", all[i].Port), ok)
	}
	for _, s := range all { // each knows where everything is
		for part := range 9 {
			do(s, fmt.Sprintf("GET {p:%d}", part), func(answer string) bool { return !strings.HasPrefix(answer, "-CLUSTERDOWN") })
		}
	}
	return "redis://" + strings.Join(hosts, ",")
}
