package formula

// Arity is how many arguments a function takes; max 0 is any number.
type Arity struct{ Min, Max int }

// Arities are those of all functions, by name.
func Arities() map[string]Arity {
	all := map[string]Arity{}
	for name, fn := range functions {
		all[name] = Arity{fn.min, fn.max}
	}
	return all
}
