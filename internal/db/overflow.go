package db

import "strings"

// IntegerOverflow reports whether err is that SQLite's sum of whole numbers left 64 bits.
func IntegerOverflow(err error) bool {
	return err != nil && strings.Contains(err.Error(), "integer overflow")
}
