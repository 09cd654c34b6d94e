package server

// recalculationSamples are calls of the routes of recalculations.
func (s *leakSite) recalculationSamples() map[string][]string {
	apps := []string{`{"app":1}`, `{"app":2}`, `{"app":4}`}
	return map[string][]string{
		"GET /api/v1/app/recalculation":  apps,
		"POST /api/v1/app/recalculation": apps,
	}
}
