package pack

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"aead.dev/minisign"
)

// PublicKey is a key that signatures are checked with.
type PublicKey struct{ key minisign.PublicKey }

// SecretKey is a key that packages are signed with.
type SecretKey struct{ key minisign.PrivateKey }

// ErrPassphrase says that a secret key needs another passphrase, or that its
// text is damaged: the two cannot be told apart.
var ErrPassphrase = errors.New("the passphrase is not the one of the key, or the key is damaged")

// NewKey makes a pair of keys from the randomness of the system.
func NewKey() (*SecretKey, *PublicKey, error) {
	public, secret, err := minisign.GenerateKey(nil)
	if err != nil {
		return nil, nil, err
	}
	return &SecretKey{secret}, &PublicKey{public}, nil
}

// ID is the number by which minisign names a key.
func (k *PublicKey) ID() string { return keyID(k.key.ID()) }

// String is the key on one line, as minisign's -P takes it.
func (k *PublicKey) String() string {
	_, line, _ := strings.Cut(string(k.Encode()), "\n")
	return strings.TrimSpace(line)
}

// Encode is the text of a file of minisign with this key.
func (k *PublicKey) Encode() []byte {
	text, err := k.key.MarshalText()
	if err != nil {
		panic(err) // it cannot fail
	}
	return append([]byte(strings.TrimRight(string(text), "\n")), '\n')
}

// ParsePublicKey reads a public key: the text of a file of minisign, or the
// one line of it that counts.
func ParsePublicKey(text []byte) (*PublicKey, error) {
	var k PublicKey
	if len(text) > 4096 || k.key.UnmarshalText([]byte(strings.TrimSpace(string(text)))) != nil {
		return nil, errors.New("is not a public key of minisign")
	}
	return &k, nil
}

// ID is the number by which minisign names a key.
func (k *SecretKey) ID() string { return keyID(k.key.ID()) }

// Public is the key that checks what this one signs.
func (k *SecretKey) Public() *PublicKey {
	public, ok := k.key.Public().(minisign.PublicKey)
	if !ok {
		panic("minisign has another public key")
	}
	return &PublicKey{public}
}

// Encode is the text of a file of minisign with this key, encrypted with a
// passphrase, or open when the passphrase is empty.
func (k *SecretKey) Encode(passphrase string) ([]byte, error) {
	text, err := []byte(nil), error(nil)
	if passphrase == "" {
		text, err = k.key.MarshalText()
	} else {
		text, err = minisign.EncryptKey(passphrase, k.key)
	}
	return append(text, '\n'), err
}

// Encrypted reports whether the text of a secret key asks for a passphrase.
func Encrypted(text []byte) bool { return minisign.IsEncrypted(trim(text)) }

// ParseSecretKey reads a secret key of minisign. The error is ErrPassphrase
// when it cannot be opened.
func ParseSecretKey(text []byte, passphrase string) (*SecretKey, error) {
	text = trim(text)
	var k SecretKey
	if !minisign.IsEncrypted(text) {
		if len(text) > 4096 || k.key.UnmarshalText(text) != nil {
			return nil, errors.New("is not a secret key of minisign")
		}
		return &k, nil
	}
	key, err := minisign.DecryptKey(passphrase, text)
	if err != nil {
		return nil, ErrPassphrase
	}
	return &SecretKey{key}, nil
}

func trim(text []byte) []byte { return []byte(strings.TrimSpace(string(text))) }

func keyID(id uint64) string { return fmt.Sprintf("%016X", id) }

// Sign adds a signature to a package. The comment that it vouches for names
// the package and the day of the build, so that signing the same package
// again gives the same bytes.
func (p *Package) Sign(key *SecretKey) {
	p.Signature = key.sign(p.encoded, fmt.Sprintf("dossier package %s, built %s", p.Manifest.Name, p.Manifest.Built))
}

func (k *SecretKey) sign(message []byte, comment string) []byte {
	r := minisign.NewReader(bytes.NewReader(message))
	if _, err := io.Copy(io.Discard, r); err != nil {
		panic(err) // it is in memory
	}
	text := r.SignWithComments(k.key, comment, "signature of the key "+k.ID())
	return append(bytes.TrimRight(text, "\n"), '\n')
}
