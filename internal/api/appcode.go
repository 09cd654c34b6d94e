package api

import (
	"context"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/errs"
)

type appCodeOut struct {
	Code     string `json:"code"`
	Revision string `json:"revision"`
}

// getAppCode answers GET /api/v1/app/code: the code as it is edited.
func (a *API) getAppCode(ctx context.Context, who access.Actor, in appInfoIn) (appCodeOut, error) {
	st, err := a.managed(ctx, who, settingsIn{App: in.App}, true)
	if err != nil {
		return appCodeOut{}, err
	}
	return appCodeOut{st.AppCode, st.RevisionText()}, nil
}

type setAppCodeIn struct {
	App      Int   `json:"app"`
	Code     *Text `json:"code"`
	Revision Int   `json:"revision"`
}

// setAppCode answers PUT /api/v1/app/code. It is live once the app is deployed.
func (a *API) setAppCode(ctx context.Context, who access.Actor, in setAppCodeIn) (revisionOut, error) {
	var p errs.Fields
	n := in.App.app(&p, "app")
	expected := in.Revision.revision(&p, "revision")
	if in.Code == nil {
		p.Add("code", "param.required")
	}
	h, err := a.openApp(ctx, who, n, &p)
	if err != nil {
		return revisionOut{}, err
	}
	rev, err := h.SetCode(ctx, expected, string(*in.Code))
	return revisionOut{revisionText(rev)}, err
}
