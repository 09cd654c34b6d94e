package server

import (
	"bytes"
	"image"
	"image/png"
	"strings"
	"testing"
)

// Who is not in a private space does not know of it, nor of the apps in it, whatever their rules say; from the next
// request on when somebody goes.
func TestPrivateSpacesAreWalls(t *testing.T) {
	scenario(t, func(s *testSite) {
		for _, code := range []string{"aiko", "ben", "chie"} {
			s.World.User(code)
		}
		s.World.Organization("head", "")
		s.World.Organization("tokyo", "head", s.World.As("chie"))
		app := s.World.App("orders", "title text")
		app.Add("title=A")
		s.token("reader", app, "view")
	}, []step{
		{call: "POST /k/v1/space.json", who: "aiko", in: `{"name":"営業"}`, has: []string{`"id":"1"`}},
		{call: "POST /k/v1/app/move.json", in: `{"app":1,"space":1}`},
		{call: "GET /k/v1/app.json", who: "ben", in: `{"id":1}`, has: []string{`"spaceId":"1"`, `"threadId":"1"`}},
		{call: "GET /k/v1/records.json", who: "ben", in: `{"app":1}`, has: []string{`"A"`}},
		{call: "PUT /k/v1/space.json", who: "ben", in: `{"id":1,"isPrivate":true}`, want: "403 CB_NO02"},
		{call: "PUT /k/v1/space.json", who: "aiko", in: `{"id":1,"isPrivate":true}`},
		{call: "GET /k/v1/space.json", who: "ben", in: `{"id":1}`, want: "404 OC_NO01"},
		{call: "GET /k/v1/records.json", who: "ben", in: `{"app":1}`, want: "403 CB_NO02"},
		{call: "GET /k/v1/record.json", who: "ben", in: `{"app":1,"id":1}`, want: "403 CB_NO02"},
		{call: "POST /k/v1/record.json", who: "ben", in: `{"app":1}`, want: "403 CB_NO02"},
		{call: "GET /k/v1/app.json", who: "ben", in: `{"id":1}`, want: "403 CB_NO02"},
		{call: "GET /k/v1/apps.json", who: "ben", in: `{}`, has: []string{`"apps":[]`}},
		{call: "GET /k/v1/apps.json", who: "aiko", in: `{"spaceIds":[1]}`, has: []string{`"orders"`}},
		{call: "GET /k/v1/records.json", who: "token reader", in: `{"app":1}`, has: []string{`"A"`}},
		{call: "GET /k/v1/records.json", in: `{"app":1}`, has: []string{`"A"`}}, // who administers the site
		{call: "PUT /k/v1/space/members.json", who: "aiko", in: `{"id":1,"members":[{"entity":{"type":"USER","code":"aiko"},"isAdmin":true},{"entity":{"type":"ORGANIZATION","code":"head"},"includeSubs":true}]}`},
		{call: "GET /k/v1/records.json", who: "chie", in: `{"app":1}`, has: []string{`"A"`}},
		{call: "GET /k/v1/space.json", who: "chie", in: `{"id":1}`, has: []string{`"memberCount":"2"`, `"name":"orders"`}},
		{call: "GET /k/v1/space/members.json", who: "chie", in: `{"id":1}`, has: []string{`{"entity":{"type":"USER","code":"chie"},"isAdmin":false,"isImplicit":true}`, `"includeSubs":true`}},
		{call: "PUT /k/v1/space/members.json", who: "aiko", in: `{"id":1,"members":[{"entity":{"type":"USER","code":"aiko"},"isAdmin":true},{"entity":{"type":"ORGANIZATION","code":"head"}}]}`},
		{call: "GET /k/v1/records.json", who: "chie", in: `{"app":1}`, want: "403 CB_NO02"},
		{call: "PUT /k/v1/space/members.json", who: "aiko", in: `{"id":1,"members":[{"entity":{"type":"USER","code":"aiko"}}]}`,
			want: "400 CB_VA01 members=スペースの管理者を1人以上指定してください。"},
		{call: "PUT /k/v1/space/members.json", who: "aiko", in: `{"id":1,"members":[{"entity":{"type":"USER","code":"zoe"},"isAdmin":true}]}`, want: "400 GAIA_IL26"},
		{call: "POST /k/v1/preview/app.json", who: "ben", in: `{"name":"x","space":1,"thread":1}`, want: "404 OC_NO01"},
		{call: "POST /k/v1/app/move.json", in: `{"app":1,"space":null}`},
		{call: "GET /k/v1/records.json", who: "ben", in: `{"app":1}`, has: []string{`"A"`}},
	})
}

