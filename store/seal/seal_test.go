package seal

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var here = Place{Table: "conversation", ID: "7K3QF2", Field: "payload", Version: 3}

func newKeys(tb testing.TB) *Keys {
	tb.Helper()
	k, err := New()
	if err != nil {
		tb.Fatal(err)
	}
	return k
}

func rotate(tb testing.TB, k *Keys) *Keys {
	tb.Helper()
	k, err := k.Rotate()
	if err != nil {
		tb.Fatal(err)
	}
	return k
}

func sealed(tb testing.TB, k *Keys, plain string) []byte {
	tb.Helper()
	out, err := k.Seal([]byte(plain), here)
	if err != nil {
		tb.Fatal(err)
	}
	return out
}

func TestOpensOnlyAtItsPlace(t *testing.T) {
	t.Parallel()
	k := newKeys(t)
	value := sealed(t, k, "Amira Example")
	if bytes.Contains(value, []byte("Amira")) {
		t.Error("the value can be read")
	}
	if plain, err := k.Open(value, here); err != nil || string(plain) != "Amira Example" {
		t.Errorf("opened %q, %v", plain, err)
	}
	for name, place := range map[string]Place{
		"another table":               {"referral", "7K3QF2", "payload", 3},
		"another record":              {"conversation", "7K3QF3", "payload", 3},
		"another field":               {"conversation", "7K3QF2", "draft", 3},
		"an older version":            {"conversation", "7K3QF2", "payload", 2},
		"the same letters, elsewhere": {"conversation7", "K3QF2", "payload", 3},
	} {
		if plain, err := k.Open(value, place); !errors.Is(err, ErrDamaged) || plain != nil {
			t.Errorf("%s: opened %q, %v", name, plain, err)
		}
	}
}

// TestEveryBitCounts turns every bit of a value, one at a time.
func TestEveryBitCounts(t *testing.T) {
	t.Parallel()
	k := newKeys(t)
	value := sealed(t, k, "canary")
	for bit := range 8 * len(value) {
		value[bit/8] ^= 1 << (bit % 8)
		want := ErrDamaged
		if bit/8 < markLength {
			want = ErrKey
		}
		if plain, err := k.Open(value, here); !errors.Is(err, want) || plain != nil || strings.Contains(err.Error(), "canary") {
			t.Errorf("bit %d: opened %q, %v", bit, plain, err)
		}
		value[bit/8] ^= 1 << (bit % 8)
	}
	for n := range value {
		if plain, err := k.Open(value[:n], here); err == nil {
			t.Errorf("cut to %d bytes it opens: %q", n, plain)
		}
	}
}

func TestOtherKeys(t *testing.T) {
	t.Parallel()
	k, others := newKeys(t), newKeys(t)
	if _, err := others.Open(sealed(t, k, "canary"), here); !errors.Is(err, ErrKey) {
		t.Errorf("under other keys: %v", err)
	}
	if k.Name("chat", "1001") == others.Name("chat", "1001") {
		t.Error("other keys give the same names")
	}
}

func TestRotate(t *testing.T) {
	t.Parallel()
	k := newKeys(t)
	old := sealed(t, k, "before")
	next := rotate(t, rotate(t, k))
	fresh := sealed(t, next, "after")
	if plain, err := next.Open(old, here); err != nil || string(plain) != "before" {
		t.Errorf("opened %q, %v", plain, err)
	}
	if _, err := k.Open(fresh, here); !errors.Is(err, ErrKey) {
		t.Errorf("the keys of before: %v", err)
	}
	if !k.Current(old) || next.Current(old) || !next.Current(fresh) || !bytes.HasPrefix(fresh, next.Mark()) {
		t.Errorf("current: %v, %v, %v", k.Current(old), next.Current(old), next.Current(fresh))
	}
	if k.Name("chat", "1001") != next.Name("chat", "1001") {
		t.Error("a name has changed")
	}
}

func TestNames(t *testing.T) {
	t.Parallel()
	k := newKeys(t)
	seen := map[string]string{}
	for _, parts := range [][]string{{}, {""}, {"", ""}, {"chat"}, {"chat", "1", "2"}, {"chat", "12"}, {"chat1", "2"}, {"destination", "12"}} {
		name := k.Name(parts...)
		if name != k.Name(parts...) || len(name) != 22 {
			t.Errorf("%q is named %q", parts, name)
		}
		if before, known := seen[name]; known {
			t.Errorf("%q and %s have one name", parts, before)
		}
		seen[name] = fmt.Sprintf("%q", parts)
	}
}

