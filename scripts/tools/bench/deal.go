package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"unicode/utf8"
)

// deal is one record of the app that is measured: a customer's deal, 12 fields, about 1.4 KB of JSON, Japanese
// and English mixed. The same number always gives the same deal, so every run and server holds the same data.
type deal struct {
	title, company, due, meet, stage, email, phone, memo, owner string
	amount                                                      int
	tags                                                        []string
	done                                                        bool
}

var (
	stages   = []string{"未着手", "提案中", "交渉中", "受注", "失注"}
	tagNames = []string{"重要", "新規", "既存", "紹介", "web", "展示会", "更新", "解約"}
	places   = []string{"東京", "大阪", "名古屋", "札幌", "福岡", "仙台", "広島", "京都", "横浜", "神戸", "Alder", "Birch", "Cedar", "Maple", "Oak", "Pine"}
	trades   = []string{"商事", "製作所", "電機", "建設", "食品", "物流", "銀行", "病院", "大学", "Systems", "Trading", "Works", "Labs", "Foods", "Logistics", "Energy"}
	words    = strings.Fields(`見積書 を 送付 しました 担当者 は 来週 訪問 予定 です 契約 条件 について 再度 確認 が 必要 予算 承認 待ち
		競合 他社 と 比較 中 導入 時期 保守 サポート 価格 交渉 納期 quotation sent to the customer and waiting for budget
		approval next meeting with engineering team discuss migration schedule support contract renewal discount pricing
		technical review pending legal check`)
)

// memoLength is in characters.
const memoLength = 400

// needle is a text that stands in the memo of about one deal in a thousand.
func needle(k int) string { return fmt.Sprintf("案件番号K%03d", k%1000) }

func makeDeal(i int) deal {
	r := rand.New(rand.NewPCG(uint64(i)*0x9E3779B97F4A7C15+1, 42))
	pick := func(from []string) string { return from[r.IntN(len(from))] }
	day := func() string { return fmt.Sprintf("%04d-%02d-%02d", 2024+r.IntN(4), 1+r.IntN(12), 1+r.IntN(28)) }
	d := deal{
		title:   fmt.Sprintf("%s案件 deal #%07d", pick(words), i),
		company: fmt.Sprintf("%s%s株式会社%03d", pick(places), pick(trades), r.IntN(1000)),
		amount:  r.IntN(1_000_000),
		due:     day(),
		meet:    fmt.Sprintf("%sT%02d:%02d:00Z", day(), r.IntN(24), r.IntN(60)),
		stage:   pick(stages),
		done:    r.IntN(2) == 1,
		phone:   fmt.Sprintf("03-%04d-%04d", r.IntN(10000), r.IntN(10000)),
		owner:   fmt.Sprintf("user%02d", r.IntN(50)),
	}
	d.email = fmt.Sprintf("%s.c%d@example.com", d.owner, r.IntN(100000))
	for _, t := range r.Perm(len(tagNames))[:1+r.IntN(3)] {
		d.tags = append(d.tags, tagNames[t])
	}
	memo := needle(r.IntN(1000))
	for n := utf8.RuneCountInString(memo); n < memoLength; {
		w := pick(words)
		if w[0] < utf8.RuneSelf {
			w = " " + w
		}
		memo += w
		n += utf8.RuneCountInString(w)
	}
	d.memo = memo
	return d
}
