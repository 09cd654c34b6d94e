package record_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/record"
	"github.com/engawa/engawa/internal/world"
)

// ruled is an app whose records name people in every way, and three people: aiko of tokyo, which is in japan, ben of japan and
// the group sales, carl of none.
func ruled(w *world.World) *world.App {
	aiko, ben := w.User("aiko"), w.User("ben")
	w.User("carl")
	w.Organization("japan", "", ben)
	w.Organization("tokyo", "japan", aiko)
	w.Group("sales", ben)
	a := w.App("ruled", "title text; cost number; stage dropdown(open|done); owner user; lines table(part text, price number)")
	a.Define(`{"unit":{"type":"ORGANIZATION_SELECT"},"team":{"type":"GROUP_SELECT"}}`)
	return a
}

var (
	randomFilters  = []string{"", `cost > 5`, `stage in ("open")`, `stage not in ("open")`, `owner in (LOGINUSER())`, `part in ("bolt")`, `title like "東京"`, `unit in (PRIMARY_ORGANIZATION())`, `cost > 5 or owner in ("ben")`}
	randomEntities = []access.Entity{
		{Type: "USER", Code: "aiko"}, {Type: "USER", Code: "ben"}, {Type: "GROUP", Code: "sales"}, {Type: "GROUP", Code: "everyone"},
		{Type: "ORGANIZATION", Code: "japan"}, {Type: "ORGANIZATION", Code: "tokyo"}, {Type: "FIELD_ENTITY", Code: "owner"}, {Type: "FIELD_ENTITY", Code: "unit"},
		{Type: "FIELD_ENTITY", Code: "team"}, {Type: "FIELD_ENTITY", Code: "作成者"},
	}
	randomRecords = []string{
		`{}`, `{"title":{"value":"東京都"},"cost":{"value":"3"},"stage":{"value":"open"},"owner":{"value":[{"code":"aiko"}]}}`,
		`{"title":{"value":"x"},"cost":{"value":"7"},"stage":{"value":"done"},"unit":{"value":[{"code":"japan"}]},"lines":{"value":[{"value":{"part":{"value":"bolt"},"price":{"value":"1"}}}]}}`,
		`{"cost":{"value":"9"},"team":{"value":[{"code":"sales"}]},"owner":{"value":[{"code":"ben"},{"code":"carl"}]},"lines":{"value":[{"value":{"part":{"value":"nut"}}},{"value":{"part":{"value":"bolt"}}}]}}`,
		`{"title":{"value":"大阪"},"stage":{"value":"open"},"team":{"value":[{"code":"everyone"}]},"unit":{"value":[{"code":"tokyo"}]}}`,
	}
	ruledFields = []string{"title", "cost", "stage", "owner", "lines", "part", "price"}
)

func one[T any](rng *rand.Rand, list []T) T { return list[rng.IntN(len(list))] }

// randomRules sets permissions of every kind. Entities are drawn without repeating.
func randomRules(rng *rand.Rand, s *app.Settings, p *errs.Fields) error {
	entities := func() []access.Entity {
		list := slices.Clone(randomEntities)
		rng.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		return list[:1+rng.IntN(4)]
	}
	var records []app.RecordRule
	for range rng.IntN(4) {
		r := app.RecordRule{Filter: one(rng, randomFilters)}
		for _, e := range entities() {
			r.Entities = append(r.Entities, access.RecordRight{Entity: e, IncludeSubs: rng.IntN(2) == 0, Verbs: access.Verbs(rng.IntN(16))})
		}
		records = append(records, r)
	}
	var fields []app.FieldRule
	for _, code := range ruledFields {
		if rng.IntN(2) == 0 {
			continue
		}
		r := app.FieldRule{Code: code}
		for _, e := range entities() {
			r.Entities = append(r.Entities, access.FieldRight{
				Entity: e, IncludeSubs: rng.IntN(2) == 0, Accessibility: one(rng, []string{"READ", "WRITE", "NONE"}), Filter: one(rng, randomFilters),
			})
		}
		fields = append(fields, r)
	}
	return errors.Join(s.SetRecordRules(records, p), s.SetFieldRules(fields, p))
}

// What Rights says in memory is what databases do: which records are found, which fields are in them and can be asked for.
func TestDatabasesDecideAsRightsSay(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		rng := rand.New(rand.NewPCG(7, 18))
		a := ruled(w)
		var all []id.Record
		for _, r := range randomRecords {
			all = append(all, a.AddJSON(r))
		}
		masked, hidden := 0, 0
		for range 60 {
			a.Edit(func(s *app.Settings, p *errs.Fields) { must(t, world.Outcome(randomRules(rng, s, p))) })
			for _, who := range []string{"aiko", "ben", "carl"} {
				set := w.As(who).Set(a)
				found := listed(t, set, "order by $id asc")
				for _, n := range all {
					rights, err := set.Rights(t.Context(), []id.Record{n})
					shown, ok := found[n]
					if ok != (err == nil) {
						t.Fatalf("%s and record %d: listed %v, and rights say %v; %s", who, n, ok, err, policy(set))
					}
					if !ok {
						hidden++
						continue
					}
					masked += compareFields(t, set, who, rights[0], shown)
				}
			}
		}
		if masked < 100 || hidden < 100 {
			t.Errorf("only %d fields and %d records were hidden", masked, hidden)
		}
	})
}

func policy(set *record.Set) string {
	b, _ := json.Marshal([]any{set.App().Settings.RecordRules, set.App().Settings.FieldRules})
	return string(b)
}

// listed are the records that a query finds, with the values that are in them.
func listed(t *testing.T, set *record.Set, query string) map[id.Record]map[string]struct{ Value json.RawMessage } {
	t.Helper()
	page, err := set.Query(t.Context(), query, nil, true)
	if err != nil {
		t.Fatal(err)
	}
	if page.Total != len(page.Records) {
		t.Fatalf("%d records are counted, and %d listed", page.Total, len(page.Records))
	}
	out := map[id.Record]map[string]struct{ Value json.RawMessage }{}
	for _, r := range page.Records {
		var values map[string]struct{ Value json.RawMessage }
		if err := json.Unmarshal(r.JSON, &values); err != nil {
			t.Fatal(err)
		}
		out[r.ID] = values
	}
	return out
}

// compareFields holds what is in an answer, and what conditions find, against rights. It returns how many fields are hidden.
func compareFields(t *testing.T, set *record.Set, who string, r record.Rights, shown map[string]struct{ Value json.RawMessage }) (hidden int) {
	t.Helper()
	asks := map[string]string{"title": `title != ""`, "cost": `cost != ""`, "stage": `stage not in ("")`, "owner": `owner not in ("")`, "part": `part in ("bolt", "nut")`}
	for _, f := range r.Fields {
		code := f.Field.Code
		if !slices.Contains(ruledFields, code) || code == "price" {
			continue
		}
		if !f.View {
			hidden++
		}
		if code != "part" {
			if _, ok := shown[code]; ok != f.View {
				t.Fatalf("%s in record %d for %s: in the answer %v, and rights say %v; %s", code, r.Record, who, ok, f.View, policy(set))
			}
		}
		ask := asks[code]
		if _, visible := set.Lens().Sight(code); ask == "" || !visible || f.View {
			continue
		}
		if found := listed(t, set, fmt.Sprintf("%s and $id = %d", ask, r.Record)); len(found) > 0 {
			t.Fatalf("%s in record %d is hidden from %s, and found by %s; %s", code, r.Record, who, ask, policy(set))
		}
	}
	return hidden
}
