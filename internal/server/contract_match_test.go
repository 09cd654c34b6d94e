package server

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// answer holds what a call answered against what the case says of it.
func (p *play) answer(c *contractCase, a answer) {
	p.Helper()
	if c.Out == nil {
		return
	}
	b, err := json.Marshal(c.Out)
	if err != nil {
		p.Fatal(err)
	}
	var want, got any
	if err := json.Unmarshal([]byte(p.fill(string(b))), &want); err != nil {
		p.Fatal(err)
	}
	if err := json.Unmarshal(a.Body, &got); err != nil {
		p.Errorf("%s: %v in %.300s", c.Name, err, a.Body)
		return
	}
	if at := unlikeAt(want, got, ""); at != "" {
		p.Errorf("%s: at %s\n got %s\nwant %s", c.Name, at, compact(a.Body), b)
	}
}

// unlikeAt returns where got has not what want says, "" when it has. Objects may have members that want does not speak of;
// "*" stands for any text that is not empty, and null for a member that must be null or missing.
func unlikeAt(want, got any, path string) string {
	switch want := want.(type) {
	case map[string]any:
		object, ok := got.(map[string]any)
		if !ok {
			return path + "."
		}
		for _, name := range slices.Sorted(maps.Keys(want)) {
			if at := unlikeAt(want[name], object[name], path+"."+name); at != "" {
				return at
			}
		}
		return ""
	case []any:
		list, ok := got.([]any)
		if !ok || len(list) != len(want) {
			return path + "[]"
		}
		for i := range want {
			if at := unlikeAt(want[i], list[i], path+"["+strconv.Itoa(i)+"]"); at != "" {
				return at
			}
		}
		return ""
	case string:
		if text, ok := got.(string); ok && want == "*" && text != "" {
			return ""
		}
	}
	if !reflect.DeepEqual(want, got) {
		return path
	}
	return ""
}

// problem holds a refusal against what the case says of it.
func (p *play) problem(c *contractCase, lang string, a answer) {
	p.Helper()
	var got struct {
		Code, ID, Message string
		Errors            map[string]struct{ Messages []string }
		Results           []json.RawMessage
	}
	if err := json.Unmarshal(a.Body, &got); err != nil {
		p.Errorf("%s: %v in %.300s", c.Name, err, a.Body)
		return
	}
	for _, r := range got.Results { // of a bulkRequest: the one that failed
		if string(r) != "{}" {
			if err := json.Unmarshal(r, &got); err != nil {
				p.Errorf("%s: %v in %s", c.Name, err, r)
			}
		}
	}
	message := map[string]string{"ja": c.Ja, "en": c.En}[lang]
	if got.Code != c.Code || got.ID == "" || a.Header.Get("X-Cybozu-Error") != c.Code {
		p.Errorf("%s: code %q (header %q, id %q), want %q: %s", c.Name, got.Code, a.Header.Get("X-Cybozu-Error"), got.ID, c.Code, a.Body)
	}
	if message != "" && got.Message != p.fill(message) {
		p.Errorf("%s: %s message %q, want %q", c.Name, lang, got.Message, p.fill(message))
	}
	if c.Errors == nil {
		return
	}
	want, have := map[string]string{}, map[string]string{}
	for path, words := range c.Errors {
		want[path] = words[lang]
	}
	for path, e := range got.Errors {
		have[path] = strings.Join(e.Messages, "|")
	}
	if !maps.Equal(want, have) {
		p.Errorf("%s: %s errors\n got %v\nwant %v", c.Name, lang, have, want)
	}
}
