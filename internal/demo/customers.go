package demo

import (
	"context"
	"fmt"

	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/field"
)

// client is a company that buys.
type client struct{ name, kana, trade, zip, address, domain string }

var clients = []client{
	{"株式会社みどり設計", "ミドリセッケイ", "建築・設計", "980-0811", "宮城県仙台市青葉区一番町3-5-12 みどりビル4F", "midori-sekkei"},
	{"ひかり会計事務所", "ヒカリカイケイジムショ", "士業", "980-0014", "宮城県仙台市青葉区本町2-8-1", "hikari-kaikei"},
	{"医療法人あさひクリニック", "アサヒクリニック", "医療・福祉", "981-3133", "宮城県仙台市泉区泉中央1-14-3", "asahi-clinic"},
	{"有限会社丸山印刷", "マルヤマインサツ", "製造", "983-0034", "宮城県仙台市宮城野区扇町5-2-20", "maruyama-print"},
	{"東北リンク株式会社", "トウホクリンク", "IT・通信", "980-6120", "宮城県仙台市青葉区中央1-3-1 12F", "tohoku-link"},
	{"株式会社さくらフーズ", "サクラフーズ", "食品", "984-0015", "宮城県仙台市若林区卸町3-1-7", "sakura-foods"},
	{"学校法人若葉学園", "ワカバガクエン", "教育", "982-0805", "宮城県仙台市太白区鈎取本町1-9-2", "wakaba-gakuen"},
	{"株式会社北辰運輸", "ホクシンウンユ", "物流", "983-0001", "宮城県仙台市宮城野区港1-4-8", "hokushin-unyu"},
	{"社会福祉法人ゆりの里", "ユリノサト", "医療・福祉", "989-3121", "宮城県仙台市青葉区郷六7-3", "yurinosato"},
	{"株式会社高峰工務店", "タカミネコウムテン", "建築・設計", "963-8004", "福島県郡山市中町6-11", "takamine-koumuten"},
	{"盛岡システムズ株式会社", "モリオカシステムズ", "IT・通信", "020-0022", "岩手県盛岡市大通2-7-15", "morioka-systems"},
	{"山形精機株式会社", "ヤマガタセイキ", "製造", "990-2251", "山形県山形市立谷川3-820", "yamagata-seiki"},
	{"株式会社ことり舎", "コトリシャ", "出版・広告", "980-0021", "宮城県仙台市青葉区中央3-10-6", "kotorisha"},
	{"青葉通り法律事務所", "アオバドオリホウリツジムショ", "士業", "980-0811", "宮城県仙台市青葉区一番町1-2-25", "aobadori-law"},
	{"株式会社はなぶさ", "ハナブサ", "小売", "980-0803", "宮城県仙台市青葉区国分町2-2-2", "hanabusa-shop"},
	{"三陸水産加工株式会社", "サンリクスイサンカコウ", "食品", "986-0022", "宮城県石巻市魚町1-12-4", "sanriku-suisan"},
	{"株式会社ネクストフロア", "ネクストフロア", "不動産", "980-0014", "宮城県仙台市青葉区本町1-11-2", "nextfloor"},
	{"つばさ税理士法人", "ツバサゼイリシホウジン", "士業", "950-0911", "新潟県新潟市中央区笹口1-19-30", "tsubasa-tax"},
	{"医療法人社団こまくさ会", "コマクサカイ", "医療・福祉", "020-0832", "岩手県盛岡市東見前3-10-2", "komakusakai"},
	{"株式会社伊達物産", "ダテブッサン", "小売", "960-0501", "福島県伊達市伏黒一本石5", "date-bussan"},
	{"秋田木工株式会社", "アキタモッコウ", "製造", "012-0801", "秋田県湯沢市岩崎南五条3", "akita-mokko"},
	{"株式会社クラフトワークス", "クラフトワークス", "出版・広告", "984-0051", "宮城県仙台市若林区新寺1-2-26", "craftworks"},
	{"有限会社かえで園芸", "カエデエンゲイ", "小売", "981-1505", "宮城県角田市角田字泉町78", "kaede-engei"},
	{"仙北信用組合", "センボクシンヨウクミアイ", "金融", "987-0511", "宮城県登米市迫町佐沼字中江1-5", "senboku-shinkumi"},
	{"株式会社ブルーホライズン", "ブルーホライズン", "IT・通信", "980-6020", "宮城県仙台市青葉区中央4-6-1 20F", "blue-horizon"},
	{"七ヶ浜観光株式会社", "シチガハマカンコウ", "観光・宿泊", "985-0802", "宮城県宮城郡七ヶ浜町吉田浜字野山5-9", "shichigahama-kanko"},
	{"株式会社大空ロジスティクス", "オオゾラロジスティクス", "物流", "989-2421", "宮城県岩沼市下野郷字新南長沼12", "ozora-logi"},
	{"福島ガラス工業株式会社", "フクシマガラスコウギョウ", "製造", "960-8057", "福島県福島市笹木野字金谷東8", "fukushima-glass"},
	{"NPO法人まちの縁側", "マチノエンガワ", "団体", "980-0011", "宮城県仙台市青葉区上杉1-6-6", "machi-engawa"},
	{"株式会社もりのめぐみ", "モリノメグミ", "食品", "999-3511", "山形県西村山郡河北町谷地字月山堂2", "morinomegumi"},
	{"八戸港湾サービス株式会社", "ハチノヘコウワンサービス", "物流", "031-0812", "青森県八戸市湊町字大沢29", "hachinohe-port"},
	{"株式会社ほしぞら製作所", "ホシゾラセイサクショ", "製造", "024-0014", "岩手県北上市流通センター16-5", "hoshizora-works"},
}

