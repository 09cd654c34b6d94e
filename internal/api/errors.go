package api

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"

	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/i18n"
)

// statuses are the HTTP statuses of the kinds.
var statuses = map[errs.Kind]int{
	errs.Internal: http.StatusInternalServerError, errs.Invalid: http.StatusBadRequest,
	errs.Unauthenticated: http.StatusUnauthorized, errs.Forbidden: http.StatusForbidden, errs.NotFound: http.StatusNotFound,
	errs.Conflict: http.StatusConflict, errs.TooLarge: http.StatusRequestEntityTooLarge,
	errs.Busy: http.StatusBadRequest, errs.TooMany: http.StatusTooManyRequests,
}

// codes are kintone's codes by message key; keys that kintone has no code for get their kind's.
// Source: kintone REST behaviour, error code catalogue.
var codes = map[string]string{
	errs.Validation:   "CB_VA01",
	"request.notJSON": "CB_IJ01", "request.illegal": "CB_IL02", "request.contentType": "CB_IL02", "request.cut": "CB_IL02",

	"auth.required": "CB_AU01", "auth.wrongPassword": "CB_WA01", "auth.wrongLogin": "CB_WA01", "auth.csrf": "CB_CR01",
	"auth.bearer": "CB_OA01", "auth.tokenUnknown": "GAIA_IA02", "auth.tokenDuplicate": "GAIA_DA03", "auth.tokenRight": "GAIA_NO01",
	"auth.tokenTooMany": "GAIA_IA02", "auth.tokenInQuery": "CB_IL02", "auth.locked": "CB_WA02",
	"forbidden": "CB_NO02", "auth.forbidden": "CB_NO02",

	"app.notFound": "GAIA_AP01", "app.conflict": "GAIA_CO03", "app.unknownField": "GAIA_FC01", "app.viewKey": "GAIA_IN01",
	"app.codeNotFound": "GAIA_AP01", "app.actionKey": "GAIA_IN01",
	"app.stateKey": "GAIA_IN01", "app.categoryKey": "GAIA_IN01", "entity.unknownItem": "GAIA_IL26",
	"process.off": "GAIA_ST02", "process.moved": "GAIA_IL03", "process.notYours": "GAIA_NT01", "process.assigneeNeeded": "GAIA_SA01",
	"process.assigneeRefused": "GAIA_SA04", "process.unknownAssignee": "GAIA_IL26",
	"entity.unknownUser": "GAIA_IL26", "entity.unknownOrganization": "GAIA_IL26", "entity.unknownGroup": "GAIA_IL26",
	"app.reportKey":   "GAIA_IN01",
	"lookup.notFound": "GAIA_LO04", "lookup.several": "GAIA_LO04", "app.lookupNotUnique": "GAIA_LO03", "app.lookupInUse": "GAIA_LO02",
	"app.keyInUse":    "GAIA_LO03",
	"app.systemField": "GAIA_FC01", "app.badFormula": "GAIA_IL01", "app.tooManyApps": "GAIA_TO03",
	"record.notFound": "GAIA_RE01", "record.keyNotFound": "GAIA_RE20", "record.conflict": "GAIA_CO02",
	"record.fieldReadOnly": "GAIA_FU01", "record.systemNeedsManage": "GAIA_BF02", "record.systemField": "GAIA_UN10",
	"record.keyNotUnique": "GAIA_IQ27",

	"permission.unknownUser": "GAIA_IL26", "permission.unknownGroup": "GAIA_IL26", "permission.unknownOrganization": "GAIA_IL26",

	"comment.notFound": "GAIA_RE02", "comment.notYours": "GAIA_RE03", "comment.disabled": "GAIA_RE12", "comment.unknownUser": "GAIA_IL26",
	"file.notFound":  "GAIA_BL01",
	"space.notFound": "OC_NO01", "space.threadNotFound": "OC_NO02", "space.unknownMember": "GAIA_IL26",
	"cursor.tooMany": "GAIA_TM12", "cursor.notFound": "GAIA_CU01", "request.tooMany": "GAIA_TO04",

	"query.limit": "GAIA_QU01", "query.offset": "GAIA_QU02", "query.unknownField": "GAIA_IQ11", "query.operator": "GAIA_IQ03",
	"query.tableOperator": "GAIA_IQ07", "query.option": "GAIA_IQ10", "query.relatedField": "GAIA_IR02", "query.monthDay": "GAIA_IQ23",
	"query.unit": "GAIA_IQ25", "query.functionArgs": "GAIA_IL08", "query.unknownUser": "GAIA_IL26", "query.unknownOrganization": "GAIA_IL26", "query.unknownGroup": "GAIA_IL26", "query.order": "GAIA_IQ03",
	"query.function": "GAIA_IQ03", "query.value": "GAIA_IQ09",
}

