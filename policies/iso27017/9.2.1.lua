-- 9.2.1 User registration and de-registration
-- SPDX-License-Identifier: Apache-2.0
--
-- The provider offers registration and removal; whether accounts belong to somebody who is still
-- there is the customer's. Privileges that a disabled account keeps are judged by 9.2.3.

local accounts = use("accounts")
local offers = use("offers")
local placeholders = use("placeholders")
local privilege = use("privilege")
local words = use("words")

local REGISTRATION = {
  { id = "user_registration", en = "registration of users", ja = "利用者の登録" },
  { id = "user_removal", en = "removal of users", ja = "利用者の削除" },
}

-- ---- R1: one person, one identifier ----

local NAME_TAKEN = {
  en = "{account} has the same sign-in name as {other} ({source})",
  ja = "{account} のサインイン名が {other} と重複しています（{source}）",
}

local function check_names(s, as_of)
  local taken = {}
  for _, account in ipairs(s.identities.accounts) do
    local source = account.source
    local values = { account = account.id, source = words.word(words.SOURCE, source), other = "" }
    local deleted, name = accounts.is_deleted(account, as_of), account.upn
    if name ~= nil and source ~= nil and not deleted then
      local key = source .. " " .. text.normalise(name)
      values.other = taken[key] or ""
      ensure(taken[key] == nil, account, NAME_TAKEN, values)
      taken[key] = name
    end
  end
end

local SEPARATORS = { ",", ";", "/", "&", "+", "、", "・" }

-- A dot between two katakana is inside one name: ジョン・スミス.
local KATAKANA = "\227[\130-\131][\128-\191]"
local NAME_DOT = "(" .. KATAKANA .. ")・(" .. KATAKANA .. ")"

local function has_any(haystack, needles)
  for _, needle in ipairs(needles) do
    if string.find(haystack, text.normalise(needle), 1, true) then
      return true
    end
  end
  return false
end

-- An account for several people names several owners, or says so in its name, which is read last: the
-- finding points at it then.
local function is_shared(account, params)
  local owner = accounts.person(account)
  local one = owner ~= nil and string.gsub(owner, NAME_DOT, "%1%2")
  if one and (has_any(one, params.shared_words) or has_any(one, SEPARATORS)) then
    return true
  end
  local name = account.name
  return name ~= nil and has_any(text.normalise(name), params.shared_words)
end

local USABLE_PERSON = { en = "an account of a person that can sign in", ja = "サインインできる個人のアカウント" }

local function usable_people(s, as_of)
  return each(s.identities.accounts, USABLE_PERSON, function(account)
    return accounts.is_human(account) and accounts.is_usable(account, as_of)
  end)
end

-- The privileged and the ordinary accounts of a person are two things, in every directory.
local function tier_of(index, account)
  return #privilege.privileged_grants(index, account) > 0 and "privileged" or "ordinary"
end

local TIER = {
  privileged = { en = "privileged", ja = "特権" },
  ordinary = { en = "ordinary", ja = "一般" },
}

local function check_one_each(s, params, as_of)
  local index, seen = privilege.index(s, params), {}
  for _, account in usable_people(s, as_of) do
    local tier, source = tier_of(index, account), account.source
    local values = { account = account.upn, source = words.word(words.SOURCE, source), tier = TIER[tier], other = "" }
    local person = accounts.person(account)
    if person ~= nil and source ~= nil then
      local key = source .. " " .. tier .. " " .. person
      values.owner, values.other = account.owner, seen[key] or ""
      ensure(seen[key] == nil, account, {
        en = "{owner} has two {tier} accounts in {source}: {other} and {account}",
        ja = "{owner} が {source} に{tier}アカウントを 2 つ保有しています：{other}、{account}",
      }, values)
      seen[key] = values.account
    end
  end
end

-- ---- R2: leavers ----

-- Personnel knows no guests from elsewhere; those of a person who has left it does know.
local function is_judged_for_leaving(account, left)
  return account.kind == "person" or has(account, "hr")
    or account.kind == "guest" and left[accounts.person(account)] ~= nil
end

local A_PERSON = { en = "an account of a person", ja = "個人のアカウント" }

