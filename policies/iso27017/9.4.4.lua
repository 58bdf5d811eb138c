-- 9.4.4 Use of privileged utility programs
-- SPDX-License-Identifier: Apache-2.0
--
-- The provider states that it hands out no program that gets around security; what is listed or
-- installed must not contradict that. What the customer brings is limited to administrators and
-- recorded. RSAT and PowerShell are tools of administration, not ways around security. PowerShell 2.0,
-- which gets around logging, is judged by CLD.9.5.2.

local lists = use("lists")
local privilege = use("privilege")
local sides = use("sides")
local statements = use("statements")

-- ---- names ----

-- Whether a text has a word, whole but for digits behind it: PsExec64 is PsExec, Nmapper is not Nmap.
local function has_word(haystack, word)
  local from, to = string.find(haystack, word, 1, true)
  while from ~= nil and word ~= "" do
    local before, after = string.sub(haystack, from - 1, from - 1), string.sub(haystack, to + 1, to + 1)
    if not string.find(before, "%a") and not string.find(after, "%a") then
      return true
    end
    from, to = string.find(haystack, word, to + 1, true)
  end
  return false
end

-- The first of some words that a name has, or nil.
local function word_in(name, words)
  return lists.find(words, function(word) return has_word(text.normalise(name), text.normalise(word)) end)
end

local function is_among(value, values)
  return lists.find(values, function(other) return text.same(value, other) end) ~= nil
end

-- ---- R2: what is installed ----

local BY_NAME = {
  en = "{software} ({publisher}) on {host} is a forbidden utility: {why}",
  ja = "{host} の {software}（{publisher}）は禁止ツールに該当します：{why}",
}

-- Why a program is forbidden and which of its members tells it, or nil. Its digest does under any name;
-- what the tenant allows by digest or full name is something else of the same name.
local function why_forbidden(software, params)
  local name, publisher = software.name, software.publisher
  local digest = has(software, "sha256") and software.sha256 or ""
  if name == nil or publisher == nil then
    return nil
  elseif digest ~= "" and is_among(digest, params.forbidden_hashes) then
    return { en = "its digest is listed", ja = "ハッシュ値が一致" }, "sha256"
  elseif is_among(name, params.allowed_software) or (digest ~= "" and is_among(digest, params.allowed_software)) then
    return nil
  elseif is_among(publisher, params.forbidden_publishers) then
    return { en = "its publisher is listed", ja = "発行元が一致" }, "publisher"
  end
  local word = word_in(name, params.forbidden_utilities)
  return word ~= nil and { en = "its name has " .. word, ja = "名称に " .. word .. " を含む" } or nil, "name"
end

local function check_software(host, params)
  for _, software in ipairs(maybe_empty(host.software)) do
    local values = { host = host.name, publisher = software.publisher }
    local why, by = why_forbidden(software, params)
    values.why, values.software = why or "", software.name
    local _ = why ~= nil and software[by]
    ensure(why == nil, software, BY_NAME, values)
  end
end

local function check_inventory(host, params, as_of, zone)
  local values = { host = host.name, limit = params.inventory_days }
  local list = host.software
  values.days = time.age_days(host.software_read_at, as_of, zone)
  ensure(list ~= nil and values.days ~= nil and values.days <= values.limit, host, {
    en = "the list of software on {host} is {days} days old; the limit is {limit} days",
    ja = "{host} のソフトウェア一覧の取得から {days} 日が経過しています（上限 {limit} 日）",
  }, values)
  if list ~= nil then
    check_software(host, params)
  end
end

local NO_HOST = {
  en = "no host on this side has a list of software to judge",
  ja = "対象となるホストがないため",
}

local PROVIDERS = { en = "a running host of the provider", ja = "事業者の稼働中のホスト" }
local CUSTOMERS = { en = "a running host of the customer", ja = "お客様の稼働中のホスト" }

