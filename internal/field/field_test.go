package field_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
)

type directory map[string]field.Person

func (d directory) UserByCode(code string) (field.Person, bool) { p, ok := d[code]; return p, ok }

func (d directory) Organization(n id.Organization) (field.Unit, bool) {
	return field.Unit{ID: 3, Code: "tokyo", Name: "東京"}, n == 3
}

func (d directory) OrganizationByCode(code string) (field.Unit, bool) {
	return field.Unit{ID: 3, Code: "tokyo", Name: "東京"}, code == "tokyo"
}

func (d directory) Group(n id.Group) (field.Unit, bool) {
	return field.Unit{ID: 4, Code: "sales", Name: "営業"}, n == 4
}

func (d directory) GroupByCode(code string) (field.Unit, bool) {
	return field.Unit{ID: 4, Code: "sales", Name: "営業"}, code == "sales"
}

func (d directory) User(n id.User) (field.Person, bool) {
	for _, p := range d {
		if p.ID == n {
			return p, true
		}
	}
	return field.Person{}, false
}

func env() *field.Env {
	tokyo := time.FixedZone("JST", 9*3600)
	return &field.Env{
		Directory: directory{"aoki": {ID: 7, Code: "aoki", Name: "青木"}, "sato": {ID: 9, Code: "sato", Name: "佐藤"}},
		Files: func(key string) (field.Attachment, bool) {
			return field.Attachment{Key: key, Name: "見積.pdf", ContentType: "application/pdf", Size: 12}, key == "k1"
		},
		Me: 7, Now: time.Date(2026, 11, 21, 16, 30, 45, 0, time.UTC), Zone: tokyo,
	}
}

func options(labels ...string) []field.Option {
	var list []field.Option
	for i, l := range labels {
		list = append(list, field.Option{ID: int64(i + 1), Label: l})
	}
	return list
}

// read decodes and checks a value and tells the stored form, the shown form and the problems.
func read(f *field.Field, raw string) (stored, shown, problems string) {
	var p errs.Fields
	e := env()
	at := &field.Place{Problems: &p, Path: "record", Code: f.Code}
	v := f.Kind().Decode(f, json.RawMessage(raw), e, at)
	f.Kind().Check(f, v, e, at)
	if err := p.Err(); err != nil {
		x, _ := errs.As(err)
		for _, q := range x.Fields {
			problems += q.Path + " " + q.Key + ";"
		}
	}
	return string(v), string(f.Kind().AppendValue(nil, f, []byte(v), e.Directory)), problems
}

