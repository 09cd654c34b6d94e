package field

import "github.com/engawa/engawa/internal/errs"

// Place passes on what is wrong with the value of a field, with where the field stands. It is put together only when
// something is wrong: nearly every value is right.
type Place struct {
	Problems Problems
	Path     string // of the record, or of the row of a table: "record", "records[0].table.value[2].value"
	Code     string
}

// notANumber is where a number stands that is none.
const notANumber = ""

// Add notes a problem at a path below the field's. kintone reports notANumber numbers as record[amount].value.
// Source: kintone REST behaviour, validation on write.
func (at *Place) Add(path, key string, args ...errs.Args) {
	if path == notANumber {
		at.Problems.Add(at.Path+"["+at.Code+"].value", key, args...)
		return
	}
	at.Problems.Add(at.Path+"."+at.Code+path, key, args...)
}
