package api

import (
	"cmp"
	"context"
	"strings"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/errs"
)

// pluginRoutes answer as they do where no plug-in is installed: the lists are empty, and no id is known. Nothing can be
// installed, and whoever tries is told so.
func (a *API) pluginRoutes() []Route {
	return append(both("app/plugins.json", a.getAppPlugins),
		route("POST", "/k/v1/preview/app/plugins.json", a.addAppPlugins),
		route("GET", "/k/v1/plugins.json", a.getPlugins),
		route("GET", "/k/v1/plugins/required.json", a.getRequiredPlugins),
		route("GET", "/k/v1/plugin/apps.json", a.getPluginApps),
		route("POST", "/k/v1/plugin.json", a.installPlugin),
		route("PUT", "/k/v1/plugin.json", a.updatePlugin),
		route("DELETE", "/k/v1/plugin.json", a.deletePlugin),
	)
}

func noPlugin(n Text) error {
	return errs.E(errs.NotFound, "plugin.notFound", errs.Args{"id": string(n)})
}

// administrators refuses whoever does not administer the site.
func administrators(who access.Actor) error {
	if err := usersOnly(who); err != nil {
		return err
	}
	if !who.Admin() {
		return errs.E(errs.Forbidden, "forbidden")
	}
	return nil
}

type appPluginsOut struct {
	Plugins  []none `json:"plugins"`
	Revision string `json:"revision"`
}

var pluginLanguages = map[string]bool{"": true, "ja": true, "en": true, "zh": true, "es": true}

// getAppPlugins answers GET /k/v1/app/plugins.json and its preview.
func (a *API) getAppPlugins(ctx context.Context, who access.Actor, in settingsIn, preview bool) (appPluginsOut, error) {
	if !pluginLanguages[strings.ToLower(string(in.Lang))] {
		var p errs.Fields
		p.Add("lang", "param.enum")
		return appPluginsOut{}, p.Err()
	}
	st, err := a.managed(ctx, who, settingsIn{App: in.App}, preview)
	if err != nil {
		return appPluginsOut{}, err
	}
	return appPluginsOut{[]none{}, st.RevisionText()}, nil
}

type addAppPluginsIn struct {
	App      Int         `json:"app"`
	IDs      *List[Text] `json:"ids"`
	Revision Int         `json:"revision"`
}

// addAppPlugins answers POST /k/v1/preview/app/plugins.json.
func (a *API) addAppPlugins(ctx context.Context, who access.Actor, in addAppPluginsIn) (revisionOut, error) {
	var p errs.Fields
	if in.IDs == nil {
		p.Add("ids", "param.required")
	}
	rev, err := a.edit(ctx, who, in.App, in.Revision, &p, func(*app.Settings, *errs.Fields) error {
		for _, n := range *in.IDs {
			return noPlugin(n)
		}
		return nil
	})
	return revisionOut{revisionText(rev)}, err
}

type getPluginsIn struct {
	IDs    List[Text] `json:"ids"`
	Offset Int        `json:"offset"`
	Limit  Int        `json:"limit"`
}

type pluginsOut struct {
	Plugins []none `json:"plugins"`
}

// getPlugins answers GET /k/v1/plugins.json.
func (a *API) getPlugins(_ context.Context, who access.Actor, in getPluginsIn) (pluginsOut, error) {
	var p errs.Fields
	in.IDs.size(&p, "ids", 0, 100)
	return noPlugins(who, in.Offset, in.Limit, &p)
}

type pageIn struct {
	Offset Int `json:"offset"`
	Limit  Int `json:"limit"`
}

// getRequiredPlugins answers GET /k/v1/plugins/required.json: those that an app uses and that are not installed.
func (a *API) getRequiredPlugins(_ context.Context, who access.Actor, in pageIn) (pluginsOut, error) {
	var p errs.Fields
	return noPlugins(who, in.Offset, in.Limit, &p)
}

func noPlugins(who access.Actor, offset, limit Int, p *errs.Fields) (pluginsOut, error) {
	page(offset, limit, 100, p)
	if err := p.Err(); err != nil {
		return pluginsOut{}, err
	}
	return pluginsOut{[]none{}}, administrators(who)
}

// page reads which part of a list is wanted: 100 from its beginning, unless it is said, and at most max.
func page(offset, limit Int, max int64, p *errs.Fields) (from, size int) {
	size = int(limit.within(p, "limit", 100, 1, max))
	return int(offset.within(p, "offset", 0, 0, 1<<31-1)), size
}

type getPluginAppsIn struct {
	ID     Text `json:"id"`
	Offset Int  `json:"offset"`
	Limit  Int  `json:"limit"`
}

type pluginAppsOut struct {
	Apps []none `json:"apps"`
}

// getPluginApps answers GET /k/v1/plugin/apps.json.
func (a *API) getPluginApps(_ context.Context, who access.Actor, in getPluginAppsIn) (pluginAppsOut, error) {
	var p errs.Fields
	in.ID.need(&p, "id")
	page(in.Offset, in.Limit, 500, &p)
	return pluginAppsOut{[]none{}}, unknownPlugin(who, in.ID, &p)
}

func unknownPlugin(who access.Actor, n Text, p *errs.Fields) error {
	return cmp.Or(p.Err(), administrators(who), noPlugin(n))
}

type installPluginIn struct {
	FileKey Text `json:"fileKey"`
}

type pluginOut struct {
	ID      string `json:"id"`
	Version string `json:"version"`
}

// installPlugin answers POST /k/v1/plugin.json.
func (a *API) installPlugin(_ context.Context, who access.Actor, in installPluginIn) (pluginOut, error) {
	var p errs.Fields
	in.FileKey.need(&p, "fileKey")
	return pluginOut{}, cmp.Or[error](p.Err(), administrators(who), errs.E(errs.Forbidden, "plugin.off"))
}

type updatePluginIn struct {
	ID      Text `json:"id"`
	FileKey Text `json:"fileKey"`
}

// updatePlugin answers PUT /k/v1/plugin.json.
func (a *API) updatePlugin(_ context.Context, who access.Actor, in updatePluginIn) (pluginOut, error) {
	var p errs.Fields
	in.ID.need(&p, "id")
	in.FileKey.need(&p, "fileKey")
	return pluginOut{}, unknownPlugin(who, in.ID, &p)
}

type deletePluginIn struct {
	ID Text `json:"id"`
}

// deletePlugin answers DELETE /k/v1/plugin.json.
func (a *API) deletePlugin(_ context.Context, who access.Actor, in deletePluginIn) (none, error) {
	var p errs.Fields
	in.ID.need(&p, "id")
	return none{}, unknownPlugin(who, in.ID, &p)
}