func TestValuesAreReadKeptAndShown(t *testing.T) {
	stages := options("受注", "失注")
	for _, tc := range []struct {
		f                        field.Field
		in, stored, shown, wrong string
	}{
		{field.Field{Type: field.SingleLineText, Code: "a"}, `"机"`, "机", `"机"`, ""},
		{field.Field{Type: field.SingleLineText, Code: "a"}, `12.50`, "12.50", `"12.50"`, ""},
		{field.Field{Type: field.SingleLineText, Code: "a"}, `"a\nb"`, "a b", `"a b"`, ""},
		{field.Field{Type: field.SingleLineText, Code: "a"}, `["x"]`, "", `""`, "record.a.value field.notText;"},
		{field.Field{Type: field.SingleLineText, Code: "a"}, `"a\u0000b"`, "", `""`, "record.a.value field.badCharacters;"},
		{field.Field{Type: field.SingleLineText, Code: "a", Required: true}, `""`, "", `""`, "record.a.value field.required;"},
		{field.Field{Type: field.SingleLineText, Code: "a", Min: "2", Max: "3"}, `"机机机机"`, "机机机机", `"机机机机"`, "record.a.value field.tooLong;"},
		{field.Field{Type: field.SingleLineText, Code: "a", Min: "2"}, `""`, "", `""`, "record.a.value field.tooShort;"},
		{field.Field{Type: field.MultiLineText, Code: "a"}, `"a\n\"b\"<"`, "a\n\"b\"<", `"a\n\"b\"\u003c"`, ""},
		{field.Field{Type: field.RichText, Code: "a"}, `"<b onclick=x()>A</b><script>alert(1)</script>"`, "<b>A</b>", `"\u003cb>A\u003c/b>"`, ""},
		{field.Field{Type: field.Link, Code: "a", Protocol: "WEB", Min: "30"}, `"javascript:alert(1)"`, "javascript:alert(1)", `"javascript:alert(1)"`,
			"record.a.value field.badURL;record.a.value field.tooShort;"},
		{field.Field{Type: field.Link, Code: "a", Protocol: "WEB"}, `"https://example.com/"`, "https://example.com/", `"https://example.com/"`, ""},
		{field.Field{Type: field.Link, Code: "a", Protocol: "MAIL"}, `"a@example.com"`, "a@example.com", `"a@example.com"`, ""},
		{field.Field{Type: field.Number, Code: "n"}, `"1.5e1"`, "15", `"15"`, ""},
		{field.Field{Type: field.Number, Code: "n"}, `" 42 "`, "42", `"42"`, ""},
		{field.Field{Type: field.Number, Code: "n"}, `-0`, "0", `"0"`, ""},
		{field.Field{Type: field.Number, Code: "n"}, `0.12345`, "0.1234", `"0.1234"`, ""},
		{field.Field{Type: field.Number, Code: "n"}, `"10.00"`, "10", `"10"`, ""},
		{field.Field{Type: field.Number, Code: "n"}, `1e400`, "", `""`, "record[n].value field.notNumber;"},
		{field.Field{Type: field.Number, Code: "n", Required: true}, `9007199254740993`, "9007199254740993", `"9007199254740993"`, "record.n.value field.tooManyDigits;"},
		{field.Field{Type: field.Number, Code: "n"}, `"1,000"`, "", `""`, "record[n].value field.notNumber;"},
		{field.Field{Type: field.Number, Code: "n"}, `"１２"`, "", `""`, "record[n].value field.notNumber;"},
		{field.Field{Type: field.Number, Code: "n", Required: true}, `"x"`, "", `""`, "record[n].value field.notNumber;record.n.value field.required;"},
		{field.Field{Type: field.Number, Code: "n", Min: "5", Max: "9"}, `10`, "10", `"10"`, "record.n.value field.tooBig;"},
		{field.Field{Type: field.Number, Code: "n", Min: "5", Max: "9"}, `-4.9`, "-4.9", `"-4.9"`, "record.n.value field.tooSmall;"},
		{field.Field{Type: field.DropDown, Code: "d", Options: stages}, `"失注"`, "2", `"失注"`, ""},
		{field.Field{Type: field.DropDown, Code: "d", Options: stages}, `null`, "", `null`, ""},
		{field.Field{Type: field.DropDown, Code: "d", Options: stages}, `"未定"`, "", `null`, "record.d.value field.notAnOption;"},
		{field.Field{Type: field.RadioButton, Code: "d", Options: stages, Required: true}, `""`, "", `null`, ""},
		{field.Field{Type: field.CheckBox, Code: "c", Options: stages}, `["失注","受注","失注"]`, ",1,2,", `["受注","失注"]`, ""},
		{field.Field{Type: field.CheckBox, Code: "c", Options: stages, Required: true}, `["x"]`, "", `[]`, "record.c.values[0].value field.notAnOption;record.c.values field.required;"},
		{field.Field{Type: field.MultiSelect, Code: "c", Options: stages}, `"受注"`, "", `[]`, "record.c.values field.notList;"},
		{field.Field{Type: field.Date, Code: "d"}, `"2026-4"`, "2026-04-01", `"2026-04-01"`, ""},
		{field.Field{Type: field.Date, Code: "d"}, `"2026-02-30"`, "", `null`, "record.d.value field.notDate;"},
		{field.Field{Type: field.Time, Code: "d"}, `"9:05"`, "09:05", `"09:05"`, ""},
		{field.Field{Type: field.Time, Code: "d"}, `"24:00"`, "", `null`, "record.d.value field.notTime;"},
		{field.Field{Type: field.DateTime, Code: "d"}, `"2026-04-01T09:30:59+09:00"`, "2026-04-01T00:30:00Z", `"2026-04-01T00:30:00Z"`, ""},
		{field.Field{Type: field.DateTime, Code: "d"}, `"2026-04-01"`, "2026-04-01T00:00:00Z", `"2026-04-01T00:00:00Z"`, ""},
		{field.Field{Type: field.DateTime, Code: "d"}, `""`, "", `""`, ""},
		{field.Field{Type: field.UserSelect, Code: "u"}, `[{"code":"sato"},{"code":"aoki"},{"code":"sato"}]`, ",9,7,", `[{"code":"sato","name":"佐藤"},{"code":"aoki","name":"青木"}]`, ""},
		{field.Field{Type: field.UserSelect, Code: "u"}, `[{"code":"nobody"}]`, "", `[]`, "record.u.values[0].value.code field.unknownUser;"},
		{field.Field{Type: field.File, Code: "f"}, `[{"fileKey":"k1"}]`,
			`[{"fileKey":"k1","name":"見積.pdf","contentType":"application/pdf","size":"12"}]`,
			`[{"fileKey":"k1","name":"見積.pdf","contentType":"application/pdf","size":"12"}]`, ""},
		{field.Field{Type: field.File, Code: "f"}, `[{"fileKey":"other"}]`, "", `[]`, "record.f.values[0].fileKey field.unknownFile;"},
	} {
		stored, shown, wrong := read(&tc.f, tc.in)
		if stored != tc.stored || shown != tc.shown || wrong != tc.wrong {
			t.Errorf("%s %s:\n got %q %s %q\nwant %q %s %q", tc.f.Type, tc.in, stored, shown, wrong, tc.stored, tc.shown, tc.wrong)
		}
	}
}

