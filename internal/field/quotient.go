package field

import "github.com/cockroachdb/apd/v3"

// divide returns d divided by a whole number, rounded once: enough digits are reckoned first, and a last one that is not
// zero stands for all that were cut off, so that nothing is taken for a tie that is none.
func (pr Precision) divide(d *apd.Decimal, by string) *apd.Decimal {
	divisor, _, _ := apd.NewFromString(by)
	ctx := apd.BaseContext.WithPrecision(uint32(d.NumDigits() + int64(max(d.Exponent, 0)) + int64(len(by)) + int64(pr.places()) + 5))
	ctx.Rounding = apd.RoundDown
	q := new(apd.Decimal)
	cut, err := ctx.Quo(q, d, divisor)
	if err != nil {
		return q
	}
	if cut.Inexact() {
		q.Coeff.Mul(&q.Coeff, apd.NewBigInt(10))
		q.Coeff.Add(&q.Coeff, apd.NewBigInt(1))
		q.Exponent--
	}
	places := int32(pr.places())
	if q.Exponent < -places {
		round := apd.BaseContext.WithPrecision(uint32(q.NumDigits()) + 1)
		round.Rounding = pr.rounder()
		_ = Quantize(round, q, q, -places) // there is room for every digit
	}
	return q
}
