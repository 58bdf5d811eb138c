-- 7.2.2 Information security awareness, education and training
-- SPDX-License-Identifier: Apache-2.0
--
-- The provider promises that education is provided for all its staff, not that everybody has
-- completed it; so its ratio is demanded only where a customer sets one. The customer's own
-- administrators are held to a ratio by default.

local given = use("given")
local privilege = use("privilege")
local statements = use("statements")

local AN_ADMINISTRATOR = {
  en = "an enabled administrator in employment",
  ja = "有効な管理者アカウント（在籍中）",
}

local EVERYWHERE = { portal = true, ad = true, entra = true, citrix = true, azure = true }

-- ---- the provider's staff ----

-- Campaigns by their end; one that has not begun is a plan, and comes after all others.
local function by_campaign(today)
  return function(statement)
    local from, to = time.day(statement.training.period_from), time.day(statement.training.period_to)
    return given.need(from) <= today and given.need(to) or math.mininteger
  end
end

-- Calls check with the training of the statement that counts, for every service: that of the last
-- campaign.
local function judge(s, params, as_of, check)
  for _, statement in statements.counting(s, params, as_of, {
    clause = "7.2.2", party = "provider", part = "training", rank = by_campaign(statements.today(s, as_of)),
  }) do
    check(statement.training)
  end
end

-- Whether enough took part; nil, which is unknown, where nobody had to.
local function is_enough(training, percent)
  local population, completed = training.population, training.completed
  if population == 0 then
    return nil
  end
  return completed > 0 and completed * 100 >= population * percent
end

local function check_figures(training, params)
  local population, completed = training.population, training.completed
  ensure(completed <= population, training, {
    en = "{completed} completed the training, of a population of {population}",
    ja = "受講者数（{completed} 人）が対象者数（{population} 人）を上回っています",
  }, { completed = completed, population = population })
  ensure(is_enough(training, params.provider_training_min_percent), training, {
    en = "{completed} of {population} completed the training, the limit is {percent} %",
    ja = "受講者は {population} 人中 {completed} 人です（下限 {percent} %）",
  }, { completed = completed, population = population, percent = params.provider_training_min_percent })
end

-- A campaign that runs now is the last one, unless it began so long ago that it tells of no year.
local function check_campaign(s, params, as_of, training)
  local today = statements.today(s, as_of)
  local from, to = training.period_from, training.period_to
  ensure(time.day(from) <= time.day(to), training, {
    en = "the campaign ends on {to}, before it begins on {from}",
    ja = "実施期間の終了日（{to}）が開始日（{from}）より前です",
  }, { from = from, to = to })
  ensure(time.day(training.period_from) <= today, training, {
    en = "the campaign begins on {from} only",
    ja = "教育の実施期間（{from} 開始）がまだ始まっていません",
  }, { from = from })
  if time.day(to) > today then
    local running = today - time.day(training.period_from)
    ensure(running <= params.training_max_age_days, training, {
      en = "the campaign has run for {days} days, the limit is {limit}",
      ja = "教育の実施期間の開始から {days} 日が経過しても終了していません（上限 {limit} 日）",
    }, { days = running, limit = params.training_max_age_days })
    return
  end
  local days = today - time.day(training.period_to)
  ensure(days <= params.training_max_age_days, training, {
    en = "the last campaign ended {days} days ago, the limit is {limit}",
    ja = "直近の教育の終了から {days} 日が経過しています（上限 {limit} 日）",
  }, { days = days, limit = params.training_max_age_days })
end

-- ---- the customer's administrators ----

-- People on leave and leavers cannot be trained; that leavers hold no rights is asked in 9.2.1.
local function is_employed(account)
  return not has(account, "hr") or account.hr.status == "employed"
end

-- The administrators as persons, in the order of their accounts: one person may have several, and
-- the training of any of them counts.
local function administrators(s, params, as_of)
  local index, people, by_owner = privilege.index(s, params, as_of), {}, {}
  for _, account in each(s.identities.accounts, AN_ADMINISTRATOR, function(account)
    return privilege.is_administrator(index, account, EVERYWHERE) and is_employed(account)
      and not privilege.is_break_glass(account, params)
  end) do
    local owner = given.need(text.normalise(account.owner))
    if by_owner[owner] == nil then
      by_owner[owner] = {}
      table.insert(people, by_owner[owner])
    end
    table.insert(by_owner[owner], account)
  end
  return people
end

-- The account of a person that tells the latest training which is over, and its day. Where none
-- does: one that tells of a training ahead, or the first one.
local function best_account(accounts, today)
  local best, latest = nil, nil
  for _, account in ipairs(accounts) do
    local day = has(account, "trained_on") and given.need(time.day(account.trained_on)) or nil
    if day ~= nil and day <= today and (latest == nil or day > latest) then
      best, latest = account, day
    end
    best = best or day ~= nil and account or nil
  end
  return best or accounts[1], latest
end

-- Persons as { account, current }, and how many of them are current.
local function survey(s, params, as_of, today)
  local persons, current = {}, 0
  for _, accounts in ipairs(administrators(s, params, as_of)) do
    local account, latest = best_account(accounts, today)
    local is_current = latest ~= nil and today - latest <= params.training_max_age_days
    table.insert(persons, { account = account, current = is_current })
    current = current + (is_current and 1 or 0)
  end
  return persons, current
end