func TestDefaults(t *testing.T) {
	for _, tc := range []struct {
		f    field.Field
		want field.Value
	}{
		{field.Field{Type: field.SingleLineText, Default: []string{"x"}}, "x"},
		{field.Field{Type: field.RichText, Default: []string{"<b>x</b><img src=x onerror=alert(1)>"}}, "<b>x</b>"},
		{field.Field{Type: field.Date, DefaultNow: true}, "2026-11-22"}, // the caller's day, not UTC's
		{field.Field{Type: field.Time, DefaultNow: true}, "01:30"},
		{field.Field{Type: field.DateTime, DefaultNow: true}, "2026-11-21T16:30:00Z"},
		{field.Field{Type: field.UserSelect, Default: []string{field.LoginUser, "sato"}}, ",7,9,"},
		{field.Field{Type: field.DropDown, Options: options("a", "b"), Default: []string{"b"}}, "2"},
		{field.Field{Type: field.CheckBox, Options: options("a", "b"), Default: []string{"b", "a", "gone"}}, ",1,2,"},
		{field.Field{Type: field.Number, Default: []string{"007"}}, "7"},
	} {
		if got := tc.f.Kind().(field.Defaulter).DefaultValue(&tc.f, env()); got != tc.want {
			t.Errorf("%s: got %q, want %q", tc.f.Type, got, tc.want)
		}
	}
}

func TestPrecisionRoundsAsTheAppSays(t *testing.T) {
	two, none := 2, 0
	for _, tc := range []struct {
		p        field.Precision
		in, want string
		ok       bool
	}{
		{field.Precision{}, "0.00005", "0", true}, // half to even
		{field.Precision{}, "0.00015", "0.0002", true},
		{field.Precision{DecimalPlaces: &two, RoundingMode: "UP"}, "1.001", "1.01", true},
		{field.Precision{DecimalPlaces: &two, RoundingMode: "UP"}, "1e-30", "0.01", true},
		{field.Precision{DecimalPlaces: &two, RoundingMode: "UP"}, "-0.0001", "-0.01", true},
		{field.Precision{DecimalPlaces: &none, RoundingMode: "UP"}, "0.001", "1", true},
		{field.Precision{DecimalPlaces: &two}, "0.0099e-3", "0", true},
		{field.Precision{DecimalPlaces: &two, RoundingMode: "DOWN"}, "1e-30", "0", true},
		{field.Precision{DecimalPlaces: &two, RoundingMode: "DOWN"}, "-1.009", "-1", true},
		{field.Precision{DecimalPlaces: &none, Digits: 30}, "123456789012345678901234567890", "123456789012345678901234567890", true},
		{field.Precision{}, "1234567890123", "", false}, // 12 digits before the point
		{field.Precision{}, "999999999999.9999", "999999999999.9999", true},
	} {
		if got, ok := tc.p.Canonical(tc.in); string(got) != tc.want || ok != tc.ok {
			t.Errorf("%+v %s: got %q %v", tc.p, tc.in, got, ok)
		}
	}
}

func TestRenamedOptionsKeepTheirID(t *testing.T) {
	f := &field.Field{Type: field.DropDown, Code: "d"}
	var p errs.Fields
	set := func(options string) {
		f.SetProperties(map[string]json.RawMessage{"options": json.RawMessage(options)}, "properties[d]", &p)
	}
	set(`{"a":{"label":"a","index":"1"},"b":{"label":"b","index":0}}`)
	set(`{"a":{"label":"A","index":"0"},"c":{"label":"c","index":"1"}}`)
	if err := p.Err(); err != nil {
		t.Fatal(err)
	}
	a, _ := f.OptionID("A")
	c, _ := f.OptionID("c")
	if a != 2 || c != 3 || len(f.Options) != 2 {
		t.Errorf("got %+v", f.Options)
	}
	set(`{"x":{"label":"y","index":"0"}}`)
	if err := p.Err(); err == nil || !strings.Contains(err.Error(), "app.optionKey") {
		t.Errorf("a new option must have its label as key, got %v", err)
	}
}

func TestPropertiesShowKintonesDefaults(t *testing.T) {
	f := &field.Field{Type: field.Number, Code: "n", Label: "数"}
	b, _ := json.Marshal(f.Properties())
	want := `{"code":"n","defaultValue":"","digit":false,"displayScale":"","label":"数","maxValue":"","minValue":"","noLabel":false,"required":false,"type":"NUMBER","unique":false,"unit":"","unitPosition":"BEFORE"}`
	if string(b) != want {
		t.Errorf("got  %s\nwant %s", b, want)
	}
}
