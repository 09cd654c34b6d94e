package field

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/engawa/engawa/internal/errs"
)

// setting is one property of a field definition in the API: how to read it from a Field and write it to one.
type setting struct {
	name string
	get  func(f *Field) any
	set  func(f *Field, raw json.RawMessage) bool // false: not a value of the right shape
}

func textSetting(name string, at func(*Field) *string, allowed ...string) setting {
	return setting{name,
		func(f *Field) any {
			if v := *at(f); v != "" || len(allowed) == 0 {
				return v
			}
			return allowed[0]
		},
		func(f *Field, raw json.RawMessage) bool {
			s, ok := scalar(raw)
			if !ok || len(allowed) > 0 && s != "" && !slices.Contains(allowed, s) {
				return false
			}
			*at(f) = s
			return true
		}}
}

func flagSetting(name string, at func(*Field) *bool) setting {
	return setting{name,
		func(f *Field) any { return *at(f) },
		func(f *Field, raw json.RawMessage) bool {
			b, ok := flag(raw)
			if ok {
				*at(f) = b
			}
			return ok
		}}
}

// shortSetting is text of at most so many characters.
func shortSetting(name string, at func(*Field) *string, most int) setting {
	s := textSetting(name, at)
	set := s.set
	s.set = func(f *Field, raw json.RawMessage) bool {
		v, _ := scalar(raw)
		return utf8.RuneCountInString(v) <= most && set(f, raw)
	}
	return s
}

// limitSetting is a whole number from 0 up to max, or "".
func limitSetting(name string, at func(*Field) *string, top int) setting {
	s := textSetting(name, at)
	s.set = func(f *Field, raw json.RawMessage) bool {
		v, ok := scalar(raw)
		if n, err := strconv.Atoi(v); !ok || v != "" && (err != nil || n < 0 || n > top) {
			return false
		}
		*at(f) = v
		return true
	}
	return s
}

func numberSetting(name string, at func(*Field) *string) setting {
	s := textSetting(name, at)
	s.set = func(f *Field, raw json.RawMessage) bool {
		v, ok := scalar(raw)
		c, good := number{}.Literal(f, v, nil)
		if !ok || !good {
			return false
		}
		*at(f) = string(c)
		return true
	}
	return s
}

// flag reads a JSON boolean, also as a string.
func flag(raw json.RawMessage) (value, ok bool) {
	switch strings.Trim(string(raw), `"`) {
	case "true":
		return true, true
	case "false":
		return false, true
	}
	return false, false
}

// malformed says what is wrong with a property that was refused.
func malformed(name string, raw json.RawMessage) (key string, args errs.Args) {
	switch name {
	case "noLabel", "required", "unique", "defaultNowValue", "digit", "openGroup", "hideExpression":
		return "param.boolean", nil
	case "minLength", "maxLength", "displayScale":
		s, _ := scalar(raw)
		if _, err := strconv.Atoi(s); err != nil {
			return "param.integer", nil
		}
		if strings.HasPrefix(s, "-") {
			return "param.min", errs.Args{"min": 0}
		}
		if name == "displayScale" {
			return "param.max", errs.Args{"max": maxScale}
		}
		return "param.max", errs.Args{"max": maxLengthLimit}
	case "minValue", "maxValue":
		return "field.notNumber", nil
	case "unit":
		return "param.length", errs.Args{"min": 0, "max": maxUnit}
	}
	return "param.enum", nil
}

// maxLengthLimit is how long the limits of texts may say that they may be, maxScale how many decimals a screen may show,
// maxUnit how many characters a unit may have.
const (
	maxLengthLimit = 64000
	maxScale       = 10
	maxUnit        = 128
)
