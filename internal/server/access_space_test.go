package server

// spaceRows are for the private space that manager made, in which viewer is.
func spaceRows() map[string]row {
	const in, admins, everyUser = "vma", "ma", users
	return map[string]row{
		"GET /k/v1/space.json":                 {in, `{"id":1}`, false},
		"POST /k/v1/space.json":                {everyUser, `{"name":"mine"}`, false},
		"PUT /k/v1/space.json":                 {admins, `{"id":1,"name":"renamed"}`, false},
		"DELETE /k/v1/space.json":              {admins, `{"id":1}`, true},
		"PUT /k/v1/space/body.json":            {admins, `{"id":1,"body":"x"}`, false},
		"GET /k/v1/space/members.json":         {in, `{"id":1}`, false},
		"PUT /k/v1/space/members.json":         {admins, `{"id":1,"members":[{"entity":{"type":"USER","code":"manager"},"isAdmin":true}]}`, false},
		"POST /k/v1/space/thread.json":         {in, `{"space":1,"name":"talk"}`, false},
		"PUT /k/v1/space/thread.json":          {admins, `{"id":1,"name":"talk"}`, false},
		"POST /k/v1/space/thread/comment.json": {in, `{"space":1,"thread":1,"comment":{"text":"x"}}`, false},
		"GET /api/v1/space/thread/comments":    {in, `{"thread":1}`, false},
		"GET /k/v1/spaces/statistics.json":     {"a", `{}`, false},
		"POST /k/v1/template/space.json":       {"", `{"id":1}`, false},
		"PUT /k/v1/space/guests.json":          {"", `{"id":1,"guests":[]}`, false},
		"POST /k/v1/guests.json":               {"", `{"guests":[]}`, false},
		"DELETE /k/v1/guests.json":             {"", `{"guests":["x@example.com"]}`, false},
		"POST /k/v1/app/move.json":             {admins, `{"app":1,"space":null}`, false},
	}
}

// plantSpace makes the space of spaceRows.
func (s *testSite) plantSpace(admin, member, name string) {
	s.must(admin, "POST /k/v1/space.json", `{"name":"`+name+`"}`)
	s.must(admin, "PUT /k/v1/space.json", `{"id":1,"isPrivate":true,"useMultiThread":true}`)
	s.must(admin, "PUT /k/v1/space/members.json", `{"id":1,"members":[{"entity":{"type":"USER","code":"`+admin+`"},"isAdmin":true},{"entity":{"type":"USER","code":"`+member+`"}}]}`)
}
