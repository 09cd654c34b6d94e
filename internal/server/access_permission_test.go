package server

// addPermissions adds the rows of permissions that are written live, and of what they come to.
func addPermissions(rows map[string]row) {
	for _, path := range []string{"app/acl.json", "record/acl.json", "field/acl.json"} {
		rows["PUT /k/v1/"+path] = row{managers, `{"app":1,"rights":[]}`, false}
	}
	rows["GET /k/v1/records/acl/evaluate.json"] = row{readers, `{"app":1,"ids":[1]}`, false}
}
