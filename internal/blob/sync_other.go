//go:build !unix

package blob

// SyncDir does nothing: these systems cannot open a folder for it and keep names durable themselves.
func SyncDir(string) error { return nil }
