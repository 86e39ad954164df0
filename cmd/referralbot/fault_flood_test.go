package main

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"referralbot/bot/telegram"
	"referralbot/dialog"
	"referralbot/store/faulttest"
)

// post brings an update to the process at address, as Telegram does, and returns the status,
// 0 if there is none.
func (tr *trial) post(address string, body io.Reader) int {
	mac := hmac.New(sha256.New, []byte(tr.telegram.Token()))
	mac.Write([]byte("webhook secret"))
	r, err := http.NewRequestWithContext(tr.Context(), http.MethodPost, "http://"+address+telegram.WebhookPath, body)
	if err != nil {
		return 0
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("X-Telegram-Bot-Api-Secret-Token", base64.RawURLEncoding.EncodeToString(mac.Sum(nil)))
	resp, err := caller.Do(r)
	if err != nil {
		return 0
	}
	defer resp.Body.Close()
	io.Copy(io.Discard, resp.Body)
	return resp.StatusCode
}

// bring brings an update to the process at address, again and again until it takes it.
func (tr *trial) bring(address, update string) {
	tr.Helper()
	tr.until("an update to be taken", func() bool { return tr.post(address, strings.NewReader(update)) == http.StatusOK })
}

// written is an update: chat has written its nth message.
func written(update, chat, n int, text string) string {
	return fmt.Sprintf(`{"update_id":%d,"message":{"message_id":%d,"from":{"id":%d},"chat":{"id":%[3]d,"type":"private"},"text":%q}}`, update, n, chat, text)
}

// known opens the chats from 1 on, as their first message to the bot would.
func (tr *trial) known(chats int) {
	for chat := range chats {
		tr.telegram.Delete(int64(chat+1), 1)
	}
}

// answering waits until the process answers.
func (tr *trial) answering(program *exec.Cmd) (address string) {
	tr.Helper()
	address = listens(program)
	tr.until("the program to answer", func() bool {
		resp, err := caller.Get("http://" + address + "/readyz")
		if err != nil {
			return false
		}
		resp.Body.Close()
		return resp.StatusCode == http.StatusOK
	})
	return address
}

// versions is the sum of the versions of the chats from 1 on.
func (tr *trial) versions(chats int) (sum int64) {
	tr.Helper()
	for chat := range chats {
		c, err := tr.db.Conversation(tr.Context(), dialog.Chat{Platform: telegram.Platform, ID: strconv.Itoa(chat + 1)})
		if err != nil {
			tr.Fatal(err)
		}
		sum += c.Version
	}
	return sum
}

// TestFaultDuplicates brings every update three times, shuffled: on Redis to two processes, and
// on SQLite to one.
func TestFaultDuplicates(t *testing.T) {
	t.Parallel()
	onEach(t, true, func(tr *trial) {
		processes := []string{tr.answering(tr.start(""))}
		if tr.on == onRedis {
			processes = append(processes, tr.answering(tr.start("")))
		}
		tr.open()
		updates := faulttest.Count(300, 10_000)
		chats := updates / 10
		tr.known(chats)
		deliveries := make(chan int, 3*updates)
		for _, n := range rand.Perm(3 * updates) {
			deliveries <- n % updates
		}
		close(deliveries)
		var all sync.WaitGroup
		for worker := range 16 {
			all.Go(func() {
				for n := range deliveries {
					tr.bring(processes[worker%len(processes)], written(1+n, 1+n%chats, 1_000_000_000+n, "hello"))
				}
			})
		}
		all.Wait()
		sum := int(tr.versions(chats))
		if sum != updates {
			tr.Errorf("%d versions of %d updates", sum, updates)
		}
		faulttest.Report(tr.T, faulttest.Row{ID: "F4", Fault: "each update three times, shuffled",
			How: fmt.Sprintf("`serve`, %d on %s", len(processes), tr.on), Count: updates,
			Lost: max(0, updates-sum), Doubled: max(0, sum-updates), Note: "updates, of as many versions"})
	})
}

// TestFaultFlood has one chat write two hundred messages a second while others go on. They are
// answered as fast as ever, and the one is told once a minute that it is too much.
func TestFaultFlood(t *testing.T) {
	t.Parallel()
	onEach(t, false, func(tr *trial) {
		tr.start("")
		tr.open()
		lasts := time.Duration(faulttest.Count(2, 600)) * time.Second
		others := faulttest.Count(10, 100)
		over := time.Now().Add(lasts)
		var all sync.WaitGroup
		var mu sync.Mutex
		var took []time.Duration
		for chat := range others {
			all.Go(func() {
				for time.Now().Before(over) {
					time.Sleep(time.Duration(rand.IntN(40*others)) * time.Millisecond)
					t := tr.answerTo(int64(chat + 1))
					mu.Lock()
					took = append(took, t)
					mu.Unlock()
				}
			})
		}
		sent, flooder := 0, int64(others+1)
		for ; time.Now().Before(over); sent++ {
			tr.telegram.Say(flooder, "hello")
			time.Sleep(time.Until(over.Add(time.Duration(sent+1)*5*time.Millisecond - lasts)))
		}
		all.Wait()
		slices.Sort(took)
		p99 := took[len(took)*99/100]
		if faulttest.Full() && p99 > time.Second { // beside other tests it says nothing
			tr.Errorf("of the others one in a hundred waits more than %v", p99)
		}
		tooMuch := func() int { return tr.says(flooder, "faster than I can read") }
		tr.until("the flooder to be told", func() bool { return tr.telegram.Pending() == 0 && tooMuch() > 0 })
		if n, most := tooMuch(), 1+int(lasts/time.Minute); n > most {
			tr.Errorf("told %d times that it is too much, want %d at most", n, most)
		}
		faulttest.Report(tr.T, faulttest.Row{ID: "F25", Fault: fmt.Sprintf("one chat writes 200 times a second for %v", lasts), How: "`serve` on " + tr.on,
			Count: sent, Note: fmt.Sprintf("messages; of %d by %d others one in a hundred waited %v or more", len(took), others, p99.Round(time.Millisecond))})
	})
}

// says is how many messages in chat say that.
func (tr *trial) says(chat int64, that string) (n int) {
	for _, m := range tr.telegram.Messages(chat) {
		if strings.Contains(m.Text, that) {
			n++
		}
	}
	return n
}

// TestFaultCrowd has a thousand chats write five messages a second each, which is more than can be
// heard meanwhile. All is heard in the end, once, and the program's memory stays small.
func TestFaultCrowd(t *testing.T) {
	t.Parallel()
	onEach(t, false, func(tr *trial) {
		program := tr.start("")
		tr.open()
		chats, each := faulttest.Count(50, 1000), faulttest.Count(10, 100)
		began := time.Now()
		for n := range each {
			for chat := range chats {
				tr.telegram.Say(int64(chat+1), "hello")
			}
			time.Sleep(time.Until(began.Add(time.Duration(n+1) * time.Second / 5)))
		}
		wrote := time.Since(began)
		tr.until("all to be heard", func() bool { return tr.telegram.Pending() == 0 })
		sum, said := int(tr.versions(chats)), chats*each
		if sum != said {
			tr.Errorf("%d versions of %d messages", sum, said)
		}
		peak := memory(tr.T, program)
		if !raced && peak > 200<<20 {
			tr.Errorf("it took %d MB of memory", peak>>20)
		}
		faulttest.Report(tr.T, faulttest.Row{ID: "F25", Fault: fmt.Sprintf("%d chats write 5 times a second", chats), How: "`serve` on " + tr.on,
			Count: said, Lost: max(0, said-sum), Doubled: max(0, sum-said),
			Note: fmt.Sprintf("messages, written within %v and heard within %v; %d MB of memory at the most", wrote.Round(time.Second), time.Since(began).Round(time.Second), peak>>20)})
	})
}

// answerTo lets chat write something and returns how long it takes until it is answered.
func (tr *trial) answerTo(chat int64) time.Duration {
	said := tr.telegram.Say(chat, "hello")
	began := time.Now()
	tr.until("an answer", func() bool {
		all := tr.telegram.Messages(chat)
		return len(all) > 0 && all[len(all)-1].FromBot && all[len(all)-1].ID > said
	})
	return time.Since(began)
}

// TestFaultBodies has the program sent bodies that are too large, that never end, and that are
// too deep, all at once and again and again. Its memory stays small and it goes on.
func TestFaultBodies(t *testing.T) {
	t.Parallel()
	onEach(t, true, func(tr *trial) {
		program := tr.start("")
		address := tr.answering(program)
		tr.open()
		deep := strings.Repeat("[", 400_000)
		bodies := []struct {
			body func() io.Reader
			want []int // 0 is a connection that was closed in the midst of it
		}{
			{func() io.Reader { return io.LimitReader(spaces{}, 1<<20+1) }, []int{413, 0}},
			{func() io.Reader { return io.LimitReader(spaces{}, 100<<20) }, []int{413, 0}},
			{func() io.Reader {
				return strings.NewReader(`{"update_id":1,"message":` + deep + strings.Repeat("]", len(deep)) + `}`)
			}, []int{400}},
			{func() io.Reader { return bytes.NewReader(make([]byte, 1<<19)) }, []int{400}},
		}
		var slow []net.Conn
		for range faulttest.Count(100, 1000) {
			conn, err := net.Dial("tcp", address)
			if err != nil {
				tr.Fatal(err)
			}
			defer conn.Close()
			fmt.Fprintf(conn, "POST %s HTTP/1.1\r\nHost: bot\r\nX-Slow: ", telegram.WebhookPath)
			slow = append(slow, conn)
		}
		times := faulttest.Count(40, 1000)
		tr.known(1)
		var all sync.WaitGroup
		for worker := range 4 {
			all.Go(func() {
				for n := worker; n < times; n += 4 {
					b := bodies[n%len(bodies)]
					if status := tr.post(address, b.body()); !slices.Contains(b.want, status) {
						tr.Errorf("body %d is answered with status %d, want one of %v", n%len(bodies), status, b.want)
					}
				}
			})
		}
		all.Wait()
		tr.bring(address, written(1, 1, 1, "hello"))
		if n := tr.versions(1); n != 1 {
			tr.Errorf("a message after all that makes %d versions", n)
		}
		peak := memory(tr.T, program)
		if !raced && peak > 100<<20 {
			tr.Errorf("it took %d MB of memory", peak>>20)
		}
		faulttest.Report(tr.T, faulttest.Row{ID: "F23", Fault: "bodies of 1 and 100 MB, depth of 400,000, requests that never end", How: "`serve` on " + tr.on,
			Count: times + len(slow), Note: fmt.Sprintf("%d MB of memory at the most", peak>>20)})
	})
}

// spaces are spaces without end.
type spaces struct{}

func (spaces) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	return len(p), nil
}

