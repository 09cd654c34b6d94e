package server

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// Attack case 80: the ends of time, leap days and leap seconds, offsets; what is no date is refused with every other problem.
func TestExtremesOfTime(t *testing.T) {
	value := func(code, in, out string) []step {
		return []step{
			{call: "PUT /k/v1/record.json", in: fmt.Sprintf(`{"app":1,"id":1,"record":{%q:{"value":%q}}}`, code, in)},
			{call: "GET /k/v1/record.json?app=1&id=1", has: []string{fmt.Sprintf(`%q:{"type":%q,"value":%q}`, code, map[string]string{"d": "DATE", "m": "DATETIME", "h": "TIME", "text": "SINGLE_LINE_TEXT", "era": "SINGLE_LINE_TEXT"}[code], out)}},
		}
	}
	var steps []step
	for _, v := range [][3]string{
		{"d", "2028-02-29", "2028-02-29"}, {"d", "2000-02-29", "2000-02-29"}, {"d", "0001-01-01", "0001-01-01"}, {"d", "9999-12-31", "9999-12-31"},
		{"m", "9999-12-31T23:59:59Z", "9999-12-31T23:59:00Z"}, {"m", "0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"}, {"m", "2026-04-01T00:00:00+14:00", "2026-03-31T10:00:00Z"}, {"m", "2026-03-31T23:59:00-12:00", "2026-04-01T11:59:00Z"},
		{"m", "2026-03-08T02:30:00-05:00", "2026-03-08T07:30:00Z"}, {"h", "00:00", "00:00"}, {"h", "23:59", "23:59"},
	} {
		steps = append(steps, value(v[0], v[1], v[2])...)
	}
	for code, list := range map[string][]string{
		"d": {"2026-02-29", "2100-02-29", "2026-13-01", "2026-00-01", "2026-01-00", "10000-01-01", "-0001-01-01", "0000-12-31", "2026-01-32", "令和8年1月1日", "2026/01/01", "２０２６-01-01", "2026-01-01T00:00:00Z"},
		"m": {"2026-02-29T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T00:60:00Z", "10000-01-01T00:00:00Z", "0000-12-31T00:00:00Z", "0001-01-01T00:00:00+09:00", "2026-01-01T00:00:00+25:00", "9999-12-31T23:59:59-01:00", "2026-01-01 00:00", "1e9"},
		"h": {"24:00", "23:60", "-1:00", "9", "09:30Z", "９:30"},
	} {
		for _, bad := range list {
			steps = append(steps, step{call: "PUT /k/v1/record.json", in: fmt.Sprintf(`{"app":1,"id":1,"record":{%q:{"value":%q}}}`, code, bad),
				want: "400 CB_VA01 record." + code + ".value=" + map[string]string{"d": "日付は「2026-04-01」の形式で入力してください。", "m": "日時は「2026-04-01T09:30:00Z」の形式で入力してください。", "h": "時刻は「09:30」の形式で入力してください。"}[code]})
		}
	}
	// Eras change in the middle of a year, and before them there is none.
	for _, v := range [][2]string{{"2019-04-30", "平成31年4月30日"}, {"2019-05-01", "令和元年5月1日"}, {"1989-01-07", "昭和64年1月7日"}, {"1989-01-08", "平成元年1月8日"}, {"1926-12-25", "昭和元年12月25日"}, {"2028-02-29", "令和10年2月29日"}, {"9999-12-31", "令和7981年12月31日"}} {
		steps = append(steps, step{call: "PUT /k/v1/record.json", in: fmt.Sprintf(`{"app":1,"id":1,"record":{"d":{"value":%q}}}`, v[0])},
			step{call: "GET /k/v1/record.json?app=1&id=1", has: []string{fmt.Sprintf(`"era":{"type":"SINGLE_LINE_TEXT","value":%q}`, v[1])}})
	}
	steps = append(steps,
		step{call: "GET /k/v1/records.json", in: `{"app":1,"query":"d = \"9999-12-31\" and m > \"0001-01-01T00:00:00Z\"","totalCount":true}`, has: []string{`"totalCount":"1"`}},
		step{call: "GET /k/v1/records.json", in: `{"app":1,"query":"d < FROM_TODAY(-9999999, YEARS) or m > FROM_TODAY(9999999, MONTHS)"}`, has: []string{`"records":[]`}},
		step{call: "GET /k/v1/records.json", in: `{"app":1,"query":"d > FROM_TODAY(100000, YEARS) or day >= FROM_TODAY(100000, YEARS) or d < FROM_TODAY(-100000, YEARS)"}`, has: []string{`"records":[]`}},
		step{call: "GET /k/v1/records.json", in: `{"app":1,"query":"d < FROM_TODAY(100000, YEARS) and day < FROM_TODAY(100000, YEARS)","totalCount":true}`, has: []string{`"totalCount":"1"`}},
		step{call: "GET /k/v1/records.json", in: `{"app":1,"query":"d = \"2026-02-30\""}`, want: "400 GAIA_IQ09"},
		step{call: "POST /api/v1/report/data", in: `{"app":1,"report":{"chartType":"PIE","groups":[{"code":"d","per":"QUARTER"}],"aggregations":[{"type":"COUNT"}]}}`, has: []string{"9999"}},
		step{call: "POST /api/v1/report/data", in: `{"app":1,"report":{"chartType":"PIE","groups":[{"code":"m","per":"WEEK"}],"aggregations":[{"type":"COUNT"}]}}`},
		step{call: "PUT /v1/users.json", in: `{"users":[{"code":"root","timezone":"America/Sao_Paulo"}]}`},
		step{call: "GET /k/v1/record.json?app=1&id=1", has: []string{`"m":{"type":"DATETIME","value":"2026-03-08T07:30:00Z"}`}},
		step{call: "GET /api/v1/export.csv?app=1&fields[0]=m&fields[1]=d", has: []string{"2026-03-08 04:30,9999-12-31"}}, // by the clock of who reads
	)
	scenario(t, func(s *testSite) {
		s.define("time", `"d":{"type":"DATE","code":"d"},"m":{"type":"DATETIME","code":"m"},"h":{"type":"TIME","code":"h"},"era":{"type":"SINGLE_LINE_TEXT","code":"era","expression":"TEXT(d, \"ggge年m月d日\")"},"day":{"type":"CALC","code":"day","expression":"d","format":"DATE"}`)
		s.must("root", "POST /k/v1/record.json", `{"app":1}`)
	}, steps)
}

