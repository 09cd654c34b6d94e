package errs

import "slices"

// Validation is the key of an error that lists problems by field path.
const Validation = "validation"

// Fields collects the problems of one request, so that all of them are told at once.
// The zero value is empty and ready to use.
type Fields struct{ list []Problem }

// Add notes a problem at path.
func (f *Fields) Add(path, key string, args ...Args) {
	p := Problem{Path: path, Key: key}
	if len(args) > 0 {
		p.Args = args[0]
	}
	f.list = append(f.list, p)
}

// AddOnce is Add for a problem that several things may cause and that is told once at path.
func (f *Fields) AddOnce(path, key string) {
	if !slices.ContainsFunc(f.list, func(p Problem) bool { return p.Path == path && p.Key == key }) {
		f.Add(path, key)
	}
}

// Len is the number of problems noted.
func (f *Fields) Len() int { return len(f.list) }

// Err returns an Invalid error with all problems in the order they were added, or nil when there are none.
func (f *Fields) Err() error {
	if len(f.list) == 0 {
		return nil
	}
	return &Error{Kind: Invalid, Key: Validation, Fields: f.list}
}
