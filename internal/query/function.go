package query

import (
	"strconv"
	"strings"
	"time"

	"github.com/engawa/engawa/internal/errs"
)

// dateFunc gives the days that a date function means: from the first to the day after the last, as
// midnights in UTC, when today is one too. It checks its arguments.
type dateFunc func(today time.Time, args []string) (from, to time.Time, err error)

// The functions that do not mean days.
const (
	nowFunc          = "NOW"
	loginUserFunc    = "LOGINUSER"
	organizationFunc = "PRIMARY_ORGANIZATION"
)

// functions are the functions of the language; those without a dateFunc take no arguments.
// Source: kintone query language, functions.
var functions = map[string]dateFunc{
	nowFunc:          nil,
	loginUserFunc:    nil,
	organizationFunc: nil,

	"TODAY":     dayFunc(0),
	"YESTERDAY": dayFunc(-1),
	"TOMORROW":  dayFunc(1),

	"FROM_TODAY": fromToday,

	"THIS_WEEK":  weekFunc(0),
	"LAST_WEEK":  weekFunc(-1),
	"NEXT_WEEK":  weekFunc(1),
	"THIS_MONTH": monthFunc(0),
	"LAST_MONTH": monthFunc(-1),
	"NEXT_MONTH": monthFunc(1),
	"THIS_YEAR":  yearFunc(0),
	"LAST_YEAR":  yearFunc(-1),
	"NEXT_YEAR":  yearFunc(1),
}

var errArgs = errs.E(errs.Invalid, "query.functionArgs")

func dayFunc(shift int) dateFunc {
	return func(today time.Time, args []string) (from, to time.Time, err error) {
		if len(args) != 0 {
			return from, to, errArgs
		}
		return oneDay(today.AddDate(0, 0, shift))
	}
}

func oneDay(d time.Time) (from, to time.Time, err error) { return d, d.AddDate(0, 0, 1), nil }

// farAway is a number of units after which every date is out of range anyway.
const farAway = 1_000_000

// fromToday is FROM_TODAY(n, unit). A month later than 31 January is the last day of February.
func fromToday(today time.Time, args []string) (from, to time.Time, err error) {
	if len(args) != 2 {
		return from, to, errArgs
	}
	n, err := strconv.Atoi(args[0])
	if err != nil {
		return from, to, errArgs
	}
	n = min(max(n, -farAway), farAway)
	switch strings.ToUpper(args[1]) {
	case "DAYS":
		return oneDay(today.AddDate(0, 0, n))
	case "WEEKS":
		return oneDay(today.AddDate(0, 0, 7*n))
	case "MONTHS":
		return oneDay(addMonths(today, n))
	case "YEARS":
		return oneDay(addMonths(today, 12*n))
	}
	return from, to, errs.E(errs.Invalid, "query.unit", errs.Args{"value": args[1]})
}

func addMonths(d time.Time, n int) time.Time {
	first := monthOf(d, n)
	return first.AddDate(0, 0, min(d.Day(), lastDay(first))-1)
}

// monthOf is the first day of the month n months from d's.
func monthOf(d time.Time, n int) time.Time {
	return time.Date(d.Year(), d.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
}

func lastDay(first time.Time) int { return first.AddDate(0, 1, -1).Day() }

var weekdays = map[string]int{
	"SUNDAY": 0, "MONDAY": 1, "TUESDAY": 2, "WEDNESDAY": 3, "THURSDAY": 4, "FRIDAY": 5, "SATURDAY": 6,
}

// weekFunc is a week from Sunday to Saturday, or one day of it.
func weekFunc(shift int) dateFunc {
	return func(today time.Time, args []string) (from, to time.Time, err error) {
		sunday := today.AddDate(0, 0, 7*shift-int(today.Weekday()))
		switch len(args) {
		case 0:
			return sunday, sunday.AddDate(0, 0, 7), nil
		case 1:
			if day, ok := weekdays[strings.ToUpper(args[0])]; ok {
				return oneDay(sunday.AddDate(0, 0, day))
			}
		}
		return from, to, errArgs
	}
}

// monthFunc is a month, its last day, or a day of it. A day that the month does not have is the first of
// the next one.
func monthFunc(shift int) dateFunc {
	return func(today time.Time, args []string) (from, to time.Time, err error) {
		first := monthOf(today, shift)
		switch {
		case len(args) == 0:
			return first, first.AddDate(0, 1, 0), nil
		case len(args) > 1:
			return from, to, errArgs
		case strings.EqualFold(args[0], "LAST"):
			return oneDay(first.AddDate(0, 1, -1))
		}
		day, err := strconv.Atoi(args[0])
		if err != nil || day < 1 || day > 31 {
			return from, to, errs.E(errs.Invalid, "query.monthDay", errs.Args{"value": args[0]})
		}
		return oneDay(first.AddDate(0, 0, min(day, lastDay(first)+1)-1))
	}
}

func yearFunc(shift int) dateFunc {
	return func(today time.Time, args []string) (from, to time.Time, err error) {
		if len(args) != 0 {
			return from, to, errArgs
		}
		year := today.Year() + shift
		return time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(year+1, 1, 1, 0, 0, 0, 0, time.UTC), nil
	}
}
