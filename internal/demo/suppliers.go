package demo

import (
	"context"

	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/field"
)

var supplierNames = []struct {
	name, area, domain string
	does               labels
}{
	{"東洋オフィス製造株式会社", "03", "toyo-office", labels{"仕入れ"}}, {"株式会社クロガネ什器", "06", "kurogane-juki", labels{"仕入れ"}},
	{"アーム精工株式会社", "0258", "arm-seiko", labels{"仕入れ"}}, {"株式会社モクサン", "018", "mokusan", labels{"仕入れ"}},
	{"仙台配送センター株式会社", "022", "sendai-haiso", labels{"配送"}}, {"みちのく急便有限会社", "019", "michinoku-kyubin", labels{"配送"}},
	{"有限会社佐久間組立", "022", "sakuma-kumitate", labels{"組立・施工"}}, {"株式会社内装の広瀬", "022", "hirose-naiso", labels{"組立・施工"}},
	{"株式会社エコリサイクル宮城", "022", "eco-miyagi", labels{"回収・廃棄"}}, {"杜の都電設株式会社", "022", "morinomiyako-densetsu", labels{"電気・配線"}},
	{"株式会社シグナル通信", "022", "signal-net", labels{"電気・配線"}}, {"北日本パネル工業株式会社", "0178", "kitanihon-panel", labels{"仕入れ", "組立・施工"}},
	{"株式会社グリーンレンタル", "022", "green-rental", labels{"仕入れ", "回収・廃棄"}}, {"ファブリック山形株式会社", "023", "fabric-yamagata", labels{"仕入れ"}},
	{"株式会社ガラスのいとう", "024", "glass-ito", labels{"仕入れ", "組立・施工"}}, {"株式会社フォワード物流", "03", "forward-logi", labels{"配送"}},
	{"石井塗装店", "022", "ishii-toso", labels{"組立・施工"}}, {"株式会社ソファ工房ひだまり", "0577", "hidamari-sofa", labels{"仕入れ"}},
	{"タスクライト株式会社", "045", "task-light", labels{"仕入れ"}}, {"仙台トランクルーム株式会社", "022", "sendai-trunk", labels{"配送", "回収・廃棄"}},
	{"株式会社レイアウト研究所", "03", "layout-lab", labels{"設計"}}, {"一級建築士事務所 間", "022", "ma-architects", labels{"設計"}},
	{"株式会社防炎カーテン東北", "022", "boen-curtain", labels{"仕入れ"}}, {"有限会社看板の大友", "022", "kanban-otomo", labels{"組立・施工"}},
	{"株式会社ロック&キー", "022", "lock-and-key", labels{"組立・施工"}}, {"新潟スチール家具株式会社", "025", "niigata-steel", labels{"仕入れ"}},
	{"株式会社カーペットワン", "06", "carpet-one", labels{"仕入れ", "組立・施工"}}, {"株式会社木のしごと", "0197", "kinoshigoto", labels{"仕入れ"}},
	{"北都ビルサービス株式会社", "022", "hokuto-bs", labels{"回収・廃棄"}}, {"株式会社アイロボ保守", "022", "irobo-hoshu", labels{"電気・配線"}},
}

func (s *site) suppliers(ctx context.Context) error {
	p := plan{
		name: "取引先", icon: "APP11", theme: "YELLOW", description: "仕入れ・配送・施工をお願いしている会社。契約の更新を忘れないように。",
		rows: [][]part{
			{text("会社名", 320).required(), choice(field.MultiSelect, "依頼内容", "仕入れ", "配送", "組立・施工", "電気・配線", "回収・廃棄", "設計")},
			{text("担当者", 180), link("電話番号", "CALL"), link("メール", "MAIL")},
			{choice(field.DropDown, "支払条件", "月末締め翌月末払い", "20日締め翌月10日払い", "都度払い"), date("契約更新日"),
				choice(field.RadioButton, "評価", "◎", "○", "△").with("defaultValue", "○"), member("窓口")},
			{long("覚え書き")},
		},
		views: []app.View{
			{Name: "取引先一覧", Fields: []string{"会社名", "依頼内容", "担当者", "電話番号", "評価", "窓口"}, Sort: "会社名 asc"},
			{Name: "まもなく更新", Fields: []string{"会社名", "契約更新日", "支払条件", "窓口"}, Filter: `契約更新日 >= TODAY() and 契約更新日 < FROM_TODAY(60, DAYS)`, Sort: "契約更新日 asc"},
		},
	}
	notes := []string{"", "", "繁忙期(3月・9月)は早めに予約すること。", "土曜の搬入に対応可。", "小ロットは送料別。", "見積は3営業日以内。"}
	var list []values
	for i, n := range supplierNames {
		sur := surnames[(i*4+2)%len(surnames)]
		list = append(list, s.made(values{
			"会社名": n.name, "依頼内容": n.does, "担当者": sur + " " + some(s, givenNames), "電話番号": s.phone(n.area), "メール": romaji[sur] + "@" + n.domain + ".example",
			"支払条件": some(s, []string{"月末締め翌月末払い", "月末締め翌月末払い", "20日締め翌月10日払い", "都度払い"}), "契約更新日": s.day(-20 + s.rand.IntN(340)),
			"評価": some(s, []string{"◎", "○", "○", "△"}), "窓口": people{some(s, []string{"suzuki", "nakamura"})}, "覚え書き": some(s, notes),
		}, "suzuki", -120+3*i))
	}
	_, _, err := s.build(ctx, p, list)
	return err
}
