package record_test

import (
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/record"
	"github.com/engawa/engawa/internal/world"
)

var keptIn = flag.String("kept", "", "a folder in which a benchmark keeps its records (on PostgreSQL a schema keeps them): only the first run loads them")

// The deals of many sellers, of whom aiko is one: 5 organisations and 8 groups have her.
const (
	sellers   = 20
	herGroups = 8
	herUnits  = 5
	dealsName = "deals"
)

var (
	dealStages    = []string{"new", "offered", "talking", "won", "lost"}
	dealTags      = []string{"weighty", "fresh", "old", "friend", "web", "fair", "again", "gone"}
	dealWords     = strings.Fields("見積書 を 送付 しました 担当者 は 来週 訪問 予定 です 契約 条件 について 再度 確認 が 必要 予算 承認 待ち quotation sent to the customer waiting for budget approval next meeting with engineering team")
	dealColumns   = []string{"title", "company", "stage", "owner", "amount", "due", "meet", "tags", "done", "email", "phone", "memo"}
	dealFields    = "title text; company text; stage dropdown(" + strings.Join(dealStages, "|") + "); owner text; amount number; due date; meet datetime; tags multi(" + strings.Join(dealTags, "|") + "); done check(yes); email text; phone text; memo multiline"
	dealPeople    = `{"people":{"type":"USER_SELECT","code":"people","label":"people","defaultValue":[{"type":"FUNCTION","code":"LOGINUSER()"}]}}`
	dealsAtOnce   = 1000
	errDealsWrong = errors.New("deals that were refused")
)

// deal is the i-th row: the same in every run, with columns that do not depend on each other.
func deal(i int) []string {
	r := rand.New(rand.NewPCG(uint64(i)*0x9E3779B97F4A7C15+1, 42))
	day := func() string { return fmt.Sprintf("%04d-%02d-%02d", 2024+r.IntN(4), 1+r.IntN(12), 1+r.IntN(28)) }
	tags := dealTags[r.IntN(len(dealTags))]
	if more := dealTags[r.IntN(len(dealTags))]; more != tags {
		tags += "\n" + more
	}
	var memo strings.Builder
	for memo.Len() < 300 {
		memo.WriteString(dealWords[r.IntN(len(dealWords))])
	}
	owner := fmt.Sprintf("user%02d", r.IntN(50))
	return []string{
		fmt.Sprintf("deal #%07d", i), fmt.Sprintf("company %03d", r.IntN(1000)), dealStages[r.IntN(len(dealStages))], owner, fmt.Sprint(r.IntN(1_000_000)), day(),
		fmt.Sprintf("%sT%02d:%02d:00Z", day(), r.IntN(24), r.IntN(60)), tags, []string{"", "yes"}[r.IntN(2)],
		fmt.Sprintf("%s.c%d@example.com", owner, r.IntN(100_000)), fmt.Sprintf("03-%04d-%04d", r.IntN(10_000), r.IntN(10_000)), memo.String(),
	}
}

// measureDeals runs body with -records deals, on a data set of its own or on the one that is kept.
func measureDeals(b *testing.B, body func(b *testing.B, w *world.World, a *world.App)) {
	with := func(b *testing.B, w *world.World) {
		a, ok := w.AppNamed(dealsName)
		if !ok {
			a = newDeals(b, w)
		}
		loadDeals(b, w, a)
		body(b, w, a)
	}
	if *keptIn == "" {
		world.Measure(b, with)
		return
	}
	world.Keep(b, *keptIn, fmt.Sprint("deals_", *benchRecords), with)
}

func newDeals(b *testing.B, w *world.World) *world.App {
	b.Helper()
	for i := 1; i < sellers; i++ {
		w.User(fmt.Sprint("seller", i))
	}
	aiko := w.User("aiko")
	for i := range herGroups {
		w.Group(fmt.Sprint("group", i), aiko)
	}
	for i := range herUnits {
		w.Organization(fmt.Sprint("unit", i), "", aiko)
	}
	a := w.App(dealsName, dealFields)
	a.Edit(func(s *app.Settings, p *errs.Fields) {
		s.AppRules = []access.AppRule{{Entity: access.Entity{Type: "GROUP", Code: access.Everyone}, Verbs: access.All}}
	})
	a.Define(dealPeople)
	return a
}

