package demo

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/record"
)

// orders makes the orders, and lets the customer of the last one in.
func (s *site) orders(ctx context.Context) (token string, err error) {
	p := plan{
		name: "受注管理", title: "件名", icon: "APP6", theme: "BLUE", description: "ご注文から納品、請求まで。お客様への共有はこのアプリから。",
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
		list = append(list, s.order(i, -150+i*5/2, clients[(i*11+1)%len(clients)], s.goods()))
	}
	shared := s.order(count, -6, clients[0], []ordered{{"AD-1400", 12}, {"AC-M100", 12}, {"AP-D060", 12}, {"AT-2400", 1}, {"AC-K020", 8}})
	shared["件名"], shared["状況"], shared["納品予定日"], shared["担当"] = "新オフィス什器一式", "受注", s.day(20), people{"aoki"}
	quote := statement(shared["受注番号"].(string), shared["明細"].(lines), shared["合計金額"].(int))
	if err := s.attach(ctx, shared, "資料", picture("レイアウト図.png", 3), quote); err != nil {
		return "", err
	}
	set, ids, err := s.build(ctx, p, append(list, shared))
	if err != nil {
		return "", err
	}
	last := ids[count]
	err = errors.Join(
		s.change(ctx, set, last, "nakamura", values{"状況": "手配中", "搬入メモ": "4F。エレベーターは幅80cmまで。会議テーブルは天板を分けて搬入する。"}),
		s.change(ctx, set, last, "sato", values{"納品予定日": s.day(18)}))
	if err != nil {
		return "", err
	}
	return s.letIn(ctx, set, last)
}

// letIn shares an order with its customer, who answers.
func (s *site) letIn(ctx context.Context, set *record.Set, n id.Record) (token string, err error) {
	fields := []string{"受注番号", "件名", "状況", "納品予定日", "明細", "合計金額", "納品先", "資料"}
	token, err = s.Links.Publish(ctx, s.actors["aoki"], set.App().ID, n, fields, s.today.AddDate(0, 0, 45))
	if err != nil {
		return "", err
	}
	err = s.talk(ctx, set, n,
		remark{"aoki", record.Shared, "山本様、いつもお世話になっております。レイアウト図と明細をこちらでご覧いただけます。ご確認をお願いいたします。", nil})
	if err == nil {
		err = s.Links.Answer(ctx, token, "みどり設計 山本", "ありがとうございます。図面のとおりで問題ありません。窓側にもう4席増やせますか?")
	}
	if err != nil {
		return "", err
	}
	return token, s.talk(ctx, set, n,
		remark{"sato", record.Internal, "4席追加のご相談です。デスクとチェアの在庫はありますか?", people{"nakamura"}},
		remark{"nakamura", record.Internal, "どちらも仙台倉庫 A棟にあります。同じ便で出せます。", people{"aoki", "sato"}})
}

// ordered is so many of a product.
type ordered struct {
	code  string
	count int
}

// goods are some products, fewer of those that cost more.
func (s *site) goods() (list []ordered) {
	for range 1 + s.rand.IntN(4) {
		q := some(s, products)
		list = append(list, ordered{q.code, 1 + s.rand.IntN(2+400000/(q.price+10000))})
	}
	return list
}

// order is the i-th order of a client, placed so many days from today.
func (s *site) order(i, days int, c client, goods []ordered) values {
	seller := sales[i%len(sales)]
	var rows lines
	total, cost := 0, 0
	for _, o := range goods {
		q := products[slices.IndexFunc(products, func(q product) bool { return q.code == o.code })]
		rows = append(rows, values{"商品コード": q.code, "商品名": q.name, "数量": o.count, "単価": q.price, "小計": o.count * q.price})
		total, cost = total+o.count*q.price, cost+o.count*q.cost
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
	return s.made(values{
		"受注番号": fmt.Sprintf("S%s-%03d", s.today.AddDate(0, 0, days).Format("0601"), i+1), "件名": some(s, dealSubjects), "顧客名": c.name, "状況": state, "受注日": s.day(days),
		"納品予定日": s.day(arrives), "担当": people{seller}, "明細": rows, "合計金額": total, "粗利": total - cost, "納品先": c.address,
	}, seller, days)
}
