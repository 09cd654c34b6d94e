package api

import (
	"slices"

	"github.com/engawa/engawa/internal/i18n"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/transfer"
	"github.com/engawa/engawa/internal/transfer/sheet"
)

type importOut struct {
	ID         string            `json:"id"`
	FileName   string            `json:"fileName"`
	Kind       string            `json:"kind"` // csv, xlsx
	State      transfer.State    `json:"state"`
	Encoding   sheet.Encoding    `json:"encoding"`
	Encodings  []sheet.Encoding  `json:"encodings"`
	Separator  string            `json:"separator"`
	HasHeader  bool              `json:"hasHeader"`
	Sheet      string            `json:"sheet"`
	Sheets     []string          `json:"sheets"`
	Columns    []importColumnOut `json:"columns"`
	Rows       [][]string        `json:"rows"`
	RowCount   int               `json:"rowCount"`
	Exact      bool              `json:"exact"`
	Notices    []string          `json:"notices"`
	Done       int               `json:"done"` // taken or rejected
	Rejected   int               `json:"rejected"`
	Rejects    []rejectOut       `json:"rejects"`
	App        *string           `json:"app"` // null until it is made
	AppName    string            `json:"appName"`
	CreatedAt  string            `json:"createdAt"`
	StartedAt  *string           `json:"startedAt"`
	FinishedAt *string           `json:"finishedAt"`
	Error      *importErrorOut   `json:"error"`
}

type importColumnOut struct {
	Index      int        `json:"index"`
	Label      string     `json:"label"`
	Type       sheet.Type `json:"type"`
	Confidence float64    `json:"confidence"` // 0 to 1
	Samples    []string   `json:"samples"`
	Issues     []string   `json:"issues"`
}

type rejectOut struct {
	Line    int    `json:"line"`
	Column  string `json:"column,omitempty"`
	Value   string `json:"value,omitempty"`
	Message string `json:"message"`
}

type importErrorOut struct {
	Code    string `json:"code,omitempty"`
	Message string `json:"message"`
}

// columnSamples is how many values of a column are shown.
const columnSamples = 5

// showImport is an import as the API shows it.
func showImport(lang i18n.Lang, m *transfer.Import, rejects []transfer.Reject) importOut {
	p := m.Preview
	out := importOut{
		ID: id.String(m.ID), FileName: m.FileName, Kind: "csv", State: m.State, Encoding: p.Options.Encoding,
		Encodings: append([]sheet.Encoding{}, p.Encodings...), Separator: p.Options.Separator,
		HasHeader: p.Options.Header == sheet.HeaderYes, Sheet: p.Options.Sheet, Sheets: []string{}, Columns: []importColumnOut{},
		Rows: append([][]string{}, p.Sample...), RowCount: m.Rows, Exact: m.Exact, Notices: []string{}, Done: m.Done,
		Rejected: m.Rejected, Rejects: []rejectOut{}, AppName: m.AppName, CreatedAt: instant(m.CreatedAt),
	}
	if p.Kind == sheet.XLSX {
		out.Kind = "xlsx"
	}
	for _, s := range p.Sheets {
		out.Sheets = append(out.Sheets, s.Name)
	}
	for i, c := range p.Columns {
		out.Columns = append(out.Columns, importColumnOut{
			Index: i, Label: c.Label, Type: c.Type, Confidence: c.Confidence, Samples: samples(p.Sample, i), Issues: []string{},
		})
	}
	out.notices(lang, m)
	for _, r := range rejects {
		o := rejectOut{Line: r.Line, Message: reasons(lang, m, r)}
		if len(r.Problems) > 0 {
			o.Column, o.Value = m.Label(r.Problems[0].Column), r.Problems[0].Value
		}
		out.Rejects = append(out.Rejects, o)
	}
	if m.App != 0 {
		out.App = new(id.String(m.App))
	}
	if m.StartedAt.Valid {
		out.StartedAt = text(instant(m.StartedAt.Time))
	}
	if m.FinishedAt.Valid {
		out.FinishedAt = text(instant(m.FinishedAt.Time))
	}
	if m.State == transfer.Failed {
		out.Error = &importErrorOut{Message: i18n.T(lang, "import.failed", nil)}
		if m.Error != nil {
			out.Error = &importErrorOut{Code: codes[m.Error.Key], Message: words(lang, m.Error.Key, m.Error.Args)}
		}
	}
	return out
}

// notices puts what people should know where it belongs: to its column, or to the file.
func (out *importOut) notices(lang i18n.Lang, m *transfer.Import) {
	for _, n := range slices.Concat(m.Preview.Notices, m.Notices) {
		sentence := words(lang, n.Key, n.Args)
		if column := n.Column(); column >= 0 && column < len(out.Columns) {
			out.Columns[column].Issues = append(out.Columns[column].Issues, sentence)
		} else {
			out.Notices = append(out.Notices, sentence)
		}
	}
	if m.Preview.Bad > 0 {
		out.Notices = append(out.Notices, words(lang, "import.notice.badRows", map[string]any{"rows": m.Preview.Bad}))
	}
}

// samples are the first values of a column.
func samples(rows [][]string, column int) []string {
	list := []string{}
	for _, row := range rows {
		if len(list) < columnSamples && row[column] != "" {
			list = append(list, row[column])
		}
	}
	return list
}
