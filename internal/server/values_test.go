package server

import (
	"regexp"
	"testing"
)

const allFields = `
	"text":{"type":"SINGLE_LINE_TEXT","code":"text","defaultValue":"hello"},
	"memo":{"type":"MULTI_LINE_TEXT","code":"memo"},
	"rich":{"type":"RICH_TEXT","code":"rich"},
	"n":{"type":"NUMBER","code":"n","defaultValue":"42"},
	"radio":{"type":"RADIO_BUTTON","code":"radio","options":{"a":{"label":"a","index":"0"},"b":{"label":"b","index":"1"}}},
	"drop":{"type":"DROP_DOWN","code":"drop","options":{"a":{"label":"a","index":"0"},"b":{"label":"b","index":"1"}}},
	"cbx":{"type":"CHECK_BOX","code":"cbx","defaultValue":["b"],"options":{"a":{"label":"a","index":"0"},"b":{"label":"b","index":"1"}}},
	"multi":{"type":"MULTI_SELECT","code":"multi","options":{"a":{"label":"a","index":"0"},"b":{"label":"b","index":"1"}}},
	"date":{"type":"DATE","code":"date"},
	"time":{"type":"TIME","code":"time"},
	"meet":{"type":"DATETIME","code":"meet","defaultNowValue":true},
	"link":{"type":"LINK","code":"link","protocol":"MAIL"},
	"files":{"type":"FILE","code":"files"},
	"who":{"type":"USER_SELECT","code":"who","defaultValue":[{"type":"FUNCTION","code":"LOGINUSER()"}]},
	"rows":{"type":"SUBTABLE","code":"rows","fields":{
		"part":{"type":"SINGLE_LINE_TEXT","code":"part","defaultValue":"bolt"},
		"price":{"type":"NUMBER","code":"price"}}}`

