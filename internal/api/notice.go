package api

import (
	"cmp"
	"context"
	"regexp"
	"strconv"
	"time"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/errs"
)

// noticeRuleRoutes are the rules by which an app tells people.
func (a *API) noticeRuleRoutes() []Route {
	return append(append(append(
		both("app/notifications/general.json", a.getGeneralNotices),
		both("app/notifications/perRecord.json", a.getRecordNotices)...),
		both("app/notifications/reminder.json", a.getReminders)...),
		route("PUT", "/k/v1/preview/app/notifications/general.json", a.setGeneralNotices),
		route("PUT", "/k/v1/preview/app/notifications/perRecord.json", a.setRecordNotices),
		route("PUT", "/k/v1/preview/app/notifications/reminder.json", a.setReminders),
	)
}

type generalNotice struct {
	Entity        entity `json:"entity"`
	IncludeSubs   Bool   `json:"includeSubs"`
	RecordAdded   Bool   `json:"recordAdded"`
	RecordEdited  Bool   `json:"recordEdited"`
	CommentAdded  Bool   `json:"commentAdded"`
	StatusChanged Bool   `json:"statusChanged"`
	FileImported  Bool   `json:"fileImported"`
}

func (n *generalNotice) read(p *errs.Fields, path string) app.GeneralNotice {
	return app.GeneralNotice{
		Entity:        n.Entity.read(p, path+".entity", "USER", "GROUP", "ORGANIZATION", app.FieldEntity),
		IncludeSubs:   n.IncludeSubs.or(p, path+".includeSubs", false),
		RecordAdded:   n.RecordAdded.or(p, path+".recordAdded", false),
		RecordEdited:  n.RecordEdited.or(p, path+".recordEdited", false),
		CommentAdded:  n.CommentAdded.or(p, path+".commentAdded", false),
		StatusChanged: n.StatusChanged.or(p, path+".statusChanged", false),
		FileImported:  n.FileImported.or(p, path+".fileImported", false),
	}
}

type generalNoticesOut struct {
	Notifications     []generalNotice `json:"notifications"`
	NotifyToCommenter bool            `json:"notifyToCommenter"`
	Revision          string          `json:"revision"`
}

// getGeneralNotices answers GET /k/v1/app/notifications/general.json and its preview.
func (a *API) getGeneralNotices(ctx context.Context, who access.Actor, in appInfoIn, preview bool) (generalNoticesOut, error) {
	st, err := a.managed(ctx, who, settingsIn{App: in.App}, preview)
	if err != nil {
		return generalNoticesOut{}, err
	}
	g := st.GeneralNotices()
	out := generalNoticesOut{[]generalNotice{}, g.NotifyToCommenter, st.RevisionText()}
	for _, n := range g.List {
		out.Notifications = append(out.Notifications, generalNotice{
			showEntity(n.Entity), is(n.IncludeSubs), is(n.RecordAdded), is(n.RecordEdited), is(n.CommentAdded), is(n.StatusChanged), is(n.FileImported),
		})
	}
	return out, nil
}

type setGeneralNoticesIn struct {
	App               Int              `json:"app"`
	Notifications     *[]generalNotice `json:"notifications"`
	NotifyToCommenter Bool             `json:"notifyToCommenter"`
	Revision          Int              `json:"revision"`
}

// setGeneralNotices answers PUT /k/v1/preview/app/notifications/general.json: what is not mentioned stays.
func (a *API) setGeneralNotices(ctx context.Context, who access.Actor, in setGeneralNoticesIn) (revisionOut, error) {
	var p errs.Fields
	var list []app.GeneralNotice
	if in.Notifications != nil {
		for i := range *in.Notifications {
			list = append(list, (*in.Notifications)[i].read(&p, at("notifications", i)))
		}
	}
	told := in.NotifyToCommenter.or(&p, "notifyToCommenter", false)
	rev, err := a.edit(ctx, who, in.App, in.Revision, &p, func(s *app.Settings, _ *errs.Fields) error {
		g := s.GeneralNotices()
		if in.Notifications != nil {
			g.List = list
		}
		if in.NotifyToCommenter.given {
			g.NotifyToCommenter = told
		}
		return s.SetGeneralNotices(g)
	})
	return revisionOut{revisionText(rev)}, err
}

