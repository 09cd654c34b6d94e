package field

import "github.com/cockroachdb/apd/v3"

// Quantize sets d to x rounded to a multiple of 10^exponent, as c rounds. Context.Quantize does so as well, but makes 0 of
// whatever is less than a tenth of that, however it is to round.
func Quantize(c *apd.Context, d, x *apd.Decimal, exponent int32) error {
	if x.Form == apd.Finite && !x.IsZero() && x.NumDigits()+int64(x.Exponent) < int64(exponent) {
		x = &apd.Decimal{Negative: x.Negative, Coeff: *apd.NewBigInt(1), Exponent: exponent - 1} // a tenth is rounded as what is less
	}
	_, err := c.Quantize(d, x, exponent)
	return err
}
