package lint

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/dossier-report/dossier/generator/model"
)

// agree reports recorded numbers of a study that contradict one another, which
// shows without any input: abnormal returns add up, and a t statistic is a
// return by its spread.
func (r *recount) agree() {
	s := r.study
	var sigma model.Number
	if s.Estimates != nil {
		sigma = s.Estimates.Sigma
	}
	at := map[int]model.Number{} // abnormal returns by day
	var sum total
	last, whole := 0, true // whole: no day is left out so far
	for i, d := range s.Days {
		path := fmt.Sprintf("days[%d].", i)
		day, err := strconv.Atoi(d.Day.Decimal())
		if err != nil {
			r.add("study-differs", s, path+"day", "", "%s is not a number of days", d.Day)
			return
		}
		if i > 0 && day <= last {
			r.add("study-differs", s, path+"day", "sort the days, each once", "day %d does not come after day %d", day, last)
			return
		}
		whole = whole && (i == 0 || day == last+1)
		last = day
		at[day] = d.AR
		sum.add(d.AR)
		if whole {
			r.sum(path+"car", d.CAR, sum, "the abnormal returns up to this day")
		}
		r.ratio(path+"t", d.T, d.AR, sigma, 1)
	}
	for i, w := range s.Windows {
		path := fmt.Sprintf("windows[%d].", i)
		from, err := strconv.Atoi(w.From.Decimal())
		to, err2 := strconv.Atoi(w.To.Decimal())
		if err != nil || err2 != nil || from > to {
			r.add("study-differs", s, path+"to", "", "%s to %s is no window of days", w.From, w.To)
			continue
		}
		r.ratio(path+"t", w.T, w.CAR, sigma, float64(to)-float64(from)+1)
		var sum total
		for day := from; day <= to; day++ {
			ar, ok := at[day]
			if !ok {
				break // not all days of the window are recorded
			}
			sum.add(ar)
			if day == to {
				r.sum(path+"car", w.CAR, sum, "the abnormal returns of its days")
			}
		}
	}
}

// total is a sum of rounded numbers, and how far rounding can have moved it.
type total struct{ value, slack float64 }

func (t *total) add(n model.Number) {
	t.value += n.Float()
	t.slack += half(n)
}

// half is half a unit in the last place of a number.
func half(n model.Number) float64 {
	_, places, _ := strings.Cut(n.Decimal(), ".")
	return math.Pow10(-len(places)) / 2
}

const tiny = 1e-9 // what floats may lose beside

func (r *recount) sum(path string, was model.Number, sum total, of string) {
	if was.IsZero() || math.Abs(was.Float()-sum.value) <= sum.slack+half(was)+tiny {
		return
	}
	r.add("study-differs", r.study, path, "", "recorded is %s, but %s add up to %s", was, of, shown(sum.value, was))
}

// ratio compares a t statistic with a return by its spread over so many days.
func (r *recount) ratio(path string, was, of, sigma model.Number, days float64) {
	if was.IsZero() || sigma.Float() <= half(sigma) {
		return
	}
	want := of.Float() / sigma.Float() / math.Sqrt(days)
	slack := half(was) + (half(of)+math.Abs(of.Float())*half(sigma)/sigma.Float())/(sigma.Float()-half(sigma))/math.Sqrt(days)
	if math.Abs(was.Float()-want) <= slack+tiny {
		return
	}
	r.add("study-differs", r.study, path, "", "recorded is %s, but %s by sigma is %s", was, of, shown(want, was))
}

// shown prints a number with as many digits behind the point as another has.
func shown(x float64, like model.Number) string {
	_, places, _ := strings.Cut(like.Decimal(), ".")
	return strconv.FormatFloat(x, 'f', len(places), 64)
}
