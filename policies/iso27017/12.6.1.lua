-- 12.6.1 Management of technical vulnerabilities
-- SPDX-License-Identifier: Apache-2.0

local given = use("given")
local logs = use("logs")
local names = use("names")
local sides = use("sides")
local statements = use("statements")

-- ---- R2, R3: overdue ----

local SEVERITY_DAYS = {
  critical = "critical_days", high = "high_days", medium = "medium_days", low = "low_days",
}

local EXPLOITED_PUBLIC = { en = "known to be exploited, and reachable from the internet", ja = "悪用確認済み・インターネット公開" }
local EXPLOITED = { en = "known to be exploited", ja = "悪用確認済み" }
local SEVERITY = {
  critical = { en = "critical", ja = "深刻度：緊急" }, high = { en = "high", ja = "深刻度：高" },
  medium = { en = "medium", ja = "深刻度：中" }, low = { en = "low", ja = "深刻度：低" },
}

-- How long a vulnerability may stay open, and why; of several limits the shortest.
local function limit_of(finding, params)
  local severity = given.need(finding.severity)
  local limit, why = params[SEVERITY_DAYS[severity]], SEVERITY[severity]
  if given.need(finding.known_exploited) then
    local public = given.need(finding.public)
    local shorter = public and params.exploited_public_days or params.exploited_days
    if shorter <= limit then
      limit, why = shorter, public and EXPLOITED_PUBLIC or EXPLOITED
    end
  end
  return limit, why
end

-- Whether it is open: a fix that came before it was found again fixed something else.
local function is_open(finding, as_of)
  if is_null(finding, "fixed_at") then
    return true
  end
  given.need(time.age(finding.fixed_at, as_of))
  return given.need(time.is_before(finding.fixed_at, finding.found_at))
end

local function accepted_until(finding)
  return has(finding, "accepted_until") and given.need(finding.accepted_until) or nil
end

local OVERDUE = {
  en = "{title} ({why}) has been open for {days} days, the limit is {limit}",
  ja = "{title}（{why}）が {days} 日間未対処です（対応期限 {limit} 日）",
}

local ACCEPTANCE_OVER = {
  en = OVERDUE.en .. "; the accepted risk ran out on {until}",
  ja = OVERDUE.ja .. "。リスク受容は {until} に期限が切れています",
}

local function check_open(s, finding, params, as_of)
  local zone = s.tenant.time_zone
  local limit, why = limit_of(finding, params)
  local title, over = finding.title, accepted_until(finding)
  local excused = over ~= nil and time.days_between(time.date(as_of, zone), over) >= 0
  if excused then
    note({ en = "{id}: the risk is accepted until {until}", ja = "{id}：リスク受容中（期限 {until}）" },
      { id = finding.id, ["until"] = over })
  end
  local days = given.need(time.age_days(finding.found_at, as_of, zone))
  ensure(excused or days <= limit, finding, over ~= nil and ACCEPTANCE_OVER or OVERDUE,
    { title = title, why = why, days = days, limit = limit, ["until"] = over or "" })
end

local NOTHING = {
  en = "no running host of the snapshot is the customer's, and no vulnerability is written at the customer",
  ja = "スナップショットにお客様の稼働中のホストもお客様が対処する脆弱性もないため",
}

-- Whether anything is written at a side, on whosever host.
local function has_finding(s, side)
  if not has(s, "vulnerabilities") then
    return false
  end
  for _, finding in ipairs(maybe_empty(given.need(s.vulnerabilities.findings))) do
    if sides.is_of(given.need(finding.party), side) then
      return true
    end
  end
  return false
end

-- What a scan found is not in a list that was read on an earlier day.
local function check_current(s, host, as_of)
  local zone, name = s.tenant.time_zone, host.name
  local scanned = time.age_days(host.vulnerability_scan_at, as_of, zone)
  if scanned ~= nil and scanned < given.need(time.age_days(s.vulnerabilities.collected_at, as_of, zone)) then
    logs.undecided(s.vulnerabilities, {
      en = "a list of vulnerabilities that was read after the last scan of " .. name,
      ja = names.of_ja(name) .. "直近の診断より後に取得した脆弱性の一覧",
    })
  end
end

-- The list of vulnerabilities is empty too for a side of which nothing was scanned. A host that was
-- never scanned is missing the time of its scan.
local function check_scanned(s, side, as_of)
  if not sides.has_no_host(s, side) then
    for _, host in sides.hosts(s, side) do
      check_current(s, host, as_of)
    end
  elseif not has_finding(s, side) then
    not_applicable(NOTHING)
  end
end

