package field

import (
	"strconv"
	"strings"
	"time"
)

// Celler is the ability of a type whose stored form is not what a cell of a spreadsheet should show.
type Celler interface {
	Cell(f *Field, stored []byte, dir Directory, zone *time.Location) string
}

// Cell is a stored value as a cell of a spreadsheet shows it, so that it can be read back: plain decimals, times in
// zone, the labels of choices and the login names of people a line each, the names of files.
func (f *Field) Cell(stored []byte, dir Directory, zone *time.Location) string {
	if len(stored) == 0 {
		return ""
	}
	if c, ok := f.Kind().(Celler); ok {
		return c.Cell(f, stored, dir, zone)
	}
	return string(stored)
}

// Cell writes the plain form.
func (number) Cell(f *Field, stored []byte, dir Directory, _ *time.Location) string {
	quoted := number{}.AppendValue(nil, f, stored, dir)
	return string(quoted[1 : len(quoted)-1])
}

// Cell writes a DATETIME as people in zone read it.
func (c calendar) Cell(_ *Field, stored []byte, _ Directory, zone *time.Location) string {
	if c.layout == dateTimeLayout {
		if t, err := time.Parse(time.RFC3339, string(stored)); err == nil {
			return t.In(zone).Format("2006-01-02 15:04")
		}
	}
	return string(stored)
}

// Cell writes the option's label.
func (choice) Cell(f *Field, stored []byte, _ Directory, _ *time.Location) string {
	n, err := strconv.ParseInt(string(stored), 10, 64)
	if err != nil {
		return ""
	}
	return f.OptionLabel(n)
}

// Cell writes the options' labels, a line each.
func (choices) Cell(f *Field, stored []byte, _ Directory, _ *time.Location) string {
	return lines(stored, f.OptionLabel)
}

// Cell writes the login names or codes, a line each.
func (k principals) Cell(_ *Field, stored []byte, dir Directory, _ *time.Location) string {
	return lines(stored, k.codes(dir))
}

// Cell writes the login name.
func (person) Cell(_ *Field, stored []byte, dir Directory, _ *time.Location) string {
	return lines(stored, users.codes(dir))
}

// Cell writes the files' names, a line each.
func (file) Cell(_ *Field, stored []byte, _ Directory, _ *time.Location) string {
	return file{}.SearchText(Value(stored))
}

// Cell writes the moment as people in zone read it.
func (moment) Cell(f *Field, stored []byte, dir Directory, zone *time.Location) string {
	return calendar{dateTimeLayout}.Cell(f, stored, dir, zone)
}

func (k principals) codes(dir Directory) func(int64) string {
	return func(n int64) string {
		code, _ := k.byID(dir, n)
		return code
	}
}

// lines are the names of the members of a list, without those that have none any more.
func lines(stored []byte, name func(int64) string) string {
	var list []string
	for n := range Members(string(stored)) {
		if s := name(n); s != "" {
			list = append(list, s)
		}
	}
	return strings.Join(list, "\n")
}
