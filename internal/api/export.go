package api

import (
	"context"
	"io"
	"strings"

	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/i18n"
	"github.com/engawa/engawa/internal/transfer"
	"github.com/engawa/engawa/internal/transfer/sheet"
)

type exportIn struct {
	App      Int        `json:"app"`
	Query    Text       `json:"query"`
	Fields   List[Text] `json:"fields"`
	Encoding Text       `json:"encoding"`
}

// exportEncodings are the encodings that an export can have, by the names that the API gives them.
var exportEncodings = map[string]sheet.Encoding{
	"": sheet.UTF8BOM, "utf-8-bom": sheet.UTF8BOM, "utf-8": sheet.UTF8, "shift_jis": sheet.ShiftJIS,
}

// exportRecords answers GET /api/v1/export.csv.
func (a *API) exportRecords(ctx context.Context, rq Request) error {
	values, err := httpQuery(rq.R.URL.RawQuery)
	if err != nil {
		return err
	}
	body, err := queryJSON(values)
	if err != nil {
		return err
	}
	var in exportIn
	if err := decode(body, &in); err != nil {
		return err
	}
	var p errs.Fields
	encoding, ok := exportEncodings[strings.ToLower(string(in.Encoding))]
	if !ok {
		p.Add("encoding", "param.enum")
	}
	set, err := a.open(ctx, rq.Who, in.App.app(&p, "app"), &p)
	if err != nil {
		return err
	}
	e, err := set.Export(ctx, string(in.Query), texts(in.Fields))
	if err != nil {
		return err
	}
	name := set.App().Settings.Name + ".csv"
	return patiently(rq, func(rq Request) error {
		return download(rq, name, func(w io.Writer) error {
			return transfer.Export(ctx, e, w, transfer.ExportOptions{
				Encoding: encoding, RecordStart: i18n.T(rq.Lang, "export.recordStart", nil),
			})
		})
	})
}