-- What one vulnerability lacks does not hide another: where something is missing, the assertion is
-- undecided and not false.
local function ensure_told(finding, told)
  if not told then
    ensure(false, finding)
  end
  return told
end

-- Whether it is a side's, and says whether it is open.
local function is_of_side(finding, side)
  local party = finding.party
  if party ~= nil and not sides.is_of(party, side) then
    return false
  end
  return ensure_told(finding, party ~= nil and finding.found_at ~= nil
    and (is_null(finding, "fixed_at") or finding.fixed_at ~= nil))
end

-- Whether it says how bad it is.
local function is_rated(finding)
  return ensure_told(finding, finding.severity ~= nil and finding.known_exploited ~= nil)
end

local function check_side(s, side, params, as_of)
  check_scanned(s, side, as_of)
  local retired = {}
  for _, host in ipairs(s.hosts) do
    retired[given.need(host.id)] = host.state == "retired"
  end
  local found = s.vulnerabilities.findings
  ensure(true, found)
  for _, finding in ipairs(maybe_empty(found)) do
    if is_of_side(finding, side) and is_open(finding, as_of) and not retired[finding.host] and is_rated(finding) then
      check_open(s, finding, params, as_of)
    end
  end
end

-- ---- R4: scanned ----

local function check_scans(s, side, params, as_of)
  for _, host in sides.hosts(s, side) do
    local days = time.age_days(host.vulnerability_scan_at, as_of, s.tenant.time_zone)
    ensure(days ~= nil and days <= params.scan_days, host, {
      en = "the last scan for vulnerabilities is {days} days old, the limit is {limit}",
      ja = "直近の脆弱性診断から {days} 日が経過しています（上限 {limit} 日）",
    }, { days = days or 0, limit = params.scan_days })
  end
end

-- ---- R5: supported ----

