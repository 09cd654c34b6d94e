package server

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// secretFile is beside the embedded database and belongs into every backup of it: without it, addresses of record links
// that were given out still work, but cannot be shown again.
const secretFile = "secret.key"

const secretLength = 32

// secret returns what tokens are derived from, so that a copy of the database alone opens nothing. It is set by the
// operator, as it must be where several servers share a database, or else made at the first start and kept in a file.
func secret(set, folder string) ([]byte, error) {
	if set != "" {
		return []byte(set), nil
	}
	path := filepath.Join(folder, secretFile)
	key := make([]byte, secretLength)
	rand.Read(key) //nolint:errcheck // crypto/rand.Read never returns an error
	err := keepSecret(path, key)
	if errors.Is(err, fs.ErrExist) {
		return readSecret(path)
	}
	if err != nil {
		return nil, err
	}
	return key, nil
}

// keepSecret writes key into a new file.
func keepSecret(path string, key []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("secret: %w", err)
	}
	_, err = f.Write(key)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return errors.Join(fmt.Errorf("secret: %w", err), os.Remove(path))
	}
	return nil
}

func readSecret(path string) ([]byte, error) {
	key, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("secret: %w", err)
	}
	if len(key) < secretLength {
		return nil, fmt.Errorf("secret: %s is shorter than %d bytes: restore it, or remove it to have a new one made", path, secretLength)
	}
	return key, nil
}