-- On IAD the domain controllers are the provider's, on CTX the session hosts are the customer's: a list
-- of hosts without any of that side is not whole, and the rule is unknown.
local function miss_hosts(s, params, of_provider)
  local service = s.contract.service
  if not params.require_inventory or (service ~= "both" and (service == "iad") ~= of_provider) then
    not_applicable(NO_HOST)
  end
  for _ in each(s.hosts, of_provider and PROVIDERS or CUSTOMERS, function() return false end) do end
end

-- What is in an image is on every host that is made from it, and an image is switched off all the
-- time. Nobody reads its list anew meanwhile, and nothing changes in it.
local function is_idle_image(host)
  return host.role == "master_image" and host.state == "stopped" and has(host, "software")
end

-- The running hosts of a side, and its images: the provider's, or all others.
local function check_hosts(s, params, as_of, of_provider)
  local zone, judged, images = s.tenant.time_zone, {}, {}
  for _, host in ipairs(s.hosts) do
    local ours = (host.party == "provider") == of_provider
    if ours and host.state == "running" and (params.require_inventory or has(host, "software")) then
      table.insert(judged, host)
    elseif ours and is_idle_image(host) then
      table.insert(images, host)
    end
  end
  if #judged + #images == 0 then
    miss_hosts(s, params, of_provider)
  end
  for _, host in ipairs(judged) do
    check_inventory(host, params, as_of, zone)
  end
  for _, host in ipairs(images) do
    check_software(host, params)
    ensure(true, host)
  end
end

-- ---- R1, R3, R4: what is listed ----

-- By its whole name: anybody can put the word PowerShell into the name of anything.
local function is_admin_tool(item, params)
  local name = item.name
  return name ~= nil and is_among(name, params.admin_tools)
end

local function check_roles(item, roles, params)
  local values = { name = item.name }
  ensure(not is_empty(item.roles), item, {
    en = "it is not said which roles may use {name}",
    ja = "{name} を利用できるロールが定められていません",
  }, values)
  for _, id in ipairs(maybe_empty(item.roles)) do
    local role = roles[id]
    local privileged = role ~= nil and privilege.is_privileged_role(role, params)
    values.role = role ~= nil and role.name or id
    ensure(privileged, item, {
      en = "{name} may be used with {role}, which is no role of administrators",
      ja = "{name} が、管理者ロールではない {role} でも利用できます",
    }, values)
  end
end

