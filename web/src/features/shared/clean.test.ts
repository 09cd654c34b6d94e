import { expect, test } from "vitest";
import { cleanHtml } from "./clean";

test.each([
  ["<p>机 <b>50</b> 台</p>", "<p>机 <b>50</b> 台</p>"],
  [
    '<div style="color: red; position: fixed" onclick="x()" class="a">急ぎ</div>',
    '<div style="color: red;">急ぎ</div>',
  ],
  ['<span style="color: rgb(200, 0, 0)">9時</span>', '<span style="color: rgb(200, 0, 0);">9時</span>'],
  ['<font color="#cc0000" face="x">急ぎ</font>', '<font color="#cc0000">急ぎ</font>'],
  ["<script>x()</script><p>a<img src=x onerror=x()></p>", "<p>a</p>"],
  ["<section><h2>見積</h2></section>", "<h2>見積</h2>"],
  ["<svg><a href='javascript:x()'>a</a></svg>b", "b"],
  ['<a href="java&#10;script:x()">a</a>', "<a>a</a>"],
  [
    '<a href="https://example.com/" target="_self" ping="/p">a</a>',
    '<a href="https://example.com/" target="_blank" rel="noopener noreferrer nofollow">a</a>',
  ],
  ['<p style="background-color: url(https://example.com/p.png)">a</p>', "<p>a</p>"],
  [
    '<table><tbody><tr><td colspan="2" width="9">a</td></tr></tbody></table>',
    '<table><tbody><tr><td colspan="2">a</td></tr></tbody></table>',
  ],
])("%s becomes %s", (html, want) => {
  expect(cleanHtml(html)).toBe(want);
});