type noticeTarget struct {
	Entity      entity `json:"entity"`
	IncludeSubs Bool   `json:"includeSubs"`
}

// readTargets reads whom a rule tells; the list must be there, though it may be empty.
func readTargets(list *[]noticeTarget, p *errs.Fields, path string) (targets []app.Target) {
	if list == nil {
		p.Add(path, "param.required")
		return nil
	}
	for i, t := range *list {
		targets = append(targets, app.Target{
			Entity:      t.Entity.read(p, at(path, i)+".entity", "USER", "GROUP", "ORGANIZATION", app.FieldEntity),
			IncludeSubs: t.IncludeSubs.or(p, at(path, i)+".includeSubs", false),
		})
	}
	return targets
}

func showTargets(targets []app.Target) *[]noticeTarget {
	list := []noticeTarget{}
	for _, t := range targets {
		list = append(list, noticeTarget{showEntity(t.Entity), is(t.IncludeSubs)})
	}
	return &list
}

type recordNotice struct {
	FilterCond *Text           `json:"filterCond"`
	Title      Text            `json:"title"`
	Targets    *[]noticeTarget `json:"targets"`
}

type recordNoticesOut struct {
	Notifications []recordNotice `json:"notifications"`
	Revision      string         `json:"revision"`
}

// getRecordNotices answers GET /k/v1/app/notifications/perRecord.json and its preview.
func (a *API) getRecordNotices(ctx context.Context, who access.Actor, in settingsIn, preview bool) (recordNoticesOut, error) {
	st, err := a.managed(ctx, who, in, preview)
	if err != nil {
		return recordNoticesOut{}, err
	}
	out := recordNoticesOut{[]recordNotice{}, st.RevisionText()}
	for _, n := range st.Notifications.PerRecord {
		out.Notifications = append(out.Notifications, recordNotice{new(Text(n.Filter)), Text(n.Title), showTargets(n.Targets)})
	}
	return out, nil
}

type setRecordNoticesIn struct {
	App           Int             `json:"app"`
	Notifications *[]recordNotice `json:"notifications"`
	Revision      Int             `json:"revision"`
}

// setRecordNotices answers PUT /k/v1/preview/app/notifications/perRecord.json.
func (a *API) setRecordNotices(ctx context.Context, who access.Actor, in setRecordNoticesIn) (revisionOut, error) {
	var p errs.Fields
	var list []app.RecordNotice
	if in.Notifications == nil {
		p.Add("notifications", "param.required")
	} else {
		for i, n := range *in.Notifications {
			path := at("notifications", i)
			if n.FilterCond == nil {
				p.Add(path+".filterCond", "param.required")
				n.FilterCond = new(Text)
			}
			list = append(list, app.RecordNotice{
				Filter: string(*n.FilterCond), Title: string(n.Title), Targets: readTargets(n.Targets, &p, path+".targets"),
			})
		}
	}
	rev, err := a.edit(ctx, who, in.App, in.Revision, &p, func(s *app.Settings, p *errs.Fields) error {
		return s.SetRecordNotices(list, p)
	})
	return revisionOut{revisionText(rev)}, err
}

type timing struct {
	Code       Text  `json:"code"`
	DaysLater  Int   `json:"daysLater"`
	HoursLater Int   `json:"hoursLater,omitzero"`
	Time       *Text `json:"time,omitempty"`
}

type reminder struct {
	Timing     *timing         `json:"timing"`
	FilterCond Text            `json:"filterCond"`
	Title      Text            `json:"title"`
	Targets    *[]noticeTarget `json:"targets"`
}

// maxLater is how many days or hours before or after its field's value a reminder may come.
const maxLater = 10_000

// tenMinutes are the times of day at which reminders may come.
var tenMinutes = regexp.MustCompile(`^([01][0-9]|2[0-3]):[0-5]0$`)

