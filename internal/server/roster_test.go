package server

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"golang.org/x/text/encoding/japanese"
)

// take imports a file of people as root, and returns what became of it: "done", or the problems.
func (s *testSite) take(kind, content string) string {
	s.T.Helper()
	sent := s.do(s.uploadRequest("root", "POST /v1/file.json", "people.csv", "text/csv", content))
	if sent.Status != http.StatusOK {
		return sent.String()
	}
	started := s.call("root", "POST /v1/csv/"+kind+".json", `{"fileKey":"`+sent.fileKey()+`"}`)
	if started.Status != http.StatusOK {
		return started.String()
	}
	s.drain()
	var out struct {
		Done, Success bool
		ErrorCode     *string
		Errors        []struct{ Line, Message string }
	}
	var n struct{ ID string }
	for into, a := range map[any]answer{&n: started} {
		if err := json.Unmarshal(a.Body, into); err != nil {
			s.T.Fatal(err)
		}
	}
	result := s.call("root", "GET /v1/csv/result.json?id="+n.ID, "")
	if err := json.Unmarshal(result.Body, &out); err != nil || !out.Done || out.Success != (out.ErrorCode == nil) {
		s.T.Fatalf("%s: %v %s", kind, err, result.Body)
	}
	if out.Success {
		return "done"
	}
	list := make([]string, len(out.Errors))
	for i, e := range out.Errors {
		list[i] = e.Line + " " + e.Message
	}
	return strings.Join(list, "; ")
}

func (s *testSite) file(kind, query string) string {
	s.T.Helper()
	a := s.call("root", "GET /v1/csv/"+kind+".csv"+query, "")
	if a.Status != http.StatusOK {
		s.T.Errorf("%s: %s", kind, a)
	}
	return string(a.Body)
}

// user is a line of a file of users.
func user(code, name, password, mail, about string) string {
	return strings.Join([]string{code, name, "*", password, "*", "*", "*", "*", "*", "*", mail, "1", "ja", "Asia/Tokyo", "*", "*", "*", "*", "*", "2020-04-01", "*", about, "7", "*", "*"}, ",") + "\r\n"
}

// Every file that is written can be taken in again, and changes nothing then.
func TestPeopleAsFiles(t *testing.T) {
	eachSite(t, func(t *testing.T, s *testSite) {
		steps := []struct{ kind, content, want string }{
			{"organization", "head,本社,*,Head office,en,,\nsales,\"営業, 部\",,,,head,\"two\nlines\"\n", "done"},
			{"title", "boss,部長,*,*,*\nold,昔,*,,\n", "done"},
			{"group", "choir,合唱団,*,static,歌う,*\nrule,規則,*,dynamic,,\n", "done"},
			{"user", "\xef\xbb\xbf" + user("aiko", "青木", "correct horse 1", "aiko@example.com", "=1+1") + user("ben", "Ben", "*", "", "*"), "done"},
			{"userOrganizations", "aiko,sales,boss,head\nben\n", "done"},
			{"userGroups", "aiko,choir\nben,,\n", "done"},
			{"userServices", "aiko,ki,gr\nben\n", "done"},
			{"title", "old,*,*,*,1\nboss,*,chief,*,*\n", "done"},
		}
		for _, st := range steps {
			if got := s.take(st.kind, st.content); got != st.want {
				t.Errorf("%s %q: %s", st.kind, st.content, got)
			}
		}
		for kind, want := range map[string]string{
			"organization":      "head,本社,*,Head office,en,,\r\nsales,\"営業, 部\",*,,,head,\"two\nlines\"\r\n",
			"title":             "chief,部長,*,,*\r\n",
			"group":             "choir,合唱団,*,static,歌う,*\r\nrule,規則,*,dynamic,,*\r\n",
			"userOrganizations": "root\r\naiko,sales,chief,head,\r\nben\r\n",
			"userGroups":        "root\r\naiko,choir\r\nben\r\n",
			"userServices":      "root,ki\r\naiko,gr,ki\r\nben\r\n",
		} {
			if got := s.file(kind, ""); got != want {
				t.Errorf("%s: %q", kind, got)
			}
		}
		all := s.file("user", "")
		if !strings.Contains(all, "aiko,青木,*,*,,,,,,,aiko@example.com,1,ja,Asia/Tokyo,,,,,,2020-04-01,,'=1+1,7,,\r\n") {
			t.Errorf("users: %q", all)
		}
		if raw := s.file("user", "?raw=true"); !strings.Contains(raw, ",=1+1,") || strings.Contains(all+raw, "horse") || strings.Contains(all+raw, "argon") {
			t.Errorf("users, raw: %q", raw)
		}
		for _, kind := range []string{"organization", "title", "group", "user", "userOrganizations", "userGroups", "userServices"} {
			before := s.file(kind, "")
			if got := s.take(kind, before); got != "done" || s.file(kind, "") != before {
				t.Errorf("%s again: %s, %q", kind, got, s.file(kind, ""))
			}
		}
		s.play([]step{
			{call: "POST /api/v1/login", in: `{"login":"aiko","password":"correct horse 1"}`},
			{call: "POST /api/v1/login", in: `{"login":"ben","password":""}`, want: "401 CB_WA01"},
			{call: "GET /v1/users.json?codes[0]=aiko", has: []string{`"description":"=1+1"`, `"sortOrder":"7"`}},
		})
	})
}

