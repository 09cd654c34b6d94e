package demo

import (
	"context"

	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/record"
)

var (
	dealSubjects = []string{"本社移転に伴う什器一式", "会議室リニューアル", "ワークチェア入れ替え", "受付まわりの改装", "フリーアドレス化", "個室ブースの導入", "新拠点の開設",
		"書庫の増設", "休憩スペースの新設", "昇降デスクの試験導入", "応接室の家具更新", "テレワークブース"}
	// dealStages are how far a deal can be, with the days from today of its expected order.
	dealStages = []struct {
		name     string
		from, to int
		odds     string
	}{
		{"新規", 60, 150, "C"}, {"訪問・提案", 30, 100, "C"}, {"見積提出", 10, 60, "B"}, {"交渉中", 3, 30, "A"}, {"受注", -90, -2, "受注"}, {"失注", -90, -5, "失注"},
	}
	nextSteps = map[string][]string{
		"新規": {"初回訪問の日程を調整", "電話で要望を聞く"}, "訪問・提案": {"レイアウト案を2案つくる", "ショールームへご案内", "現地を採寸"},
		"見積提出": {"見積の返事を確認", "値引きの幅を青木と相談"}, "交渉中": {"納期を倉庫に確認", "契約書を送付", "稟議の結果待ち"}, "受注": {""}, "失注": {"半年後に再訪問"},
	}
)

func (s *site) deals(ctx context.Context) error {
	p := plan{
		name: "案件管理", icon: "APP8", theme: "RED", description: "進行中の商談。確度と次の一手を毎週金曜に見直します。",
		rows: [][]part{
			{text("案件名", 360).required(), text("顧客名", 260).required()},
			{choice(field.DropDown, "進捗", "新規", "訪問・提案", "見積提出", "交渉中", "受注", "失注").required(), choice(field.DropDown, "確度", "A", "B", "C", "受注", "失注"),
				date("受注予定日"), member("担当")},
			{yen("金額"), yen("原価"), number("席数", "席")},
			{text("次の一手", 420), date("次回連絡日")},
			{{typ: field.RichText, code: "経緯", width: 640}},
			{attachments("資料")},
		},
		views: []app.View{
			{Name: "進行中", Fields: []string{"案件名", "顧客名", "進捗", "確度", "金額", "受注予定日", "担当", "次の一手"},
				Filter: `進捗 not in ("受注", "失注")`, Sort: "受注予定日 asc"},
			{Name: "自分の案件", Fields: []string{"案件名", "顧客名", "進捗", "金額", "次の一手", "次回連絡日"},
				Filter: `担当 in (LOGINUSER()) and 進捗 not in ("受注", "失注")`, Sort: "次回連絡日 asc"},
			{Name: "受注・失注", Fields: []string{"案件名", "顧客名", "進捗", "金額", "受注予定日", "担当"}, Filter: `進捗 in ("受注", "失注")`, Sort: "受注予定日 desc"},
		},
		only: map[string]string{"原価": "aoki"},
	}
	var list []values
	for i := range 72 {
		stage := dealStages[(i*5+s.rand.IntN(3))%len(dealStages)]
		c := clients[(i*7)%len(clients)]
		seller := sales[(i*7)%len(clients)%len(sales)]
		if i%8 == 0 {
			seller = "aoki"
		}
		seats := 4 + s.rand.IntN(56)
		price := seats * (48 + s.rand.IntN(70)) * 1000
		v := values{
			"案件名": some(s, dealSubjects), "顧客名": c.name, "進捗": stage.name, "確度": stage.odds, "受注予定日": s.day(stage.from + s.rand.IntN(stage.to-stage.from)),
			"担当": people{seller}, "金額": price, "原価": price / 100 * (58 + s.rand.IntN(9)), "席数": seats,
			"次の一手": some(s, nextSteps[stage.name]),
		}
		if stage.to > 0 {
			v["次回連絡日"] = s.day(s.rand.IntN(14))
		}
		if i%4 == 0 {
			v["経緯"] = "<p>展示会でお名刺を交換。<b>" + c.trade + "</b>で" + some(s, []string{"増員", "移転", "老朽化した什器の更新"}) + "のご予定。</p><ul><li>ご予算は" +
				some(s, []string{"未定", "年度内に確定", "役員会で承認済み"}) + "</li><li>競合は2社</li></ul>"
		}
		list = append(list, s.made(v, seller, -90+i))
	}
	if err := s.attach(ctx, list[0], "資料", picture("レイアウト案A.png", 1), picture("レイアウト案B.png", 2)); err != nil {
		return err
	}
	set, ids, err := s.build(ctx, p, list)
	if err != nil {
		return err
	}
	return s.talk(ctx, set, ids[0],
		remark{"sato", record.Internal, "案Bのほうが動線がよさそうです。席数は同じで通路が30cm広くなります。", nil},
		remark{"aoki", record.Internal, "ではBを本命で。値引きは5%まで任せます。", people{"sato"}},
		remark{"suzuki", record.Internal, "Bの場合、パネルは取り寄せなので3週間みてください。", people{"aoki", "sato"}})
}
