package api

import (
	"context"
	"io"

	"github.com/engawa/engawa/internal/i18n"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/transfer"
)

// getRejected answers GET /api/v1/import/rejected.csv: the rows that were not taken as they were, behind the line and
// the reason, to be mended and sent again.
func (a *API) getRejected(ctx context.Context, rq Request) error {
	n, _ := id.Parse[id.Import](rq.R.URL.Query().Get("id"))
	m, err := a.imports.Get(ctx, rq.Who, n)
	if err != nil {
		return err
	}
	name := i18n.T(rq.Lang, "import.rejected.file", nil) + " - " + m.AppName + ".csv"
	return patiently(rq, func(rq Request) error {
		return download(rq, name, func(w io.Writer) error {
			return a.imports.WriteRejected(ctx, rq.Who, n, w, transfer.Words{
				Line:   i18n.T(rq.Lang, "import.rejected.line", nil),
				Reason: i18n.T(rq.Lang, "import.rejected.reason", nil),
				Of:     func(r transfer.Reject) string { return reasons(rq.Lang, m, r) },
			})
		})
	})
}

// reasons says in one line everything that is wrong with a row.
func reasons(lang i18n.Lang, m *transfer.Import, r transfer.Reject) string {
	var all string
	for i, q := range r.Problems {
		if i > 0 {
			all += " / "
		}
		if label := m.Label(q.Column); label != "" && i > 0 {
			all += label + ": "
		}
		all += words(lang, q.Key, q.Args)
	}
	return all
}
