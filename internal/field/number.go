package field

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/cockroachdb/apd/v3"

	"github.com/engawa/engawa/internal/errs"
)

// number is NUMBER: an exact decimal, rounded to the app's precision when written.
type number struct{}

func (number) Storage() Storage { return Decimal }
func (number) Ops() Ops         { return OpEqual | OpOrder | OpIn }

func (number) Decode(_ *Field, raw json.RawMessage, env *Env, p Problems) Value {
	s, ok := scalar(raw)
	if !ok {
		p.Add(notANumber, "field.notNumber")
		return ""
	}
	if s = strings.TrimSpace(s); s == "" {
		return ""
	}
	v, ok := env.Precision.Canonical(s)
	if ok {
		return v
	}
	d, ok := ParseDecimal(s)
	if !ok {
		p.Add(notANumber, "field.notNumber")
		return ""
	}
	p.Add(".value", "field.tooManyDigits", errs.Args{"max": env.Precision.digits() - env.Precision.places()})
	return Plain(d)
}

func (number) Check(f *Field, v Value, _ *Env, p Problems) {
	required(f, v, ".value", p)
	if v == "" {
		return
	}
	if f.Max != "" && CompareDecimals(v, Value(f.Max)) > 0 {
		p.Add(".value", "field.tooBig", errs.Args{"max": f.Max})
	}
	if f.Min != "" && CompareDecimals(v, Value(f.Min)) < 0 {
		p.Add(".value", "field.tooSmall", errs.Args{"min": f.Min})
	}
}

func (number) AppendValue(dst []byte, _ *Field, stored []byte, _ Directory) []byte {
	dst = append(dst, '"')
	if bytes.IndexByte(stored, '.') < 0 && bytes.IndexByte(stored, 'e') < 0 {
		dst = append(dst, stored...)
	} else {
		dst = append(dst, PlainDecimal(stored)...)
	}
	return append(dst, '"')
}

// PlainDecimal is the canonical form of a decimal as a database shows it: some use an exponent or keep zeros.
func PlainDecimal(stored []byte) Value {
	d, _, err := apd.NewFromString(string(stored))
	if err != nil {
		return ""
	}
	return Value(plain(d))
}

// Plain is the canonical form of a decimal.
func Plain(d *apd.Decimal) Value { return Value(plain(d)) }

func (number) Literal(_ *Field, s string, _ *Env) (Value, bool) {
	if s = strings.TrimSpace(s); s == "" {
		return "", true
	}
	d, ok := ParseDecimal(s)
	if !ok {
		return "", false
	}
	return Value(plain(d)), true
}

func (number) DefaultValue(f *Field, env *Env) Value {
	v, _ := env.Precision.Canonical(string(first(f)))
	return v
}

// smallInteger reports canonical decimals that need no rounding under any precision: the common case.
func smallInteger(s string) bool {
	if len(s) == 0 || len(s) > 12 || s[0] == '0' && len(s) > 1 {
		return false
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// Canonical reads a decimal, rounds it to the precision and returns its plain form. ok is false for what
// is not a number and for what has too many digits before the point.
// Source: kintone REST behaviour, NUMBER normalisation and precision.
func (pr Precision) Canonical(s string) (v Value, ok bool) {
	if s == "" {
		return "", true
	}
	if smallInteger(s) && len(s) <= pr.digits()-pr.places() {
		return Value(s), true
	}
	d, ok := ParseDecimal(s)
	if !ok {
		return "", false
	}
	return pr.Fit(d)
}

// Fit rounds a number to the precision and returns its plain form. ok is false for one with too many digits before the
// point.
func (pr Precision) Fit(n *apd.Decimal) (v Value, ok bool) {
	digits, places := pr.digits(), pr.places()
	if n.Form != apd.Finite || !n.IsZero() && n.NumDigits()+int64(n.Exponent) > int64(digits) {
		return "", false
	}
	d := new(apd.Decimal).Set(n)
	ctx := apd.BaseContext.WithPrecision(uint32(maxDigits + 12))
	ctx.Rounding = pr.rounder()
	if d.Exponent < -int32(places) {
		if err := Quantize(ctx, d, d, -int32(places)); err != nil {
			return "", false
		}
	}
	d.Reduce(d)
	if !d.IsZero() && d.NumDigits()+int64(d.Exponent) > int64(digits-places) {
		return "", false
	}
	return Value(plain(d)), true
}

// Effective is pr with the defaults filled in.
func (pr Precision) Effective() Precision {
	e := Precision{Digits: pr.digits(), DecimalPlaces: new(pr.places()), RoundingMode: pr.RoundingMode}
	if e.RoundingMode == "" {
		e.RoundingMode = "HALF_EVEN"
	}
	return e
}

const maxDigits = 30

func (pr Precision) digits() int {
	if pr.Digits == 0 {
		return 16
	}
	return pr.Digits
}

func (pr Precision) places() int {
	if pr.DecimalPlaces == nil {
		return 4
	}
	return *pr.DecimalPlaces
}

func (pr Precision) rounder() apd.Rounder {
	switch pr.RoundingMode {
	case "UP":
		return apd.RoundUp
	case "DOWN":
		return apd.RoundDown
	}
	return apd.RoundHalfEven
}

// ParseDecimal reads a decimal as the API takes it: sign, digits, point and exponent, in half width, of bounded size.
func ParseDecimal(s string) (*apd.Decimal, bool) {
	if len(s) > 100 || strings.Trim(s, "+-.0123456789eE") != "" {
		return nil, false
	}
	if i := strings.IndexAny(s, "eE"); i >= 0 {
		if e, err := strconv.Atoi(s[i+1:]); err != nil || e > 100 || e < -100 {
			return nil, false
		}
	}
	d, _, err := apd.NewFromString(s)
	if err != nil || d.Form != apd.Finite {
		return nil, false
	}
	return d, true
}

// plain writes d without exponent, trailing zeros or a negative zero.
func plain(d *apd.Decimal) string {
	var r apd.Decimal
	r.Reduce(d)
	if r.IsZero() {
		return "0"
	}
	return r.Text('f')
}

// CompareDecimals compares two canonical decimals; the empty one is the smallest.
func CompareDecimals(a, b Value) int {
	if a == "" || b == "" {
		return len(a) - len(b)
	}
	x, ok1 := ParseDecimal(string(a))
	y, ok2 := ParseDecimal(string(b))
	if !ok1 || !ok2 {
		return strings.Compare(string(a), string(b))
	}
	return x.Cmp(y)
}
