package api

import (
	"context"
	"io"
	"mime/multipart"
	"strings"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/i18n"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/roster"
	"github.com/engawa/engawa/internal/transfer/sheet"
)

func (a *API) rosterRoutes() []Route {
	list := []Route{
		stream("POST", "/v1/file.json", a.uploadRoster),
		route("GET", "/v1/csv/result.json", a.getRosterResult),
		route("POST", "/v1/csv/user.json", a.importUsers),
	}
	for _, k := range roster.Kinds() {
		if k != roster.Users {
			list = append(list, route("POST", "/v1/csv/"+string(k)+".json", a.importRoster(k)))
		}
		list = append(list, stream("GET", "/v1/csv/"+string(k)+".csv", a.exportRoster(k)))
	}
	return list
}

// uploadRoster answers POST /v1/file.json: one file, in the part "file".
func (a *API) uploadRoster(ctx context.Context, rq Request) error {
	if !rq.Who.Admin() {
		return errs.E(errs.Forbidden, "auth.forbidden")
	}
	return uploaded(rq, func(part *multipart.Part, content io.Reader) (any, error) {
		key, err := a.rosters.Upload(ctx, rq.Who, part.FileName(), contentType(part.Header.Get("Content-Type"), part.FileName()), content)
		return map[string]string{"fileKey": key}, err
	})
}

type importRosterIn struct {
	FileKey Text `json:"fileKey"`
}

// importRoster answers POST /v1/csv/KIND.json.
func (a *API) importRoster(k roster.Kind) func(context.Context, access.Actor, importRosterIn) (idOut, error) {
	return func(ctx context.Context, who access.Actor, in importRosterIn) (idOut, error) {
		return a.startRoster(ctx, who, k, in.FileKey, Bool{})
	}
}

type importUsersIn struct {
	importRosterIn
	Loose Bool `json:"variableCustomItemLength"`
}

// importUsers answers POST /v1/csv/user.json.
func (a *API) importUsers(ctx context.Context, who access.Actor, in importUsersIn) (idOut, error) {
	return a.startRoster(ctx, who, roster.Users, in.FileKey, in.Loose)
}

func (a *API) startRoster(ctx context.Context, who access.Actor, k roster.Kind, key Text, loose Bool) (idOut, error) {
	var p errs.Fields
	key.need(&p, "fileKey")
	o := roster.Options{Loose: loose.or(&p, "variableCustomItemLength", false)}
	if err := p.Err(); err != nil {
		return idOut{}, err
	}
	n, err := a.rosters.Start(ctx, who, k, string(key), o)
	return idOut{id.String(n)}, err
}

type rosterResultIn struct {
	ID Int `json:"id"`
}

// rosterProblem is why a file was not taken. Line 0 is the file as a whole.
type rosterProblem struct {
	Line    string `json:"line"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

type rosterResultOut struct {
	ID        string          `json:"id"`
	Done      bool            `json:"done"`
	Success   bool            `json:"success"`
	ErrorCode *string         `json:"errorCode"`
	Errors    []rosterProblem `json:"errors"`
}

// columnsCode is kintone's for a line with too few or too many items.
const columnsCode = "SLASH_IL15"

// getRosterResult answers GET /v1/csv/result.json. Errors is ours; errorCode is the first of them in words.
// Source: cybozu.com User API.
func (a *API) getRosterResult(ctx context.Context, who access.Actor, in rosterResultIn) (rosterResultOut, error) {
	var p errs.Fields
	n := id.Import(in.ID.need(&p, "id", 1))
	out := rosterResultOut{ID: id.String(n), Errors: []rosterProblem{}}
	if err := p.Err(); err != nil {
		return out, err
	}
	r, err := a.rosters.Result(ctx, who, n)
	out.Done, out.Success = r.Done, r.Done && len(r.Problems) == 0
	for _, problem := range r.Problems {
		out.Errors = append(out.Errors, showRosterProblem(who.Lang(), problem))
	}
	if len(out.Errors) > 0 {
		out.ErrorCode = new(out.Errors[0].Code + ": " + out.Errors[0].Message)
	}
	return out, err
}

func showRosterProblem(lang i18n.Lang, problem roster.Problem) rosterProblem {
	out := rosterProblem{Line: id.String(id.Import(problem.Line)), Code: kindCodes[errs.Invalid], Message: words(lang, problem.Key, problem.Args)}
	switch {
	case problem.Key == "roster.columns":
		out.Code = columnsCode
	case problem.Line > 0:
		out.Message = i18n.T(lang, "roster.line", map[string]any{"line": problem.Line, "message": out.Message})
	}
	return out
}

// exportRoster answers GET /v1/csv/KIND.csv.
func (a *API) exportRoster(k roster.Kind) streamer {
	return func(ctx context.Context, rq Request) error {
		q := rq.R.URL.Query()
		var p errs.Fields
		o := sheet.WriterOptions{Encoding: sheet.UTF8, Raw: q.Get("raw") == "true"}
		if name := strings.ToLower(q.Get("encoding")); name != "" {
			encoding, ok := exportEncodings[name]
			if o.Encoding = encoding; !ok {
				p.Add("encoding", "param.enum")
			}
		}
		if err := p.Err(); err != nil {
			return err
		}
		f, err := a.rosters.Read(ctx, rq.Who, k)
		if err != nil {
			return err
		}
		return patiently(rq, func(rq Request) error {
			return download(rq, string(k)+".csv", func(w io.Writer) error { return f.Write(w, o) })
		})
	}
}