// Those whom a comment in a thread names are told of it, if they may see the space.
func TestMentionsInThreads(t *testing.T) {
	eachSite(t, func(t *testing.T, s *testSite) {
		for _, code := range []string{"aiko", "ben", "chie"} {
			s.World.User(code)
		}
		s.plantSpace("aiko", "chie", "準備室")
		s.must("aiko", "POST /k/v1/space/thread/comment.json", `{"space":1,"thread":1,"comment":{"text":"内緒","mentions":[{"code":"ben","type":"USER"},{"code":"chie","type":"USER"}]}}`)
		s.must("aiko", "POST /k/v1/space.json", `{"name":"営業"}`)
		s.must("aiko", "POST /k/v1/space/thread/comment.json", `{"space":2,"thread":2,"comment":{"text":"了解","mentions":[{"code":"everyone","type":"GROUP"}]}}`)
		s.drain()
		open := `"kind":"mention","app":null,"space":{"id":"2","name":"営業","thread":"2"},"record":null,"title":"営業","text":"了解","by":{"name":"aiko","outside":false}`
		s.play([]step{
			{call: "GET /api/v1/notifications", who: "ben", in: `{}`, has: []string{open, `"toMe":true,"url":"/k/#/space/2/thread/2"`, `"unread":1`}, lacks: []string{"準備室", "内緒"}},
			{call: "GET /api/v1/notifications", who: "chie", in: `{}`, has: []string{open, `"space":{"id":"1","name":"準備室","thread":"1"}`, "内緒", `"unread":2`}},
			{call: "GET /api/v1/notifications", who: "aiko", in: `{}`, has: []string{`"notifications":[]`}},
			{call: "PUT /k/v1/space.json", who: "aiko", in: `{"id":2,"isPrivate":true}`},
			{call: "GET /api/v1/notifications", who: "ben", in: `{}`, has: []string{`"notifications":[]`, `"unread":0`}},
		})
	})
}

// Only pictures have a width; what other files are given is not looked at.
// Source: kintone REST API, "Add Thread Comment".
func TestWidthsOfFilesInThreads(t *testing.T) {
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 9, 9))); err != nil {
		t.Fatal(err)
	}
	eachSite(t, func(t *testing.T, s *testSite) {
		s.must("root", "POST /k/v1/space.json", `{"name":"room"}`)
		for _, x := range []struct{ width, text, picture string }{
			{"300", "", `"width":"300"`},
			{"99", "", "400 CB_VA01 comment.files[0].width=最小でも100以上です。"},
			{"751", "", "400 CB_VA01 comment.files[0].width=最大でも750以下です。"},
			{`"wide"`, "", "400 CB_VA01 comment.files[0].width=最小でも100以上です。"},
		} {
			for kind, want := range map[string]string{"text/plain": x.text, "image/png": x.picture} {
				key := s.upload("root", "f", kind, picture.String()).fileKey()
				a := s.call("root", "POST /k/v1/space/thread/comment.json", `{"space":1,"thread":1,"comment":{"text":"x","files":[{"fileKey":"`+key+`","width":`+x.width+`}]}}`)
				if a.Status != 200 {
					if got := a.String(); got != want {
						t.Errorf("%s of %s: got %s, want %s", x.width, kind, got, want)
					}
					continue
				}
				got := compact(s.call("root", "GET /api/v1/space/thread/comments?thread=1&limit=1", "").Body)
				if !strings.Contains(got, want) || want == "" && strings.Contains(got, "width") {
					t.Errorf("%s of %s: got %s, want %s", x.width, kind, got, want)
				}
			}
		}
	})
}

