package record_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/engawa/engawa/internal/record"
	"github.com/engawa/engawa/internal/world"
)

// BenchmarkFindComments looks for a word that nobody said among 100,000 comments on 1,000 records: of which all are shown, half
// are, and one record is.
func BenchmarkFindComments(b *testing.B) {
	world.Measure(b, func(b *testing.B, w *world.World) {
		a := w.App("deals", "title text")
		at := w.Now()
		for i := range 1000 {
			n := a.Add(fmt.Sprintf("title=%d", i))
			texts := make([]string, 100)
			for j := range texts {
				texts[j] = fmt.Sprintf("%d 件目の案件について、担当者に確認しました。見積書は来週の月曜日までに送るとのことです。", i*100+j)
			}
			a.AddComments(n, at.Add(time.Duration(i)*time.Second), time.Millisecond, texts...)
		}
		aiko := w.User("aiko")
		search := record.CommentSearch{Match: func(f record.FoundComment) bool { return f.Text == "none" }, Limit: 21, Most: 1 << 20}
		for _, shown := range []struct{ name, rule string }{{"all", ""}, {"half", `$id > "500"`}, {"one", `$id != "500"`}} {
			if shown.rule != "" {
				a.Forbid(shown.rule, "root")
			}
			set := aiko.Set(a)
			b.Run(shown.name, func(b *testing.B) {
				best(b, func() error {
					_, _, err := set.FindComments(b.Context(), search)
					return err
				})
			})
		}
	})
}
