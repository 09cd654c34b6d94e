package api

import (
	"context"

	"github.com/engawa/engawa/internal/access"
)

type standInOut struct {
	User  personOut `json:"user"`
	From  string    `json:"from"`
	Until string    `json:"until"`
}

type deputyOut struct {
	Deputy *personOut   `json:"deputy"` // null: nobody
	From   string       `json:"from"`
	Until  string       `json:"until"`
	For    []standInOut `json:"for"` // whose deputy the reader is today
}

// getDeputy answers GET /api/v1/me/deputy.
func (a *API) getDeputy(ctx context.Context, who access.Actor, _ none) (deputyOut, error) {
	out := deputyOut{For: []standInOut{}}
	if err := usersOnly(who); err != nil {
		return out, err
	}
	dir, err := a.people.Directory(ctx)
	if err != nil {
		return out, err
	}
	if mine, ok := dir.Absence(who.UserID()); ok {
		out.From, out.Until = mine.From, mine.Until
		deputy, _ := dir.User(mine.Deputy)
		out.Deputy = personOrNull(deputy)
	}
	for _, u := range dir.StandsInFor(who.UserID(), a.db.Now()) {
		absence, _ := dir.Absence(u)
		out.For = append(out.For, standInOut{person(dir, u), absence.From, absence.Until})
	}
	return out, nil
}

type setDeputyIn struct {
	Deputy Text `json:"deputy"`
	From   Text `json:"from"`
	Until  Text `json:"until"`
}

// setDeputy answers PUT /api/v1/me/deputy.
func (a *API) setDeputy(ctx context.Context, who access.Actor, in setDeputyIn) (deputyOut, error) {
	if err := a.people.SetDeputy(ctx, who, string(in.Deputy), string(in.From), string(in.Until)); err != nil {
		return deputyOut{For: []standInOut{}}, err
	}
	return a.getDeputy(ctx, who, none{})
}
