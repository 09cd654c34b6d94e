package demo

import (
	"context"
	"fmt"

	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/record"
)

// orders makes the orders, and lets the customer of the last one in.
func (s *site) orders(ctx context.Context) (token string, err error) {
	p := plan{
		name: "受注管理", icon: "APP6", theme: "BLUE", description: "ご注文から納品、請求まで。お客様への共有はこのアプリから。",
		rows: [][]part{
			{text("受注番号", 160).required().with("unique", true), text("件名", 300), text("顧客名", 260).required()},
			{choice(field.DropDown, "状況", "受注", "手配中", "出荷済み", "納品済み", "請求済み").required(), date("受注日"), date("納品予定日"), member("担当")},
			{table("明細", text("商品コード", 120), text("商品名", 260), number("数量", "点"), yen("単価"), yen("小計"))},
			{yen("合計金額"), yen("粗利"), text("納品先", 420)},
			{long("搬入メモ")},
			{attachments("資料")},
		},
		views: []app.View{
			{Name: "これから納品", Fields: []string{"受注番号", "件名", "顧客名", "状況", "納品予定日", "合計金額", "担当"},
				Filter: `状況 in ("受注", "手配中", "出荷済み")`, Sort: "納品予定日 asc"},
			{Name: "受注一覧", Fields: []string{"受注番号", "顧客名", "状況", "受注日", "納品予定日", "合計金額", "担当"}, Sort: "受注番号 desc"},
			{Name: "今月の受注", Fields: []string{"受注番号", "件名", "顧客名", "合計金額", "担当"}, Filter: "受注日 = THIS_MONTH()", Sort: "受注日 asc"},
		},
		only: map[string]string{"粗利": "aoki"},
	}
	const count = 60
	var list []values
	for i := range count {
		list = append(list, s.order(i, -150+i*5/2, clients[(i*11+1)%len(clients)]))
	}
	shared := s.order(count, -6, clients[0])
	shared["件名"], shared["状況"] = "新オフィス什器一式", "手配中"
	shared["搬入メモ"] = "4F。エレベーターは幅80cmまで。会議テーブルは天板を分けて搬入する。"
	quote := statement(shared["受注番号"].(string), shared["明細"].(lines), shared["合計金額"].(int))
	if err := s.attach(ctx, shared, "資料", picture("レイアウト図.png", 3), quote); err != nil {
		return "", err
	}
	set, ids, err := s.build(ctx, p, append(list, shared))
	if err != nil {
		return "", err
	}
	last := ids[count]
	fields := []string{"受注番号", "件名", "状況", "納品予定日", "明細", "合計金額", "納品先", "資料"}
	token, err = s.Links.Publish(ctx, s.actors["sato"], set.App().ID, last, fields, s.today.AddDate(0, 0, 45))
	if err != nil {
		return "", err
	}
	err = s.talk(ctx, set, last,
		remark{"sato", record.Shared, "山本様、いつもお世話になっております。レイアウト図と明細をこちらでご覧いただけます。ご確認をお願いいたします。", nil})
	if err == nil {
		err = s.Links.Answer(ctx, token, "みどり設計 山本", "ありがとうございます。図面のとおりで問題ありません。窓側にもう4席増やせますか?")
	}
	if err != nil {
		return "", err
	}
	return token, s.talk(ctx, set, last,
		remark{"sato", record.Internal, "4席追加のご相談です。デスクとチェアの在庫はありますか?", people{"nakamura"}},
		remark{"nakamura", record.Internal, "どちらも仙台倉庫 A棟にあります。同じ便で出せます。", people{"sato"}},
		remark{"sato", record.Shared, "はい、4席追加で承れます。納品日も変わりません。追加分のお見積りを明日お送りします。", nil})
}

// order is the i-th order of a client, placed so many days from today.
func (s *site) order(i, days int, c client) values {
	seller := sales[i%len(sales)]
	var rows lines
	total, cost := 0, 0
	for range 1 + s.rand.IntN(4) {
		q := some(s, products)
		n := 1 + s.rand.IntN(2+400000/(q.price+10000))
		rows = append(rows, values{"商品コード": q.code, "商品名": q.name, "数量": n, "単価": q.price, "小計": n * q.price})
		total, cost = total+n*q.price, cost+n*q.cost
	}
	arrives := days + 14 + s.rand.IntN(21)
	state := "請求済み"
	switch {
	case arrives > 14:
		state = "受注"
	case arrives > 3:
		state = "手配中"
	case arrives >= 0:
		state = "出荷済み"
	case arrives > -20:
		state = "納品済み"
	}
	ordered := s.today.AddDate(0, 0, days)
	return s.made(values{
		"受注番号": fmt.Sprintf("S%s-%03d", ordered.Format("0601"), i+1), "件名": some(s, dealSubjects), "顧客名": c.name, "状況": state, "受注日": s.day(days),
		"納品予定日": s.day(arrives), "担当": people{seller}, "明細": rows, "合計金額": total, "粗利": total - cost, "納品先": c.address,
	}, seller, days)
}
