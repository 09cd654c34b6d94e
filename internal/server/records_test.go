package server

import (
	"strings"
	"testing"
)

const dealForm = `
	"title":{"type":"SINGLE_LINE_TEXT","code":"title"},
	"no":{"type":"SINGLE_LINE_TEXT","code":"no","unique":true},
	"n":{"type":"NUMBER","code":"n"},
	"un":{"type":"NUMBER","code":"un","unique":true}`

// Source: kintone REST behaviour, revisions and atomicity.
func TestRecords(t *testing.T) {
	long := strings.Repeat("x", 65)
	scenario(t, func(s *testSite) { s.define("deals", dealForm) }, []step{
		{call: "POST /k/v1/record.json", in: `{"app":1,"record":{"title":{"value":"one"},"no":{"value":"A1"},"ghost":{"value":"ignored"}}}`, has: []string{`{"id":"1","revision":"1"}`}},
		{call: "POST /k/v1/record.json", in: `{"app":1}`, has: []string{`{"id":"2","revision":"1"}`}},
		{call: "POST /k/v1/records.json", in: `{"app":"1","records":[{"title":{"value":"three"}},{}]}`, has: []string{`{"ids":["3","4"],"revisions":["1","1"]}`}},
		{call: "POST /k/v1/records.json", in: `{"app":1,"records":[]}`, has: []string{`{"ids":[],"revisions":[]}`}},
		{call: "GET /k/v1/record.json?app=1&id=1", has: []string{`"$id":{"type":"__ID__","value":"1"}`, `"$revision":{"type":"__REVISION__","value":"1"}`,
			`"レコード番号":{"type":"RECORD_NUMBER","value":"1"}`, `"title":{"type":"SINGLE_LINE_TEXT","value":"one"}`, `"作成者":{"type":"CREATOR","value":{"code":"root","name":"青木 愛子"}}`},
			lacks: []string{"ghost"}},
		{call: "GET /k/v1/record.json?app=1&id=99", want: "404 GAIA_RE01", has: []string{`"message":"指定したレコード（id: 99）が見つかりません。"`}},
		{call: "GET /k/v1/record.json?app=77&id=1", want: "404 GAIA_AP01", has: []string{`"message":"指定したアプリ（id: 77）が見つかりません。削除されている可能性があります。"`}},

		// Revisions: absent and -1 are not checked, a stale one is a conflict and writes nothing.
		{call: "PUT /k/v1/record.json", in: `{"app":1,"id":1,"record":{"title":{"value":"uno"}}}`, has: []string{`{"revision":"2"}`}},
		{call: "PUT /k/v1/record.json", in: `{"app":1,"id":"1","revision":"2","record":{"n":{"value":5}}}`, has: []string{`{"revision":"3"}`}},
		{call: "PUT /k/v1/record.json", in: `{"app":1,"id":1,"revision":-1,"record":{}}`, has: []string{`{"revision":"4"}`}},
		{call: "PUT /k/v1/record.json", in: `{"app":1,"id":1,"revision":2,"record":{"title":{"value":"lost"}}}`, want: "409 GAIA_CO02",
			has: []string{`"message":"指定したrevisionは最新ではありません。ほかのユーザーがレコードを更新した可能性があります。"`}},
		{call: "PUT /k/v1/record.json", in: `{"app":1,"id":1,"revision":-2,"record":{}}`, want: "400 CB_VA01 revision=最小でも-1以上です。"},
		{call: "GET /k/v1/record.json?app=1&id=1", has: []string{`"value":"uno"`, `"n":{"type":"NUMBER","value":"5"}`}},
		{call: "PUT /k/v1/record.json", in: `{"app":1,"id":99,"record":{}}`, want: "404 GAIA_RE01"},

		// updateKey
		{call: "PUT /k/v1/record.json", in: `{"app":1,"updateKey":{"field":"no","value":"A1"},"record":{"title":{"value":"by key"}}}`, has: []string{`{"revision":"5"}`}},
		{call: "PUT /k/v1/record.json", in: `{"app":1,"updateKey":{"field":"no","value":"none"},"record":{}}`, want: "404 GAIA_RE20"},
		{call: "PUT /k/v1/record.json", in: `{"app":1,"updateKey":{"field":"title","value":"by key"},"record":{}}`, want: "400 GAIA_IQ27"},
		{call: "PUT /k/v1/record.json", in: `{"app":1,"updateKey":{"field":"ghost","value":"x"},"record":{}}`, want: "400 GAIA_IQ11"},
		{call: "PUT /k/v1/record.json", in: `{"app":1,"updateKey":{"field":"no","value":"` + long + `"},"record":{}}`, want: "400 CB_VA01 updateKey.value=1文字から64文字までで入力してください。"},
		{call: "PUT /k/v1/record.json", in: `{"app":1,"id":1,"updateKey":{"field":"no","value":"A1"},"record":{}}`, want: "400 CB_VA01 id=idとupdateKeyは、どちらか一方だけを指定してください。"},
		{call: "PUT /k/v1/record.json", in: `{"app":1,"record":{}}`, want: "400 CB_VA01 id=必須です。"},

		// Bulk updates are all or nothing.
		{call: "PUT /k/v1/records.json", in: `{"app":1,"records":[{"id":2,"record":{"title":{"value":"two"}}},{"id":3,"revision":1,"record":{"title":{"value":"3"}}}]}`,
			has: []string{`{"records":[{"id":"2","revision":"2"},{"id":"3","revision":"2"}]}`}},
		{call: "PUT /k/v1/records.json", in: `{"app":1,"records":[{"id":2,"record":{"title":{"value":"gone"}}},{"id":3,"revision":1,"record":{}}]}`, want: "409 GAIA_CO02"},
		{call: "PUT /k/v1/records.json", in: `{"app":1,"records":[{"id":2,"record":{"title":{"value":"gone"}}},{"id":99,"record":{}}]}`, want: "404 GAIA_RE01"},
		{call: "GET /k/v1/record.json?app=1&id=2", has: []string{`"value":"two"`}},

		// Upsert: INSERT or UPDATE, by key or id; a key's value is part of the new record, a sent id is not its id.
		{call: "PUT /k/v1/records.json", in: `{"app":1,"upsert":true,"records":[{"updateKey":{"field":"no","value":"A1"},"record":{"n":{"value":"6"}}},{"updateKey":{"field":"no","value":"B2"},"record":{"title":{"value":"new"}}},{"id":77,"record":{"title":{"value":"new too"}}},{"updateKey":{"field":"un","value":"1.50"},"record":{}}]}`,
			has: []string{`{"records":[{"id":"1","revision":"6","operation":"UPDATE"},{"id":"5","revision":"1","operation":"INSERT"},{"id":"6","revision":"1","operation":"INSERT"},{"id":"7","revision":"1","operation":"INSERT"}]}`}},
		{call: "GET /k/v1/record.json?app=1&id=5", has: []string{`"no":{"type":"SINGLE_LINE_TEXT","value":"B2"}`}},
		{call: "PUT /k/v1/records.json", in: `{"app":1,"upsert":"true","records":[{"updateKey":{"field":"un","value":"1.5"},"record":{}}]}`, has: []string{`{"records":[{"id":"7","revision":"2","operation":"UPDATE"}]}`}},

		// System fields
		{call: "PUT /k/v1/record.json", in: `{"app":1,"id":1,"record":{"作成者":{"value":{"code":"root"}}}}`, want: "400 GAIA_UN10", has: []string{"CREATOR"}},
		{call: "PUT /k/v1/record.json", in: `{"app":1,"id":1,"record":{"更新日時":{"value":"2020-01-01T00:00:00Z"}}}`, want: "400 GAIA_UN10", has: []string{"MODIFIED_AT"}},
		{call: "POST /k/v1/record.json", in: `{"app":1,"record":{"作成日時":{"value":"2020-01-01T00:00:00Z"},"レコード番号":{"value":"500"}}}`, has: []string{`{"id":"8","revision":"1"}`}},
		{call: "GET /k/v1/record.json?app=1&id=8", has: []string{`"作成日時":{"type":"CREATED_TIME","value":"2020-01-01T00:00:00Z"}`}},

		// Delete: an unknown id deletes nothing; revisions stand beside ids, missing and blank ones are not checked.
		{call: "DELETE /k/v1/records.json", in: `{"app":1,"ids":[2,99]}`, want: "404 GAIA_RE01"},
		{call: "GET /k/v1/record.json?app=1&id=2"},
		{call: "DELETE /k/v1/records.json", in: `{"app":1,"ids":[2,3],"revisions":[null,1]}`, want: "409 GAIA_CO02"},
		{call: "DELETE /k/v1/records.json?app=1&ids%5B0%5D=2&ids%5B1%5D=3&revisions%5B1%5D=2", has: []string{`{}`}},
		{call: "GET /k/v1/record.json?app=1&id=3", want: "404 GAIA_RE01"},
		{call: "DELETE /k/v1/records.json", in: `{"app":1}`, want: "400 CB_VA01 ids=必須です。|一度に1件から100件までのレコードを削除できます。"},
		{call: "DELETE /k/v1/records.json", in: `{"app":1,"ids":[]}`, want: "400 CB_VA01 ids=一度に1件から100件までのレコードを削除できます。"},
		{call: "POST /k/v1/record.json", in: `{"app":1,"record":{}}`, has: []string{`{"id":"9","revision":"1"}`}}, // numbers are never used again

		// The trash
		{call: "GET /api/v1/trash?app=1", has: []string{`"id":"2","title":"two"`, `"id":"3"`}},
		{call: "POST /api/v1/trash/restore", in: `{"app":1,"ids":[3]}`, has: []string{`{}`}},
		{call: "GET /k/v1/record.json?app=1&id=3", has: []string{`"$revision":{"type":"__REVISION__","value":"3"}`}},
		{call: "POST /api/v1/trash/restore", in: `{"app":1,"ids":[2,3]}`, want: "404 GAIA_RE01"},
		{call: "GET /k/v1/record.json?app=1&id=2", want: "404 GAIA_RE01"},
	})
}

func TestLimitsOfBulk(t *testing.T) {
	many := "{}" + strings.Repeat(",{}", 100)
	ids := "1" + strings.Repeat(",1", 100)
	scenario(t, func(s *testSite) { s.define("deals", dealForm) }, []step{
		{call: "POST /k/v1/records.json", in: `{"app":1,"records":[` + many + `]}`, want: "400 CB_VA01 records=一度に100件までのレコードを追加できます。"},
		{call: "PUT /k/v1/records.json", in: `{"app":1,"records":[` + strings.ReplaceAll(many, "{}", `{"id":1}`) + `]}`, want: "400 CB_VA01 records=一度に100件までのレコードを更新できます。"},
		{call: "DELETE /k/v1/records.json", in: `{"app":1,"ids":[` + ids + `]}`, want: "400 CB_VA01 ids=一度に1件から100件までのレコードを削除できます。"},
		{call: "POST /k/v1/records.json", in: `{"app":1}`, want: "400 CB_VA01 records=必須です。"},
		{call: "PUT /k/v1/records.json", in: `{"app":1,"records":[{"record":{}}]}`, want: "400 CB_VA01 records[0].id=必須です。"},
	})
}
