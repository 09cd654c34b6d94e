package field

import (
	"encoding/json"
	"strings"
	"unicode/utf8"
)

// text is SINGLE_LINE_TEXT.
type text struct{}

func (text) Storage() Storage { return Text }
func (text) Ops() Ops         { return OpEqual | OpIn | OpLike }

func (text) Decode(_ *Field, raw json.RawMessage, _ *Env, p Problems) Value {
	s, _ := textValue(raw, p)
	return OneLine(s)
}

// OneLine is the value of a SINGLE_LINE_TEXT: line breaks become blanks.
func OneLine(s string) Value {
	if strings.ContainsAny(s, "\r\n") {
		s = strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ").Replace(s)
	}
	return Value(s)
}

func (text) Check(f *Field, v Value, _ *Env, p Problems) {
	required(f, v, ".value", p)
	length(f, v, ".value", p)
}

func (text) AppendValue(dst []byte, _ *Field, stored []byte, _ Directory) []byte {
	return AppendString(dst, stored)
}

func (text) Literal(_ *Field, s string, _ *Env) (Value, bool) { return Value(s), true }
func (text) DefaultValue(f *Field, _ *Env) Value              { return first(f) }

// longText is MULTI_LINE_TEXT: no limits, not comparable.
type longText struct{}

func (longText) Storage() Storage { return Text }
func (longText) Ops() Ops         { return OpLike | OpEmpty }

func (longText) Decode(_ *Field, raw json.RawMessage, _ *Env, p Problems) Value {
	s, _ := textValue(raw, p)
	return Value(s)
}

func (longText) Check(f *Field, v Value, _ *Env, p Problems) {
	required(f, v, ".value", p)
}

func (longText) AppendValue(dst []byte, _ *Field, stored []byte, _ Directory) []byte {
	return AppendString(dst, stored)
}

func (longText) Literal(_ *Field, s string, _ *Env) (Value, bool) { return Value(s), true }
func (longText) DefaultValue(f *Field, _ *Env) Value              { return first(f) }

// maxText bounds one text value, in bytes: far above what people type, far below what hurts the others.
const maxText = 4 << 20

// textValue reads text that every database can keep: valid UTF-8 without NUL, of bounded size.
func textValue(raw json.RawMessage, p Problems) (string, bool) {
	s, ok := scalar(raw)
	switch {
	case !ok:
		p.Add(".value", "field.notText")
	case len(s) > maxText:
		p.Add(".value", "field.tooLarge")
	case strings.IndexByte(s, 0) >= 0 || !utf8.ValidString(s):
		p.Add(".value", "field.badCharacters")
	default:
		return s, true
	}
	return "", false
}
