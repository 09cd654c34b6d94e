package record_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/world"
)

// BenchmarkDeploy measures how long it takes to make a change live in an app of many deals: what follows in the background is
// not counted, nor run.
func BenchmarkDeploy(b *testing.B) {
	measureDeals(b, func(b *testing.B, w *world.World, a *world.App) {
		code := fmt.Sprint("new", time.Now().UnixNano()) // a kept app has those of the runs before
		field := func(properties string) func(s *app.Settings, p *errs.Fields) {
			return func(s *app.Settings, p *errs.Fields) { _ = s.AddFields(defs(b, properties), nil, p) }
		}
		for _, bench := range []struct {
			name   string
			change func(i int) func(s *app.Settings, p *errs.Fields)
		}{
			{"new field", func(i int) func(s *app.Settings, p *errs.Fields) {
				return field(fmt.Sprintf(`{"%[1]s_%[2]d":{"code":"%[1]s_%[2]d","label":"new","type":"SINGLE_LINE_TEXT"}}`, code, i))
			}},
			{"new table", func(i int) func(s *app.Settings, p *errs.Fields) {
				return field(fmt.Sprintf(`{"%[1]s_t%[2]d":{"code":"%[1]s_t%[2]d","label":"new","type":"SUBTABLE","fields":{"%[1]s_c%[2]d":{"code":"%[1]s_c%[2]d","label":"c","type":"NUMBER"}}}}`, code, i))
			}},
			{"new formula", func(i int) func(s *app.Settings, p *errs.Fields) {
				return field(fmt.Sprintf(`{"%[1]s_f%[2]d":{"code":"%[1]s_f%[2]d","label":"new","type":"CALC","expression":"amount * %[2]d"}}`, code, i))
			}},
			{"changed rules", func(i int) func(s *app.Settings, p *errs.Fields) {
				if i%2 > 0 {
					return noRules
				}
				return dealRules
			}},
		} {
			b.Run(bench.name, func(b *testing.B) {
				for i := 0; b.Loop(); i++ {
					b.StopTimer()
					h, err := w.Apps.Open(b.Context(), w.Root.Actor(), a.ID)
					if err == nil {
						_, err = h.Edit(b.Context(), app.AnyRevision, func(s *app.Settings, p *errs.Fields) error {
							bench.change(i)(s, p)
							return p.Err()
						})
					}
					if err != nil {
						b.Fatal(err)
					}
					b.StartTimer()
					if err := w.Apps.Deploy(b.Context(), w.Root.Actor(), []app.Deployment{{App: a.ID, Revision: app.AnyRevision}}); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
		a.Edit(func(s *app.Settings, p *errs.Fields) {
			var gone []string
			for _, f := range s.Form {
				if len(f.Code) > len(code) && f.Code[:len(code)] == code {
					gone = append(gone, f.Code)
				}
			}
			if err := s.DeleteFields(gone); err != nil {
				b.Fatal(err)
			}
			noRules(s, p)
		})
	})
}
