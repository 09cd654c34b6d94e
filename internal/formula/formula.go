// Package formula is the language of computed fields: a CALC field, or a SINGLE_LINE_TEXT with an expression. It reads
// kintone's formulas exactly and adds the functions that people know from spreadsheets (docs/formulas.md).
//
// Source text is parsed once, bound to the fields of a form, checked for types, and becomes a Plan: closures that are
// never changed, run by any number of goroutines at once, in the order in which fields depend on each other. It is pure:
// the moment, the zone and the people come with each evaluation.
//
// Whatever a formula says, evaluating it ends soon and needs little memory: text is cut off at maxText bytes, numbers at
// maxExponent, work at maxSteps. What goes beyond, divides by zero or mixes up types is an error value, which a field
// keeps as empty.
// Source: kintone REST behaviour, calculation.
package formula

import "github.com/engawa/engawa/internal/errs"

// MaxSource is how many characters a formula may have.
const MaxSource = 10_000

const (
	maxDepth = 100       // parentheses, signs and calls inside each other
	maxText  = 256 << 10 // bytes of a text while computing
	maxSteps = 1_000_000 // of one evaluation: an operation, an item of a list, 16 bytes of text
)

// types is a set of the types that a value may have. Most expressions have one; IF may have that of either branch.
type types uint8

// The types. Dates and times are numbers of seconds.
const (
	tNumber  types = 1 << iota
	tText          // text
	tBool          // of a comparison
	tNumbers       // a table's column of numbers
	tTexts         // chosen options, or a table's column of text
	tNested        // a table's column of several options each: nothing can be done with it

	scalars = tNumber | tText | tBool
	lists   = tNumbers | tTexts | tNested
)

// wrong is a reason for which a formula is refused. The words of the keys are those that kintone shows when an app with
// such a formula is deployed.
func wrong(key string, args ...errs.Args) *errs.Error { return errs.E(errs.Invalid, key, args...) }
