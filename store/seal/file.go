package seal

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/tink-crypto/tink-go/v2/insecurecleartextkeyset"
	"github.com/tink-crypto/tink-go/v2/keyset"
)

// errNotKeys quotes nothing of a file: it may be nearly right.
var errNotKeys = errors.New("seal: not a file of keys; copy it again from where it was made or kept")

// file is Keys as they are kept. The keys in it stand open: whoever has the file has them.
type file struct {
	Records json.RawMessage `json:"records"`
	Names   json.RawMessage `json:"names"`
}

// Read reads what Write wrote.
func Read(r io.Reader) (*Keys, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, within("read", err)
	}
	var f file
	if err := json.Unmarshal(data, &f); err != nil {
		return nil, errNotKeys
	}
	records, err := readSet(f.Records)
	if err != nil {
		return nil, err
	}
	names, err := readSet(f.Names)
	if err != nil {
		return nil, err
	}
	return assemble(records, names)
}

func readSet(data []byte) (*keyset.Handle, error) {
	set, err := insecurecleartextkeyset.Read(keyset.NewJSONReader(bytes.NewReader(data)))
	if err != nil {
		return nil, errNotKeys
	}
	return set, nil
}

// ReadFile reads the keys in the file at path. It refuses a file that anybody but its owner
// may read or write.
func ReadFile(path string) (*Keys, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, fmt.Errorf("others than its owner may read %s, which holds keys: chmod 400 %[1]s", path)
	}
	return Read(f)
}

// Write writes the keys, open, as they are kept in a file that only its owner may read.
func (k *Keys) Write(w io.Writer) error {
	records, err := writeSet(k.records)
	if err != nil {
		return within("write", err)
	}
	names, err := writeSet(k.names)
	if err != nil {
		return within("write", err)
	}
	out := json.NewEncoder(w)
	out.SetIndent("", "  ")
	return within("write", out.Encode(file{Records: records, Names: names}))
}

func writeSet(set *keyset.Handle) ([]byte, error) {
	var out bytes.Buffer
	err := insecurecleartextkeyset.Write(set, keyset.NewJSONWriter(&out))
	return out.Bytes(), err
}
