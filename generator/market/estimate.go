package market

import (
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

// estimate fits the model to the returns of the estimation window.
func (r *Result) estimate(subject, index []float64) error {
	n := float64(len(subject))
	if !finite(subject...) || !finite(index...) {
		return fail(Degenerate, "a return in the estimation window is beyond all bounds")
	}
	r.mean = stat.Mean(index, nil)
	for _, x := range index {
		r.sxx += (x - r.mean) * (x - r.mean)
	}
	switch r.Model {
	case MarketModel:
		// A spread that is nothing but rounding would give any slope.
		if r.sxx <= n*1e-20 {
			return fail(Degenerate, "the index does not vary in the estimation window")
		}
		r.Alpha, r.Beta = stat.LinearRegression(index, subject, nil, false)
		r.Freedom = len(subject) - 2
	case ConstantMean:
		r.Alpha = stat.Mean(subject, nil)
		r.Freedom = len(subject) - 1
	case MarketAdjusted:
		r.Beta = 1
		r.Freedom = len(subject)
	}
	var sum float64
	for i, x := range index {
		e := subject[i] - r.expected(x)
		sum += e * e
	}
	r.Sigma = math.Sqrt(sum / float64(r.Freedom))
	if !finite(r.Alpha, r.Beta, r.Sigma) || r.Sigma <= 1e-10 {
		return fail(Degenerate, "the returns do not vary about the model in the estimation window")
	}
	r.cut = distuv.StudentsT{Mu: 0, Sigma: 1, Nu: float64(r.Freedom)}.Quantile((1 + r.Level) / 2)
	if !finite(r.cut) {
		return fail(BadOption, "a confidence level of %g", r.Level)
	}
	return nil
}

// expected is the normal return of a day, by the return of the index.
func (r *Result) expected(index float64) float64 { return r.Alpha + r.Beta*index }

// forecastError is the standard error of the sum of abnormal returns over days
// with these returns of the index: that of the days themselves and that of the
// estimated parameters, which all of them share.
func (r *Result) forecastError(index []float64) float64 {
	l, n := float64(len(index)), float64(r.N)
	v := l
	switch r.Model {
	case MarketModel:
		d := floats.Sum(index) - l*r.mean
		v += l*l/n + d*d/r.sxx
	case ConstantMean:
		v += l * l / n
	}
	return r.Sigma * math.Sqrt(v)
}

// abnormal computes the days of the event window.
func (r *Result) abnormal(days pairs, zero int, o Options) error {
	subject, index := days.returns(zero+o.From, zero+o.To+1, o.Returns)
	for i := range subject {
		at := zero + o.From + i
		d := AbnormalDay{
			Day: o.From + i, Since: days[at-1].day, Date: days[at].day, Flag: days[at].flag,
			Return: subject[i], Index: index[i], AR: subject[i] - r.expected(index[i]),
		}
		d.T = d.AR / r.Sigma
		d.TForecast = d.AR / r.forecastError(index[i:i+1])
		d.CAR = d.AR
		if i > 0 {
			d.CAR += r.Days[i-1].CAR
		}
		half := r.cut * r.forecastError(index[:i+1])
		d.Low, d.High = d.CAR-half, d.CAR+half
		if !finite(d.Return, d.Index, d.AR, d.T, d.TForecast, d.CAR, d.Low, d.High) {
			return failOn(Degenerate, d.Date, "the return on day %d is beyond all bounds", d.Day)
		}
		r.Days = append(r.Days, d)
	}
	return nil
}

// CAR is the cumulative abnormal return from one day to another, both included.
// Days outside the event window are an [Error] with [BadOption].
func (r *Result) CAR(from, to int) (CAR, error) {
	if len(r.Days) == 0 || from > to || from < r.Days[0].Day || to > r.Days[len(r.Days)-1].Day {
		return CAR{}, fail(BadOption, "the window [%d, %d] does not lie in the event window", from, to)
	}
	days := r.Days[from-r.Days[0].Day : to-r.Days[0].Day+1]
	index := make([]float64, len(days))
	out := CAR{Window: Window{from, to}}
	for i, d := range days {
		out.CAR += d.AR
		index[i] = d.Index
	}
	se := r.forecastError(index)
	out.T = out.CAR / (r.Sigma * math.Sqrt(float64(len(days))))
	out.TForecast = out.CAR / se
	out.Low, out.High = out.CAR-r.cut*se, out.CAR+r.cut*se
	if !finite(out.CAR, out.T, out.TForecast, out.Low, out.High) {
		return CAR{}, fail(Degenerate, "the returns of the window [%d, %d] are beyond all bounds", from, to)
	}
	return out, nil
}

// Notes on a day of the event window, such as that its abnormal return is cut
// off by the limit of the exchange.
func (r *Result) NotesOn(day int) []Note {
	var out []Note
	for _, n := range r.Notes {
		if n.Day == day && n.Date != 0 && n.Code != MarketClosed && n.Code != SubjectHalted {
			out = append(out, n)
		}
	}
	return out
}