// Source: kintone REST behaviour, record JSON by field type and default values.
func TestValues(t *testing.T) {
	scenario(t, func(s *testSite) { s.define("all", allFields) }, []step{
		// What is empty reads as kintone writes it.
		{call: "POST /k/v1/record.json", in: `{"app":1,"record":{"text":{"value":""},"n":{"value":""},"radio":{"value":""},"drop":{"value":null},"cbx":{"value":[]},"meet":{"value":""},"who":{"value":[]}}}`},
		{call: "GET /k/v1/record.json?app=1&id=1", has: []string{
			`"text":{"type":"SINGLE_LINE_TEXT","value":""}`, `"memo":{"type":"MULTI_LINE_TEXT","value":""}`, `"rich":{"type":"RICH_TEXT","value":""}`,
			`"n":{"type":"NUMBER","value":""}`, `"radio":{"type":"RADIO_BUTTON","value":null}`, `"drop":{"type":"DROP_DOWN","value":null}`,
			`"cbx":{"type":"CHECK_BOX","value":[]}`, `"multi":{"type":"MULTI_SELECT","value":[]}`, `"date":{"type":"DATE","value":null}`,
			`"time":{"type":"TIME","value":null}`, `"meet":{"type":"DATETIME","value":""}`, `"link":{"type":"LINK","value":""}`,
			`"files":{"type":"FILE","value":[]}`, `"who":{"type":"USER_SELECT","value":[]}`, `"rows":{"type":"SUBTABLE","value":[]}`}},

		// Defaults stand for keys that are absent, and only when adding.
		{call: "POST /k/v1/record.json", in: `{"app":1,"record":{}}`},
		{call: "GET /k/v1/record.json?app=1&id=2", has: []string{`"value":"hello"`, `"value":"42"`, `"value":"a"`, `"value":["b"]`, `"who":{"type":"USER_SELECT","value":[{"code":"root","name":"青木 愛子"}]}`,
			`"drop":{"type":"DROP_DOWN","value":null}`, `"rows":{"type":"SUBTABLE","value":[]}`}, lacks: []string{`"meet":{"type":"DATETIME","value":""}`}},
		{call: "PUT /k/v1/record.json", in: `{"app":1,"id":1,"record":{"memo":{"value":"x"}}}`},
		{call: "GET /k/v1/record.json?app=1&id=1", has: []string{`"text":{"type":"SINGLE_LINE_TEXT","value":""}`}},

		// What is written is kept in one form.
		{call: "POST /k/v1/record.json", in: `{"app":1,"record":{"n":{"value":" 1.5e1 "},"cbx":{"value":["b","a"]},"date":{"value":"2026-1-5"},"time":{"value":"9:05"},"meet":{"value":"2026-01-15T09:30:59+09:00"},"text":{"value":"行1\n行2"},"who":{"value":[{"code":"root"}]}}}`},
		{call: "GET /k/v1/record.json?app=1&id=3", has: []string{`"n":{"type":"NUMBER","value":"15"}`, `["a","b"]`, `"2026-01-05"`, `"09:05"`, `"2026-01-15T00:30:00Z"`, `"行1 行2"`}},
		{call: "POST /k/v1/record.json", in: `{"app":1,"record":{"date":{"value":"2026"},"meet":{"value":"2026-02-03"},"n":{"value":0.1}}}`},
		{call: "GET /k/v1/record.json?app=1&id=4", has: []string{`"2026-01-01"`, `"2026-02-03T00:00:00Z"`, `"0.1"`}},
		{call: "POST /k/v1/record.json", in: `{"app":1,"record":{"date":{"value":"2026-02-30"},"time":{"value":"25:00"},"meet":{"value":"soon"}}}`,
			want: "400 CB_VA01 record.date.value=日付は「2026-04-01」の形式で入力してください。 record.meet.value=日時は「2026-04-01T09:30:00Z」の形式で入力してください。 record.time.value=時刻は「09:30」の形式で入力してください。"},
		{call: "POST /k/v1/record.json", in: `{"app":1,"record":{"who":{"value":[{"code":"ghost"}]}}}`, want: "400 CB_VA01 record.who.values[0].value.code=指定したユーザー（code：ghost）が見つかりません。"},
		{call: "POST /k/v1/record.json", in: `{"app":1,"record":{"rich":{"value":"<b>ok</b><script>alert(1)</script><img src=x onerror=alert(1)>"}}}`},
		{call: "GET /k/v1/record.json?app=1&id=5", has: []string{"ok"}, lacks: []string{"script", "onerror"}},

		// fields chooses keys; unknown ones are ignored.
		{call: "GET /k/v1/records.json?app=1&query=%24id%3D3&fields%5B0%5D=%24id&fields%5B1%5D=n&fields%5B2%5D=ghost",
			has: []string{`{"records":[{"n":{"type":"NUMBER","value":"15"},"$id":{"type":"__ID__","value":"3"}}],"totalCount":null}`}},
	})
}

// Source: kintone REST behaviour, NUMBER normalisation and precision.
func TestNumbers(t *testing.T) {
	n := func(in, out string) []step {
		return []step{
			{call: "PUT /k/v1/record.json", in: `{"app":1,"id":1,"record":{"n":{"value":` + in + `}}}`},
			{call: "GET /k/v1/record.json?app=1&id=1", has: []string{`"n":{"type":"NUMBER","value":"` + out + `"}`}},
		}
	}
	refused := func(in string) step {
		return step{call: "PUT /k/v1/record.json", in: `{"app":1,"id":1,"record":{"n":{"value":` + in + `}}}`, want: "400 CB_VA01 record[n].value=数字でなければなりません。"}
	}
	var steps []step
	for _, p := range [][2]string{
		{`"1.50"`, "1.5"}, {`"-0"`, "0"}, {`"+7"`, "7"}, {`"1.23455"`, "1.2346"}, {`"1.23445"`, "1.2344"}, {`"1e3"`, "1000"}, {`"0.00001"`, "0"},
		{`999999999999.9999`, "999999999999.9999"}, {`"9007199254.740993"`, "9007199254.741"}, {`1E+2`, "100"}, {`".5"`, "0.5"},
	} {
		steps = append(steps, n(p[0], p[1])...)
	}
	for _, bad := range []string{`"1,000"`, `"１２"`, `"12abc"`, `"1e400"`, `1e400`, `"NaN"`, `"Infinity"`, `"0x10"`, `"1 2"`, `[]`, `{}`, `true`} {
		steps = append(steps, refused(bad))
	}
	steps = append(steps, step{call: "PUT /k/v1/record.json", in: `{"app":1,"id":1,"record":{"n":{"value":"9999999999999"}}}`, want: "400 CB_VA01 record.n.value=整数部は12桁以内で入力してください。"})
	steps = append(steps,
		step{call: "PUT /k/v1/preview/app/settings.json", in: `{"app":1,"numberPrecision":{"digits":"30","decimalPlaces":10,"roundingMode":"DOWN"}}`},
		step{call: "POST /k/v1/preview/app/deploy.json", in: `{"apps":[{"app":1}]}`})
	steps = append(steps, n(`"12345678901234567890.12345678999"`, "12345678901234567890.1234567899")...)
	steps = append(steps,
		step{call: `GET /k/v1/records.json?app=1&query=n%3D12345678901234567890.1234567899`, has: []string{`"$id"`}},
		step{call: `GET /k/v1/records.json?app=1&query=n%3D12345678901234567890.1234567898`, has: []string{`"records":[]`}})
	scenario(t, func(s *testSite) {
		s.define("numbers", `"n":{"type":"NUMBER","code":"n"}`)
		s.must("root", "POST /k/v1/record.json", `{"app":1}`)
	}, steps)
}

