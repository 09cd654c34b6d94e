package field

import "time"

// Wall is what a calendar and a clock show at t, to the minute, kept as the same reading in UTC.
func Wall(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), 0, 0, time.UTC)
}

// Moment is the first moment, in UTC, at which a zone's clock shows a reading or a later one. Where clocks are put forward at
// midnight the day begins an hour into itself, where time.Date may give the last hour of the day before.
func Moment(reading time.Time, zone *time.Location) time.Time {
	t := time.Date(reading.Year(), reading.Month(), reading.Day(), reading.Hour(), reading.Minute(), 0, 0, zone)
	start, end := t.ZoneBounds()
	switch shown := Wall(t); {
	case shown.Before(reading): // it is never shown: the clock is put forward past it
		t = end
	case shown.After(reading):
		t = start
	case !start.IsZero(): // it may have been shown before the clock was put back
		_, offset := start.Add(-time.Second).Zone()
		if earlier := reading.Add(-time.Duration(offset) * time.Second); earlier.Before(start) {
			t = earlier
		}
	}
	return t.UTC()
}
