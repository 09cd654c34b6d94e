package server

import "github.com/engawa/engawa/internal/roster"

// peopleSamples try to learn of other people more than what they are called and where they are.
func (s *leakSite) peopleSamples() map[string][]string {
	carl := []string{`{"code":"carl"}`, `{"code":"kakushi"}`}
	return map[string][]string{
		"PUT /v1/users/codes.json":         {`{"codes":[{"currentCode":"carl","newCode":"x"}]}`},
		"GET /v1/users/services.json":      {`{}`, `{"codes":["carl"]}`},
		"PUT /v1/users/services.json":      {`{"users":[{"code":"carl","services":[]}]}`},
		"GET /v1/user/organizations.json":  carl,
		"PUT /v1/userOrganizations.json":   {`{"userOrganizations":[{"code":"carl","organizations":[]}]}`},
		"GET /v1/user/groups.json":         carl,
		"PUT /v1/user/groups.json":         {`{"code":"carl","groups":[]}`, `{"code":"aiko","groups":["Administrators"]}`},
		"GET /v1/organizations.json":       {`{}`, `{"codes":["secret"]}`},
		"POST /v1/organizations.json":      {`{"organizations":[{"code":"x","name":"x","parentCode":"office"}]}`},
		"PUT /v1/organizations.json":       {`{"organizations":[{"code":"office","name":"x"}]}`},
		"DELETE /v1/organizations.json":    {`{"codes":["office"]}`},
		"PUT /v1/organizations/codes.json": {`{"codes":[{"currentCode":"office","newCode":"x"}]}`},
		"GET /v1/organization/users.json":  {`{"code":"office"}`},
		"GET /v1/groups.json":              {`{}`, `{"codes":["Administrators"]}`},
		"POST /v1/groups.json":             {`{"groups":[{"code":"x","name":"x"}]}`},
		"PUT /v1/groups.json":              {`{"groups":[{"code":"circle","name":"x"}]}`},
		"DELETE /v1/groups.json":           {`{"codes":["circle"]}`},
		"PUT /v1/groups/codes.json":        {`{"codes":[{"currentCode":"circle","newCode":"x"}]}`},
		"GET /v1/group/users.json":         {`{"code":"circle"}`, `{"code":"Administrators"}`, `{"code":"everyone"}`},
		"PUT /v1/group/users.json":         {`{"code":"circle","users":["aiko"]}`, `{"code":"Administrators","users":["aiko"]}`},
		"GET /api/v1/principals/suggest":   {`{"query":"kakushi"}`, `{"query":"carl"}`, `{"query":""}`},
	}
}

func (s *leakSite) rosterSamples() map[string][]string {
	m := map[string][]string{"POST /v1/file.json": {`{}`}, "GET /v1/csv/result.json": {`{"id":1}`, `{"id":2}`}}
	for _, kind := range roster.Kinds() {
		m["POST /v1/csv/"+string(kind)+".json"] = []string{`{"fileKey":"none"}`}
		m["GET /v1/csv/"+string(kind)+".csv"] = []string{"?encoding=utf-8", "?raw=true"}
	}
	return m
}
