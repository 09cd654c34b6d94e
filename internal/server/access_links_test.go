package server

// addLinks adds the rows of what ties apps together.
func (s *accessSite) addLinks(rows map[string]row) {
	rows["GET /api/v1/record/related"] = row{readers, `{"app":1,"id":1,"field":"same"}`, false}
	rows["GET /api/v1/lookup/candidates"] = row{writers, `{"app":1,"field":"look"}`, false}
	rows["GET /api/v1/app/fields/trash"] = row{managers, `{"app":1}`, false}
	rows["POST /api/v1/app/fields/restore"] = row{managers, `{"app":1,"id":` + s.trashed + `}`, true}
	rows["POST /api/v1/lookup/refresh"] = row{managers, `{"app":1}`, false}
	rows["GET /api/v1/lookup/refresh"] = row{managers, `{"app":1,"id":` + s.refresh + `}`, false}
}
