package db

import "strings"

const (
	chunkRows = 64     // of one INSERT: beyond that nothing is gained
	chunkArgs = 30_000 // SQLite takes 32,766 arguments, PostgreSQL 65,535
)

// Chunks calls fn for parts of n rows with so many columns each. Their sizes are powers of two, so that few different
// statements are prepared.
func Chunks(n, columns int, fn func(from, to int) error) error {
	size := chunkRows
	for size > 1 && size*columns > chunkArgs {
		size /= 2
	}
	for from := 0; from < n; from += size {
		for size > n-from {
			size /= 2
		}
		if err := fn(from, from+size); err != nil {
			return err
		}
	}
	return nil
}

// Repeat makes an INSERT of one row one of n: what stands between the parentheses behind VALUES comes n times.
func Repeat(insert string, n int) string {
	at := strings.Index(insert, "VALUES ") + len("VALUES ")
	end, depth := at, 0
	for ; end == at || depth > 0; end++ {
		switch insert[end] {
		case '(':
			depth++
		case ')':
			depth--
		}
	}
	return insert[:at] + strings.Repeat(insert[at:end]+", ", n-1) + insert[at:]
}