// Attack case 81: decimals are exact, whatever is done with them, and equal numbers are equal.
func TestExtremesOfNumbers(t *testing.T) {
	scenario(t, func(s *testSite) {
		s.define("numbers", `"n":{"type":"NUMBER","code":"n"},"u":{"type":"NUMBER","code":"u","unique":true},"twice":{"type":"CALC","code":"twice","expression":"n * 2"},"third":{"type":"CALC","code":"third","expression":"n / 3"},
			"rows":{"type":"SUBTABLE","code":"rows","fields":{"p":{"type":"NUMBER","code":"p"}}},"total":{"type":"CALC","code":"total","expression":"SUM(p)"}`)
		rows := strings.TrimSuffix(strings.Repeat(`{"value":{"p":{"value":"0.1"}}},`, 1000), ",")
		s.must("root", "POST /k/v1/record.json", `{"app":1,"record":{"n":{"value":"-0"},"u":{"value":"1.50"},"rows":{"value":[`+rows+`]}}}`)
		for range 30 {
			s.must("root", "POST /k/v1/records.json", `{"app":1,"records":[{"n":{"value":"0.1"}},{"n":{"value":"0.2"}},{"n":{"value":"-0.0001"}}]}`)
		}
	}, []step{
		{call: "GET /k/v1/record.json?app=1&id=1", has: []string{`"n":{"type":"NUMBER","value":"0"}`, `"twice":{"type":"CALC","value":"0"}`, `"total":{"type":"CALC","value":"100"}`, `"u":{"type":"NUMBER","value":"1.5"}`}},
		{call: "POST /api/v1/report/data", in: `{"app":1,"report":{"chartType":"PIE","aggregations":[{"type":"SUM","code":"n"}]}}`, has: []string{`"8.997"`}},
		{call: "GET /k/v1/records.json", in: `{"app":1,"query":"n = 0.10","totalCount":true}`, has: []string{`"totalCount":"30"`}},
		{call: "GET /k/v1/records.json", in: `{"app":1,"query":"n > 0.1999999999 and n < 0.2000000001","totalCount":true}`, has: []string{`"totalCount":"30"`}},
		{call: "GET /k/v1/records.json", in: `{"app":1,"query":"n = \"-0\"","totalCount":true}`, has: []string{`"totalCount":"1"`}},
		{call: "POST /k/v1/record.json", in: `{"app":1,"record":{"u":{"value":"1.5000"}}}`, want: "400 CB_VA01 record.u.value=値がほかのレコードと重複しています。"},
		{call: "POST /k/v1/record.json", in: `{"app":1,"record":{"u":{"value":15e-1}}}`, want: "400 CB_VA01 record.u.value=値がほかのレコードと重複しています。"},
		{call: "POST /k/v1/record.json", in: `{"app":1,"record":{"n":{"value":"1e-30"}}}`, has: []string{`"id":"92"`}},
		{call: "GET /k/v1/record.json?app=1&id=92", has: []string{`"n":{"type":"NUMBER","value":"0"}`}}, // to four places
		{call: "POST /k/v1/record.json", in: `{"app":1,"record":{"n":{"value":"` + strings.Repeat("9", 64) + `"}}}`, want: "400 CB_VA01 record.n.value=整数部は12桁以内で入力してください。"},
		{call: "POST /k/v1/record.json", in: `{"app":1,"record":{"n":{"value":"1,234"}}}`, want: "400 CB_VA01 record[n].value=数字でなければなりません。"},
		{call: "POST /k/v1/record.json", in: `{"app":1,"record":{"n":{"value":"１２"}}}`, want: "400 CB_VA01 record[n].value=数字でなければなりません。"},
		{call: "POST /k/v1/record.json", in: `{"app":1,"record":{"n":{"value":"1e999999999"}}}`, want: "400 CB_VA01 record[n].value=数字でなければなりません。"},
		{call: "POST /k/v1/record.json", in: `{"app":1,"record":{"n":{"value":"` + strings.Repeat("0", 1<<16) + `1"}}}`, want: "400 CB_VA01 record[n].value=数字でなければなりません。"}, // no number is as long
		{call: "POST /k/v1/record.json", in: `{"app":1,"record":{"n":{"value":"0001"}}}`},
		{call: "GET /k/v1/record.json?app=1&id=93", has: []string{`"n":{"type":"NUMBER","value":"1"}`, `"third":{"type":"CALC","value":"0.3333"}`}},
		{call: "GET /k/v1/records.json", in: `{"app":1,"query":"n > ` + strings.Repeat("9", 1000) + `"}`, want: "400 GAIA_IQ09"},
		{call: "GET /k/v1/records.json", in: `{"app":1,"query":"n > ` + strings.Repeat("9", 40) + `"}`, has: []string{`"records":[]`}},
		{call: "PUT /k/v1/preview/app/settings.json", in: `{"app":1,"numberPrecision":{"digits":"30","decimalPlaces":10,"roundingMode":"UP"}}`},
		{call: "POST /k/v1/preview/app/deploy.json", in: `{"apps":[{"app":1}]}`},
		{call: "PUT /k/v1/record.json", in: `{"app":1,"id":93,"record":{"n":{"value":"-12345678901234567890.12345678901"}}}`},
		{call: "GET /k/v1/record.json?app=1&id=93", has: []string{`"n":{"type":"NUMBER","value":"-12345678901234567890.1234567891"}`, `"twice":{"type":"CALC","value":"-24691357802469135780.2469135782"}`}},
		{call: "PUT /k/v1/record.json", in: `{"app":1,"id":93,"record":{"n":{"value":"1e-30"}}}`},
		{call: "GET /k/v1/record.json?app=1&id=93", has: []string{`"n":{"type":"NUMBER","value":"0.0000000001"}`}},
	})
}