// memory is how many bytes of it the process has had at the most, 0 where that cannot be known.
func memory(t *testing.T, program *exec.Cmd) int {
	t.Helper()
	status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", program.Process.Pid))
	for line := range strings.Lines(string(status)) {
		if kilobytes, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			n, err := strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(kilobytes), " kB"))
			if err != nil {
				t.Fatal(err)
			}
			return n << 10
		}
	}
	return 0
}

// TestFaultPoison brings updates that no version of the program can read, among others of the
// same chats. Each is set aside and its sender told, and the others go on.
func TestFaultPoison(t *testing.T) {
	t.Parallel()
	onEach(t, true, func(tr *trial) {
		address := tr.answering(tr.start(""))
		tr.open()
		times := faulttest.Count(20, 200)
		chats := max(5, times/20)
		tr.known(chats)
		for n := range times {
			chat := 1 + n%chats
			poison := strings.Replace(written(1+2*n, chat, 1000+2*n, "?"), `"text":"?"`, `"text":{"canary":[1]}`, 1)
			for _, body := range []string{poison, written(2+2*n, chat, 1001+2*n, "hello")} {
				tr.bring(address, body)
			}
		}
		stats, err := tr.db.Stats(tr.Context())
		if err != nil {
			tr.Fatal(err)
		}
		lost := max(0, times-int(tr.versions(chats)))
		if stats.Aside != times || lost > 0 {
			tr.Errorf("%d are set aside, want %d; of the others %d are lost", stats.Aside, times, lost)
		}
		tr.until("everybody to be told", func() bool {
			told := 0
			for chat := range chats {
				told += tr.says(int64(chat+1), "I could not use what you just sent")
			}
			return told >= times // what is uncertain is said again
		})
		faulttest.Report(tr.T, faulttest.Row{ID: "F31", Fault: "update that cannot be read, among others", How: "`serve` on " + tr.on,
			Count: times, Lost: lost, Note: "set aside, and their senders told"})
	})
}

// TestFaultOutage lets nobody be reached by Telegram for as long as it keeps a press, and a
// little longer, again and again. What was written is applied; a press that is gone is made
// once more.
func TestFaultOutage(t *testing.T) {
	t.Parallel()
	onEach(t, true, func(tr *trial) {
		tr.start("")
		tr.open()
		lasts := pressLife / time.Duration(faulttest.Count(10, 1)) * 11 / 10
		row := faulttest.Row{ID: "F21", Fault: "status 503 to Telegram for " + lasts.String(), How: "`serve`, called by Telegram,",
			Note: fmt.Sprintf("Telegram keeps a press for %v here", pressLife)}
		tr.harmed(faulttest.Count(4, 50), faulttest.Count(1, 20), row, func(int) {
			tr.front.dark.Store(true)
			time.Sleep(lasts)
			tr.front.dark.Store(false)
		})
	})
}