// Custom items stand behind the other columns, in the order of their codes.
func TestCustomItemsInFiles(t *testing.T) {
	s := newTestSite(t)
	s.World.User("aiko")
	s.must("root", "PUT /v1/users.json", `{"users":[{"code":"aiko","customItemValues":[{"code":"hobby","value":"go"},{"code":"boss","value":"root"}]}]}`)
	if got := s.file("user", ""); !strings.Contains(got, ",,root,go\r\n") {
		t.Errorf("%q", got)
	}
	line := strings.TrimSpace(user("aiko", "*", "*", "*", "*"))
	if got := s.take("user", line); got != "1 1行目の項目の数が足りないか、多すぎます。" {
		t.Error(got)
	}
	if got := s.take("user", line+",,tea\n"); got != "done" || !strings.HasSuffix(s.file("user", ""), ",tea\r\n") {
		t.Errorf("%s %q", got, s.file("user", ""))
	}
	key := s.do(s.uploadRequest("root", "POST /v1/file.json", "a.csv", "text/csv", line)).fileKey()
	s.must("root", "POST /v1/csv/user.json", `{"fileKey":"`+key+`","variableCustomItemLength":true}`)
	s.drain()
	if got := s.file("user", ""); !strings.HasSuffix(got, ",tea\r\n") {
		t.Errorf("what is not in the file stays: %q", got)
	}
	s.play([]step{{call: "POST /v1/csv/user.json", in: `{"fileKey":"` + key + `"}`, want: "404 GAIA_BL01"}}) // used up: passwords may have been in it
}

