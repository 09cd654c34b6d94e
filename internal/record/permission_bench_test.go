package record_test

import (
	"fmt"
	"testing"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/world"
)

// BenchmarkPermissions measures lists and counts for somebody of 5 organisations and 8 groups, without rules and with 20 rules
// of records, 3 of them by field, and 10 of fields.
func BenchmarkPermissions(b *testing.B) {
	world.Measure(b, func(b *testing.B, w *world.World) {
		a := bigApp(b, w, *benchRecords)
		a.AddFields("people user; more text")
		aiko := w.User("aiko")
		for i := range 8 {
			w.Group(fmt.Sprintf("group%d", i), aiko)
		}
		for i := range 5 {
			w.Organization(fmt.Sprintf("unit%d", i), "", aiko)
		}
		measure := func(b *testing.B, rules string) {
			set := aiko.Set(a)
			for name, query := range map[string]string{
				"page": "order by due desc", "page of a tenth": `stage in ("won") and due > "2026-06-01" order by due desc`, "page of few": `owner in ("user7") and amount < 1000 order by due desc`, "page of none": `owner in ("nobody") order by due desc`,
			} {
				b.Run(name+"/"+rules, func(b *testing.B) {
					best(b, func() error {
						_, err := set.Query(b.Context(), query, nil, false)
						return err
					})
				})
			}
			b.Run("count of a tenth/"+rules, func(b *testing.B) {
				best(b, func() error {
					_, err := set.Count(b.Context(), `stage in ("won") and due > "2026-06-01"`)
					return err
				})
			})
			b.Run("open/"+rules, func(b *testing.B) {
				who := aiko.Actor()
				for b.Loop() {
					if _, err := w.Records.Open(b.Context(), who, a.ID); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
		for range 4 { // the indexes that this asks for
			measureOnce(b, aiko, a)
			if err := w.Records.MakeIndexes(b.Context()); err != nil {
				b.Fatal(err)
			}
		}
		measure(b, "open")
		a.Edit(func(s *app.Settings, p *errs.Fields) {
			if err := manyRules(s, p); err != nil {
				b.Fatal(err)
			}
		})
		measure(b, "ruled")
	})
}

func measureOnce(b *testing.B, who world.Person, a *world.App) {
	b.Helper()
	for range 30 {
		if _, err := who.Set(a).Query(b.Context(), `stage in ("won") and due > "2026-06-01" order by due desc`, nil, false); err != nil {
			b.Fatal(err)
		}
	}
}

// manyRules are rules of which most name her, so that little is simplified away.
func manyRules(s *app.Settings, p *errs.Fields) error {
	ved := access.View | access.Edit | access.Delete
	var records []app.RecordRule
	for i := range 20 {
		r := app.RecordRule{Filter: fmt.Sprintf(`amount = %d and stage in ("lost")`, i)}
		if i < 3 {
			r.Entities = append(r.Entities, access.RecordRight{Entity: access.Entity{Type: "FIELD_ENTITY", Code: []string{"people", "作成者", "更新者"}[i]}, Verbs: ved})
		}
		r.Entities = append(r.Entities, access.RecordRight{Entity: access.Entity{Type: "GROUP", Code: fmt.Sprintf("group%d", i%8)}, Verbs: []access.Verbs{access.View, 0, ved}[i%3]})
		records = append(records, r)
	}
	var fields []app.FieldRule
	for i, code := range []string{"title", "stage", "owner", "amount", "price", "long", "due", "meet", "tags", "more"} {
		r := app.FieldRule{Code: code}
		if i%3 == 1 {
			r.Entities = append(r.Entities, access.FieldRight{Entity: access.Entity{Type: "FIELD_ENTITY", Code: "people"}, Accessibility: "WRITE"})
		}
		r.Entities = append(r.Entities, access.FieldRight{Entity: access.Entity{Type: "ORGANIZATION", Code: fmt.Sprintf("unit%d", i%5)}, Accessibility: "READ"})
		fields = append(fields, r)
	}
	if err := s.SetRecordRules(records, p); err != nil {
		return err
	}
	return s.SetFieldRules(fields, p)
}