// loadDeals adds the deals that are missing. Each thousand is another seller's.
func loadDeals(b *testing.B, w *world.World, a *world.App) {
	b.Helper()
	n, _, err := w.Records.Statistics(b.Context(), w.Root.Actor(), a.ID)
	if err != nil {
		b.Fatal(err)
	}
	var fields []id.Field
	for _, code := range dealColumns {
		fields = append(fields, a.Field(code).ID)
	}
	sets := []*record.Set{w.As("aiko").Set(a)}
	for i := 1; i < sellers; i++ {
		sets = append(sets, w.As(fmt.Sprint("seller", i)).Set(a))
	}
	ready := make(chan *record.Load, 2)
	var failed error
	go func() { // what loading needs of the processor is done beside the writing
		defer close(ready)
		for from := int(n); from < *benchRecords; from += dealsAtOnce {
			var rows [][]string
			for i := from; i < min(from+dealsAtOnce, *benchRecords); i++ {
				rows = append(rows, deal(i))
			}
			l, err := sets[from/dealsAtOnce%sellers].Prepare(b.Context(), fields, rows)
			if err == nil && len(l.Problems) > 0 {
				err = errDealsWrong
			}
			if err != nil {
				failed = err
				return
			}
			ready <- l
		}
	}()
	for l := range ready {
		if _, err := l.Store(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
	if failed != nil {
		b.Fatal(failed)
	}
}

// noRules lets everybody see all deals.
func noRules(s *app.Settings, _ *errs.Fields) { s.RecordRules, s.FieldRules = nil, nil }

// dealRules are 20 rules of records, 3 of them by field, and 10 of fields. All name aiko, so that none falls away, and they
// ask for five fields and three kinds of people.
func dealRules(s *app.Settings, p *errs.Fields) {
	ved := access.View | access.Edit | access.Delete
	filters := []string{
		`amount >= 990000`, `stage in ("lost") and amount >= 950000`, `owner in ("user00")`,
		`owner in ("user01", "user02") and amount < 20000`, `tags in ("gone") and stage in ("lost")`, `due < "2024-01-15"`, `due > "2027-12-15"`,
		`owner in ("user03") and stage in ("new", "offered")`, `amount = 0`, `amount = 777777`,
		`stage in ("won") and due > "2027-12-01"`, `tags in ("weighty") and amount > 980000`, `owner in ("user04") and due < "2024-03-01"`,
		`owner in ("user49") and stage not in ("won")`, `owner in ("user47") and amount > 900000`, `amount < 100 and stage in ("new")`, `due = "2026-02-14"`,
		`tags in ("fair") and amount < 1000`, `tags in ("friend") and owner in ("user48")`, `stage in ("lost") and due < "2024-06-01"`,
	}
	var records []app.RecordRule
	for i, filter := range filters {
		r := app.RecordRule{Filter: filter}
		if i < 3 {
			r.Entities = append(r.Entities, access.RecordRight{Entity: access.Entity{Type: "FIELD_ENTITY", Code: []string{"people", "作成者", "更新者"}[i]}, Verbs: ved})
		}
		r.Entities = append(r.Entities, access.RecordRight{Entity: access.Entity{Type: "GROUP", Code: fmt.Sprint("group", i%herGroups)}, Verbs: []access.Verbs{access.View, 0, ved}[i%3]})
		records = append(records, r)
	}
	var fields []app.FieldRule
	for i, code := range []string{"title", "stage", "owner", "amount", "company", "due", "meet", "email", "phone", "memo"} {
		r := app.FieldRule{Code: code}
		if i%3 == 1 {
			r.Entities = append(r.Entities, access.FieldRight{Entity: access.Entity{Type: "FIELD_ENTITY", Code: "people"}, Accessibility: "WRITE"})
		}
		if i < 8 { // the last two are seen in her own records only
			r.Entities = append(r.Entities, access.FieldRight{Entity: access.Entity{Type: "ORGANIZATION", Code: fmt.Sprint("unit", i%herUnits)}, Accessibility: "READ"})
		} else {
			r.Entities = append(r.Entities, access.FieldRight{Entity: access.Entity{Type: "FIELD_ENTITY", Code: "people"}, Accessibility: "READ"})
		}
		fields = append(fields, r)
	}
	if err := errors.Join(s.SetRecordRules(records, p), s.SetFieldRules(fields, p), p.Err()); err != nil {
		panic(err) // the rules above are wrong
	}
}
