//go:build !unix

package blob

// syncDir does nothing: these systems cannot open a folder for it and keep names durable themselves.
func syncDir(string) error { return nil }
