package sheet_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/engawa/engawa/internal/transfer/sheet"
)

// csvColumn returns a text of one quoted column and a running number.
func csvColumn(name string, cells []string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "n,%s\n", name)
	for i, c := range cells {
		fmt.Fprintf(&b, "%d,\"%s\"\n", i, strings.ReplaceAll(c, `"`, `""`))
	}
	return b.String()
}

func repeat(n int, cells ...string) []string {
	var out []string
	for range n {
		out = append(out, cells...)
	}
	return out
}

func TestColumnTypesAreGuessed(t *testing.T) {
	names := make([]string, 60)
	for i := range names {
		names[i] = fmt.Sprintf("山田%d商店", i)
	}
	for _, tc := range []struct {
		name  string
		cells []string
		want  string
	}{
		{"金額", []string{"1,234", "¥5,000", "△5", "(5)", "１２３", "-1.5", "\\800", "1,200円", "0"}, "NUMBER"},
		{"率", []string{"0.5", "12", ".75"}, "NUMBER"},
		{"郵便番号", []string{"011-0905", "100-0001"}, "SINGLE_LINE_TEXT"},
		{"郵便番号", []string{"1000001", "1000002", "5300001"}, "SINGLE_LINE_TEXT"},
		{"社員", []string{"0012", "1200", "0300"}, "SINGLE_LINE_TEXT"},
		{"商品コード", []string{"12", "13", "14"}, "SINGLE_LINE_TEXT"},
		{"バーコード", []string{"4901234567894", "4909876543210", "4901111111112"}, "SINGLE_LINE_TEXT"},
		{"口座", []string{"12345678901234567", "12345678901234568"}, "SINGLE_LINE_TEXT"},
		{"件数", []string{"5", "10", "未定"}, "SINGLE_LINE_TEXT"},
		{"日付", []string{"2026/4/1", "2026-04-01", "2026年4月1日", "令和8年4月1日", "R8.4.1", "2026/4/1(水)", "2026/4/1 0:00:00"}, "DATE"},
		{"日付", []string{"20260401", "20260430", "20251231"}, "DATE"},
		{"型", []string{"20260401", "99999999", "12345678"}, "SINGLE_LINE_TEXT"},
		{"数", []string{"20260401", "3", "120"}, "NUMBER"},
		{"開始", []string{"9:30", "午後3時", "15時30分", "10:00 PM"}, "TIME"},
		{"更新", []string{"2026/4/1 9:30", "2026/4/1 0:00", "2026-04-01T10:00:00+09:00"}, "DATETIME"},
		{"更新", []string{"20260401093000", "20260401100000"}, "DATETIME"},
		{"ページ", []string{"https://example.jp/", "http://example.com/a?b=c"}, "LINK WEB"},
		{"メール", []string{"a@example.jp", "b.c@example.co.jp"}, "LINK MAIL"},
		{"電話", []string{"03-1234-5678", "090-1234-5678", "+81 3 1234 5678", "0312345678"}, "LINK CALL"},
		{"番", []string{"03-1234-5678", "090-1234-5678"}, "SINGLE_LINE_TEXT"},
		{"備考", []string{"一行", "二行\nある"}, "MULTI_LINE_TEXT"},
		{"備考", []string{strings.Repeat("長い文です。", 60)}, "MULTI_LINE_TEXT"},
		{"状態", repeat(10, "見積", "受注", "失注"), "DROP_DOWN 見積,受注,失注"},
		{"状態", repeat(3, "見積", "受注", "失注"), "SINGLE_LINE_TEXT"},
		{"会社", names, "SINGLE_LINE_TEXT"},
		{"点", repeat(10, "1", "2", "3"), "NUMBER"},
		{"用途", repeat(10, "営業", "営業\n総務", "総務\n経理"), "CHECK_BOX 営業,総務,経理"},
		{"用途", repeat(10, "営業、総務", "総務、経理", "経理"), "CHECK_BOX 営業,総務,経理"},
		{"済", repeat(10, "○", ""), "CHECK_BOX ○"},
		{"空", []string{"", "", ""}, "SINGLE_LINE_TEXT"},
	} {
		p := sniff(t, csvColumn(tc.name, tc.cells), sheet.Options{Separator: ",", Header: sheet.HeaderYes})
		c := p.Columns[1]
		got := strings.TrimSpace(strings.Join([]string{string(c.Type), c.Protocol + strings.Join(c.Choices, ",")}, " "))
		if got != tc.want {
			t.Errorf("%s %.60q: got %s, want %s", tc.name, tc.cells, got, tc.want)
		}
		if c.Confidence < 0 || c.Confidence > 1 || c.Filled+c.Empty != len(tc.cells) {
			t.Errorf("%s: confidence %v, %d filled, %d empty", tc.name, c.Confidence, c.Filled, c.Empty)
		}
	}
}

func TestMoreRowsGiveMoreConfidence(t *testing.T) {
	few := sniff(t, csvColumn("金額", []string{"1,000"}), sheet.Options{}).Columns[1]
	many := sniff(t, csvColumn("金額", repeat(100, "1,000")), sheet.Options{}).Columns[1]
	if few.Type != sheet.Number || many.Type != sheet.Number || few.Confidence >= many.Confidence || many.Confidence < 0.9 {
		t.Errorf("one row %v %v, many %v %v", few.Type, few.Confidence, many.Type, many.Confidence)
	}
}

// TestChoicesAreComplete finds a choice that only one row in thousands has.
func TestChoicesAreComplete(t *testing.T) {
	cells := repeat(10_000, "東京", "大阪")
	cells[17_777] = "秋田"
	c := sniff(t, csvColumn("市", cells), sheet.Options{}).Columns[1]
	if got := strings.Join(c.Choices, ","); c.Type != sheet.DropDown || got != "東京,大阪,秋田" {
		t.Errorf("got %s %s", c.Type, got)
	}
}