func (r *reminder) read(p *errs.Fields, path string) app.Reminder {
	out := app.Reminder{Filter: string(r.FilterCond), Title: string(r.Title), Targets: readTargets(r.Targets, p, path+".targets")}
	t := r.Timing
	path += ".timing"
	if t == nil {
		p.Add(path, "param.required")
		return out
	}
	out.Field = t.Code.need(p, path+".code")
	if !t.DaysLater.given {
		p.Add(path+".daysLater", "param.required")
	}
	out.DaysLater = int(t.DaysLater.within(p, path+".daysLater", 0, -maxLater, maxLater))
	switch {
	case t.Time != nil && *t.Time != "" && t.HoursLater.given:
		p.Add(path, "app.reminderTimes")
	case t.Time != nil && *t.Time != "":
		if out.Time = string(*t.Time); !tenMinutes.MatchString(out.Time) {
			p.Add(path+".time", "app.reminderTime")
		}
	case t.HoursLater.given:
		out.HoursLater = int(t.HoursLater.within(p, path+".hoursLater", 0, -maxLater, maxLater))
	default:
		p.Add(path+".time", "param.required")
	}
	return out
}

func showReminder(r app.Reminder) reminder {
	t := &timing{Code: Text(r.Field), DaysLater: whole(r.DaysLater)}
	if r.Time != "" {
		t.Time = new(Text(r.Time))
	} else {
		t.HoursLater = whole(r.HoursLater)
	}
	return reminder{t, Text(r.Filter), Text(r.Title), showTargets(r.Targets)}
}

type remindersOut struct {
	Notifications []reminder `json:"notifications"`
	Timezone      string     `json:"timezone"`
	Revision      string     `json:"revision"`
}

// getReminders answers GET /k/v1/app/notifications/reminder.json and its preview.
func (a *API) getReminders(ctx context.Context, who access.Actor, in settingsIn, preview bool) (remindersOut, error) {
	st, err := a.managed(ctx, who, in, preview)
	if err != nil {
		return remindersOut{}, err
	}
	rs := st.Notifications.Reminder
	out := remindersOut{[]reminder{}, cmp.Or(rs.Timezone, who.Zone().String()), st.RevisionText()}
	for _, r := range rs.List {
		out.Notifications = append(out.Notifications, showReminder(r))
	}
	return out, nil
}

type setRemindersIn struct {
	App           Int         `json:"app"`
	Notifications *[]reminder `json:"notifications"`
	Timezone      *Text       `json:"timezone"`
	Revision      Int         `json:"revision"`
}

// setReminders answers PUT /k/v1/preview/app/notifications/reminder.json: what is not mentioned stays. Who sets reminders
// first sets them in his own time zone.
func (a *API) setReminders(ctx context.Context, who access.Actor, in setRemindersIn) (revisionOut, error) {
	var p errs.Fields
	var list []app.Reminder
	if in.Notifications != nil {
		for i := range *in.Notifications {
			list = append(list, (*in.Notifications)[i].read(&p, at("notifications", i)))
		}
	}
	if z := in.Timezone; z != nil {
		if _, err := time.LoadLocation(string(*z)); err != nil || *z == "" || *z == "Local" {
			p.Add("timezone", "user.timezone.invalid")
		}
	}
	rev, err := a.edit(ctx, who, in.App, in.Revision, &p, func(s *app.Settings, p *errs.Fields) error {
		rs := &s.Notifications.Reminder
		if in.Timezone != nil {
			rs.Timezone = string(*in.Timezone)
		}
		rs.Timezone = cmp.Or(rs.Timezone, who.Zone().String())
		if in.Notifications == nil {
			return nil
		}
		return s.SetReminders(list, p)
	})
	return revisionOut{revisionText(rev)}, err
}

// is shows what is so.
func is(b bool) Bool { return Bool{is: b, given: true} }

// whole shows a number.
func whole(n int) Int { return Int{n: int64(n), given: true} }

// MarshalJSON writes b as a boolean.
func (b Bool) MarshalJSON() ([]byte, error) { return strconv.AppendBool(nil, b.is), nil }

// MarshalJSON writes i as text, as answers do.
func (i Int) MarshalJSON() ([]byte, error) {
	return strconv.AppendQuote(nil, strconv.FormatInt(i.n, 10)), nil
}
