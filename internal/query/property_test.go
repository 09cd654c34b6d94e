package query_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/db/dbtest"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/query"
	"github.com/engawa/engawa/internal/text"
	"github.com/engawa/engawa/internal/words"
	"github.com/engawa/engawa/migrations"
)

// TestDatabasesAgreeWithEval asks random queries of random records, once by SQL and once in memory.
func TestDatabasesAgreeWithEval(t *testing.T) {
	dbtest.Each(t, migrations.FS, func(t *testing.T, d *db.DB) {
		rng := rand.New(rand.NewPCG(20, 26))
		s := store{d.Dialect()}
		records := make([]*record, 80)
		for i := range records {
			records[i] = randomRecord(rng, int64(i+1))
		}
		s.fill(t, d, records)
		found := 0
		for range 3_000 {
			var names query.Schema = schema{}
			if rng.IntN(3) == 0 {
				names = masked(t)
			}
			q := randomQuery(rng)
			c := check(t, q, names)
			want := inMemory(c, records)
			if got := s.find(t, d, q, c); !slices.Equal(got, want) {
				sql, args := render(c, d.Dialect())
				t.Fatalf("%s\n%s\n%#v\nSQL finds %v\nEval finds %v", q, sql, args, got, want)
			}
			if n := len(want); n > 0 && n < len(records) {
				found++
			}
		}
		if found < 1_000 {
			t.Errorf("only %d queries tell records apart", found)
		}
	})
}

// record is a query.Row.
type record struct {
	id     int64
	values map[id.Field]field.Value
	rows   map[id.Field][]query.Row
}

func (r *record) Value(f *field.Field) field.Value {
	if f.Type == field.RecordNumber {
		return field.Value(fmt.Sprint(r.id))
	}
	return r.values[f.ID]
}
func (r *record) Rows(table *field.Field) []query.Row { return r.rows[table.ID] }

func inMemory(c *query.Checked, records []*record) []int64 {
	var list []*record
	for _, r := range records {
		if query.Eval(c, r) {
			list = append(list, r)
		}
	}
	slices.SortFunc(list, func(a, b *record) int { return query.Compare(c, a, b) })
	var ids []int64
	for _, r := range list {
		ids = append(ids, r.id)
	}
	return ids
}

// store keeps records as record/internal/table does, in its smallest form.
type store struct{ dialect db.Dialect }

func (s store) Sub(f *field.Field) string { return "rec_" + id.String(f.ID) }
func (s store) Contents([]string) (string, []any) {
	return "(SELECT 0 AS record_id, '' AS file_key, '' AS words) x WHERE TRUE", nil
}

// Head makes conditions on titles ask the beginnings of texts, though no index holds them.
func (s store) Head(f *field.Field) int {
	if f == title {
		return 2
	}
	return 0
}

func (s store) Candidates(tokens []string) (string, []any) {
	return words.Index("words").Match(s.dialect, tokens)
}

