package query_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/query"
)

// The form that the tests ask. Options of stage were reordered after they were made.
var (
	number   = &field.Field{ID: 1, Type: field.RecordNumber, Code: "no", Prefix: "SALES-"}
	creator  = &field.Field{ID: 2, Type: field.Creator, Code: "creator"}
	created  = &field.Field{ID: 3, Type: field.CreatedTime, Code: "created"}
	title    = &field.Field{ID: 11, Type: field.SingleLineText, Code: "title"}
	memo     = &field.Field{ID: 12, Type: field.MultiLineText, Code: "memo"}
	page     = &field.Field{ID: 13, Type: field.RichText, Code: "page"}
	amount   = &field.Field{ID: 14, Type: field.Number, Code: "amount"}
	stage    = &field.Field{ID: 15, Type: field.DropDown, Code: "stage", Options: options("3 lead", "1 won", "2 lost")}
	color    = &field.Field{ID: 16, Type: field.RadioButton, Code: "color", Options: options("1 赤", "2 青")}
	tags     = &field.Field{ID: 17, Type: field.CheckBox, Code: "tags", Options: options("1 a", "2 b", "11 c")}
	due      = &field.Field{ID: 18, Type: field.Date, Code: "due"}
	open     = &field.Field{ID: 19, Type: field.Time, Code: "open"}
	meeting  = &field.Field{ID: 20, Type: field.DateTime, Code: "meeting"}
	site     = &field.Field{ID: 21, Type: field.Link, Code: "site"}
	files    = &field.Field{ID: 22, Type: field.File, Code: "files"}
	people   = &field.Field{ID: 23, Type: field.UserSelect, Code: "people"}
	filed    = &field.Field{ID: 24, Type: field.Category, Code: "filed", Options: options("7 家具", "2 机", "11 照明")}
	part     = &field.Field{ID: 31, Type: field.SingleLineText, Code: "part"}
	quantity = &field.Field{ID: 32, Type: field.Number, Code: "quantity"}
	made     = &field.Field{ID: 33, Type: field.Date, Code: "made"}
	marks    = &field.Field{ID: 34, Type: field.CheckBox, Code: "marks", Options: tags.Options}
	parts    = &field.Field{ID: 30, Type: field.Subtable, Code: "parts", Fields: []*field.Field{part, quantity, made, marks}}
	step     = &field.Field{ID: 41, Type: field.DropDown, Code: "step", Options: color.Options}
	steps    = &field.Field{ID: 40, Type: field.Subtable, Code: "steps", Fields: []*field.Field{step}}
	section  = &field.Field{ID: 50, Type: field.Group, Code: "section"}
	secret   = &field.Field{ID: 60, Type: field.SingleLineText, Code: "secret"}
	wage     = &field.Field{ID: 61, Type: field.Number, Code: "wage"}
	form     = []*field.Field{number, creator, created, title, memo, page, amount, stage, color, tags, due, open, meeting,
		site, files, people, filed, parts, steps, section, secret, wage}
)

func options(list ...string) []field.Option {
	out := make([]field.Option, len(list))
	for i, s := range list {
		fmt.Sscan(s, &out[i].ID, &out[i].Label)
	}
	return out
}

// schema shows the form; what is in masks only in some records.
type schema struct {
	masks map[*field.Field]*query.Checked
}

func (s schema) Lookup(code string) (query.Ref, bool) {
	for _, f := range form {
		if f.Code == code {
			return query.Ref{Field: f, Mask: s.masks[f]}, true
		}
		if in := f.Inner(code); in != nil {
			return query.Ref{Field: in, Table: f, Mask: s.masks[in]}, true
		}
	}
	return query.Ref{}, false
}

// masked shows secret and wage to those in people, and part where color is 赤.
func masked(t testing.TB) schema {
	return schema{map[*field.Field]*query.Checked{
		secret: check(t, `people in (LOGINUSER())`, schema{}),
		wage:   check(t, `people in (LOGINUSER()) or title = "x"`, schema{}),
		part:   check(t, `color in ("赤") or tags not in ("a")`, schema{}),
	}}
}

type directory map[string]id.User

func (d directory) User(id.User) (field.Person, bool)               { return field.Person{}, false }
func (d directory) Organization(id.Organization) (field.Unit, bool) { return field.Unit{}, false }
func (d directory) Group(id.Group) (field.Unit, bool)               { return field.Unit{}, false }

func (d directory) OrganizationByCode(code string) (field.Unit, bool) {
	return field.Unit{ID: 3, Code: "tokyo"}, code == "tokyo"
}

func (d directory) GroupByCode(code string) (field.Unit, bool) {
	return field.Unit{ID: 4, Code: "sales"}, code == "sales"
}

func (d directory) UserByCode(code string) (field.Person, bool) {
	n, ok := d[code]
	return field.Person{ID: n, Code: code}, ok
}

// env is aiko's in Tokyo, where it is already Thursday the 2nd.
func env() query.Env {
	return query.Env{Env: field.Env{
		Directory: directory{"aiko": 7, "ben": 8}, Me: 7,
		Now:  time.Date(2026, 4, 1, 20, 30, 45, 0, time.UTC),
		Zone: time.FixedZone("JST", 9*60*60),
	}}
}

func parse(t testing.TB, text string) *query.Query {
	t.Helper()
	q, err := query.Parse(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return q
}

func check(t testing.TB, text string, s query.Schema) *query.Checked {
	t.Helper()
	c, err := query.Check(parse(t, text), s, env())
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return c
}

// problem is the key of the error that text has, or "" when it has none.
func problem(text string) (key string, args errs.Args) {
	q, err := query.Parse(text)
	if err == nil {
		_, err = query.Check(q, schema{}, env())
	}
	e, _ := errs.As(err)
	if e == nil {
		return "", nil
	}
	return e.Key, e.Args
}