return {
  title      = {
    en = "Information security awareness, education and training",
    ja = "情報セキュリティの意識向上、教育及び訓練",
  },
  severity   = "low",
  owner      = { iad = "shared", ctx = "shared" },
  when       = { service = { "iad", "ctx" } },
  references = {
    "ISO/IEC 27017:2015 7.2.2", "ISO/IEC 27001:2022 A.6.3", "IIJ-IAD012-0002 7.2.2", "IIJ-VDS051-0002 7.2.2",
  },
  tags       = { "training", "attestation" },
  params     = statements.params{
    training_max_age_days = {
      type = "integer", default = 365, min = 1, max = 1096, unit = { en = "days", ja = "日" },
      doc = {
        en = "How old the last training may be",
        ja = "直近の教育を有効とみなす日数",
      },
      source = {
        en = "Yearly, as is usual for security training; the white papers name no interval",
        ja = "セキュリティ教育の一般的な頻度として年1回。ホワイトペーパーに間隔の記載なし",
      },
    },
    provider_training_min_percent = {
      type = "integer", default = 0, min = 0, max = 100, unit = { en = "percent", ja = "%" },
      doc = {
        en = "Share of the provider's staff that must have completed the training; 0: anybody",
        ja = "事業者の従業員の受講率の下限（0 は 1 人以上の受講のみを確認）",
      },
      source = {
        en = "IIJ-IAD012-0002 and IIJ-VDS051-0002, clause 7.2.2: education is provided for all; no share is "
          .. "promised",
        ja = "IIJ-IAD012-0002、IIJ-VDS051-0002 の 7.2.2：全員を対象に教育を実施。受講率の記載なし",
      },
    },
    admin_training_min_percent = {
      type = "integer", default = 100, min = 1, max = 100, unit = { en = "percent", ja = "%" },
      doc = {
        en = "Share of the customer's administrators that must be trained",
        ja = "お客様の管理者の受講率の下限",
      },
      source = {
        en = "Administrators are few and can do the most harm: all of them",
        ja = "管理者は少人数で影響が最も大きいため、全員",
      },
    },
    privileged_roles = privilege.ROLES_PARAM,
    break_glass_accounts = {
      type = "list", default = {},
      doc = {
        en = "Ids of the break-glass accounts; when given, nobody else is one, whatever the snapshot says",
        ja = "緊急アクセス用アカウントの ID（指定した場合、これ以外は緊急アクセス用とみなさない）",
      },
      source = {
        en = "The tenant's own decision; empty: the kind that the snapshot says",
        ja = "テナントが決める事項（空の場合はスナップショットに記載の種類）",
      },
    },
  },

  rules = {
    {
      id    = "provider-training", ref = "R1", owner = "provider", claimable = true,
      title = {
        en = "The provider educates its staff in information security",
        ja = "事業者が従業員に情報セキュリティ教育を実施している",
      },
      fix   = {
        en = "Obtain the provider's report on its training, confirm it, and record it as a statement for 7.2.2.",
        ja = "事業者の教育実施報告を入手・確認し、7.2.2 の表明に記録してください。",
      },
      check = function(s, params, as_of)
        judge(s, params, as_of, function() end)
      end,
    },
    {
      id    = "provider-training-figures", ref = "R2", owner = "provider",
      title = {
        en = "The figures of the provider's training are sound and reach the share that is demanded",
        ja = "事業者の教育の受講状況が妥当で、求める受講率を満たしている",
      },
      fix   = {
        en = "Ask the provider who had to take part and who did, and correct the figures.",
        ja = "対象者数と受講者数を事業者に確認し、訂正してください。",
      },
      check = function(s, params, as_of)
        judge(s, params, as_of, function(training)
          check_figures(training, params)
        end)
      end,
    },
    {
      id    = "provider-training-recent", ref = "R3", owner = "provider",
      title = {
        en = "The provider's last training campaign lies within the interval",
        ja = "事業者の直近の教育が期限内に実施されている",
      },
      fix   = {
        en = "Ask the provider for its latest campaign, and record its period.",
        ja = "直近の教育の実施期間を事業者に確認し、記録してください。",
      },
      check = function(s, params, as_of)
        judge(s, params, as_of, function(training)
          check_campaign(s, params, as_of, training)
        end)
      end,
    },
    {
      id    = "administrators-trained", ref = "R4", owner = "customer",
      title = {
        en = "The customer's administrators were trained within the interval",
        ja = "お客様の管理者全員が期限内に教育を受講している",
      },
      fix   = {
        en = "Train the person that is named and record the day, or withdraw the role.",
        ja = "該当者に教育を実施して受講日を記録するか、権限を取り消してください。",
      },
      check = function(s, params, as_of)
        local persons, current = survey(s, params, as_of, statements.today(s, as_of))
        local enough = current * 100 >= #persons * params.admin_training_min_percent
        ensure(#persons > 0, s.identities.accounts) -- what was missing so far hides no finding below
        for _, person in ipairs(persons) do
          local name = person.account.name
          local day = person.account.trained_on
          ensure(enough or person.current, person.account, {
            en = "{name}, an administrator, was last trained on {day}; that is not within {limit} days",
            ja = "管理者 {name} の受講日が {day} で、直近 {limit} 日以内の受講がありません",
          }, { name = name, day = day, limit = params.training_max_age_days })
        end
      end,
    },
  },
}