// Attack case 82.
func TestBadFilesOfPeople(t *testing.T) {
	eachSite(t, func(t *testing.T, s *testSite) {
		s.World.User("aiko")
		s.World.Organization("head", "", s.World.As("aiko"))
		s.World.Group("choir", s.World.As("aiko"))
		sjis, err := japanese.ShiftJIS.NewEncoder().String("head,本社営業部,*,*,*,*,東京都千代田区の本社です\n")
		if err != nil {
			t.Fatal(err)
		}
		deep := "d0,x,*,,,,\n"
		for i := range 10_000 {
			deep += fmt.Sprintf("d%d,x,*,,,d%d,\n", i+1, i)
		}
		for _, tc := range []struct{ kind, content, want string }{
			{"organization", "head,本社\n", "1 1行目の項目の数が足りないか、多すぎます。"},
			{"organization", "head,本社,*,*,*,*,*,*\n", "1 1行目の項目の数が足りないか、多すぎます。"},
			{"organization", "", "0 ファイルに何も入っていません。"},
			{"organization", "\n\n", "0 ファイルに何も入っていません。"},
			{"organization", "head,本社,*,*,*,*,*\nx,\"open,*,*,*,*,*\nchoir,y,*,,,,\n", "2 2行目：引用符(\")が閉じていません。"},
			{"organization", "head,本社,*,,,,\na,A,*,,,none,\n,B,*,,,,\nhead,x,*,,,,\n", "4 4行目：head が重複して指定されています。"},
			{"organization", "head,本社,*,,,,\na,A,*,,,none,\n,B,*,,,,\n", "2 2行目：指定した組織（コード：none）が見つかりません。; 3 3行目：必須です。"},
			{"organization", "head,本社,*,,,b,\na,A,*,,,head,\nb,B,*,,,a,\n", "1 1行目：指定した組織（コード：b）が見つかりません。"},
			{"organization", "a,A,new,,,,\nhead,本社,*,,,,\n", "1 1行目：新しいコードは、すでに登録されているものにだけ指定できます。"},
			{"user", user("aiko", "", "*", "x", "*") + user("x:y", "x", "short", "*", "*"), "1 1行目：必須です。; 1 1行目：メールアドレスの形式が正しくありません。; 2 2行目：ログイン名の前後に空白は使えません。また、「\\ [ ] \" : ; < > , /」を含めることはできません。; 2 2行目：パスワードは8文字以上にしてください。"},
			{"user", "root" + strings.Repeat(",*", 23) + ",1\n", "0 有効な管理者が1人もいなくなるため、この変更はできません。先に別のユーザーを管理者にしてください。"},
			{"userOrganizations", "aiko,head,boss\nnobody,head\n", "2 2行目：指定したユーザー（code: nobody）が見つかりません。"},
			{"userOrganizations", "aiko,head,boss\n", "1 1行目：指定した役職（コード：boss）が見つかりません。"},
			{"userGroups", "aiko,Administrators,none\n", "1 1行目：グループ Administrators はあらかじめ用意されたグループです。所属するユーザーはユーザーの設定で決まり、変更できません。; 1 1行目：指定したグループ（コード：none）が見つかりません。"},
			{"userServices", "aiko,xx\n", "1 1行目：サービス xx はありません。"},
			{"group", "choir,x,*,dynamic,,\n", "1 1行目：グループの種別は変更できません。"},
			{"group", "none,x,*,static,,1\n", "1 1行目：指定したグループ（コード：none）が見つかりません。"},
			{"title", "none,*,*,*,1\n", "1 1行目：指定した役職（コード：none）が見つかりません。"},
			{"organization", sjis, "done"},
		} {
			if got := s.take(tc.kind, tc.content); got != tc.want {
				t.Errorf("%s %.60q:\n got %s\nwant %s", tc.kind, tc.content, got, tc.want)
			}
		}
		if got := s.take("organization", "head,x,*,,,,\n"+deep); !strings.HasPrefix(got, "102 102行目：組織の階層は最大100階層までです。") {
			t.Errorf("deep: %.200s", got)
		}
		if got, want := s.file("organization", ""), "head,本社営業部,*,,,,東京都千代田区の本社です\r\n"; got != want {
			t.Errorf("%q", got)
		}
		if got, want := s.file("organization", "?encoding=shift_jis"), strings.Replace(sjis, "*,*,*,*,", "*,,,,", 1); got != strings.TrimSpace(want)+"\r\n" {
			t.Errorf("%q", got)
		}
		if got := s.file("userGroups", "?encoding=utf-8-bom"); got != "\xef\xbb\xbfroot\r\naiko,choir\r\n" {
			t.Errorf("%q", got)
		}
	})
}

// Files go on under whoever sent them, as he is when they are read.
func TestWhoSendsFilesOfPeople(t *testing.T) {
	s := newTestSite(t)
	s.World.User("boss")
	s.must("root", "PUT /v1/users.json", `{"users":[{"code":"boss","admin":true}]}`)
	s.must("root", "PUT /v1/users/services.json", `{"users":[{"code":"boss","services":[]}]}`)
	send := func(title string) string {
		t.Helper()
		key := s.do(s.uploadRequest("boss", "POST /v1/file.json", "a.csv", "text/csv", title+",x,*,,\n")).fileKey()
		return s.must("boss", "POST /v1/csv/title.json", `{"fileKey":"`+key+`"}`)["id"].(string)
	}
	first := send("one")
	s.drain()
	second := send("two")
	s.must("root", "PUT /v1/users.json", `{"users":[{"code":"boss","admin":false}]}`)
	s.drain()
	s.play([]step{
		{call: "GET /v1/csv/result.json?id=" + first, has: []string{`{"id":"` + first + `","done":true,"success":true,"errorCode":null,"errors":[]}`}},
		{call: "GET /v1/csv/result.json?id=" + second, has: []string{`"success":false`, `"line":"0"`}},
		{who: "boss", call: "GET /v1/csv/result.json?id=" + first, want: "403 CB_NO02"},
		{call: "GET /v1/csv/result.json?id=99", want: "404 CB_NF01"},
		{call: "GET /v1/csv/title.csv", has: []string{"one,x"}, lacks: []string{"two"}},
		{call: "POST /v1/csv/title.json", in: `{}`, want: "400 CB_VA01 fileKey=必須です。"},
		{call: "GET /v1/csv/title.csv?encoding=utf-7", want: "400 CB_VA01 encoding=Enum値のいずれかでなければなりません。"},
	})
}
