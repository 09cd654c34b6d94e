package api

import (
	"cmp"
	"context"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/errs"
)

func (a *API) customizeRoutes() []Route {
	return append(both("app/customize.json", a.getCustomization), route("PUT", "/k/v1/preview/app/customize.json", a.setCustomization))
}

type asset struct {
	Type string    `json:"type"` // URL, FILE
	URL  string    `json:"url,omitempty"`
	File *app.File `json:"file,omitempty"`
}

type assets struct {
	JS  []asset `json:"js"`
	CSS []asset `json:"css"`
}

type customizationOut struct {
	Scope    string `json:"scope"`
	Desktop  assets `json:"desktop"`
	Mobile   assets `json:"mobile"`
	Revision string `json:"revision"`
}

// getCustomization answers GET /k/v1/app/customize.json and its preview. Programs with tokens are refused.
func (a *API) getCustomization(ctx context.Context, who access.Actor, in appInfoIn, preview bool) (customizationOut, error) {
	if err := usersOnly(who); err != nil {
		return customizationOut{}, err
	}
	st, err := a.managed(ctx, who, settingsIn{App: in.App}, preview)
	if err != nil {
		return customizationOut{}, err
	}
	c := st.Customization
	return customizationOut{cmp.Or(c.Scope, "ALL"), showAssets(c.Desktop), showAssets(c.Mobile), st.RevisionText()}, nil
}

func showAssets(in app.Assets) assets {
	list := func(in []app.Asset) []asset {
		out := []asset{}
		for _, x := range in {
			if x.File != nil {
				out = append(out, asset{Type: "FILE", File: x.File})
			} else {
				out = append(out, asset{Type: "URL", URL: x.URL})
			}
		}
		return out
	}
	return assets{list(in.JS), list(in.CSS)}
}

type assetIn struct {
	Type Text    `json:"type"`
	URL  Text    `json:"url"`
	File *fileIn `json:"file"`
}

type assetsIn struct {
	JS  *[]assetIn `json:"js"`
	CSS *[]assetIn `json:"css"`
}

type setCustomizationIn struct {
	App      Int       `json:"app"`
	Scope    Text      `json:"scope"`
	Desktop  *assetsIn `json:"desktop"`
	Mobile   *assetsIn `json:"mobile"`
	Revision Int       `json:"revision"`
}

// setCustomization answers PUT /k/v1/preview/app/customize.json: lists that are not mentioned stay. Scripts run with the
// rights of whoever opens the page, so only administrators of the site put them there.
func (a *API) setCustomization(ctx context.Context, who access.Actor, in setCustomizationIn) (revisionOut, error) {
	var p errs.Fields
	switch in.Scope {
	case "", "ALL", "ADMIN", "NONE":
	default:
		p.Add("scope", "param.enum")
	}
	lists := map[string][]app.Asset{}
	in.Desktop.read("desktop", lists, &p)
	in.Mobile.read("mobile", lists, &p)
	if err := administrators(who); err != nil {
		return revisionOut{}, err
	}
	rev, err := a.edit(ctx, who, in.App, in.Revision, &p, func(s *app.Settings, p *errs.Fields) error {
		s.Customization.Scope = cmp.Or(string(in.Scope), s.Customization.Scope)
		for _, name := range []string{"desktop.js", "desktop.css", "mobile.js", "mobile.css"} {
			if list, ok := lists[name]; ok {
				if err := s.SetAssets(name, list, p); err != nil {
					return err
				}
			}
		}
		return nil
	})
	return revisionOut{revisionText(rev)}, err
}

func (in *assetsIn) read(path string, lists map[string][]app.Asset, p *errs.Fields) {
	if in == nil {
		return
	}
	for name, list := range map[string]*[]assetIn{path + ".js": in.JS, path + ".css": in.CSS} {
		if list != nil {
			lists[name] = readAssets(*list, name, p)
		}
	}
}

func readAssets(in []assetIn, path string, p *errs.Fields) []app.Asset {
	list := []app.Asset{}
	for i, x := range in {
		switch at := at(path, i); {
		case x.Type == "":
			p.Add(at+".type", "param.required")
		case x.Type == "URL":
			list = append(list, app.Asset{URL: x.URL.need(p, at+".url")})
		case x.Type != "FILE":
			p.Add(at+".type", "param.enum")
		case x.File == nil || x.File.Key == "":
			p.Add(at+".file.fileKey", "param.required")
		default:
			list = append(list, app.Asset{File: &app.File{Key: string(x.File.Key)}})
		}
	}
	return list
}
