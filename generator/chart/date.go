package chart

import "time"

// date is an ISO 8601 prefix with its bounds: from is its first day, to its
// last.
type date struct {
	iso      string
	from, to time.Time
	form     DateForm // Day, Month or Year
}

// parseDate reads "2022", "2022-05" or "2022-05-04".
func parseDate(s string) (date, bool) {
	for _, p := range []struct {
		layout string
		form   DateForm
		months int
		years  int
	}{{time.DateOnly, Day, 0, 0}, {"2006-01", Month, 1, 0}, {"2006", Year, 0, 1}} {
		if len(s) != len(p.layout) {
			continue
		}
		t, err := time.Parse(p.layout, s)
		if err != nil || t.Year() < 1000 {
			return date{}, false
		}
		end := t
		if p.form != Day {
			end = t.AddDate(p.years, p.months, -1)
		}
		return date{s, t, end, p.form}, true
	}
	return date{}, false
}

func ms(t time.Time) int64 { return t.UnixMilli() }

func at(ms float64) time.Time { return time.UnixMilli(int64(ms)).UTC() }

const dayMs = 24 * 60 * 60 * 1000.0
