package server

import (
	"encoding/json"
	"testing"
)

// Source: the typings of kintone's JavaScript client, layouts: which members each thing on a form has.
func TestLayoutsSayEverySize(t *testing.T) {
	const get, put = "GET /k/v1/preview/app/form/layout.json?app=1", "PUT /k/v1/preview/app/form/layout.json"
	row := func(fields string) string { return `{"type":"ROW","fields":[` + fields + `]}` }
	wide := func(typ, code string) string {
		return `{"type":"` + typ + `","code":"` + code + `","size":{"width":"220"}}`
	}
	lines := func(typ, code, width string) string {
		return `{"type":"` + typ + `","code":"` + code + `","size":{"width":"` + width + `","innerHeight":"80"}}`
	}
	added := row(lines("MULTI_LINE_TEXT", "note", "220")) + "," + row(lines("RICH_TEXT", "html", "220")) + "," + row(wide("DATE", "d")) + "," +
		`{"type":"SUBTABLE","code":"rows","fields":[` + wide("NUMBER", "n") + `,` + wide("FILE", "part") + `]},` + row(`{"type":"REFERENCE_TABLE","code":"list"}`)
	decorations := `{"type":"LABEL"},{"type":"LABEL","label":"","size":null},{"type":"SPACER","size":{"width":"30"}},{"type":"SPACER","elementId":"","size":{"height":60}},{"type":"HR"}`
	shown := `{"type":"LABEL","label":"","size":{"width":"220"}},{"type":"LABEL","label":"","size":{"width":"220"}},{"type":"SPACER","elementId":"","size":{"width":"30","height":"10"}},` +
		`{"type":"SPACER","elementId":"","size":{"width":"220","height":"60"}},{"type":"HR","size":{"width":"480"}}`
	eachSite(t, func(t *testing.T, s *testSite) {
		s.define("form", `"note":{"type":"MULTI_LINE_TEXT"},"html":{"type":"RICH_TEXT"},"d":{"type":"DATE"},"rows":{"type":"SUBTABLE","fields":{"n":{"type":"NUMBER"}}},
			"list":{"type":"REFERENCE_TABLE","referenceTable":{"relatedApp":{"app":"1"},"condition":{"field":"d","relatedField":"d"}}}`)
		s.must("root", "PUT "+fieldsPath, `{"app":1,"properties":{"rows":{"fields":{"part":{"type":"FILE"}}}}}`)
		s.play([]step{
			{call: get, has: []string{`{"layout":[` + added + `],`}},
			{call: put, in: `{"app":1,"layout":[` + row(decorations+`,{"type":"DATE","code":"d","size":{"width":""}}`) + `,` +
				row(`{"type":"MULTI_LINE_TEXT","code":"note","size":{"width":300}},{"type":"REFERENCE_TABLE","code":"list","size":{"width":500}}`) + `]}`},
			{call: get, has: []string{`{"layout":[` + row(shown+`,`+wide("DATE", "d")) + `,` +
				row(lines("MULTI_LINE_TEXT", "note", "300")+`,{"type":"REFERENCE_TABLE","code":"list","size":{"width":"500"}}`) + `],`}},
		})

		// What is shown is put back as it is.
		var body struct{ Layout json.RawMessage }
		if err := json.Unmarshal(s.call("root", get, "").Body, &body); err != nil {
			t.Fatal(err)
		}
		s.must("root", put, `{"app":1,"layout":`+string(body.Layout)+`}`)
		s.play([]step{{call: get, has: []string{compact(body.Layout)}}})
		s.deploy("1")
		s.play([]step{{call: "GET /k/v1/app/form/layout.json?app=1", has: []string{compact(body.Layout)}}})
	})
}
