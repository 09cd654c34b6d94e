package server

// recalculationRows says who may call the routes of recalculations.
func (s *accessSite) recalculationRows() map[string]row {
	return map[string]row{
		"GET /api/v1/app/recalculation":  {insiders, `{"app":1}`, false},
		"POST /api/v1/app/recalculation": {managers, `{"app":1}`, false},
	}
}
