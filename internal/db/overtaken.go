package db

// overtaken is the type of what Overtaken returns.
type overtaken struct{ error }

func (o *overtaken) Unwrap() error { return o.error }

// Overtaken is err of a Write that may have been overtaken: it looked for something, did not find it, and met it when it
// went on, for another Write had made it in between. Where Writes run side by side, the whole Write runs once more and may
// find it; if it ends in such an error again, that is what it is. Where one writes at a time it changes nothing.
func Overtaken(err error) error { return &overtaken{err} }