-- A last day that is over and a status of employment contradict each other, so neither is believed.
-- An account that was made later is of somebody who came back.
local function need_agreement(s, account, as_of, zone)
  local hr = account.hr
  local over = has(hr, "left_on") and accounts.days_since(hr.left_on, as_of, zone) > 0
    and not accounts.is_of_return(account, hr.left_on, as_of, zone)
  if over then
    local id = account.id
    for _ in each(s.identities.accounts, {
      en = "information of personnel on " .. id .. " that agrees with itself (left_on is over, status is not left)",
      ja = id .. " に関する矛盾のない人事情報（left_on を過ぎているが、status が left でない）",
    }, function() return false end) do end
  end
end

-- Walks the accounts of people, with the day that the person left.
local function check_leavers(s, as_of, check)
  local zone, left = s.tenant.time_zone, accounts.leavers(s)
  accounts.needs_hr(s, left)
  for _, account in each(s.identities.accounts, A_PERSON, function(account)
    return is_judged_for_leaving(account, left)
  end) do
    local day = accounts.left_on(left, account, as_of, zone)
    local values = { account = account.upn, left_on = day or "" }
    if day ~= nil then
      check(account, values, zone)
    elseif account.kind ~= "guest" or has(account, "hr") then
      local status = account.hr ~= nil and account.hr.status or nil
      if status ~= nil and status ~= "left" then
        need_agreement(s, account, as_of, zone)
      end
      ensure(status ~= "left" or account.hr.left_on ~= nil, account)
    end
  end
end

-- ---- R2: the synchronisation ----

local STATE = {
  running = { en = "running", ja = "稼働中" },
  stopped = { en = "stopped", ja = "停止中" },
  failing = { en = "failing", ja = "エラー発生中" },
}

-- ---- R3, R4: accounts that nobody uses ----

local function check_inactive(account, values, as_of, zone, limit)
  values.age, values.limit = 0, limit
  if not is_null(account, "last_sign_in") then
    values.age = time.age_days(account.last_sign_in, as_of, zone)
  end
  ensure(values.age ~= nil and values.age <= limit, account, {
    en = "nobody has signed in as {account} for {age} days; the limit is {limit} days",
    ja = "{account} は {age} 日間サインインがありません（上限 {limit} 日）",
  }, values)
end

local function check_unused(account, values, as_of, zone, limit)
  values.age, values.limit = time.age_days(account.created_at, as_of, zone), limit
  local last = not is_null(account, "last_sign_in") and account.last_sign_in
  ensure(last ~= false or (values.age ~= nil and values.age <= limit), account, {
    en = "{account} was created {age} days ago and nobody has signed in with it; the limit is {limit} days",
    ja = "{account} は作成から {age} 日経過していますが、一度も使われていません（上限 {limit} 日）",
  }, values)
end

-- ---- R5: owners ----

local function check_owner(account, left, params)
  local values = { account = account.upn, kind = account.kind, left_on = "", owner = account.owner }
  local person = accounts.person(account)
  local named = person ~= nil and not placeholders.is_one(person, params)
  ensure(values.kind ~= nil and named, account, {
    en = "nobody is named as the owner of {account}",
    ja = "{account} の所有者が記入されていません",
  }, values)
  if person == nil or accounts.is_human(account) then
    return
  end
  -- Accounts without a person outlive their owner, so a new one need not have been created.
  values.left_on = left[person] or ""
  local _ = account.owner
  ensure(left[person] == nil, account, {
    en = "{owner}, who answers for {account} ({kind}), left on {left_on}",
    ja = "{account}（{kind}）の所有者 {owner} は {left_on} に退職しています",
  }, values)
end

-- Those who have left for good: the last day is over, and no account made later shows that they came
-- back.
local function gone_for_good(s, as_of, zone)
  local left, gone = accounts.leavers(s), {}
  for person, day in pairs(left) do
    gone[person] = accounts.days_since(day, as_of, zone) > 0 and day or nil
  end
  for _, account in ipairs(s.identities.accounts) do
    local person = account.kind == "person" and accounts.person(account)
    if person and left[person] ~= nil and accounts.left_on(left, account, as_of, zone) == nil then
      gone[person] = nil
    end
  end
  return gone
end

