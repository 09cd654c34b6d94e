package query_test

import (
	"testing"

	"github.com/engawa/engawa/internal/query"
)

func TestForgottenTextsLeaveWhatIsFound(t *testing.T) {
	for _, tc := range []struct{ text, want string }{
		{`kind in ("a", "gone") and title = "gone"`, `kind in ("a") and title = "gone"`},
		{`kind in ("gone") or (kind not in ("gone", "b") and n > 1)`, `kind in () or kind not in ("b") and n > 1`},
		{`kind = "gone"`, `kind in ()`},
		{`kind != "gone" order by n desc`, `kind not in () order by n desc`},
		{`kind in ("a") and other.kind in ("gone")`, ``},
		{`order by n desc`, ``},
	} {
		q, err := query.Parse(tc.text)
		if err != nil {
			t.Fatal(err)
		}
		found := q.Forget(func(field query.Name, text string) bool { return field == query.Name{Code: "kind"} && text == "gone" })
		if found != (tc.want != "") {
			t.Errorf("%s: found %t", tc.text, found)
		}
		if got := q.String(); found && got != tc.want {
			t.Errorf("%s: got %s, want %s", tc.text, got, tc.want)
		}
	}
}
