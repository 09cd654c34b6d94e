package db

import "strings"

// Marks are n placeholders with commas between them, as IN and VALUES have them in parentheses.
func Marks(n int) string { return strings.TrimSuffix(strings.Repeat("?, ", n), ", ") }

// Args are values as the arguments of a statement.
func Args[T any](list []T) []any {
	args := make([]any, len(list))
	for i, v := range list {
		args[i] = v
	}
	return args
}

// OrNull is a value as an argument: NULL when it is zero, as a time is that was never set.
func OrNull[T comparable](v T) any {
	var zero T
	if z, ok := any(v).(interface{ IsZero() bool }); v == zero || ok && z.IsZero() {
		return nil
	}
	return v
}