// Attack case 82: text is kept as it is, character by character, and found again; what no text may hold is refused.
func TestExtremesOfText(t *testing.T) {
	texts := []string{
		"👨‍👩‍👧‍👦", "𠮷野家", "e\u0301", "\u00e9", "が", "か\u3099", "ﾊﾝｶｸ", "葛\U000e0100", "\u202eevil\u202c", "\u200b", "a\u00a0b", "\ufeffx", "￿", "\U0010ffff", "\u2028", "a\u0085b", "ß", "ıİ", "ﷺ", "🇯🇵🇯", "\t tab", strings.Repeat("長", 16<<10),
		"'; DROP TABLE rec_1; --", `\`, `"`, "%", "_", "$1", "?", "{{x}}", "NULL", "null", "true", "-0",
	}
	eachSite(t, func(t *testing.T, s *testSite) {
		s.define("texts", `"memo":{"type":"MULTI_LINE_TEXT","code":"memo"},"k":{"type":"SINGLE_LINE_TEXT","code":"k"}`)
		add := func(memo string) answer {
			body, err := json.Marshal(map[string]any{"app": 1, "record": map[string]any{"memo": map[string]any{"value": memo}}})
			if err != nil {
				t.Fatal(err)
			}
			return s.call("root", "POST /k/v1/record.json", string(body))
		}
		for i, text := range texts {
			if a := add(text); a.Status != 200 {
				t.Errorf("%.40q: %s %s", text, a, a.Body)
				continue
			}
			var out struct {
				Record struct{ Memo struct{ Value string } }
			}
			a := s.call("root", fmt.Sprintf("GET /k/v1/record.json?app=1&id=%d", i+1), "")
			if err := json.Unmarshal(a.Body, &out); err != nil || out.Record.Memo.Value != text {
				t.Errorf("%.40q came back as %.40q, %v", text, out.Record.Memo.Value, err)
			}
		}
		for _, bad := range []string{"a\u0000b", "\u0000"} {
			if a := add(bad); a.String() != "400 CB_VA01 record.memo.value=使用できない文字が含まれています。" {
				t.Errorf("%q: %s", bad, a)
			}
		}
		// Texts that people take for the same are found by each other.
		for needle, want := range map[string]string{"𠮷野": "1", "がか": "0", "ﾊﾝｶｸ": "1", "ハンカク": "1", "葛": "", "👨‍👩": "1", "drop table REC_1": "1", "evil": "1", strings.Repeat("長", 500): "1"} {
			body, err := json.Marshal(map[string]any{"app": 1, "query": `memo like "` + needle + `"`, "totalCount": true})
			if err != nil {
				t.Fatal(err)
			}
			a := s.call("root", "GET /k/v1/records.json", string(body))
			if a.Status != 200 || want != "" && !strings.Contains(string(a.Body), `"totalCount":"`+want+`"`) {
				t.Errorf("like %.20q: %s, want %s: %.200s", needle, a, want, a.Body)
			}
		}
	})
}
