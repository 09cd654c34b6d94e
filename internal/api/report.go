package api

import (
	"context"
	"strconv"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
)

type reportGroup struct {
	Code string `json:"code"`
	Per  string `json:"per,omitempty"`
}

type reportAggregation struct {
	Type string `json:"type"`
	Code string `json:"code,omitempty"`
}

type reportSort struct {
	By    string `json:"by"`
	Order string `json:"order"`
}

type reportPeriod struct {
	Every      string `json:"every"`
	Month      string `json:"month,omitempty"`
	Pattern    string `json:"pattern,omitempty"`
	DayOfMonth string `json:"dayOfMonth,omitempty"`
	DayOfWeek  string `json:"dayOfWeek,omitempty"`
	Time       string `json:"time,omitempty"`
	Minute     string `json:"minute,omitempty"`
}

type reportPeriodic struct {
	Active bool         `json:"active"`
	Period reportPeriod `json:"period"`
}

type reportOut struct {
	ChartType    string              `json:"chartType"`
	ChartMode    string              `json:"chartMode,omitempty"`
	ID           string              `json:"id"`
	Index        string              `json:"index"`
	Name         string              `json:"name"`
	Groups       []reportGroup       `json:"groups"`
	Aggregations []reportAggregation `json:"aggregations"`
	Filter       string              `json:"filterCond"`
	Sorts        []reportSort        `json:"sorts"`
	Periodic     *reportPeriodic     `json:"periodicReport"`
}

type reportsOut struct {
	Reports  map[string]reportOut `json:"reports"`
	Revision string               `json:"revision"`
}

// getReports answers GET /k/v1/app/reports.json and its preview. Readers get the reports all of whose fields they see.
func (a *API) getReports(ctx context.Context, who access.Actor, in settingsIn, preview bool) (reportsOut, error) {
	st, lens, err := a.settings(ctx, who, in, preview)
	if err != nil {
		return reportsOut{}, err
	}
	out := reportsOut{Reports: map[string]reportOut{}, Revision: st.RevisionText()}
	for i := range st.Reports {
		if r := &st.Reports[i]; preview || r.VisibleTo(lens) {
			out.Reports[r.Name] = showReport(r, i)
		}
	}
	return out, nil
}

func showReport(r *app.Report, i int) reportOut {
	out := reportOut{
		ChartType: r.ChartType, ChartMode: r.ChartMode, ID: id.String(r.ID), Index: strconv.Itoa(i), Name: r.Name, Filter: r.Filter,
		Groups: []reportGroup{}, Aggregations: []reportAggregation{}, Sorts: []reportSort{},
	}
	for _, g := range r.Groups {
		out.Groups = append(out.Groups, reportGroup{g.Code, g.Per})
	}
	for _, x := range r.Aggregations {
		out.Aggregations = append(out.Aggregations, reportAggregation{x.Type, x.Code})
	}
	for _, s := range r.Sorts {
		out.Sorts = append(out.Sorts, reportSort{s.By, orderText(s.Desc)})
	}
	if r.Periodic != nil {
		out.Periodic = &reportPeriodic{r.Periodic.Active, showPeriod(r.Periodic.Period)}
	}
	return out
}

func orderText(desc bool) string {
	if desc {
		return "DESC"
	}
	return "ASC"
}

func showPeriod(p app.Period) reportPeriod {
	out := reportPeriod{Every: p.Every, Pattern: p.Pattern, DayOfMonth: p.Day, DayOfWeek: p.DayOfWeek, Time: p.Time}
	switch p.Every {
	case "YEAR":
		out.Month = strconv.Itoa(p.Month)
	case "HOUR":
		out.Minute = strconv.Itoa(p.Minute)
	}
	return out
}

// reportShapeIn is what a saved report and one of the moment have in common.
type reportShapeIn struct {
	ChartType Text `json:"chartType"`
	ChartMode Text `json:"chartMode"`
	Groups    *List[struct {
		Code Text `json:"code"`
		Per  Text `json:"per"`
	}] `json:"groups"`
	Aggregations *List[struct {
		Type Text `json:"type"`
		Code Text `json:"code"`
	}] `json:"aggregations"`
	Filter *Text `json:"filterCond"`
	Sorts  *List[struct {
		By    Text `json:"by"`
		Order Text `json:"order"`
	}] `json:"sorts"`
}

