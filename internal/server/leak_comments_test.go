package server

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/world"
)

// A search answers the same, byte for byte, whether there are thousands of comments on records that she may not see (2 is
// hidden from her, 3 is in the trash, app 2 is closed) or none: also one that goes on from a place that was made up.
func TestHiddenCommentsDoNotShowInSearches(t *testing.T) {
	eachLeakSite(t, func(t *testing.T, s *leakSite) {
		a, _ := s.World.AppNamed("orders")
		closed, _ := s.World.AppNamed("kakushi_app")
		now := s.World.Now()
		a.AddComments(1, now, time.Second, "seen one", "seen two", "seen three")
		var asked []string
		for _, word := range []string{"nosuchword", "seen", "kakushi", "naibu"} {
			for _, order := range []string{"ASC", "DESC"} {
				for _, limit := range []string{"1", "2", "20"} {
					ask := `{"query":[{"operator":"AND","keywords":["` + word + `"]}],"types":["RECORD_COMMENT"],"sort":{"by":"CREATED_AT","order":"` + order + `"},"limit":` + limit
					asked = append(asked, ask+`}`)
					for _, place := range []string{
						fmt.Sprintf(`{"t":%q,"c":1,"a":1,"r":2}`, now.Add(-time.Hour).Format(time.RFC3339Nano)), fmt.Sprintf(`{"t":%q,"c":1,"a":1,"r":3}`, now.Format(time.RFC3339Nano)), `{"t":"0001-01-01T00:00:00Z","a":1,"r":2}`,
					} {
						asked = append(asked, ask+`,"pageToken":"`+base64.RawURLEncoding.EncodeToString([]byte(place))+`"}`)
					}
				}
			}
		}
		answers := func() (list []string) {
			for _, in := range asked {
				got := s.call("aiko", "POST /k/v1/search.json", in)
				list = append(list, fmt.Sprintf("%s\n%d %s", in, got.Status, got.Body))
			}
			return list
		}
		none := answers()
		if all := strings.Join(none, ""); !strings.Contains(all, "seen three") || !strings.Contains(all, `"nextPageToken":"`) {
			t.Fatalf("nothing is found that could be told apart: %s", all)
		}
		for _, from := range []time.Duration{-30 * time.Minute, 500 * time.Millisecond, 30 * time.Minute} {
			for n, app := range map[id.Record]*world.App{2: a, 3: a, 1: closed} {
				app.AddComments(n, now.Add(from), time.Millisecond, slices.Repeat([]string{"seen kakushi naibu"}, 2100)...)
			}
		}
		for i, many := range answers() {
			if many != none[i] {
				t.Errorf("with none  %s\nwith many  %s", none[i], many)
			}
		}
		if got := s.call("root", "POST /k/v1/search.json", `{"query":[{"operator":"AND","keywords":["kakushi"]}],"types":["RECORD_COMMENT"]}`); !strings.Contains(string(got.Body), "seen kakushi naibu") {
			t.Errorf("root does not find what is hidden from her, so this proves nothing: %s", got.Body)
		}
	})
}