var (
	surnames   = []string{"山本", "小林", "加藤", "吉田", "山田", "佐々木", "渡辺", "松本", "井上", "木村", "林", "清水", "斎藤", "阿部", "千葉"}
	givenNames = []string{"陽子", "誠", "直樹", "真理", "健太", "恵", "拓也", "千尋", "浩", "明日香", "亮", "奈緒"}
	romaji     = map[string]string{"山本": "yamamoto", "小林": "kobayashi", "加藤": "kato", "吉田": "yoshida", "山田": "yamada", "佐々木": "sasaki",
		"渡辺": "watanabe", "松本": "matsumoto", "井上": "inoue", "木村": "kimura", "林": "hayashi", "清水": "shimizu", "斎藤": "saito", "阿部": "abe", "千葉": "chiba"}
)

// phone is a number that is nobody's: exchanges do not begin with 0.
func (s *site) phone(area string) string {
	return fmt.Sprintf("%s-0%02d-%04d", area, s.rand.IntN(100), s.rand.IntN(10000))
}

func (s *site) customers(ctx context.Context) error {
	p := plan{
		name: "顧客管理", icon: "APP3", theme: "BLUE", description: "お客様の連絡先と担当者。商談の前にここを確かめます。",
		rows: [][]part{
			{text("会社名", 320).required(), text("会社名カナ", 280)},
			{choice(field.DropDown, "業種", "建築・設計", "士業", "医療・福祉", "製造", "IT・通信", "食品", "教育", "物流", "小売", "出版・広告", "不動産", "金融", "観光・宿泊", "団体"),
				choice(field.RadioButton, "ランク", "A", "B", "C").with("defaultValue", "B"), member("担当"), date("取引開始日")},
			{text("先方担当者", 180), link("電話番号", "CALL"), link("メール", "MAIL")},
			{text("郵便番号", 120), text("住所", 420), link("Webサイト", "WEB")},
			{long("備考")},
		},
		views: []app.View{
			{Name: "顧客一覧", Fields: []string{"会社名", "業種", "ランク", "担当", "先方担当者", "電話番号"}, Sort: "会社名カナ asc"},
			{Name: "自分の担当", Fields: []string{"会社名", "ランク", "先方担当者", "電話番号", "メール"}, Filter: "担当 in (LOGINUSER())", Sort: "ランク asc"},
			{Name: "Aランク", Fields: []string{"会社名", "業種", "担当", "取引開始日"}, Filter: `ランク in ("A")`, Sort: "取引開始日 asc"},
		},
	}
	notes := []string{"", "", "", "請求書は月末締め、郵送希望。", "搬入は午前中のみ。エレベーターは9人乗り。", "年度末に席替えの予定あり。", "決裁は総務部長。見積は2案ほしいとのこと。"}
	var list []values
	for i, c := range clients {
		sur, seller := surnames[i%len(surnames)], sales[i%len(sales)]
		if i%8 == 0 {
			seller = "aoki"
		}
		list = append(list, s.made(values{
			"会社名": c.name, "会社名カナ": c.kana, "業種": c.trade, "ランク": some(s, []string{"A", "B", "B", "C"}), "担当": people{seller},
			"取引開始日": s.day(-100 - s.rand.IntN(2500)), "先方担当者": sur + " " + some(s, givenNames), "電話番号": s.phone("022"),
			"メール": romaji[sur] + "@" + c.domain + ".example", "郵便番号": c.zip, "住所": c.address, "Webサイト": "https://www." + c.domain + ".example/",
			"備考": some(s, notes),
		}, seller, -200+6*i))
	}
	_, _, err := s.build(ctx, p, list)
	return err
}
