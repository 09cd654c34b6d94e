package api

import (
	"encoding/base64"
	"encoding/json"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/search"
)

func (a *API) searchRoutes() []Route {
	return []Route{
		route("POST", "/k/v1/search.json", a.searchAll),
		route("POST", "/k/guest/v1/search.json", a.searchGuestSpaces),
	}
}

type searchTerm struct {
	Operator Text       `json:"operator"` // AND, OR, NOT
	Keywords List[Text] `json:"keywords"`
}

type searchScope struct {
	Scope Text       `json:"scope"` // APP, SPACE, PEOPLE, MESSAGE
	IDs   List[Int]  `json:"ids"`
	Codes List[Text] `json:"codes"`
}

type searchSort struct {
	By    Text `json:"by"`    // RELEVANCE, CREATED_AT
	Order Text `json:"order"` // ASC, DESC
}

type searchIn struct {
	Query         List[searchTerm]  `json:"query"`
	Types         List[Text]        `json:"types"`
	Scopes        List[searchScope] `json:"scopes"`
	ExcludeScopes List[searchScope] `json:"excludeScopes"`
	CreatedAfter  Text              `json:"createdAfter"`
	CreatedBefore Text              `json:"createdBefore"`
	Creators      List[Text]        `json:"creators"`
	Sort          searchSort        `json:"sort"`
	Limit         Int               `json:"limit"`
	PageToken     Text              `json:"pageToken"`
}

// Limits of one search.
// Source: kintone REST API, "Search".
const (
	maxTerms       = 20
	maxKeywords    = 20
	maxKeyword     = 50 // characters
	maxScopes      = 20
	maxSearchPage  = 100
	searchPageSize = 20
)

var searchTypes = []Text{"RECORD", "RECORD_COMMENT", "SPACE", "THREAD", "THREAD_COMMENT", "PEOPLE_COMMENT", "MESSAGE_COMMENT", "ATTACHMENT"}

// read checks the request. The most relevant is what is newest.
func (in *searchIn) read(p *errs.Fields) search.Request {
	r := search.Request{Creators: texts(in.Creators), Oldest: in.Sort.Order == "ASC", Limit: int(in.Limit.within(p, "limit", searchPageSize, 1, maxSearchPage))}
	in.Query.need(p, "query", 1, maxTerms)
	total := 0
	for i, t := range in.Query {
		r.Terms = append(r.Terms, t.read(p, at("query", i)))
		total += len(t.Keywords)
	}
	if total > maxKeywords {
		p.Add("query", "search.tooManyKeywords", errs.Args{"max": maxKeywords})
	}
	for i, t := range in.Types {
		if !slices.Contains(searchTypes, t) {
			p.Add(at("types", i), "param.enum")
		}
	}
	meant := func(t Text) bool { return len(in.Types) == 0 || slices.Contains(in.Types, t) }
	r.Records, r.Files, r.Comments = meant("RECORD"), meant("ATTACHMENT"), meant("RECORD_COMMENT")
	r.Spaces, r.Threads, r.ThreadComments = meant("SPACE"), meant("THREAD"), meant("THREAD_COMMENT")
	included, excluded := readScopes(in.Scopes, "scopes", p), readScopes(in.ExcludeScopes, "excludeScopes", p)
	r.Scope = func(app id.App, in id.Space) bool {
		return (included == nil || included(app, in)) && (excluded == nil || !excluded(app, in))
	}
	r.After, r.Before = readInstant(in.CreatedAfter, "createdAfter", p), readInstant(in.CreatedBefore, "createdBefore", p)
	switch in.Sort.By {
	case "", "RELEVANCE":
		if in.Sort.Order == "ASC" {
			p.Add("sort.order", "param.enum")
		}
	case "CREATED_AT":
	default:
		p.Add("sort.by", "param.enum")
	}
	if o := in.Sort.Order; o != "" && o != "ASC" && o != "DESC" {
		p.Add("sort.order", "param.enum")
	}
	if in.PageToken != "" {
		r.From = new(search.Place)
		doc, err := base64.RawURLEncoding.DecodeString(string(in.PageToken))
		if err != nil || json.Unmarshal(doc, r.From) != nil {
			p.Add("pageToken", "search.pageToken")
		}
	}
	return r
}

func (t searchTerm) read(p *errs.Fields, path string) search.Term {
	switch t.Operator {
	case "AND", "OR", "NOT":
	case "":
		p.Add(path+".operator", "param.required")
	default:
		p.Add(path+".operator", "param.enum")
	}
	t.Keywords.need(p, path+".keywords", 1, maxKeywords)
	for i, k := range t.Keywords {
		if n := utf8.RuneCountInString(string(k)); n < 1 || n > maxKeyword {
			p.Add(at(path+".keywords", i), "param.length", errs.Args{"min": 1, "max": maxKeyword})
		}
	}
	return search.Term{Operator: string(t.Operator), Keywords: texts(t.Keywords)}
}

// readScopes returns what is in any of the scopes: apps, and spaces with the apps that are kept there; nil when there are no
// scopes. People and their messages are not there yet, so nothing is found in them.
func readScopes(list List[searchScope], path string, p *errs.Fields) func(app id.App, in id.Space) bool {
	list.size(p, path, 0, maxScopes)
	if len(list) == 0 {
		return nil
	}
	var everyApp, everySpace bool
	apps, spaces := map[id.App]bool{}, map[id.Space]bool{}
	for i, s := range list {
		path := at(path, i)
		s.IDs.size(p, path+".ids", 0, maxScopes)
		s.Codes.size(p, path+".codes", 0, maxScopes)
		switch s.Scope {
		case "APP":
			everyApp = everyApp || len(s.IDs) == 0
			for j, n := range s.IDs {
				apps[n.app(p, at(path+".ids", j))] = true
			}
			s.without(len(s.Codes), path+".codes", p)
		case "SPACE":
			everySpace = everySpace || len(s.IDs) == 0
			for j, n := range s.IDs {
				spaces[id.Space(n.need(p, at(path+".ids", j), 1))] = true
			}
			s.without(len(s.Codes), path+".codes", p)
		case "PEOPLE", "MESSAGE":
			s.without(len(s.IDs), path+".ids", p)
		case "":
			p.Add(path+".scope", "param.required")
		default:
			p.Add(path+".scope", "param.enum")
		}
	}
	return func(app id.App, in id.Space) bool {
		return app != 0 && (everyApp || apps[app]) || in != 0 && (everySpace || spaces[in])
	}
}

// without notes members that do not go with a kind of scope.
func (s searchScope) without(n int, path string, p *errs.Fields) {
	if n > 0 {
		p.Add(path, "search.scopeMember", errs.Args{"scope": string(s.Scope)})
	}
}

func readInstant(s Text, path string, p *errs.Fields) time.Time {
	if s == "" {
		return time.Time{}
	}
	t, err := time.Parse(time.RFC3339, string(s))
	if err != nil {
		p.Add(path, "field.notDateTime")
	}
	return t
}
