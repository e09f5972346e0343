package market

import (
	"math"
	"strconv"
	"strings"

	"github.com/cockroachdb/apd/v3"
)

// Decimal is an exact decimal number. The zero Decimal is no number at all.
type Decimal struct{ d *apd.Decimal } // never changed once it is here

// maxDigits is the number of digits of a decimal that is read, maxPlaces that
// behind the point of one that is rounded. No market needs more.
const (
	maxDigits = 40
	maxPlaces = 30
)

// exact is precise enough for the product and the quotient of any two numbers
// that were read. Halves are rounded away from zero, as exchanges and banks do.
func exact() *apd.Context {
	c := apd.BaseContext.WithPrecision(120)
	c.Rounding = apd.RoundHalfUp
	return c
}

// ParseDecimal reads a number such as -9.72, without an exponent and with at
// most 40 characters.
func ParseDecimal(s string) (Decimal, bool) {
	digits := strings.TrimPrefix(s, "-")
	whole, frac, point := strings.Cut(digits, ".")
	if whole == "" || point && frac == "" || len(s) > maxDigits || strings.Trim(whole+frac, "0123456789") != "" {
		return Decimal{}, false
	}
	d, _, err := apd.NewFromString(s)
	if err != nil {
		return Decimal{}, false
	}
	return Decimal{d}.unsigned(), true
}

// unsigned makes 0 of -0.
func (x Decimal) unsigned() Decimal {
	if x.d != nil && x.d.Negative && x.d.IsZero() {
		return Decimal{new(apd.Decimal).Abs(x.d)}
	}
	return x
}

// Int is a whole number.
func Int(n int64) Decimal { return Decimal{apd.New(n, 0)} }

// Stated reports whether there is a number; 0 is one.
func (x Decimal) Stated() bool { return x.d != nil }

// String is the number with all its digits, those of 1.50 too; nothing when
// there is none.
func (x Decimal) String() string {
	if x.d == nil {
		return ""
	}
	return x.d.Text('f')
}

// Float is the nearest float64; 0 when there is no number.
func (x Decimal) Float() float64 {
	if x.d == nil {
		return 0
	}
	f, err := strconv.ParseFloat(x.d.String(), 64)
	if err != nil || math.IsInf(f, 0) {
		return 0
	}
	return f
}

// Sign is -1, 0 or 1; 0 when there is no number.
func (x Decimal) Sign() int {
	if x.d == nil {
		return 0
	}
	return x.d.Sign()
}

// Cmp compares two numbers: -1, 0 or 1. No number is less than any other.
func (x Decimal) Cmp(y Decimal) int {
	switch {
	case x.d == nil && y.d == nil:
		return 0
	case x.d == nil:
		return -1
	case y.d == nil:
		return 1
	}
	return x.d.Cmp(y.d)
}

// Round gives the number with as many digits behind the point, halves away from
// zero.
func (x Decimal) Round(places int) Decimal {
	if x.d == nil {
		return x
	}
	var out apd.Decimal
	if _, err := exact().Quantize(&out, x.d, -int32(min(max(places, 0), maxPlaces))); err != nil {
		return Decimal{}
	}
	return Decimal{&out}.unsigned()
}

// significant gives the number with n digits, the leading zeros not counted.
func (x Decimal) significant(n int) Decimal {
	if x.d == nil || x.d.IsZero() {
		return x
	}
	lead := int(x.d.NumDigits()) + int(x.d.Exponent) // digits in front of the point
	return x.Round(n - lead)
}

func (x Decimal) times(y Decimal) Decimal { return x.with(y, (*apd.Context).Mul) }
func (x Decimal) over(y Decimal) Decimal  { return x.with(y, (*apd.Context).Quo) }
func (x Decimal) minus(y Decimal) Decimal { return x.with(y, (*apd.Context).Sub) }
func (x Decimal) plus(y Decimal) Decimal  { return x.with(y, (*apd.Context).Add) }

// with computes; no number comes of none, and of a division by zero.
func (x Decimal) with(y Decimal, op func(*apd.Context, *apd.Decimal, *apd.Decimal, *apd.Decimal) (apd.Condition, error)) Decimal {
	if x.d == nil || y.d == nil {
		return Decimal{}
	}
	var out apd.Decimal
	if _, err := op(exact(), &out, x.d, y.d); err != nil || out.Form != apd.Finite {
		return Decimal{}
	}
	return Decimal{&out}
}

// Round prints a statistic with as many digits behind the point, the same on
// every machine: what lies beyond the twelfth significant digit, where
// processors differ, is dropped first. A NaN or an infinity is no number.
func Round(x float64, places int) Decimal {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return Decimal{}
	}
	d, _, err := apd.NewFromString(strconv.FormatFloat(x, 'e', 11, 64))
	if err != nil {
		return Decimal{}
	}
	return Decimal{d}.Round(places)
}
