package app

import (
	"testing"
	"time"
)

func TestNextBeat(t *testing.T) {
	tokyo, err := time.LoadLocation("Asia/Tokyo")
	if err != nil {
		t.Fatal(err)
	}
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	kolkata, err := time.LoadLocation("Asia/Kolkata")
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		p          Period
		zone       *time.Location
		from, want string
	}{
		{Period{Every: "HOUR", Minute: 20}, tokyo, "2026-04-01T00:19:59Z", "2026-04-01T00:20:00Z"},
		{Period{Every: "HOUR", Minute: 20}, tokyo, "2026-04-01T00:20:00Z", "2026-04-01T01:20:00Z"},
		{Period{Every: "HOUR", Minute: 0}, kolkata, "2026-04-01T00:20:00Z", "2026-04-01T00:30:00Z"},
		{Period{Every: "DAY", Time: "09:00"}, tokyo, "2026-04-01T00:00:00Z", "2026-04-02T00:00:00Z"},
		{Period{Every: "DAY", Time: "9:00"}, tokyo, "2026-03-31T23:59:59Z", "2026-04-01T00:00:00Z"},
		{Period{Every: "DAY", Time: "02:30"}, newYork, "2026-03-07T12:00:00Z", "2026-03-08T06:30:00Z"}, // half past one: there is no half past two
		{Period{Every: "DAY", Time: "01:30"}, newYork, "2026-11-01T05:30:00Z", "2026-11-02T06:30:00Z"}, // once, though the hour comes twice
		{Period{Every: "WEEK", DayOfWeek: "SUNDAY", Time: "00:00"}, tokyo, "2026-04-01T00:00:00Z", "2026-04-04T15:00:00Z"},
		{Period{Every: "MONTH", Day: "31", Time: "00:00"}, time.UTC, "2026-01-31T00:00:00Z", "2026-02-28T00:00:00Z"},
		{Period{Every: "MONTH", Day: "END_OF_MONTH", Time: "00:00"}, time.UTC, "2024-02-01T00:00:00Z", "2024-02-29T00:00:00Z"},
		{Period{Every: "QUARTER", Pattern: "FEB_MAY_AUG_NOV", Day: "1", Time: "00:00"}, time.UTC, "2026-11-01T00:00:00Z", "2027-02-01T00:00:00Z"},
		{Period{Every: "QUARTER", Pattern: "JAN_APR_JUL_OCT", Day: "END_OF_MONTH", Time: "00:00"}, time.UTC, "2026-04-01T00:00:00Z", "2026-04-30T00:00:00Z"},
		{Period{Every: "YEAR", Month: 2, Day: "29", Time: "12:00"}, time.UTC, "2026-03-01T00:00:00Z", "2027-02-28T12:00:00Z"},
	} {
		from, err := time.Parse(time.RFC3339, tc.from)
		if err != nil {
			t.Fatal(err)
		}
		if got := tc.p.Next(from, tc.zone).Format(time.RFC3339); got != tc.want {
			t.Errorf("%+v after %s: %s, want %s", tc.p, tc.from, got, tc.want)
		}
	}
}