// kindCodes are for keys of ours that kintone has no code for.
var kindCodes = map[errs.Kind]string{
	errs.Internal: "CB_SE01", errs.Invalid: "CB_VA01", errs.Unauthenticated: "CB_AU01", errs.Forbidden: "CB_NO02",
	errs.NotFound: "CB_NF01", errs.Conflict: "CB_CO01", errs.TooLarge: "CB_TL01",
	errs.Busy: "GAIA_DA02", errs.TooMany: "GAIA_TO04",
}

// problemBody is an error as it is told: kintone's body, with its status.
type problemBody struct {
	Status  int                      `json:"-"`
	Retry   string                   `json:"-"` // Retry-After, in seconds
	Code    string                   `json:"code"`
	ID      string                   `json:"id"`
	Message string                   `json:"message"`
	Key     string                   `json:"-"`
	Errors  map[string]problemFields `json:"errors,omitempty"`
}

type problemFields struct {
	Messages []string `json:"messages"`
}

// problem puts err into words. An error that nobody can act on becomes one sentence with the request's id.
func problem(lang i18n.Lang, err error, id string) problemBody {
	e, ok := errs.As(err)
	if !ok || e.Kind == errs.Internal {
		return problemBody{
			Status: http.StatusInternalServerError, Code: kindCodes[errs.Internal], ID: id,
			Message: i18n.T(lang, "internal", map[string]any{"id": id}),
		}
	}
	p := problemBody{Status: statuses[e.Kind], Code: codes[e.Key], ID: id, Key: e.Key}
	if p.Code == "" {
		p.Code = kindCodes[e.Kind]
	}
	if s, ok := e.Args["seconds"]; ok && e.Kind == errs.TooMany {
		p.Retry = fmt.Sprint(s)
	}
	// A malformed query is told as a problem of the parameter "query".
	if e.Key == "query.syntax" {
		e = &errs.Error{Kind: errs.Invalid, Key: errs.Validation, Fields: []errs.Problem{{Path: "query", Key: e.Key, Args: e.Args}}}
		p.Code = codes[errs.Validation]
	}
	p.Message = words(lang, e.Key, e.Args)
	for _, f := range inOrder(lang, e.Fields) {
		if p.Errors == nil {
			p.Errors = map[string]problemFields{}
		}
		list := p.Errors[f.Path]
		list.Messages = append(list.Messages, words(lang, f.Key, f.Args))
		p.Errors[f.Path] = list
	}
	return p
}

// inOrder is how problems are told: that a parameter is left out last in English, first in Japanese.
// Source: kintone REST behaviour, parameter messages.
func inOrder(lang i18n.Lang, list []errs.Problem) []errs.Problem {
	if lang != i18n.En {
		return list
	}
	isRequired := func(p errs.Problem) bool { return p.Key == "param.required" }
	required := slices.DeleteFunc(slices.Clone(list), func(p errs.Problem) bool { return !isRequired(p) })
	return append(slices.DeleteFunc(slices.Clone(list), isRequired), required...)
}

// words fills in what the message of a key needs and its maker did not say.
func words(lang i18n.Lang, key string, args errs.Args) string {
	if v, ok := args["max"].(int); ok && v >= 10_000 {
		args = maps.Clone(args)
		args["max"] = grouped(int64(v))
	}
	for name, v := range args {
		if reason, ok := v.(*errs.Error); ok {
			args = maps.Clone(args)
			args[name] = words(lang, reason.Key, reason.Args)
		}
	}
	return i18n.T(lang, key, args)
}

func (p problemBody) write(w http.ResponseWriter) {
	b, err := json.Marshal(p)
	if err != nil {
		b = []byte(`{}`) // strings and maps of strings always marshal
	}
	p.send(w, b)
}

// send answers with p's status and headers, and the body given.
func (p problemBody) send(w http.ResponseWriter, b []byte) {
	h := w.Header()
	h["Content-Type"] = jsonType
	h.Set("Cache-Control", "no-cache, no-store, must-revalidate")
	h.Set("X-Cybozu-Error", p.Code)
	if p.Key != "" {
		h.Set("X-Engawa-Error", p.Key)
	}
	if p.Retry != "" {
		h.Set("Retry-After", p.Retry)
	}
	h.Set("Content-Length", strconv.Itoa(len(b)))
	w.WriteHeader(p.Status)
	_, _ = w.Write(b)
}
