import { admin, expect, expectAccessible, expectNoSidewaysScroll, test } from "./fixtures";

const words = {
  "ja-JP": {
    lang: "ja",
    title: "ログイン",
    name: "ログイン名",
    password: "パスワード",
    wrong: "ログイン名またはパスワードが違います。",
  },
  "en-US": {
    lang: "en",
    title: "Log in",
    name: "Login name",
    password: "Password",
    wrong: "The login name or the password is wrong.",
  },
};

for (const [locale, w] of Object.entries(words)) {
  test.describe(locale, () => {
    test.use({ locale });

    test("wrong password, right password, where one wanted to go, and out again", async ({ page }) => {
      await page.goto("/k/?from=link");
      await expect(page).toHaveURL(/\/login\?next=/);
      await expect(page.locator("html")).toHaveAttribute("lang", w.lang);
      await expect(page.getByRole("heading", { name: w.title })).toBeVisible();
      await expectAccessible(page);

      const name = page.getByRole("textbox", { name: w.name });
      const password = page.getByLabel(w.password, { exact: true });
      const submit = page.getByRole("button", { name: w.title, exact: true });
      await name.fill(admin.login);
      await password.fill("not-the-password");
      await submit.click();
      await expect(page.getByRole("alert")).toContainText(w.wrong);
      await expect(name).toHaveValue(admin.login);
      await expectAccessible(page);

      await password.fill(admin.password);
      await submit.click();
      await expect(page).toHaveURL(/\/k\/\?from=link/);
      await expectAccessible(page);

      await page
        .getByRole("banner")
        .getByRole("button", { name: /さんのメニュー|^Menu of/ })
        .click();
      await page.getByRole("menuitem", { name: /ログアウト|Log out/ }).click();
      await expect(page).toHaveURL(/\/login/);
      await page.goto("/k/");
      await expect(page).toHaveURL(/\/login/);
    });

    test("the login page fits a phone", async ({ page }) => {
      await page.setViewportSize({ width: 360, height: 740 });
      await page.goto("/login");
      await expect(page.getByRole("button", { name: w.title, exact: true })).toBeVisible();
      await expectNoSidewaysScroll(page);
    });
  });
}
