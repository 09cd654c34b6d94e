package server

// permissionSamples are calls that would give rights, or tell of them.
func permissionSamples(m map[string][]string) {
	everyone := `{"type":"GROUP","code":"everyone"}`
	for path, right := range map[string]string{
		"app/acl.json":    `{"entity":` + everyone + `,"recordViewable":true}`,
		"record/acl.json": `{"filterCond":"","entities":[{"entity":` + everyone + `,"viewable":true}]}`,
		"field/acl.json":  `{"code":"kakushi_field","entities":[{"accessibility":"READ","entity":` + everyone + `,"filterCond":"kakushi_field = \"kakushi_later\""}]}`,
	} {
		m["PUT /k/v1/"+path] = []string{`{"app":1,"rights":[` + right + `]}`, `{"app":2,"rights":[` + right + `]}`, `{"app":4,"rights":[` + right + `]}`}
	}
	m["GET /k/v1/records/acl/evaluate.json"] = []string{`{"app":1,"ids":[1]}`, `{"app":1,"ids":[1,2]}`, `{"app":1,"ids":[3]}`, `{"app":2,"ids":[1]}`}
}
