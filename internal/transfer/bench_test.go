package transfer_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/engawa/engawa/internal/transfer"
	"github.com/engawa/engawa/internal/world"
)

// postalCodes returns n rows shaped like Japan's list of postal codes: nine columns, kanji and half-width katakana, some
// empty.
func postalCodes(n int) string {
	var b strings.Builder
	b.WriteString("郵便番号,都道府県,市区町村,町域,番地,事業所名,都道府県カナ,市区町村カナ,町域カナ\r\n")
	for i := range n {
		fmt.Fprintf(&b, "%03d-%04d,秋田県,秋田市,寺内神屋敷%d,,,ｱｷﾀｹﾝ,ｱｷﾀｼ,ﾃﾗｳﾁｶﾐﾔｼｷ\r\n", i/10_000, i%10_000, i%97)
	}
	return b.String()
}

func BenchmarkImport(b *testing.B) {
	const rows = 20_000
	content := postalCodes(rows)
	for b.Loop() {
		s := newSite(world.New(b))
		if m := s.taken("postal.csv", content, nil); m.State != transfer.Done || m.Done != rows {
			b.Fatalf("%s after %d rows: %v", m.State, m.Done, m.Error)
		}
	}
	b.ReportMetric(float64(rows*b.N)/b.Elapsed().Seconds(), "rows/s")
}
