package field_test

import (
	"testing"
	"time"

	"github.com/engawa/engawa/internal/field"
)

// Attack case 80: days begin when they begin, also where clocks are put forward or back at midnight.
func TestMoment(t *testing.T) {
	for _, tc := range []struct{ zone, reading, want string }{
		{"Asia/Tokyo", "2026-04-01T00:00", "2026-03-31T15:00"},
		{"UTC", "0000-01-01T00:00", "0000-01-01T00:00"},
		{"America/Sao_Paulo", "2018-11-04T00:00", "2018-11-04T03:00"}, // it is 01:00 at once
		{"America/Sao_Paulo", "2018-11-04T00:30", "2018-11-04T03:00"},
		{"America/Sao_Paulo", "2018-11-03T00:00", "2018-11-03T03:00"},
		{"America/Sao_Paulo", "2018-02-18T00:00", "2018-02-18T03:00"}, // the last hour of the day before came twice
		{"America/Sao_Paulo", "2018-02-17T23:00", "2018-02-18T01:00"}, // the first time
		{"Asia/Beirut", "2026-03-29T00:00", "2026-03-28T22:00"},
		{"America/Havana", "2026-11-01T00:00", "2026-11-01T04:00"}, // twice
		{"America/New_York", "2026-03-08T02:30", "2026-03-08T07:00"},
		{"Australia/Lord_Howe", "2026-10-04T02:15", "2026-10-03T15:30"}, // half an hour
		{"Australia/Lord_Howe", "2026-04-05T01:45", "2026-04-04T14:45"}, // came twice
		{"Pacific/Apia", "2011-12-30T00:00", "2011-12-30T10:00"},        // a day that was not
		{"Asia/Kathmandu", "2026-01-01T00:00", "2025-12-31T18:15"},
	} {
		zone, err := time.LoadLocation(tc.zone)
		if err != nil {
			t.Fatal(err)
		}
		reading, err := time.Parse("2006-01-02T15:04", tc.reading)
		if err != nil {
			t.Fatal(err)
		}
		if got := field.Moment(reading, zone).Format("2006-01-02T15:04"); got != tc.want {
			t.Errorf("%s in %s: %s, want %s", tc.reading, tc.zone, got, tc.want)
		}
	}
}
