package formula

import (
	"maps"

	"github.com/engawa/engawa/internal/errs"
)

// function is a function of the language.
type function struct {
	min, max int     // arguments; max 0 is any number
	takes    []types // of the arguments in order; the last also of all that follow
	result   types
	branches func(n int) []int // of n arguments, those whose types the result may have as well

	// known, if set, tells whether an argument that was written down as text is one of those that there are: a unit, a
	// time zone. What comes out of a field can only be looked at when it is computed.
	known map[int]func(string) bool

	call func(f *frame, a []value) value // with all arguments, none of which failed
	lazy func(f *frame, a []eval) value  // instead of call: computes only what it needs
}

// functions are all functions by name.
var functions = func() map[string]*function {
	all := map[string]*function{}
	for _, some := range []map[string]*function{logicFunctions, numberFunctions, listFunctions, textFunctions, dateFunctions} {
		maps.Copy(all, some)
	}
	return all
}()

// counts refuses a wrong number of arguments.
func (fn *function) counts(name string, n int) *errs.Error {
	switch {
	case n < fn.min && fn.max == fn.min:
		return wrong("formula.fewArguments", errs.Args{"function": name, "n": fn.min})
	case n < fn.min:
		return wrong("formula.fewArgumentsOpen", errs.Args{"function": name, "n": fn.min})
	case n > fn.max && fn.max > 0 || n > 0 && len(fn.takes) == 0:
		return wrong("formula.manyArguments", errs.Args{"function": name, "n": fn.max})
	}
	return nil
}

func (fn *function) takesAt(i int) types { return fn.takes[min(i, len(fn.takes)-1)] }

// fits refuses an argument that can never be of the types that the function takes there.
func (fn *function) fits(name string, i int, a expr) *errs.Error {
	takes := fn.takesAt(i)
	switch known := fn.known[i]; {
	case a.is&takes == 0 && a.is&lists != 0 && takes&lists == 0:
		return wrong("formula.array")
	case a.is&takes == 0:
		return wrong("formula.function", errs.Args{"function": name})
	case known != nil && a.text != nil && !known(a.text.text):
		return wrong("formula.argument", errs.Args{"function": name, "value": a.text.text})
	}
	return nil
}

func (fn *function) bind(args []expr) eval {
	evals := make([]eval, len(args))
	for i, a := range args {
		evals[i] = fn.guarded(i, a)
	}
	if fn.lazy != nil {
		return func(f *frame) value {
			if f.steps--; f.steps < 0 {
				return failed
			}
			return fn.lazy(f, evals)
		}
	}
	return func(f *frame) value {
		if f.steps -= 1 + len(evals); f.steps < 0 {
			return failed
		}
		a := make([]value, len(evals))
		for i, e := range evals {
			if a[i] = e(f); a[i].failed() {
				return failed
			}
			f.steps -= len(a[i].list)
		}
		return fn.call(f, a)
	}
}

// guarded is the evaluation of an argument that turns out of the right type, or fails.
func (fn *function) guarded(i int, a expr) eval {
	takes := fn.takesAt(i)
	if a.is&^takes == 0 {
		return a.eval
	}
	return func(f *frame) value {
		if v := a.eval(f); v.is&takes != 0 {
			return v
		}
		return failed
	}
}

// must is the types of arguments in order, to be read beside the others of a function.
func must(list ...types) []types { return list }

// anyText is what functions of text take: numbers are text as well.
const anyText = tText | tNumber
