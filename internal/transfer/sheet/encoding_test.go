package sheet_test

import (
	"strings"
	"testing"

	"github.com/engawa/engawa/internal/transfer/sheet"
)

const customers = "顧客番号,会社名,ﾌﾘｶﾞﾅ,住所\r\n" +
	"A-01,株式会社山田製作所,ﾔﾏﾀﾞｾｲｻｸｼﾞｮ,秋田県秋田市寺内神屋敷1-2\r\n" +
	"A-02,すずき商店,ｽｽﾞｷｼｮｳﾃﾝ,東京都千代田区丸の内\r\n" +
	"A-03,北海道ソフト①,ﾎｯｶｲﾄﾞｳｿﾌﾄ,札幌市北区北十条西～髙橋ビル\r\n"

func TestEncodingIsFound(t *testing.T) {
	// ISO-2022-JP has neither half-width katakana nor the signs that CP932 added.
	plain := strings.NewReplacer("ﾌﾘｶﾞﾅ", "フリガナ", "ﾔﾏﾀﾞｾｲｻｸｼﾞｮ", "ヤマダ", "ｽｽﾞｷｼｮｳﾃﾝ", "スズキ",
		"ﾎｯｶｲﾄﾞｳｿﾌﾄ", "ホッカイドウ", "①", "1", "髙", "高", "～", "の").Replace(customers)
	for _, tc := range []struct {
		enc  sheet.Encoding
		mark string
		text string
	}{
		{sheet.UTF8, "", customers},
		{sheet.UTF8BOM, "", customers},
		{sheet.ShiftJIS, "", customers},
		{sheet.EUCJP, "", customers},
		{sheet.ISO2022JP, "", plain},
		{sheet.UTF16LE, "", customers},
		{sheet.UTF16BE, "", customers},
		{sheet.UTF16LE, "\xff\xfe", customers},
		{sheet.UTF16BE, "\xfe\xff", customers},
		{sheet.UTF8, "", "a,b\n1,2\n"},
	} {
		content := tc.mark + encode(t, tc.enc, tc.text)
		p := sniff(t, content, sheet.Options{})
		if p.Options.Encoding != tc.enc || p.Encodings[0] != tc.enc {
			t.Errorf("%s: got %v", tc.enc, p.Encodings)
		}
		want := dump(t, tc.text, sheet.Options{Encoding: sheet.UTF8})
		if got := dump(t, content, p.Options); got != want || strings.Contains(got, "!") {
			t.Errorf("%s: got\n%swant\n%s", tc.enc, got, want)
		}
	}
}

func TestEncodingOfUnusualTexts(t *testing.T) {
	for _, tc := range []struct {
		what, content string
		want          sheet.Encoding
	}{
		{"half-width katakana only, in pairs", encode(t, sheet.ShiftJIS, "ｶﾅ\nｱｷﾀ,ｻｯﾎﾟﾛ\nｱﾕｴﾓﾘ,ﾄﾔﾏｼｲ\nｺｳﾁ,ﾄｸｼﾏﾃﾞ\n"), sheet.ShiftJIS},
		{"kana only in EUC-JP", encode(t, sheet.EUCJP, "ひらがな,すこし\nあいう,かきくけこ\n"), sheet.EUCJP},
		{"UTF-8 with one broken line", customers + strings.Repeat("B,あいうえお,か,き\n", 100) + "B,\xe3\x81,か,き\n", sheet.UTF8},
		{"first Japanese far down", strings.Repeat("a,b\n", 300_000) + encode(t, sheet.ShiftJIS, "東京,大阪\n"), sheet.ShiftJIS},
		{"western", "nom,ville\ncaf\xe9,Orl\xe9ans\n", sheet.Windows1252},
	} {
		if p := sniff(t, tc.content, sheet.Options{}); p.Encodings[0] != tc.want {
			t.Errorf("%s: got %v, want %s", tc.what, p.Encodings, tc.want)
		}
	}
}

func TestEncodingCanBeSaid(t *testing.T) {
	content := encode(t, sheet.ShiftJIS, "名前,市\n山田,秋田\n")
	p := sniff(t, content, sheet.Options{Encoding: sheet.EUCJP})
	if p.Options.Encoding != sheet.EUCJP || p.Encodings[0] != sheet.EUCJP || len(p.Encodings) < 2 || p.Encodings[1] != sheet.ShiftJIS {
		t.Errorf("got %v of %v", p.Options.Encoding, p.Encodings)
	}
	_, err := sheet.Open(strings.NewReader("a"), 1, sheet.Options{Encoding: "KOI8-R"})
	if got := keyOf(err); got != "encodingUnknown" {
		t.Errorf("unknown encoding: %s", got)
	}
}

func TestBytesThatMeanNothingAreReportedByLine(t *testing.T) {
	for _, tc := range []struct {
		enc           sheet.Encoding
		content, want string
	}{
		{sheet.UTF8, "名,市\n山田,秋田\n\xe5\xb1,\xff\n鈴木,青森\n", lines("2: 山田|秋田", "3: \uFFFD|\uFFFD !encoding", "4: 鈴木|青森")},
		{sheet.ShiftJIS, "a,b\n" + "\x8e\x52,\x81\n\x81,x\n1,2\n", lines("2: 山|\uFFFD !encoding", "3: \uFFFD|x !encoding", "4: 1|2")},
		{sheet.EUCJP, "a,b\n\xa4\xa2,\xa4\n1,2\n", lines("2: あ|\uFFFD !encoding", "3: 1|2")},
		{sheet.UTF16LE, encode(t, sheet.UTF16LE, "a,b\n") + "\x00\xd8" + encode(t, sheet.UTF16LE, ",2\n3,4\n"), lines("2: \uFFFD|2 !encoding", "3: 3|4")},
		{sheet.UTF8, "a,b\n1\x00,2\n3,4\n", lines("2: 1|2 !nul", "3: 3|4")},
	} {
		got := dump(t, tc.content, sheet.Options{Encoding: tc.enc, Separator: ",", Header: sheet.HeaderYes})
		if got != tc.want {
			t.Errorf("%s: got\n%swant\n%s", tc.enc, got, tc.want)
		}
	}
}

// TestBlocksDoNotCutCharacters puts characters of two and three bytes across every block's end.
func TestBlocksDoNotCutCharacters(t *testing.T) {
	for _, enc := range []sheet.Encoding{sheet.UTF8, sheet.ShiftJIS, sheet.EUCJP, sheet.ISO2022JP, sheet.UTF16LE} {
		for shift := range 3 {
			text := "名前,市\n" + strings.Repeat("x", shift) + ",y\n" + strings.Repeat("山田太郎商店,秋田県秋田市寺内\n", 20_000)
			r := open(t, encode(t, enc, text), sheet.Options{Encoding: enc, Separator: ",", Header: sheet.HeaderYes})
			if err := r.SkipTo(1); err != nil {
				t.Fatal(err)
			}
			for i := range 20_000 {
				row, err := r.Next()
				if err != nil || row.Err != nil || row.Cells[0] != "山田太郎商店" || row.Cells[1] != "秋田県秋田市寺内" || row.Line != i+3 {
					t.Fatalf("%s: row %d: %v, %v", enc, i, row, err)
				}
			}
		}
	}
}
