package pack

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func testKey(t testing.TB) *SecretKey {
	t.Helper()
	secret, _, err := NewKey()
	if err != nil {
		t.Fatal(err)
	}
	return secret
}

func TestSignature(t *testing.T) {
	key, other := testKey(t), testKey(t)
	p := testPackage(t, testSite(), testInfo())
	unsigned := zipped(t, p)
	p.Sign(key)
	text := zipped(t, p)
	entries := entriesOf(t, text)
	for _, test := range []struct {
		name   string
		text   []byte
		key    *PublicKey
		signer Signer
		want   string
	}{
		{"of the key", text, key.Public(), SignerVerified, ""},
		{"no key", text, nil, SignerUnknown, ""},
		{"of another key", text, other.Public(), SignerOther, "MANIFEST.json.minisig: [bad-signature] is of another key, " + key.ID() + ", and not of " + other.ID()},
		{"not signed", unsigned, key.Public(), SignerOther, ": [not-signed] it is not signed, so nobody can say that the key " + key.ID() + " has made it"},
		{"signature removed", zipOf(t, without(entries, SignatureName)), key.Public(), SignerOther, ": [not-signed] it is not signed, so nobody can say that the key " + key.ID() + " has made it"},
		{"another manifest", zipOf(t, replace(entries, ManifestName, `"title":"A`, `"title":"B`)), key.Public(), SignerOther, "MANIFEST.json.minisig: [bad-signature] does not fit what it signs: one of the two has been changed"},
		{"another comment", zipOf(t, replace(entries, SignatureName, "built 2026", "built 2027")), key.Public(), SignerOther, "MANIFEST.json.minisig: [bad-signature] does not fit what it signs: one of the two has been changed"},
		{"no signature at all", zipOf(t, replace(entries, SignatureName, "trusted comment", "x")), nil, SignerUnknown, "MANIFEST.json.minisig: [bad-signature] is no signature of minisign"},
	} {
		r := look(t, test.text, Options{Key: test.key})
		if got := reasons(r); got != test.want || r.Signer != test.signer {
			t.Errorf("%s: %s, and the findings are\n%s\nnot\n%s", test.name, r.Signer, got, test.want)
		}
		if r.Signer == SignerVerified && r.Comment != "dossier package report-2026-06-08, built 2026-06-08" {
			t.Errorf("%s: the comment is %q", test.name, r.Comment)
		}
	}
}

// TestMinisign has the program minisign check a signature, where it is installed.
func TestMinisign(t *testing.T) {
	program, err := exec.LookPath("minisign")
	switch {
	case err != nil && os.Getenv("CI") != "": // which has installed it
		t.Fatal(err)
	case err != nil:
		t.Skip(err)
	}
	key := testKey(t)
	p := testPackage(t, testSite(), testInfo())
	p.Sign(key)
	dir := t.TempDir()
	for name, text := range map[string][]byte{ManifestName: p.Manifest.Encode(), SignatureName: p.Signature, "k.pub": key.Public().Encode()} {
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command(program, "-V", "-p", "k.pub", "-m", ManifestName)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

func TestKeys(t *testing.T) {
	key := testKey(t)
	open, err := key.Encode("")
	if err != nil {
		t.Fatal(err)
	}
	if got, err := ParseSecretKey(open, ""); err != nil || got.ID() != key.ID() || Encrypted(open) {
		t.Errorf("an open key: %v", err)
	}
	for _, text := range [][]byte{key.Public().Encode(), []byte(key.Public().String())} {
		if got, err := ParsePublicKey(text); err != nil || got.ID() != key.ID() || got.String() != key.Public().String() {
			t.Errorf("%q: %v", text, err)
		}
	}
	for _, text := range []string{"", "x", strings.Repeat("x", 10000), string(open)} {
		if _, err := ParsePublicKey([]byte(text)); err == nil {
			t.Errorf("%.20q is taken for a public key", text)
		}
	}
	if _, err := ParseSecretKey([]byte("x"), ""); err == nil {
		t.Error("a letter is taken for a secret key")
	}
	if testing.Short() {
		return // scrypt takes seconds and a gigabyte
	}
	closed, err := key.Encode("open sesame")
	if err != nil || !Encrypted(closed) || bytes.Contains(closed, bytes.TrimSpace(open)[50:]) {
		t.Fatal("an encrypted key", err)
	}
	if got, err := ParseSecretKey(closed, "open sesame"); err != nil || got.ID() != key.ID() {
		t.Errorf("an encrypted key: %v", err)
	}
	if _, err := ParseSecretKey(closed, "sesame"); !errors.Is(err, ErrPassphrase) {
		t.Errorf("another passphrase: %v", err)
	}
}
