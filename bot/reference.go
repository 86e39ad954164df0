package bot

import (
	"crypto/rand"
	"encoding/base32"
	"fmt"

	"referralbot/dialog"
	"referralbot/store"
)

// crockford is base 32 without the letters that are mistaken for figures or each other.
var crockford = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)

// newReference names a referral, such as "R17-7K3Q-F2M8-TQXB-9YRD": the conversation's
// partition and 80 random bits, so that a reference cannot be guessed.
func newReference(chat dialog.Chat) string {
	s := random(10)
	return fmt.Sprintf("R%02d-%s-%s-%s-%s", store.Partition(chat), s[0:4], s[4:8], s[8:12], s[12:16])
}

// newNonce names a prompt: six characters, 30 random bits.
func newNonce() string { return random(4)[:6] }

// random returns n random bytes in base 32.
func random(n int) string {
	b := make([]byte, n)
	rand.Read(b)
	return crockford.EncodeToString(b)
}
