package chart

import (
	"math"
	"time"
)

// nice gives an axis that holds the values between low and high: its ends and
// the step of its ticks, about n of them.
func nice(low, high float64, n int) (from, to, step float64) {
	if !(high > low) {
		d := math.Max(math.Abs(low)*0.1, 1)
		low, high = low-d, high+d
	}
	raw := (high - low) / float64(max(n, 1))
	p := math.Pow(10, math.Floor(math.Log10(raw)))
	step = 10 * p
	for _, m := range []float64{1, 2, 2.5, 5} {
		if m*p >= raw*(1-1e-9) {
			step = m * p
			break
		}
	}
	return tidy(math.Floor(low/step+1e-9)*step, step), tidy(math.Ceil(high/step-1e-9)*step, step), step
}

// niceLabels is nice for an axis that lies: with as many steps, at most n, as
// have room for their labels side by side.
func niceLabels(env Env, low, high float64, n int, room float64, unit string) (from, to, step float64) {
	for ; ; n-- {
		from, to, step = nice(low, high, n)
		widest, before := 0.0, 0.0 // of two halves side by side
		for _, v := range ticks(from, to, step) {
			w := textWidth(env.with(v, stepDecimals(step), unit))
			widest, before = math.Max(widest, (before+w)/2), w
		}
		if n <= 1 || room/((to-from)/step) >= widest+5 {
			return from, to, step
		}
	}
}

// tidy takes the noise of binary fractions out of a multiple of a step.
func tidy(v, step float64) float64 {
	d := max(0, 2-int(math.Floor(math.Log10(step))))
	p := math.Pow10(min(d, 15))
	if r := math.Round(v*p) / p; !math.IsInf(r, 0) && !math.IsNaN(r) {
		return r
	}
	return v
}

// stepDecimals is how many digits after the point the ticks of an axis need.
func stepDecimals(step float64) int {
	for d := range 6 {
		x := step * math.Pow10(d)
		if math.Abs(x-math.Round(x)) < 1e-6*x {
			return d
		}
	}
	return 6
}

// ticks gives the values from low to high that are multiples of step.
func ticks(low, high, step float64) []float64 {
	if !(step > 0) || (high-low)/step > 200 {
		return []float64{low, high}
	}
	var out []float64
	for i := math.Ceil(low/step - 1e-6); i*step <= high+step*1e-6; i++ {
		out = append(out, tidy(i*step, step))
	}
	return out
}

// timeTick is a labelled place on an axis of time.
type timeTick struct {
	at    float64 // milliseconds
	label string
	major bool // the beginning of a year among months
}

// timeTicks chooses days, months or years so that their labels fit side by
// side.
func timeTicks(env Env, low, high, width float64) []timeTick {
	if !(high > low) || width < 40 {
		return nil
	}
	days := (high - low) / dayMs
	room := width / 52 // how many labels fit side by side
	for _, n := range [...]int{1, 2, 7, 14} {
		if days/float64(n) <= room {
			return dayTicks(env, low, high, n)
		}
	}
	for _, n := range [...]int{1, 2, 3, 6} {
		if days/30.44/float64(n) <= room {
			return monthTicks(env, low, high, n)
		}
	}
	room = width / 36
	for _, n := range [...]int{1, 2, 5, 10, 20, 50, 100, 200, 500} {
		if days/365.25/float64(n) <= room || n == 500 {
			if list := yearTicks(env, low, high, n); len(list) > 1 {
				return list
			}
			break
		}
	}
	if from, to := at(low), at(high); from.Year() == to.Year() {
		return []timeTick{{low, env.date(from, Month), false}, {high, env.date(to, MonthName), false}}
	}
	return []timeTick{{low, env.date(at(low), Year), false}, {high, env.date(at(high), Year), false}}
}

// namedDays names days, the first of each year with the year.
func namedDays(env Env, days []number) []timeTick {
	var out []timeTick
	for _, d := range days {
		form, t := DayMonth, at(float64(d))
		if len(out) == 0 || at(out[len(out)-1].at).Year() != t.Year() {
			form = Day
		}
		out = append(out, timeTick{float64(d), env.date(t, form), false})
	}
	return out
}

func dayTicks(env Env, low, high float64, n int) []timeTick {
	var days []number
	for t := math.Ceil(low/dayMs) * dayMs; t <= high; t += float64(n) * dayMs {
		days = append(days, number(t))
	}
	return namedDays(env, days)
}

func monthTicks(env Env, low, high float64, n int) []timeTick {
	var out []timeTick
	first := at(low)
	t := time.Date(first.Year(), 1, 1, 0, 0, 0, 0, time.UTC)
	for ; float64(ms(t)) <= high; t = t.AddDate(0, n, 0) {
		if float64(ms(t)) < low {
			continue
		}
		form := MonthName
		if t.Month() == 1 || len(out) == 0 {
			form = Month
		}
		out = append(out, timeTick{float64(ms(t)), env.date(t, form), t.Month() == 1})
	}
	return out
}

func yearTicks(env Env, low, high float64, n int) []timeTick {
	var out []timeTick
	y := at(low).Year()
	y -= (y%n + n) % n
	for ; y <= at(high).Year(); y += n {
		t := time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC)
		if m := float64(ms(t)); m >= low && m <= high {
			out = append(out, timeTick{m, env.date(t, Year), false})
		}
	}
	return out
}
