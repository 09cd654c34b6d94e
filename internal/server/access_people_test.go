package server

import "github.com/engawa/engawa/internal/roster"

// peopleRows are of organisations, groups and who is in them.
func (s *accessSite) peopleRows() map[string]row {
	return map[string]row{
		"PUT /v1/users/codes.json":         {admins, `{"codes":[{"currentCode":"stranger","newCode":"renamed"}]}`, false},
		"GET /v1/users/services.json":      {admins, `{}`, false},
		"PUT /v1/users/services.json":      {admins, `{"users":[{"code":"stranger","services":["kintone"]}]}`, false},
		"GET /v1/user/organizations.json":  {users, `{"code":"stranger"}`, false},
		"PUT /v1/userOrganizations.json":   {admins, `{"userOrganizations":[{"code":"stranger","organizations":[]}]}`, false},
		"GET /v1/user/groups.json":         {users, `{"code":"stranger"}`, false},
		"PUT /v1/user/groups.json":         {admins, `{"code":"stranger","groups":[]}`, false},
		"GET /v1/organizations.json":       {users, `{}`, false},
		"POST /v1/organizations.json":      {admins, `{"organizations":[{"code":"new","name":"New"}]}`, false},
		"PUT /v1/organizations.json":       {admins, `{"organizations":[{"code":"head","name":"New"}]}`, false},
		"DELETE /v1/organizations.json":    {admins, `{"codes":["head"]}`, false},
		"PUT /v1/organizations/codes.json": {admins, `{"codes":[{"currentCode":"head","newCode":"top"}]}`, false},
		"GET /v1/organization/users.json":  {users, `{"code":"head"}`, false},
		"GET /v1/groups.json":              {users, `{}`, false},
		"POST /v1/groups.json":             {admins, `{"groups":[{"code":"new","name":"New"}]}`, false},
		"PUT /v1/groups.json":              {admins, `{"groups":[{"code":"choir","name":"New"}]}`, false},
		"DELETE /v1/groups.json":           {admins, `{"codes":["choir"]}`, false},
		"PUT /v1/groups/codes.json":        {admins, `{"codes":[{"currentCode":"choir","newCode":"singers"}]}`, false},
		"GET /v1/group/users.json":         {users, `{"code":"choir"}`, false},
		"PUT /v1/group/users.json":         {admins, `{"code":"choir","users":["stranger"]}`, false},
		"GET /api/v1/principals/suggest":   {users, `{"query":"e"}`, false},
	}
}

// rosterRows are of files of people.
func (s *accessSite) rosterRows() map[string]row {
	rows := map[string]row{
		"POST /v1/file.json":      {admins, "", false},
		"GET /v1/csv/result.json": {admins, `{"id":` + s.roster + `}`, false},
	}
	for _, kind := range roster.Kinds() {
		rows["POST /v1/csv/"+string(kind)+".json"] = row{admins, `{"fileKey":"` + s.people + `"}`, false}
		rows["GET /v1/csv/"+string(kind)+".csv"] = row{admins, "?encoding=utf-8", false}
	}
	return rows
}
