//go:build unix

package db

import (
	"errors"
	"os"
	"syscall"
)

// lockFile opens path, making it if needed, and locks it until the file is closed or the process ends. If anyone
// else, in this process or another, holds the lock, the error is errLocked.
func lockFile(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		f.Close()
		if errors.Is(err, syscall.EWOULDBLOCK) {
			err = errLocked
		}
		return nil, err
	}
	return f, nil
}
