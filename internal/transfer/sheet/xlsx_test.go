package sheet_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/engawa/engawa/internal/transfer/sheet"
)

// book returns a workbook that Excel could have made, with these cells on its first sheet.
func book(t testing.TB, cells map[string]any, more ...func(*excelize.File) error) string {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for ref, v := range cells {
		if err := f.SetCellValue("Sheet1", ref, v); err != nil {
			t.Fatal(err)
		}
	}
	for _, change := range more {
		if err := change(f); err != nil {
			t.Fatal(err)
		}
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// format gives cells a number format, by its number or its code.
func format(id int, code string, refs ...string) func(*excelize.File) error {
	return func(f *excelize.File) error {
		style := &excelize.Style{NumFmt: id}
		if code != "" {
			style.CustomNumFmt = &code
		}
		n, err := f.NewStyle(style)
		for _, ref := range refs {
			if err == nil {
				err = f.SetCellStyle("Sheet1", ref, ref, n)
			}
		}
		return err
	}
}

func TestWorkbookCells(t *testing.T) {
	content := book(t, map[string]any{
		"A1": "種類", "B1": "値",
		"A2": "date", "B2": 46113, "A3": "date time", "B3": 46113.395833333336, "A4": "time", "B4": 0.3958333333, "A5": "ja date", "B5": 46113,
		"A6": "era", "B6": 46113, "A7": "elapsed", "B7": 1.0625, "A8": "sum", "B8": 0.1 + 0.2, "A9": "large", "B9": 100000, "A10": "huge", "B10": 1e15,
		"A11": "money", "B11": -1234.5, "A12": "percent", "B12": 0.125, "A13": "code", "B13": 12, "A14": "post", "B14": 110905, "A15": "exponent", "B15": 1234567,
		"A16": "bool", "B16": true, "A17": "text", "B17": "0012", "A18": "rich", "A19": "made by Go", "B19": time.Date(2026, 4, 1, 9, 30, 15, 0, time.UTC),
		"A20": "seconds", "B20": 46113.395949074073, "A21": "small", "B21": 0.000001, "A22": "first days", "B22": 59, "A23": "month", "B23": 46113, "A24": "lines", "B24": "a\nb", "A25": "formula like", "B25": "'=1",
	},
		format(14, "", "B2"), format(22, "", "B3"), format(20, "", "B4"), format(0, `yyyy"年"m"月"d"日"`, "B5"), format(0, `[$-411]ge.m.d`, "B6"),
		format(0, "[h]:mm", "B7"), format(0, `"¥"#,##0;[Red]"¥"-#,##0`, "B11"), format(10, "", "B12"), format(0, "0000", "B13"),
		format(0, `[<=999]000;[<=9999]000\-00;000\-0000`, "B14"), format(11, "", "B15"), format(22, "", "B19", "B20"), format(14, "", "B22"), format(0, "m/d", "B23"),
		func(f *excelize.File) error {
			return f.SetCellRichText("Sheet1", "B18", []excelize.RichTextRun{{Text: "秋"}, {Text: "田", Font: &excelize.Font{Bold: true}}})
		})
	want := lines("2: date|2026-04-01", "3: date time|2026-04-01 09:30", "4: time|09:30", "5: ja date|2026-04-01", "6: era|2026-04-01", "7: elapsed|25:30",
		"8: sum|0.3", "9: large|100000", "10: huge|1000000000000000", "11: money|-1234.5", "12: percent|0.125", "13: code|0012", "14: post|011-0905",
		"15: exponent|1234567", "16: bool|TRUE", "17: text|0012", "18: rich|秋田", "19: made by Go|2026-04-01 09:30:15", "20: seconds|2026-04-01 09:30:10",
		"21: small|0.000001", "22: first days|1900-02-28", "23: month|2026-04-01", "24: lines|a\nb", "25: formula like|'=1")
	if got := dump(t, content, sheet.Options{Header: sheet.HeaderYes}); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestWorkbookRows(t *testing.T) {
	content := book(t, map[string]any{
		"A1": "部", "B1": "名", "C1": "年", "A2": "営業", "B2": "佐藤", "C2": 1, "B3": "鈴木", "A5": "総務", "C5": 2, "A6": "経理", "B6": "田中", "C6": 3, "D6": "extra",
	}, func(f *excelize.File) error { return f.MergeCell("Sheet1", "A2", "A3") },
		func(f *excelize.File) error { return f.MergeCell("Sheet1", "A5", "B5") })
	want := lines("2: 営業|佐藤|1", "3: 営業|鈴木|", "5: 総務||2", "6: 経理|田中|3 !long")
	if got := dump(t, content, sheet.Options{}); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestSheetsCanBeChosen(t *testing.T) {
	content := book(t, map[string]any{"A1": "hidden", "A2": 1}, func(f *excelize.File) error {
		for _, name := range []string{"売上 2026", "在庫"} {
			if _, err := f.NewSheet(name); err != nil {
				return err
			}
			if err := f.SetSheetCol(name, "A1", &[]any{name, 2}); err != nil {
				return err
			}
		}
		f.SetActiveSheet(1)
		return f.SetSheetVisible("Sheet1", false)
	})
	p := sniff(t, content, sheet.Options{})
	if got := fmt.Sprint(p.Sheets); got != "[{Sheet1 true} {売上 2026 false} {在庫 false}]" || p.Options.Sheet != "売上 2026" || p.Columns[0].Label != "売上 2026" {
		t.Errorf("got %s, %s", got, p.Options.Sheet)
	}
	for _, name := range []string{"Sheet1", "在庫"} {
		if p := sniff(t, content, sheet.Options{Sheet: name}); p.Options.Sheet != name || p.Rows != 1 {
			t.Errorf("%s: got %+v", name, p)
		}
	}
	_, err := sheet.Open(strings.NewReader(content), int64(len(content)), sheet.Options{Sheet: "none"})
	if got := keyOf(err); got != "sheetUnknown" {
		t.Errorf("got %s", got)
	}
}

func TestWorkbookPreview(t *testing.T) {
	cells := map[string]any{"A1": "売上一覧", "A3": "日付", "B3": "会社", "C3": "金額"}
	for i := range 30 {
		cells[fmt.Sprint("A", i+4)], cells[fmt.Sprint("B", i+4)], cells[fmt.Sprint("C", i+4)] = 46113+i, fmt.Sprintf("会社%d", i), 1000*i
	}
	var dates []string
	for i := range 30 {
		dates = append(dates, fmt.Sprint("A", i+4))
	}
	p := sniff(t, book(t, cells, format(14, "", dates...)), sheet.Options{})
	got := fmt.Sprint(p.Kind, p.Options.Skip, p.Options.Header, p.Rows, p.Exact, p.Columns[0].Type, p.Columns[1].Type, p.Columns[2].Type, p.Sample[0])
	if want := "xlsx2 yes30 trueDATESINGLE_LINE_TEXTNUMBER[2026-04-01 会社0 0]"; strings.ReplaceAll(got, " ", "") != strings.ReplaceAll(want, " ", "") {
		t.Errorf("got %s", got)
	}
}

func TestLockedWorkbook(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	var b bytes.Buffer
	if err := f.Write(&b, excelize.Options{Password: "secret"}); err != nil {
		t.Fatal(err)
	}
	_, err := sheet.Sniff(bytes.NewReader(b.Bytes()), int64(b.Len()), "a.xlsx", sheet.Options{})
	if got := keyOf(err); got != "encrypted" {
		t.Errorf("got %s", got)
	}
}
