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
	return []Route{route("POST", "/k/v1/search.json", a.searchAll)}
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
	if in.Query == nil {
		p.Add("query", "param.required")
	} else {
		in.Query.size(p, "query", 1, maxTerms)
	}
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
	included, excluded := readScopes(in.Scopes, "scopes", p), readScopes(in.ExcludeScopes, "excludeScopes", p)
	r.InScope = func(n id.App) bool { return (len(in.Scopes) == 0 || included(n)) && !excluded(n) }
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
	if t.Keywords == nil {
		p.Add(path+".keywords", "param.required")
	} else {
		t.Keywords.size(p, path+".keywords", 1, maxKeywords)
	}
	for i, k := range t.Keywords {
		if n := utf8.RuneCountInString(string(k)); n < 1 || n > maxKeyword {
			p.Add(at(path+".keywords", i), "param.length", errs.Args{"min": 1, "max": maxKeyword})
		}
	}
	return search.Term{Operator: string(t.Operator), Keywords: texts(t.Keywords)}
}

// readScopes returns which apps are meant. People and their messages are no apps; nothing is found there.
func readScopes(list List[searchScope], path string, p *errs.Fields) func(id.App) bool {
	list.size(p, path, 0, maxScopes)
	var every bool
	apps := map[id.App]bool{}
	for i, s := range list {
		at, index := at(path, i), at
		s.IDs.size(p, at+".ids", 0, maxScopes)
		s.Codes.size(p, at+".codes", 0, maxScopes)
		switch s.Scope {
		case "APP":
			every = every || len(s.IDs) == 0
			for j, n := range s.IDs {
				apps[n.app(p, index(at+".ids", j))] = true
			}
		case "SPACE", "PEOPLE", "MESSAGE":
		case "":
			p.Add(at+".scope", "param.required")
		default:
			p.Add(at+".scope", "param.enum")
		}
	}
	return func(n id.App) bool { return every || apps[n] }
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
