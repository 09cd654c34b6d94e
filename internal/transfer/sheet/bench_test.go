package sheet_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/engawa/engawa/internal/transfer/sheet"
)

// postalCodes returns n rows shaped like Japan's list of postal codes: nine columns, kanji and half-width
// katakana, some empty.
func postalCodes(n int) string {
	var b strings.Builder
	b.WriteString("郵便番号,都道府県,市区町村,町域,番地,事業所名,都道府県カナ,市区町村カナ,町域カナ\r\n")
	for i := range n {
		fmt.Fprintf(&b, "%03d-%04d,秋田県,秋田市,寺内神屋敷%d,,,ｱｷﾀｹﾝ,ｱｷﾀｼ,ﾃﾗｳﾁｶﾐﾔｼｷ\r\n", i/10_000, i%10_000, i%97)
	}
	return b.String()
}

func BenchmarkRead(b *testing.B) {
	const rows = 100_000
	for _, enc := range []sheet.Encoding{sheet.UTF8, sheet.ShiftJIS, sheet.EUCJP, sheet.UTF16LE} {
		content := encode(b, enc, postalCodes(rows))
		b.Run(string(enc), func(b *testing.B) {
			b.SetBytes(int64(len(content)))
			b.ReportAllocs()
			for b.Loop() {
				r := open(b, content, sheet.Options{Encoding: enc, Separator: ",", Header: sheet.HeaderYes})
				for n := 0; ; n++ {
					if _, err := r.Next(); errors.Is(err, io.EOF) {
						if n != rows {
							b.Fatalf("%d rows", n)
						}
						break
					}
				}
			}
			b.ReportMetric(float64(rows*b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}

func BenchmarkSniff(b *testing.B) {
	content := encode(b, sheet.ShiftJIS, postalCodes(100_000))
	for b.Loop() {
		sniff(b, content, sheet.Options{})
	}
}

func BenchmarkWrite(b *testing.B) {
	row := []string{"011-0905", "秋田県", "秋田市", "寺内神屋敷", "", "", "ｱｷﾀｹﾝ", "-1,234", "=1+1"}
	for _, enc := range []sheet.Encoding{sheet.UTF8, sheet.ShiftJIS} {
		b.Run(string(enc), func(b *testing.B) {
			w, err := sheet.NewWriter(io.Discard, sheet.WriterOptions{Encoding: enc})
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				if err := w.Write(row); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}
