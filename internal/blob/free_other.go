//go:build !linux && !darwin && !windows

package blob

// Free is how many bytes may still be written to the disk of a folder; known is false where that cannot be told.
func Free(string) (bytes int64, known bool) { return 0, false }