type setReportsIn struct {
	App     Int `json:"app"`
	Reports *map[string]struct {
		reportShapeIn
		Index    Int  `json:"index"`
		Name     Text `json:"name"`
		Periodic *struct {
			Active Bool `json:"active"`
			Period *struct {
				Every      Text `json:"every"`
				Month      Int  `json:"month"`
				Pattern    Text `json:"pattern"`
				DayOfMonth Text `json:"dayOfMonth"`
				DayOfWeek  Text `json:"dayOfWeek"`
				Time       Text `json:"time"`
				Minute     Int  `json:"minute"`
			} `json:"period"`
		} `json:"periodicReport"`
	} `json:"reports"`
	Revision Int `json:"revision"`
}

type setReportsOut struct {
	Reports  map[string]idOut `json:"reports"`
	Revision string           `json:"revision"`
}

// setReports answers PUT /k/v1/preview/app/reports.json.
func (a *API) setReports(ctx context.Context, who access.Actor, in setReportsIn) (setReportsOut, error) {
	var p errs.Fields
	out := setReportsOut{Reports: map[string]idOut{}}
	changes := map[string]app.ReportChange{}
	for key, r := range needMap(in.Reports, &p, "reports") {
		path := "reports[" + key + "]"
		r.ChartType.need(&p, path+".chartType")
		c := r.change(path, &p)
		c.Index, c.Name = r.Index.need(&p, path+".index", 0), string(r.Name)
		if x := r.Periodic; x != nil {
			c.Active = x.Active.optional(&p, path+".periodicReport.active")
			if y := x.Period; y != nil {
				at := path + ".periodicReport.period"
				c.Period = &app.Period{
					Every: string(y.Every), Month: int(y.Month.within(&p, at+".month", 0, 1, 12)), Pattern: string(y.Pattern), Day: string(y.DayOfMonth),
					DayOfWeek: string(y.DayOfWeek), Time: string(y.Time), Minute: int(y.Minute.within(&p, at+".minute", -1, 0, 59)),
				}
			}
		}
		changes[key] = c
	}
	rev, err := a.edit(ctx, who, in.App, in.Revision, &p, func(s *app.Settings, p *errs.Fields) error {
		reports, err := s.SetReports(changes, p)
		for key, r := range reports {
			out.Reports[key] = idOut{id.String(r.ID)}
		}
		return err
	})
	out.Revision = revisionText(rev)
	return out, err
}

// change is the shape as a change of settings.
func (r reportShapeIn) change(path string, p *errs.Fields) app.ReportChange {
	c := app.ReportChange{ChartType: string(r.ChartType), ChartMode: string(r.ChartMode), Filter: (*string)(r.Filter)}
	if r.Groups != nil {
		c.Groups = []app.ReportGroup{}
		for _, g := range *r.Groups {
			c.Groups = append(c.Groups, app.ReportGroup{Code: string(g.Code), Per: string(g.Per)})
		}
	}
	if r.Aggregations != nil {
		c.Aggregations = []app.Aggregation{}
		for _, x := range *r.Aggregations {
			c.Aggregations = append(c.Aggregations, app.Aggregation{Type: string(x.Type), Code: string(x.Code)})
		}
	}
	if r.Sorts != nil {
		c.Sorts = []app.ReportSort{}
		for i, s := range *r.Sorts {
			if s.Order != "ASC" && s.Order != "DESC" {
				p.Add(at(path+".sorts", i)+".order", "param.enum")
			}
			c.Sorts = append(c.Sorts, app.ReportSort{By: string(s.By), Desc: s.Order == "DESC"})
		}
	}
	return c
}

func (a *API) reportRoutes() []Route {
	return append(both("app/reports.json", a.getReports),
		route("PUT", "/k/v1/preview/app/reports.json", a.setReports),
		route("GET", "/api/v1/report/data", a.getReportData),
		route("POST", "/api/v1/report/data", a.postReportData),
		route("GET", "/api/v1/report/snapshots", a.getSnapshots),
		route("GET", "/api/v1/report/snapshot", a.getSnapshot),
	)
}