return {
  title      = { en = "User registration and de-registration", ja = "利用者登録及び登録削除" },
  severity   = "high",
  owner      = { iad = "customer", ctx = "customer" },
  when       = { service = { "iad", "ctx" } },
  references = {
    "ISO/IEC 27017:2015 9.2.1", "ISO/IEC 27001:2022 A.5.16",
    "IIJ-IAD012-0002 9.2.1", "IIJ-VDS051-0002 9.2.1",
  },
  tags       = { "accounts", "lifecycle" },
  params     = {
    shared_words = {
      type = "list", default = { "shared", "共用", "共有" },
      doc = {
        en = "Words in the name or owner of an account that say that several people use it",
        ja = "複数人での利用を示す、アカウントの表示名・所有者中の語",
      },
      source = {
        en = "Proposal of this pack",
        ja = "本パックの提案",
      },
    },
    leaver_disable_days = {
      type = "integer", default = 1, min = 0, unit = { en = "days", ja = "日" },
      doc = {
        en = "Days after the last day of employment within which accounts are disabled",
        ja = "退職日から何日以内にアカウントを無効化するか",
      },
      source = {
        en = "Proposal of this pack: by the end of the next day, because the last day is often still worked",
        ja = "本パックの提案：最終日も勤務することが多いため、翌日の終わりまで",
      },
    },
    leaver_delete_days = {
      type = "integer", default = 90, min = 1, unit = { en = "days", ja = "日" },
      doc = {
        en = "Days after the last day of employment within which accounts are deleted; the day after it is day 1",
        ja = "退職日から何日以内にアカウントを削除するか（退職日の翌日が 1 日目）",
      },
      source = {
        en = "Proposal of this pack, counted as the white papers count the 90 days of CLD.8.1.5",
        ja = "本パックの提案（数え方はホワイトペーパー CLD.8.1.5 の 90 日と同じ）",
      },
    },
    hr_import_days = {
      type = "integer", default = 7, min = 1, unit = { en = "days", ja = "日" },
      doc = {
        en = "Age at which the information of personnel is too old to tell who has left",
        ja = "人事情報の取り込みを古いとみなす日数",
      },
      source = {
        en = "Proposal of this pack: weekly, so that an import by hand can pass",
        ja = "本パックの提案：手作業での取り込みも考慮して週1回",
      },
    },
    inactive_days = {
      type = "integer", default = 90, min = 1, unit = { en = "days", ja = "日" },
      doc = {
        en = "Days without a sign-in after which an account has to be disabled",
        ja = "アカウントを無効化すべき未使用日数",
      },
      source = {
        en = "Proposal of this pack: a quarter; CIS Controls v8 5.3 asks for 45 days",
        ja = "本パックの提案：四半期。CIS Controls v8 5.3 では 45 日",
      },
    },
    never_used_days = {
      type = "integer", default = 30, min = 1, unit = { en = "days", ja = "日" },
      doc = {
        en = "Days after its creation within which an account has to be used for the first time",
        ja = "アカウントを作成してから最初に使うまでの日数",
      },
      source = {
        en = "Proposal of this pack",
        ja = "本パックの提案",
      },
    },
    sync_hours = {
      type = "integer", default = 24, min = 1, max = 720, unit = { en = "hours", ja = "時間" },
      doc = {
        en = "Hours since the last synchronisation after which Entra no longer shows what Active Directory does",
        ja = "Entra Connect の最後の同期からの経過時間の上限",
      },
      source = {
        en = "Microsoft Entra Connect Health reports a synchronisation that is a day old; it runs every 30 "
          .. "minutes",
        ja = "同期は 30 分ごとに行われ、1日以上途絶えると Microsoft Entra Connect Health が警告する",
      },
    },
    invite_days = {
      type = "integer", default = 14, min = 1, unit = { en = "days", ja = "日" },
      doc = { en = "Days an invitation may stay open", ja = "招待を未承諾のまま残してよい日数" },
      source = {
        en = "Proposal of this pack",
        ja = "本パックの提案",
      },
    },
    placeholders = placeholders.PARAM,
    privileged_roles = privilege.ROLES_PARAM,
  },

  rules = {
    {
      id    = "portal-registration-offered", severity = "low", owner = "provider", claimable = true,
      title = {
        en = "The portal offers registration and removal of users",
        ja = "ポータルで利用者の登録・削除ができる",
      },
      fix   = {
        en = "Ask the provider why the function is missing in the portal of this contract.",
        ja = "契約中のポータルで該当の機能が利用できない理由を、事業者に確認してください。",
      },
      check = function(s)
        offers.ensure(s.portals.customer_portal, REGISTRATION)
      end,
    },
    {
      id    = "console-registration-offered", severity = "low", owner = "provider", claimable = true,
      when  = { service = "iad", option = "admin_console" },
      title = {
        en = "The admin console offers registration and removal of users",
        ja = "管理コンソールで利用者の登録・削除ができる",
      },
      fix   = {
        en = "Ask the provider why the function is missing in the admin console.",
        ja = "管理コンソールで該当の機能が利用できない理由を、事業者に確認してください。",
      },
      check = function(s)
        offers.ensure(s.portals.admin_console, REGISTRATION)
      end,
    },
    {
      id    = "unique-sign-in-names", ref = "R1",
      title = {
        en = "Every sign-in name is given once in its directory",
        ja = "サインイン名がディレクトリ内で重複していない",
      },
      fix   = {
        en = "Rename one of the two accounts; names that differ in case or width only are the same.",
        ja = "どちらかのアカウントのサインイン名を変更してください（大文字・小文字、全角・半角のみの違いは同一とみなします）。",
      },
      check = function(s, _, as_of)
        check_names(s, as_of)
      end,
    },
    {
      id    = "no-shared-accounts", ref = "R1",
      title = { en = "No account is shared", ja = "共用のアカウントがない" },
      fix   = {
        en = "Give everybody an account of their own and disable the shared one.",
        ja = "利用者ごとにアカウントを発行し、共用アカウントは無効にしてください。",
      },
      check = function(s, params, as_of)
        for _, account in usable_people(s, as_of) do
          local values = { account = account.upn, name = account.name, owner = account.owner }
          ensure(not is_shared(account, params), account, {
            en = "{account} ({name}) is used by several people: its owner is {owner}",
            ja = "{account}（{name}）は複数人で共用されています（所有者：{owner}）",
          }, values)
        end
      end,
    },
    {
      id    = "one-account-each", ref = "R1", severity = "medium",
      title = {
        en = "Nobody has two accounts of a kind in one directory",
        ja = "同じディレクトリに同じ種類のアカウントを重複して持つ人がいない",
      },
      fix   = {
        en = "Disable the account that is too many. One ordinary and one privileged account in each directory are "
          .. "fine.",
        ja = "余分なアカウントを無効にしてください（ディレクトリごとに一般用と特権用を 1 つずつ持つことは問題ありません）。",
      },
      check = function(s, params, as_of)
        check_one_each(s, params, as_of)
      end,
    },
    {
      id    = "hr-import-current", ref = "R2", severity = "medium",
      title = {
        en = "Leavers become known in time",
        ja = "退職情報が適時に取り込まれている",
      },
      fix   = {
        en = "Import the information of personnel, better automatically; see why the last import is so old.",
        ja = "人事情報を取り込み（できれば自動化し）、取り込みが滞っている原因を確認してください。",
      },
      check = function(s, params, as_of)
        accounts.needs_hr(s)
        local feed = s.identities.hr_feed
        local age = time.age_days(feed.last_import_at, as_of, s.tenant.time_zone)
        ensure(age ~= nil and age <= params.hr_import_days, feed, {
          en = "the last import of personnel information is {age} days old; the limit is {limit} days",
          ja = "人事情報の直近の取り込みが {age} 日前です（上限 {limit} 日）",
        }, { age = age or "", limit = params.hr_import_days })
      end,
    },
    {
      id    = "leavers-disabled", ref = "R2",
      title = {
        en = "Accounts of people who have left are disabled",
        ja = "退職者のアカウントが無効になっている",
      },
      fix   = {
        en = "Disable all accounts of the person today, end their sessions, and look through the log for sign-ins "
          .. "after the last day.",
        ja = "該当者のすべてのアカウントを直ちに無効化し、有効なセッションを終了させたうえで、退職日以降のサインイン記録を"
          .. "確認してください。",
      },
      check = function(s, params, as_of)
        check_leavers(s, as_of, function(account, values, zone)
          values.days = accounts.days_since(values.left_on, as_of, zone)
          local late = values.days > params.leaver_disable_days
          ensure(not (accounts.is_usable(account, as_of) and late), account, {
            en = "{account} can still sign in, and its owner left on {left_on}, {days} days ago",
            ja = "{account} の所有者は {left_on} に退職していますが（{days} 日経過）、アカウントが有効なままです",
          }, values)
        end)
      end,
    },
    {
      id    = "leavers-disabled-in-time", ref = "R2", severity = "medium",
      title = {
        en = "Accounts of people who have left were disabled in time",
        ja = "退職者のアカウントが期限内に無効化されている",
      },
      fix   = {
        en = "Find out why personnel's notice came late, and look through the log for sign-ins between the last day "
          .. "and the disabling; the finding goes away once the account is deleted.",
        ja = "人事からの連絡が遅れた原因を確認し、退職日から無効化までのサインイン記録を点検してください"
          .. "（アカウントを削除すると、この指摘は解消します）。",
      },
      check = function(s, params, as_of)
        check_leavers(s, as_of, function(account, values, zone)
          local gone = accounts.is_usable(account, as_of) or accounts.is_deleted(account, as_of)
          if gone then
            ensure(true, account)
            return
          end
          local moment = account.disabled_at
          values.days = moment ~= nil and accounts.days_since(values.left_on, moment, zone) or 0
          values.limit = params.leaver_disable_days
          ensure(values.days <= params.leaver_disable_days, account, {
            en = "{account} was disabled {days} days after its owner left ({left_on}); the limit is {limit}",
            ja = "{account} の無効化が退職日（{left_on}）の {days} 日後でした（上限 {limit} 日）",
          }, values)
        end)
      end,
    },
    {
      id    = "leavers-deleted", ref = "R2", severity = "medium",
      title = {
        en = "Accounts of people who have left are deleted in the end",
        ja = "退職者のアカウントが期限内に削除されている",
      },
      fix   = {
        en = "Hand over mail and files, then delete the account.",
        ja = "メールやファイルを引き継いだうえで、アカウントを削除してください。",
      },
      check = function(s, params, as_of)
        check_leavers(s, as_of, function(account, values, zone)
          values.days, values.limit = accounts.days_since(values.left_on, as_of, zone), params.leaver_delete_days
          local late = values.days > params.leaver_delete_days
          ensure(accounts.is_deleted(account, as_of) or not late, account, {
            en = "{account} still exists {days} days after its owner left ({left_on}); the limit is {limit} days",
            ja = "{account} が退職日（{left_on}）から {days} 日経過しても残っています（上限 {limit} 日）",
          }, values)
        end)
      end,
    },
    {
      id    = "no-inactive-accounts", ref = "R3",
      title = {
        en = "Accounts that nobody uses any more are disabled",
        ja = "長期間使われていないアカウントが無効になっている",
      },
      fix   = {
        en = "Ask the owner, then disable the account; people on a long leave get it back when they return.",
        ja = "所有者に確認のうえ無効化してください（長期休職者には復職時に再度有効化します）。",
      },
      check = function(s, params, as_of)
        local zone = s.tenant.time_zone
        for _, account in usable_people(s, as_of) do
          check_inactive(account, { account = account.upn }, as_of, zone, params.inactive_days)
        end
      end,
    },
    {
      id    = "no-unused-accounts", ref = "R4", severity = "medium",
      title = {
        en = "Accounts that were never used are disabled",
        ja = "一度も使われていないアカウントが無効になっている",
      },
      fix   = {
        en = "Disable or delete the account, and create it when it is needed.",
        ja = "アカウントを無効化または削除し、必要になった時点で作成してください。",
      },
      check = function(s, params, as_of)
        local zone = s.tenant.time_zone
        for _, account in usable_people(s, as_of) do
          check_unused(account, { account = account.upn }, as_of, zone, params.never_used_days)
        end
      end,
    },
    {
      id    = "owners-known", ref = "R5", severity = "medium",
      title = {
        en = "Every account has an owner who is still there",
        ja = "すべてのアカウントに在籍中の所有者がいる",
      },
      fix   = {
        en = "Name somebody who answers for the account, or disable it.",
        ja = "アカウントの管理責任者を定めるか、アカウントを無効にしてください。",
      },
      check = function(s, params, as_of)
        local gone = gone_for_good(s, as_of, s.tenant.time_zone)
        for _, account in each(s.identities.accounts, { en = "an account that can sign in",
          ja = "サインインできるアカウント" }, function(account)
          return accounts.is_usable(account, as_of)
        end) do
          check_owner(account, gone, params)
        end
      end,
    },
    {
      id    = "no-open-invitations", ref = "R6", severity = "medium",
      title = {
        en = "No invitation stays open for long",
        ja = "未承諾の招待が長期間残っていない",
      },
      fix   = {
        en = "Withdraw the invitation, and send a new one if the person still needs access.",
        ja = "招待を取り消し、引き続き必要な場合は改めて招待してください。",
      },
      check = function(s, params, as_of)
        local zone = s.tenant.time_zone
        local invited = {}
        for _, account in ipairs(s.identities.accounts) do
          if has(account, "invitation") and not accounts.is_deleted(account, as_of) then
            table.insert(invited, account)
          end
        end
        if #invited == 0 then
          not_applicable({ en = "nobody was invited", ja = "招待中のアカウントがないため" })
        end
        for _, account in ipairs(invited) do
          local invitation = account.invitation
          local values = { account = account.upn, limit = params.invite_days,
            days = time.age_days(invitation.sent_at, as_of, zone) }
          local late = values.days == nil or values.days > params.invite_days
          local state = invitation.state
          ensure(state ~= "expired", invitation, {
            en = "the invitation of {account} has expired and was not removed",
            ja = "{account} の招待が期限切れのまま残っています",
          }, values)
          local _ = invitation.state
          ensure(state ~= "pending" or not late, invitation, {
            en = "the invitation of {account} has been open for {days} days; the limit is {limit} days",
            ja = "{account} の招待が {days} 日間承諾されていません（上限 {limit} 日）",
          }, values)
        end
      end,
    },
    {
      id    = "synchronisation-runs", ref = "R2", severity = "medium",
      when  = { service = "iad", option = "entra_connect" },
      title = {
        en = "Entra Connect runs, so that who is removed from Active Directory is removed from Entra",
        ja = "Entra Connect の同期が動作し、AD での無効化・削除が Entra に反映される",
      },
      fix   = {
        en = "Look at the synchronisation on the server that is named (Get-ADSyncScheduler, event log), and start it "
          .. "again.",
        ja = "該当サーバーで同期の状態（Get-ADSyncScheduler、イベントログ）を確認し、同期を再開してください。",
      },
      check = function(s, params, as_of)
        local sync = s.identities.sync
        ensure(sync.state == "running", sync, {
          en = "the synchronisation on {host} does not run ({state})",
          ja = "{host} の同期が正常に動作していません（{state}）",
        }, { host = sync.host, state = STATE[sync.state] })
        local age = time.age(sync.last_sync_at, as_of)
        ensure(age ~= nil and age <= params.sync_hours * 3600, sync, {
          en = "the last synchronisation was {hours} hours ago; the limit is {limit} hours",
          ja = "最後の同期から {hours} 時間が経過しています（上限 {limit} 時間）",
        }, { hours = age and age // 3600 or 0, limit = params.sync_hours })
      end,
    },
    {
      id    = "synchronised-accounts-matched", ref = "R2",
      when  = { service = "iad", option = "entra_connect" },
      title = {
        en = "Every synchronised account of Entra still has its account in Active Directory",
        ja = "Entra の同期アカウントに対応する AD アカウントが有効である",
      },
      fix   = {
        en = "See whether the synchronisation runs, and delete the account of Entra that was left behind.",
        ja = "同期が正常に動作しているか確認し、取り残された Entra アカウントを削除してください。",
      },
      check = function(s, _, as_of)
        local present = { [true] = {}, [false] = {} } -- people's accounts, and those of services
        for _, account in ipairs(s.identities.accounts) do
          local person = accounts.person(account)
          if person ~= nil and account.source == "ad" and accounts.is_usable(account, as_of) then
            present[accounts.is_human(account)][person] = true
          end
        end
        local synchronised = {}
        for _, account in ipairs(s.identities.accounts) do
          if account.source == "entra" and account.synced_from_ad then
            table.insert(synchronised, account)
          end
        end
        if #synchronised == 0 then
          not_applicable({
            en = "no account of Entra is synchronised from Active Directory",
            ja = "AD から同期された Entra アカウントがないため",
          })
        end
        for _, account in ipairs(synchronised) do
          local values = { account = account.upn, owner = account.owner }
          local person = accounts.person(account)
          local matched = person ~= nil and present[accounts.is_human(account)][person] == true
          ensure(matched or not accounts.is_usable(account, as_of), account, {
            en = "{account} can sign in, although {owner} has no account in Active Directory that can",
            ja = "{account} は有効ですが、{owner} の有効な AD アカウントがありません",
          }, values)
        end
      end,
    },
  },
}
