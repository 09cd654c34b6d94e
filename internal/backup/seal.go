package backup

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"

	"filippo.io/age"
)

// A backup ends with an empty member of gzip whose comment is the sum of all before it, so that no byte can change
// unnoticed, and other programs still unpack the file.
const (
	sealBefore = "\x1f\x8b\x08\x10\x00\x00\x00\x00\x00\xff" + "sha256 "
	sealBehind = "\x00" + "\x03\x00" + "\x00\x00\x00\x00" + "\x00\x00\x00\x00"
	sealSize   = len(sealBefore) + 2*sha256.Size + len(sealBehind)
)

// What a file can be found to be.
var (
	errDamaged    = errors.New("the backup is damaged or not complete")
	errNotOurs    = errors.New("this is not a backup of Engawa")
	errEncrypted  = errors.New("the backup is encrypted: its passphrase is needed")
	errPlain      = errors.New("the backup is not encrypted, but a passphrase was given")
	errPassphrase = errors.New("the passphrase is wrong, or the backup is damaged")
)

// ageMagic is what an encrypted backup begins with.
const ageMagic = "age-encryption.org/v1"

// sealer compresses, sums and encrypts what is written.
type sealer struct {
	*gzip.Writer
	out io.Writer
	sum hash.Hash
	age io.Closer
}

func newSealer(w io.Writer, o Options) (*sealer, error) {
	s := &sealer{sum: sha256.New(), out: w}
	if o.Passphrase != "" {
		to, err := age.NewScryptRecipient(o.Passphrase)
		if err != nil {
			return nil, fmt.Errorf("backup: %w", err)
		}
		if o.work != 0 {
			to.SetWorkFactor(o.work)
		}
		closer, err := age.Encrypt(w, to)
		if err != nil {
			return nil, fmt.Errorf("backup: %w", err)
		}
		s.age, s.out = closer, closer
	}
	zip, err := gzip.NewWriterLevel(io.MultiWriter(s.out, s.sum), gzip.BestSpeed)
	s.Writer = zip
	return s, err
}

// Close writes the seal.
func (s *sealer) Close() error {
	if err := s.Writer.Close(); err != nil {
		return err
	}
	if _, err := io.WriteString(s.out, sealBefore+hex.EncodeToString(s.sum.Sum(nil))+sealBehind); err != nil {
		return err
	}
	if s.age != nil {
		return s.age.Close()
	}
	return nil
}

// unsealer reads what a sealer wrote. That the seal fits is known at the end.
type unsealer struct {
	*gzip.Reader
	body *body
	in   *bufio.Reader // of body
}

func newUnsealer(r io.Reader, passphrase string) (*unsealer, error) {
	in := bufio.NewReaderSize(r, 64<<10)
	if start, _ := in.Peek(len(ageMagic)); string(start) == ageMagic {
		if passphrase == "" {
			return nil, errEncrypted
		}
		key, err := age.NewScryptIdentity(passphrase)
		if err != nil {
			return nil, fmt.Errorf("backup: %w", err)
		}
		plain, err := age.Decrypt(in, key)
		if err != nil {
			return nil, errPassphrase
		}
		in = bufio.NewReaderSize(plain, 64<<10)
	} else if passphrase != "" {
		return nil, errPlain
	}
	if start, err := in.Peek(3); err != nil || string(start) != sealBefore[:3] {
		return nil, errNotOurs
	}
	u := &unsealer{body: &body{in: in, sum: sha256.New()}}
	u.in = bufio.NewReader(u.body)
	zip, err := gzip.NewReader(u.in)
	if err != nil {
		return nil, errDamaged
	}
	zip.Multistream(false)
	u.Reader = zip
	return u, nil
}

// finish reads to the end and compares the seal.
func (u *unsealer) finish() error {
	if _, err := io.Copy(io.Discard, u.Reader); err != nil {
		return errDamaged
	}
	if n, err := io.Copy(io.Discard, u.in); err != nil || n > 0 || !u.body.sealed { // n: behind what is packed
		return errDamaged
	}
	return nil
}

// intact reads to the end without unpacking, and reports whether the seal fits.
func (u *unsealer) intact() bool {
	_, err := io.Copy(io.Discard, u.in)
	return err == nil && u.body.sealed
}

// body is all of a backup but its seal.
type body struct {
	in     *bufio.Reader
	sum    hash.Hash
	sealed bool
}

func (b *body) Read(p []byte) (int, error) {
	ahead, err := b.in.Peek(min(len(p)+sealSize, b.in.Size()))
	if n := len(ahead) - sealSize; n > 0 {
		n = copy(p, ahead[:n])
		b.sum.Write(p[:n])
		_, err := b.in.Discard(n)
		return n, err
	}
	if !errors.Is(err, io.EOF) {
		return 0, err
	}
	seal := sealBefore + hex.EncodeToString(b.sum.Sum(nil)) + sealBehind
	if !bytes.Equal(ahead, []byte(seal)) {
		return 0, errDamaged
	}
	b.sealed = true
	return 0, io.EOF
}
