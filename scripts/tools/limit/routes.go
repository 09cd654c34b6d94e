package main

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
)

// routes answers the calls of ../bench. An error is a plain 500: the benchmark stops at it.
func routes(s *store) http.Handler {
	mux := http.NewServeMux()
	handle := func(pattern string, h func(*http.Request) ([]byte, error)) {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			answer, err := h(r)
			if err != nil {
				http.Error(w, err.Error(), http.StatusInternalServerError)
				return
			}
			w.Header().Set("Content-Type", "application/json;charset=utf-8")
			w.Write(answer)
		})
	}
	constant := func(answer string) func(*http.Request) ([]byte, error) {
		return func(*http.Request) ([]byte, error) { return []byte(answer), nil }
	}
	handle("GET /readyz", constant("ok"))
	handle("POST /k/v1/preview/app.json", constant(`{"app":"1","revision":"1"}`))
	handle("POST /k/v1/preview/app/form/fields.json", constant(`{"revision":"2"}`))
	handle("POST /k/v1/preview/app/deploy.json", constant(`{}`))
	handle("GET /k/v1/preview/app/deploy.json", constant(`{"apps":[{"app":"1","status":"SUCCESS"}]}`))
	handle("GET /k/v1/record.json", s.get)
	handle("GET /k/v1/records.json", s.page)
	handle("POST /k/v1/record.json", s.add)
	handle("POST /k/v1/records.json", s.addMany)
	handle("PUT /k/v1/record.json", s.update)
	return mux
}

func (s *store) get(r *http.Request) ([]byte, error) {
	b, n, err := s.records([]byte(`{"record":`), "SELECT "+selected+" FROM deal WHERE id = ?", r.FormValue("id"))
	if err == nil && n == 0 {
		err = sql.ErrNoRows
	}
	return append(b, '}'), err
}

// The three shapes of query that the benchmark sends.
var (
	filtered = regexp.MustCompile(`^amount > "(\d+)" and stage in \("(.+)", "(.+)"\) `)
	search   = regexp.MustCompile(`^memo like "(.+)" `)
	limits   = regexp.MustCompile(`order by due desc limit (\d+) offset (\d+)$`)
)

// page walks the index on due, the best path where a good part of the records match.
func (s *store) page(r *http.Request) ([]byte, error) {
	query := r.FormValue("query")
	statement, args := "SELECT "+selected+" FROM deal INDEXED BY deal_due", []any{}
	if m := filtered.FindStringSubmatch(query); m != nil {
		statement += " WHERE amount > CAST(? AS INTEGER) AND stage IN (?, ?)"
		args = append(args, m[1], m[2], m[3])
	} else if m := search.FindStringSubmatch(query); m != nil {
		statement += " WHERE memo LIKE ?"
		args = append(args, "%"+m[1]+"%")
	}
	m := limits.FindStringSubmatch(query)
	if m == nil {
		return nil, fmt.Errorf("not a query of the benchmark: %s", query)
	}
	b, _, err := s.records([]byte(`{"records":[`), statement+" ORDER BY due DESC LIMIT ? OFFSET ?", append(args, m[1], m[2])...)
	return append(b, `],"totalCount":null}`...), err
}

// records appends the rows of a query, with commas between them, and counts them.
func (s *store) records(b []byte, statement string, args ...any) ([]byte, int, error) {
	rows, err := s.query(statement, args...)
	if err != nil {
		return nil, 0, err
	}
	defer rows.Close()
	var one row
	to, n := one.targets(), 0
	for ; rows.Next(); n++ {
		if err := rows.Scan(to...); err != nil {
			return nil, 0, err
		}
		if n > 0 {
			b = append(b, ',')
		}
		b = one.appendRecord(b)
	}
	return b, n, rows.Err()
}

// input is a record as it is sent: a text, or an array of texts, by field.
type input map[string]struct{ Value json.RawMessage }

// value is what is stored of a field: a text's content, or an array as it stands.
func (in input) value(column string) string {
	raw := in[column].Value
	var text string
	if json.Unmarshal(raw, &text) == nil {
		return text
	}
	return string(raw)
}

// addOne stores one record and answers its id.
func (s *store) addOne(tx *sql.Tx, in input) (id int64, err error) {
	at := now()
	args := []any{at, at}
	for _, c := range columns {
		args = append(args, in.value(c))
	}
	result, err := tx.Stmt(s.adding).Exec(args...)
	if err != nil {
		return 0, err
	}
	return result.LastInsertId()
}

func (s *store) add(r *http.Request) ([]byte, error) {
	var in struct{ Record input }
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		return nil, err
	}
	var id int64
	err := s.write(func(tx *sql.Tx) (err error) {
		id, err = s.addOne(tx, in.Record)
		return err
	})
	return fmt.Appendf(nil, `{"id":"%d","revision":"1"}`, id), err
}

func (s *store) addMany(r *http.Request) ([]byte, error) {
	var in struct{ Records []input }
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		return nil, err
	}
	ids, revisions := []string{}, []string{}
	err := s.write(func(tx *sql.Tx) error {
		for _, record := range in.Records {
			id, err := s.addOne(tx, record)
			if err != nil {
				return err
			}
			ids = append(ids, strconv.FormatInt(id, 10))
			revisions = append(revisions, "1")
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return json.Marshal(map[string]any{"ids": ids, "revisions": revisions})
}

func (s *store) update(r *http.Request) ([]byte, error) {
	var in struct {
		ID     string
		Record input
	}
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		return nil, err
	}
	var revision int64
	err := s.write(func(tx *sql.Tx) error {
		return tx.Stmt(s.changing).QueryRow(now(), in.Record.value("amount"), in.Record.value("stage"), in.ID).Scan(&revision)
	})
	return fmt.Appendf(nil, `{"revision":"%d"}`, revision), err
}
