package api

import (
	"cmp"
	"context"
	"encoding/json"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/errs"
)

// Guest spaces are not there yet, nor templates of spaces. These calls answer as kintone does where guest spaces are
// switched off: to people, that they may not; and a template by any number is not there.

type guestsIn struct {
	Guests json.RawMessage `json:"guests"`
}

type spaceGuestsIn struct {
	ID     Int             `json:"id"`
	Guests json.RawMessage `json:"guests"`
}

func noGuests(who access.Actor) error {
	if err := usersOnly(who); err != nil {
		return err
	}
	return errs.E(errs.Forbidden, "forbidden")
}

// addGuests answers POST /k/v1/guests.json.
func (a *API) addGuests(_ context.Context, who access.Actor, _ guestsIn) (none, error) {
	return none{}, noGuests(who)
}

// deleteGuests answers DELETE /k/v1/guests.json.
func (a *API) deleteGuests(_ context.Context, who access.Actor, _ guestsIn) (none, error) {
	return none{}, noGuests(who)
}

// setSpaceGuests answers PUT /k/v1/space/guests.json.
func (a *API) setSpaceGuests(_ context.Context, who access.Actor, _ spaceGuestsIn) (none, error) {
	return none{}, noGuests(who)
}

type templateIn struct {
	ID Int `json:"id"`
}

// addSpaceFromTemplate answers POST /k/v1/template/space.json.
func (a *API) addSpaceFromTemplate(_ context.Context, who access.Actor, in templateIn) (idOut, error) {
	var p errs.Fields
	n := in.ID.need(&p, "id", 1)
	if err := cmp.Or(p.Err(), usersOnly(who)); err != nil {
		return idOut{}, err
	}
	return idOut{}, errs.E(errs.NotFound, "space.noTemplate", errs.Args{"id": n})
}
