// Package seal keeps what is stored from everybody who has the store and not the keys. A
// value is sealed for one place: a field of a record of a table, at a version. Elsewhere
// it does not open. What a record is found by is named by a keyed hash, from which nobody
// learns who it is about.
//
// So it shows when a value has been changed by as little as a bit, swapped with another,
// put back after it was replaced, or sealed under other keys. It does not show a record
// that is missing, nor one put back whole, together with the version that stands beside
// it: an old copy of everything is as good as it was when it was made. That shows only
// against something kept elsewhere, such as the heads of the audit's chains. What follows
// one from another can be chained with sums.
//
// The package knows no table, no record and no backend.
package seal

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/prf"
	"github.com/tink-crypto/tink-go/v2/tink"
)

// Errors of Open. Neither holds any data.
var (
	// ErrKey: the value is sealed under none of these keys.
	ErrKey = errors.New("seal: no key for this")
	// ErrDamaged: the value is sealed under one of these keys, but not as it is now, or
	// not for this place.
	ErrDamaged = errors.New("seal: does not open here")
)

// markLength is how many bytes say under which key a value is sealed.
const markLength = 5

// nameLength is how many bytes a name is made from: enough that no two are ever the same.
const nameLength = 16

// Keys seal, open and name. They do not change, and may be used by many goroutines.
type Keys struct {
	records, names *keyset.Handle
	sealer         tink.AEAD
	namer          *prf.Set
	summer         []byte // the key for sums
	blinder        []byte // the key for what people are known by
	mark           []byte // of the key that writes
	marks          map[[markLength]byte]bool
}

// New makes keys that nobody else has.
func New() (*Keys, error) {
	records, err := keyset.NewHandle(aead.AES256GCMKeyTemplate())
	if err != nil {
		return nil, within("new", err)
	}
	names, err := keyset.NewHandle(prf.HMACSHA256PRFKeyTemplate())
	if err != nil {
		return nil, within("new", err)
	}
	return assemble(records, names)
}

// Rotate returns keys of which a new one writes. All that these open, they open too. Names
// stay as they are: a record is found by its name, so their key is kept for good.
func (k *Keys) Rotate() (*Keys, error) {
	m := keyset.NewManagerFromHandle(k.records)
	id, err := m.Add(aead.AES256GCMKeyTemplate())
	if err != nil {
		return nil, within("rotate", err)
	}
	if err := m.SetPrimary(id); err != nil {
		return nil, within("rotate", err)
	}
	records, err := m.Handle()
	if err != nil {
		return nil, within("rotate", err)
	}
	return assemble(records, k.names)
}

// assemble makes Keys of the two sets.
func assemble(records, names *keyset.Handle) (*Keys, error) {
	k := &Keys{records: records, names: names, marks: map[[markLength]byte]bool{}}
	var err error
	if k.sealer, err = aead.New(records); err != nil {
		return nil, within("keys for records", err)
	}
	if k.namer, err = prf.NewPRFSet(names); err != nil {
		return nil, within("key for names", err)
	}
	if k.summer, err = k.namer.ComputePrimaryPRF(join("key for sums"), sha256.Size); err != nil {
		return nil, within("key for names", err)
	}
	if k.blinder, err = k.namer.ComputePrimaryPRF(join("key for what people are known by"), sha256.Size); err != nil {
		return nil, within("key for names", err)
	}
	for i := range records.Len() {
		entry, err := records.Entry(i)
		if err != nil {
			return nil, within("keys for records", err)
		}
		mark := markOf(entry.KeyID())
		k.marks[mark] = true
		if entry.IsPrimary() {
			k.mark = mark[:]
		}
	}
	return k, nil
}

// markOf is what tink puts before everything sealed under the key of that id.
func markOf(id uint32) (mark [markLength]byte) {
	mark[0] = 1
	binary.BigEndian.PutUint32(mark[1:], id)
	return mark
}

// Place is where a value stands.
type Place struct {
	Table, ID, Field string
	Version          int64 // 0 where the record has none
}

// bytes is the place as the value is bound to it: no two places have the same.
func (p Place) bytes() []byte {
	return binary.BigEndian.AppendUint64(join(p.Table, p.ID, p.Field), uint64(p.Version))
}

// join puts parts one after another, each after its length.
func join(parts ...string) []byte {
	var all []byte
	for _, part := range parts {
		all = binary.AppendUvarint(all, uint64(len(part)))
		all = append(all, part...)
	}
	return all
}

// Seal returns plain sealed for place under the key that writes. Sealed twice, it is not
// the same twice.
func (k *Keys) Seal(plain []byte, place Place) ([]byte, error) {
	sealed, err := k.sealer.Encrypt(plain, place.bytes())
	return sealed, within("seal", err)
}

// Open returns what was sealed for place. It returns ErrKey if none of the keys has sealed
// it, and ErrDamaged if one has, but it does not open. Where the first bytes are damaged,
// which tell the key, that looks like a key that is missing.
func (k *Keys) Open(sealed []byte, place Place) ([]byte, error) {
	if len(sealed) < markLength || !k.marks[[markLength]byte(sealed)] {
		return nil, ErrKey
	}
	plain, err := k.sealer.Decrypt(sealed, place.bytes())
	if err != nil {
		return nil, ErrDamaged
	}
	return plain, nil
}

// Current reports whether sealed is sealed under the key that writes, by what it begins
// with. What is not may be sealed anew.
func (k *Keys) Current(sealed []byte) bool { return bytes.HasPrefix(sealed, k.mark) }

// Mark returns what everything begins with that is sealed under the key that writes, for a
// backend that looks for the rest by itself.
func (k *Keys) Mark() []byte { return bytes.Clone(k.mark) }

// Name returns the name of what parts identify, of 22 letters, digits, hyphens and
// underscores. It is always the same for the same parts, and nobody without the keys can
// tell what they were. The first part should say what sort of thing is named, so that
// things of two sorts have nothing in common.
func (k *Keys) Name(parts ...string) string {
	sum, err := k.namer.ComputePrimaryPRF(join(parts...), nameLength)
	if err != nil {
		panic(err) // it was tried when the keys were read
	}
	return base64.RawURLEncoding.EncodeToString(sum)
}

// Sum returns the sum of parts, of 43 letters, digits, hyphens and underscores. It is always
// the same for the same parts, and nobody without the keys can make it of others. Its key is
// made of that for names and, like it, never changes. The first part should say what sort of
// thing is summed, so that the sum of one sort is not taken for that of another.
func (k *Keys) Sum(parts ...string) string {
	sum := hmac.New(sha256.New, k.summer)
	sum.Write(join(parts...))
	return base64.RawURLEncoding.EncodeToString(sum.Sum(nil))
}

// Blind returns what stands in a store for something that people are known by, such as a number
// of theirs: 22 letters, digits, hyphens and underscores, always the same for the same, from which
// nobody without the keys can tell what it is, or that it is a number. Its key is made of that for
// names, is used for nothing else and, like it, never changes.
func (k *Keys) Blind(known string) string {
	sum := hmac.New(sha256.New, k.blinder)
	sum.Write(join("known by", known))
	return base64.RawURLEncoding.EncodeToString(sum.Sum(nil)[:nameLength])
}

// String withholds the keys.
func (k *Keys) String() string { return "keys" }

// GoString withholds the keys.
func (k *Keys) GoString() string { return "keys" }

// within says where err came about.
func within(what string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("seal: %s: %w", what, err)
}
