package server

// categorySamples are calls of the routes of categories, and guesses of one through those of records.
func categorySamples() map[string][]string {
	settings := []string{`{"app":1}`, `{"app":1,"lang":"en"}`, `{"app":2}`, `{"app":4}`}
	return map[string][]string{
		"GET /api/v1/app/categories":         settings,
		"GET /api/v1/preview/app/categories": settings,
		"PUT /api/v1/preview/app/categories": {`{"app":1,"enabled":false}`, `{"app":2,"categories":{"x":{"index":0}}}`},
		"PUT /api/v1/record/categories":      {`{"app":1,"id":1,"categories":[]}`, `{"app":1,"id":1,"categories":["x"]}`, `{"app":1,"id":2,"categories":[]}`, `{"app":2,"id":1,"categories":[]}`},
		"PUT /api/v1/records/categories":     {`{"app":1,"records":[{"id":1,"categories":["x"]},{"id":2,"categories":[]}]}`, `{"app":2,"records":[]}`},
	}
}

// plantCategories gives app 1 categories; which of them records are in is hidden from aiko.
func (s *leakSite) plantCategories() {
	s.must("root", "PUT /api/v1/preview/app/categories", `{"app":1,"enabled":true,"categories":{"kakushi_category":{"index":0,"children":{"kakushi_below":{"index":0}}}}}`)
}
