-- 14.1.1 Information security requirements analysis and specification
-- SPDX-License-Identifier: Apache-2.0
--
-- The requirements are in three places: the security policy, the white paper and the service
-- documents. The provider keeps them up; that they fit, and that it looked at the newest ones, only
-- the customer can say, so all rules rest on its own statement.

local given = use("given")
local statements = use("statements")

local CLAUSE = "14.1.1"

local NAMES = {
  policy            = { en = "the security policy", ja = "情報セキュリティ基本方針" },
  whitepaper        = { en = "the white paper", ja = "ホワイトペーパー" },
  service_documents = { en = "the service documents", ja = "サービスドキュメント" },
}

-- The customer's statements that count for a service: those with a part, if there are any.
local function statements_of(s, params, as_of, service, part)
  return statements.all(s, params, as_of, { clause = CLAUSE, party = "customer", part = part }, service)
end

-- ---- documents ----

-- The documents that statements name, and the first list of them; without any, it is missing.
local function documents(stated)
  local found, first = {}, nil
  for _, statement in ipairs(stated) do
    if has(statement, "documents") then
      first = first or statement.documents
      for _, document in ipairs(statement.documents) do
        table.insert(found, document)
      end
    end
  end
  if #stated > 0 and first == nil then
    given.need(stated[1].documents)
  end
  return found, first
end

local function of_kind(list, kind)
  local found = {}
  for _, document in ipairs(list) do
    if given.need(document.id) == kind then
      table.insert(found, document)
    end
  end
  return found
end

local function is_blank(value)
  return string.find(given.need(value), "%S") == nil
end

-- A document can be found again by its number, version and date.
local function check_document(s, document, as_of)
  local name = NAMES[document.id]
  ensure(not is_blank(document.number) and not is_blank(document.version), document, {
    en = "{name} is named without number or version",
    ja = "{name}の文書番号または版数が空欄です",
  }, { name = name })
  local today, dated = time.date(as_of, s.tenant.time_zone), document.dated
  ensure(time.days_between(dated, today) >= 0, document, {
    en = "{name} is dated {date}, which lies in the future",
    ja = "{name}の日付（{date}）が未来です",
  }, { name = name, date = dated })
end

local function check_documents(s, service, stated, as_of)
  local found, list = documents(stated)
  if list == nil then
    return
  end
  for _, kind in ipairs({ "policy", "whitepaper", "service_documents" }) do
    local named = of_kind(found, kind)
    is_empty(list)
    ensure(#named > 0, list, {
      en = "{name} ({service}) is not named",
      ja = "{name}（{service}）が記録されていません",
    }, { name = NAMES[kind], service = service })
    for _, document in ipairs(named) do
      check_document(s, document, as_of)
    end
  end
end

-- ---- versions ----

-- "1.10" is { 1, 10 }; words around the numbers are none of it.
local function numbers(version)
  local found = {}
  for number in string.gmatch(text.normalise(version), "%d+") do
    table.insert(found, math.tointeger(tonumber(number)))
  end
  return found
end