// Rows of tables: merged by id, in the order sent.
// Source: kintone REST behaviour, tables.
func TestTables(t *testing.T) {
	eachSite(t, func(t *testing.T, s *testSite) {
		s.define("all", allFields)
		rowIDs := regexp.MustCompile(`"id":"(\d+)","value":\{`)
		rows := func() []string {
			var ids []string
			for _, m := range rowIDs.FindAllStringSubmatch(compact(s.call("root", "GET /k/v1/record.json?app=1&id=1", "").Body), -1) {
				ids = append(ids, m[1])
			}
			return ids
		}
		has := func(text ...string) {
			t.Helper()
			s.play([]step{{call: "GET /k/v1/record.json?app=1&id=1", has: text}})
		}
		s.must("root", "POST /k/v1/record.json", `{"app":1,"record":{"rows":{"value":[{"id":"700","value":{"part":{"value":"a"},"price":{"value":"1"}}},{"value":{"price":{"value":"2"}}}]}}}`)
		first := rows()
		if len(first) != 2 || first[0] == "700" {
			t.Fatalf("rows %v: want two of the server's numbers", first)
		}
		has(`"part":{"type":"SINGLE_LINE_TEXT","value":"bolt"}`) // the default of a key that a row does not mention
		s.must("root", "PUT /k/v1/record.json", `{"app":1,"id":1,"record":{"text":{"value":"other"}}}`)
		if again := rows(); len(again) != 2 || again[0] != first[0] {
			t.Errorf("rows after an update that does not mention them: %v, were %v", again, first)
		}
		// The second row first, with one member changed; the first one gone; an unknown id and none are new rows.
		s.must("root", "PUT /k/v1/record.json", `{"app":1,"id":1,"record":{"rows":{"value":[{"id":`+first[1]+`,"value":{"part":{"value":"kept"}}},{"id":"99999","value":{"part":{"value":"new"}}},{"value":{}}]}}}`)
		second := rows()
		if len(second) != 3 || second[0] != first[1] || second[1] == "99999" || second[1] == first[0] {
			t.Errorf("rows %v, were %v", second, first)
		}
		has(`"part":{"type":"SINGLE_LINE_TEXT","value":"kept"},"price":{"type":"NUMBER","value":"2"}`)
		s.must("root", "PUT /k/v1/record.json", `{"app":1,"id":1,"record":{"rows":{"value":[]}}}`)
		if left := rows(); len(left) != 0 {
			t.Errorf("rows %v: want none", left)
		}
		s.play([]step{{call: "PUT /k/v1/record.json", in: `{"app":1,"id":1,"record":{"rows":{"value":"no list"}}}`, want: "400 CB_VA01 record.rows.value=配列で指定してください。"}})
	})
}