// What happens in a space, and what is left of it when it goes.
func TestSpaces(t *testing.T) {
	scenario(t, func(s *testSite) {
		s.World.User("aiko")
		s.World.User("ben")
	}, []step{
		{call: "POST /k/v1/space.json", who: "aiko", in: `{}`, want: "400 CB_VA01 name=1文字から128文字までで入力してください。"},
		{call: "POST /k/v1/space.json", who: "aiko", in: `{"name":"営業"}`},
		{call: "POST /k/v1/space/thread.json", who: "aiko", in: `{"space":1,"name":"連絡"}`, want: "400 CB_VA01"},
		{call: "PUT /k/v1/space/body.json", who: "aiko", in: `{"id":1,"body":"x"}`, want: "400 CB_VA01 id=本文は、複数のスレッドを使用するスペースにだけあります。"},
		{call: "GET /k/v1/space.json", who: "ben", in: `{"id":1}`, has: []string{`"body":null`, `"showAppList":null`, `"useMultiThread":false`, `"defaultThread":"1"`}},
		{call: "PUT /k/v1/space.json", who: "aiko", in: `{"id":1,"useMultiThread":true,"showAppList":false,"permissions":{"createApp":"ADMIN"}}`},
		{call: "PUT /k/v1/space.json", who: "aiko", in: `{"id":1,"useMultiThread":false,"fixedMember":true}`}, // there is no way back, and the rest is changed
		{call: "GET /k/v1/space.json", who: "ben", in: `{"id":1}`, has: []string{`"useMultiThread":true`, `"fixedMember":true`}},
		{call: "PUT /k/v1/space.json", who: "aiko", in: `{"id":1,"fixedMember":false}`},
		{call: "PUT /k/v1/space/body.json", who: "aiko", in: `{"id":1,"body":"<b>ようこそ</b><script>x</script>"}`},
		{call: "GET /k/v1/space.json", who: "ben", in: `{"id":1}`, has: []string{`"body":"<b>ようこそ</b>"`, `"showAppList":false`, `"showThreadList":true`, `"createApp":"ADMIN"`}},
		{call: "POST /k/v1/space/thread.json", who: "ben", in: `{"space":1,"name":"連絡"}`, want: "403 CB_NO02"},
		{call: "POST /k/v1/space/thread.json", who: "aiko", in: `{"space":1,"name":"連絡"}`, has: []string{`"id":"2"`}},
		{call: "PUT /k/v1/space/thread.json", who: "ben", in: `{"id":2,"name":"x"}`, want: "403 CB_NO02"},
		{call: "PUT /k/v1/space/thread.json", who: "aiko", in: `{"id":9,"name":"x"}`, want: "404 OC_NO02"},
		{call: "POST /k/v1/space/thread/comment.json", who: "ben", in: `{"space":1,"thread":2,"comment":{"text":"了解","mentions":[{"code":"aiko","type":"USER"}]}}`, has: []string{`"id":"1"`}},
		{call: "POST /k/v1/space/thread/comment.json", who: "ben", in: `{"space":1,"thread":2,"comment":{}}`, want: "400 CB_VA01 comment.text=必須です。"},
		{call: "POST /k/v1/space/thread/comment.json", who: "ben", in: `{"space":1,"thread":2,"comment":{"text":"x","mentions":[{"code":"zoe","type":"USER"}]}}`, want: "400 GAIA_IL26"},
		{call: "POST /k/v1/space/thread/comment.json", who: "ben", in: `{"space":2,"thread":2,"comment":{"text":"x"}}`, want: "404 OC_NO02"},
		{call: "POST /k/v1/preview/app.json", who: "ben", in: `{"name":"x","space":1,"thread":2}`, want: "403 CB_NO02"},
		{call: "POST /k/v1/preview/app.json", who: "aiko", in: `{"name":"x","space":1,"thread":9}`, want: "404 OC_NO02"},
		{call: "POST /k/v1/preview/app.json", who: "aiko", in: `{"name":"x","space":1,"thread":2}`, has: []string{`"app":"1"`}},
		{call: "POST /k/v1/preview/app/deploy.json", who: "aiko", in: `{"apps":[{"app":1}]}`},
		{call: "GET /k/v1/spaces/statistics.json", in: `{}`, has: []string{`"administratorCount":"1"`, `"memberCount":"1"`}},
		{call: "DELETE /k/v1/space.json", who: "ben", in: `{"id":1}`, want: "403 CB_NO02"},
		{call: "DELETE /k/v1/space.json", who: "aiko", in: `{"id":1}`},
		{call: "GET /k/v1/space.json", who: "aiko", in: `{"id":1}`, want: "404 OC_NO01"},
		{call: "GET /k/v1/records.json", who: "aiko", in: `{"app":1}`, want: "404 GAIA_AP01"},
		{call: "POST /k/v1/guests.json", in: `{"guests":[]}`, want: "403 CB_NO02"},
	})
}
