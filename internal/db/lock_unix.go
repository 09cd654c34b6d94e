//go:build unix

package db

import (
	"os"
	"syscall"
)

// lockFile opens path, making it if needed, and locks it until the file is closed or the process ends. It fails at once
// if anyone else, in this process or another, holds the lock.
func lockFile(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}