local function is_agent(name, agents)
  local wanted = given.need(text.normalise(name))
  for _, agent in ipairs(agents) do
    local start = text.normalise(agent)
    if string.sub(wanted, 1, #start) == start then
      return true
    end
  end
  return false
end

-- What the snapshot says of programs is judged; of the service's own agents it has to say it.
local function check_software(host, params)
  if not has(host, "software") then
    return
  end
  for _, program in ipairs(maybe_empty(host.software)) do
    local name, version = program.name, program.version
    if is_agent(name, params.agents) or has(program, "supported") then
      ensure(program.supported, program, {
        en = "{name} {version} is no longer supported",
        ja = "{name} {version} はサポートが終了しています",
      }, { name = name, version = version })
    end
  end
end

local function check_support(s, side, params, as_of)
  local today = given.need(time.date(as_of, s.tenant.time_zone))
  for _, host in sides.hosts(s, side) do
    local name, last = host.os.name, host.os.support_until
    local left = time.days_between(today, last)
    ensure(left ~= nil and left >= 0, host, {
      en = "the support of {name} ended on {last}",
      ja = "{name} のサポートは {last} に終了しています",
    }, { name = name, last = last })
    check_software(host, params)
  end
end

-- ---- updates ----

local UPDATES_READ = {
  en = "updates were checked {days} days ago, the limit is {limit}",
  ja = "更新プログラムの適用状況の確認から {days} 日が経過しています（上限 {limit} 日）",
}

local UPDATES_INSTALLED = {
  en = "updates were last installed {days} days ago, the limit is {limit}",
  ja = "更新プログラムの最終適用から {days} 日が経過しています（上限 {limit} 日）",
}

local function check_update_age(patches, field, limit, message, s, as_of)
  local days = time.age_days(patches[field], as_of, s.tenant.time_zone)
  ensure(days ~= nil and days <= limit, patches, message, { days = days or 0, limit = limit })
end

local function check_updates(s, side, params, as_of)
  for _, host in sides.hosts(s, side) do
    local patches = host.patches
    ensure(patches ~= nil, host, {
      en = "the updates of {host} were not read", ja = "{host} の更新プログラムの適用状況が未取得です",
    }, { host = host.name })
    if patches ~= nil then
      local missing = patches.missing_critical
      ensure(missing == 0, patches, {
        en = "{count} critical updates are missing on {host}",
        ja = "{host} に未適用の緊急更新が {count} 件あります",
      }, { host = host.name, count = missing })
      check_update_age(patches, "checked_at", params.scan_days, UPDATES_READ, s, as_of)
      check_update_age(patches, "installed_at", params.update_days, UPDATES_INSTALLED, s, as_of)
    end
  end
end

-- ---- images ----

local IMAGE = {
  en = "a running session host or master image that names its image",
  ja = "イメージ情報のある稼働中のセッションホスト・マスターイメージ",
}

local function days_param(days, en, ja, source)
  return {
    type = "integer", default = days, min = 0, max = 1096, unit = { en = "days", ja = "日" },
    doc = { en = en, ja = ja }, source = source,
  }
end

local REST = {
  en = "Ours: a monthly cycle of images can meet it; the white papers say promptly, and no number",
  ja = "本パックの提案：月次のイメージ更新で対応できる日数。ホワイトペーパーでは「速やかに」とあり、数値の記載なし",
}

local PATCH_DAY = {
  en = "Microsoft publishes on the second Tuesday of a month, which are up to 35 days apart",
  ja = "Microsoft の公開日は毎月第2火曜日（米国時間）で、間隔は最長 35 日",
}

local FIX_OVERDUE = {
  en = "Install the update or work around it, and record when; where that cannot be done in time, have the risk "
    .. "accepted until a date.",
  ja = "更新プログラムの適用または回避策の実施を行い、対処日時を記録してください。期限内に対処できない場合は、"
    .. "期限を定めてリスク受容の承認を得てください。",
}

local FIX_SCAN = {
  en = "Scan the host that is named; every running host of the inventory has to be scanned.",
  ja = "該当ホストの脆弱性診断を実施してください。台帳上の稼働中のホストすべてが対象です。",
}

local FIX_UPDATES = {
  en = "Install the updates, restart where they ask for it, and read the state again.",
  ja = "更新プログラムを適用し（必要に応じて再起動）、適用状況を取得し直してください。",
}

local FIX_SUPPORT = {
  en = "Replace or upgrade what is no longer supported; nobody publishes updates for it.",
  ja = "サポートが終了した製品を更新または入れ替えてください。修正プログラムは提供されません。",
}

return {
  title      = { en = "Management of technical vulnerabilities", ja = "技術的ぜい弱性の管理" },
  severity   = "high",
  owner      = { iad = "provider", ctx = "shared" },
  when       = { service = { "iad", "ctx" } },
  references = {
    "ISO/IEC 27017:2015 12.6.1", "ISO/IEC 27001:2022 A.8.8", "IIJ-IAD012-0002 12.6.1", "IIJ-VDS051-0002 12.6.1",
  },
  tags       = { "vulnerability", "patch" },
  params     = statements.params{
    exploited_public_days = days_param(3,
      "Days to mend what is exploited and reachable from the internet",
      "悪用が確認され、インターネットから到達できる脆弱性の対応期限",
      {
        en = "Ours: what is exploited and can be reached is attacked within days, at weekends too",
        ja = "本パックの提案：悪用され到達可能なものは、休日を含め数日のうちに攻撃されるため",
      }),
    exploited_days = days_param(14,
      "Days to mend what is known to be exploited elsewhere",
      "悪用が確認されたその他の脆弱性の対応期限",
      {
        en = "CISA, Known Exploited Vulnerabilities (BOD 22-01): two weeks",
        ja = "CISA の悪用が確認された脆弱性（KEV）カタログ（BOD 22-01）：2週間",
      }),
    critical_days = days_param(30, "Days to mend what is critical", "深刻度「緊急」の対応期限", REST),
    high_days = days_param(30, "Days to mend what is high", "深刻度「高」の対応期限", REST),
    medium_days = days_param(30, "Days to mend what is medium", "深刻度「中」の対応期限", REST),
    low_days = days_param(30, "Days to mend what is low", "深刻度「低」の対応期限", REST),
    scan_days = days_param(30, "How old the last scan of a host may be", "脆弱性診断を有効とみなす日数",
      {
        en = "Ours: monthly, so that each cycle of updates is seen",
        ja = "本パックの提案：毎月の更新を確認できるよう月1回",
      }),
    update_days = days_param(35, "How long ago updates may have been installed on a host",
      "ホストへの更新プログラムの最終適用からの経過日数の上限",
      PATCH_DAY),
    image_patch_days = days_param(35, "How long ago an image may have been patched",
      "イメージへのパッチ適用からの経過日数の上限",
      PATCH_DAY),
    agents = {
      type = "list", default = { "Citrix Virtual Apps and Desktops", "Microsoft Entra Connect", "Azure AD Connect" },
      doc = {
        en = "How programs begin whose support has to be known",
        ja = "サポート状況の記録を必須とする製品名（前方一致）",
      },
      source = {
        en = "The agents that the two services rest on",
        ja = "両サービスの稼働に必要なエージェント",
      },
    },
  },

  rules = {
    {
      id    = "provider-process", ref = "R1", severity = "medium", owner = "provider", claimable = true,
      title = {
        en = "The provider collects and assesses information on vulnerabilities, and acts on it",
        ja = "事業者が脆弱性情報を収集・評価し、対応している",
      },
      fix   = {
        en = "Ask the provider for a statement with evidence, and confirm it once a year.",
        ja = "事業者から証跡付きの表明を取得し、年1回確認してください。",
      },
      check = function(s, params, as_of)
        statements.ensure(s, params, as_of, "12.6.1", "provider")
      end,
    },
    {
      id    = "provider-overdue", ref = "R2", owner = "provider", claimable = true,
      title = {
        en = "The provider has no vulnerability open beyond its time",
        ja = "事業者側に対応期限を過ぎた未修正の脆弱性がない",
      },
      fix   = FIX_OVERDUE,
      check = function(s, params, as_of)
        check_side(s, "provider", params, as_of)
      end,
    },
    {
      id    = "customer-overdue", ref = "R2", owner = "customer",
      title = {
        en = "The customer has no vulnerability open beyond its time",
        ja = "お客様側に対応期限を過ぎた未修正の脆弱性がない",
      },
      fix   = FIX_OVERDUE,
      check = function(s, params, as_of)
        check_side(s, "customer", params, as_of)
      end,
    },
    {
      id    = "provider-scans", ref = "R4", severity = "medium", owner = "provider", claimable = true,
      title = {
        en = "All hosts of the provider were scanned for vulnerabilities",
        ja = "事業者のすべてのホストが期限内に脆弱性診断を受けている",
      },
      fix   = FIX_SCAN,
      check = function(s, params, as_of)
        check_scans(s, "provider", params, as_of)
      end,
    },
    {
      id    = "customer-scans", ref = "R4", severity = "medium", owner = "customer",
      title = {
        en = "All hosts of the customer were scanned for vulnerabilities",
        ja = "お客様のすべてのホストが期限内に脆弱性診断を受けている",
      },
      fix   = FIX_SCAN,
      check = function(s, params, as_of)
        check_scans(s, "customer", params, as_of)
      end,
    },
    {
      id    = "provider-updates", ref = "R2", owner = "provider", claimable = true,
      title = {
        en = "No critical update is missing on the provider's hosts",
        ja = "事業者のホストに未適用の緊急更新がない",
      },
      fix   = FIX_UPDATES,
      check = function(s, params, as_of)
        check_updates(s, "provider", params, as_of)
      end,
    },
    {
      id    = "customer-updates", ref = "R2", owner = "customer",
      title = {
        en = "No critical update is missing on the customer's hosts",
        ja = "お客様のホストに未適用の緊急更新がない",
      },
      fix   = FIX_UPDATES,
      check = function(s, params, as_of)
        check_updates(s, "customer", params, as_of)
      end,
    },
    {
      id    = "provider-support", ref = "R5", owner = "provider", claimable = true,
      title = {
        en = "Systems and agents of the provider are supported",
        ja = "事業者のホストの OS・エージェントがサポート期間内である",
      },
      fix   = FIX_SUPPORT,
      check = function(s, params, as_of)
        check_support(s, "provider", params, as_of)
      end,
    },
    {
      id    = "customer-support", ref = "R5", owner = "customer",
      title = {
        en = "Systems and agents of the customer are supported",
        ja = "お客様のホストの OS・エージェントがサポート期間内である",
      },
      fix   = FIX_SUPPORT,
      check = function(s, params, as_of)
        check_support(s, "customer", params, as_of)
      end,
    },
    {
      id    = "image-patches", ref = "R2", owner = "customer",
      when  = { service = "ctx" },
      title = {
        en = "Images were patched in the last cycle, not only the hosts made from them",
        ja = "マスターイメージに直近のパッチが適用されている",
      },
      fix   = {
        en = "Install current updates in the master image and publish it; a host made from an old image loses its "
          .. "updates with the next restart.",
        ja = "マスターイメージに最新の更新プログラムを適用して公開してください。古いイメージから作成したホストは、"
          .. "再作成時に更新が失われます。",
      },
      check = function(s, params, as_of)
        for _, host in each(s.hosts, IMAGE, function(host)
          return (host.role == "vda" or host.role == "master_image") and host.state == "running" and has(host, "image")
        end) do
          local image, version = host.image.id, host.image.version
          local days = time.age_days(host.image.patched_at, as_of, s.tenant.time_zone)
          ensure(days ~= nil and days <= params.image_patch_days, host, {
            en = "{image} {version} was last patched {days} days ago, the limit is {limit}",
            ja = "{image}（{version}）への直近のパッチ適用から {days} 日が経過しています（上限 {limit} 日）",
          }, { image = image, version = version, days = days, limit = params.image_patch_days })
        end
      end,
    },
  },
}