return {
  title      = { en = "Use of privileged utility programs", ja = "特権的なユーティリティプログラムの使用" },
  severity   = "medium",
  owner      = { iad = "shared", ctx = "shared" },
  when       = { service = { "iad", "ctx" } },
  references = {
    "ISO/IEC 27017:2015 9.4.4", "ISO/IEC 27001:2022 A.8.18",
    "IIJ-IAD012-0002 9.4.4", "IIJ-VDS051-0002 9.4.4",
  },
  tags       = { "privilege", "software" },
  params     = statements.params{
    utilities_days = {
      type = "integer", default = 180, min = 1, unit = { en = "days", ja = "日" },
      doc = { en = "Days within which the list of utilities is reviewed", ja = "ユーティリティ一覧の見直し間隔" },
      source = {
        en = "Proposal of this pack: twice a year, like access rights",
        ja = "本パックの提案：アクセス権と同じく年2回",
      },
    },
    inventory_days = {
      type = "integer", default = 31, min = 1, unit = { en = "days", ja = "日" },
      doc = { en = "Age at which a list of software shows nothing any more", ja = "ソフトウェア一覧を有効とみなす日数" },
      source = {
        en = "Proposal of this pack: monthly",
        ja = "本パックの提案：月1回",
      },
    },
    require_inventory = {
      type = "boolean", default = true,
      doc = {
        en = "Hosts without a list of software are undecided; false: they are left out",
        ja = "ソフトウェア一覧のないホストを判定不能とするか（false の場合は対象外）",
      },
      source = {
        en = "Proposal of this pack: a statement alone shows nothing about a host",
        ja = "本パックの提案：表明だけではホストの状態が分からないため",
      },
    },
    forbidden_utilities = {
      type = "list",
      default = {
        "PsExec", "PsTools", "Mimikatz", "LaZagne", "Nmap", "Zenmap", "Ncat", "Netcat", "Advanced IP Scanner",
        "Angry IP Scanner", "BloodHound", "SharpHound", "Cobalt Strike", "ProcDump", "Process Hacker",
        "TeamViewer", "AnyDesk", "RustDesk", "LogMeIn", "Splashtop", "Chrome Remote Desktop", "UltraVNC",
        "TightVNC", "RealVNC", "VNC Server", "Ammyy",
      },
      doc = {
        en = "Words in the name of a program that nobody may install",
        ja = "導入を禁止するプログラムの名称に含まれる語",
      },
      source = {
        en = "Proposal of this pack: tools of lateral movement, credential theft, scanning and remote control",
        ja = "本パックの提案：横展開、資格情報の窃取、スキャン、遠隔操作に使われるツール",
      },
    },
    forbidden_hashes = {
      type = "list", default = {},
      doc = { en = "SHA-256 of programs that nobody may install", ja = "導入を禁止するプログラムの SHA-256" },
      source = {
        en = "The tenant's own decision; digests find programs that were renamed",
        ja = "テナントが決める事項。ハッシュ値により、名前を変えたプログラムも検出",
      },
    },
    forbidden_publishers = {
      type = "list", default = {},
      doc = { en = "Publishers whose programs nobody may install", ja = "導入を禁止する発行元" },
      source = {
        en = "The tenant's own decision; none by default",
        ja = "テナントが決める事項（既定では指定なし）",
      },
    },
    allowed_software = {
      type = "list", default = {},
      doc = {
        en = "Full names or SHA-256 of programs that are allowed although a word of their name is forbidden",
        ja = "禁止する語を含んでいても許可するプログラムの名称または SHA-256",
      },
      source = {
        en = "The tenant's own decision; none by default",
        ja = "テナントが決める事項（既定では指定なし）",
      },
    },
    admin_tools = {
      type = "list",
      default = {
        "RSAT", "PowerShell", "RSAT・PowerShell", "Remote Server Administration Tools", "リモート サーバー管理ツール",
        "リモートサーバー管理ツール", "Windows PowerShell", "PowerShell 7",
      },
      doc = {
        en = "Full names of tools of administration, which do not count as ways around security",
        ja = "セキュリティ回避ツールとみなさない管理ツールの名称（完全一致）",
      },
      source = {
        en = "White paper IAD, chapter 5: RSAT and PowerShell are the tools of administration",
        ja = "IAD のホワイトペーパー 5章：管理ツールは RSAT と PowerShell",
      },
    },
    privileged_roles = privilege.ROLES_PARAM,
  },

  rules = {
    {
      id    = "provider-states-none", ref = "R1", owner = "provider", claimable = true,
      title = {
        en = "The provider states that it hands out no utility that gets around security",
        ja = "セキュリティを回避するユーティリティを提供しないことを事業者が表明している",
      },
      fix   = {
        en = "Confirm the provider's statement, such as the current white paper, and record it with its evidence.",
        ja = "最新のホワイトペーパーなど事業者の表明を確認し、証跡とともに記録してください。",
      },
      check = function(s, params, as_of)
        statements.ensure(s, params, as_of, "9.4.4", "provider")
      end,
    },
    {
      id    = "provider-lists-none", ref = "R1", owner = "provider",
      title = {
        en = "No utility of the provider gets around security",
        ja = "事業者のユーティリティにセキュリティを回避するものがない",
      },
      fix   = {
        en = "Ask the provider to withdraw the program, or to explain how its use is controlled.",
        ja = "該当プログラムの提供中止、または利用の統制方法の説明を事業者に求めてください。",
      },
      check = function(s, params)
        local items = s.utilities.items
        ensure(is_empty(items) or #items > 0, items)
        for _, item in ipairs(maybe_empty(items)) do
          local values = { name = item.name }
          local exempt = not sides.is_of(item.party, "provider") or is_admin_tool(item, params)
          ensure(exempt or not item.bypasses, item, {
            en = "{name} of the provider gets around security procedures",
            ja = "事業者の {name} はセキュリティ手順を回避できます",
          }, values)
        end
      end,
    },
    {
      id    = "provider-hosts-clean", ref = "R2", owner = "provider",
      title = {
        en = "No forbidden utility is on the provider's hosts",
        ja = "事業者のホストに禁止ツールが導入されていない",
      },
      fix   = {
        en = "Ask the provider to remove the program, and to say who used it since when.",
        ja = "該当プログラムの削除と、利用者・利用時期の調査を事業者に依頼してください。",
      },
      check = function(s, params, as_of)
        check_hosts(s, params, as_of, true)
      end,
    },
    {
      id    = "customer-hosts-clean", ref = "R2", owner = "customer",
      title = {
        en = "No forbidden utility is on the customer's hosts",
        ja = "お客様のホストに禁止ツールが導入されていない",
      },
      fix   = {
        en = "Remove the program from the host and its image, and find out who used it. What is harmless and only "
          .. "has the name goes into allowed_software.",
        ja = "ホストとイメージから該当プログラムを削除し、利用状況を調査してください。名称が似ているだけの無害な製品は "
          .. "allowed_software に登録してください。",
      },
      check = function(s, params, as_of)
        check_hosts(s, params, as_of, false)
      end,
    },
    {
      id    = "utilities-restricted", ref = "R3",
      title = {
        en = "Only administrators can use privileged utilities, and it is recorded",
        ja = "特権的なユーティリティの利用が管理者に限られ、記録されている",
      },
      fix   = {
        en = "Limit the utility to roles of administrators, and record its use.",
        ja = "ユーティリティの利用を管理者ロールに限定し、利用を記録してください。",
      },
      check = function(s, params)
        local items = s.utilities.items
        if is_empty(items) then
          not_applicable({ en = "no utility is listed", ja = "登録されたユーティリティがないため" })
        end
        local roles = lists.by_id(s.identities.roles)
        for _, item in ipairs(items) do
          check_roles(item, roles, params)
          local values = { name = item.name }
          ensure(item.logged, item, {
            en = "the use of {name} is not recorded", ja = "{name} の利用が記録されていません",
          }, values)
        end
      end,
    },
    {
      id    = "bypasses-documented", ref = "R4", owner = "customer",
      title = {
        en = "What can get around security is documented",
        ja = "セキュリティを回避できるツールが文書化されている",
      },
      fix   = {
        en = "Remove the program, or document who may use it when, and have that approved.",
        ja = "該当プログラムを廃止するか、利用者・利用条件を文書化し、承認を得てください。",
      },
      check = function(s, params)
        local items = s.utilities.items
        if is_empty(items) then
          not_applicable({ en = "no utility is listed", ja = "登録されたユーティリティがないため" })
        end
        for _, item in ipairs(items) do
          local values, harmless = { name = item.name }, is_admin_tool(item, params) or item.bypasses == false
          ensure(harmless or item.documented, item, {
            en = "{name} can get around security procedures, and nothing is written about its use",
            ja = "{name} はセキュリティ手順を回避できますが、利用条件が文書化されていません",
          }, values)
        end
      end,
    },
    {
      id    = "utilities-reviewed", severity = "low",
      title = {
        en = "The list of utilities is reviewed regularly",
        ja = "ユーティリティの一覧を定期的に見直している",
      },
      fix   = {
        en = "Go through the list with the provider, and record the date.",
        ja = "事業者とともに一覧を見直し、実施日を記録してください。",
      },
      check = function(s, params, as_of)
        local utilities = s.utilities
        local age = time.age_days(utilities.collected_at, as_of, s.tenant.time_zone)
        ensure(age ~= nil and age <= params.utilities_days, utilities, {
          en = "the list of utilities was last reviewed {age} days ago; the limit is {limit} days",
          ja = "ユーティリティの一覧の直近の見直しは {age} 日前です（上限 {limit} 日）",
        }, { age = age or "", limit = params.utilities_days })
      end,
    },
  },
}
