package server

// categoryRows says who may call the routes of categories.
func categoryRows() map[string]row {
	return map[string]row{
		"GET /api/v1/app/categories":         {insiders, `{"app":1}`, false},
		"GET /api/v1/preview/app/categories": {managers, `{"app":1}`, false},
		"PUT /api/v1/preview/app/categories": {managers, `{"app":1,"enabled":false}`, false},
		"PUT /api/v1/record/categories":      {writers, `{"app":1,"id":1,"categories":["desk"]}`, false},
		"PUT /api/v1/records/categories":     {writers, `{"app":1,"records":[{"id":1,"categories":["desk"]}]}`, false},
	}
}

// plantCategories gives app 1 a category.
func (s *accessSite) plantCategories() {
	s.must("manager", "PUT /api/v1/preview/app/categories", `{"app":1,"enabled":true,"categories":{"desk":{"index":0}}}`)
}
