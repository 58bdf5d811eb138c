-- CLD.6.3.1 Shared roles and responsibilities within a cloud computing environment
-- SPDX-License-Identifier: Apache-2.0
--
-- Dividing the work is 6.1.1; here the customer knows the division, in its current version, and it
-- leaves out no control. What the matrix itself must be is asked in lib/matrix.lua.

local clauses = use("clauses")
local given = use("given")
local matrix = use("matrix")
local statements = use("statements")

-- ---- clauses ----

-- The clauses that the rows of a service concern, as a set.
local function clauses_of(s, service)
  local found = {}
  for _, row in ipairs(matrix.rows(s, service)) do
    for _, written in ipairs(given.items(row.controls)) do
      found[given.need(text.clause(written))] = true
    end
  end
  return found
end

local function check_covered(s, service, wanted)
  local covered, left = clauses_of(s, service), {}
  for _, clause in ipairs(wanted) do
    local canonical = text.clause(clause)
    if not covered[canonical] then
      table.insert(left, canonical)
    end
  end
  is_empty(s.responsibility.areas) -- the place: the list, not its last row
  ensure(#left == 0, s.responsibility.areas, {
    en = "no row on {service} concerns {count} of the clauses: {clauses}",
    ja = "{service} の責任分担表に、次の {count} 件の項番に関する行がありません：{clauses}",
  }, { service = service, count = #left, clauses = table.concat(left, ", ") })
end

-- ---- changes ----

-- When the contract or its options last changed: seconds, and the day for messages. An option that
-- was cancelled alone has changed it with the end of its last day.
local function last_change(s, as_of)
  local zone = s.tenant.time_zone
  local changed = given.need(s.contract.last_changed_at)
  given.need(time.age(changed, as_of))
  local at, day = time.seconds(changed), time.date(changed, zone)
  for _, part in ipairs(maybe_empty(get(s.contract, "partial_terminations", {}))) do
    local ended = given.need(time.end_of_day(part.date, zone)) + 1
    if ended > at and ended <= time.seconds(as_of) then
      at, day = ended, time.add_days(part.date, 1)
    end
  end
  return at, day
end

-- A moment that is over; one that lies ahead shows nothing.
local function done(moment, as_of)
  given.need(time.age(moment, as_of))
  return moment
end

local function acknowledgement_of(s)
  return given.nullable(s.responsibility, "acknowledgement")
end

return {
  title      = {
    en = "Shared roles and responsibilities within a cloud computing environment",
    ja = "クラウドコンピューティング環境における役割及び責任の共有及び分担",
  },
  severity   = "medium",
  owner      = { iad = "shared", ctx = "shared" },
  when       = { service = { "iad", "ctx" } },
  references = {
    "ISO/IEC 27017:2015 CLD.6.3.1", "ISO/IEC 27001:2022 A.5.2", "IIJ-IAD012-0002 CLD.6.3.1",
    "IIJ-VDS051-0002 CLD.6.3.1",
  },
  tags       = { "responsibility" },
  params     = matrix.with_params({
    clauses = {
      type = "list", default = clauses.CATALOGUE,
      doc = {
        en = "Clauses that the matrix must cover",
        ja = "責任分担表が網羅すべき管理策の項番",
      },
      source = {
        en = "The controls of this pack: who has to act must be known of each",
        ja = "本パックの全管理策。それぞれについて担当が決まっている必要があるため",
      },
    },
    matrix_review_days = {
      type = "integer", default = 365, min = 1, max = 1096, unit = { en = "days", ja = "日" },
      doc = {
        en = "How old the last review of the matrix may be",
        ja = "責任分担表の直近の見直しを有効とみなす日数",
      },
      source = {
        en = "Yearly, with the review of the contract; the white papers name no interval",
        ja = "契約の見直しに合わせて年1回。ホワイトペーパーに間隔の記載なし",
      },
    },
  }),

  rules = {
    {
      id    = "matrix-sound", ref = "R1",
      title = {
        en = "The matrix is complete and free of contradictions",
        ja = "責任分担表に漏れや矛盾がない",
      },
      fix   = {
        en = "Correct what is named and settle it with the provider; 6.1.1 tells the same in detail.",
        ja = "指摘された箇所を訂正し、責任区分を事業者と取り決めてください（詳細は 6.1.1 を参照）。",
      },
      check = function(s, params)
        matrix.check_all(s, params)
      end,
    },
    {
      id    = "clauses-covered", ref = "R1",
      title = {
        en = "The matrix covers every control that is judged",
        ja = "責任分担表が判定対象のすべての管理策を網羅している",
      },
      fix   = {
        en = "Add the clauses that are named to the rows of the areas they concern.",
        ja = "指摘された項番を、該当する領域の行（controls）に追加してください。",
      },
      check = function(s, params)
        for _, service in ipairs(statements.services(s)) do
          check_covered(s, service, params.clauses)
        end
      end,
    },
    {
      id    = "clauses-exist", ref = "R1", severity = "low",
      title = {
        en = "The matrix names clauses that exist",
        ja = "責任分担表の項番が規格に実在する",
      },
      fix   = {
        en = "Correct the number of the clause; only seven clauses begin with CLD.",
        ja = "項番を訂正してください（CLD で始まる項番は 7 つのみです）。",
      },
      check = function(s)
        for _, row in ipairs(s.responsibility.areas) do
          for _, written in ipairs(row.controls) do
            local clause = text.clause(written)
            ensure(clauses.exists(given.need(clause)), row, {
              en = "ISO/IEC 27017:2015 has no clause {clause}",
              ja = "ISO/IEC 27017:2015 に項番 {clause} はありません",
            }, { clause = clause })
          end
        end
      end,
    },
    {
      id    = "acknowledged", ref = "R2", owner = "customer",
      title = {
        en = "The customer has acknowledged the current matrix",
        ja = "最新の責任分担表をお客様が確認している",
      },
      fix   = {
        en = "Read the current version of the matrix, and record who acknowledged which version when.",
        ja = "最新版の責任分担表を確認し、確認した版・日時・確認者を記録してください。",
      },
      check = function(s, params, as_of)
        local current = s.responsibility.matrix_version
        local acknowledgement = acknowledgement_of(s)
        ensure(acknowledgement ~= nil, s.responsibility, {
          en = "nobody has acknowledged the matrix",
          ja = "責任分担表が未確認です",
        })
        if acknowledgement ~= nil then
          done(acknowledgement.acknowledged_at, as_of)
          local version = acknowledgement.matrix_version
          ensure(text.same(version, current), acknowledgement, {
            en = "version {version} was acknowledged, the current one is {current}",
            ja = "確認済みの版は {version} ですが、最新版は {current} です",
          }, { version = version, current = current })
        end
      end,
    },
    {
      id    = "acknowledged-after-change", ref = "R2", owner = "customer",
      title = {
        en = "The customer has acknowledged the matrix since the contract last changed",
        ja = "契約・オプションの変更後に、お客様が責任分担表を確認している",
      },
      fix   = {
        en = "Acknowledge the matrix again: what was contracted or cancelled since then may change who does what.",
        ja = "契約・オプションの変更により分担が変わることがあります。責任分担表を改めて確認してください。",
      },
      check = function(s, params, as_of)
        local acknowledgement = acknowledgement_of(s)
        local changed, day = last_change(s, as_of)
        local at = acknowledgement ~= nil and done(acknowledgement.acknowledged_at, as_of) or nil
        ensure(at ~= nil and time.seconds(at) >= changed, acknowledgement or s.responsibility, {
          en = "the contract changed on {day}, and the matrix was not acknowledged since",
          ja = "契約が {day} に変更されましたが、その後、責任分担表が確認されていません",
        }, { day = day })
      end,
    },
    {
      id    = "reviewed-after-change", ref = "R3",
      title = {
        en = "The matrix was reviewed since the contract last changed",
        ja = "契約・オプションの変更後に、責任分担表が見直されている",
      },
      fix   = {
        en = "Review the matrix with the provider, add what the change brought, and record the date.",
        ja = "事業者とともに責任分担表を見直し、変更内容を反映したうえで、見直し日時を記録してください。",
      },
      check = function(s, params, as_of)
        local changed, day = last_change(s, as_of)
        local reviewed = done(s.responsibility.reviewed_at, as_of)
        ensure(time.seconds(reviewed) >= changed, s.responsibility, {
          en = "the contract changed on {day}, the last review of the matrix was on {reviewed}",
          ja = "契約が {day} に変更されましたが、責任分担表の直近の見直しは {reviewed} です",
        }, { day = day, reviewed = time.date(reviewed, s.tenant.time_zone) })
      end,
    },
    {
      id    = "reviewed-in-time", ref = "R3",
      title = {
        en = "The matrix was reviewed within the interval",
        ja = "責任分担表が定期的に見直されている",
      },
      fix   = {
        en = "Review the matrix with the provider and record the date, also when nothing changed.",
        ja = "事業者とともに責任分担表を見直し、変更がない場合も見直し日時を記録してください。",
      },
      check = function(s, params, as_of)
        local days = time.age_days(s.responsibility.reviewed_at, as_of, s.tenant.time_zone)
        ensure(days <= params.matrix_review_days, s.responsibility, {
          en = "the last review of the matrix was {days} days ago, the limit is {limit}",
          ja = "責任分担表の直近の見直しから {days} 日が経過しています（上限 {limit} 日）",
        }, { days = days, limit = params.matrix_review_days })
      end,
    },
  },
}
