package text

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestNormaliseMakesAlikeWhatPeopleTakeForTheSame(t *testing.T) {
	for _, tc := range []struct{ in, want string }{
		{"", ""},
		{"Engawa 12", "engawa 12"},
		{"Ｅｎｇａｗａ　１２", "engawa 12"},
		{"ｶﾞｽ・ﾊﾟﾝ", "ガス・パン"},
		{"か\u3099す", "がす"},
		{"ひらがな カタカナ", "ひらがな カタカナ"},
		{"a \t\r\n\u3000b", "a b"},
		{"㈱青葉 ① ㍻", "(株)青葉 1 平成"},
		{"ÉCOLE e\u0301cole", "école école"},
		{"ΣΑΣ σας", "σασ σασ"},
		{"J\u030c", "\u01f0"},
		{"葛\U000e0100飾", "葛飾"},
		{"zero\u200bwidth", "zerowidth"},
		{"東京都千代田区", "東京都千代田区"},
	} {
		if got := Normalise(tc.in); got != tc.want {
			t.Errorf("%q: got %q, want %q", tc.in, got, tc.want)
		}
	}
}

func TestNormalTextIsNotCopied(t *testing.T) {
	s := "東京都 千代田区 engawa 12。"
	if n := testing.AllocsPerRun(10, func() { Normalise(s) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestTokens(t *testing.T) {
	for _, tc := range []struct {
		in   string
		want []string
	}{
		{"", nil},
		{"東", nil},
		{"東京", []string{"東京"}},
		{"東京東京", []string{"東京", "京東"}},
		{"a b", []string{"a\ue020", "\ue020b"}},
		{"50%", []string{"50", "0\ue025"}},
		{"案k12", []string{"案k", "k1", "k12", "12"}},
		{"aaaa", []string{"aa", "aaa"}},
		{"ab c", []string{"ab", "b\ue020", "\ue020c"}},
		{"ébc", []string{"éb", "bc"}},
	} {
		if got := Tokens(tc.in); !slices.Equal(got, tc.want) {
			t.Errorf("%q: got %q, want %q", tc.in, got, tc.want)
		}
	}
}

func TestProbes(t *testing.T) {
	for _, tc := range []struct {
		in   string
		want []string
	}{
		{"", nil},
		{"東", nil},
		{"東京", []string{"東京"}},
		{"東京都", []string{"東京", "京都"}},
		{"案件番号k042", []string{"案件", "番号", "k04", "042"}},
		{"abcdef", []string{"abc", "def"}},
		{"abcde", []string{"abc", "de"}},
		{"abcd案", []string{"abc", "d案"}},
		{"東京東京", []string{"東京"}},
		{"a b", []string{"a\ue020", "\ue020b"}},
		{"ab c", []string{"ab", "\ue020c"}},
	} {
		if got := Probes(tc.in); !slices.Equal(got, tc.want) {
			t.Errorf("%q: got %q, want %q", tc.in, got, tc.want)
		}
	}
}

// A long text is looked up by its beginning, and takes no longer for that.
func TestProbesOfLongText(t *testing.T) {
	var b strings.Builder
	for i := range 500_000 {
		b.WriteRune(rune(0x4e00 + i*i%20_000))
	}
	if got := Probes(b.String()); len(got) != maxProbes {
		t.Errorf("%d probes", len(got))
	}
}

func TestTokensOfLongTextAreDistinct(t *testing.T) {
	var b strings.Builder
	for i := range 40_000 {
		b.WriteRune(rune(0x4e00 + i*i%20_000))
	}
	got := Tokens(b.String())
	sorted := slices.Clone(got)
	slices.Sort(sorted)
	if len(slices.Compact(sorted)) != len(got) || len(got) < 10_000 {
		t.Errorf("%d tokens, %d distinct", len(got), len(slices.Compact(sorted)))
	}
}

func FuzzNormalise(f *testing.F) {
	for _, s := range []string{"", "Ｅｎｇａｗａ　ｶﾞｽ", "J\u030c", "İıſ\u0345", "か\u3099", "\xff\x00a", "a \u3099b", "ﬃ ㌀"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := Normalise(s)
		if again := Normalise(once); again != once {
			t.Errorf("%q: %q, then %q", s, once, again)
		}
		if !utf8.ValidString(once) && utf8.ValidString(s) {
			t.Errorf("%q: %q is not UTF-8", s, once)
		}
	})
}

func FuzzTokensOfAPartAreAmongThoseOfTheWhole(f *testing.F) {
	f.Add("東京都 Engawa 50% off", 3, 6)
	f.Add("aaaa", 0, 4)
	f.Add("\x00\xff\u2028'\"", 1, 3)
	f.Fuzz(func(t *testing.T, s string, from, to int) {
		runes := []rune(Normalise(s))
		if from < 0 || to > len(runes) || to-from < 2 {
			return
		}
		whole, part := Tokens(string(runes)), Tokens(string(runes[from:to]))
		probes := Probes(string(runes[from:to]))
		if len(part) == 0 || len(probes) == 0 {
			t.Fatalf("no tokens for %q", string(runes[from:to]))
		}
		for _, token := range probes {
			if !slices.Contains(part, token) {
				t.Errorf("%q: %q is not among its tokens", string(runes[from:to]), token)
			}
		}
		for _, token := range part {
			if !slices.Contains(whole, token) {
				t.Errorf("%q of %q: %q is missing", string(runes[from:to]), s, token)
			}
			if strings.IndexFunc(token, func(r rune) bool {
				return r < utf8.RuneSelf && (r < '0' || r > '9' && r < 'a' || r > 'z')
			}) >= 0 {
				t.Errorf("%q is not safe", token)
			}
		}
	})
}

var memo = strings.Repeat("本日は新製品のご案内で訪問。見積書(Rev. 3)を提出し、来週Engawaのデモを行う予定です。", 9)

func BenchmarkNormalise(b *testing.B) {
	b.SetBytes(int64(len(memo)))
	for b.Loop() {
		Normalise(memo)
	}
}

func BenchmarkNormaliseThorough(b *testing.B) {
	s := memo + "ｶﾞ"
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		Normalise(s)
	}
}

func BenchmarkAppendTokens(b *testing.B) {
	s := Normalise(memo)
	dst := make([]byte, 0, 16<<10)
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		dst = AppendTokens(dst[:0], s)
	}
}

func TestFromHTML(t *testing.T) {
	for _, tc := range []struct{ in, want string }{
		{"", ""},
		{"a < b", "a < b"},
		{"1 &lt; 2 &amp;lt;", "1 < 2 &lt;"},
		{"<div><b>太</b>字テスト</div>", "太字テスト"},
		{`株式<span style="color:red">会社</span>青葉`, "株式会社青葉"},
		{"ab<b>cd</b>ef", "abcdef"},
		{`<a href="https://example.com">リンク先</a>です`, "リンク先です"},
		{"<p>一</p><p>二</p>", "一\n\n二"},
		{"一<br>二<br/>三", "一\n二\n三"},
		{"<ul><li>a</li><li>b</li></ul>", "a\n\nb"},
		{"<td>a</td><td>b</td>", "a\n\nb"},
		{"x<script>var y</script><style>z{}</style>w", "x\n\n\n\nw"},
		{"<!-- no -->yes", "yes"},
		{"<b>open", "open"},
	} {
		if got := FromHTML(tc.in); got != tc.want {
			t.Errorf("%q: got %q, want %q", tc.in, got, tc.want)
		}
	}
}
