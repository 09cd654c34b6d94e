package server

// plantSecretSpace makes a private space without aiko, with an app in which everybody may do everything.
func (s *leakSite) plantSecretSpace() {
	s.plantSpace("root", "carl", "kakushi_space naibu_space")
	s.must("root", "PUT /k/v1/space/body.json", `{"id":1,"body":"kakushi_body naibu_body"}`)
	s.must("root", "PUT /k/v1/space/thread.json", `{"id":1,"name":"kakushi_thread","body":"kakushi_thread_body"}`)
	key := s.upload("root", "kakushi_said.txt", "text/plain", "kakushi_said_content").fileKey()
	s.must("root", "POST /k/v1/space/thread/comment.json", `{"space":1,"thread":1,"comment":{"text":"kakushi_talk","mentions":[{"code":"aiko","type":"USER"}],"files":[{"fileKey":"`+key+`"}]}}`)
	s.files["thread"] = s.call("root", "GET /api/v1/space/thread/comments?thread=1", "").fileKey()
	out := s.must("root", "POST /k/v1/preview/app.json", `{"name":"kakushi_spaced naibu_spaced","space":1,"thread":1}`)
	s.must("root", "POST /k/v1/preview/app/deploy.json", `{"apps":[{"app":`+out["app"].(string)+`}]}`)
}

// spaceSamples try to learn of a space from outside of it.
func (s *leakSite) spaceSamples() map[string][]string {
	one := []string{`{"id":1}`, `{"id":2}`}
	return map[string][]string{
		"GET /k/v1/space.json":                 one,
		"POST /k/v1/space.json":                {`{"name":"mine"}`},
		"PUT /k/v1/space.json":                 {`{"id":1,"isPrivate":false}`},
		"DELETE /k/v1/space.json":              one,
		"PUT /k/v1/space/body.json":            {`{"id":1,"body":"x"}`},
		"GET /k/v1/space/members.json":         one,
		"PUT /k/v1/space/members.json":         {`{"id":1,"members":[{"entity":{"type":"USER","code":"aiko"},"isAdmin":true}]}`},
		"POST /k/v1/space/thread.json":         {`{"space":1,"name":"x"}`},
		"PUT /k/v1/space/thread.json":          {`{"id":1,"name":"x"}`},
		"POST /k/v1/space/thread/comment.json": {`{"space":1,"thread":1,"comment":{"text":"x"}}`},
		"GET /api/v1/space/thread/comments":    {`{"thread":1}`, `{"thread":2}`},
		"GET /k/v1/spaces/statistics.json":     {`{}`},
		"POST /k/v1/template/space.json":       one,
		"PUT /k/v1/space/guests.json":          {`{"id":1,"guests":[]}`},
		"POST /k/v1/guests.json":               {`{"guests":[]}`},
		"DELETE /k/v1/guests.json":             {`{"guests":[]}`},
		"POST /k/v1/app/move.json":             {`{"app":1,"space":1}`, `{"app":2,"space":null}`},
	}
}
