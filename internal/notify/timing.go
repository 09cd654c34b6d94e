package notify

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"

	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/field"
)

// timing is when a reminder tells of which records.
type timing struct {
	app.Reminder
	kind field.Type // of its field
	zone *time.Location
}

// moment is when a reminder tells of the records that a condition finds. Its instant names it: a record is told of once.
type moment struct {
	at        time.Time
	condition string
}

// rule names the reminder for as long as what it tells of stays the same; to whom may change.
func (t timing) rule() string {
	r := t.Reminder
	r.Targets = nil
	b, err := json.Marshal(r)
	if err != nil {
		panic(err) // strings and numbers always marshal
	}
	sum := sha256.Sum256([]byte(t.zone.String() + string(b)))
	return hex.EncodeToString(sum[:12])
}

// every is how often the records of reminders by the hour are looked at: they tell at most so late.
const every = 5 * time.Minute

// next is the first instant after one at which there is something to look for.
func (t timing) next(after time.Time) time.Time {
	if t.Time == "" {
		return after.Truncate(every).Add(every)
	}
	for day := after.In(t.zone); ; day = day.AddDate(0, 0, 1) {
		if at := t.on(day); at.After(after) {
			return at
		}
	}
}

// on is the reminder's time of day.
func (t timing) on(day time.Time) time.Time {
	clock, err := time.Parse("15:04", t.Time)
	if err != nil {
		clock = time.Time{} // settings are checked when they are saved
	}
	y, m, d := day.Date()
	return field.Moment(time.Date(y, m, d, clock.Hour(), clock.Minute(), 0, 0, time.UTC), t.zone)
}

// moments are those after one instant, up to another, in order.
func (t timing) moments(after, until time.Time) []moment {
	if t.Time == "" {
		return t.hourly(after, until)
	}
	var list []moment
	for at := t.next(after); !at.After(until); at = t.next(at) {
		day := at.In(t.zone).AddDate(0, 0, -t.DaysLater)
		y, m, d := day.Date()
		m0 := moment{at: at, condition: t.Field + ` = "` + day.Format(time.DateOnly) + `"`}
		if t.kind != field.Date {
			m0.condition = t.between(field.Moment(time.Date(y, m, d, 0, 0, 0, 0, time.UTC), t.zone), field.Moment(time.Date(y, m, d+1, 0, 0, 0, 0, time.UTC), t.zone))
		}
		list = append(list, m0)
	}
	return list
}

// hourly is moments for days and hours after the field's instant, which for a date is when its day begins.
func (t timing) hourly(after, until time.Time) (list []moment) {
	late := time.Duration(24*t.DaysLater+t.HoursLater) * time.Hour
	from, to := after.Add(-late).Add(time.Minute), until.Add(-late).Add(time.Minute)
	if t.kind != field.Date {
		return []moment{{after, t.between(from, to)}}
	}
	y, m, d := from.In(t.zone).Date()
	for ; ; d++ {
		day := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
		begins := field.Moment(day, t.zone)
		if !begins.Before(to) {
			return list
		}
		if !begins.Before(from) {
			list = append(list, moment{begins.Add(late), t.Field + ` = "` + day.Format(time.DateOnly) + `"`})
		}
	}
}

// between finds instants from one up to but not including another. Records keep whole minutes.
func (t timing) between(from, to time.Time) string {
	const layout = "2006-01-02T15:04:05Z"
	return t.Field + ` >= "` + from.UTC().Truncate(time.Minute).Format(layout) + `" and ` +
		t.Field + ` < "` + to.UTC().Truncate(time.Minute).Format(layout) + `"`
}