func TestSums(t *testing.T) {
	t.Parallel()
	k := newKeys(t)
	seen := map[string]string{}
	for _, parts := range [][]string{{}, {""}, {"audit"}, {"audit", "1", "2"}, {"audit", "12"}, {"heads", "12"}, {"key for sums"}} {
		sum := k.Sum(parts...)
		if sum != rotate(t, k).Sum(parts...) || len(sum) != 43 || strings.HasPrefix(sum, k.Name(parts...)[:20]) {
			t.Errorf("the sum of %q is %q", parts, sum)
		}
		if before, known := seen[sum]; known {
			t.Errorf("%q and %s have one sum", parts, before)
		}
		seen[sum] = fmt.Sprintf("%q", parts)
	}
	if k.Sum("audit") == newKeys(t).Sum("audit") {
		t.Error("other keys give the same sums")
	}
}

// TestBlind: what people are known by is under a key of its own, which no rotation changes.
func TestBlind(t *testing.T) {
	t.Parallel()
	k := newKeys(t)
	for _, known := range []string{"", "nhs 9990001014", "nhs 9990001022"} {
		blind := k.Blind(known)
		if blind != rotate(t, k).Blind(known) || len(blind) != 22 || blind == newKeys(t).Blind(known) ||
			blind == k.Name("known by", known) || blind == k.Sum("known by", known)[:22] || blind == k.Blind(known+" ") {
			t.Errorf("%q is %q", known, blind)
		}
	}
}

func TestKept(t *testing.T) {
	t.Parallel()
	k := newKeys(t)
	old := sealed(t, k, "before")
	k = rotate(t, k)
	path := filepath.Join(t.TempDir(), "referralbot.keys")
	var kept bytes.Buffer
	if err := k.Write(&kept); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, kept.Bytes(), 0o400); err != nil {
		t.Fatal(err)
	}
	got, err := ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if plain, err := got.Open(old, here); err != nil || string(plain) != "before" {
		t.Errorf("opened %q, %v", plain, err)
	}
	if !got.Current(sealed(t, k, "after")) || got.Name("chat") != k.Name("chat") || got.Sum("audit") != k.Sum("audit") {
		t.Error("these are not the keys that were written")
	}
}

func TestRefusedFiles(t *testing.T) {
	t.Parallel()
	var kept bytes.Buffer
	if err := newKeys(t).Write(&kept); err != nil {
		t.Fatal(err)
	}
	cut := kept.String()[:kept.Len()/2]
	swapped := strings.Replace(strings.Replace(kept.String(), `"records"`, `"x"`, 1), `"names"`, `"records"`, 1)
	for _, test := range []struct {
		name, content string
		mode          os.FileMode
		want          string
	}{
		{"others may read it", kept.String(), 0o440, "chmod 400"},
		{"others may write it", kept.String(), 0o602, "chmod 400"},
		{"empty", "", 0o400, "not a file of keys"},
		{"cut", cut, 0o400, "not a file of keys"},
		{"no keys in it", `{"canary":1}`, 0o400, "not a file of keys"},
		{"the two sets the wrong way round", strings.Replace(swapped, `"x"`, `"names"`, 1), 0o400, "keys for records"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "referralbot.keys")
			if err := os.WriteFile(path, []byte(test.content), 0o600); err != nil {
				t.Fatal(err)
			}
			if err := os.Chmod(path, test.mode); err != nil {
				t.Fatal(err)
			}
			k, err := ReadFile(path)
			if err == nil || !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "canary") {
				t.Errorf("got %v, %v, want an error that says %q", k, err, test.want)
			}
		})
	}
	if _, err := ReadFile(filepath.Join(t.TempDir(), "missing")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a missing file: %v", err)
	}
}

func TestKeysWithholdThemselves(t *testing.T) {
	t.Parallel()
	k := newKeys(t)
	for _, verb := range []string{"%v", "%+v", "%s", "%#v"} {
		if got := fmt.Sprintf(verb, k); got != "keys" {
			t.Errorf("%s prints %.40s", verb, got)
		}
	}
}

// FuzzOpen opens what nobody has sealed, and what is sealed with something done to it.
func FuzzOpen(f *testing.F) {
	k := newKeys(f)
	whole := sealed(f, k, "Amira Example")
	for _, spoilt := range [][]byte{nil, whole[:3], whole[:len(whole)-1], append(bytes.Clone(whole), 0)} {
		f.Add(spoilt)
	}
	f.Fuzz(func(t *testing.T, value []byte) {
		if plain, err := k.Open(value, here); !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrKey) || plain != nil {
			t.Errorf("opened %q, %v", plain, err)
		}
	})
}

func BenchmarkSeal(b *testing.B) {
	k, plain := newKeys(b), make([]byte, 2000)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := k.Seal(plain, here); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkName(b *testing.B) {
	k := newKeys(b)
	b.ReportAllocs()
	for b.Loop() {
		k.Name("chat", "telegram", "1001")
	}
}
