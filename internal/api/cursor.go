package api

import (
	"context"
	"strconv"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/record"
)

type addCursorIn struct {
	App    Int        `json:"app"`
	Fields List[Text] `json:"fields"`
	Query  Text       `json:"query"`
	Size   Int        `json:"size"`
}

type addCursorOut struct {
	ID         string `json:"id"`
	TotalCount string `json:"totalCount"`
}

// addCursor answers POST /k/v1/records/cursor.json.
func (a *API) addCursor(ctx context.Context, who access.Actor, in addCursorIn) (addCursorOut, error) {
	var p errs.Fields
	app := in.App.app(&p, "app")
	size := int(in.Size.within(&p, "size", 100, 1, 500))
	set, err := a.open(ctx, who, app, &p)
	if err != nil {
		return addCursorOut{}, err
	}
	cursor, total, err := set.OpenCursor(ctx, string(in.Query), texts(in.Fields), size)
	return addCursorOut{cursor, strconv.Itoa(total)}, err
}

type cursorIn struct {
	ID Text `json:"id"`
}

// cursorOut is {"records": […], "next": true}.
type cursorOut struct {
	records []record.Found
	next    bool
}

func (c cursorOut) appendJSON(dst []byte) []byte {
	dst = append(dst, `{"records":`...)
	dst = appendRecords(dst, c.records)
	dst = append(dst, `,"next":`...)
	dst = strconv.AppendBool(dst, c.next)
	return append(dst, '}')
}

// getCursor answers GET /k/v1/records/cursor.json.
func (a *API) getCursor(ctx context.Context, who access.Actor, in cursorIn) (cursorOut, error) {
	var p errs.Fields
	cursor := in.ID.need(&p, "id")
	if err := p.Err(); err != nil {
		return cursorOut{}, err
	}
	list, more, err := a.records.Fetch(ctx, who, cursor)
	return cursorOut{list, more}, err
}

// deleteCursor answers DELETE /k/v1/records/cursor.json.
func (a *API) deleteCursor(ctx context.Context, who access.Actor, in cursorIn) (none, error) {
	var p errs.Fields
	cursor := in.ID.need(&p, "id")
	if err := p.Err(); err != nil {
		return none{}, err
	}
	return none{}, a.records.CloseCursor(ctx, who, cursor)
}
