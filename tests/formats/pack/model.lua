-- model.lua: the snapshots of the small pack
-- SPDX-License-Identifier: Apache-2.0

local function req(name, kind, en, ja) return { name, kind, required = true, en = en, ja = ja } end
local function opt(name, kind, en, ja) return { name, kind, en = en, ja = ja } end

local account = record{
  req("id", text{ min = 1 }, "Identifier", "識別子"),
  req("name", text{ min = 1 }, "Name", "氏名"),
  req("mfa", boolean, "Signs in with a second factor", "多要素認証"),
  req("mail", text{}, "Mail address", "メールアドレス"),
}

return record{
  req("tenant", text{ min = 1 }, "Tenant", "テナント"),
  req("as_of", format"timestamp", "Point in time", "時点"),
  req("contract", record{
    req("service", enum{ "iad", "ctx" }, "Service", "サービス"),
    req("options", list(enum{ "admin_console" }, { may_be_empty = "confirmed" }), "Options", "オプション"),
    req("confirmed", boolean, "The options are complete", "オプションに漏れがないこと"),
  }, "Contract", "契約"),
  req("accounts", list(account, { unique = "id" }), "Accounts", "アカウント"),
  opt("backup", record{
    req("taken_at", format"timestamp", "When it was taken", "取得日時"),
    req("restored", text{ min = 1 }, "How restoring was tried", "復元試験の方法"),
    opt("console", boolean, "Holds the console", "管理コンソールを含む"),
  }, "Backup", "バックアップ"),
}