-- -1, 0, 1: a number that is not written is 0.
local function compare(a, b)
  for i = 1, math.max(#a, #b) do
    local x, y = a[i] or 0, b[i] or 0
    if x ~= y then
      return x < y and -1 or 1
    end
  end
  return 0
end

local A_VERSION = { en = "a version with a number in it", ja = "数字を含む版数" }

local function version_of(document)
  local found = nil
  for _ in each({ document }, A_VERSION, function(one) return #numbers(one.version) > 0 end) do
    found = numbers(document.version)
  end
  return found
end

-- ---- the white paper ----

local function known(params, service)
  return {
    number = params["whitepaper_" .. service], version = params["whitepaper_" .. service .. "_version"],
    dated = params["whitepaper_" .. service .. "_dated"],
  }
end

-- The white papers of a service among the documents; the assertion that there is one is made here.
local function whitepapers(stated, wanted)
  local list, first = documents(stated)
  local found = {}
  if first == nil then
    return found
  end
  for _, document in ipairs(of_kind(list, "whitepaper")) do
    if string.find(text.normalise(document.number), text.normalise(wanted), 1, true) then
      table.insert(found, document)
    end
  end
  is_empty(first)
  ensure(#found > 0, first, {
    en = "the white paper of the service ({number}) is not among the documents",
    ja = "対象サービスのホワイトペーパー（{number}）が記録されていません",
  }, { number = wanted })
  return found
end

local function newest(list)
  local found, found_version
  for _, document in ipairs(list) do
    local version = version_of(document)
    if version ~= nil and (found == nil or compare(version, found_version) > 0) then
      found, found_version = document, version
    end
  end
  return found, found_version
end

local function check_latest(document, version, latest)
  local order = compare(version, numbers(latest.version))
  local at = document.version
  if order > 0 then
    note({
      en = "version {version} is newer than {known}, which this pack knows; set the parameters",
      ja = "{version} 版はこのパックが把握している最新版（{known}）より新しい版です。パラメータを更新してください",
    }, { version = at, known = latest.version })
  end
  ensure(order >= 0, document, {
    en = "version {version} was looked at; the newest is {known} of {dated}",
    ja = "確認したのは {version} 版です。最新は {dated} 付けの {known} 版です",
  }, { version = at, known = latest.version, dated = latest.dated })
  local dated = document.dated
  ensure(order ~= 0 or dated == latest.dated, document, {
    en = "version {version} is dated {dated}, but was published on {known}",
    ja = "{version} 版の日付が {dated} になっていますが、{known} 付けで公開された版です",
  }, { version = at, dated = dated, known = latest.dated })
  ensure(order <= 0 or time.days_between(latest.dated, dated) >= 0, document, {
    en = "version {version} is dated {dated}, before version {known} of {published}",
    ja = "{version} 版の日付（{dated}）が、{published} 付けの {known} 版より前です",
  }, { version = at, dated = dated, known = latest.version, published = latest.dated })
end

-- ---- the decision ----

-- The newest decision of some statements; one that lies ahead is unusable.
local function decision(stated, as_of)
  local newest_fit, newest_at
  for _, statement in ipairs(stated) do
    if has(statement, "fit") then
      local at = given.need(time.seconds(statement.fit.decided_at))
      if newest_fit == nil or at > newest_at then
        newest_fit, newest_at = statement.fit, at
      end
    end
  end
  if #stated > 0 and newest_fit == nil then
    given.need(stated[1].fit)
  end
  if newest_fit ~= nil then
    given.need(time.age(newest_fit.decided_at, as_of))
  end
  return newest_fit
end

-- A contract that is older than the paper may well be decided on anew; another may not.
local function remark_on_start(s, on, dated)
  local started = s.contract.started_on
  if time.days_between(started, on) > 0 and time.days_between(dated, started) >= 0 then
    note({
      en = "the decision of {on} was made after the first day of the contract, {started}",
      ja = "適合性の判断（{on}）が契約開始日（{started}）より後です",
    }, { on = on, started = started })
  end
end

local function check_decision(s, fit, dated)
  local zone = s.tenant.time_zone
  local on = time.date(fit.decided_at, zone)
  ensure(not is_blank(fit.decided_by), fit, {
    en = "the decision of {on} names nobody who made it",
    ja = "適合性の判断（{on}）の判断者が空欄です",
  }, { on = on })
  remark_on_start(s, on, dated)
  ensure(time.days_between(dated, time.date(fit.decided_at, zone)) >= 0, fit, {
    en = "the decision of {on} is older than the white paper of {dated}",
    ja = "適合性の判断（{on}）が、ホワイトペーパーの日付（{dated}）より前に行われています",
  }, { on = on, dated = dated })
end

-- fit: the newest decision, held against the newest white paper that counts.
local function check_fit(s, params, as_of, service, fit)
  local stated = statements_of(s, params, as_of, service, "documents")
  local document = newest(whitepapers(stated, known(params, service).number))
  if fit ~= nil and document ~= nil then
    check_decision(s, fit, document.dated)
  end
end

local function whitepaper_params(params)
  local papers = {
    { id = "iad", number = "IIJ-IAD012-0002", dated = "2024-08-31" },
    { id = "ctx", number = "IIJ-VDS051-0002", dated = "2024-10-08" },
  }
  for _, paper in ipairs(papers) do
    local source = {
      en = paper.number .. ", version 1.1 of " .. paper.dated, ja = paper.number .. " 第1.1版（" .. paper.dated .. "）",
    }
    local service = string.upper(paper.id)
    local function param(name, default, en, ja)
      params["whitepaper_" .. paper.id .. name] = {
        type = "string", default = default, doc = { en = en .. service, ja = service .. ja }, source = source,
      }
    end
    param("", paper.number, "Number of the white paper of ", " のホワイトペーパーの文書番号")
    param("_version", "1.1", "Newest version of the white paper of ", " のホワイトペーパーの最新版")
    param("_dated", paper.dated, "Date of the newest version of the white paper of ", " のホワイトペーパー最新版の日付")
  end
  return params
end

return {
  title      = {
    en = "Information security requirements analysis and specification",
    ja = "情報セキュリティ要求事項の分析及び仕様化",
  },
  severity   = "low",
  owner      = { iad = "customer", ctx = "customer" },
  when       = { service = { "iad", "ctx" } },
  references = {
    "ISO/IEC 27017:2015 14.1.1", "ISO/IEC 27001:2022 A.5.8", "IIJ-IAD012-0002 14.1.1", "IIJ-VDS051-0002 14.1.1",
  },
  tags       = { "documents" },
  params     = statements.params(whitepaper_params{
    open_gaps = {
      type = "integer", default = 0, min = 0, max = 1000,
      doc = {
        en = "Gaps between requirements and service that may be open",
        ja = "未解消のまま許容するギャップの件数",
      },
      source = {
        en = "None: a gap that is accepted is a risk that somebody has approved, and no longer open",
        ja = "なし。受容した差異は承認済みのリスクであり、未解決ではないため",
      },
    },
  }),

  rules = {
    {
      id    = "documents-named", ref = "R1",
      title = {
        en = "Policy, white paper and service documents are named with version and date",
        ja = "基本方針・ホワイトペーパー・サービスドキュメントが版数と日付付きで記録されている",
      },
      fix   = {
        en = "Note in your statement for 14.1.1 which documents you held your requirements against: number, version, "
          .. "date.",
        ja = "14.1.1 についての表明に、要求事項と照合した文書の番号・版数・日付を記録してください。",
      },
      check = function(s, params, as_of)
        for _, service in ipairs(statements.services(s)) do
          check_documents(s, service, statements_of(s, params, as_of, service, "documents"), as_of)
        end
      end,
    },
    {
      id    = "whitepaper-latest", ref = "R2",
      title = {
        en = "The newest white paper was looked at",
        ja = "最新版のホワイトペーパーを確認している",
      },
      fix   = {
        en = "Get the newest white paper of the service, compare it with your requirements again, and record version "
          .. "and date. If this pack's version is out of date, set the parameters.",
        ja = "サービスの最新のホワイトペーパーを入手して要求事項と照合し直し、版数と日付を記録してください。"
          .. "パックの把握する版が古い場合は、パラメータを更新してください。",
      },
      check = function(s, params, as_of)
        for _, service in ipairs(statements.services(s)) do
          local stated = statements_of(s, params, as_of, service, "documents")
          local latest = known(params, service)
          local document, version = newest(whitepapers(stated, latest.number))
          if document ~= nil then
            check_latest(document, version, latest)
          end
        end
      end,
    },
    {
      id    = "fit-decided", ref = "R3",
      title = {
        en = "That the service fits was decided on the basis of the white paper",
        ja = "ホワイトペーパーに基づいて、サービスの適合性を判断している",
      },
      fix   = {
        en = "Compare your requirements with the white paper, decide whether the service fits, and record who decided "
          .. "it and when.",
        ja = "要求事項とホワイトペーパーを照合して適合性を判断し、判断者と判断日時を記録してください。",
      },
      check = function(s, params, as_of)
        for _, service in ipairs(statements.services(s)) do
          local decided = statements_of(s, params, as_of, service, "fit")
          if #decided > 0 then  -- else nobody states anything that counts, which was said
            check_fit(s, params, as_of, service, decision(decided, as_of))
          end
        end
      end,
    },
    {
      id    = "gaps-closed", ref = "R3",
      title = {
        en = "No gap between requirements and service is open",
        ja = "要求事項とサービスのギャップが解消している",
      },
      fix   = {
        en = "Close the gaps by measures of your own, or have the risk accepted and no longer count them as open.",
        ja = "お客様側の対策でギャップを解消するか、リスク受容の承認を得て未解消の件数から除いてください。",
      },
      check = function(s, params, as_of)
        for _, service in ipairs(statements.services(s)) do
          local fit = decision(statements_of(s, params, as_of, service, "fit"), as_of)
          if fit ~= nil then
            local gaps = fit.gaps
            ensure(gaps <= params.open_gaps, fit, {
              en = "{gaps} gaps are open, {limit} may be",
              ja = "未解消のギャップが {gaps} 件あります（許容 {limit} 件）",
            }, { gaps = gaps, limit = params.open_gaps })
          end
        end
      end,
    },
  },
}
