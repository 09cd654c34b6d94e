package api

import (
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"
)

// FuzzStrict compares strict with a slow reader that remembers every object's keys.
func FuzzStrict(f *testing.F) {
	for _, seed := range []string{
		`{}`, `{"a":1,"b":{"a":[1,{"a":2}]}}`, `{"a":1,"a":2}`, `{"a":{"b":1,"b":2}}`, `[{"a":1},{"a":1}]`, `{"a":"a","b":"a"}`, `{"\u0061":1,"a":2}`,
		`{"a\"b":1,"a\\\"b":2}`, `"\ud83d\ude00"`, `{"a":["a","a"],"b":"\\"}`, `{"":1,"":2}`, "{\"a\":1,\n\"a\":2}",
		`"\u0000"`, `{"a\u0000":"\\u0000"}`, `["\\\u0000"]`, `"\\u0000"`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		err := strict([]byte(text), true)
		if !json.Valid([]byte(text)) || strings.Contains(strings.ToLower(text), `\ud`) || strings.Count(text, "[")+strings.Count(text, "{") > maxDepth {
			return // syntax is for the decoder; halves of pairs and depth have tests of their own
		}
		if repeats := repeatsKey(t, text); repeats != (err != nil) {
			t.Errorf("%q: repeats a key: %v, strict: %v", text, repeats, err)
		}
		if says, also := saysNUL(t, text), strict([]byte(text), false); (err != nil || says) != (also != nil) {
			t.Errorf("%q: says NUL: %v, strict: %v", text, says, also)
		}
	})
}

func saysNUL(t *testing.T, text string) bool {
	for dec := json.NewDecoder(strings.NewReader(text)); ; {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return false
		}
		if err != nil {
			t.Fatal(err)
		}
		if s, ok := token.(string); ok && strings.Contains(s, "\x00") {
			return true
		}
	}
}

func repeatsKey(t *testing.T, text string) bool {
	type object struct {
		keys  map[string]bool // nil: a list
		value bool            // the next token is a member's value
	}
	var open []object
	for dec := json.NewDecoder(strings.NewReader(text)); ; {
		tok, err := dec.Token()
		if err != nil {
			return false
		}
		if d, ok := tok.(json.Delim); ok && (d == '}' || d == ']') {
			open = open[:len(open)-1]
			continue
		}
		if n := len(open); n > 0 && open[n-1].keys != nil {
			top := &open[n-1]
			if key, ok := tok.(string); ok && !top.value {
				if top.keys[key] {
					return true
				}
				top.keys[key], top.value = true, true
				continue
			}
			top.value = false
		}
		if d, ok := tok.(json.Delim); ok {
			o := object{}
			if d == '{' {
				o.keys = map[string]bool{}
			}
			open = append(open, o)
		}
	}
}

func BenchmarkStrict(b *testing.B) {
	record := `{"title":{"value":"案件 deal"},"company":{"value":"東京商事株式会社"},"amount":{"value":"7919"},"memo":{"value":"` + strings.Repeat("見積書 を 送付 しました ", 40) + `"}}`
	body := []byte(`{"app":1,"records":[` + record + strings.Repeat(","+record, 99) + `]}`)
	b.SetBytes(int64(len(body)))
	for range b.N {
		if err := strict(body, true); err != nil {
			b.Fatal(err)
		}
	}
}