func (s store) fill(t *testing.T, d *db.DB, records []*record) {
	t.Helper()
	err := d.Write(context.Background(), func(ctx context.Context, tx *db.Tx) (first error) {
		run := func(sql string, args ...any) {
			if _, err := tx.Exec(ctx, sql, args...); err != nil && first == nil {
				first = fmt.Errorf("%s: %w", sql, err)
			}
		}
		insert := func(table string, cols []string, args []any) {
			run("INSERT INTO "+table+" ("+strings.Join(cols, ", ")+") VALUES (?"+strings.Repeat(", ?", len(cols)-1)+")", args...)
		}
		for _, sql := range words.Index("words").Create(s.dialect) {
			run(sql)
		}
		run("CREATE TABLE rec (" + strings.Join(s.columns("id BIGINT PRIMARY KEY", form), ", ") + ")")
		for _, table := range []*field.Field{parts, steps} {
			run("CREATE TABLE " + s.Sub(table) + " (" + strings.Join(s.columns("record_id BIGINT NOT NULL", table.Fields), ", ") + ")")
		}
		for _, r := range records {
			all := &strings.Builder{}
			cols, args := s.bind([]string{"id"}, []any{r.id}, form, r.values, all)
			insert("rec", cols, args)
			for _, table := range []*field.Field{parts, steps} {
				for _, row := range r.rows[table.ID] {
					cols, args := s.bind([]string{"record_id"}, []any{r.id}, table.Fields, row.(*record).values, all)
					insert(s.Sub(table), cols, args)
				}
			}
			entry := words.Entry{Row: r.id, Tokens: string(text.AppendTokens(nil, all.String()))}
			if err := words.Index("words").Put(ctx, tx, []words.Entry{entry}); err != nil && first == nil {
				first = err
			}
		}
		return first
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (s store) columns(first string, fields []*field.Field) []string {
	cols := []string{first}
	for _, f := range fields {
		n := id.String(f.ID)
		switch storage := f.Kind().Storage(); {
		case f.Type == field.RecordNumber, storage == field.None, storage == field.Rows:
		case storage == field.Integer:
			cols = append(cols, f.Column()+" BIGINT")
		case storage == field.Decimal:
			cols = append(cols, f.Column()+" "+s.dialect.NumberType(), "x_"+n+" "+s.dialect.TextType())
		default:
			cols = append(cols, f.Column()+" "+s.dialect.TextType(), "n_"+n+" "+s.dialect.TextType())
		}
	}
	return cols
}

func (s store) bind(cols []string, args []any, fields []*field.Field, values map[id.Field]field.Value, words *strings.Builder) ([]string, []any) {
	add := func(col string, v any) { cols, args = append(cols, col), append(args, v) }
	for _, f := range fields {
		v := values[f.ID]
		if v == "" {
			continue
		}
		switch {
		case f.Kind().Storage() == field.Decimal && s.dialect.LossyDecimals():
			near, exact := query.Near(v)
			add(f.Column(), near)
			if !exact {
				add("x_"+id.String(f.ID), string(v))
			}
		case f.Kind().Storage() == field.Integer:
			var n int64
			fmt.Sscan(string(v), &n)
			add(f.Column(), n)
		default:
			add(f.Column(), string(v))
			if !f.Searchable() {
				continue
			}
			plain := string(v)
			if words, ok := f.Kind().(field.SearchText); ok {
				plain = words.SearchText(v)
			}
			normal := text.Normalise(plain)
			words.WriteString(normal + "\n")
			if normal != string(v) {
				add("n_"+id.String(f.ID), normal)
			}
		}
	}
	return cols, args
}

func (s store) find(t *testing.T, d *db.DB, text string, c *query.Checked) (ids []int64) {
	t.Helper()
	b := query.NewBuilder(s.dialect, s)
	b.Write("SELECT r.id FROM rec r WHERE ")
	c.Where(b)
	b.Write(" ORDER BY ")
	c.OrderBy(b)
	err := d.Read(context.Background(), func(ctx context.Context, tx *db.Tx) (err error) {
		ids, err = db.Pluck[int64](ctx, tx, b.SQL(), b.Args()...)
		return err
	})
	if err != nil {
		t.Fatalf("%s\n%s\n%#v\n%v", text, b.SQL(), b.Args(), err)
	}
	return ids
}

// TestTheLargestQueriesRun asks what the bounds of the language just let through.
func TestTheLargestQueriesRun(t *testing.T) {
	repeat := func(s, by string, n int) string { return s + strings.Repeat(by+s, n-1) }
	queries := map[string]string{
		"conditions": repeat(`secret = "x"`, " or ", 999),
		"tables":     repeat(`part not in ("x")`, " and ", 999),
		"each table": repeat(`(part not in ("x") or part in ("y"))`, " and ", 499),
		"any table":  repeat(`part in ("x")`, " or ", 999),
		"same row":   repeat(`part like "東京"`, " and ", 999),
		"words":      repeat(`memo like "東京"`, " and ", 999),
		"searches":   repeat(`memo like "東京"`, " or ", 200),
		"nested":     strings.Repeat(`(secret = "x" or part in ("y") and (wage > 1 or `, 16) + `$id > 0` + strings.Repeat("))", 16),
		"texts":      `title in (` + repeat(`"x"`, ",", 10_000) + `)`,
		"numbers":    `wage in (` + repeat(`12345678901234567.5`, ",", 9_000) + `)`,
		"people":     `people in (` + repeat(`"aiko"`, ",", 10_000) + `)`,
		"needle":     `memo like "` + strings.Repeat("東京都", 20_000) + `"`,
		"keys":       `order by ` + repeat("title", ",", 20_000),
	}
	dbtest.Each(t, migrations.FS, func(t *testing.T, d *db.DB) {
		s := store{d.Dialect()}
		s.fill(t, d, []*record{randomRecord(rand.New(rand.NewPCG(1, 1)), 1)})
		for name, q := range queries {
			s.find(t, d, name, check(t, q, masked(t)))
		}
	})
}
